"""Duties (semantics 2.6): dormant before the trigger; *owed* is a state, until discharge; overdue once the deadline has passed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aval.engine.algebra import join_moments
from aval.engine.change import change
from aval.engine.frames import joined, spread_moments
from aval.engine.logic import conjunction, constant
from aval.engine.lookup import look
from aval.engine.operators.delay import AFTER, moment_value
from aval.engine.operators.reference import term_of
from aval.engine.protocol import Evaluation, Point, Scope
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
from aval.model.agreement import Duty, params_of
from aval.model.columns import Frame, Moments, Timeline
from aval.model.expression import After
from aval.model.four import Value
from aval.model.instant import Instant
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The phase of one duty at one point, and the range of its deadline (`None`: the text gives none, or it does not run)."""

    phase: Phase
    since: Instant | None
    due: tuple[Instant, Instant] | None


def compute(declared: Duty, evaluation: Evaluation) -> Timeline:
    """Give when the duty is owed, for every instance."""
    scope = scope_of(declared, evaluation)
    parts = [_triggered(declared, scope, evaluation)]
    if declared.whiles:
        parts.append(whiles(declared.whiles, scope, evaluation))
    return members_only(declared, conjunction(parts), evaluation)


def _triggered(declared: Duty, scope: Scope, evaluation: Evaluation) -> Timeline:
    """From the trigger until discharge or lapse; a duty without a trigger is owed from the start while its conditions hold."""
    ends = [changes(declared.untils, scope, evaluation)]
    if not declared.continuing:
        ends += [evaluation.moments(deed, scope) for deed in declared.deeds]
    begins = changes(declared.whens, scope, evaluation)
    frame = joined([begins.frame, *(column.frame for column in ends), Frame(tuple(scope.axes.values()))])
    if not declared.whens and all(len(column) == 0 for column in ends):
        return constant(frame, yes=True)
    end = join_moments(frame, [spread_moments(column, frame) for column in ends])
    return change(spread_moments(begins, frame), end, Value.NO if declared.whens else Value.YES)


def deadlines(declared: Duty, evaluation: Evaluation) -> Moments:
    """Give the deadlines of every instance, on every reading that sets one."""
    scope = scope_of(declared, evaluation)
    columns = [
        _on_reading(clause.question, clause.reading, AFTER.compute(After(clause.item, trigger.item.moment), scope, evaluation), evaluation)
        for clause in declared.withins
        for trigger in declared.whens
    ]
    columns += [_on_reading(late.question, late.reading, evaluation.moments(late.item, scope), evaluation) for late in declared.no_laters]
    frame = joined([Frame(tuple(scope.axes.values())), *(column.frame for column in columns)])
    return join_moments(frame, [spread_moments(column, frame) for column in columns])


def _on_reading(question: str, reading: str, column: Moments, evaluation: Evaluation) -> Moments:
    axis = reading_axis(question, evaluation)
    return column if axis is None else only_on(column, axis, reading)


def phase(declared: Duty, point: Point, evaluation: Evaluation) -> Due:
    """Say where one duty stands at a point."""
    seen = look(evaluation.state(declared.meta.name), point.values, point.at)
    column = evaluation.deadlines(declared.meta.name)
    key = column.frame.key(point.values)
    rows = [] if key is None else column.of(key)
    due = rows[0] if rows else None
    since = seen.since
    if seen.value is Value.YES:
        passed = due is not None and moment_value(column, point)[0] is Value.YES
        return Due(phase=Phase.OVERDUE if passed else Phase.OWED, since=since, due=due)
    if seen.value is Value.NO:
        return Due(phase=Phase.DISCHARGED if _discharged(declared, point, evaluation) else Phase.DORMANT, since=since, due=None)
    return Due(phase=Phase(seen.value.value), since=since, due=due)


def _discharged(declared: Duty, point: Point, evaluation: Evaluation) -> bool:
    if declared.continuing:
        return False
    for deed in declared.deeds:
        names = [param.name for param in params_of(evaluation.agreements.declarations[deed.name])]
        values = dict(zip(names, term_of(deed, point).args, strict=True))
        if look(evaluation.happened(deed.name), values, point.at).value is Value.YES:
            return True
    return False


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
