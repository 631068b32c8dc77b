"""`beginning of S`, `end of S`: the edges of each run of a state, between the last instant told one way and the first told the other."""

from __future__ import annotations

from bisect import bisect_right

import numpy as np

from aval.engine.algebra import moments
from aval.engine.logic import negation
from aval.engine.operators.delay import moment_value
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.columns import Moments, Timeline
from aval.model.expression import Beginning, End
from aval.model.instant import ALWAYS
from aval.model.reason import Mode, Reason


class _Beginning:
    node = Beginning

    def compute(self, node: Beginning, scope: Scope, evaluation: Evaluation) -> Moments:
        return beginnings(evaluation.timeline(node.item, scope))

    def explain(self, node: Beginning, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("beginning of", node, scope, point, evaluation)


class _End:
    node = End

    def compute(self, node: End, scope: Scope, evaluation: Evaluation) -> Moments:
        return beginnings(negation(evaluation.timeline(node.item, scope)))

    def explain(self, node: End, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("end of", node, scope, point, evaluation)


def beginnings(timeline: Timeline) -> Moments:
    """The beginning of each told run: not before the last told no ended, passed when the run starts. A run that always was has none."""
    yes, no = timeline.yes, timeline.no
    starts = yes.start > ALWAYS
    key, hi = yes.key[starts], yes.start[starts]
    lo = np.full(len(key), ALWAYS)
    if len(no):
        order = np.lexsort((no.end, no.key))
        ends = list(zip(no.key[order].tolist(), no.end[order].tolist(), strict=True))
        place = np.array([_last_before(ends, pair) for pair in zip(key.tolist(), hi.tolist(), strict=True)], np.int64)
        lo = np.where(place > ALWAYS, place, lo)
    return moments(timeline.frame, key, lo, hi, np.full(len(key), -1))


def _last_before(ends: list[tuple[int, int]], start: tuple[int, int]) -> int:
    place = bisect_right(ends, start) - 1
    return ends[place][1] if place >= 0 and ends[place][0] == start[0] else ALWAYS


def _explain(text: str, node: Beginning | End, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    part = evaluation.reason(node.item, scope, point)
    value, since = moment_value(evaluation.moments(node, scope), point)
    return Reason(text=f"{text} {part.text}", value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=(part,))


BEGINNING, END = _Beginning(), _End()
