"""`not said X` as a condition: nobody has said it, so it is open, at every instant."""

from __future__ import annotations

from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.columns import Frame, Timeline
from aval.model.expression import NotSaid
from aval.model.four import Value
from aval.model.reason import Mode, Reason


class _NotSaid:
    node = NotSaid

    def compute(self, node: NotSaid, scope: Scope, evaluation: Evaluation) -> Timeline:
        return Timeline(Frame())

    def explain(self, node: NotSaid, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return Reason(text=node.what.replace("_", " "), value=Value.OPEN, mode=Mode.UNTOLD, note="not said", span=node.span)

    def relax(self, node: NotSaid, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.obstacle(f"not said: {node.what.replace('_', ' ')}", wish)


NOT_SAID = _NotSaid()
