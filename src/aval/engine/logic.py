"""The logic of columns: `and`, `or`, `not` as set operations on what was told yes and told no (semantics 2.3)."""

from __future__ import annotations

from collections.abc import Sequence

from aval.engine.algebra import everywhere, intersection, put_off, union
from aval.engine.frames import joined, spread
from aval.model.columns import EMPTY, Frame, Spans, Timeline


def conjunction(parts: Sequence[Timeline], frame: Frame | None = None) -> Timeline:
    """Told yes where all are, told no where one is. Of nothing: yes everywhere."""
    frame = frame or joined(part.frame for part in parts)
    if not parts:
        return Timeline(frame, everywhere(frame), EMPTY)
    spread_out = [spread(part, frame) for part in parts]
    return Timeline(
        frame,
        intersection(*(part.yes for part in spread_out)),
        union(*(part.no for part in spread_out)),
        put_off(lambda: union(*(part.carried for part in spread_out)), frame),
    )


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
