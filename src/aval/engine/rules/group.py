"""Groups: membership is itself a state, named by the agreement or claimed by a voice (semantics 2.5)."""

from __future__ import annotations

from aval.engine.algebra import spans, union
from aval.engine.leaves import Clock, Told, reports
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point
from aval.model.agreement import Group
from aval.model.claims import ids_of
from aval.model.columns import Frame, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason
from aval.model.term import Term

MEMBER = "member"


def compute(declared: Group, evaluation: Evaluation) -> Timeline:
    """Named members always belong; others as accepted claims say; in a closed group nobody else does."""
    name = declared.meta.name
    frame = Frame((evaluation.axis(MEMBER, name),))
    told = []
    for term in evaluation.terms_of(name):
        key = frame.key({MEMBER: term.args[0]})
        if key is not None and term.args[0] not in declared.members:
            told.append(Told(key=key, statements=evaluation.said_of(term)[0]))
    claimed = reports(frame, told, Clock(evaluation.zone(name)), Value.OPEN)
    named = spans((key, ALWAYS, NEVER) for key, value in enumerate(frame.axes[0].values) if value in declared.members)
    return Timeline(frame, union(claimed.yes, named), claimed.no, claimed.carried)


def explain(declared: Group, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say who puts this name in the group or out of it."""
    seen = look(evaluation.membership(declared.meta.name), {MEMBER: term.args[0]}, point.at)
    counted, alleged = evaluation.said_of(term)
    named = term.args[0] in declared.members
    note = (
        "named by the agreement" if named else "" if counted else "what was said of it does not count" if alleged else "nobody has said so"
    )
    return Reason(
        text=f"{term.args[0]} in {declared.meta.name}",
        term=str(term),
        value=seen.value,
        mode=Mode.DERIVED if named else Mode.CARRIED if seen.carried else Mode.TOLD if counted else Mode.UNTOLD,
        since=seen.exactly,
        by=seen.by,
        note=note,
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        statements=ids_of(counted),
        alleged=alleged,
    )
