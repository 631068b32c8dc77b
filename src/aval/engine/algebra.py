"""Set algebra on columns: every operation is one sweep over sorted boundaries, for all instances at once (semantics 2.3).

`and`, `or`, *some*, *every* and *at least n* are one function: where do at least n of these rows cover an instant?

What is so of nearly every instance, as *no* of an event that few have seen, is kept as the rows of the exceptions (`Rest`). Set algebra
never lays it out; whoever reads its rows one by one gets them all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

import numpy as np

from aval.engine.patched import Patched, keep_dropped, paired
from aval.model.columns import EMPTY, SMALL, Bools, Frame, Ints, Moments, Spans
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER

_WIDE = 2**62
_LEAST, _MOST, _ALL = (
    np.minimum.reduce,
    np.maximum.reduce,
    np.logical_and.reduce,
)  # what the methods call in the end: most columns of an answer are small
MANY = 8
"""so many times more rows than are asked for are looked up, not gone through"""


@frozen()
class Scale:
    """Makes one number of a key and an instant, which sorts as the two do; to sort and to search by one number is many times quicker.

    The number counts on from the first finite instant, or, where that does not fit 64 bits, is the instant's rank among all `times`.
    """

    first: int
    width: int
    times: Ints | None = None

    @classmethod
    def of(cls, keys: Ints, *times: Ints) -> Scale:
        """Give a scale for some keys and instants."""
        ends = [_finite(part) for part in times]
        first, last = min(low for low, _ in ends), max(high for _, high in ends)
        width = max(0, last - first) + 4  # before the first always, after the last an instant before never, and never
        if (int(keys.max(initial=0)) + 2) * width < _WIDE:
            return cls(first - 1 if first < NEVER else 0, width)
        ranks = distinct(*times)
        return cls(0, len(ranks) + 1, ranks)

    def place(self, key: Ints, time: Ints) -> Ints:
        """Give the number of each key and instant."""
        return key * self.width + self._rank(time)

    def _rank(self, time: Ints) -> Ints:
        if self.times is not None:
            rank: Ints = np.searchsorted(self.times, time)
            return rank
        counted: Ints = np.minimum(np.maximum(time, self.first), self.first + self.width - 2)
        counted -= self.first
        counted += time == NEVER
        return counted

    def time(self, place: Ints) -> Ints:
        """Give the instant back."""
        rank = place % self.width
        if self.times is not None:
            ranked: Ints = self.times[rank]
            return ranked
        time = rank + self.first
        time[rank == 0] = ALWAYS
        time[rank == self.width - 2], time[rank == self.width - 1] = NEVER - 1, NEVER
        return time


def _finite(times: Ints) -> tuple[int, int]:
    """Give the first and the last of some instants that are neither always nor never, nor next to never; crossed where there is none."""
    if not len(times):
        return NEVER, ALWAYS
    low, high = int(_LEAST(times)), int(_MOST(times))
    if low > ALWAYS and high < NEVER - 1:
        return low, high
    times = times[(times > ALWAYS) & (times < NEVER - 1)]
    return (int(_LEAST(times)), int(_MOST(times))) if len(times) else (NEVER, ALWAYS)


class Rest(Spans):
    """All time for each of `size` instances, but for the rows of `but`."""

    def __init__(self, but: Spans, size: int) -> None:
        """Keep the exceptions."""
        object.__setattr__(self, "but", but)
        object.__setattr__(self, "size", size)

    but: Spans
    size: int

    @cached_property
    def _rows_of_all(self) -> tuple[Ints, Ints, Ints]:
        """Lay out every row: the gaps that the exceptions leave, from always to never."""
        every = np.arange(self.size, dtype=np.int64)
        key, full = np.concatenate((every, self.but.key)), np.full(self.size, ALWAYS)
        order = np.argsort(key, kind="stable")
        start = np.concatenate((full, self.but.end))[order]
        order_end = np.argsort(np.concatenate((self.but.key, every)), kind="stable")
        end = np.concatenate((self.but.start, np.full(self.size, NEVER)))[order_end]
        kept = start < end
        return key[order][kept], start[kept], end[kept]

    @cached_property
    def key(self) -> Ints:
        """The instance of every row, laid out."""
        return self._rows_of_all[0]

    @cached_property
    def start(self) -> Ints:
        """The start of every row, laid out."""
        return self._rows_of_all[1]

    @cached_property
    def end(self) -> Ints:
        """The end of every row, laid out."""
        return self._rows_of_all[2]

    def __len__(self) -> int:
        """The number of rows that it would lay out."""
        return self.size + len(self.but) - int((self.but.start == ALWAYS).sum()) - int((self.but.end == NEVER).sum())

    def of(self, key: int) -> list[tuple[int, int]]:
        """Give the intervals of one instance, in order."""
        if not 0 <= key < self.size:
            return []
        gaps, start = [], ALWAYS
        for begin, end in self.but.of(key):
            if start < begin:
                gaps.append((start, begin))
            start = end
        return [*gaps, (start, NEVER)] if start < NEVER else gaps

    def same_as(self, other: Spans) -> bool:
        """Whether both hold the same rows."""
        return self.but.same_as(other.but) and self.size == other.size if isinstance(other, Rest) else super().same_as(other)


class Deferred(Spans):
    """A set that is worked out when somebody asks for it."""

    def __init__(self, make: Callable[[], Spans]) -> None:
        """Keep how to make it."""
        object.__setattr__(self, "make", make)

    make: Callable[[], Spans]

    @cached_property
    def made(self) -> Spans:
        """The set."""
        return settled(self.make())

    @cached_property
    def key(self) -> Ints:
        """The instance of every row."""
        return self.made.key

    @cached_property
    def start(self) -> Ints:
        """The start of every row."""
        return self.made.start

    @cached_property
    def end(self) -> Ints:
        """The end of every row."""
        return self.made.end

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.made)

    def of(self, key: int) -> list[tuple[int, int]]:
        """Give the intervals of one instance, in order."""
        return self.made.of(key)

    def same_as(self, other: Spans) -> bool:
        """Whether both hold the same rows."""
        return self.made.same_as(settled(other))


def put_off(make: Callable[[], Spans], frame: Frame) -> Spans:
    """Put a set off that is seldom asked for, where it may be large; a small one is made, so that chains of them stay short."""
    return make() if frame.size <= SMALL else Deferred(make)


def settled(part: Spans) -> Spans:
    """Give a set itself where it was put off."""
    return part.made if isinstance(part, Deferred) else part


def held(part: Spans) -> int:
    """Count the rows that a set keeps, which is what it costs."""
    if isinstance(part, Rest):
        return held(part.but) + 1
    return 0 if isinstance(part, Deferred) else len(part.patch) if isinstance(part, Patched) else len(part)


def stored(part: Spans) -> Spans:
    """Give the rows that a set keeps: its own, or its exceptions."""
    part = settled(part)
    return part.but if isinstance(part, Rest) else part


def spans(rows: Iterable[tuple[int, int, int]]) -> Spans:
    """Make the normal form from any (key, start, end) rows; empty intervals are dropped, overlapping ones joined."""
    table = np.array(list(rows), np.int64).reshape(-1, 3)
    return _stacked([(table[:, 0], table[:, 1], table[:, 2], 1)], 1)


def laid_out(parts: Sequence[tuple[Ints, Ints, Ints]]) -> Spans:
    """Make the normal form from columns of key, start and end, as `spans` does from rows."""
    if not parts:
        return EMPTY
    return _stacked([(key, start, end, 1) for key, start, end in parts], 1)


def everywhere(frame: Frame) -> Spans:
    """Cover all time for every instance."""
    return Rest(EMPTY, frame.size)


def at_least(number: int, parts: Sequence[Spans]) -> Spans:
    """Where at least `number` of the parts cover an instant. Parts may share rows of one column; each row counts once."""
    kept = [part for part in map(settled, parts) if isinstance(part, Rest) or len(part)]
    rests = [part for part in kept if isinstance(part, Rest)]
    number -= len(rests)
    if not rests:
        return _swept([(part, 1) for part in kept], number)
    weighted = [(part.but, -1) if isinstance(part, Rest) else (part, 1) for part in kept]
    if number > 0:
        return _swept(weighted, number)
    return Rest(_swept([(part, -weight) for part, weight in weighted], 1 - number), rests[0].size)


def _swept(parts: Sequence[tuple[Spans, int]], number: int) -> Spans:
    """Where the weights of the parts that cover an instant add up to at least `number`, which is above 0."""
    parts = [(part, weight) for part, weight in parts if len(part)]
    if not any(weight > 0 for _, weight in parts):
        return EMPTY
    if len(parts) == 1 and number == 1:
        return parts[0][0]
    return _stacked([(part.key, part.start, part.end, weight) for part, weight in parts], number)


def reaches(number: int, parts: Sequence[tuple[Spans, Ints]]) -> Spans:
    """Where the weights of the rows that cover an instant add up to `number`. Exact: past 64 bits the sums are Python's own integers."""
    parts = [(part, weights) for part, weights in parts if len(part)]
    if not parts:
        return EMPTY
    key, start, end = (np.concatenate([getattr(part, name) for part, _ in parts]) for name in ("key", "start", "end"))
    weights = np.concatenate([weights for _, weights in parts])
    if weights.dtype != object and int(np.abs(weights).astype(object).sum()) >= _WIDE:
        weights = weights.astype(object)
    return _covered(key, start, end, weights, number)


def union(*parts: Spans) -> Spans:
    """Where any part covers."""
    return at_least(1, parts)


def intersection(*parts: Spans) -> Spans:
    """Where all parts cover."""
    parts = tuple(map(settled, parts))
    if any(not isinstance(part, Rest) and not len(part) for part in parts):
        return EMPTY
    return parts[0] if len(parts) == 1 else at_least(len(parts), parts)


def difference(whole: Spans, removed: Spans) -> Spans:
    """Where `whole` covers and `removed` does not."""
    whole, removed = settled(whole), settled(removed)
    if isinstance(removed, Rest):
        return difference(removed.but, whole.but) if isinstance(whole, Rest) else intersection(whole, removed.but)
    if isinstance(whole, Rest):
        return Rest(union(whole.but, removed), whole.size)
    return _swept([(whole, 1), (removed, -1)], 1)


def complement(part: Spans, frame: Frame) -> Spans:
    """Where `part` does not cover."""
    part = settled(part)
    return part.but if isinstance(part, Rest) else Rest(part, frame.size)


def distinct(*times: Ints) -> Ints:
    """Give every instant once, in order."""
    # not np.unique: it loads numpy's masked arrays, which costs more than most answers
    found = np.sort(np.concatenate(times))
    new = np.ones(len(found), np.bool_)
    new[1:] = found[1:] != found[:-1]
    return found[new]


def take(part: Spans, source: Ints) -> Spans:
    """Re-key a set: instance i of the result is instance `source[i]` of `part` (-1: nothing is known of it)."""
    part = settled(part)
    rows = stored(part)
    if isinstance(rows, Patched):
        taken = rows.taken(source)
    else:
        found, keys = paired(rows.key, source)
        taken = Spans(keys, rows.start[found], rows.end[found])
    return excepting(taken, np.flatnonzero(source < 0), len(source)) if isinstance(part, Rest) else taken


def excepting(but: Spans, unknown: Ints, size: int) -> Rest:
    """Make the rest of some rows, of which nothing is known for some instances."""
    if not len(unknown):
        return Rest(but, size)
    return Rest(union(but, Spans(unknown, np.full(len(unknown), ALWAYS), np.full(len(unknown), NEVER))), size)


def take_moments(part: Moments, source: Ints, frame: Frame) -> Moments:
    """Re-key occurrences, like `take`."""
    if (taken := getattr(part, "taken", None)) is not None:
        laid: Moments = taken(source, frame)
        return laid
    rows, keys = paired(part.key, source)
    return Moments(frame, keys, part.lo[rows], part.hi[rows], part.cause[rows])


def drop(part: Spans, keys: Ints, number: int = 1) -> Spans:
    """Map every row's key through `keys`, then keep where at least `number` rows of the new key cover.

    Of a `Rest`, as many instances must fall on every new key.
    """
    part = settled(part)
    if isinstance(part, Rest):
        counts = np.bincount(keys)
        if len(counts) and number <= counts[0]:
            # so many cover where no more than the others are among the exceptions
            return Rest(drop(part.but, keys, int(counts[0]) - number + 1), len(counts))
        return EMPTY
    if not len(part):
        return EMPTY
    found = part.dropped(keys, number, _counted) if isinstance(part, Patched) else None
    found = found or _counted(keys[part.key], part.start, part.end, number)
    keep_dropped(part, keys, number, found)
    return found


def _counted(key: Ints, start: Ints, end: Ints, number: int) -> Spans:
    """Where at least `number` of these rows cover."""
    return _stacked([(key, start, end, 1)], number)


def moments(frame: Frame, key: Ints, lo: Ints, hi: Ints, cause: Ints) -> Moments:
    """Make the normal form of occurrences."""
    if _rises(key, hi, lo):
        return Moments(frame, key, lo, hi, cause)
    order = np.argsort(lo, kind="stable")
    order = order[Scale.of(key, hi).place(key[order], hi[order]).argsort(kind="stable")]
    return Moments(frame, key[order], lo[order], hi[order], cause[order])


def join_moments(frame: Frame, parts: Sequence[Moments]) -> Moments:
    """Put occurrences of one frame together; they stay separate occurrences."""
    if len(parts) == 1:
        return parts[0]
    columns = [[getattr(part, name) for part in parts] for name in ("key", "lo", "hi", "cause")]
    key, lo, hi, cause = (np.concatenate(column) if column else np.zeros(0, np.int64) for column in columns)
    return moments(frame, key, lo, hi, cause)


def among(part: Spans, keys: Ints) -> Spans:
    """Keep some instances, given in order, and number them from 0; a rest of a few is laid out."""
    part = settled(part)
    rows = stored(part)
    if isinstance(rows, Patched) or len(keys) < len(rows) // MANY:
        return take(part, keys)
    place = np.searchsorted(keys, rows.key)
    kept = place < len(keys)
    kept[kept] = keys[place[kept]] == rows.key[kept]
    found = rows if kept.all() else Spans(rows.key[kept], rows.start[kept], rows.end[kept])
    found = Spans(place[kept], found.start, found.end)
    return Rest(found, len(keys)) if isinstance(part, Rest) else found


def last_at(keys: Ints, times: Ints, key: Ints, time: Ints) -> Ints:
    """For each (key, time), the place of the last of the sorted (keys, times) of that key that is not later, -1 where there is none."""
    if not len(keys) or not len(key):
        return np.full(len(key), -1)
    scale = Scale.of(np.append(keys[-1:], key.max()), times, time)
    place = np.searchsorted(scale.place(keys, times), scale.place(key, time), side="right") - 1
    return np.where((place >= 0) & (keys[place] == key), place, -1)


def covers_at(part: Spans, key: Ints, time: Ints) -> Bools:
    """Whether a set covers each (key, time)."""
    part = settled(part)
    rows = stored(part)
    place = last_at(rows.key, rows.start, key, time)
    inside = (place >= 0) & (rows.end[place] > time) if len(rows) else np.zeros(len(key), np.bool_)
    return ~inside if isinstance(part, Rest) else inside


def _rises(*columns: Ints) -> bool:
    """Whether rows stand in the order of these columns, the first of which counts most."""
    later = np.zeros(max(0, len(columns[0]) - 1), np.bool_)
    for column in columns:
        if np.any(~later & (column[1:] < column[:-1])):
            return False
        later |= column[1:] > column[:-1]
    return True


def _stacked(parts: Sequence[tuple[Ints, Ints, Ints, int]], number: int) -> Spans:
    """Where the rows that cover an instant, each counted as 1 or as -1, add up to at least `number`, which is above 0."""
    solid = []
    for key, start, end, sign in parts:
        some = start < end
        solid.append((key, start, end, sign) if _ALL(some) else (key[some], start[some], end[some], sign))
    solid = [part for part in solid if len(part[0])]
    if not solid:
        return EMPTY
    if len(solid) == 1 and number == solid[0][3] and _is_normal(*solid[0][:3]):
        return Spans(*solid[0][:3])
    scale, edges = _edges(solid)
    edges.sort(kind="stable")
    level = np.cumsum(np.where(edges & 1, np.int32(1), np.int32(-1)), dtype=np.int32)
    edges >>= 1
    last = np.ones(len(edges), np.bool_)
    np.not_equal(edges[1:], edges[:-1], out=last[:-1])
    on, edges = level[last] >= number, edges[last]
    was = np.zeros(len(on), np.bool_)
    was[1:] = on[:-1]
    begins, ends = edges[on & ~was], edges[~on & was]
    return Spans(begins // scale.width, scale.time(begins), scale.time(ends))


def _edges(parts: Sequence[tuple[Ints, Ints, Ints, int]]) -> tuple[Scale, Ints]:
    """Give one number for each edge, with its direction as the last bit: nothing else has to be sorted or kept."""
    signs = [sign > 0 for _, _, _, sign in parts]
    if sum(len(part[0]) for part in parts) > SMALL:
        most = np.array([_MOST(part[0]) for part in parts], np.int64)
        scale = Scale.of(most, *(times for part in parts for times in part[1:3]))
        sides = [
            (key, times, up == sign)
            for (key, *both, _), sign in zip(parts, signs, strict=True)
            for times, up in zip(both, _UP, strict=True)
        ]
        return scale, np.concatenate([scale.place(key, times) * 2 + up for key, times, up in sides])
    # of a small set all at once: there the number of calls is what counts
    key, times = np.concatenate([part[0] for part in parts] * 2), np.concatenate([part[side] for side in (1, 2) for part in parts])
    up = np.repeat(np.array([*signs, *(not sign for sign in signs)]), [len(part[0]) for part in parts] * 2)
    scale = Scale.of(key, times)
    return scale, scale.place(key, times) * 2 + up


_UP = (True, False)
"""whether a row begins at its start, and at its end"""


def _is_normal(key: Ints, start: Ints, end: Ints) -> bool:
    """Whether intervals, none of which is empty, are in order, disjoint and do not touch within a key."""
    ahead, behind = key[1:], key[:-1]
    return bool(_ALL((ahead > behind) | ((ahead == behind) & (start[1:] > end[:-1]))))


def _covered(key: Ints, start: Ints, end: Ints, weight: Ints, number: int) -> Spans:
    """Where the weights of the covering rows add up to at least `number`: one sort, one running sum."""
    keep = start < end
    if not keep.all():
        key, start, end, weight = key[keep], start[keep], end[keep], weight[keep]
    if not len(key):
        return EMPTY
    keys, times, steps = np.concatenate((key, key)), np.concatenate((start, end)), np.concatenate((weight, -weight))
    # rows mostly come as a few sorted runs, which a stable sort of one number only merges
    order = Scale.of(key, start, end).place(keys, times).argsort(kind="stable")
    keys, times, level = keys[order], times[order], np.cumsum(steps[order])
    last = np.empty(len(keys), np.bool_)
    last[-1] = True
    last[:-1] = (keys[1:] != keys[:-1]) | (times[1:] != times[:-1])
    keys, times, on = keys[last], times[last], (level[last] >= number).astype(np.bool_)
    was = np.concatenate((np.zeros(1, np.bool_), on[:-1]))
    begins = on & ~was
    return Spans(keys[begins], times[begins], times[~on & was])
