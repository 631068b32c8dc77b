"""`M is before N`, `M is after N`: which of two moments comes first (semantics 2.2). It is so at every instant, or at none.

M comes first where it is told to have come by an instant before which N is told not to have come. Two moments that are counted from one
occurrence keep their order, wherever in its bounds that lies. If one of them is a day, days are compared.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from aval.engine.algebra import spans
from aval.engine.frames import joined, spread_moments
from aval.engine.lookup import look
from aval.engine.operators.days import by_day, end_of, first_of
from aval.engine.operators.delay import Moved, step_of
from aval.engine.operators.window import come, ends, spread_ends
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, then
from aval.model.agreement import Moment
from aval.model.columns import Frame, Moments, Timeline
from aval.model.expression import Any, Expression, Order, Ref
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.reason import Mode, Reason

_DAYS = 4_000
"""days of one occurrence's bounds that are looked at one by one; beyond that, the order is left open"""
Move = Callable[[Instant], Instant]
Ends = tuple[Instant, Instant]


class _Order:
    node = Order

    def compute(self, node: Order, scope: Scope, evaluation: Evaluation) -> Timeline:
        left, right = (node.right, node.left) if node.after else (node.left, node.right)
        zone = evaluation.zone(scope.owner)
        days = by_day(left, evaluation) or by_day(right, evaluation)
        shown = (lambda time: first_of(time, zone)) if days else (lambda time: time)
        frame, pairs = _pairs(left, right, scope, evaluation)
        told = [_told((shown(lo), shown(hi)), (shown(low), shown(high))) for (lo, hi), (low, high) in pairs]
        for key, first in _from_one(left, right, frame, scope, evaluation, shown):
            told[key] = first
        yes = spans((key, ALWAYS, NEVER) for key, (first, _) in enumerate(told) if first)
        return Timeline(frame, yes, spans((key, ALWAYS, NEVER) for key, (_, second) in enumerate(told) if second))

    def explain(self, node: Order, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        parts = tuple(evaluation.reason(part, scope, point) for part in (node.left, node.right))
        text = f"{parts[0].text} is {'after' if node.after else 'before'} {parts[1].text}"
        return Reason(text=text, value=seen.value, mode=Mode.DERIVED, span=node.span, parts=parts)

    def relax(self, node: Order, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("the order of moments")
        if relaxing.holds(node, scope, wish):
            return MET
        first, second = (node.right, node.left) if node.after else (node.left, node.right)
        if not wish.yes:
            first, second = second, first
        return then(relaxing.moment(first, scope, replace(wish, yes=True)), relaxing.moment(second, scope, replace(wish, yes=True)))


def _pairs(left: Expression, right: Expression, scope: Scope, evaluation: Evaluation) -> tuple[Frame, list[tuple[Ends, Ends]]]:
    """Give for every instance where the two moments lie."""
    columns = [come(part, scope, evaluation) for part in (left, right)]
    frame = joined(column.frame for column in columns)
    sides = [spread_ends(column.frame, [ends(column, key) for key in range(column.frame.size)], frame) for column in columns]
    return frame, list(zip(*sides, strict=True))


def _told(left: Ends, right: Ends) -> tuple[bool, bool]:
    """Whether the left is told to come first, and whether it is told not to."""
    return left[1] < right[0], right[1] <= left[0]


def _from_one(
    left: Expression, right: Expression, frame: Frame, scope: Scope, evaluation: Evaluation, shown: Move
) -> list[tuple[int, tuple[bool, bool]]]:
    """Give the order of two moments that are counted from one occurrence with imprecise bounds, by looking at each day of them."""
    (base, move), (other, move_other) = (_base(side, evaluation.zone(scope.owner), evaluation) for side in (left, right))
    if base != other or not isinstance(base, Ref) or any(isinstance(arg, Any) for arg in base.args):
        return []
    column: Moments = spread_moments(evaluation.moments(base, scope), frame)
    keys, found = column.key.tolist(), []
    for key, lo, hi in zip(keys, column.lo.tolist(), column.hi.tolist(), strict=True):
        if keys.count(key) == 1 and ALWAYS < lo < hi < NEVER and (days := _days(lo, hi, evaluation.zone(scope.owner))):
            first = [shown(move(time)) < shown(move_other(time)) for time in days]
            found.append((key, (all(first), not any(first))))
    return found


def _base(node: Expression, zone: str, evaluation: Evaluation, within: frozenset[str] = frozenset()) -> tuple[Expression, Move]:
    """Give what a moment is counted from, and how; a moment that is always what its declaration says is looked through."""
    named = evaluation.agreements.get(node.name, Moment) if isinstance(node, Ref) and not node.args and node.name not in within else None
    if named and len(named.means) == 1 and not named.means[0].question and not named.becomes:
        return _base(named.means[0].item, evaluation.zone(named.meta.name), evaluation, within | {named.meta.name})
    if not isinstance(node, Moved):
        return node, lambda time: time
    base, inner = _base(node.item, zone, evaluation, within)
    outer = step_of(node, zone).move
    return base, lambda time: outer(inner(time))


def _days(lo: Instant, hi: Instant, zone: str) -> list[Instant]:
    """Give the first and the last instant of each day between two instants, and the two; nothing where there are too many."""
    found = [lo]
    while (edge := end_of(found[-1], zone)) <= hi:
        found += [edge - 1, edge]
        if len(found) > 2 * _DAYS:
            return []
    return [*found, hi]


ORDER = _Order()
