"""What is counted in days is compared by days (semantics 2.2): a deadline on a day can be met until that day ends."""

from __future__ import annotations

from aval.engine.protocol import Evaluation
from aval.model.agreement import Event, Moment, Power
from aval.model.expression import (
    After,
    AfterPaused,
    Before,
    Duration,
    Earlier,
    Expression,
    Finds,
    Instant,
    Later,
    Latest,
    MonthFirst,
    Nth,
    Ref,
    Unit,
)
from aval.model.instant import ALWAYS, NEVER, day_start, is_date, next_day, to_datetime
from aval.model.instant import Instant as Time


def exact(duration: Duration) -> bool:
    """Whether a length of time is counted in hours or minutes, not in days."""
    return duration.unit in (Unit.HOUR, Unit.MINUTE)


def by_day(node: Expression, evaluation: Evaluation) -> bool:
    """Whether a moment is a day and not an instant: a date, a legal act, a finding, or what is counted from a moment in days."""
    match node:
        case Instant():
            return is_date(node.text)
        case After() | Before() | AfterPaused():
            return not exact(node.duration)
        case MonthFirst() | Finds():
            return True
        case Later() | Earlier():
            return all(by_day(item, evaluation) for item in node.items)
        case Nth() | Latest():
            return by_day(node.item, evaluation)
        case Ref():
            return _is_day(node, evaluation)
        case _:
            return False


def _is_day(node: Ref, evaluation: Evaluation) -> bool:
    match evaluation.agreements.declarations[node.name]:
        case Event(legal_act=legal_act):
            return legal_act
        case Moment(means=means):
            return all(by_day(clause.item, evaluation) for clause in means)
        case Power(deed=deed):
            return by_day(deed, evaluation)
        case _:
            return False


def first_of(instant: Time, zone: str) -> Time:
    """Give the first instant of the day; the ends of time stay."""
    return instant if instant in (ALWAYS, NEVER) else day_start(to_datetime(instant, zone).date(), zone)


def end_of(instant: Time, zone: str) -> Time:
    """Give the first instant after the day; the ends of time stay."""
    if instant in (ALWAYS, NEVER):
        return instant
    try:
        return day_start(next_day(to_datetime(instant, zone).date()), zone)
    except (OverflowError, ValueError):
        return NEVER
