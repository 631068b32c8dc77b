"""Civil ways to count (semantics 2.2): `expiry of 90 days after M`, `first day of the 6th month after M`, `midnight after M`."""

from __future__ import annotations

from aval.engine.operators.delay import counted, explain_moved, relax_moved
from aval.engine.operators.ordinal import ordinal
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.columns import Moments
from aval.model.expression import Expiry, Midnight, MonthFirst
from aval.model.reason import Reason


class _Expiry:
    node = Expiry

    def compute(self, node: Expiry, scope: Scope, evaluation: Evaluation) -> Moments:
        return counted(node, scope, evaluation)

    def explain(self, node: Expiry, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return explain_moved(f"expiry of {node.duration} after", node, scope, point, evaluation)

    def relax(self, node: Expiry, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relax_moved(node, scope, wish, relaxing)


class _MonthFirst:
    node = MonthFirst

    def compute(self, node: MonthFirst, scope: Scope, evaluation: Evaluation) -> Moments:
        return counted(node, scope, evaluation)

    def explain(self, node: MonthFirst, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        which = "the month" if node.number == 1 else f"the {ordinal(node.number)} month"
        return explain_moved(f"first day of {which} after", node, scope, point, evaluation)

    def relax(self, node: MonthFirst, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relax_moved(node, scope, wish, relaxing)


class _Midnight:
    node = Midnight

    def compute(self, node: Midnight, scope: Scope, evaluation: Evaluation) -> Moments:
        return counted(node, scope, evaluation)

    def explain(self, node: Midnight, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return explain_moved("midnight after", node, scope, point, evaluation)

    def relax(self, node: Midnight, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relax_moved(node, scope, wish, relaxing)


EXPIRY, MONTH_FIRST, MIDNIGHT = _Expiry(), _MonthFirst(), _Midnight()
