"""Civil ways to count (semantics 2.2): `expiry of 90 days after M`, `first day of the 6th month after M`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from aval.engine.operators.delay import add, explain_moved, moved
from aval.engine.operators.ordinal import ordinal
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.columns import Moments
from aval.model.expression import Duration, Expiry, MonthFirst, Unit
from aval.model.instant import ALWAYS, NEVER, Instant, day_start, next_day, to_datetime
from aval.model.reason import Reason


class _Expiry:
    node = Expiry

    def compute(self, node: Expiry, scope: Scope, evaluation: Evaluation) -> Moments:
        zone = evaluation.zone(scope.owner)
        return moved(evaluation.moments(node.item, scope), lambda time: expiry(time, node.duration, zone))

    def explain(self, node: Expiry, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return explain_moved(f"expiry of {node.duration} after", node, scope, point, evaluation)


class _MonthFirst:
    node = MonthFirst

    def compute(self, node: MonthFirst, scope: Scope, evaluation: Evaluation) -> Moments:
        zone = evaluation.zone(scope.owner)
        return moved(evaluation.moments(node.item, scope), lambda time: month_first(time, node.number, zone))

    def explain(self, node: MonthFirst, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        which = "the month" if node.number == 1 else f"the {ordinal(node.number)} month"
        return explain_moved(f"first day of {which} after", node, scope, point, evaluation)


def expiry(instant: Instant, duration: Duration, zone: str) -> Instant:
    """Give the start of the day after the date plus the duration."""
    return _civil(instant, zone, lambda day: next_day(add(day, duration)))


def month_first(instant: Instant, number: int, zone: str) -> Instant:
    """Give the first day of the nth month after the month of an instant; for 1 that is strictly the next first."""
    return _civil(instant, zone, lambda day: add(day.replace(day=1), Duration(number, Unit.MONTH)))


def _civil(instant: Instant, zone: str, count: Callable[[date], date]) -> Instant:
    if instant in (ALWAYS, NEVER):
        return instant
    try:
        return day_start(count(to_datetime(instant, zone).date()), zone)
    except (OverflowError, ValueError):
        return NEVER


EXPIRY, MONTH_FIRST = _Expiry(), _MonthFirst()
