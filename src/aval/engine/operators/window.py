"""`E happened by M`, `before M`, `after M`, `between M and N`: whether it has happened, in that window (semantics 2.2).

Read off `E happened`: in the window by M it was, where it is told to have happened at the earliest instant at which M can lie; it was
not, once M has passed, where it is told not to have happened at the latest. Until then, what has not come may come in time still: that is
open. A limit that is a day holds the whole day.
"""

from __future__ import annotations

from dataclasses import replace

from aval.engine.algebra import intersection, spans, union
from aval.engine.frames import joined, source_keys, spread
from aval.engine.logic import conjunction
from aval.engine.lookup import covers, look
from aval.engine.operators.days import by_day, end_of, first_of
from aval.engine.operators.happened import HAPPENED
from aval.engine.operators.reference import folded, unfolded
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula
from aval.model.agreement import Event
from aval.model.columns import Frame, Spans, Timeline
from aval.model.expression import Expression, Happened, HappenedIn, Ref, Window
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.reason import Mode, Reason

Limit = tuple[Timeline, Expression]


class _HappenedIn:
    node = HappenedIn

    def compute(self, node: HappenedIn, scope: Scope, evaluation: Evaluation) -> Timeline:
        limits = [(come(limit, scope, evaluation), limit) for limit in node.limits]
        if isinstance(node.item, Ref) and isinstance(evaluation.agreements.declarations[node.item.name], Event):
            # of several occurrences one may lie in the window and another not: they are taken together last
            each = unfolded(node.item, evaluation.happened(node.item.name), scope, evaluation)
            return folded(node.item, _inside(node, each, limits, scope, evaluation), evaluation)
        return _inside(node, come(node.item, scope, evaluation), limits, scope, evaluation)

    def explain(self, node: HappenedIn, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        item, *limits = (evaluation.reason(part, scope, point) for part in (node.item, *node.limits))
        text = f"{item.text} happened {node.window.value} {' and '.join(limit.text for limit in limits)}"
        return Reason(text=text, value=seen.value, mode=Mode.DERIVED, since=seen.exactly, by=seen.by, span=node.span, parts=(item, *limits))

    def relax(self, node: HappenedIn, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("windows of time")
        if relaxing.holds(node, scope, wish):
            return MET
        if not wish.yes:
            return relaxing.condition(Happened(node.item, span=node.span), scope, wish)  # what does not happen at all does not in time
        if node.window in (Window.BY, Window.BEFORE):
            last = relaxing.when(node.limits[0], scope, replace(wish, by=NEVER - 1))
            return relaxing.moment(node.item, scope, wish if last is None else replace(wish, by=min(wish.by, last)))
        return relaxing.moment(node.item, scope, replace(wish, since=max(wish.since, relaxing.start)))


def come(node: Expression, scope: Scope, evaluation: Evaluation) -> Timeline:
    """Give whether a moment has come, asked directly (2.3, *Absence*)."""
    return HAPPENED.compute(Happened(node, span=node.span), scope, evaluation)


def ends(timeline: Timeline, key: int) -> tuple[Instant, Instant]:
    """Give a moment back from whether it has come: told not to have come before the first instant, told to have come from the second on."""
    no = next((end for start, end in timeline.no.of(key) if start == ALWAYS), ALWAYS)
    yes = next((start for start, _ in timeline.yes.of(key)), NEVER)
    return no, yes


def _inside(node: HappenedIn, item: Timeline, limits: list[Limit], scope: Scope, evaluation: Evaluation) -> Timeline:
    zone = evaluation.zone(scope.owner)
    parts = []
    for place, (limit, expression) in enumerate(limits):
        frame = joined([item.frame, limit.frame])
        days = by_day(expression, evaluation)
        after = node.window is Window.AFTER or (node.window is Window.BETWEEN and place == 0)
        closes = node.window is not Window.AFTER
        holds = node.window in (Window.BY, Window.BETWEEN)
        pairs = [ends(limit, key) for key in range(limit.frame.size)]
        bounds = [(_last(lo, zone, days=days, whole=holds != after), _last(hi, zone, days=days, whole=holds != after)) for lo, hi in pairs]
        parts.append(_side(spread(item, frame), spread_ends(limit.frame, bounds, frame), after=after, closes=closes))
    if len(parts) == 1:
        return parts[0]
    # what came before a window of two limits is told to be outside with the second of them, as what comes after it is
    both, frame = conjunction(parts), joined(part.frame for part in parts)
    limit, expression = limits[-1]
    last = [_last(ends(limit, key)[1], zone, days=by_day(expression, evaluation), whole=True) for key in range(limit.frame.size)]
    closed = spread_ends(limit.frame, [(time, time) for time in last], frame)
    over = spans((key, time, NEVER) for key, (time, _) in enumerate(closed) if time < NEVER)
    return Timeline(both.frame, both.yes, intersection(both.no, over), both.carried)


def _last(limit: Instant, zone: str, *, days: bool, whole: bool) -> Instant:
    """Give the last instant up to and with the limit, or where the limit is not `whole` in it, before it."""
    if limit in (ALWAYS, NEVER):
        return limit
    edge = (end_of(limit, zone) if whole else first_of(limit, zone)) if days else limit + 1 if whole else limit
    return edge - 1


def spread_ends(frame: Frame, pairs: list[tuple[Instant, Instant]], wide: Frame) -> list[tuple[Instant, Instant]]:
    """Repeat the two ends of each moment along the axes that it does not have."""
    return [pairs[key] if key >= 0 else (ALWAYS, NEVER) for key in source_keys(frame, wide, {}).tolist()]


def _side(item: Timeline, bounds: list[tuple[Instant, Instant]], *, after: bool, closes: bool) -> Timeline:
    """Whether it happened up to the limit, or after it. Before a window closes, what has not come may come in it still."""
    told, denied = [], []
    for key, (first, last) in enumerate(bounds):
        by = _covered(item.yes, key, first), _covered(item.no, key, last)
        told += [(key, ALWAYS, NEVER)] if by[after] else []
        denied += [(key, ALWAYS if after else last, NEVER)] if by[not after] else []
    no = spans(denied) if closes else union(item.no, spans(denied))
    return Timeline(item.frame, intersection(item.yes, spans(told)), no, item.carried)


def _covered(part: Spans, key: int, at: Instant) -> bool:
    return bool(part.of(key)) and (part.of(key)[-1][1] == NEVER if at == NEVER else covers(part, key, at))


HAPPENED_IN = _HappenedIn()
