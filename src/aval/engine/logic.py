"""The logic of columns: `and`, `or`, `not` as set operations on what was told yes and told no (semantics 2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from aval.engine.algebra import Rest, among, complement, distinct, everywhere, intersection, put_off, settled, take, union
from aval.engine.frames import joined, spread
from aval.engine.sampling import places
from aval.model.columns import EMPTY, Frame, Spans, Timeline


def conjunction(parts: Sequence[Timeline], frame: Frame | None = None) -> Timeline:
    """Told yes where all are, told no where one is. Of nothing: yes everywhere."""
    frame = frame or joined(part.frame for part in parts)
    if not parts:
        return Timeline(frame, everywhere(frame), EMPTY)
    if len(parts) == 1 and type(parts[0]) is Timeline and parts[0].frame == frame:
        return parts[0]

    def carried() -> Spans:
        return union(*(spread(part, frame).carried for part in parts))

    yes = _meeting(frame, [(part.frame, part.yes) for part in parts])
    no = complement(_meeting(frame, [(part.frame, complement(part.no, part.frame)) for part in parts]), frame)
    return Timeline(frame, yes, no, put_off(carried, frame))


def _meeting(frame: Frame, parts: Sequence[tuple[Frame, Spans]]) -> Spans:
    """Where all parts cover. Where one of them speaks of few instances, the others are looked at for those alone."""
    few = [part for own, part in parts if own == frame and not isinstance(settled(part), Rest)]
    if all(own == frame for own, _ in parts) or not few:
        return intersection(*(spread(Timeline(own, part), frame).yes for own, part in parts))
    keys = distinct(min(few, key=len).key)
    found = [among(part, keys) if own == frame else take(part, places(frame, keys, own.axes, {}, runs=own.runs)) for own, part in parts]
    met = intersection(*found)
    return Spans(keys[met.key], met.start, met.end)


def disjunction(parts: Sequence[Timeline]) -> Timeline:
    """Told yes where one is, told no where all are."""
    return negation(conjunction([negation(part) for part in parts]))


def negation(part: Timeline) -> Timeline:
    """What was told for it is told against it, and the reverse."""
    return Timeline(part.frame, part.no, part.yes, part.carried)


def constant(frame: Frame, *, yes: bool) -> Timeline:
    """The same value for every instance, always."""
    full: Spans = everywhere(frame)
    return Timeline(frame, full, EMPTY) if yes else Timeline(frame, EMPTY, full)


def same(left: Timeline, right: Timeline) -> bool:
    """Whether both say the same everywhere."""
    return left.yes.same_as(right.yes) and left.no.same_as(right.no)
