"""Sums of a quantity over a group (semantics 2.5): ranges, since membership, condition and each member's number may all be open.

A number whose lower end nobody told is taken to be 0 or more when it is added up: nobody holds less than nothing. A total that somebody
told for the whole group (`tonnage(members)`) joins the sum by the greatest lower and the least upper end, never by addition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from aval.engine.amounts import Piece, joined_pieces, narrowest, rebase_numbers, told
from aval.engine.frames import joined, source_keys, spread
from aval.engine.protocol import Evaluation, Scope
from aval.engine.tally import Tally, inner_scope, tally
from aval.model.columns import UNTOLD, Ends, Numbers
from aval.model.expression import Binding, Name, Ref
from aval.model.instant import ALWAYS, NEVER
from aval.model.term import Term

NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one of the group stands in one stretch of time: told to belong or not, told to have the condition or not, and its number."""

    belongs: bool
    outside: bool
    has: bool
    lacks: bool
    low: Fraction
    high: Fraction | None

    @property
    def adds(self) -> Ends:
        """What it adds to those with the condition: for certain, and at most."""
        low = self.low if self.belongs and self.has else min(NOTHING, self.low)
        return low, NOTHING if self.outside or self.lacks else self.high

    @property
    def withholds(self) -> Ends:
        """What it adds to those told to belong and not to have the condition, for certain."""
        return (self.low if self.belongs and self.lacks else NOTHING), None

    def leans(self, part: Fraction) -> Ends:
        """What it adds to (those with the condition) - part * (all): at least, and at most. Without an upper end there is no bound."""
        above = 1 - part
        if self.belongs and self.has:
            least: Fraction | None = above * self.low
        elif self.has or self.outside:
            least = NOTHING
        else:
            least = None if self.high is None else -part * self.high
        if self.belongs and self.lacks:
            most: Fraction | None = -part * self.low
        elif self.lacks or self.outside:
            most = NOTHING
        else:
            most = None if self.high is None else above * self.high
        return least, most


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Holdings:
    """A tally, and the number of each on its frame."""

    tally: Tally
    numbers: Numbers

    def summed(self, adds: Callable[[Standing], Ends]) -> Numbers:
        """Add up over the group, at every instant. An end that one of them has no bound for is untold."""
        frame, keys = self.tally.smaller
        changes: dict[int, dict[int, list[Fraction | int]]] = defaultdict(lambda: defaultdict(lambda: [NOTHING, 0, NOTHING, 0]))
        for key, small in enumerate(keys.tolist()):
            for start, end, one in self._stretches(key):
                low, high = adds(one)
                for time, sign in ((start, 1), (end, -1)):
                    change = changes[small][time]
                    change[0] += sign * (low or 0)
                    change[1] += sign * (low is None)
                    change[2] += sign * (high or 0)
                    change[3] += sign * (high is None)
        return Numbers(frame, {small: tuple(_levels(times)) for small, times in changes.items()})

    def _stretches(self, key: int) -> Iterator[tuple[int, int, Standing]]:
        member, condition = self.tally.member, self.tally.condition
        sides = [part.of(key) for part in (member.yes, member.no, condition.yes, condition.no)]
        pieces = self.numbers.pieces.get(key, ())
        edges = [*(edge for side in sides for edge in side), *((start, end) for start, end, _ in pieces)]
        ordered = sorted({ALWAYS, NEVER, *(time for edge in edges for time in edge)})
        for start, end in pairwise(ordered):
            belongs, outside, has, lacks = (any(first <= start < last for first, last in rows) for rows in sides)
            low, high = self.numbers.at(key, start) if pieces else UNTOLD
            low = NOTHING if low is None else low
            yield (
                start,
                end,
                Standing(belongs=belongs, outside=outside, has=has, lacks=lacks, low=low, high=high),
            )


def _levels(times: dict[int, list[Fraction | int]]) -> Iterator[Piece]:
    levels: list[Fraction | int] = [NOTHING, 0, NOTHING, 0]
    ordered = sorted(times)
    for start, end in pairwise(ordered):
        levels = [level + change for level, change in zip(levels, times[start], strict=True)]
        low, no_low, high, no_high = levels
        yield start, end, (None if no_low else Fraction(low), None if no_high else Fraction(high))


def holdings(item: Ref, binding: Binding, scope: Scope, evaluation: Evaluation) -> Holdings:
    """Lay out the group of a binding, and the number that `item` names for each of it."""
    found = tally(binding, scope, evaluation)
    numbers = evaluation.numbers(item, inner_scope(binding, scope, evaluation))
    frame = joined([found.member.frame, numbers.frame])
    wide = Tally(
        axis=found.axis, member=spread(found.member, frame), condition=spread(found.condition, frame), size=found.size, whole=found.whole
    )
    return Holdings(tally=wide, numbers=rebase_numbers(numbers, frame, source_keys(numbers.frame, frame, {})))


def told_total(item: Ref, binding: Binding, evaluation: Evaluation) -> tuple[Piece, ...]:
    """Give what was told of the number of the whole group, as one: the term that has the group in the place of its variable."""
    names = tuple(binding.group if arg == Name(binding.variable) else getattr(arg, "text", "") for arg in item.args)
    counted, _ = evaluation.said_of(Term(item.name, names))
    return joined_pieces(list(told(counted, evaluation.zone(item.name))), narrowest) if len(counted) else ()


def joined_with(column: Numbers, pieces: tuple[Piece, ...]) -> Numbers:
    """Join a sum with what was told of it."""
    if not pieces:
        return column
    keys = range(column.frame.size)
    return Numbers(column.frame, {key: joined_pieces([column.pieces.get(key, ()), pieces], narrowest) for key in keys})
