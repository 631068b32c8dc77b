"""`calendar` as a page: what falls when, the earliest first, in the words of its bounds."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rich.text import Text

from aval.answers.calendar import DEADLINE, Calendar, Entry
from aval.render.blocks import Block, Pair, Section, Sheet
from aval.render.blocks import Entry as Paragraph
from aval.render.english import listed
from aval.render.groups import common_term, grouped, name_of, picked, varying
from aval.render.layout import line
from aval.render.page import FAINT, STRONG, Page, coordinates, faint_term
from aval.render.rows import each_label
from aval.render.safe import safe
from aval.render.unanswered import unanswered_sections

NAMED = 6
"""how many parties are called by their names in a line"""
_WIDTH = 25
"""cells for the dates"""


def calendar_sheet(page: Page, found: Calendar) -> Sheet:
    """Lay out a calendar."""
    ahead, passed = ([one for one in found.entries if one.passed is past] for past in (False, True))
    title = Text(safe(found.title) + (f"{page.dot}{page.full_name(found.party)}" if found.party else ""), STRONG)
    return Sheet(
        title=title,
        view=(Paragraph(body=coordinates(page, found.coordinates), hang=0),),
        headline=Text(_sentence(found, ahead), STRONG),
        sections=(
            *_section(page, "Ahead", "what has not come, or may not have", ahead),
            *_section(page, "Passed", "it has come by this view", passed),
            *unanswered_sections(page, found.unanswered),
        ),
        foot=_unset(page, found),
    )


def _sentence(found: Calendar, ahead: Sequence[Entry]) -> str:
    if not found.entries:
        return "Nothing that is told sets a date." if found.unset else "The agreements set no date here."
    exact = sum(one.sure == "exact" for one in ahead)
    dates = f"{len(ahead)} {'date' if len(ahead) == 1 else 'dates'} ahead"
    apart = "" if exact == len(ahead) else f", {exact} of them exact"
    return f"{dates}{apart}; {len(found.entries) - len(ahead)} passed."


def _section(page: Page, title: str, note: str, entries: Sequence[Entry]) -> tuple[Section, ...]:
    pools = [[one] for one in entries] if page.everything else grouped(entries, lambda one: _sameness(one, entries))
    blocks = tuple(block for pool in pools for block in _entry(page, pool))
    return (Section(title=f"{title} ({len(entries)})", note=note, blocks=blocks),) if entries else ()


def _sameness(one: Entry, entries: Sequence[Entry]) -> Hashable:
    """What is the same for several parties stands in one line."""
    alike = picked(one.term, varying([other.term for other in entries if name_of(other.term) == name_of(one.term)]))
    return (name_of(one.term), one.kind, one.sure, one.earliest, one.latest, one.reading, one.standing, one.number, len(alike))


def when(one: Entry) -> str:
    """Write when, without making it more exact than it is."""
    return {
        "exact": f"{one.latest}",
        "range": f"{one.earliest} to {one.latest}",
        "latest": f"by {one.latest}",
        "earliest": f"not before {one.earliest}",
        "contested": f"contested: {one.latest} or {one.earliest}",
    }[one.sure]


def _entry(page: Page, pool: Sequence[Entry]) -> list[Block]:
    first, terms = pool[0], [one.term for one in pool]
    labels = [one.label or one.term for one in pool]
    label = each_label(page, pool, labels, NAMED) if len(pool) > 1 else page.words.of(first.term) or labels[0]
    what = line("due: " if first.kind == DEADLINE else "", safe(label), f" ({len(pool)})" if len(pool) > NAMED else "")
    who = f"{page.dot}{_who(page, pool, label)}" if first.kind == DEADLINE else ""
    standing = f"{page.dot}{first.standing}" if first.standing not in ("", "owed") else ""
    reading = f"{page.dot}only on {safe(first.reading)}" if first.reading else ""
    right = line(what, who, standing, (reading, "cyan"), faint_term(page, label, common_term(terms)))
    return [Pair(left=Text(safe(when(first)), STRONG), right=right, width=_WIDTH)]


def _who(page: Page, pool: Sequence[Entry], label: str) -> str:
    """Write who has to keep it, where the label does not say so, and towards whom; of many, how many they are."""
    bearers, others = (list(dict.fromkeys(names)) for names in zip(*((one.bearer, one.counterparty) for one in pool), strict=True))
    told = all(page.words.name(one) in label for one in bearers)
    return f"{'' if told else f'{_named(page, bearers)} '}{page.signs.arrow} {_named(page, others)}"


def _named(page: Page, codes: Sequence[str]) -> str:
    return listed([page.name(one) for one in codes]) if len(codes) <= NAMED else f"{len(codes)} parties"


def _unset(page: Page, found: Calendar) -> tuple[Block, ...]:
    """Say what has no date: how much, or with every line what it is."""
    if not found.unset:
        return ()
    names = list(dict.fromkeys(name_of(term) for term in found.unset))
    told = listed([safe(term) for term in found.unset], "and") if page.everything else listed([safe(name) for name in names], "and")
    return (Paragraph(body=Text(f"No date is set for: {told}", FAINT)),)
