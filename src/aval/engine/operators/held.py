"""`S has held 12 months`: the end of that length inside one unbroken run (semantics 2.2), for every run that lasts so long.

A run that is told no nowhere may have lasted: it gives the first possible instant. The told run inside it gives the certain one.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aval.engine.algebra import complement, last_at, moments, settled
from aval.engine.operators.delay import later, later_each, latest, moment_value
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
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

    def relax(self, node: Held, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if not wish.yes:
            return relaxing.obstacle("only time can keep it from having held", wish)
        zone = relaxing.evaluation.zone(scope.owner)
        by = wish.by if relaxing.timeless else latest(lambda time: later(time, node.duration, zone), wish.by)
        return relaxing.condition(node.item, scope, replace(wish, by=by, since=ALWAYS))


def held(timeline: Timeline, duration: Duration, zone: str) -> Moments:
    """Give one occurrence for every run that lasted the duration, or may have.

    A told run that somebody denies on the way is disputed; a stretch that nobody denies, with no told run long enough, is only possible.
    What was
    never spoken of has not held (2.3, *Change*).
    """
    stretches, yes = settled(complement(timeline.no, timeline.frame)), settled(timeline.yes)
    until = later_each(yes.start, duration, zone)
    sure = (yes.start > ALWAYS) & (until <= yes.end)
    key, start, until = yes.key[sure], yes.start[sure], until[sure]
    around = last_at(stretches.key, stretches.start, key, start)
    inside = np.flatnonzero(around >= 0)
    around[inside[stretches.end[around[inside]] < until[inside]]] = -1
    first = later_each(stretches.start, duration, zone)
    lo = np.full(len(key), NEVER)
    lo[around >= 0] = first[around[around >= 0]]
    always = np.zeros(timeline.frame.size, np.bool_)
    always[yes.key[yes.start == ALWAYS]] = True
    rest = (first <= stretches.end) & ((stretches.start > ALWAYS) | always[stretches.key])
    rest[around[around >= 0]] = False
    count = int(rest.sum())
    return moments(
        timeline.frame,
        np.concatenate((key, stretches.key[rest])),
        np.concatenate((lo, first[rest])),
        np.concatenate((until, np.full(count, NEVER))),
        np.full(len(key) + count, -1),
    )


HELD = _Held()
