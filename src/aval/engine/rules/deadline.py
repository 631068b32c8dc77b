"""Deadlines (semantics 2.6): counted from the trigger that began the run of what is owed, on a clock that can stand still.

What is counted in days can be done until the end of the last of them; what is counted in hours until that instant.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aval.engine.algebra import Scale, complement, distinct, intersection, join_moments, laid_out, last_at, moments, settled
from aval.engine.frames import joined, spread, spread_moments
from aval.engine.operators.days import by_day, end_of, exact
from aval.engine.operators.delay import delayed
from aval.engine.operators.paused import delayed_by, stretched
from aval.engine.protocol import Evaluation, Scope
from aval.engine.rows import rows_of
from aval.engine.rules.clauses import anys, only_on, reading_axis
from aval.model.agreement import Clause, Duty, Moment
from aval.model.columns import Frame, Ints, Moments, Spans, Timeline
from aval.model.expression import After, Duration, Expression, Ref
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, read_civil


@frozen(kw_only=True)
class Deadlines:
    """When each deadline falls (`due`), and from when on it has been missed (`late`).

    The `cause` of a row is a place in `counts`: from when, and until when, that deadline counts.
    """

    due: Moments
    late: Timeline
    counts: Ints


def deadlines(declared: Duty, triggered: Timeline, scope: Scope, evaluation: Evaluation) -> Deadlines:
    """Give the deadlines of every instance, on every reading that sets one."""
    pauses = anys(declared.pauseds, scope, evaluation) if declared.pauseds else None
    timed = bool(declared.withins and declared.whens) or pauses is not None
    runs, stretches = _runs(triggered) if timed else (rows_of(triggered.frame, ()), np.zeros((0, 2), np.int64))
    counts, zone = np.concatenate((np.array([(ALWAYS, NEVER)]), stretches)), evaluation.zone(scope.owner)
    found: list[tuple[Moments, bool]] = []
    for within in declared.withins if declared.whens else ():
        column = delayed(runs, within.item, zone) if pauses is None else _delayed_by(runs, within.item, pauses, zone)
        found.append((_on_reading(within, column, evaluation), not exact(within.item)))
    for limit in declared.no_laters:
        column = evaluation.moments(limit.item, scope)
        column = replace(column, cause=np.zeros_like(column.cause))
        days = by_day(limit.item, evaluation)
        if pauses is not None:
            clock = _Clock(pauses, _from_the_agreement(runs, declared, evaluation), zone)
            column = clock.moved(limit.item, column, scope, evaluation, days=days)
        found.append((_on_reading(limit, column, evaluation), days))
    frame = joined([Frame(tuple(scope.axes.values())), *(column.frame for column, _ in found)])
    due = join_moments(frame, [spread_moments(column, frame) for column, _ in found])
    missed = [_ends(spread_moments(column, frame), zone) if days else spread_moments(column, frame) for column, days in found]
    return Deadlines(due=due, late=_late(join_moments(frame, missed), counts), counts=counts)


def _on_reading(clause: Clause[Duration] | Clause[Expression], column: Moments, evaluation: Evaluation) -> Moments:
    axis = reading_axis(clause.question, evaluation)
    return column if axis is None else only_on(column, axis, clause.reading)


def _ends(column: Moments, zone: str) -> Moments:
    """Give the end of each day."""
    known = distinct(column.lo, column.hi)
    ends = np.fromiter((end_of(time, zone) for time in known.tolist()), np.int64, len(known))
    lo, hi = (ends[np.searchsorted(known, times)] for times in (column.lo, column.hi))
    return Moments(column.frame, column.key, lo, hi, column.cause)


def _late(missed: Moments, counts: Ints) -> Timeline:
    """Told to be missed from the first deadline that counts; told not to be before any of them can be."""
    start, end = counts[missed.cause].T
    told, possible = (laid_out([(missed.key, np.maximum(times, start), end)]) for times in (missed.hi, missed.lo))
    return Timeline(missed.frame, told, complement(possible, missed.frame))


def _runs(triggered: Timeline) -> tuple[Moments, Ints]:
    """Give the beginning of every run, and for each, from `cause` 1 on, the stretch over which it is the present run.

    A new trigger within a run begins nothing. A run that may have begun anew began between its first and its last possible beginning.
    """
    yes, possible = settled(triggered.yes), settled(complement(triggered.no, triggered.frame))
    contested = settled(intersection(triggered.yes, triggered.no))
    place, run = _overlaps(possible, yes)
    opens, closes = (np.ones(len(place), np.bool_) for _ in range(2))
    opens[1:] = closes[:-1] = place[1:] != place[:-1]
    told = run >= 0
    began = np.full(len(place), NEVER)
    began[told] = yes.start[run[told]]
    follows = np.append(began[1:], NEVER)
    since = yes.start[last_at(yes.key, yes.start, contested.key, contested.start)] if len(contested) else contested.start
    counts = np.concatenate(
        (
            np.stack((np.where(opens, possible.start[place], began), np.where(closes, possible.end[place], follows)), axis=1),
            np.stack((contested.start, contested.end), axis=1),
        )
    )
    key, lo = np.concatenate((possible.key[place], contested.key)), np.concatenate((possible.start[place], since))
    rows = moments(triggered.frame, key, lo, np.concatenate((began, since)), np.arange(1, len(key) + 1, dtype=np.int64))
    return rows, counts


def _overlaps(stretches: Spans, runs: Spans) -> tuple[Ints, Ints]:
    """Pair each stretch with the runs of its instance that it overlaps, in order; -1 where there is none."""
    last = np.append(stretches.key[-1:], runs.key[-1:])
    scale = Scale.of(last, stretches.start, stretches.end, runs.start, runs.end)
    low = np.searchsorted(scale.place(runs.key, runs.end), scale.place(stretches.key, stretches.start), side="right")
    high = np.searchsorted(scale.place(runs.key, runs.start), scale.place(stretches.key, stretches.end), side="left")
    count = np.maximum(high - low, 0)
    rows = np.maximum(count, 1)
    place = np.repeat(np.arange(len(stretches), dtype=np.int64), rows)
    run = np.repeat(low - (np.cumsum(rows) - rows), rows) + np.arange(len(place))
    return place, np.where(np.repeat(count, rows) > 0, run, -1)


def _delayed_by(column: Moments, duration: Duration, pauses: Timeline, zone: str) -> Moments:
    frame = joined([column.frame, pauses.frame])
    return delayed_by(spread_moments(column, frame), duration, spread(pauses, frame), zone, whole=True)


def _from_the_agreement(runs: Moments, declared: Duty, evaluation: Evaluation) -> Moments:
    """A duty that always was has had its clock run since the day of its agreement."""
    document = evaluation.agreements.document_of(declared)
    dated = read_civil(document.dated, document.zone) if document.dated else None
    if dated is None:
        return runs
    lo, hi = (np.where(times == ALWAYS, dated.lo, times) for times in (runs.lo, runs.hi))
    return Moments(runs.frame, runs.key, lo, hi, runs.cause)


@frozen()
class _Clock:
    """A clock that stands still while `pauses` holds, and began to run with each of `runs`."""

    pauses: Timeline
    runs: Moments
    zone: str

    def moved(self, node: Expression, column: Moments, scope: Scope, evaluation: Evaluation, *, days: bool) -> Moments:
        """Put a last moment off by what was lost: since the moment that it is counted from, or else since the run began."""
        base, home = _counted(node, scope, evaluation)
        if base is not None:
            counted = evaluation.moments(base.item, home)
            return _delayed_by(replace(counted, cause=np.zeros_like(counted.cause)), base.duration, self.pauses, self.zone)
        frame = joined([column.frame, self.pauses.frame, self.runs.frame])
        pauses, ends = spread(self.pauses, frame), spread_moments(column, frame)
        runs = spread_moments(self.runs, frame)
        least, most = pauses.yes, complement(pauses.no, frame)
        rows = []
        for key, first, last, cause in zip(runs.key.tolist(), runs.lo.tolist(), runs.hi.tolist(), runs.cause.tolist(), strict=True):
            for lo, hi in ends.of(key):
                early = stretched(max(first, last), lo, least.of(key), self.zone, days=days, whole=True)
                rows.append((key, early, stretched(min(first, last), hi, most.of(key), self.zone, days=days, whole=True), cause))
        return rows_of(frame, rows)


def _counted(node: Expression, scope: Scope, evaluation: Evaluation) -> tuple[After | None, Scope]:
    """Give the length of time that a last moment is counted by, and where it stands; a named moment is looked into."""
    named = evaluation.agreements.get(node.name, Moment) if isinstance(node, Ref) else None
    if named is not None and not named.params and len(named.means) == 1 and not named.means[0].question:
        return _counted(named.means[0].item, Scope(named.meta.name, {}), evaluation)
    return (node if isinstance(node, After) else None), scope
