"""Sums of a quantity over a group (semantics 2.5): ranges, since membership, condition and each member's number may all be open.

A number whose lower end nobody told is taken to be 0 or more when it is added up: nobody holds less than nothing. A total that somebody
told for the whole group (`tonnage(members)`) joins the sum by the greatest lower and the least upper end, never by addition.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from aval.engine.algebra import covers_at, distinct, last_at, stored
from aval.engine.amounts import Piece, joined_pieces, narrowest, told
from aval.engine.frames import joined, source_keys, spread
from aval.engine.patched import paired
from aval.engine.protocol import Evaluation, Scope
from aval.engine.tally import Tally, inner_scope, tally
from aval.model.claims import Coded
from aval.model.columns import UNTOLD, Ends, Ints, Numbers
from aval.model.expression import Binding, Name, Ref
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER
from aval.model.term import Term

NOTHING = Fraction(0)
_WIDE = 2**62


@frozen(kw_only=True)
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
    """A tally, and the number of each; `source` gives for every instance of the tally the one that its number is of, -1 for none."""

    tally: Tally
    numbers: Numbers
    source: Ints

    def summed(self, adds: Callable[[Standing], Ends]) -> Numbers:
        """Add up over the group, at every instant. An end that one of them has no bound for is untold."""
        frame, smaller = self.tally.smaller
        key, start, end, found, standings = self._stretches()
        added = [adds(one) for one in standings]
        whole = math.lcm(*(part.denominator for ends in added for part in ends if part is not None))
        exact = [[int((part or NOTHING) * whole) for part in ends] + [part is None for part in ends] for ends in added]
        widest = max((abs(part) for row in exact for part in row), default=0)
        # past 64 bits the sums are Python's own integers
        levels = np.array(exact, np.int64 if widest * (len(found) + 1) < _WIDE else object).reshape(-1, 4)[found]
        small = smaller[key]
        times = np.concatenate((start, end))
        owner, change = np.concatenate((small, small)), np.concatenate((levels, -levels))
        order = np.lexsort((times, owner))
        owner, times = owner[order], times[order]
        sums = np.cumsum(change[order], axis=0) if len(order) else change
        pieces: dict[int, list[Piece]] = defaultdict(list)
        # of one group the changes add up to nothing in the end, so that the running sum of the next one begins anew
        cut = np.flatnonzero((owner[1:] == owner[:-1]) & (times[1:] != times[:-1]))
        known: dict[tuple[int, ...], Ends] = {}
        for group, begins, stops, row in zip(*(part.tolist() for part in (owner[cut], times[cut], times[cut + 1], sums[cut])), strict=True):
            if (ends := known.get(total := tuple(row))) is None:
                low, high, no_low, no_high = total
                ends = known[total] = (None if no_low else Fraction(low, whole), None if no_high else Fraction(high, whole))
            pieces[group].append((begins, stops, ends))
        return Numbers(frame, {group: tuple(rows) for group, rows in pieces.items()})

    def _stretches(self) -> tuple[Ints, Ints, Ints, Ints, list[Standing]]:
        """Cut the time of each into stretches of one standing: whose, from, to, which; and the different standings there are."""
        member, condition = self.tally.member, self.tally.condition
        sides = (member.yes, member.no, condition.yes, condition.no)
        told = [(key, *piece) for key, pieces in sorted(self.numbers.pieces.items()) for piece in pieces]
        narrow, begins, stops = (np.array([row[place] for row in told], np.int64) for place in (0, 1, 2))
        rows_told, own = paired(narrow, self.source)
        begins, stops = begins[rows_told], stops[rows_told]
        rows = [stored(side) for side in sides]
        every = np.arange(member.frame.size, dtype=np.int64)
        key = np.concatenate((every, *(part.key for part in rows), *(part.key for part in rows), own, own))
        start = np.concatenate(
            (np.full(len(every), ALWAYS), *(part.start for part in rows), *(part.end for part in rows), begins, stops),
        )
        order = np.lexsort((start, key))
        key, start = key[order], start[order]
        fresh = np.ones(len(key), np.bool_)
        fresh[1:] = (key[1:] != key[:-1]) | (start[1:] != start[:-1])
        fresh &= start < NEVER
        key, start = key[fresh], start[fresh]
        end = np.full(len(key), NEVER)
        end[:-1] = np.where(key[1:] == key[:-1], start[1:], NEVER)
        place = last_at(own, begins, key, start)
        number = np.where((place >= 0) & (stops[place] > start) if len(own) else np.zeros(len(key), np.bool_), place, -1)
        kinds = Coded.of([UNTOLD, *(row[3] for row in told)])
        code = np.append(kinds.codes[1:][rows_told], 0)[number]
        for side in sides:
            code = code * 2 + covers_at(side, key, start)
        codes = distinct(code)
        return key, start, end, np.searchsorted(codes, code), [_standing(each, kinds.values) for each in codes.tolist()]


def _standing(code: int, kinds: Sequence[Ends]) -> Standing:
    belongs, outside, has, lacks = (bool(code >> bit & 1) for bit in (3, 2, 1, 0))
    low, high = kinds[code >> 4]
    return Standing(belongs=belongs, outside=outside, has=has, lacks=lacks, low=NOTHING if low is None else low, high=high)


def holdings(item: Ref, binding: Binding, scope: Scope, evaluation: Evaluation) -> Holdings:
    """Lay out the group of a binding, and the number that `item` names for each of it."""
    found = tally(binding, scope, evaluation, apart=False)  # nothing was told of what the others hold, however many they are
    numbers = evaluation.numbers(item, inner_scope(binding, scope, evaluation))
    frame = joined([found.member.frame, numbers.frame])
    wide = Tally(
        axis=found.axis, member=spread(found.member, frame), condition=spread(found.condition, frame), size=found.size, whole=found.whole
    )
    return Holdings(tally=wide, numbers=numbers, source=source_keys(numbers.frame, frame, {}))


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
