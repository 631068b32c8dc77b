"""What it would take, as a formula (semantics 2.9): the acts that are asked, and how many of which suffice.

A formula is monotone: another act never makes it less. Thresholds stay thresholds, with a weight for each part, so that "any 11 of
these 19" is one node. Rules that need each other are equations: a `Name` stands for the formula of another term.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aval.model.expression import NOWHERE
from aval.model.frozen import frozen
from aval.model.instant import Instant
from aval.model.problem import Span
from aval.model.term import Term


class Sort(StrEnum):
    """The sort of an act."""

    HAPPENS = "happens"
    """an event comes about (`yes` false: it is told not to have)"""
    HOLDS = "holds"
    """a reported state comes to hold (`yes` false: it ceases to)"""
    BELONGS = "belongs"
    """somebody comes to belong to a group"""
    AMOUNTS = "amounts"
    """a quantity comes to a number"""
    STANDS = "stands"
    """a party's contribution comes to stand on a rung"""
    FINDS = "finds"
    """a body finds something"""
    VOTES = "votes"
    """a member of a body votes for something"""


@frozen()
class Act:
    """One hypothetical act. Two keys to the same act differ only in when it is asked, and by which clause.

    `body` is who finds, or in which body it is voted; `member` who votes; `rung` where a contribution comes to stand; `low` and `high` the
    ends of a number.
    """

    sort: Sort
    term: Term
    yes: bool = True
    body: str = ""
    member: str = ""
    rung: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


@frozen()
class Met:
    """Nothing is needed."""


@frozen()
class Never:
    """No act of anybody can bring it about."""


@frozen()
class Key:
    """An act that has to come by an instant. `span` is the clause that asks for it."""

    act: Act
    by: Instant
    span: Span = field(default=NOWHERE, compare=False)


@frozen()
class Name:
    """The formula of another term."""

    place: tuple[Term, str, bool, Instant, Instant]


@frozen()
class Enough:
    """Parts whose weights add up to at least `need`. Of all parts, or of any one of them, the weights are 1."""

    need: Fraction
    parts: tuple[tuple[Fraction, Formula], ...]

    @property
    def every(self) -> bool:
        """Whether no part can be spared."""
        return sum(weight for weight, _ in self.parts) - min(weight for weight, _ in self.parts) < self.need

    @property
    def any(self) -> bool:
        """Whether each part is enough by itself."""
        return min(weight for weight, _ in self.parts) >= self.need

    @property
    def counted(self) -> bool:
        """Whether all parts weigh the same."""
        return len({weight for weight, _ in self.parts}) == 1


@frozen()
class Then:
    """Both, a guard first: what stands as `Early` in it strictly before the moment, the rest at that instant at the latest."""

    first: Formula
    after: Formula


@frozen()
class Early:
    """A condition that has to be so strictly before the moment that it guards, as a state has to be."""

    part: Formula


Formula = Met | Never | Key | Name | Enough | Then | Early
MET, NEVER_MET = Met(), Never()
ONE = Fraction(1)


def enough(need: Fraction | int, parts: Iterable[tuple[Fraction | int, Formula]]) -> Formula:
    """Make a threshold in its simplest form: what is met is taken off, what cannot be is left out."""
    rest, kept = Fraction(need), list[tuple[Fraction, Formula]]()
    for weight, part in parts:
        if isinstance(part, Met):
            rest -= Fraction(weight)
        elif not isinstance(part, Never) and weight > 0:
            kept.append((Fraction(weight), part))
    if rest <= 0:
        return MET
    if sum((weight for weight, _ in kept), Fraction(0)) < rest:
        return NEVER_MET
    made = Enough(rest, tuple(kept))
    if not (made.every or made.any):
        return made
    joined = dict.fromkeys(part for _, kept_part in kept for part in _flat(kept_part, every=made.every))
    if len(joined) == 1:
        return next(iter(joined))
    return Enough(Fraction(len(joined)) if made.every else ONE, tuple((ONE, part) for part in joined))


def _flat(part: Formula, *, every: bool) -> Iterable[Formula]:
    """Give the parts of a part of the same sort: all of them where all are needed, any where any will do."""
    if isinstance(part, Enough) and (part.every if every else part.any) and not (part.every and part.any):
        return tuple(inner for _, inner in part.parts)
    return (part,)


def every_of(parts: Iterable[Formula]) -> Formula:
    """All of them."""
    listed = list(parts)
    return enough(len(listed), [(1, part) for part in listed])


def any_of(parts: Iterable[Formula]) -> Formula:
    """Any one of them."""
    return enough(1, [(1, part) for part in parts])


def early(part: Formula) -> Formula:
    """Ask for something strictly before the moment that it guards."""
    return part if isinstance(part, Met | Never) else Early(part)


def then(first: Formula, after: Formula) -> Formula:
    """Put a guard before the moment that it guards."""
    if isinstance(first, Never) or isinstance(after, Never):
        return NEVER_MET
    if isinstance(first, Met):
        return after
    return first if isinstance(after, Met) else Then(first, after)
