"""`3 months (not counting C) after M`: the clock stands still while the condition holds; the time lost is added (semantics 2.2).

What is counted in days loses days: a stretch from one day to another loses as many as lie between the two dates. What is counted in
hours loses exactly the time. Told not to have come before the clock has run out with all that is told of the stretches; told to have
come from when it has, with all that is not told to be outside them.
"""

from __future__ import annotations

from dataclasses import replace

from aval.engine.algebra import complement, moments
from aval.engine.frames import joined, spread, spread_moments
from aval.engine.operators.days import end_of, exact
from aval.engine.operators.delay import Step, explain_moved, later, not_overtaken, relax_moved, span
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.columns import Moments, Timeline
from aval.model.expression import After, AfterPaused, Duration, Latest, Unit
from aval.model.instant import NEVER, Instant, to_datetime
from aval.model.reason import Reason

Stretches = list[tuple[Instant, Instant]]


class _AfterPaused:
    node = AfterPaused

    def compute(self, node: AfterPaused, scope: Scope, evaluation: Evaluation) -> Moments:
        zone = evaluation.zone(scope.owner)
        base = evaluation.moments(node.item, scope)
        pauses = evaluation.timeline(node.pause, scope)
        frame = joined([base.frame, pauses.frame])
        base, pauses = spread_moments(base, frame), spread(pauses, frame)
        reached = delayed_by(base, node.duration, pauses, zone)
        if isinstance(node.item, Latest):
            return not_overtaken(base, reached)
        return moments(frame, reached.key, reached.lo, reached.hi, reached.cause)

    def explain(self, node: AfterPaused, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        pause = evaluation.reason(node.pause, scope, point)
        reason = explain_moved(f"{node.duration} (not counting {pause.text}) after", node, scope, point, evaluation)
        return replace(reason, parts=(*reason.parts, pause))

    def relax(self, node: AfterPaused, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("clocks that stand still")
        return relax_moved(After(node.duration, node.item, span=node.span), scope, wish, relaxing)


def delayed_by(base: Moments, duration: Duration, pauses: Timeline, zone: str, *, whole: bool = False) -> Moments:
    """Give every occurrence a duration later on a clock that stands still meanwhile. Both have one frame; rows stay in their order.

    `whole`: the time lasts until its last day ends, so that a stretch which begins on that day takes it away.
    """
    least, most = pauses.yes, complement(pauses.no, pauses.frame)
    days = not exact(duration)

    def step(stretches: Stretches) -> Step:
        return Step(lambda time: stretched(time, later(time, duration, zone), stretches, zone, days=days, whole=whole), zone)

    lo, hi = base.lo.copy(), base.hi.copy()
    for place, (key, first, last) in enumerate(zip(base.key.tolist(), base.lo.tolist(), base.hi.tolist(), strict=True)):
        lo[place], hi[place] = span(first, last, step(least.of(key)))[0], span(first, last, step(most.of(key)))[1]
    return Moments(base.frame, base.key, lo, hi, base.cause)


def stretched(start: Instant, end: Instant, stretches: Stretches, zone: str, *, days: bool, whole: bool = False) -> Instant:
    """Give the end of a time that began at `start` and would end at `end`, with what the stretches take of it added."""
    for begin, until in stretches:
        if until <= start:
            continue
        if begin >= (end_of(end, zone) if days and whole else end):
            break
        if until == NEVER:
            return NEVER
        end = _longer(end, max(begin, start), until, zone, days=days)
    return end


def _longer(end: Instant, begin: Instant, until: Instant, zone: str, *, days: bool) -> Instant:
    if not days or end == NEVER:
        return min(NEVER, end + until - begin)
    lost = to_datetime(until, zone).date() - to_datetime(begin, zone).date()
    return later(end, Duration(lost.days, Unit.DAY), zone)


AFTER_PAUSED = _AfterPaused()
