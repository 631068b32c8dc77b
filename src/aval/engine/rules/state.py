"""States: reported where they have no rule, else from their `while`, `from` and `until` clauses (semantics 2.3, 2.5)."""

from __future__ import annotations

from aval.engine.change import change
from aval.engine.frames import joined, spread_moments
from aval.engine.leaves import Clock, reports
from aval.engine.logic import conjunction
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point
from aval.engine.rules.body import finding_reasons, settled
from aval.engine.rules.clauses import (
    change_reasons,
    changes,
    clause_reasons,
    derived,
    members_only,
    membership_reasons,
    scope_of,
    whiles,
)
from aval.engine.rules.event import gap_note, told
from aval.model.agreement import State
from aval.model.claims import ids_of
from aval.model.columns import Frame, Timeline
from aval.model.instant import Instant
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def compute(declared: State, evaluation: Evaluation) -> Timeline:
    """Give the value of every instance over all time."""
    scope = scope_of(declared, evaluation)
    if declared.reported:
        frame = Frame(tuple(scope.axes.values()))
        told_so = reports(frame, told(declared, frame, evaluation), Clock(evaluation.zone(declared.meta.name)), declared.initial)
        return settled(declared, told_so, evaluation)
    parts = []
    if declared.froms or declared.untils:
        begins, ends = changes(declared.froms, scope, evaluation), changes(declared.untils, scope, evaluation)
        frame = joined([begins.frame, ends.frame, Frame(tuple(scope.axes.values()))])
        parts.append(change(spread_moments(begins, frame), spread_moments(ends, frame), declared.initial))
    if declared.whiles:
        parts.append(whiles(declared.whiles, scope, evaluation))
    return settled(declared, members_only(declared, conjunction(parts), evaluation), evaluation)


def explain(declared: State, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say which clauses and reports make the value."""
    timeline = evaluation.state(declared.meta.name)
    if declared.reported:
        return _reported(declared, term, timeline, point, evaluation)
    scope = scope_of(declared, evaluation)
    parts = [
        *finding_reasons(declared, term, point, evaluation),
        *membership_reasons(declared, point, evaluation),
        *change_reasons("from", declared.froms, scope, point, evaluation),
        *change_reasons("until", declared.untils, scope, point, evaluation),
        *clause_reasons(declared.whiles, scope, point, evaluation),
    ]
    seen = look(timeline, point.values, point.at)
    never = declared.froms and seen.carried and seen.since is None
    return derived(
        declared, term, timeline, point, parts, note=f"{declared.initial.value} from the start; never told to have begun" if never else ""
    )


def _reported(declared: State, term: Term, timeline: Timeline, point: Point, evaluation: Evaluation) -> Reason:
    seen = look(timeline, point.values, point.at)
    counted, alleged = evaluation.said_of(term)
    mode = (Mode.CARRIED if seen.carried else Mode.TOLD) if counted else Mode.UNTOLD
    last: Instant | None = None
    if seen.carried and counted:
        key = timeline.frame.key(point.values)
        starts = [] if key is None else [start for start, end in timeline.carried.of(key) if start <= point.at < end]
        last = starts[-1] - 1 if starts else None
    return Reason(
        text=str(term),
        term=str(term),
        value=seen.value,
        mode=mode,
        since=seen.exactly,
        by=seen.by,
        last_told=last,
        note=gap_note(declared, has_counted=bool(counted), has_alleged=bool(alleged)),
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        statements=ids_of(counted),
        alleged=alleged,
        parts=tuple(finding_reasons(declared, term, point, evaluation)),
    )
