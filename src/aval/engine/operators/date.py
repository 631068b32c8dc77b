"""A civil date written in the agreement: one exact legal day, or an exact instant."""

from __future__ import annotations

import numpy as np

from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, NEVER_MET, Formula
from aval.model.columns import Frame, Moments
from aval.model.expression import Instant
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, is_date, read_civil
from aval.model.reason import Mode, Reason


class _Date:
    node = Instant

    def compute(self, node: Instant, scope: Scope, evaluation: Evaluation) -> Moments:
        found = read_civil(node.text, evaluation.zone(scope.owner))
        lo, hi = (ALWAYS, NEVER) if found is None else (found.lo, found.lo if is_date(node.text) else found.hi)
        one = np.zeros(1, np.int64)
        return Moments(Frame(), one, one + lo, one + hi, one - 1)

    def explain(self, node: Instant, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        _, hi = evaluation.moments(node, scope).of(0)[0]
        value = Value.YES if hi <= point.at else Value.NO
        return Reason(text=node.text, value=value, mode=Mode.DERIVED, since=hi, span=node.span)

    def relax(self, node: Instant, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        come = relaxing.timeless or relaxing.when(node, scope, wish) is not None
        if come is wish.yes:
            return MET
        return (
            NEVER_MET
            if wish.since > ALWAYS
            else relaxing.obstacle(f"not before {node.text}" if wish.yes else f"{node.text} has come", wish)
        )


DATE = _Date()
