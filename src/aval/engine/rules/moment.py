"""Moments: derived instants (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from aval.engine.algebra import join_moments, moments
from aval.engine.frames import joined, spread_moments
from aval.engine.operators.delay import moment_value, not_overtaken
from aval.engine.protocol import Evaluation, Point, Scope
from aval.engine.rules.clauses import change_reasons, changes, clause_reasons, moment_of, only_on, reading_axis, scope_of
from aval.model.agreement import Becomes, Clause, Moment
from aval.model.columns import Bools, Frame, Ints, Moments
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
    sets, dates, lasts = [_always(means)], [means], [means.hi]
    for at, to in stages:
        lo, hi = (_first(to, times)[at.key] for times in (to.lo, to.hi))
        sets.append(at)
        dates.append(Moments(at.frame, at.key, np.maximum(lo, at.lo), np.maximum(hi, at.hi), at.cause))
        lasts.append(np.where(at.hi < NEVER, np.maximum(hi, at.hi), hi))
    key, lo, hi, cause = (np.concatenate([getattr(part, name) for part in sets]) for name in ("key", "lo", "hi", "cause"))
    order = np.lexsort((lo, hi, key))
    low, high = (np.concatenate([getattr(part, name) for part in dates])[order] for name in ("lo", "hi"))
    frame, key, place = means.frame, key[order], np.arange(len(order))
    found = not_overtaken(Moments(frame, key, lo[order], hi[order], place), Moments(frame, key, low, high, place), inclusive=True)
    last = np.concatenate(lasts)[order][found.cause]
    return _one_of(replace(found, cause=cause[order][found.cause]), last, _undecided(means, [at for at, _ in stages]))


def _undecided(means: Moments, moves: Sequence[Moments]) -> Bools:
    """For which instances nobody knows whether, or when, the moment moved; where that is disputed, or it comes several times, none."""
    size = means.frame.size
    blurred, disputed, times = np.zeros(size, np.bool_), np.zeros(size, np.bool_), np.bincount(means.key, minlength=size)
    based = times == 1
    for at in moves:
        blurred[at.key[at.lo < at.hi]] = True
        disputed[at.key[at.hi < at.lo]] = True
        based[at.key[at.hi < NEVER]] = True
    return blurred & ~disputed & based & (times <= 1)


def _one_of(found: Moments, last: Ints, undecided: Bools) -> Moments:
    """Where it is not known which of its dates a moment has, it has one of them all the same: it has come by the last of them.

    `last` is for every row the last instant at which the moment comes while it has that date. A date that had passed when it was set is
    reached before the one in whose place it stands, so that it needs no later one.
    """
    keys, mine = np.flatnonzero(undecided), undecided[found.key]
    latest = np.full(found.frame.size, ALWAYS)
    np.maximum.at(latest, found.key, last)
    low, high = _first(found, found.lo)[keys], np.minimum(_first(found, found.hi), latest)[keys]
    rest = Moments(found.frame, *(part[~mine] for part in (found.key, found.lo, found.hi, found.cause)))
    return join_moments(found.frame, [rest, moments(found.frame, keys, low, high, np.full(len(keys), -1))])


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
