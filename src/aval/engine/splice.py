"""Laying what was worked out anew for a few instances over a column, and cutting a few instances out of one (decision 19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, cast

import numpy as np

from aval.engine.algebra import Deferred, Rest, distinct, settled, take, take_moments
from aval.engine.at_once import Available
from aval.engine.frames import rebase, source_keys
from aval.engine.patched import inside, patched, patched_moments, put_in
from aval.engine.rules.duty import Course
from aval.model.claims import Chained
from aval.model.columns import SMALL, Axis, Frame, Ints, Moments, Numbers, Spans, Timeline
from aval.model.instant import ALWAYS, NEVER, Instant

Column = Timeline | Moments | Numbers | Mapping[str, Timeline]
C = TypeVar("C", bound=Column)


FEW = 8
"""instances of which it is looked whether they differ from before"""

_PARTS = 32
"""parts of a list from which on all but the first are put together"""


class Unlike(Exception):
    """The new column has not the axes of the old one, so that it cannot be laid over it."""


def spliced(old: C, new: C) -> C:
    """Lay a column of some instances over that of all: `old` itself comes back where the new rows are known to say the same.

    Raises `Unlike` where the one cannot be laid over the other.
    """
    return cast("C", _spliced(old, new))


def _spliced(old: Column, new: Column) -> Column:
    match old, new:
        case Course(), Course():
            return _courses(old, new)
        case Available(), Available():
            column, allowed = _timelines(old, new), _timelines(old.allowed, new.allowed)
            if column is old and allowed is old.allowed:
                return old
            return Available(column.frame, column.yes, column.no, column.carried, allowed=allowed)
        case Timeline(), Timeline():
            return _timelines(old, new)
        case Moments(), Moments():
            where = _where(old.frame, new.frame)
            return old if _same_moments(old, new, where) else patched_moments(old, _moved(new, where, old.frame), where)
        case Numbers(), Numbers():
            places = _where(old.frame, new.frame).tolist()
            if all(old.pieces.get(place) == new.pieces.get(key) for key, place in enumerate(places)):
                return old
            gone = set(places)
            kept = {key: pieces for key, pieces in old.pieces.items() if key not in gone}
            return Numbers(old.frame, {**kept, **{places[key]: pieces for key, pieces in new.pieces.items()}})
        case Mapping(), Mapping() if old.keys() == new.keys():
            # several words may share one column, as those in which nothing ever stands
            pairs = {(id(column), id(new[word])): (column, new[word]) for word, column in old.items()}
            laid = {pair: _timelines(*both) for pair, both in pairs.items()}
            if all(laid[pair] is pairs[pair][0] for pair in laid):
                return old
            return {word: laid[id(column), id(new[word])] for word, column in old.items()}
        case _:
            raise Unlike


def _where(old: Frame, new: Frame) -> Ints:
    """Give for every new instance the old one that it is."""
    if old.names != new.names or old.runs != new.runs:
        raise Unlike
    where = places_in(old, new)
    if len(where) == 0 or where[0] < 0 or bool((where[1:] <= where[:-1]).any()):
        raise Unlike
    return where


def places_in(every: Frame, some: Frame) -> Ints:
    """Give for every instance of a frame the same instance of one with the same axes, which may have more values."""
    return source_keys(every, some, {axis.name: axis for axis in some.axes})


def _moved(new: Moments, where: Ints, frame: Frame) -> Moments:
    return Moments(frame, where[new.key], new.lo, new.hi, new.cause)


def _same_moments(old: Moments, new: Moments, where: Ints, *, causes: bool = True) -> bool:
    """Whether some instances have the occurrences that they had; said of few instances alone, where it costs little to look."""
    if len(where) > FEW:
        return False
    was = take_moments(old, where, new.frame)
    names = ("key", "lo", "hi", *(("cause",) if causes else ()))
    return all(np.array_equal(getattr(was, name), getattr(new, name)) for name in names)


def _timelines(old: Timeline, new: Timeline) -> Timeline:
    where = _where(old.frame, new.frame)
    parts = [_over(part, other, where) for part, other in ((old.yes, new.yes), (old.no, new.no), (old.carried, new.carried))]
    if parts[0] is old.yes and parts[1] is old.no and parts[2] is old.carried:
        return old
    return Timeline(old.frame, *parts)


def _over(old: Spans, new: Spans, where: Ints) -> Spans:
    new = settled(new)
    if _same(old, new, where):
        return old
    rows = Spans(where[new.key], new.start, new.end)
    if isinstance(old, Deferred):
        return _PutOff(old, rows, where)
    return _laid(old, rows, where)


def _same(old: Spans, new: Spans, where: Ints) -> bool:
    """Whether a few instances have the rows that they had; what nobody has asked for yet is not made to find out."""
    if len(where) > FEW or (isinstance(old, Deferred) and "made" not in old.__dict__):
        return False
    was = take(old, where)
    if isinstance(was, Rest) and isinstance(new, Rest):
        return _alike(was.but, new.but)
    return _alike(was, new)


def _alike(one: Spans, other: Spans) -> bool:
    return len(one) == len(other) and all(bool((getattr(one, name) == getattr(other, name)).all()) for name in ("key", "start", "end"))


def _laid(old: Spans, rows: Spans, where: Ints) -> Spans:
    old = settled(old)
    if isinstance(old, Rest):
        return Rest(patched(old.but, _gaps(rows, where), where), old.size)
    return patched(old, rows, where)


def _gaps(rows: Spans, where: Ints) -> Spans:
    """Give where the rows of some instances do not cover."""
    own = np.searchsorted(where, rows.key)
    laid = Rest(Spans(own, rows.start, rows.end), len(where))
    return Spans(where[laid.key], laid.start, laid.end)


class _PutOff(Deferred):
    """Rows laid over a set that nobody has asked for yet. Several are one, so that they are no chain."""

    def __init__(self, base: Deferred, rows: Spans, where: Ints) -> None:
        if isinstance(base, _PutOff) and "made" not in base.__dict__:
            rows = Spans(*put_in((base.rows.key, base.rows.start, base.rows.end), (rows.key, rows.start, rows.end), where))
            where = np.sort(np.concatenate((base.where[~inside(where, base.where)], where)))
            base = base.base
        for name, part in (("base", base), ("rows", rows), ("where", where)):
            object.__setattr__(self, name, part)
        super().__init__(lambda: _laid(base, rows, where))

    base: Deferred
    rows: Spans
    where: Ints


def _courses(old: Course, new: Course) -> Course:
    """Lay a course over another; the words of both are kept, and a word that one of them lacks is nowhere so."""
    where = _where(old.frame, new.frame)
    base = old.rows if isinstance(old, _Laid) else Moments(old.frame, old.key, old.lo, old.hi, old.cause)
    words = _words(old, new)
    if _same_moments(base, new, where, causes=False) and _same_counts(old, base, new, where):
        if old.words.keys() == words.keys() and all(words[word] is column for word, column in old.words.items()):
            return old
        return _Laid(base, old.counts, words)
    moved = Moments(old.frame, where[new.key], new.lo, new.hi, new.cause + len(old.counts))
    rows = patched_moments(base, moved, where)
    counts = chained(old.counts, new.counts)
    if len(counts) > SMALL + 2 * len(rows):
        rows, counts = _counted_anew(rows, counts)
    return _Laid(rows, counts, words)


def chained(old: Sequence[tuple[Instant, Instant]], new: Sequence[tuple[Instant, Instant]]) -> Chained[tuple[Instant, Instant]]:
    """Put stretches behind others: a list of few parts, however often it is done, and not a chain of chains."""
    parts = [*(old.parts if isinstance(old, Chained) else [old]), list(new)]
    return Chained(parts if len(parts) <= _PARTS else [parts[0], [one for part in parts[1:] for one in part]])


def _same_counts(old: Course, base: Moments, new: Course, where: Ints) -> bool:
    """Whether the deadlines of some instances, which are the same, also count when they did."""
    was = take_moments(base, where, new.frame)
    pairs = zip(was.cause.tolist(), new.cause.tolist(), strict=True)
    return all(old.counts[one] == new.counts[other] for one, other in pairs)


def _words(old: Course, new: Course) -> dict[str, Timeline]:
    words = {}
    for word in {**old.words, **new.words}:
        one, other = old.words.get(word), new.words.get(word)
        like = other if one is None else one
        if like is None:
            continue
        one = one or _nowhere(like, old.frame, new.frame, wide=True)
        words[word] = _timelines(one, other or _nowhere(like, old.frame, new.frame, wide=False))
    return words


def _counted_anew(rows: Moments, counts: Chained[tuple[Instant, Instant]]) -> tuple[Moments, Chained[tuple[Instant, Instant]]]:
    """Leave out the stretches that no row names any more."""
    used = distinct(rows.cause)
    kept = [counts[place] for place in used.tolist()]
    return Moments(rows.frame, rows.key, rows.lo, rows.hi, np.searchsorted(used, rows.cause)), Chained([kept])


def _nowhere(like: Timeline, old: Frame, new: Frame, *, wide: bool) -> Timeline:
    """Give a column that is no everywhere, with the axes of another, over all instances or over the new ones."""
    own = {axis.name: axis for axis in (old if wide else new).axes}
    frame = Frame(tuple(own.get(axis.name, axis) for axis in like.frame.axes), like.frame.runs)
    every = np.arange(frame.size, dtype=np.int64)
    return Timeline(frame, no=Spans(every, np.full(frame.size, ALWAYS), np.full(frame.size, NEVER)))


class _Laid(Course):
    """A course of which some instances were worked out anew."""

    def __init__(self, rows: Moments, counts: Sequence[tuple[Instant, Instant]], words: Mapping[str, Timeline]) -> None:
        for name, part in (("frame", rows.frame), ("rows", rows), ("counts", counts), ("words", words)):
            object.__setattr__(self, name, part)

    rows: Moments

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def key(self) -> Ints:
        return self.rows.key

    @property
    def lo(self) -> Ints:
        return self.rows.lo

    @property
    def hi(self) -> Ints:
        return self.rows.hi

    @property
    def cause(self) -> Ints:
        return self.rows.cause

    def of(self, key: int) -> list[tuple[int, int]]:
        return self.rows.of(key)

    def taken(self, source: Ints, frame: Frame) -> Moments:
        return take_moments(self.rows, source, frame)


def cut_out(column: C, axes: Iterable[Axis]) -> C:
    """Give a column for the values of some axes alone."""
    return cast("C", _cut_out(column, {axis.name: axis for axis in axes}))


def _cut_out(column: Column, axes: Mapping[str, Axis]) -> Column:
    if isinstance(column, Mapping):
        return {value: cast("Timeline", _cut_out(one, axes)) for value, one in column.items()}
    target = Frame(tuple(axes.get(axis.name, axis) for axis in column.frame.axes), column.frame.runs)
    source = places_in(column.frame, target)
    if isinstance(column, Available):
        found = rebase(column, target, source)
        return Available(found.frame, found.yes, found.no, found.carried, allowed=cast("Timeline", _cut_out(column.allowed, axes)))
    if isinstance(column, Timeline):
        return rebase(column, target, source)
    if isinstance(column, Moments):
        return take_moments(column, source, target)
    return Numbers(target, {key: pieces for key, place in enumerate(source.tolist()) if (pieces := column.pieces.get(place))})
