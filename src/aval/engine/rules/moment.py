"""Moments: derived instants (semantics 2.2)."""

from __future__ import annotations

from aval.engine.algebra import join_moments
from aval.engine.frames import joined, spread_moments
from aval.engine.operators.delay import moment_value
from aval.engine.protocol import Evaluation, Point
from aval.engine.rules.clauses import clause_reasons, only_on, reading_axis, scope_of
from aval.model.agreement import Moment
from aval.model.columns import Frame, Moments
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def compute(declared: Moment, evaluation: Evaluation) -> Moments:
    """Give the moment of every instance; readings may give different ones."""
    scope = scope_of(declared, evaluation)
    columns = []
    for clause in declared.means:
        column, axis = evaluation.moments(clause.item, scope), reading_axis(clause.question, evaluation)
        columns.append(column if axis is None else only_on(column, axis, clause.reading))
    frame = joined([Frame(tuple(scope.axes.values())), *(column.frame for column in columns)])
    return join_moments(frame, [spread_moments(column, frame) for column in columns])


def explain(declared: Moment, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say what the moment is counted from."""
    value, since = moment_value(evaluation.occurrences(declared.meta.name), point)
    parts = clause_reasons(declared.means, scope_of(declared, evaluation), point, evaluation)
    return Reason(
        text=str(term),
        term=str(term),
        value=value,
        mode=Mode.DERIVED,
        since=since,
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        parts=tuple(parts),
    )
