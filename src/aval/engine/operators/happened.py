"""`E happened`: asked directly, so an unreported event is open, unless its kind is constitutive (semantics 2.3, *Absence*)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aval.engine.algebra import Rest, laid_out
from aval.engine.lookup import look
from aval.engine.operators.reference import ANY, REFERENCE, instances, term_of
from aval.engine.order import parts_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, every_of
from aval.model.agreement import Agreements, Event, Moment, Power
from aval.model.columns import Moments, Spans, Timeline
from aval.model.expression import Any, Earlier, Happened, Latest, Nth, Ref
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Happened:
    node = Happened

    def compute(self, node: Happened, scope: Scope, evaluation: Evaluation) -> Timeline:
        if not isinstance(node.item, Ref) or not isinstance(evaluation.agreements.declarations[node.item.name], Event | Moment):
            return asked(evaluation.moments(node.item, scope), (node.item,), evaluation.agreements)
        return instances(node.item, evaluation.happened(node.item.name), scope, evaluation)

    def explain(self, node: Happened, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        if not isinstance(node.item, Ref):
            part = evaluation.reason(node.item, scope, point)
            return Reason(text=f"{part.text} happened", value=seen.value, mode=part.mode, since=seen.since, span=node.span, parts=(part,))
        term = term_of(node.item, point)
        inner = REFERENCE.explain(node.item, scope, point, evaluation) if ANY in term.args else evaluation.reason_of(term, point)
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

    def relax(self, node: Happened, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if wish.yes:
            return relaxing.moment(node.item, scope, wish)
        if relaxing.holds(node, scope, wish):
            return MET
        if isinstance(node.item, Ref):
            return every_of([relaxing.happening(term, wish) for term in relaxing.instances(node.item, wish)])
        return relaxing.obstacle("only time can keep it from having happened", wish)


def happened(column: Moments, *, constitutive: bool) -> Timeline:
    """Told no before an occurrence's `lo`, told yes from its `hi`; for several, from the first `hi` and before the first `lo`."""
    frame, key = column.frame, column.key
    opens = np.ones(len(key), np.bool_)
    opens[1:] = key[1:] != key[:-1]
    places = np.flatnonzero(opens)
    told = key[places]
    lo, hi = (np.minimum.reduceat(times, places) if len(places) else times for times in (column.lo, column.hi))
    never, always = np.full(len(told), NEVER), np.full(len(told), ALWAYS)
    yes, later = laid_out([(told, hi, never)]), laid_out([(told, lo, never)])
    if not constitutive:
        return Timeline(frame, yes, laid_out([(told, always, lo)]))
    return Timeline(frame, yes, Rest(later, frame.size), Rest(Spans(told, always, never), frame.size))


def asked(column: Moments, parts: Sequence[object], agreements: Agreements) -> Timeline:
    """Ask a derived moment directly (2.3, *Absence*).

    Where only what was received exists, what has not come is no. Where an unreported event could have brought it earlier, nobody can say
    no.
    """
    events, earlier = under(parts, agreements)
    constitutive = bool(events) and all(event.constitutive for event in events)
    found = happened(column, constitutive=constitutive)
    if constitutive or not earlier:
        return found
    # an nth that can no longer come, since too many were denied, is a no all the same
    never = [len(parts) == 1 and isinstance(parts[0], Nth) and end == NEVER for end in found.no.end.tolist()]
    return Timeline(found.frame, found.yes, Spans(found.no.key[never], found.no.start[never], found.no.end[never]))


def under(parts: Sequence[object], agreements: Agreements) -> tuple[list[Event], bool]:
    """The events that a moment is counted from, through other moments too, and whether one more of them could bring it earlier."""
    events, earlier, ahead, seen = [], False, list(parts), set()
    while ahead:
        node = ahead.pop()
        earlier |= isinstance(node, Nth | Latest | Earlier | Any)
        ahead += parts_of(node)
        declared = agreements.declarations.get(node.name) if isinstance(node, Ref) else None
        if isinstance(declared, Power):
            ahead.append(declared.deed)
        if isinstance(declared, Event):
            events.append(declared)
            earlier |= declared.repeats
        elif isinstance(declared, Moment) and declared.meta.name not in seen:
            seen.add(declared.meta.name)
            ahead += [*(clause.item for clause in declared.means), *(clause.item for clause in declared.becomes)]
    return events, earlier


HAPPENED = _Happened()
