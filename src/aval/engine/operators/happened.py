"""`E happened`: asked directly, so an unreported event is open, unless its kind is constitutive (semantics 2.3, *Absence*)."""

from __future__ import annotations

import numpy as np

from aval.engine.algebra import spans
from aval.engine.frames import some
from aval.engine.lookup import look
from aval.engine.operators.reference import term_of
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.agreement import Event, params_of
from aval.model.columns import Axis, Moments, Timeline
from aval.model.expression import Any, Expression, Happened, Name, Ref
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Happened:
    node = Happened

    def compute(self, node: Happened, scope: Scope, evaluation: Evaluation) -> Timeline:
        ref, inner, opened = _named(node.item, scope, evaluation)
        timeline = happened(evaluation.moments(ref, inner), constitutive=_constitutive(ref, evaluation))
        for axis, group in opened:
            timeline = some(timeline, axis.name, closed=evaluation.closed(group))
        return timeline

    def explain(self, node: Happened, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        if not isinstance(node.item, Ref):
            part = evaluation.reason(node.item, scope, point)
            return Reason(text=f"{part.text} happened", value=seen.value, mode=part.mode, since=seen.since, span=node.span, parts=(part,))
        term = term_of(node.item, point)
        inner = evaluation.reason_of(term, point)
        return Reason(
            text=f"{term} happened",
            term=str(term),
            value=seen.value,
            mode=inner.mode if inner.statements else Mode.UNTOLD,
            since=seen.since,
            note=inner.note,
            span=node.span,
            anchors=inner.anchors,
            statements=inner.statements,
            alleged=inner.alleged,
            parts=inner.parts,
        )


def happened(column: Moments, *, constitutive: bool) -> Timeline:
    """Told no before an occurrence's `lo`, told yes from its `hi`; for several, from the first `hi` and before the first `lo`."""
    frame = column.frame
    lo, hi = np.full(frame.size, NEVER), np.full(frame.size, NEVER)
    np.minimum.at(lo, column.key, column.lo)
    np.minimum.at(hi, column.key, column.hi)
    told = np.zeros(frame.size, np.bool_)
    told[column.key] = True
    yes = spans((key, start, NEVER) for key, start in enumerate(hi.tolist()))
    no = spans((key, ALWAYS, end) for key, end in enumerate(lo.tolist()) if told[key] or constitutive)
    carried = np.flatnonzero(~told).tolist() if constitutive else []
    return Timeline(frame, yes, no, spans((key, ALWAYS, NEVER) for key in carried))


def _constitutive(node: Expression, evaluation: Evaluation) -> bool:
    if not isinstance(node, Ref):
        return False
    declared = evaluation.agreements.declarations[node.name]
    return isinstance(declared, Event) and declared.constitutive


def _named(node: Expression, scope: Scope, evaluation: Evaluation) -> tuple[Expression, Scope, list[tuple[Axis, str]]]:
    """Give each `any` an axis of its own, so that "some instance happened" is asked instance by instance."""
    if not isinstance(node, Ref) or not any(isinstance(arg, Any) for arg in node.args):
        return node, scope, []
    params = params_of(evaluation.agreements.declarations[node.name])
    opened: list[tuple[Axis, str]] = []
    args: list[Name | Any] = []
    for place, arg in enumerate(node.args):
        if isinstance(arg, Any):
            axis = evaluation.axis(f"some {place}", params[place].group)
            opened.append((axis, params[place].group))
            args.append(Name(axis.name))
        else:
            args.append(arg)
    axes = {**scope.axes, **{axis.name: axis for axis, _ in opened}}
    return Ref(node.name, tuple(args), span=node.span), Scope(scope.owner, axes), opened


HAPPENED = _Happened()
