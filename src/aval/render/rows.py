"""Rows of a board: what it is, its value, since when, and because of what; reasons in their own column where there is room."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from rich.text import Text

from aval.answers.shapes import Item
from aval.render.blocks import Block, Entry, Row
from aval.render.groups import blanked, common_label, common_term, grouped, picked, varying
from aval.render.layout import joined, line
from aval.render.page import FAINT, Page, marks, readings_text, term_after, value_text
from aval.render.safe import safe

NAMED = 4
"""how many parties that differ a short board names"""


def pool_rows(page: Page, items: Sequence[Item]) -> list[Block]:
    """Give the items of one declaration: one row where they agree, else the rule and its exceptions; each, where all are asked for."""
    if len(items) == 1 or page.everything:
        return [item_row(page, item) for item in items]
    buckets = sorted(grouped(items, lambda item: _sameness(page, item, items)), key=len, reverse=True)
    if len(buckets) == 1:
        return [_whole(page, items, items[0])]
    if len(buckets[0]) * 2 <= len(items):
        return [_tally(page, items), *_exceptions(page, buckets)]
    return [_whole(page, items, buckets[0][0], len(buckets[0])), *_exceptions(page, buckets[1:])]


def item_row(page: Page, item: Item) -> Row:
    """Draw one item by itself."""
    label = term_after(page, item.label, item.term)
    value = line(value_text(page, item.value), marks(page, anonymous=item.anonymous, low=item.low))
    return Row(label=label, value=value, since=since_text(item), why=_why(page, item, item.because))


def since_text(item: Item) -> str:
    """Write since when, as a day: the clock time is in `why`. What was never told says so; what is only carried on, too."""
    if item.mode == "untold":
        return "never told"
    start = item.since[:10] if item.since else ""
    if item.bounds:
        start = f"{_day(item.bounds[0]) or '?'} to {_day(item.bounds[1]) or '?'}"
    return safe(" ".join(word for word in (start, item.mode if item.mode in ("carried", "projected") else "") if word))


def _day(instant: str | None) -> str:
    return (instant or "")[:10]


def _why(page: Page, item: Item, because: str) -> Text:
    pieces = [Text(safe(because))] if because else []
    pieces += [readings_text(page, item.by_reading)] if item.value is None else []
    pieces += [Text(f"firmest word: {safe(item.firmness)}")] if item.firmness else []
    pieces += [Text("meant to bind " + " and ".join(map(safe, item.force)))] if item.force and page.everything else []
    pieces += [Text(safe(item.source), FAINT)] if item.source else []
    pieces += [Text(safe(item.clause), FAINT)] if item.clause and page.everything else []
    return joined((page.dot, FAINT), pieces)


def _sameness(page: Page, item: Item, items: Sequence[Item]) -> Hashable:
    codes = picked(item.term, varying([other.term for other in items]))
    because = blanked(item.because, codes, page.names)
    return (item.value, *item.by_reading.items(), item.mode, item.since, item.bounds, because, item.anonymous, item.low, item.firmness)


def _whole(page: Page, items: Sequence[Item], item: Item, number: int | None = None) -> Row:
    count = f"({len(items) if number is None else number} of {len(items)})"
    value = line(value_text(page, item.value, count), marks(page, anonymous=item.anonymous, low=item.low))
    codes = picked(item.term, varying([other.term for other in items]))
    why = _why(page, item, blanked(item.because, codes, page.names))
    return Row(label=_common(page, items), value=value, since=since_text(item), why=why)


def _tally(page: Page, items: Sequence[Item]) -> Row:
    pools = sorted(grouped(items, lambda item: item.value), key=len, reverse=True)
    value = joined("  ", [value_text(page, pool[0].value, f"({len(pool)})") for pool in pools])
    return Row(label=_common(page, items), value=value, why=Text(f"of {len(items)}; the reasons differ", FAINT))


def _common(page: Page, items: Sequence[Item]) -> Text:
    term = common_term([item.term for item in items])
    label = common_label(items, [item.label or item.term for item in items], page.names)
    return term_after(page, label, term)


def _exceptions(page: Page, buckets: Sequence[Sequence[Item]]) -> list[Block]:
    rest = sum(len(bucket) for bucket in buckets[NAMED:])
    more = Text(page.more(rest, "status", "--all"), FAINT)
    return [*(_exception(page, bucket) for bucket in buckets[:NAMED]), *([Entry(body=more, level=2)] if rest else [])]


def _exception(page: Page, bucket: Sequence[Item]) -> Row:
    item = bucket[0]
    who = ", ".join(page.full_name(code) if len(bucket) <= NAMED else safe(code) for one in bucket for code in one.args)
    count = f"({len(bucket)})" if len(bucket) > 1 else ""
    value = line(value_text(page, item.value, count), marks(page, anonymous=item.anonymous, low=item.low))
    return Row(label=Text(who), value=value, since=since_text(item), why=_why(page, item, item.because), level=1)
