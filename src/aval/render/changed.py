"""`changed` as a page: what is new, what moved, what got firmer or softer, what was said again and what is no longer mentioned."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import replace

from rich.text import Text

from aval.answers.shapes import Changed, Difference
from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.english import listed
from aval.render.groups import args_of, blanked, common_term, grouped, name_of, picked, varying
from aval.render.layout import GLUE, joined, line
from aval.render.page import FAINT, STRONG, Page, coordinates, faint_term, marks, value_text, words_of
from aval.render.rows import each_label
from aval.render.safe import safe
from aval.render.tail import voices
from aval.render.unanswered import unanswered_sections

OFFER = "offer"
NAMED = 8
"""how many parties are named in the sentence where several changed alike"""
LISTED = 12
"""how many are listed below it"""
FEW = 6
"""how many changes of one declaration are told apart by who said so"""

_TITLES = {
    "new": ("New", "first told between the two views"),
    "moved": ("Moved", "the value or the rung differs"),
    "firmer": ("Firmer", "the same promise, put more firmly"),
    "softer": ("Softer", "the same promise, put less firmly"),
    "spoken": ("First spoken of", "not told so that it counts, or only wished"),
    "said": ("Said again", "told again, unchanged"),
    "gone": ("No longer mentioned", "the later report is silent; that is not a no"),
}


def changed_sheet(page: Page, changed: Changed) -> Sheet:
    """Lay out the differences by kind."""
    kinds = sorted(grouped(changed.differences, _kind), key=_rank)
    return Sheet(
        title=Text(safe(changed.title), STRONG),
        view=(
            Entry(lead=Text("from  ", FAINT), body=coordinates(page, changed.earlier)),
            Entry(lead=Text("to    ", FAINT), body=coordinates(page, changed.later)),
        ),
        headline=Text(_sentence(kinds), STRONG),
        sections=(*(_section(page, changed, kind) for kind in kinds), *unanswered_sections(page, changed.unanswered)),
        foot=(Entry(body=voices(page)),),
    )


def _kind(one: Difference) -> str:
    """Tell what is new and counts from what was first spoken of and moves nothing."""
    return "spoken" if one.kind == "new" and _silent(one.after) is None else one.kind


def _rank(kind: Sequence[Difference]) -> int:
    order = list(_TITLES)
    return order.index(_kind(kind[0])) if _kind(kind[0]) in order else len(order)


def _titled(kind: Sequence[Difference]) -> tuple[str, str]:
    return _TITLES.get(_kind(kind[0]), (safe(kind[0].kind), ""))


def _sentence(kinds: Sequence[Sequence[Difference]]) -> str:
    counts = ", ".join(f"{len(kind)} {_titled(kind)[0].lower()}" for kind in kinds)
    return f"{counts}." if counts else "Nothing changed between the two views."


def _section(page: Page, changed: Changed, kind: Sequence[Difference]) -> Section:
    title, note = _titled(kind)
    pools = [[one] for one in kind] if page.everything else grouped(kind, lambda one: _sameness(page, one, kind))
    blocks = tuple(block for pool in pools for block in (_change if page.everything or not _offers(pool) else _many_offers)(page, pool))
    return Section(title=f"{title} ({len(kind)})", note=note, blocks=(*_reports(changed, kind[0].kind), *blocks))


def _reports(changed: Changed, kind: str) -> tuple[Entry, ...]:
    if kind != "gone" or changed.reports is None:
        return ()
    earlier, later = changed.reports
    return (Entry(body=Text(f"{safe(later)}, against {safe(earlier)}", FAINT), level=1),)


def _sameness(page: Page, one: Difference, differences: Sequence[Difference]) -> Hashable:
    """Differences of one declaration that say the same of several parties, and offers that went from one rung to another alike.

    Where there would be many lines, those of one declaration stand together whoever said so; `why` has each.
    """
    name = name_of(one.term)
    if name == OFFER:
        return (name, _silent(one.before), one.after)
    alike = [other for other in differences if name_of(other.term) == name]
    codes = picked(one.term, varying([other.term for other in alike]))
    because = blanked(one.because, codes, page.names) if len(alike) <= FEW else ""
    return (name, _silent(one.before), one.after, because, one.anonymous, one.low)


def _silent(value: str | None) -> str | None:
    """Of what nobody has told, *open* and no line at all are the same."""
    return None if value == "open" else value


def _offers(pool: Sequence[Difference]) -> bool:
    return name_of(pool[0].term) == OFFER and len(pool) > 1


def _many_offers(page: Page, pool: Sequence[Difference]) -> list[Block]:
    """Say of many offers at once which way they went: whose, and in which domain."""
    turn = _turn(page, replace(pool[0], before=_silent(pool[0].before)))
    parties = grouped(pool, lambda one: args_of(one.term)[:1])
    whose = joined(", ", [_party(page, party) for party in parties])
    sign = line((page.signs.changes.get(pool[0].kind, " "), STRONG), " ")
    return [Entry(lead=sign, body=line("offers", "  " if turn.plain else "", turn), level=1), Entry(body=whose, level=3)]


def _party(page: Page, offers: Sequence[Difference]) -> Text:
    code = (args_of(offers[0].term) or ("",))[0]
    domains = [f"{' '.join(args_of(one.term)[1:])}{marks(page, anonymous=one.anonymous, low=one.low)}" for one in offers]
    return line(safe(page.words.name(code)), " ", (safe(" + ".join(domains)), FAINT))


def _change(page: Page, pool: Sequence[Difference]) -> list[Block]:
    """Say what changed, in one line for all that changed alike, and below it why and where that stands."""
    first, terms = pool[0], [one.term for one in pool]
    label = _label(page, pool)
    title = line(safe(label), marks(page, anonymous=first.anonymous, low=first.low))
    turn = _turn(page, first)
    title = line(title, "  " if turn.plain else "", turn, faint_term(page, label, common_term(terms)))
    sign = line((page.signs.changes.get(first.kind, " "), STRONG), " ")
    pieces = [piece for piece in (_pairs(page, terms), *_reason(page, pool)) if piece.plain]
    return [Entry(lead=sign, body=title, level=1), *([Entry(body=joined((page.dot, FAINT), pieces), level=3)] if pieces else [])]


def _label(page: Page, pool: Sequence[Difference]) -> str:
    """Name what changed; of up to so many parties each by its name, of more how many they are."""
    labels, first = [one.label or one.term for one in pool], pool[0]
    if len(pool) == 1:
        if name_of(first.term) == OFFER:
            return f"{page.words.name(args_of(first.term)[0])}: {first.label}" if args_of(first.term) else labels[0]
        return page.words.of(first.term) if name_of(first.term) in page.names else page.spoken(labels[0], first.term)
    label = each_label(page, pool, labels, NAMED, all_so=first.after == "yes")
    return f"{label} ({len(pool)})" if len(pool) > NAMED or len(varying([one.term for one in pool])) != 1 else label


def _reason(page: Page, pool: Sequence[Difference]) -> list[Text]:
    """Why, and where that stands; of many that differ in it nothing, rather than the reason of one."""
    first, codes = pool[0], picked(pool[0].term, varying([one.term for one in pool]))
    reasons = {blanked(one.because, picked(one.term, varying([one.term for one in pool])), page.names) for one in pool}
    if len(reasons) > 1:
        return []
    because = first.because if page.everything else _in_words(page, first, codes if len(pool) > 1 else ())
    return [Text(safe(because)), _where(page, first)]


def _in_words(page: Page, one: Difference, codes: Sequence[str]) -> str:
    """Say why without saying again what changed: of a statement only who made it and how firmly."""
    voice, found, claimed = blanked(one.because, codes, page.names).partition(": ")
    about = blanked(one.term, codes, page.names)
    voice = re.sub(r" for [A-Z]{2,}$", "", voice)
    if found and claimed.startswith(about):
        return ": ".join(piece for piece in (voice, claimed.removeprefix(about).removeprefix(":").strip()) if piece)
    if found and claimed.endswith(about):
        return f"{voice}: {claimed.removesuffix(about).strip()}"
    return page.worded(blanked(one.because, codes, page.names))


def _pairs(page: Page, terms: Sequence[str]) -> Text:
    """List those that the label cannot name: many, or where several arguments differ."""
    places = varying(terms)
    if not places or (len(places) == 1 and len(terms) <= NAMED):
        return Text()
    shown = terms if len(terms) <= LISTED else terms[:LISTED]
    more = [f"{len(terms) - len(shown)} more"] if len(terms) > len(shown) else []
    return Text(listed(["/".join(page.words.name(code) for code in picked(term, places)) for term in shown] + more))


def _turn(page: Page, one: Difference) -> Text:
    """Write from what to what; where nobody had said anything, that is open."""
    before, after = (value_text(page, value or "open", event=name_of(one.term) in page.words.events) for value in (one.before, one.after))
    if _kind(one) == "spoken":
        return Text()
    if one.kind == "gone":
        return line(("was ", FAINT), before) if one.before else Text()
    if one.kind == "said" or one.before == one.after:
        return line(("still ", FAINT), after)
    return line(before, (f" {page.signs.arrow}{GLUE}", FAINT), after)


def _where(page: Page, one: Difference) -> Text:
    words = next((words_of(page, cited.quote) for cited in one.cited if cited.anchor == one.source), "")
    return joined(" ", [Text(piece, style) for piece, style in ((safe(one.source), FAINT), (words, "")) if piece])
