"""`at least n`, `some`, `every` and `no` member of a group (semantics 2.5). Membership is part of the condition."""

from __future__ import annotations

from aval.engine.frames import joined, rebase, some, source_keys
from aval.engine.logic import conjunction, negation
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.columns import Axis, Frame, Timeline
from aval.model.expression import Count, Quantifier
from aval.model.reason import Mode, Reason
from aval.model.term import Term

_SHOWN = 12


class _Count:
    node = Count

    def compute(self, node: Count, scope: Scope, evaluation: Evaluation) -> Timeline:
        inner = _inner(node, scope, evaluation)
        name, closed = node.binding.variable, evaluation.closed(node.binding.group)
        condition = _condition(node, inner, evaluation)
        member = _member(node, inner, evaluation)
        if node.quantifier is Quantifier.EVERY:
            # every member has it: nobody is a member without it
            return negation(_some(conjunction([member, negation(condition)]), inner.axes[name], closed=closed))
        found = _some(conjunction([member, condition]), inner.axes[name], closed=closed, number=max(1, node.number))
        return negation(found) if node.quantifier is Quantifier.NONE else found

    def explain(self, node: Count, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        inner, binding = _inner(node, scope, evaluation), node.binding
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        parts = []
        for name in inner.axes[binding.variable].values[:_SHOWN]:
            here = Point({**point.values, binding.variable: name}, point.at, point.branches)
            member = evaluation.reason_of(Term(binding.group, (name,)), here)
            if binding.condition is None or member.mode is not Mode.DERIVED:
                parts.append(member)
            if binding.condition is not None:
                parts.append(evaluation.reason(binding.condition, inner, here))
        number = f"{node.quantifier.value} {node.number}" if node.quantifier is Quantifier.AT_LEAST else node.quantifier.value
        note = "" if evaluation.closed(binding.group) else "others may belong to the group; nobody has named them"
        text = f"{number} {binding.variable} in {binding.group}"
        return Reason(text=text, value=seen.value, mode=Mode.DERIVED, since=seen.since, note=note, span=node.span, parts=tuple(parts))


def _inner(node: Count, scope: Scope, evaluation: Evaluation) -> Scope:
    axis = evaluation.axis(node.binding.variable, node.binding.group)
    return Scope(scope.owner, {**scope.axes, axis.name: axis})


def _condition(node: Count, inner: Scope, evaluation: Evaluation) -> Timeline:
    if node.binding.condition is None:
        return conjunction([], Frame((inner.axes[node.binding.variable],)))
    return evaluation.timeline(node.binding.condition, inner)


def _member(node: Count, inner: Scope, evaluation: Evaluation) -> Timeline:
    membership = evaluation.membership(node.binding.group)
    axis = inner.axes[node.binding.variable]
    target = Frame((axis,), membership.frame.runs)
    return rebase(membership, target, source_keys(membership.frame, target, {"member": axis}))


def _some(timeline: Timeline, axis: Axis, *, closed: bool, number: int = 1) -> Timeline:
    wide = joined([timeline.frame, Frame((axis,))])
    full = timeline if axis.name in timeline.frame.names else rebase(timeline, wide, source_keys(timeline.frame, wide, {}))
    return some(full, axis.name, closed=closed, number=number)


COUNT = _Count()
