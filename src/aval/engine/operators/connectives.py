"""`C and D`, `C or D`, `not C` (semantics 2.3)."""

from __future__ import annotations

from aval.engine.logic import conjunction, disjunction, negation
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula, any_of, every_of
from aval.model.columns import Timeline
from aval.model.expression import And, Not, Or
from aval.model.reason import Mode, Reason


class _And:
    node = And

    def compute(self, node: And, scope: Scope, evaluation: Evaluation) -> Timeline:
        return conjunction([evaluation.timeline(item, scope) for item in node.items])

    def explain(self, node: And, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _join("all of", node, scope, point, evaluation)

    def relax(self, node: And, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return (every_of if wish.yes else any_of)([relaxing.condition(item, scope, wish) for item in node.items])


class _Or:
    node = Or

    def compute(self, node: Or, scope: Scope, evaluation: Evaluation) -> Timeline:
        return disjunction([evaluation.timeline(item, scope) for item in node.items])

    def explain(self, node: Or, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _join("any of", node, scope, point, evaluation)

    def relax(self, node: Or, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return (any_of if wish.yes else every_of)([relaxing.condition(item, scope, wish) for item in node.items])


class _Not:
    node = Not

    def compute(self, node: Not, scope: Scope, evaluation: Evaluation) -> Timeline:
        return negation(evaluation.timeline(node.item, scope))

    def explain(self, node: Not, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        part = evaluation.reason(node.item, scope, point)
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        return Reason(text=f"not {part.text}", value=seen.value, mode=part.mode, since=seen.since, span=node.span, parts=(part,))

    def relax(self, node: Not, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("not")
        return relaxing.condition(node.item, scope, wish.turned)


def _join(text: str, node: And | Or, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    seen = look(evaluation.timeline(node, scope), point.values, point.at)
    parts = tuple(evaluation.reason(item, scope, point) for item in node.items)
    return Reason(text=text, value=seen.value, mode=Mode.DERIVED, since=seen.since, span=node.span, parts=parts)


AND, OR, NOT = _And(), _Or(), _Not()
