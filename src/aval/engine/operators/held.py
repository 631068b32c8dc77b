"""`S has held 12 months`: the end of that length inside one unbroken run (semantics 2.2), for every run that lasts so long.

A run that is told no nowhere may have lasted: it gives the first possible instant. The told run inside it gives the certain one.
"""

from __future__ import annotations

from aval.engine.algebra import complement
from aval.engine.operators.delay import later, moment_value
from aval.engine.protocol import Evaluation, Point, Scope
from aval.engine.rows import rows_of
from aval.model.columns import Moments, Timeline
from aval.model.expression import Duration, Held
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.reason import Mode, Reason


class _Held:
    node = Held

    def compute(self, node: Held, scope: Scope, evaluation: Evaluation) -> Moments:
        return held(evaluation.timeline(node.item, scope), node.duration, evaluation.zone(scope.owner))

    def explain(self, node: Held, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        part = evaluation.reason(node.item, scope, point)
        value, since = moment_value(evaluation.moments(node, scope), point)
        text = f"{part.text} has held {node.duration}"
        return Reason(text=text, value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=(part,))


def held(timeline: Timeline, duration: Duration, zone: str) -> Moments:
    """Give one occurrence for every run that may have lasted the duration."""
    possible = complement(timeline.no, timeline.frame)
    rows = []
    for key, start, end in zip(possible.key.tolist(), possible.start.tolist(), possible.end.tolist(), strict=True):
        first = later(start, duration, zone)
        if first <= end:
            told = [run for run in timeline.yes.of(key) if start <= run[0] < end]
            rows.append((key, first, _certain(told, duration, zone), -1))
    return rows_of(timeline.frame, rows)


def _certain(runs: list[tuple[Instant, Instant]], duration: Duration, zone: str) -> Instant:
    ends = (later(start, duration, zone) for start, end in runs if start > ALWAYS and later(start, duration, zone) <= end)
    return min(ends, default=NEVER)


HELD = _Held()
