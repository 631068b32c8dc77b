"""Leaves: what accepted statements tell of events and reported states, as columns (semantics 2.2, 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from aval.engine.algebra import complement, difference, intersection, moments, spans, union
from aval.model.columns import Bools, Frame, Ints, Moments, Spans, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant, is_date, read_civil
from aval.model.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The accepted statements of one instance of a declaration."""

    key: int
    statements: Sequence[Statement]


@dataclass(slots=True)
class Clock:
    """Reads the civil texts of statements in one zone; a legal act's bare date is one exact legal day (2.2)."""

    zone: str
    legal_act: bool = False
    _seen: dict[tuple[str, bool], tuple[Instant, Instant]] = field(default_factory=dict)

    def happened(self, statement: Statement) -> tuple[Instant, Instant]:
        """Give the first and last instant at which it may have happened; it cannot have happened after it was said."""
        said = self._range(statement.said, exact=False)[1]
        if statement.when is None:
            return ALWAYS, said
        exact = self.legal_act and statement.when.first == statement.when.last
        first = self._range(statement.when.first, exact=exact)[0] if statement.when.first else ALWAYS
        last = self._range(statement.when.last, exact=exact)[1] if statement.when.last else said
        return first, max(first, min(last, said))

    def held(self, statement: Statement) -> tuple[Instant, Instant]:
        """Give the half-open span over which a state is told to have held; without dates, the instant at which it was said."""
        said = self._range(statement.said, exact=False)[1]
        if statement.when is None:
            return said, said + 1
        first = self._range(statement.when.first, exact=False)[0] if statement.when.first else said
        last = self._range(statement.when.last, exact=False)[1] if statement.when.last else said
        return first, min(max(first, last), NEVER - 1) + 1

    def _range(self, text: str, *, exact: bool) -> tuple[Instant, Instant]:
        wanted = (text, exact)
        if wanted not in self._seen:
            found = read_civil(text, self.zone)
            lo, hi = (ALWAYS, NEVER) if found is None else (found.lo, found.hi)
            self._seen[wanted] = (lo, lo) if exact and is_date(text) else (lo, hi)
        return self._seen[wanted]


def occurrences(frame: Frame, told: Sequence[Told], clock: Clock) -> Moments:
    """Join what was told of each occurrence: the latest "not before", the earliest "by then" (2.2); a denial moves the first to never."""
    rows = [_occurrence(item, clock) for item in told if item.statements]
    table = np.array(rows, np.int64).reshape(-1, 4)
    return moments(frame, table[:, 0], table[:, 1], table[:, 2], table[:, 3])


def _occurrence(item: Told, clock: Clock) -> tuple[int, Instant, Instant, int]:
    lo, hi = ALWAYS, NEVER
    for statement in item.statements:
        first, last = clock.happened(statement)
        if statement.polarity:
            lo, hi = max(lo, first), min(hi, last)
        else:
            # "it has not happened" speaks up to its own day; "it did not happen then" denies the occurrence
            lo = max(lo, last if statement.when is None else NEVER)
    return item.key, lo, hi, item.key


def reports(frame: Frame, told: Sequence[Told], clock: Clock, initial: Value) -> Timeline:
    """Lay the reports of a state out in time, and carry each value on until something else is told (2.3)."""
    yes, no = _reported(told, clock, polarity=True), _reported(told, clock, polarity=False)
    carried_yes, carried_no = _carry(frame, yes, no), _carry(frame, no, yes)
    covered = union(yes, no, carried_yes, carried_no)
    if initial is not Value.OPEN:
        before = spans((key, ALWAYS, first) for key, first in _first_told(frame, union(yes, no)))
        carried_yes, carried_no = (
            (union(carried_yes, before), carried_no) if initial is Value.YES else (carried_yes, union(carried_no, before))
        )
        covered = union(covered, before)
    return Timeline(frame, union(yes, carried_yes), union(no, carried_no), difference(covered, union(yes, no)))


def _reported(told: Sequence[Told], clock: Clock, *, polarity: bool) -> Spans:
    return spans(
        (item.key, *clock.held(statement))
        for item in told
        for statement in item.statements
        if statement.polarity is polarity and (statement.when is None or statement.when.throughout)
    )


def _carry(frame: Frame, mine: Spans, others: Spans) -> Spans:
    """Fill the gap after each told span, if the next thing told is the same value, or nothing is told after it."""
    gaps = complement(union(mine, others), frame)
    if not len(gaps) or not len(mine):
        return intersection(gaps, mine)
    opens = _touching(gaps.key, gaps.start, mine.key, mine.end)
    closes = _touching(gaps.key, gaps.end, mine.key, mine.start) | (gaps.end == NEVER)
    kept = opens & closes & ~_touching(gaps.key, gaps.start, others.key, others.end)
    kept &= ~_touching(gaps.key, gaps.end, others.key, others.start)
    return Spans(gaps.key[kept], gaps.start[kept], gaps.end[kept])


def _touching(keys: Ints, times: Ints, other_keys: Ints, other_times: Ints) -> Bools:
    others = set(zip(other_keys.tolist(), other_times.tolist(), strict=True))
    return np.array([pair in others for pair in zip(keys.tolist(), times.tolist(), strict=True)], np.bool_)


def _first_told(frame: Frame, told: Spans) -> list[tuple[int, Instant]]:
    first = np.full(frame.size, NEVER)
    np.minimum.at(first, told.key, told.start)
    return list(enumerate(first.tolist()))
