"""Rows of a board: what it is, its value, since when, and because of what. Terms of one declaration are folded into one row."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rich.text import Text

from aval.answers.shapes import Item
from aval.render.blocks import Block, Entry, Row
from aval.render.groups import blanked, common_label, common_term, grouped, picked, varying
from aval.render.layout import joined, line
from aval.render.page import FAINT, Page, marks, readings_text, term_after, value_text
from aval.render.safe import safe

NAMED = 6
"""how many parties that agree are named one by one"""
DIFFERENT = 4
"""how many different values of one declaration a short board spells out"""


def pool_rows(page: Page, items: Sequence[Item]) -> list[Block]:
    """Give the items of one declaration: one row where they agree, else a tally and who says what; each, where all are asked for."""
    if len(items) == 1 or page.everything:
        return [item_row(page, item) for item in items]
    pools = sorted(grouped(items, _value), key=len, reverse=True)
    if len(pools) == 1:
        return [_whole(page, items)]
    rest = sum(len(pool) for pool in pools[DIFFERENT:])
    more = Entry(body=Text(page.more(rest, "status", "--all"), FAINT), level=2)
    return [_tally(page, pools, items), *(_members(page, pool, items) for pool in pools[:DIFFERENT]), *([more] if rest else [])]


def brief_row(page: Page, items: Sequence[Item]) -> Row:
    """Give the items of one declaration in a single row."""
    pools = sorted(grouped(items, _value), key=len, reverse=True)
    if len(items) == 1:
        return item_row(page, items[0])
    return _whole(page, items) if len(pools) == 1 else _tally(page, pools, items)


def item_row(page: Page, item: Item) -> Row:
    """Give one item by itself."""
    label = term_after(page, item.label, item.term)
    return Row(label=label, value=_valued(page, item, ""), since=since_text(item), why=_why(page, item, item.because))


def since_text(item: Item) -> str:
    """Write since when, as a day: the clock time is in `why`. What was never told says so; what is carried beyond what was known, too."""
    if item.mode == "untold":
        return "never told"
    start = (item.since or "")[:10]
    if item.bounds:
        first, last = ((end or "")[:10] for end in item.bounds)
        start = last if first == last else f"{first} to {last}" if first and last else f"by {last}" if last else f"after {first}"
    if item.mode == "projected":
        return safe(f"{start} projected".strip())
    return safe(start or (item.mode if item.mode == "carried" else ""))


def _value(item: Item) -> Hashable:
    return (item.value, *item.by_reading.items(), item.anonymous, item.low)


def _valued(page: Page, item: Item, count: str) -> Text:
    return line(value_text(page, item.value, count), marks(page, anonymous=item.anonymous, low=item.low))


def _why(page: Page, item: Item, because: str) -> Text:
    told = because and because != item.value and not item.by_reading
    pieces = [Text(safe(because))] if told else []
    pieces += [readings_text(page, item.by_reading)] if item.value is None else []
    pieces += [Text(f"firmest word: {safe(item.firmness)}")] if item.firmness else []
    pieces += [Text("meant to bind " + " and ".join(map(safe, item.force)))] if item.force and page.everything else []
    pieces += [Text(safe(item.source), FAINT)] if item.source else []
    pieces += [Text(safe(item.clause), FAINT)] if item.clause != item.source and page.everything else []
    return joined((page.dot, FAINT), pieces)


def _whole(page: Page, items: Sequence[Item]) -> Row:
    """One row for items of one value; their common reason, or whose reason is shown."""
    places = varying([item.term for item in items])
    reasons = grouped(items, lambda item: blanked(item.because, picked(item.term, places), page.names))
    most = max(reasons, key=len)
    because = blanked(most[0].because, picked(most[0].term, places), page.names)
    if len(reasons) > 1:
        because = f"{because} (so {len(most)} of them; the others' reasons differ)" if len(most) > 1 else "the reasons differ"
    begun = {since_text(item) for item in items}
    since = begun.pop() if len(begun) == 1 else ""
    value = _valued(page, items[0], f"({len(items)} of {len(items)})")
    return Row(label=_common(page, items), value=value, since=since, why=_why(page, most[0], because))


def _tally(page: Page, pools: Sequence[Sequence[Item]], items: Sequence[Item]) -> Row:
    """One row for items of several values: how many of each."""
    values = sorted(grouped((item for pool in pools for item in pool), lambda item: item.value), key=len, reverse=True)
    value = joined("  ", [value_text(page, same[0].value, f"({len(same)})") for same in values[:DIFFERENT]])
    return Row(label=_common(page, items, named=0), value=value)


def _common(page: Page, items: Sequence[Item], named: int = NAMED) -> Text:
    term = common_term([item.term for item in items])
    return term_after(page, common_label(items, [item.label or item.term for item in items], page.names, named=named), term)


def _members(page: Page, pool: Sequence[Item], items: Sequence[Item]) -> Row:
    """The items of one value among several: who they are."""
    places = varying([item.term for item in items])
    who = [_who(page, picked(item.term, places), full=len(pool) <= NAMED) for item in pool]
    shown = who if len(who) <= 2 * NAMED else [*who[:NAMED], f"{len(who) - NAMED} more"]
    begun = {since_text(item) for item in pool}
    why = _why(page, pool[0], pool[0].because) if len(pool) == 1 else Text()
    return Row(
        label=Text(", ".join(shown)), value=_valued(page, pool[0], ""), since=begun.pop() if len(begun) == 1 else "", why=why, level=1
    )


def _who(page: Page, codes: Sequence[str], *, full: bool) -> str:
    return "/".join(page.full_name(code) if full else safe(code) for code in codes)
