"""`offer(SWE, air) is at least announced`: a contribution that stands on a rung of the ladder, or higher."""

from __future__ import annotations

from aval.engine.lookup import look
from aval.engine.operators.reference import term_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula
from aval.model.claims import ids_of
from aval.model.columns import Timeline
from aval.model.expression import Name, RungIs
from aval.model.reason import Mode, Reason


class _RungIs:
    node = RungIs

    def compute(self, node: RungIs, scope: Scope, evaluation: Evaluation) -> Timeline:
        return evaluation.rung_at_least(term_of(node.item, Point({}, 0)), node.rung.step)

    def explain(self, node: RungIs, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        term = term_of(node.item, point)
        counted, alleged = evaluation.said_of(term)
        return Reason(
            text=f"{term} is at least {node.rung.value}",
            term=str(term),
            value=seen.value,
            mode=Mode.CARRIED if counted else Mode.UNTOLD,
            since=seen.since,
            span=node.span,
            statements=ids_of(counted),
            alleged=alleged,
        )

    def relax(self, node: RungIs, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if relaxing.holds(node, scope, wish):
            return MET
        party, domain = (wish.values.get(arg.text, arg.text) for arg in node.item.args if isinstance(arg, Name))
        return relaxing.standing(party, domain, node.rung.value, wish)


RUNG_IS = _RungIs()
