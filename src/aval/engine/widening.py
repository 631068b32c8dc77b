"""Widening: what the rounds of a knot do not come to agree on is left open (semantics 2.5, decision 18).

Of exact instants every round makes a further stretch of time right. Of blurred ones it need not: a beginning that is only possible may take
back the very end on which it rests, round after round. Where the first change of a round has not moved on for long, the instances that
keep changing there are *met* from then on: what two rounds agree on stays, all else of them is open. A definite answer is lost, and none is
made: where one of two rounds is right, what both say is right; and what is met only ever says less, so that it comes to rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from aval.engine.algebra import Rest, difference, laid_out, moments, union
from aval.engine.at_once import Available
from aval.model.columns import Ints, Moments, Spans, Timeline
from aval.model.instant import ALWAYS, NEVER, Instant

Made = Timeline | Moments | Mapping[str, Timeline]
"""The column of a declaration, or a column for each of its values."""
C = TypeVar("C", Timeline, Moments)
CALM = 32
"""rounds in which nothing is looked at: nearly all knots have come to rest by then"""
PATIENCE = 8
"""rounds, and one for each declaration, in which the first change may stay where it is"""
STUBBORN = 48
"""rounds after which an instance that is met and still changes is open from its first change on"""


class Unrest:
    """What keeps changing in the rounds of one knot."""

    def __init__(self, size: int, horizon: Instant) -> None:
        """Watch a knot of so many declarations, up to an instant past which nothing counts."""
        self.widened = False
        self._patience, self._horizon = PATIENCE + size, horizon
        self._reached, self._since = ALWAYS, 0
        self._first = NEVER
        self._tracks: dict[tuple[str, str], _Track] = {}

    def met(self, name: str, before: Made, made: Made, turn: int) -> Made:
        """Take note of what a round has changed, and give what is to stand in its place."""
        if turn <= CALM:
            return made
        if isinstance(made, Mapping):
            if not isinstance(before, Mapping) or before.keys() != made.keys():
                return made
            return {value: self._met((name, value), before[value], column, turn) for value, column in made.items()}
        if isinstance(before, Mapping):
            return made
        place = name, ""
        if isinstance(made, Timeline):
            return self._met(place, before, made, turn)
        return self._met(place, before, made, turn)

    def _met(self, place: tuple[str, str], before: Timeline | Moments, made: C, turn: int) -> C:
        if before.frame != made.frame or isinstance(before, Moments) != isinstance(made, Moments):
            return made
        keys, times = _changes(before, made)
        inside = times < self._horizon
        keys, times = keys[inside], times[inside]
        if not len(keys):
            return made
        self._first = min(self._first, int(times.min()))
        track = self._tracks.setdefault(place, _Track(made.frame.size, turn))
        track.note(keys, times, turn)
        here = track.met_since[keys] < NEVER
        stubborn = here & (turn - track.met_since[keys] > STUBBORN)
        since = np.where(stubborn, times, NEVER)[here]
        return _meet(before, made, keys[here], since) if here.any() else made

    def end(self, turn: int) -> None:
        """End a round: where its first change is not later than that of the rounds before, for long, widen what has not moved on."""
        first, self._first = self._first, NEVER
        if first > self._reached:
            self._reached, self._since = first, turn
        elif turn - self._since >= self._patience:
            found = [track.widen(turn, self._patience) for track in self._tracks.values()]
            if any(found):
                self.widened, self._since = True, turn


class _Track:
    """How far the first change of each instance of a column has moved on, since when, and since when the instance is met."""

    def __init__(self, size: int, turn: int) -> None:
        self.reached = np.full(size, ALWAYS)
        self.moved = np.full(size, turn)
        self.seen = np.full(size, -1)
        self.met_since = np.full(size, NEVER)

    def note(self, keys: Ints, times: Ints, turn: int) -> None:
        further = times > self.reached[keys]
        self.reached[keys[further]] = times[further]
        self.moved[keys[further]] = turn
        self.seen[keys] = turn

    def widen(self, turn: int, patience: int) -> bool:
        """Meet from now on the instances that still change and have not moved on."""
        stuck = (turn - self.seen <= 1) & (turn - self.moved >= patience) & (self.met_since == NEVER)
        self.met_since[stuck] = turn
        return bool(stuck.any())


def _changes(before: Timeline | Moments, made: Timeline | Moments) -> tuple[Ints, Ints]:
    """Give the instances of which two columns differ, and the first instant at which they do."""
    if isinstance(before, Timeline) and isinstance(made, Timeline):
        rows = _differing(before, made)
        key, time = rows.key, rows.start
    elif isinstance(before, Moments) and isinstance(made, Moments):
        left, right = _unlike(before, made)
        key = np.concatenate((before.key[left], made.key[right]))
        time = np.concatenate([np.minimum(one.lo, one.hi)[part] for one, part in ((before, left), (made, right))])
    else:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    order = np.lexsort((time, key))
    key, time = key[order], time[order]
    opens = np.ones(len(key), np.bool_)
    opens[1:] = key[1:] != key[:-1]
    return key[opens], time[opens]


def _differing(before: Timeline, made: Timeline) -> Spans:
    """Where two columns differ; in what a power allows, too."""
    pairs = [(before.yes, made.yes), (before.no, made.no)]
    if isinstance(before, Available) and isinstance(made, Available):
        pairs += [(before.allowed.yes, made.allowed.yes), (before.allowed.no, made.allowed.no)]
    found = union(*(difference(one, other) for pair in pairs for one, other in (pair, pair[::-1])))
    if not isinstance(found, Rest):
        return found
    size = made.frame.size
    return difference(Spans(np.arange(size), np.full(size, ALWAYS), np.full(size, NEVER)), found.but)


def _unlike(before: Moments, made: Moments) -> tuple[list[int], list[int]]:
    """Give the places of the occurrences that only one of two columns has."""
    ahead: dict[tuple[int, int, int], list[int]] = {}
    for place, row in enumerate(zip(before.key.tolist(), before.lo.tolist(), before.hi.tolist(), strict=True)):
        ahead.setdefault(row, []).append(place)
    others = []
    for place, row in enumerate(zip(made.key.tolist(), made.lo.tolist(), made.hi.tolist(), strict=True)):
        if ahead.get(row):
            ahead[row].pop()
        else:
            others.append(place)
    return sorted(place for places in ahead.values() for place in places), others


def _meet(before: Timeline | Moments, made: C, keys: Ints, since: Ints) -> C:
    """Leave of these instances only what two columns agree on, and nothing from an instant on that is given for each."""
    if isinstance(made, Moments):
        return _met_moments(before, made, set(keys.tolist())) if isinstance(before, Moments) else made
    if not isinstance(before, Timeline):
        return made
    return _without(made, _of(_differing(before, made), keys), laid_out([(keys, since, np.full(len(keys), NEVER))]))


def _without(column: Timeline, *opened: Spans) -> Timeline:
    gone = union(*opened)
    parts = [difference(part, gone) for part in (column.yes, column.no, column.carried)]
    if isinstance(column, Available):
        return Available(column.frame, *parts, allowed=_without(column.allowed, gone))
    return Timeline(column.frame, *parts)


def _of(part: Spans, keys: Ints) -> Spans:
    """Keep the rows of some instances."""
    kept = np.isin(part.key, keys)
    return Spans(part.key[kept], part.start[kept], part.end[kept])


def _met_moments(before: Moments, made: Moments, keys: set[int]) -> Moments:
    """Occurrences that both have stay; of the others there may be as many as one of the two has, from the first of them on."""
    left, right = _unlike(before, made)
    lost: dict[int, list[list[int]]] = {}
    for side, (column, places) in enumerate(((before, left), (made, right))):
        for place in places:
            if (key := int(column.key[place])) in keys:
                lost.setdefault(key, [[], []])[side].append(int(min(column.lo[place], column.hi[place])))
    kept = np.ones(len(made), np.bool_)
    kept[[place for place in right if int(made.key[place]) in keys]] = False
    rows = [(key, min(one + other)) for key, (one, other) in lost.items() for _ in range(max(len(one), len(other)))]
    table = np.array(rows, np.int64).reshape(-1, 2)
    added = (table[:, 0], table[:, 1], np.full(len(rows), NEVER), np.full(len(rows), -1))
    columns = (np.concatenate((own[kept], more)) for own, more in zip((made.key, made.lo, made.hi, made.cause), added, strict=True))
    return moments(made.frame, *columns)
