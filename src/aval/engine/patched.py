"""Columns of which a few instances were worked out anew, laid over the column as it was (decision 19).

The rows of the old column are shared and not copied; they are laid out with the new ones where somebody needs all of them.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np

from aval.model.columns import SMALL, Bools, Frame, Ints, Moments, Spans

FEW = 2_000
"""rows below which a column is simply copied"""


def paired(keys: Ints, source: Ints) -> tuple[Ints, Ints]:
    """Pair each new instance with the rows of its source, in the order of the new instances; -1 is none."""
    low = np.searchsorted(keys, source, side="left")
    count = np.searchsorted(keys, source, side="right") - low
    count[source < 0] = 0
    new = np.repeat(np.arange(len(source), dtype=np.int64), count)
    before = np.repeat(np.cumsum(count) - count, count)
    rows = np.repeat(low, count) + np.arange(len(new)) - before
    return rows, new


def inside(where: Ints, keys: Ints) -> Bools:
    """Say which keys are among some that rise."""
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


class Patched(Spans):
    """The rows of `base`, but for the instances of `where`, whose rows are those of `patch`. All three have the keys of one frame."""

    def __init__(self, base: Spans, patch: Spans, where: Ints) -> None:
        """Keep the parts."""
        for name, part in (("base", base), ("patch", patch), ("where", where)):
            object.__setattr__(self, name, part)

    base: Spans
    patch: Spans
    where: Ints

    @cached_property
    def _places(self) -> frozenset[int]:
        return frozenset(self.where.tolist())

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
        return (self.patch if key in self._places else self.base).of(key)

    def taken(self, source: Ints) -> Spans:
        """Re-key it: instance i of the result is instance `source[i]`, -1 none."""
        new = inside(self.where, source)
        parts = [(self.base, np.where(new, -1, source)), (self.patch, np.where(new, source, -1))]
        found = [(part, *paired(part.key, own)) for part, own in parts]
        keys = np.concatenate([key for _, _, key in found])
        order = np.argsort(keys, kind="stable")
        start, end = (np.concatenate([getattr(part, name)[rows] for part, rows, _ in found])[order] for name in ("start", "end"))
        return Spans(keys[order], start, end)


def patched(base: Spans, patch: Spans, where: Ints) -> Spans:
    """Lay the rows of some instances over a set."""
    if isinstance(base, Patched):
        old = ~inside(where, base.patch.key)
        key, start, end = (np.concatenate((getattr(base.patch, name)[old], getattr(patch, name))) for name in ("key", "start", "end"))
        order = np.argsort(key, kind="stable")
        patch, where, base = Spans(key[order], start[order], end[order]), _joined(base.where, where), base.base
    found = Patched(base, patch, where)
    return Spans(found.key, found.start, found.end) if _worth_copying(len(base.key), len(patch), where) else found


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
        old = ~inside(where, base.patch.key)
        parts = [np.concatenate((getattr(base.patch, name)[old], getattr(patch, name))) for name in ("key", "lo", "hi", "cause")]
        order = np.argsort(parts[0], kind="stable")
        patch = Moments(base.frame, *(part[order] for part in parts))
        where, base = _joined(base.where, where), base.base
    found = PatchedMoments(base, patch, where)
    if _worth_copying(len(base.key), len(patch), where):
        return Moments(base.frame, found.key, found.lo, found.hi, found.cause)
    return found
