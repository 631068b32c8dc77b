"""The same instant (semantics 2.5): a guard reads states just before an instant, and what happens at that instant, beginnings included.

A guard is read at the last instant before. What happens is put there one instant earlier, or, where both are days, as early as its day
begins: so that one column says what is so of the states before and of the events by then.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from aval.engine.algebra import Rest, distinct, laid_out, put_off, settled, stored
from aval.engine.operators.days import by_day, end_of, first_of
from aval.engine.protocol import At, Evaluation, Point, Scope
from aval.engine.sampling import Rows
from aval.model.columns import Ints, Spans, Timeline
from aval.model.expression import Expression, Finds, Happened, HappenedIn, Rate
from aval.model.instant import ALWAYS, NEVER


@dataclass(frozen=True, slots=True, eq=False)
class Available(Timeline):
    """When a power is available; `allowed` is the same as a deed sees it, which is read just before it."""

    allowed: Timeline = field(kw_only=True)


OF_EVENTS = (Happened, HappenedIn, Rate, Finds)
"""The conditions that ask what has happened."""


def guarding(scope: Scope, moment: Expression, evaluation: Evaluation) -> Scope:
    """Give the scope in which a guard of a moment is read."""
    return replace(scope, at=At.DAY if by_day(moment, evaluation) else At.INSTANT)


def by_days(node: Expression, scope: Scope, evaluation: Evaluation) -> bool:
    """Whether what happens counts from the beginning of its day, since it and what it guards are days."""
    item = node if isinstance(node, Finds) or not isinstance(node, OF_EVENTS) else node.item
    return scope.at is At.DAY and by_day(item, evaluation)


def plain(node: Expression, scope: Scope, evaluation: Evaluation) -> Scope:
    """Give the scope in which what has happened is read in its own time; occurrences look at it as long as it may count for them."""
    rows = scope.rows
    if rows is not None:
        last = rows.last + 1
        if by_days(node, scope, evaluation):
            zone = evaluation.zone(scope.owner)
            last = np.array([end_of(time, zone) for time in last.tolist()], np.int64)
        rows = Rows(rows.frame, rows.key, rows.first, last)
    return replace(scope, at=At.BEFORE, rows=rows)


def brought_forward(column: Timeline, node: Expression, scope: Scope, evaluation: Evaluation) -> Timeline:
    """Put what has happened where a guard reads it."""
    zone = evaluation.zone(scope.owner) if by_days(node, scope, evaluation) else ""
    carried = column.carried
    yes, no = (_earlier(part, zone) for part in (column.yes, column.no))
    return Timeline(column.frame, yes, no, put_off(lambda: _earlier(carried, zone), column.frame))


def later_point(node: Expression, scope: Scope, point: Point, evaluation: Evaluation) -> Point:
    """Give the point at which to explain what a guard reads just before."""
    now = point.at + 1
    return replace(point, at=end_of(now, evaluation.zone(scope.owner)) - 1 if by_days(node, scope, evaluation) else now)


def _earlier(part: Spans, zone: str) -> Spans:
    part = settled(part)
    rows = stored(part)
    found = laid_out([(rows.key, _before(rows.start, zone), _before(rows.end, zone))])
    return Rest(found, part.size) if isinstance(part, Rest) else found


def _before(times: Ints, zone: str) -> Ints:
    if zone:
        known = distinct(times)
        days = np.array([first_of(time, zone) for time in known.tolist()], np.int64)
        times = days[np.searchsorted(known, times)]
    return np.where((times > ALWAYS) & (times < NEVER), times - 1, times)
