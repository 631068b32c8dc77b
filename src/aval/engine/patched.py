"""Columns of which a few instances were worked out anew, laid over the column as it was (decision 19).

The rows of the old column are shared and not copied; they are laid out with the new ones where somebody needs all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from aval.model.columns import SMALL, Bools, Frame, Ints, Moments, Spans
from aval.model.instant import Instant

Count = Callable[[Ints, Ints, Ints, int], Spans]
"""Gives where at least so many rows of one key cover."""

FEW = 256
"""rows below which a column is simply copied"""
_CUTS = 8
"""instances up to which the rows of others are copied in pieces, and not sorted"""


def paired(keys: Ints, source: Ints) -> tuple[Ints, Ints]:
    """Pair each new instance with the rows of its source, in the order of the new instances; -1 is none."""
    if len(source) == 1:
        first, last = keys.searchsorted((source[0], source[0] + 1)).tolist() if source[0] >= 0 else (0, 0)
        return np.arange(first, last), np.zeros(last - first, np.int64)
    low = np.searchsorted(keys, source, side="left")
    count = np.searchsorted(keys, source, side="right") - low
    count[source < 0] = 0
    new = np.repeat(np.arange(len(source), dtype=np.int64), count)
    before = np.repeat(np.cumsum(count) - count, count)
    rows = np.repeat(low, count) + np.arange(len(new)) - before
    return rows, new


def inside(where: Ints, keys: Ints) -> Bools:
    """Say which keys are among some that rise."""
    if not len(where):
        return np.zeros(len(keys), np.bool_)
    place = np.minimum(np.searchsorted(where, keys), len(where) - 1)
    found: Bools = where[place] == keys
    return found


def _left(keys: Ints, where: Ints) -> Bools:
    """Say which rows of sorted keys belong to no instance of `where`."""
    low, high = np.searchsorted(keys, where, side="left"), np.searchsorted(keys, where, side="right")
    kept = np.ones(len(keys), np.bool_)
    rows, _ = _ranges(low, high)
    kept[rows] = False
    return kept


def _ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    count = high - low
    new = np.repeat(np.arange(len(low), dtype=np.int64), count)
    return np.repeat(low - (np.cumsum(count) - count), count) + np.arange(len(new)), new


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Where at least `number` rows cover, once each key is mapped through `keys`."""

    keys: Ints
    number: int
    found: Spans


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What was counted of a set that differs from the present one in the instances `where`, which had `rows`."""

    counted: Counted
    where: Ints
    rows: Spans


class Patched(Spans):
    """The rows of `base`, but for the instances of `where`, whose rows are those of `patch`. All three have the keys of one frame.

    `before` is what had been counted of the sets that this one comes from.
    """

    def __init__(self, base: Spans, patch: Spans, where: Ints, before: Sequence[Before] = ()) -> None:
        """Keep the parts."""
        for name, part in (("base", base), ("patch", patch), ("where", where), ("before", before)):
            object.__setattr__(self, name, part)

    base: Spans
    patch: Spans
    where: Ints
    before: Sequence[Before]

    def _has(self, key: int) -> bool:
        place = int(self.where.searchsorted(key))
        return place < len(self.where) and int(self.where[place]) == key

    @cached_property
    def _kept(self) -> Bools:
        return _left(self.base.key, self.where)

    @cached_property
    def _order(self) -> Ints:
        """Where the rows of the patch come in among those of the base."""
        return np.searchsorted(self.base.key[self._kept], self.patch.key)

    def _laid(self, base: Ints, patch: Ints) -> Ints:
        return np.insert(base[self._kept], self._order, patch)

    @cached_property
    def key(self) -> Ints:
        """The instance of every row, laid out."""
        return self._laid(self.base.key, self.patch.key)

    @cached_property
    def start(self) -> Ints:
        """The start of every row, laid out."""
        return self._laid(self.base.start, self.patch.start)

    @cached_property
    def end(self) -> Ints:
        """The end of every row, laid out."""
        return self._laid(self.base.end, self.patch.end)

    @cached_property
    def _length(self) -> int:
        gone = np.searchsorted(self.base.key, self.where, side="right") - np.searchsorted(self.base.key, self.where, side="left")
        return len(self.base) - int(gone.sum()) + len(self.patch)

    def __len__(self) -> int:
        """The number of rows."""
        return self._length

    def of(self, key: int) -> list[tuple[int, int]]:
        """Give the intervals of one instance, in order."""
        if not self._has(key):
            return self.base.of(key)
        low, high = self.patch.key.searchsorted((key, key + 1))
        return list(zip(self.patch.start[low:high].tolist(), self.patch.end[low:high].tolist(), strict=True))

    def taken(self, source: Ints) -> Spans:
        """Re-key it: instance i of the result is instance `source[i]`, -1 none."""
        if len(source) == 1:
            part = self.patch if self._has(int(source[0])) else self.base
            rows, own = paired(part.key, source)
            return Spans(own, part.start[rows], part.end[rows])
        new = inside(self.where, source)
        parts = [(self.base, np.where(new, -1, source)), (self.patch, np.where(new, source, -1))]
        found = [(part, *paired(part.key, own)) for part, own in parts]
        keys = np.concatenate([key for _, _, key in found])
        order = np.argsort(keys, kind="stable")
        start, end = (np.concatenate([getattr(part, name)[rows] for part, rows, _ in found])[order] for name in ("start", "end"))
        return Spans(keys[order], start, end)

    def within(self, first: Instant, last: Instant) -> tuple[Ints, Ints, Ints]:
        """Give the rows that overlap a stretch of time, in any order."""
        base = _overlapping(self.base, first, last)
        base = base[~inside(self.where, self.base.key[base])]
        patch = np.flatnonzero((self.patch.start < last) & (self.patch.end > first))
        key, start, end = (
            np.concatenate((getattr(self.base, name)[base], getattr(self.patch, name)[patch])) for name in ("key", "start", "end")
        )
        return key, start, end

    def dropped(self, keys: Ints, number: int, count: Count) -> Spans | None:
        """Count rows as `count` does, with each key mapped through `keys`: only over the time in which anything differs from before."""
        known = next((one for one in self.before if _alike(one.counted, keys, number)), None)
        if known is None:
            return None
        own = self.taken(known.where)
        edges = _differing(known.rows, Spans(known.where[own.key], own.start, own.end))
        if edges is None:
            return known.counted.found
        first, last = edges
        key, start, end = self.within(first, last)
        fresh = count(keys[key], np.maximum(start, first), np.minimum(end, last), number)
        old = known.counted.found
        parts = [
            (old.key, old.start, np.minimum(old.end, first)),
            (fresh.key, fresh.start, fresh.end),
            (old.key, np.maximum(old.start, last), old.end),
        ]
        key, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
        return count(key, start, end, 1)


def _overlapping(part: Spans, first: Instant, last: Instant) -> Ints:
    """Give the rows that overlap a stretch of time. Those of a large set are put in order by their start once, and then looked up."""
    if "by_start" not in part.__dict__:
        order = np.argsort(part.start, kind="stable")
        part.__dict__["by_start"] = order, part.start[order], np.maximum.accumulate(part.end[order])
    order, starts, latest = part.__dict__["by_start"]
    # of what starts before, all are over up to where the latest end so far is
    rows: Ints = order[latest.searchsorted(first, side="right") : starts.searchsorted(last)]
    return rows[part.end[rows] > first]


def _alike(one: Counted, keys: Ints, number: int) -> bool:
    return one.number == number and (one.keys is keys or np.array_equal(one.keys, keys))


def _differing(one: Spans, other: Spans) -> tuple[Instant, Instant] | None:
    """Give the least stretch of time outside of which two sets are the same; `None` where they are."""
    rows = [set(zip(part.key.tolist(), part.start.tolist(), part.end.tolist(), strict=True)) for part in (one, other)]
    times: list[Instant] = []
    for key in {row[0] for row in rows[0] ^ rows[1]}:
        edges = [{edge for row in part if row[0] == key for edge in row[1:]} for part in rows]
        differing = edges[0] ^ edges[1]
        times += [min(differing), max(differing)]
    return (min(times), max(times)) if times else None


def keep_dropped(part: Spans, keys: Ints, number: int, found: Spans) -> None:
    """Keep what was counted of a large set, for those that will differ from it in a few instances."""
    if len(part) > FEW:
        part.__dict__.setdefault("counted", []).append(Counted(keys, number, found))


def _before(part: Spans, where: Ints) -> list[Before]:
    """Give what was counted of a set, and of those it comes from, for one that differs from it in some instances."""
    counted: Sequence[Counted] = part.__dict__.get("counted", ())
    found = [Before(one, where, _rows_of(part, where)) for one in counted]
    if isinstance(part, Patched):
        for old in part.before:
            if not any(_alike(one.counted, old.counted.keys, old.counted.number) for one in found):
                more = where[~inside(old.where, where)]
                rows = [old.rows, _rows_of(part, more)]
                key, start, end = (np.concatenate([getattr(one, name) for one in rows]) for name in ("key", "start", "end"))
                order = np.argsort(key, kind="stable")
                found.append(Before(old.counted, _joined(old.where, more), Spans(key[order], start[order], end[order])))
    return found


def _rows_of(part: Spans, where: Ints) -> Spans:
    if isinstance(part, Patched):
        taken = part.taken(where)
        return Spans(where[taken.key], taken.start, taken.end)
    rows, own = paired(part.key, where)
    return Spans(where[own], part.start[rows], part.end[rows])


def patched(base: Spans, patch: Spans, where: Ints) -> Spans:
    """Lay the rows of some instances over a set."""
    before = _before(base, where)
    if isinstance(base, Patched):
        rows = put_in((base.patch.key, base.patch.start, base.patch.end), (patch.key, patch.start, patch.end), where)
        patch, where, base = Spans(*rows), _joined(base.where, where), base.base
    found = Patched(base, patch, where, before)
    return Spans(found.key, found.start, found.end) if _worth_copying(len(base.key), len(patch), where) else found


def put_in(old: Sequence[Ints], new: Sequence[Ints], where: Ints) -> list[Ints]:
    """Put the rows of some instances in the place of those that they had. The first of the columns are the keys, which rise."""
    if len(where) > _CUTS:
        kept = ~inside(where, old[0])
        columns = [np.concatenate((one[kept], other)) for one, other in zip(old, new, strict=True)]
        order = np.argsort(columns[0], kind="stable")
        return [column[order] for column in columns]
    from_, to = old[0].searchsorted(where).tolist(), old[0].searchsorted(where, side="right").tolist()
    first, last = new[0].searchsorted(where).tolist(), new[0].searchsorted(where, side="right").tolist()
    ends, cuts = [*from_, len(old[0])], list(zip([0, *to], [*first, 0], [*last, 0], strict=True))
    return [
        np.concatenate([part for (begin, low, high), end in zip(cuts, ends, strict=True) for part in (one[begin:end], other[low:high])])
        for one, other in zip(old, new, strict=True)
    ]


def _worth_copying(rows: int, new: int, where: Ints) -> bool:
    return rows <= FEW or max(new, len(where)) > max(SMALL, rows // 4)


def _joined(one: Ints, other: Ints) -> Ints:
    return np.sort(np.concatenate((one[~inside(other, one)], other)))


class PatchedMoments(Moments):
    """The occurrences of `base`, but for the instances of `where`, whose occurrences are those of `patch`."""

    def __init__(self, base: Moments, patch: Moments, where: Ints) -> None:
        """Keep the parts."""
        for name, part in (("frame", base.frame), ("base", base), ("patch", patch), ("where", where)):
            object.__setattr__(self, name, part)

    base: Moments
    patch: Moments
    where: Ints

    @cached_property
    def _kept(self) -> Bools:
        return _left(self.base.key, self.where)

    @cached_property
    def _order(self) -> Ints:
        return np.searchsorted(self.base.key[self._kept], self.patch.key)

    def _laid(self, base: Ints, patch: Ints) -> Ints:
        return np.insert(base[self._kept], self._order, patch)

    @cached_property
    def key(self) -> Ints:
        """The instance of every row, laid out."""
        return self._laid(self.base.key, self.patch.key)

    @cached_property
    def lo(self) -> Ints:
        """Before when each is told not to have passed, laid out."""
        return self._laid(self.base.lo, self.patch.lo)

    @cached_property
    def hi(self) -> Ints:
        """From when on each is told to have passed, laid out."""
        return self._laid(self.base.hi, self.patch.hi)

    @cached_property
    def cause(self) -> Ints:
        """The occurrence that each comes from, laid out."""
        return self._laid(self.base.cause, self.patch.cause)

    def __len__(self) -> int:
        """The number of rows."""
        gone = np.searchsorted(self.base.key, self.where, side="right") - np.searchsorted(self.base.key, self.where, side="left")
        return len(self.base) - int(gone.sum()) + len(self.patch)

    def of(self, key: int) -> list[tuple[int, int]]:
        """Give the (lo, hi) of one instance, in order."""
        place = int(np.searchsorted(self.where, key))
        new = place < len(self.where) and int(self.where[place]) == key
        return (self.patch if new else self.base).of(key)

    def taken(self, source: Ints, frame: Frame) -> Moments:
        """Re-key them, as `Patched.taken` does."""
        new = inside(self.where, source)
        parts = [(self.base, np.where(new, -1, source)), (self.patch, np.where(new, source, -1))]
        found = [(part, *paired(part.key, own)) for part, own in parts]
        keys = np.concatenate([key for _, _, key in found])
        order = np.argsort(keys, kind="stable")
        lo, hi, cause = (np.concatenate([getattr(part, name)[rows] for part, rows, _ in found])[order] for name in ("lo", "hi", "cause"))
        return Moments(frame, keys[order], lo, hi, cause)


def patched_moments(base: Moments, patch: Moments, where: Ints) -> Moments:
    """Lay the occurrences of some instances over a column."""
    if isinstance(base, PatchedMoments):
        old, new = ([part.key, part.lo, part.hi, part.cause] for part in (base.patch, patch))
        patch = Moments(base.frame, *put_in(old, new, where))
        where, base = _joined(base.where, where), base.base
    found = PatchedMoments(base, patch, where)
    if _worth_copying(len(base.key), len(patch), where):
        return Moments(base.frame, found.key, found.lo, found.hi, found.cause)
    return found
