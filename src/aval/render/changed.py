"""`changed` as a page: what is new, what moved, what got firmer or softer, what was said again and what is no longer mentioned."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace

from rich.text import Text

from aval.answers.shapes import Changed, Difference
from aval.render.blocks import Block, Entry, Section, Sheet
from aval.render.groups import args_of, blanked, common_label, common_term, grouped, name_of, picked, varying
from aval.render.layout import GLUE, joined, line
from aval.render.page import FAINT, STRONG, Page, coordinates, faint_term, marks, value_text, words_of
from aval.render.safe import safe
from aval.render.tail import voices

OFFER = "offer"
NAMED = 8
"""how many parties are named where several changed alike"""

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
        sections=tuple(_section(page, changed, kind) for kind in kinds),
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
    """Differences of one declaration that say the same of several parties, and offers that went from one rung to another alike."""
    name = name_of(one.term)
    if name == OFFER:
        return (name, _silent(one.before), one.after)
    codes = picked(one.term, varying([other.term for other in differences if name_of(other.term) == name]))
    because = blanked(one.because, codes, page.names)
    return (name, one.before, one.after, because, one.anonymous, one.low)


def _silent(value: str | None) -> str | None:
    """Of what nobody has told, *open* and no line at all are the same."""
    return None if value == "open" else value


def _offers(pool: Sequence[Difference]) -> bool:
    return name_of(pool[0].term) == OFFER and len(pool) > 1


def _many_offers(page: Page, pool: Sequence[Difference]) -> list[Block]:
    """Say of many offers at once which way they went: whose, and in which domain."""
    first = replace(pool[0], before=_silent(pool[0].before))
    parties = grouped(pool, lambda one: args_of(one.term)[:1])
    whose = joined(", ", [_party(page, party) for party in parties])
    sign = line((page.signs.changes.get(first.kind, " "), STRONG), " ")
    return [Entry(lead=sign, body=line("offers  ", _turn(page, first)), level=1), Entry(body=whose, level=3)]


def _party(page: Page, offers: Sequence[Difference]) -> Text:
    code = (args_of(offers[0].term) or ("",))[0]
    domains = [f"{' '.join(args_of(one.term)[1:])}{marks(page, anonymous=one.anonymous, low=one.low)}" for one in offers]
    return line(safe(page.names.get(code, code)), " ", (safe(" + ".join(domains)), FAINT))


def _change(page: Page, pool: Sequence[Difference]) -> list[Block]:
    """Say what changed, in one line for all that changed alike, and below it why and where that stands."""
    first, terms = pool[0], [one.term for one in pool]
    label = common_label(pool, [one.label or one.term for one in pool], page.names, named=NAMED)
    many = f" ({len(pool)})" if len(pool) > NAMED else ""
    title = line(safe(label), many, marks(page, anonymous=first.anonymous, low=first.low))
    title = line(title, faint_term(page, label, common_term(terms)), "  ", _turn(page, first))
    sign = line((page.signs.changes.get(first.kind, " "), STRONG), " ")
    because = Text(safe(blanked(first.because, picked(first.term, varying(terms)), page.names)))
    pieces = [piece for piece in (_pairs(terms), because, _where(page, first)) if piece.plain]
    return [Entry(lead=sign, body=title, level=1), *([Entry(body=joined((page.dot, FAINT), pieces), level=3)] if pieces else [])]


def _pairs(terms: Sequence[str]) -> Text:
    """Where several arguments differ, the label cannot name them: list them."""
    places = varying(terms)
    listed = len(places) > 1 and len(terms) <= NAMED
    return Text(safe(", ".join("/".join(picked(term, places)) for term in terms))) if listed else Text()


def _turn(page: Page, one: Difference) -> Text:
    before, after = (value_text(page, value) if value else Text("not said", FAINT) for value in (one.before, one.after))
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
