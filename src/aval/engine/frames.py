"""Frames: bringing columns with different axes onto one, and taking an axis away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from aval.engine.algebra import MANY, Rest, complement, drop, excepting, laid_out, moments, put_off, settled, stored, take, take_moments
from aval.model.columns import EMPTY, Axis, Frame, Ints, Moments, Spans, Timeline
from aval.model.frozen import frozen


def joined(frames: Iterable[Frame]) -> Frame:
    """Give the frame with every axis of the frames, in their first order."""
    axes: dict[str, Axis] = {}
    runs = 1
    for frame in frames:
        runs = max(runs, frame.runs)
        for axis in frame.axes:
            axes.setdefault(axis.name, axis)
    return Frame(tuple(axes.values()), runs)


def source_keys(source: Frame, target: Frame, picks: Mapping[str, str | Axis]) -> Ints:
    """For every instance of `target`, give the key of the instance of `source` that it stands for, -1 where there is none.

    `picks` says for each axis of `source` where its value comes from: a constant name, or an axis of `target` (by default the one
    of the same name). A value that is not on the source's axis has no source.
    """
    keys = np.zeros(target.shape, np.int64)
    runs = np.arange(target.runs).reshape(-1, *([1] * len(target.axes)))
    keys += runs if source.runs > 1 else 0
    missing = np.zeros(target.shape, np.bool_)
    places = {axis.name: place + 1 for place, axis in enumerate(target.axes)}
    for axis in source.axes:
        pick = picks.get(axis.name, axis)
        index: Ints = _indices(axis, (pick,) if isinstance(pick, str) else pick.values)
        if not isinstance(pick, str):
            shape = [1] * (len(target.axes) + 1)
            shape[places[pick.name]] = len(pick.values)
            index = index.reshape(shape)
        missing |= index < 0
        keys = keys * len(axis.values) + index
    keys[missing] = -1
    return keys.reshape(-1)


def _indices(axis: Axis, values: tuple[str, ...]) -> Ints:
    if values == axis.values:
        return np.arange(len(values), dtype=np.int64)
    where = _places_of(axis.values)
    return np.array([where.get(value, -1) for value in values], np.int64)


def _places_of(values: tuple[str, ...]) -> Mapping[str, int]:
    """Give the place of each value. Columns over one group share its values, so that they are numbered once."""
    known = _PLACES.get(id(values))
    if known is None or known[0] is not values:
        if len(_PLACES) >= _MOST:
            _PLACES.clear()
        known = _PLACES[id(values)] = (values, {value: index for index, value in enumerate(values)})
    return known[1]


_MOST = 256
_PLACES: dict[int, tuple[tuple[str, ...], Mapping[str, int]]] = {}
"""The places of values, which it keeps alive, by their identity: to hash thousands is as slow as to look through them."""


def spread(timeline: Timeline, target: Frame) -> Timeline:
    """Repeat a column along the axes that it does not have."""
    return timeline if timeline.frame == target else bring(timeline, target, {})


@frozen()
class Bridge:
    """The way of rows from one frame onto another. `picks` as in `source_keys`."""

    source: Frame
    target: Frame
    picks: Mapping[str, str | Axis]

    def carry(self, key: Ints) -> tuple[Ints, Ints]:
        """Give, for rows of these instances, the rows to take and their new instances, in the order of the new instances."""
        steps = _strides(self.target)
        rows, new = np.arange(len(key), dtype=np.int64), np.zeros(len(key), np.int64)
        wanted: dict[str, Ints] = {}
        rest, kept = key, np.ones(len(key), np.bool_)
        for axis in reversed(self.source.axes):
            rest, index = np.divmod(rest, len(axis.values))
            pick = self.picks.get(axis.name, axis)
            if isinstance(pick, str):
                kept &= index == (axis.values.index(pick) if pick in axis.values else -1)
                continue
            place = _indices(pick, axis.values)[index]
            kept &= place >= 0 if pick.name not in wanted else place == wanted[pick.name]
            wanted.setdefault(pick.name, place)
        for name, place in wanted.items():
            new += place * steps[name]
        if self.source.runs > 1:
            new += rest * steps[""]
        if not kept.all():
            rows, new = rows[kept], new[kept]
        fans = {axis.name: len(axis.values) for axis in self.target.axes if axis.name not in wanted}
        if self.source.runs == 1 and self.target.runs > 1:
            fans[""] = self.target.runs
        for name, length in fans.items():
            rows = np.repeat(rows, length)
            new = (new[:, None] + np.arange(length, dtype=np.int64) * steps[name]).reshape(-1)
        if np.any(new[1:] < new[:-1]):
            order = np.argsort(new, kind="stable")
            rows, new = rows[order], new[order]
        return rows, new

    @property
    def same(self) -> bool:
        """Whether every instance stays where it is."""
        axes = [self.picks.get(axis.name, axis) for axis in self.source.axes]
        if self.source.runs != self.target.runs or len(axes) != len(self.target.axes):
            return False
        return all(
            not isinstance(pick, str) and pick.name == axis.name and pick.values == axis.values == own.values
            for pick, axis, own in zip(axes, self.target.axes, self.source.axes, strict=True)
        )

    def few(self, rows: int) -> bool:
        """Whether there are so few instances to bring rows to that it is quicker to look for the rows of each."""
        return self.target.size * MANY < rows

    @property
    def sources(self) -> Ints:
        """For every instance of the target that of the source which it stands for, -1 where there is none."""
        return source_keys(self.source, self.target, self.picks)

    @property
    def unknown(self) -> Ints:
        """The instances of the target that stand for none of the source."""
        names = {axis.name: set(axis.values) for axis in self.source.axes}
        found = [(names[axis.name], self.picks.get(axis.name, axis)) for axis in self.source.axes]
        if all(pick in values if isinstance(pick, str) else values.issuperset(pick.values) for values, pick in found):
            return np.zeros(0, np.int64)
        return np.flatnonzero(source_keys(self.source, self.target, self.picks) < 0)


def _strides(frame: Frame) -> dict[str, int]:
    """Give how far apart neighbours on each axis are, on `""` two runs."""
    steps, step = {}, 1
    for axis in reversed(frame.axes):
        steps[axis.name] = step
        step *= len(axis.values)
    return {**steps, "": step}


def bring(timeline: Timeline, target: Frame, picks: Mapping[str, str | Axis]) -> Timeline:
    """Re-key a column onto another frame, where `picks` says for each axis where its value comes from (see `source_keys`)."""
    bridge = Bridge(timeline.frame, target, picks)
    if bridge.same:
        return Timeline(target, timeline.yes, timeline.no, timeline.carried)
    carried = timeline.carried
    return Timeline(target, _over(bridge, timeline.yes), _over(bridge, timeline.no), put_off(lambda: _over(bridge, carried), target))


def _over(bridge: Bridge, part: Spans) -> Spans:
    part = settled(part)
    kept = stored(part)
    if bridge.few(len(kept)):
        return take(part, bridge.sources)
    rows, new = bridge.carry(kept.key)
    found = Spans(new, kept.start[rows], kept.end[rows])
    return excepting(found, bridge.unknown, bridge.target.size) if isinstance(part, Rest) else found


def bring_moments(column: Moments, target: Frame, picks: Mapping[str, str | Axis]) -> Moments:
    """Re-key occurrences onto another frame, like `bring`."""
    bridge = Bridge(column.frame, target, picks)
    if bridge.same:
        return column if column.frame == target else Moments(target, column.key, column.lo, column.hi, column.cause)
    if bridge.few(len(column)):
        return take_moments(column, bridge.sources, target)
    rows, new = bridge.carry(column.key)
    return Moments(target, new, column.lo[rows], column.hi[rows], column.cause[rows])


def rebase(timeline: Timeline, target: Frame, source: Ints) -> Timeline:
    """Re-key a column; instance i of the result is instance `source[i]`."""
    carried = timeline.carried
    return Timeline(target, take(timeline.yes, source), take(timeline.no, source), put_off(lambda: take(carried, source), target))


def rebase_moments(column: Moments, target: Frame, source: Ints) -> Moments:
    """Re-key occurrences."""
    return take_moments(column, source, target)


def spread_moments(column: Moments, target: Frame) -> Moments:
    """Repeat occurrences along the axes that they do not have."""
    return column if column.frame == target else bring_moments(column, target, {})


def without(frame: Frame, name: str) -> tuple[Frame, Ints]:
    """Take an axis away; also give, for every key of the frame, its key in the smaller one."""
    smaller = Frame(tuple(axis for axis in frame.axes if axis.name != name), frame.runs)
    shape = tuple(1 if axis.name == name else len(axis.values) for axis in frame.axes)
    keys = np.arange(smaller.size, dtype=np.int64).reshape(frame.runs, *shape)
    return smaller, np.broadcast_to(keys, frame.shape).reshape(-1)


def some(timeline: Timeline, name: str, *, closed: bool, number: int = 1) -> Timeline:
    """At least `number` along an axis: yes where so many are told yes; no where the others are too few, if there can be no more of them."""
    length = next(len(axis.values) for axis in timeline.frame.axes if axis.name == name)
    smaller, keys = without(timeline.frame, name)
    yes, carried = drop(timeline.yes, keys, number), put_off(lambda: drop(timeline.carried, keys), timeline.frame)
    if not closed:
        return Timeline(smaller, yes, EMPTY, carried)
    needed = length - number + 1
    no = drop(timeline.no, keys, needed) if needed > 0 else complement(EMPTY, smaller)
    return Timeline(smaller, yes, no, carried)


def any_moment(column: Moments, name: str) -> Moments:
    """The occurrences of any instance along an axis."""
    smaller = Frame(tuple(axis for axis in column.frame.axes if axis.name != name), column.frame.runs)
    step = _strides(column.frame)[name]
    length = next(len(axis.values) for axis in column.frame.axes if axis.name == name)
    key = column.key // (step * length) * step + column.key % step
    return moments(smaller, key, column.lo, column.hi, column.cause)


def stacked(axis: Axis, columns: Sequence[Timeline]) -> Timeline:
    """Make one column of several, one for each value of a further axis."""
    inner = joined(column.frame for column in columns)
    frame = Frame((*inner.axes, axis), inner.runs)
    spread_out = [spread(column, inner) for column in columns]

    def over(parts: Sequence[Spans]) -> Spans:
        laid = [(part.key * len(columns) + place, part.start, part.end) for place, part in enumerate(parts)]
        return laid_out(laid)

    yes, no = over([column.yes for column in spread_out]), over([column.no for column in spread_out])
    return Timeline(frame, yes, no, put_off(lambda: over([column.carried for column in spread_out]), frame))
