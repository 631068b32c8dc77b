"""Reading conditions at given places and times, instead of everywhere (semantics 2.5, decision 18).

A guard is read just before each occurrence. Where occurrences are few and instances many, every occurrence is made an instance of its
own, which sees of the columns only what lies in its own stretch of time. The operators work on such columns as on any other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from aval.engine.algebra import MANY, Deferred, Rest, Scale, among, distinct, excepting, settled, stored
from aval.model.columns import EMPTY, Axis, Bools, Frame, Ints, Spans, Timeline

ROWS = "@"
"""The name of the axis of occurrences."""


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Occurrences: the instance of each on `frame`, and the first and the last instant that it looks at."""

    frame: Frame
    key: Ints
    first: Ints
    last: Ints

    @property
    def own(self) -> Frame:
        """The frame on which each occurrence is an instance."""
        # their numbers, which nobody asks for: to write so many names down takes longer than to read at them
        return Frame((Axis(ROWS, cast("tuple[str, ...]", range(len(self.key)))),))


def places(frame: Frame, key: Ints, axes: tuple[Axis, ...], picks: Mapping[str, str | Axis], *, runs: int) -> Ints:
    """Give for some instances of a frame those of another that they see, -1 where there is none; `picks` as in `source_keys`."""
    found = key // (frame.size // frame.runs) if runs > 1 else np.zeros(len(key), np.int64)
    missing = np.zeros(len(key), np.bool_)
    for axis in axes:
        place = _along(frame, key, axis, picks.get(axis.name, axis))
        missing |= place < 0
        found = found * len(axis.values) + place
    found[missing] = -1
    return found


def _along(frame: Frame, key: Ints, axis: Axis, pick: str | Axis) -> Ints:
    if isinstance(pick, str):
        return np.full(len(key), axis.values.index(pick) if pick in axis.values else -1)
    step = 1
    for own in reversed(frame.axes):
        if own.name == pick.name:
            index = key // step % len(own.values)
            if own.values == axis.values:
                return index
            where = {value: place for place, value in enumerate(axis.values)}
            return np.array([where.get(value, -1) for value in own.values], np.int64)[index]
        step *= len(own.values)
    raise KeyError(pick.name)


def seen(timeline: Timeline, source: Ints, rows: Rows) -> Timeline:
    """Give each occurrence what its instance's column says in its own stretch of time; what is outside of that is not kept."""
    carried = timeline.carried
    # whether a guard holds by inertia is asked by nobody, so that it is put off however few the occurrences are
    deferred = Deferred(lambda: _seen(carried, source, rows))
    return Timeline(rows.own, _seen(timeline.yes, source, rows), _seen(timeline.no, source, rows), deferred)


def _seen(part: Spans, source: Ints, rows: Rows) -> Spans:
    part = settled(part)
    if len(source) * MANY < len(stored(part)):
        known = distinct(source[source >= 0])
        part, source = among(part, known), np.where(source >= 0, np.searchsorted(known, source), -1)
    kept = stored(part)
    found = _overlapping(kept, source, rows) if len(kept) else EMPTY
    return excepting(found, np.flatnonzero(source < 0), len(source)) if isinstance(part, Rest) else found


def _overlapping(kept: Spans, source: Ints, rows: Rows) -> Spans:
    """Pair each occurrence with the kept rows of its instance that end after it begins to look and start before it ends to."""
    scale = Scale.of(np.append(kept.key[-1:], source.max(initial=0)), kept.start, kept.end, rows.first, rows.last)
    low = np.searchsorted(scale.place(kept.key, kept.end), scale.place(source, rows.first), side="right")
    high = np.searchsorted(scale.place(kept.key, kept.start), scale.place(source, rows.last), side="right")
    count = np.maximum(high - low, 0)
    count[source < 0] = 0
    new = np.repeat(np.arange(len(source), dtype=np.int64), count)
    taken = np.repeat(low - (np.cumsum(count) - count), count) + np.arange(len(new))
    return Spans(new, kept.start[taken], kept.end[taken])


def throughout(part: Spans, rows: Rows) -> Bools:
    """For which occurrences a set covers all that they look at."""
    part = settled(part)
    if isinstance(part, Rest):
        return ~_touched(part.but, rows)
    found = np.zeros(len(rows.key), np.bool_)
    found[part.key[(part.start <= rows.first[part.key]) & (rows.last[part.key] < part.end)]] = True
    return found


def somewhere(part: Spans, rows: Rows) -> Bools:
    """For which occurrences a set covers any of what they look at."""
    part = settled(part)
    return ~throughout(part.but, rows) if isinstance(part, Rest) else _touched(part, rows)


def _touched(part: Spans, rows: Rows) -> Bools:
    found = np.zeros(len(rows.key), np.bool_)
    found[part.key[(part.start <= rows.last[part.key]) & (part.end > rows.first[part.key])]] = True
    return found
