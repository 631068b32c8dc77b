"""`90 days after M`, `90 days before M` (semantics 2.2): days and longer are civil in the agreement's zone, hours and shorter exact.

"N days after" is the date plus N, the day of the event excluded; months and years keep the day number and clamp to the month's end.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from aval.engine.algebra import distinct, moments
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.columns import Moments
from aval.model.expression import After, Before, Duration, Expiry, MonthFirst, Unit
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant, from_datetime, to_datetime
from aval.model.reason import Mode, Reason

Moved = After | Before | Expiry | MonthFirst
_EXACT = {Unit.HOUR: 3_600_000_000, Unit.MINUTE: 60_000_000}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


class _After:
    node = After

    def compute(self, node: After, scope: Scope, evaluation: Evaluation) -> Moments:
        zone = evaluation.zone(scope.owner)
        return moved(evaluation.moments(node.item, scope), lambda time: later(time, node.duration, zone))

    def explain(self, node: After, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return explain_moved(f"{node.duration} after", node, scope, point, evaluation)


class _Before:
    node = Before

    def compute(self, node: Before, scope: Scope, evaluation: Evaluation) -> Moments:
        zone, back = evaluation.zone(scope.owner), Duration(-node.duration.number, node.duration.unit)
        return moved(evaluation.moments(node.item, scope), lambda time: later(time, back, zone))

    def explain(self, node: Before, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return explain_moved(f"{node.duration} before", node, scope, point, evaluation)


def moved(column: Moments, move: Callable[[Instant], Instant]) -> Moments:
    """Move every occurrence; each instant is worked out once. `move` keeps order and the ends of time."""
    times = distinct(column.lo, column.hi)
    if not len(times):
        return column
    table = np.array([move(time) for time in times.tolist()], np.int64)
    lo, hi = (table[np.searchsorted(times, part)] for part in (column.lo, column.hi))
    return moments(column.frame, column.key, lo, hi, column.cause)


def explain_moved(text: str, node: Moved, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    """Explain a moment that is counted from another."""
    part = evaluation.reason(node.item, scope, point)
    value, since = moment_value(evaluation.moments(node, scope), point)
    return Reason(text=f"{text} {part.text}", value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=(part,))


def later(instant: Instant, duration: Duration, zone: str) -> Instant:
    """Give the instant a duration after another; the ends of time stay where they are."""
    if instant in (ALWAYS, NEVER):
        return instant
    if duration.unit in _EXACT:
        return min(NEVER, instant + duration.number * _EXACT[duration.unit])
    try:
        here = to_datetime(instant, zone)
        return from_datetime(here.combine(add(here.date(), duration), here.timetz()))  # the same time of day, whatever the clocks do
    except (OverflowError, ValueError):
        return NEVER


def add(day: date, duration: Duration) -> date:
    """Add days, weeks, months or years to a civil day. Raises `OverflowError` or `ValueError` past the calendar's end."""
    if duration.unit in _DAYS:
        return day + timedelta(days=duration.number * _DAYS[duration.unit])
    month = day.month - 1 + duration.number * _MONTHS[duration.unit]
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def moment_value(column: Moments, point: Point) -> tuple[Value, Instant | None]:
    """Say whether a moment has come at a point, and since when."""
    key = column.frame.key(point.values)
    rows = [] if key is None else column.of(key)
    if not rows:
        return Value.OPEN, None
    lo, hi = min(low for low, _ in rows), min(high for _, high in rows)
    value = Value.of(yes=hi <= point.at, no=point.at < lo)
    return value, hi if value.told_yes else None


AFTER, BEFORE = _After(), _Before()
