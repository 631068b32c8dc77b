"""Frames: bringing columns with different axes onto one, and taking an axis away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from aval.engine.algebra import complement, drop, moments, take, take_moments
from aval.model.columns import EMPTY, Axis, Frame, Ints, Moments, Timeline


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
    where = {value: index for index, value in enumerate(axis.values)}
    return np.array([where.get(value, -1) for value in values], np.int64)


def spread(timeline: Timeline, target: Frame) -> Timeline:
    """Repeat a column along the axes that it does not have."""
    if timeline.frame == target:
        return timeline
    return rebase(timeline, target, source_keys(timeline.frame, target, {}))


def rebase(timeline: Timeline, target: Frame, source: Ints) -> Timeline:
    """Re-key a column; instance i of the result is instance `source[i]`."""
    return Timeline(target, *(take(part, source) for part in (timeline.yes, timeline.no, timeline.carried)))


def rebase_moments(column: Moments, target: Frame, source: Ints) -> Moments:
    """Re-key occurrences."""
    return take_moments(column, source, target)


def spread_moments(column: Moments, target: Frame) -> Moments:
    """Repeat occurrences along the axes that they do not have."""
    return column if column.frame == target else rebase_moments(column, target, source_keys(column.frame, target, {}))


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
    yes = drop(timeline.yes, keys, number)
    if not closed:
        return Timeline(smaller, yes, EMPTY, drop(timeline.carried, keys))
    needed = length - number + 1
    no = drop(timeline.no, keys, needed) if needed > 0 else complement(EMPTY, smaller)
    return Timeline(smaller, yes, no, drop(timeline.carried, keys))


def any_moment(column: Moments, name: str) -> Moments:
    """The occurrences of any instance along an axis."""
    smaller, keys = without(column.frame, name)
    return moments(smaller, keys[column.key], column.lo, column.hi, column.cause)
