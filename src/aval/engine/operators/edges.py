"""`beginning of S`, `end of S`: the edges of each run of a state, between the last instant told one way and the first told the other."""

from __future__ import annotations

from itertools import pairwise

from aval.engine.algebra import complement
from aval.engine.logic import negation
from aval.engine.operators.delay import moment_value
from aval.engine.protocol import Evaluation, Point, Scope
from aval.engine.rows import rows_of
from aval.model.columns import Moments, Timeline
from aval.model.expression import Beginning, End
from aval.model.instant import ALWAYS, NEVER
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
    """Give the beginnings of a state, one stretch at a time in which nobody denies it.

    The first told run of a stretch began in it by then, and not before the stretch. Each later one may have begun anew, and a stretch
    without a told
    run that follows a no may hide a beginning: both are only possible. What always was, or was never spoken of, has no beginning.
    """
    stretches = complement(timeline.no, timeline.frame)
    rows = []
    for key, start, end in zip(stretches.key.tolist(), stretches.start.tolist(), stretches.end.tolist(), strict=True):
        told = [run for run in timeline.yes.of(key) if start <= run[0] < end]
        if not told and start > ALWAYS:
            rows.append((key, start, NEVER, -1))
        if told and told[0][0] > ALWAYS:
            rows.append((key, start, told[0][0], -1))
        rows += [(key, before[1], NEVER, -1) for before, _ in pairwise(told)]
    rows += _denied(timeline)
    return rows_of(timeline.frame, rows)


def _denied(timeline: Timeline) -> list[tuple[int, int, int, int]]:
    """Beginnings that some tell while others deny the state: passed from the start, and not before the denial ends."""
    rows = []
    for key, start in zip(timeline.yes.key.tolist(), timeline.yes.start.tolist(), strict=True):
        ends = [end for begin, end in timeline.no.of(key) if begin <= start < end]
        rows += [(key, end, start, -1) for end in ends if start > ALWAYS]
    return rows


def _explain(text: str, node: Beginning | End, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    part = evaluation.reason(node.item, scope, point)
    value, since = moment_value(evaluation.moments(node, scope), point)
    return Reason(text=f"{text} {part.text}", value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=(part,))


BEGINNING, END = _Beginning(), _End()
