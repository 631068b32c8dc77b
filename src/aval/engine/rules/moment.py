"""Moments: derived instants (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, permutations, product

import numpy as np

from aval.engine.algebra import join_moments
from aval.engine.frames import joined, spread_moments
from aval.engine.operators.delay import moment_value
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.engine.rows import rows_of
from aval.engine.rules.clauses import change_reasons, changes, clause_reasons, moment_of, only_on, reading_axis, relax_moments, scope_of
from aval.model.agreement import Becomes, Clause, Moment
from aval.model.columns import Frame, Ints, Moments
from aval.model.instant import NEVER, Instant
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
    """Move each date by the changes that come before it is reached, one after the other.

    Where a change may or may not come in time, the date is one of the two, and disputed where that is; where the order of changes is
    not known, one of what any order gives. A date that had passed when it was set is reached when it is set.
    """
    changes: dict[int, list[tuple[Ends, Ends]]] = {}
    for at, to in stages:
        low, high = _first(to, to.lo), _first(to, to.hi)
        for key, lo, hi in zip(at.key.tolist(), at.lo.tolist(), at.hi.tolist(), strict=True):
            changes.setdefault(key, []).append(((lo, hi), (int(low[key]), int(high[key]))))
    rows = []
    for key, lo, hi, cause in zip(means.key.tolist(), means.lo.tolist(), means.hi.tolist(), means.cause.tolist(), strict=True):
        told = [_anyhow((lo, hi), claims) for claims in _claims(changes.get(key, []))]
        rows.append((key, max(end[0] for end in told), min(end[1] for end in told), cause))
    return rows_of(means.frame, rows)


def _claims(changes: list[tuple[Ends, Ends]]) -> Iterable[list[tuple[Ends, Ends]]]:
    """Give what is told of changes: of a disputed one, both that it came by the one instant and not before the other."""
    if sum(at[1] < at[0] for at, _ in changes) > _MOST:
        return [changes]
    return map(list, product(*([((end, end), to) for end in at] if at[1] < at[0] else [(at, to)] for at, to in changes)))


def _anyhow(date: Ends, changes: list[tuple[Ends, Ends]]) -> Ends:
    """Give where a date can lie, in whatever order the changes came."""
    found = [_followed(date, order) for order in _orders(changes)]
    return min(end[0] for end in found), max(end[1] for end in found)


def _orders(changes: list[tuple[Ends, Ends]]) -> Iterable[Sequence[tuple[Ends, Ends]]]:
    """Give the orders in which changes can have come: one, where each is told to have come before the next."""
    ordered = sorted(changes)
    sure = all(max(first[0]) <= min(second[0]) for first, second in pairwise(ordered))
    if sure or len(ordered) > _MOST:
        return [ordered] if sure else [ordered, sorted(changes, key=lambda change: change[0][1]), ordered[::-1]]
    return permutations(ordered)


def _followed(date: Ends, changes: Sequence[tuple[Ends, Ends]]) -> Ends:
    """Follow a date through changes of known order."""
    for at, to in changes:
        first, last = min(at), max(at)
        if first > max(date):
            continue  # it had come before
        moved = max(to[0], first), max(to[1], min(last, max(date)))
        sure = at[0] <= at[1] <= min(date)
        date = moved if sure else (min(date[0], moved[0]), max(date[1], moved[1]))
    return date


Ends = tuple[Instant, Instant]
_MOST = 4
"""changes of unknown order of which every order is looked at"""


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


def relax(declared: Moment, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for what it is counted from."""
    if declared.becomes:
        relaxing.beyond("moments that move")
    return relax_moments(declared.means, scope_of(declared, relaxing.evaluation), wish, relaxing)
