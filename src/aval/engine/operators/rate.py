"""`at least 3 times E within 30 days`: so many occurrences in the time of that length that ends now (semantics 2.5).

An occurrence in [lo, hi] is in the window for certain from hi until the length after lo has passed, and may be in it from lo until the
length after hi. What nobody reported may have happened (2.3), so that too few is told only where only what was received exists,
or up to the day to which all is on record.
"""

from __future__ import annotations

import numpy as np

from aval.engine.algebra import at_least, complement, everywhere, intersection, laid_out
from aval.engine.logic import negation
from aval.engine.lookup import look
from aval.engine.operators.delay import later_each
from aval.engine.operators.happened import under
from aval.engine.operators.ordinal import counted_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula
from aval.model.agreement import Event
from aval.model.columns import EMPTY, Frame, Moments, Spans, Timeline
from aval.model.expression import Bound, Instant, Rate, Ref
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Rate:
    node = Rate

    def compute(self, node: Rate, scope: Scope, evaluation: Evaluation) -> Timeline:
        column = counted_of(node.item, scope, evaluation) if isinstance(node.item, Ref) else evaluation.moments(node.item, scope)
        number = node.number + (node.bound in (Bound.MORE_THAN, Bound.AT_MOST))
        enough = _often(column, number, node, evaluation.zone(scope.owner), _complete(node, column.frame, evaluation))
        return negation(enough) if node.bound in (Bound.AT_MOST, Bound.LESS_THAN) else enough

    def explain(self, node: Rate, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        part = evaluation.reason(node.item, scope, point)
        text = f"{node.bound.value} {node.number} times {part.text} within {node.duration}"
        return Reason(text=text, value=seen.value, mode=Mode.DERIVED, since=seen.since, span=node.span, parts=(part,))

    def relax(self, node: Rate, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("rates")
        if relaxing.holds(node, scope, wish):
            return MET
        if wish.yes and node.bound is Bound.AT_LEAST and node.number <= 1:
            return relaxing.moment(node.item, scope, wish)
        return relaxing.obstacle("how often something happens is not searched for", wish)


def _often(column: Moments, number: int, node: Rate, zone: str, complete: Spans) -> Timeline:
    """Whether so many occurrences lie in the window: told where enough are, denied where too few are possible."""
    frame = column.frame
    if number <= 0:
        return Timeline(frame, everywhere(frame))
    came, may_come = column.hi < NEVER, column.lo < NEVER
    # windows may overlap: they are no column, and only good for counting
    until = later_each(np.minimum(column.lo, column.hi)[came], node.duration, zone)
    yes = at_least(number, [Spans(column.key[came], column.hi[came], until)])
    if not len(complete):
        return Timeline(frame, yes)
    able = Spans(column.key[may_come], column.lo[may_come], later_each(column.hi[may_come], node.duration, zone))
    return Timeline(frame, yes, intersection(complete, complement(at_least(number, [able]), frame)))


def _complete(node: Rate, frame: Frame, evaluation: Evaluation) -> Spans:
    """Give where what nobody reported has not happened.

    That is everywhere if only what was received exists, or if no event lies under it (the edges of a state are all there are); of an event
    else as long as all is on record.
    """
    events, _ = under((node.item,), evaluation.agreements)
    if all(event.constitutive for event in events):
        return everywhere(frame)
    declared = evaluation.agreements.get(node.item.name, Event) if isinstance(node.item, Ref) else None
    if declared is None:
        return EMPTY
    plain = [item for item in declared.complete_until if isinstance(item, Instant)]
    ends = [evaluation.moments(item, Scope(declared.meta.name, {})) for item in plain]
    last = max((int(end.lo[0]) for end in ends), default=ALWAYS)
    return laid_out([(np.arange(frame.size, dtype=np.int64), np.full(frame.size, ALWAYS), np.full(frame.size, last))])


RATE = _Rate()
