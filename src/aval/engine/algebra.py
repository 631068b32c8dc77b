"""Set algebra on columns: every operation is one sweep over sorted boundaries, for all instances at once (semantics 2.3).

`and`, `or`, *some*, *every* and *at least n* are one function: where do at least n of these rows cover an instant?
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from aval.model.columns import EMPTY, Frame, Ints, Moments, Spans
from aval.model.instant import ALWAYS, NEVER

_WIDE = 2**62


def spans(rows: Iterable[tuple[int, int, int]]) -> Spans:
    """Make the normal form from any (key, start, end) rows; empty intervals are dropped, overlapping ones joined."""
    table = np.array(list(rows), np.int64).reshape(-1, 3)
    return _covered(table[:, 0], table[:, 1], table[:, 2], np.ones(len(table), np.int64), 1)


def laid_out(parts: Sequence[tuple[Ints, Ints, Ints]]) -> Spans:
    """Make the normal form from columns of key, start and end, as `spans` does from rows."""
    if not parts:
        return EMPTY
    key, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
    return _covered(key, start, end, np.ones(len(key), np.int64), 1)


def everywhere(frame: Frame) -> Spans:
    """Cover all time for every instance."""
    size = frame.size
    return Spans(np.arange(size, dtype=np.int64), np.full(size, ALWAYS), np.full(size, NEVER))


def at_least(number: int, parts: Sequence[Spans]) -> Spans:
    """Where at least `number` of the parts cover an instant. Parts may share rows of one column; each row counts once."""
    parts = [part for part in parts if len(part)]
    if not parts:
        return EMPTY
    key, start, end = (np.concatenate([getattr(part, name) for part in parts]) for name in ("key", "start", "end"))
    return _covered(key, start, end, np.ones(len(key), np.int64), number)


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
    kept = [part for part in parts if len(part)]
    return kept[0] if len(kept) == 1 else at_least(1, kept)


def intersection(*parts: Spans) -> Spans:
    """Where all parts cover."""
    if any(not len(part) for part in parts):
        return EMPTY
    return parts[0] if len(parts) == 1 else at_least(len(parts), parts)


def difference(whole: Spans, removed: Spans) -> Spans:
    """Where `whole` covers and `removed` does not."""
    if not len(whole) or not len(removed):
        return whole
    key, start, end = (np.concatenate([getattr(part, name) for part in (whole, removed)]) for name in ("key", "start", "end"))
    weight = np.concatenate([np.ones(len(whole), np.int64), np.full(len(removed), -1)])
    return _covered(key, start, end, weight, 1)


def complement(part: Spans, frame: Frame) -> Spans:
    """Where `part` does not cover."""
    return difference(everywhere(frame), part)


def distinct(*times: Ints) -> Ints:
    """Give every instant once, in order."""
    # not np.unique: it loads numpy's masked arrays, which costs more than most answers
    found = np.sort(np.concatenate(times))
    new = np.ones(len(found), np.bool_)
    new[1:] = found[1:] != found[:-1]
    return found[new]


def take(part: Spans, source: Ints) -> Spans:
    """Re-key a set: instance i of the result is instance `source[i]` of `part` (-1: nothing is known of it)."""
    rows, keys = _join(part.key, source)
    return Spans(keys, part.start[rows], part.end[rows])


def take_moments(part: Moments, source: Ints, frame: Frame) -> Moments:
    """Re-key occurrences, like `take`."""
    rows, keys = _join(part.key, source)
    return Moments(frame, keys, part.lo[rows], part.hi[rows], part.cause[rows])


def drop(part: Spans, keys: Ints, number: int = 1) -> Spans:
    """Map every row's key through `keys`, then keep where at least `number` rows of the new key cover."""
    if not len(part):
        return EMPTY
    return _covered(keys[part.key], part.start, part.end, np.ones(len(part), np.int64), number)


def moments(frame: Frame, key: Ints, lo: Ints, hi: Ints, cause: Ints) -> Moments:
    """Make the normal form of occurrences."""
    order = np.lexsort((lo, hi, key))
    return Moments(frame, key[order], lo[order], hi[order], cause[order])


def join_moments(frame: Frame, parts: Sequence[Moments]) -> Moments:
    """Put occurrences of one frame together; they stay separate occurrences."""
    if len(parts) == 1:
        return parts[0]
    columns = [[getattr(part, name) for part in parts] for name in ("key", "lo", "hi", "cause")]
    key, lo, hi, cause = (np.concatenate(column) if column else np.zeros(0, np.int64) for column in columns)
    return moments(frame, key, lo, hi, cause)


def _join(keys: Ints, source: Ints) -> tuple[Ints, Ints]:
    """Pair each new instance with the rows of its source, in the order of the new instances."""
    low = np.searchsorted(keys, source, side="left")
    count = np.searchsorted(keys, source, side="right") - low
    count[source < 0] = 0
    new = np.repeat(np.arange(len(source), dtype=np.int64), count)
    before = np.repeat(np.cumsum(count) - count, count)
    rows = np.repeat(low, count) + np.arange(len(new)) - before
    return rows, new


def _covered(key: Ints, start: Ints, end: Ints, weight: Ints, number: int) -> Spans:
    """Where the weights of the covering rows add up to at least `number`: one sort, one running sum."""
    keep = start < end
    if not keep.all():
        key, start, end, weight = key[keep], start[keep], end[keep], weight[keep]
    if not len(key):
        return EMPTY
    keys, times, steps = np.concatenate((key, key)), np.concatenate((start, end)), np.concatenate((weight, -weight))
    order = np.lexsort((times, keys))
    keys, times, level = keys[order], times[order], np.cumsum(steps[order])
    last = np.empty(len(keys), np.bool_)
    last[-1] = True
    last[:-1] = (keys[1:] != keys[:-1]) | (times[1:] != times[:-1])
    keys, times, on = keys[last], times[last], (level[last] >= number).astype(np.bool_)
    was = np.concatenate((np.zeros(1, np.bool_), on[:-1]))
    begins = on & ~was
    return Spans(keys[begins], times[begins], times[~on & was])
