"""`special_commission finds breach(RUS)`: a body's finding, as an occurrence at its own date (semantics 2.7)."""

from __future__ import annotations

from aval.engine.operators.reference import REFERENCE, term_of
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.columns import Moments
from aval.model.expression import Finds
from aval.model.reason import Reason


class _Finds:
    node = Finds

    def compute(self, node: Finds, scope: Scope, evaluation: Evaluation) -> Moments:
        # what a body may find is declared as an event accepted from its finding
        column = REFERENCE.compute(node.what, scope, evaluation)
        if not isinstance(column, Moments):
            raise TypeError(node.what.name)
        return column

    def explain(self, node: Finds, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        inner = evaluation.reason_of(term_of(node.what, point), point)
        return Reason(
            text=f"{node.body} finds {inner.text}",
            value=inner.value,
            mode=inner.mode,
            since=inner.since,
            note=inner.note,
            span=node.span,
            statements=inner.statements,
            alleged=inner.alleged,
        )


FINDS = _Finds()
