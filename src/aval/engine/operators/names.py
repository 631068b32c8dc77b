"""Questions about names: `p is FRA`, `p is one of (…)`, `p in coalition`."""

from __future__ import annotations

from aval.engine.algebra import spans, union
from aval.engine.frames import rebase, source_keys
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.columns import Frame, Timeline
from aval.model.expression import IsOneOf, MemberOf
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason
from aval.model.term import Term


class _IsOneOf:
    node = IsOneOf

    def compute(self, node: IsOneOf, scope: Scope, evaluation: Evaluation) -> Timeline:
        axis = scope.axes.get(node.item.text)
        names = {option.text for option in node.options}
        values = axis.values if axis else (node.item.text,)
        frame = Frame((axis,) if axis else ())
        yes = spans((key, ALWAYS, NEVER) for key, value in enumerate(values) if value in names)
        no = spans((key, ALWAYS, NEVER) for key, value in enumerate(values) if value not in names)
        return Timeline(frame, yes, no)

    def explain(self, node: IsOneOf, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        name = point.values.get(node.item.text, node.item.text)
        text = f"{name} is {'one of ' if len(node.options) > 1 else ''}{', '.join(option.text for option in node.options)}"
        return Reason(text=text, value=seen.value, mode=Mode.DERIVED, span=node.span)


class _MemberOf:
    node = MemberOf

    def compute(self, node: MemberOf, scope: Scope, evaluation: Evaluation) -> Timeline:
        column = evaluation.membership(node.group)
        axis = scope.axes.get(node.item.text)
        target = Frame((axis,) if axis else (), column.frame.runs)
        keys = source_keys(column.frame, target, {"member": axis or node.item.text})
        found = rebase(column, target, keys)
        if not evaluation.closed(node.group):
            return found
        outside = spans((key, ALWAYS, NEVER) for key, source in enumerate(keys.tolist()) if source < 0)
        return Timeline(target, found.yes, union(found.no, outside), found.carried)

    def explain(self, node: MemberOf, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return evaluation.reason_of(Term(node.group, (point.values.get(node.item.text, node.item.text),)), point)


IS_ONE_OF, MEMBER_OF = _IsOneOf(), _MemberOf()
