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
from aval.model.instant import ALWAYS, NEVER
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
    """Give one occurrence for every run that lasted the duration, or may have.

    A told run that somebody denies on the way is disputed; a stretch that nobody denies, with no told run long enough, is only possible.
    What was
    never spoken of has not held (2.3, *Change*).
    """
    possible = complement(timeline.no, timeline.frame)
    rows = []
    for key in range(timeline.frame.size):
        stretches, certain = possible.of(key), set()
        for start, end in timeline.yes.of(key):
            until = later(start, duration, zone)
            if start > ALWAYS and until <= end:
                around = next((stretch for stretch in stretches if stretch[0] <= start and until <= stretch[1]), None)
                certain.add(around)
                rows.append((key, later(around[0], duration, zone) if around else NEVER, until, -1))
        for stretch in stretches:
            first = later(stretch[0], duration, zone)
            spoken = stretch[0] > ALWAYS or any(start == ALWAYS for start, _ in timeline.yes.of(key))
            if stretch not in certain and spoken and first <= stretch[1]:
                rows.append((key, first, NEVER, -1))
    return rows_of(timeline.frame, rows)


HELD = _Held()
