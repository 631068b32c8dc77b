"""Moments: derived instants (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from aval.engine.algebra import join_moments
from aval.engine.frames import joined, spread_moments
from aval.engine.operators.delay import moment_value, not_overtaken
from aval.engine.protocol import Evaluation, Point, Scope
from aval.engine.rules.clauses import change_reasons, changes, clause_reasons, moment_of, only_on, reading_axis, scope_of
from aval.model.agreement import Becomes, Clause, Moment
from aval.model.columns import Frame, Ints, Moments
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def compute(declared: Moment, evaluation: Evaluation) -> Moments:
    """Give the moment of every instance; readings may give different ones."""
    scope = scope_of(declared, evaluation)
    columns = []
    for clause in declared.means:
        column, axis = moment_of(clause.item, scope, evaluation), reading_axis(clause.question, evaluation)
        columns.append(column if axis is None else only_on(column, axis, clause.reading))
    stages = [_stage(clause, scope, evaluation) for clause in declared.becomes]
    frame = joined([Frame(tuple(scope.axes.values())), *(column.frame for column in columns), *(stage[0].frame for stage in stages)])
    means = join_moments(frame, [spread_moments(column, frame) for column in columns])
    return _moved(means, [(spread_moments(at, frame), spread_moments(to, frame)) for at, to in stages]) if stages else means


def _stage(clause: Clause[Becomes], scope: Scope, evaluation: Evaluation) -> tuple[Moments, Moments]:
    """Give from when on the moment is another, and which one."""
    axis = reading_axis(clause.question, evaluation)
    to = moment_of(clause.item.to, scope, evaluation)
    return changes([clause], scope, evaluation), to if axis is None else only_on(to, axis, clause.reading)


def _moved(means: Moments, stages: Sequence[tuple[Moments, Moments]]) -> Moments:
    """Of the dates that a moment had one after the other, keep those that were reached before the next change, or at no change at all.

    A date that had passed when it was set is reached when it is set.
    """
    sets, dates = [_always(means)], [means]
    for at, to in stages:
        lo, hi = (_first(to, times)[at.key] for times in (to.lo, to.hi))
        sets.append(at)
        dates.append(Moments(at.frame, at.key, np.maximum(lo, at.lo), np.maximum(hi, at.hi), at.cause))
    key, lo, hi, cause = (np.concatenate([getattr(part, name) for part in sets]) for name in ("key", "lo", "hi", "cause"))
    order = np.lexsort((lo, hi, key))
    low, high = (np.concatenate([getattr(part, name) for part in dates])[order] for name in ("lo", "hi"))
    frame, key, cause = means.frame, key[order], cause[order]
    return not_overtaken(Moments(frame, key, lo[order], hi[order], cause), Moments(frame, key, low, high, cause), inclusive=True)


def _always(column: Moments) -> Moments:
    always = np.full(len(column), ALWAYS)
    return Moments(column.frame, column.key, always, always, column.cause)


def _first(column: Moments, times: Ints) -> Ints:
    """Give the first of some times for every instance, never where nothing was told."""
    found = np.full(column.frame.size, NEVER)
    np.minimum.at(found, column.key, times)
    return found


def explain(declared: Moment, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say what the moment is counted from."""
    value, since = moment_value(evaluation.occurrences(declared.meta.name), point)
    scope = scope_of(declared, evaluation)
    parts = [
        *clause_reasons(declared.means, scope, point, evaluation),
        *change_reasons("becomes another at", declared.becomes, scope, point, evaluation),
    ]
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
