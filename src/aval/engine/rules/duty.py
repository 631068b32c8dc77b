"""Duties (semantics 2.6): dormant before the trigger; *owed* is a state, until discharge; overdue once the deadline has passed.

The clock of a run of what is owed starts with the trigger that began it; another trigger while it is owed does not restart it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from aval.engine.algebra import complement, intersection, join_moments
from aval.engine.change import change
from aval.engine.frames import joined, spread, spread_moments
from aval.engine.logic import conjunction, constant, negation
from aval.engine.lookup import Seen, covers, look
from aval.engine.operators.delay import delayed
from aval.engine.protocol import Evaluation, Point, Scope
from aval.engine.rows import rows_of
from aval.engine.rules.clauses import (
    change_reasons,
    changes,
    clause_reasons,
    derived,
    members_only,
    membership_reasons,
    only_on,
    reading_axis,
    scope_of,
    whiles,
)
from aval.model.agreement import Clause, Duty
from aval.model.columns import Frame, Moments, Timeline
from aval.model.expression import Duration, Expression, Ref
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.reason import Reason
from aval.model.term import Term


class Phase(StrEnum):
    """Where a duty stands."""

    DORMANT = "dormant"
    OWED = "owed"
    OVERDUE = "overdue"
    DISCHARGED = "discharged"
    OPEN = "open"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True, eq=False)
class Course(Moments):
    """The deadlines of a duty, and when it was discharged. `cause` is a deadline's place in `counts`: the stretch in which it counts."""

    counts: Sequence[tuple[Instant, Instant]]
    discharged: Timeline


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The phase of one duty at one point, since when, and the range of its deadline (`None`: the text gives none, or it does not run)."""

    phase: Phase
    seen: Seen
    due: tuple[Instant, Instant] | None


def compute(declared: Duty, evaluation: Evaluation) -> Timeline:
    """Give when the duty is owed, for every instance."""
    return _owed(declared, scope_of(declared, evaluation), evaluation, declared.deeds)


def _owed(declared: Duty, scope: Scope, evaluation: Evaluation, deeds: Sequence[Ref]) -> Timeline:
    """When it is owed, if only these deeds discharge it."""
    parts = [_triggered(declared, scope, evaluation, deeds)]
    if declared.whiles:
        parts.append(whiles(declared.whiles, scope, evaluation))
    return members_only(declared, conjunction(parts), evaluation)


def _triggered(declared: Duty, scope: Scope, evaluation: Evaluation, deeds: Sequence[Ref]) -> Timeline:
    """From the trigger until discharge or lapse; a duty without a trigger is owed from the start while its conditions hold."""
    ends = [changes(declared.untils, scope, evaluation)]
    if not declared.continuing:
        ends += [evaluation.moments(deed, scope) for deed in deeds]
    begins = changes(declared.whens, scope, evaluation)
    frame = joined([begins.frame, *(column.frame for column in ends), Frame(tuple(scope.axes.values()))])
    if not declared.whens and all(len(column) == 0 for column in ends):
        return constant(frame, yes=True)
    end = join_moments(frame, [spread_moments(column, frame) for column in ends])
    return change(spread_moments(begins, frame), end, Value.NO if declared.whens else Value.YES)


def deadlines(declared: Duty, evaluation: Evaluation) -> Course:
    """Give the deadlines of every instance, on every reading that sets one, and when the duty was discharged."""
    scope = scope_of(declared, evaluation)
    columns, counts = [], [(ALWAYS, NEVER)]
    if declared.withins and declared.whens:
        runs, stretches = _runs(_triggered(declared, scope, evaluation, declared.deeds))
        zone, counts = evaluation.zone(scope.owner), [*counts, *stretches]
        columns = [_on_reading(one, delayed(runs, one.item, zone), evaluation) for one in declared.withins]
    for late in declared.no_laters:
        column = evaluation.moments(late.item, scope)
        columns.append(_on_reading(late, replace(column, cause=np.zeros_like(column.cause)), evaluation))
    frame = joined([Frame(tuple(scope.axes.values())), *(column.frame for column in columns)])
    rows = join_moments(frame, [spread_moments(column, frame) for column in columns])
    return Course(frame, rows.key, rows.lo, rows.hi, rows.cause, counts, _discharged(declared, scope, evaluation))


def _runs(triggered: Timeline) -> tuple[Moments, list[tuple[Instant, Instant]]]:
    """Give the beginning of every run, and for each, from `cause` 1 on, the stretch over which it is the present run.

    A new trigger within a run begins nothing. A run that may have begun anew began between its first and its last possible beginning.
    """
    rows: list[tuple[int, int, int, int]] = []
    counts: list[tuple[Instant, Instant]] = []
    possible = complement(triggered.no, triggered.frame)
    for key, start, end in zip(possible.key.tolist(), possible.start.tolist(), possible.end.tolist(), strict=True):
        told = [run[0] for run in triggered.yes.of(key) if run[0] < end and run[1] > start] or [NEVER]
        for place, began in enumerate(told):
            rows.append((key, start, began, len(rows) + 1))
            counts.append((start if place == 0 else began, told[place + 1] if place + 1 < len(told) else end))
    contested = intersection(triggered.yes, triggered.no)
    for key, start, end in zip(contested.key.tolist(), contested.start.tolist(), contested.end.tolist(), strict=True):
        began = max(run[0] for run in triggered.yes.of(key) if run[0] <= start)
        rows.append((key, began, began, len(rows) + 1))
        counts.append((start, end))
    return rows_of(triggered.frame, rows), counts


def _on_reading(clause: Clause[Duration] | Clause[Expression], column: Moments, evaluation: Evaluation) -> Moments:
    axis = reading_axis(clause.question, evaluation)
    return column if axis is None else only_on(column, axis, clause.reading)


def _discharged(declared: Duty, scope: Scope, evaluation: Evaluation) -> Timeline:
    """From a deed that ended what was owed until the next trigger; a deed while nothing is owed discharges nothing."""
    owed = evaluation.state(declared.meta.name)
    deeds = [] if declared.continuing else [evaluation.moments(deed, scope) for deed in declared.deeds]
    begins = changes(declared.whens, scope, evaluation)
    frame = joined([owed.frame, begins.frame, *(column.frame for column in deeds)])
    done = join_moments(frame, [spread_moments(column, frame) for column in deeds])
    before, else_owed = spread(owed, frame), spread(_owed(declared, scope, evaluation, ()), frame)
    rows = []
    for key, lo, hi, cause in zip(done.key.tolist(), done.lo.tolist(), done.hi.tolist(), done.cause.tolist(), strict=True):
        first = min(lo, hi)
        just = first - 1 if first > ALWAYS else first
        value = Value.of(yes=covers(before.yes, key, just), no=covers(before.no, key, just))
        # what the deed itself ends is left out of what may change while it may be done
        steady = not any(first <= edge < hi for spot in (else_owed.yes, else_owed.no) for run in spot.of(key) for edge in run)
        if value is Value.YES and steady:
            rows.append((key, lo, hi, cause))
        elif value is Value.CONTESTED and steady:
            rows.append((key, NEVER, hi, cause))
        elif value is not Value.NO or not steady:
            rows.append((key, lo, NEVER, cause))
    return negation(change(spread_moments(begins, frame), rows_of(frame, rows), Value.YES))


def phase(declared: Duty, point: Point, evaluation: Evaluation) -> Due:
    """Say where one duty stands at a point."""
    seen = look(evaluation.state(declared.meta.name), point.values, point.at)
    course = evaluation.deadlines(declared.meta.name)
    if not isinstance(course, Course):
        raise TypeError(declared.meta.name)
    if seen.value is Value.NO:
        discharged = look(course.discharged, point.values, point.at)
        if discharged.value is Value.NO:
            return Due(phase=Phase.DORMANT, seen=seen, due=None)
        word = Phase.DISCHARGED if discharged.value is Value.YES else Phase(discharged.value.value)
        return Due(phase=word, seen=discharged, due=None)
    due = _due(course, point)
    if seen.value is not Value.YES:
        return Due(phase=Phase(seen.value.value), seen=seen, due=due)
    if due is None or point.at < max(due):
        return Due(phase=Phase.OWED, seen=seen, due=due)
    return Due(phase=Phase.OVERDUE, seen=_since(seen, due), due=due)


def _due(course: Course, point: Point) -> tuple[Instant, Instant] | None:
    """Give the first deadline that counts at a point."""
    key = course.frame.key(point.values)
    low, high = (0, 0) if key is None else np.searchsorted(course.key, (key, key + 1))
    counting = [row for row in range(low, high) if (stretch := course.counts[course.cause[row]])[0] <= point.at < stretch[1]]
    return (int(course.lo[counting].min()), int(course.hi[counting].min())) if counting else None


def _since(seen: Seen, due: tuple[Instant, Instant]) -> Seen:
    """Overdue since the deadline passed, or since it was owed, if that came later."""
    since = max(*due, seen.since if seen.since is not None else ALWAYS)
    earliest = max(min(due), seen.earliest if seen.earliest is not None else ALWAYS)
    return replace(seen, since=None if since == ALWAYS else since, earliest=None if earliest == ALWAYS else earliest)


def explain(declared: Duty, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say what would wake the duty, under which conditions, and what discharges it."""
    scope = scope_of(declared, evaluation)
    parts = [
        *membership_reasons(declared, point, evaluation),
        *change_reasons("when", declared.whens, scope, point, evaluation),
        *clause_reasons(declared.whiles, scope, point, evaluation),
        *change_reasons("until", declared.untils, scope, point, evaluation),
    ]
    return derived(declared, term, evaluation.state(declared.meta.name), point, parts)
