"""Rows of a board: what it is, its value, since when, and because of what. Terms of one declaration are folded into one row."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace

from rich.text import Text

from aval.answers.items import may_belong
from aval.answers.shapes import Item
from aval.render.blocks import Block, Entry, Row
from aval.render.english import listed
from aval.render.groups import ANY, EACH, ELSE, Termed, blanked, common_label, common_term, grouped, picked, varying
from aval.render.layout import joined, line
from aval.render.page import FAINT, Page, faint_term, marks, readings_text, value_text
from aval.render.safe import safe

EVENT = "event"
NAMED = 6
"""how many parties that agree are named one by one"""
DIFFERENT = 4
"""how many different values of one declaration a short board spells out"""
MOST_DATES = 2
"""how many dates of different readings a row spells out"""
UNTIL_TOLD = "until told otherwise"
"""how long a starting value stands"""
ROOM = 240
"""characters that different reasons for one value may take together"""

_MEMBERSHIP = re.compile(r"\S+ in \w+ is ")


def pool_rows(page: Page, items: Sequence[Item], *, reasons: bool = True) -> list[Block]:
    """Give the items of one declaration: one row where they agree, else a row for each value; each item, where all are asked for.

    A narrow page has no column for reasons; it shows them where `reasons` is set.
    """
    if page.everything:
        return [item_row(page, item) for item in items]
    told = reasons or page.wide
    if len(items) == 1:
        return [item_row(page, items[0], reasons=told)]
    if len(grouped(items, _value)) == 1:
        return [_whole(page, items, reasons=told)]
    pools = sorted(grouped(items, lambda item: (item.value, item.anonymous, item.low)), key=len, reverse=True)
    rest = sum(len(pool) for pool in pools[DIFFERENT:])
    more = Entry(body=Text(page.more(rest, "status", "--all"), FAINT), level=2)
    return [*(_members(page, pool, items) for pool in pools[:DIFFERENT]), *([more] if rest else [])]


def item_row(page: Page, item: Item, *, reasons: bool = True) -> Row:
    """Give one item by itself."""
    label = page.spoken(item.label, item.term) or item.term
    since, why = since_text(item), _why(page, item, item.because) if reasons else Text()
    return Row(label=Text(safe(label)), value=_valued(page, item, ""), since=since, why=why, term=faint_term(page, item.label, item.term))


def since_text(item: Item) -> str:
    """Write since when, as a day: the clock time is in `why`. What was never told says so; what is carried beyond what was known, too."""
    if item.mode == "untold":
        return "never told"
    start = (item.since or "")[:10]
    if item.since_by_reading:
        start = dates_text(item.since_by_reading)
    elif item.bounds:
        first, last = ((end or "")[:10] for end in item.bounds)
        start = last if first == last else f"{first} to {last}" if first and last else f"by {last}" if last else f"after {first}"
    if item.mode == "projected":
        return safe(f"{start} projected".strip())
    if item.times > 1:
        return f"one of {item.times}"
    if start and start == item.value:
        return ""  # a date is its own since
    return safe(start or (UNTIL_TOLD if item.mode == "carried" else ""))


def dates_text(dates: Mapping[str, str]) -> str:
    """Write a date that depends on a reading: each, or the first and the last."""
    days = sorted({begun if " " in begun else begun[:10] for begun in dates.values()})
    if len(days) == 1:
        return f"{days[0]}, at an hour that depends on a reading"
    return f"{days[0]} or {days[1]} by reading" if len(days) == MOST_DATES else f"{days[0]} to {days[-1]} by reading"


def _value(item: Item) -> Hashable:
    return (item.value, *item.by_reading.items(), item.anonymous, item.low)


def _valued(page: Page, item: Item, count: str) -> Text:
    return line(value_text(page, item.value, count, event=item.kind == EVENT), marks(page, anonymous=item.anonymous, low=item.low))


def _why(page: Page, item: Item, because: str) -> Text:
    told = because and because != item.value and not item.by_reading
    pieces = [Text(safe(because if page.everything else page.worded(because)))] if told else []
    pieces += [readings_text(page, item.by_reading)] if item.value is None else []
    pieces += [Text(f"firmest word: {safe(item.firmness)}")] if item.firmness else []
    pieces += [Text("meant to bind " + " and ".join(map(safe, item.force)))] if item.force and page.everything else []
    pieces += [Text(safe(item.source), FAINT)] if item.source else []
    pieces += [Text(safe(item.clause), FAINT)] if item.clause != item.source and page.everything else []
    return joined((page.dot, FAINT), pieces)


def _whole(page: Page, items: Sequence[Item], *, reasons: bool) -> Row:
    """One row for items of one value, and their reasons."""
    label, term = _common(page, items)
    possible = sum(map(may_belong, items))
    count = "" if possible else f"({len(items)} of {len(items)})"
    who = f"{len(items) - possible} {'member' if len(items) - possible == 1 else 'members'}, {possible} more that could be"
    label = line(label, (f"{page.dot}{who}", FAINT)) if possible else label
    why = _reasons(page, items) if reasons else Text()
    return Row(label=label, value=_valued(page, items[0], count), since=_begun(items), why=why, term=term)


def _begun(items: Sequence[Item]) -> str:
    """Since when, for all of them: one day, or the first and the last."""
    begun = sorted({since_text(item) for item in items})
    days = [day for day in begun if day[:1].isdigit() and len(day) == len("2026-01-06")]
    return begun[0] if len(begun) == 1 else f"{days[0]} to {days[-1]}" if days and len(days) == len(begun) else ""


def _reasons(page: Page, items: Sequence[Item]) -> Text:
    """The reason that they share, or each reason with those whose it is; of many or long reasons the most frequent."""
    places = varying([item.term for item in items])
    pools = sorted(
        grouped(items, lambda item: blanked(_apart_from_membership(item.because), picked(item.term, places), page.names)),
        key=len,
        reverse=True,
    )
    if len(pools) == 1:
        return _why(page, items[0], _shared(page, items, places))
    told = [f"{_listed(page, pool, places)}: {_shared(page, pool, places)}" for pool in pools]
    if sum(map(len, told)) <= ROOM:
        return Text(safe("; ".join(told)))
    rest = f"; {len(items) - len(pools[0])} for other reasons"
    return Text(safe(f"{len(pools[0])} of {len(items)}: {_shared(page, pools[0], places)}{rest}"))


def _apart_from_membership(because: str) -> str:
    """Leave out whether each of many belongs to those who are meant: how many do stands beside them."""
    return "; ".join(piece for piece in because.split("; ") if not _MEMBERSHIP.match(piece)) or because


def _shared(page: Page, pool: Sequence[Item], places: Sequence[int]) -> str:
    because = _apart_from_membership(pool[0].because) if len(pool) > 1 else pool[0].because
    return page.worded(blanked(because, picked(pool[0].term, places), page.names) if len(pool) > 1 else because)


def _common(page: Page, items: Sequence[Item], named: int = NAMED) -> tuple[Text, Text]:
    label = each_label(page, items, [item.label or item.term for item in items], named, all_so=items[0].value == "yes")
    return Text(safe(label)), faint_term(page, label, common_term([item.term for item in items]))


def each_label(page: Page, things: Sequence[Termed], labels: Sequence[str], named: int, *, all_so: bool = False) -> str:
    """Write one label for many; up to `named` parties by their names, unless the label speaks of something that they have.

    Of more, *each party* where it is so of all of them, else *any party*.
    """
    places = varying([thing.term for thing in things])
    codes = [picked(thing.term, places) for thing in things]
    owns = any(f"{page.names.get(code, code)}'" in labels[0] for code in codes[0])
    if owns or len(places) != 1 or len(codes) > named:
        return common_label(things, labels, page.names, party=EACH if all_so else ANY)
    first = any(labels[0].startswith(name) for code in codes[0] for name in (code, page.names.get(code, code)))
    return common_label(things, labels, page.names, f"{'each of ' if first else ''}{listed([page.name(code) for (code,) in codes])}")


def _members(page: Page, pool: Sequence[Item], items: Sequence[Item]) -> Row:
    """The items of one value among several, in a sentence: who they are."""
    if len(pool) == 1:
        return item_row(page, pool[0], reasons=page.wide)
    places = varying([item.term for item in pool])
    if len(places) > 1 and len(pool) > NAMED:
        return replace(_whole(page, pool, reasons=False), value=_valued(page, pool[0], f"({len(pool)} of {len(items)})"))
    who = _listed(page, pool, places)
    label = blanked(pool[0].label or pool[0].term, picked(pool[0].term, places), page.names, ELSE)
    each = f"each of {who}" if label.startswith(ELSE) else who
    label = label.replace(ELSE, each) if label.count(ELSE) == 1 and f"{ELSE}'" not in label else f"{label}: {who}"
    label = page.spoken(label, pool[0].term)
    term = faint_term(page, label, common_term([item.term for item in pool]))
    return Row(label=Text(safe(label)), value=_valued(page, pool[0], ""), since=_begun(pool), term=term)


def _listed(page: Page, pool: Sequence[Item], places: Sequence[int]) -> str:
    """Name those that agree, the first of many."""
    who = ["/".join(map(page.name, picked(item.term, places))) for item in pool]
    return listed(who) if len(who) <= 2 * NAMED else listed([*who[:NAMED], f"{len(who) - NAMED} more"])
