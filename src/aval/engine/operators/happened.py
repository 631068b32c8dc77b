"""`E happened`: asked directly, so an unreported event is open, unless its kind is constitutive (semantics 2.3, *Absence*)."""

from __future__ import annotations

import numpy as np

from aval.engine.algebra import spans
from aval.engine.lookup import look
from aval.engine.operators.reference import instances, term_of
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.agreement import Event, Moment
from aval.model.columns import Moments, Timeline
from aval.model.expression import Happened, Ref
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Happened:
    node = Happened

    def compute(self, node: Happened, scope: Scope, evaluation: Evaluation) -> Timeline:
        if not isinstance(node.item, Ref) or not isinstance(evaluation.agreements.declarations[node.item.name], Event | Moment):
            return happened(evaluation.moments(node.item, scope), constitutive=False)
        return instances(node.item, evaluation.happened(node.item.name), scope, evaluation)

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
            since=inner.since,
            by=inner.by,
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


HAPPENED = _Happened()
