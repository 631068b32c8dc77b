"""`pay(c) is overdue`, `phase is one of (first, second)`: where a norm stands, which of its values a state has (semantics 2.6).

Each word is asked for itself: what is overdue is owed still. A duty that stands in for another sees that one as if it did not.
"""

from __future__ import annotations

from aval.engine.logic import disjunction
from aval.engine.lookup import look
from aval.engine.operators.reference import instances, term_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, any_of, every_of
from aval.model.agreement import Duty
from aval.model.columns import Timeline
from aval.model.expression import Stands
from aval.model.reason import Mode, Reason


class _Stands:
    node = Stands

    def compute(self, node: Stands, scope: Scope, evaluation: Evaluation) -> Timeline:
        owner = evaluation.agreements.get(scope.owner, Duty)
        alone = owner is not None and any(ref.name == node.item.name for ref in owner.replaces)
        words = evaluation.words(node.item.name, alone=alone)
        found = [words[word if word in words else word.replace("_", " ")] for word in node.words]
        return instances(node.item, disjunction(found) if len(found) > 1 else found[0], scope, evaluation)

    def explain(self, node: Stands, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        term = term_of(node.item, point)
        listed = node.words[0] if len(node.words) == 1 else f"one of {', '.join(node.words)}"
        return Reason(
            text=f"{term} is {listed}",
            term=str(term),
            value=seen.value,
            mode=Mode.DERIVED,
            since=seen.exactly,
            by=seen.by,
            span=node.span,
            parts=(evaluation.reason_of(term, point),),
        )

    def relax(self, node: Stands, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if relaxing.holds(node, scope, wish):
            return MET
        words = [relaxing.word(term, word.replace("_", " "), wish) for word in node.words for term in relaxing.instances(node.item, wish)]
        return (any_of if wish.yes else every_of)(words)


STANDS = _Stands()
