"""Groups: membership is itself a state, named by the agreement or claimed by a voice (semantics 2.5)."""

from __future__ import annotations

from aval.engine.algebra import difference, everywhere, spans, union
from aval.engine.domains import MEMBER
from aval.engine.leaves import Clock, Told, apart, reports
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point
from aval.model.agreement import Group
from aval.model.claims import ids_of
from aval.model.columns import Frame, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant, read_civil
from aval.model.reason import Mode, Reason
from aval.model.table import TableRow
from aval.model.term import Term


def compute(declared: Group, evaluation: Evaluation) -> Timeline:
    """Named members always belong; others as accepted claims say; in a closed group nobody else does."""
    name = declared.meta.name
    frame = Frame((evaluation.axis(MEMBER, name),))
    told, members = [], set(declared.members)
    for term in evaluation.terms_of(name):
        key = frame.key({MEMBER: term.args[0]})
        if key is not None and term.args[0] not in members:
            told.append(Told(key=key, statements=evaluation.said_of(term)[0]))
    claimed = reports(frame, apart(told), Clock(evaluation.zone(name)), Value.OPEN)
    if table := evaluation.agreements.tables.get(name):
        zone = evaluation.zone(name)
        rows = [(frame.key({MEMBER: row.args[0]}), *_stretch(row, zone)) for row in table.rows]
        named = spans((key, start, end) for key, start, end in rows if key is not None)
        keys = {key for key, *_ in rows}
        others = spans((key, ALWAYS, NEVER) for key in range(frame.size) if key in keys)
        return Timeline(frame, union(claimed.yes, named), union(claimed.no, difference(others, named)), claimed.carried)
    places = [place for place, value in enumerate(frame.axes[0].values) if value in members]
    named = everywhere(frame) if len(places) == frame.size else spans((place, ALWAYS, NEVER) for place in places)
    return Timeline(frame, union(claimed.yes, named), claimed.no, claimed.carried)


def _stretch(row: TableRow, zone: str) -> tuple[Instant, Instant]:
    """Give the stretch in which a row of members holds: from the start of its first day to the end of its last."""
    first, last = read_civil(row.start, zone), read_civil(row.until, zone)
    return ALWAYS if first is None else first.lo, NEVER if last is None else last.hi + 1


def explain(declared: Group, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say who puts this name in the group or out of it."""
    seen = look(evaluation.membership(declared.meta.name), {MEMBER: term.args[0]}, point.at)
    counted, alleged = evaluation.said_of(term)
    named = term.args[0] in declared.members
    listed = named and declared.table
    gap = "" if counted else "what was said of it does not count" if alleged else "nobody has said so"
    note = (f"listed in {declared.table}" if listed else "named by the agreement") if named else gap
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
