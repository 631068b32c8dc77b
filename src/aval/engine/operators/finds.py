"""`special_commission finds breach(RUS)`: a body's finding, as an act of its own at its own date (semantics 2.7)."""

from __future__ import annotations

from aval.engine.operators.delay import moment_value
from aval.engine.operators.reference import moments_of, term_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, any_of, every_of
from aval.model.columns import Moments
from aval.model.expression import Finds
from aval.model.reason import Alleged, Mode, Reason


class _Finds:
    node = Finds

    def compute(self, node: Finds, scope: Scope, evaluation: Evaluation) -> Moments:
        return moments_of(node.what, evaluation.findings(node.body, node.what.name), scope, evaluation)

    def explain(self, node: Finds, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        term = term_of(node.what, point)
        value, since = moment_value(evaluation.moments(node, scope), point)
        counted, alleged = evaluation.said_of(term)
        own = tuple(one.id for one in evaluation.found_of(term) if one.voice.speaks_for == node.body)
        votes = evaluation.votes_of(node.body, term)
        others = [Alleged(statement=one.id, why_not=f"not a finding of {node.body}") for one in counted if one.id not in own]
        return Reason(
            text=f"{node.body} finds {term}",
            term=str(term),
            value=value,
            mode=Mode.TOLD if own else Mode.UNTOLD,
            since=since,
            note="" if own or votes else f"{node.body} has not found it",
            span=node.span,
            statements=own,
            alleged=(*others, *(one for one in alleged if one.statement not in own)),
            parts=votes,
        )

    def relax(self, node: Finds, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if wish.yes and relaxing.when(node, scope, wish) is not None:
            return MET
        return (any_of if wish.yes else every_of)([relaxing.finding(node.body, term, wish) for term in relaxing.instances(node.what, wish)])


FINDS = _Finds()
