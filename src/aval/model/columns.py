"""Engine columns: what the engine computes on (semantics 2.3, 2.10).

A column holds rows for many *instances* at once. An instance is one choice for every axis of a frame: a parameter's value, or the reading
of a question, which is an axis like any other. A frame also has a number of *runs*, the slowest axis, so that simulated worlds are more
rows of the same column. A row's key is its instance number, runs included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np
import numpy.typing as npt

from aval.model.frozen import frozen

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SMALL = 10_000
"""rows up to which a column is also kept as plain numbers"""
QUESTION = "?"
"""The mark that opens the name of a question's axis."""
VALUE = "="
"""The name of the axis of a state's own values."""


@frozen()
class Axis:
    """One axis: a variable (or `?question`) and the names it runs over."""

    name: str
    values: tuple[str, ...]

    @property
    def is_question(self) -> bool:
        """Whether it is the axis of a question's readings."""
        return self.name.startswith(QUESTION)


@dataclass(frozen=True)
class Frame:
    """The axes of a column, the last one fastest, and its number of runs."""

    axes: tuple[Axis, ...] = ()
    runs: int = 1

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The number of runs, then the length of each axis."""
        return (self.runs, *(len(axis.values) for axis in self.axes))

    @cached_property
    def size(self) -> int:
        """How many instances there are, runs included."""
        size = 1
        for length in self.shape:
            size *= length
        return size

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of the axes."""
        return tuple(axis.name for axis in self.axes)

    def key(self, point: Mapping[str, str], run: int = 0) -> int | None:
        """Give the key of the instance that `point` names, axis by axis; `None` where a value is not on its axis."""
        key = run
        for axis in self.axes:
            try:
                key = key * len(axis.values) + axis.values.index(point[axis.name])
            except (KeyError, ValueError):
                return None
        return key

    def point(self, key: int) -> dict[str, str]:
        """Name the instance of a key, axis by axis."""
        point: dict[str, str] = {}
        for axis in reversed(self.axes):
            key, index = divmod(key, len(axis.values))
            point[axis.name] = axis.values[index]
        return {axis.name: point[axis.name] for axis in self.axes}


@dataclass(frozen=True, eq=False)
class Spans:
    """A set of half-open intervals for each instance, sorted by (key, start), disjoint and not touching within a key.

    `key`, `start` and `end` are int64 arrays of one length; instants are microseconds UTC.
    """

    key: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.key)

    def same_as(self, other: Spans) -> bool:
        """Whether both hold the same rows."""
        return np.array_equal(self.key, other.key) and np.array_equal(self.start, other.start) and np.array_equal(self.end, other.end)

    def of(self, key: int) -> list[tuple[int, int]]:
        """Give the intervals of one instance, in order."""
        if len(self.key) <= SMALL:
            return self._rows.get(key, [])
        low, high = self.key.searchsorted((key, key + 1))
        return list(zip(self.start[low:high].tolist(), self.end[low:high].tolist(), strict=True))

    @cached_property
    def _rows(self) -> dict[int, list[tuple[int, int]]]:
        """The rows of a small column as plain numbers: reading one instance then costs no call into numpy."""
        rows: dict[int, list[tuple[int, int]]] = {}
        for key, start, end in zip(self.key.tolist(), self.start.tolist(), self.end.tolist(), strict=True):
            rows.setdefault(key, []).append((start, end))
        return rows


EMPTY = Spans(*(np.zeros(0, np.int64),) * 3)


@dataclass(frozen=True, slots=True, eq=False)
class Timeline:
    """A four-valued state of every instance over all time: where it was told yes, and where told no.

    `carried` is where its value stands by inertia only, not because evidence covers that instant.
    """

    frame: Frame
    yes: Spans = EMPTY
    no: Spans = EMPTY
    carried: Spans = EMPTY


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Occurrences: told not to have passed before `lo`, told to have passed from `hi` on (2.2).

    Between the two it is open where `lo < hi`, contested where `hi < lo`. `hi` is `NEVER` for what is only possible, `lo` is `NEVER` for
    what is
    denied. `cause` is the number of the occurrence that it comes from, -1 for none. Sorted by (key, hi, lo).
    """

    frame: Frame
    key: Ints
    lo: Ints
    hi: Ints
    cause: Ints

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.key)

    def of(self, key: int) -> list[tuple[int, int]]:
        """Give the (lo, hi) of one instance, in order."""
        low, high = np.searchsorted(self.key, (key, key + 1))
        return list(zip(self.lo[low:high].tolist(), self.hi[low:high].tolist(), strict=True))


Ends = tuple[Fraction | None, Fraction | None]
"""A number as a range: its least and its greatest possible value, `None` for an end that nobody told. Exact: never a float."""
UNTOLD: Ends = (None, None)


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """A number of every instance over all time, as a range (2.5).

    `pieces` has for each key that anything was told of its (start, end, range), in order, disjoint; elsewhere both ends are untold. Where
    the least value is above the greatest, what was told excludes itself: it is contested.
    """

    frame: Frame
    pieces: Mapping[int, tuple[tuple[int, int, Ends], ...]]

    def __len__(self) -> int:
        """The number of pieces."""
        return sum(map(len, self.pieces.values()))

    def at(self, key: int | None, instant: int) -> Ends:
        """Give the range of one instance at an instant."""
        pieces = self.pieces.get(key, ()) if key is not None else ()
        return next((ends for start, end, ends in pieces if start <= instant < end), UNTOLD)
