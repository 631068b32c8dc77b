"""Knots: rules that depend on each other, solved in time order by rounds over the same columns (semantics 2.5, decision 18).

What a rule reads strictly before the instant that it decides may be taken from an earlier round: every round makes a further stretch of
time right, whatever stood there before. What rules without a turn need of each other at one instant is their least fixpoint, from *no*
everywhere, so that nothing holds itself up.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from enum import Enum, auto
from typing import Protocol

import numpy as np

from aval.engine.algebra import moments
from aval.engine.at_once import Available
from aval.engine.budget import Budget
from aval.engine.codes import TOO_COSTLY, TURNING_CYCLE
from aval.engine.logic import constant
from aval.engine.order import Way, Ways, edges_in, strands, turning
from aval.engine.widening import Made, Unrest
from aval.model.agreement import Agreements, Ban, Duty, Event, Moment, Power, State
from aval.model.columns import Frame, Ints, Moments, Spans, Timeline
from aval.model.four import Value
from aval.model.instant import NEVER, Instant
from aval.model.problem import Problem, Unsupported


class Rest(Enum):
    """How a knot came to rest: by itself, by leaving open what its rounds do not agree on, or because it was cut off at the horizon."""

    WHOLE = auto()
    WIDENED = auto()
    BEYOND = auto()


ROUNDS = 2_000
_PATIENT = 64
"""rounds after which only what lies before the horizon is waited for"""
HORIZON: Instant = 4_102_444_800_000_000
"""The year 2100, to which an endless chain of rules is followed; past it, such rules are open. It depends on no view."""


class Loom(Protocol):
    """What a knot is made on: an evaluation that can make a declaration's column anew."""

    agreements: Agreements
    ways: Ways
    budget: Budget

    def set_out(self, name: str) -> Frame:
        """Give the frame of a declaration's parameters."""
        ...

    def start(self, name: str) -> Made:
        """Give the column that a declaration starts the rounds with."""
        ...

    def make(self, name: str) -> Made:
        """Work a declaration's column out from the present columns."""
        ...

    def present(self, name: str) -> Made:
        """Give the present column of a declaration."""
        ...

    def drop(self, names: Iterable[str]) -> None:
        """Forget the columns of a knot that is not solved."""
        ...

    def put(self, name: str, made: Made) -> None:
        """Take a column as the present one, and forget what was worked out from the one before."""
        ...

    def hurry(self, names: Iterable[str]) -> None:
        """Let each value of these states see, within a round, what those before it have become."""
        ...

    def exact(self, knot: Iterable[str]) -> bool:
        """Whether all that a knot read and made is known to the instant, and before the horizon."""
        ...


def untie(knot: tuple[str, ...], loom: Loom) -> bool:
    """Solve a knot; say whether it came to rest by itself, or else was widened, or cut off at the horizon.

    Raises `Unsupported` for one that turns within an instant, or that does not come to rest at all.
    """
    ways = loom.ways
    refuse_turns(knot, ways, loom.agreements)
    try:
        if _hurried(knot, loom):
            return True
        rest = _begun(knot, ways, loom)
        for name in knot if rest is Rest.BEYOND else ():
            loom.put(name, _cut(loom.present(name)))
    except BaseException:
        loom.drop(knot)
        raise
    return rest is Rest.WHOLE


def _hurried(knot: tuple[str, ...], loom: Loom) -> bool:
    """Solve a knot value by value, which takes few rounds; say whether that was possible.

    Where all is known to the instant there is no other solution. Of blurred instants there may be, so that those take the rounds as they
    are; what was spent on the attempt does not count then.
    """
    valued = [name for name in knot if getattr(loom.agreements.declarations[name], "values", ())]
    if not valued:
        return False
    spent = loom.budget.spent
    loom.hurry(valued)
    try:
        solved = _begun(knot, loom.ways, loom) is Rest.WHOLE and loom.exact(knot)
    except Unsupported:
        solved = False
    finally:
        loom.hurry(())
    if not solved:
        loom.budget.spent = spent
    return solved


def _begun(knot: tuple[str, ...], ways: Ways, loom: Loom) -> Rest:
    for name in knot:
        loom.put(name, loom.start(name))
    return _solved(knot, ways, loom)


def _solved(knot: tuple[str, ...], ways: Ways, loom: Loom) -> Rest:
    """Go round until nothing changes, or nothing before the horizon; say which it is."""
    edges = frozenset(name for one in knot for name in edges_in(loom.agreements.declarations[one], loom.agreements))
    readers = {name: _touched(name, knot, ways, loom.agreements, edges) for name in knot}
    order = strands(knot, ways)
    stale, beyond, unrest = set(knot), False, Unrest(len(knot), HORIZON)
    for turn in range(ROUNDS):
        for strand in order:
            if not stale.isdisjoint(strand):
                stale.difference_update(strand)
                grows = len(strand) > 1 or Way.PLAIN in ways[strand[0]].get(strand[0], ())
                for name, before in (_grown if grows else _changed)(strand, loom, unrest, turn):
                    if turn > _PATIENT and alike(before, loom.present(name), HORIZON):
                        beyond = True
                    else:
                        stale.update(readers[name])
        if not stale:
            return Rest.BEYOND if beyond else Rest.WIDENED if unrest.widened else Rest.WHOLE
        unrest.end(turn)
    raise _restless(knot, loom.agreements)


def _touched(name: str, knot: tuple[str, ...], ways: Ways, agreements: Agreements, edges: Container[str]) -> set[str]:
    """Give what has to be made anew where a column has changed: its readers, and those of a norm, whose words may change.

    So have the readers of a state whose edges somebody asks for: what may begin or end it is looked at, too.
    """
    found: set[str] = set()
    ahead = [name]
    while ahead:
        here = ahead.pop()
        fresh = {other for other in knot if here in ways[other]} - found
        found |= fresh
        ahead += [other for other in fresh if isinstance(agreements.declarations[other], Duty | Ban | Power) or other in edges]
    return found


def _changed(strand: Iterable[str], loom: Loom, unrest: Unrest, turn: int) -> list[tuple[str, Made]]:
    """Make the columns of a strand anew, and give the names of those that differ, each with what stood there before."""
    found = []
    for name in strand:
        before = loom.present(name)
        made = unrest.met(name, before, loom.make(name), turn)
        if loom.present(name) is not before or not alike(before, made, NEVER):
            loom.put(name, made)
            found.append((name, before))
    return found


def _grown(strand: tuple[str, ...], loom: Loom, unrest: Unrest, turn: int) -> list[tuple[str, Made]]:
    """Grow the columns of a strand from *no* everywhere to their least fixpoint (2.5)."""
    before = {name: loom.present(name) for name in strand}
    for name in strand:
        loom.put(name, _nothing(name, loom))
    within = Unrest(len(strand), HORIZON)
    for inner in range(ROUNDS):
        if not _changed(strand, loom, within, inner):
            break
        within.end(inner)
    else:
        raise _restless(strand, loom.agreements)
    unrest.widened |= within.widened
    for name in strand:
        grown = loom.present(name)
        if (made := unrest.met(name, before[name], grown, turn)) is not grown:
            loom.put(name, made)
    return [(name, made) for name, made in before.items() if not alike(made, loom.present(name), NEVER)]


def ground(name: str, loom: Loom) -> Made:
    """Give the column that a declaration starts the rounds with: what it was from the start, always."""
    declared, frame = loom.agreements.declarations[name], loom.set_out(name)
    if isinstance(declared, State) and declared.values:
        first = declared.initial_value
        return {value: constant(frame, yes=value == first) if first else Timeline(frame) for value in declared.values}
    if isinstance(declared, State) and declared.initial is not Value.NO:
        return constant(frame, yes=True) if declared.initial is Value.YES else Timeline(frame)
    return _nothing(name, loom)


def _nothing(name: str, loom: Loom) -> Made:
    declared, frame = loom.agreements.declarations[name], loom.set_out(name)
    if isinstance(declared, Moment | Event):
        return Moments(frame, *(np.zeros(0, np.int64),) * 4)
    return constant(frame, yes=False)


def alike(left: Made, right: Made, until: Instant) -> bool:
    """Whether two columns of a declaration say the same before an instant."""
    if isinstance(left, Timeline) and isinstance(right, Timeline):
        # what is carried moves nothing, and is read to the end all the same: else it would hang on what other instances do
        parts = [(left.yes, right.yes), (left.no, right.no), *([(left.carried, right.carried)] if until == NEVER else [])]
        same = left.frame == right.frame and all(_same(one, other, until) for one, other in parts)
        if same and isinstance(left, Available) and isinstance(right, Available):
            return alike(left.allowed, right.allowed, until)
        return same and isinstance(left, Available) == isinstance(right, Available)
    if isinstance(left, Moments) and isinstance(right, Moments):
        return left.frame == right.frame and all(map(np.array_equal, _rows(left, until), _rows(right, until)))
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return all(alike(left[value], right[value], until) for value in left)
    return False


def _same(left: Spans, right: Spans, until: Instant) -> bool:
    return _clipped(left, until).same_as(_clipped(right, until))


def _clipped(part: Spans, until: Instant) -> Spans:
    if until == NEVER:
        return part
    before = part.start < until
    return Spans(part.key[before], part.start[before], np.minimum(part.end[before], until))


def _cut(made: Made) -> Made:
    """Leave open what lies past the horizon: nobody has worked it out to the end."""
    if isinstance(made, Timeline):
        return _cut_off(made)
    if isinstance(made, Moments):
        lo, hi = np.minimum(made.lo, HORIZON), np.where(made.hi < HORIZON, made.hi, NEVER)
        return moments(made.frame, made.key, lo, hi, made.cause)
    return {value: _cut_off(column) for value, column in made.items()}


def _cut_off(column: Timeline) -> Timeline:
    cut = Timeline(column.frame, *(_clipped(part, HORIZON) for part in (column.yes, column.no, column.carried)))
    return Available(cut.frame, cut.yes, cut.no, cut.carried, allowed=_cut_off(column.allowed)) if isinstance(column, Available) else cut


def _rows(column: Moments, until: Instant) -> tuple[Ints, Ints, Ints]:
    if until == NEVER:
        return column.key, column.lo, column.hi
    before = np.minimum(column.lo, column.hi) < until
    return column.key[before], column.lo[before], np.minimum(column.hi[before], until)


def refuse_turns(knot: Iterable[str], ways: Ways, agreements: Agreements) -> None:
    """Raise `Unsupported` for a knot in which a rule waits for another's change of the same instant."""
    strand = turning(knot, ways)
    if strand:
        declared = agreements.declarations[strand[0]]
        message = f"{' and '.join(strand)} wait for each other's change"
        hint = "let one of them begin with an event instead, or some time after the other"
        raise Unsupported((Problem(code=TURNING_CYCLE, message=message, span=declared.meta.span, hint=hint),))


def _restless(knot: Iterable[str], agreements: Agreements) -> Unsupported:
    names = tuple(knot)
    message = f"{' and '.join(names)} drive each other on and on, and do not come to rest within {ROUNDS} rounds"
    hint = "let the longer of their delays be counted from an event"
    return Unsupported((Problem(code=TOO_COSTLY, message=message, span=agreements.declarations[names[0]].meta.span, hint=hint),))
