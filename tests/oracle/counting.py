"""Counts, shares, weights and numbers for the oracle: every world that the evidence allows is looked at (semantics 2.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import product

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.instant import Instant
from aval.model.statement import Says, Statement
from aval.model.term import Term
from tests.oracle.asking import Asking, Env, fill
from tests.oracle.calendar import moved
from tests.oracle.told import NO, YES, Told, both, turned

Ends = tuple[Fraction | None, Fraction | None]
Standing = tuple[Told, Told]
WAYS = {True: (True,), False: (False,), None: (True, False)}
MOST_UNNAMED = 6


class Counting(Asking):
    """How many, how large a part, how much."""

    def members(self, binding: ex.Binding, env: Env, at: Instant) -> Iterator[tuple[str, Told, Told]]:
        """Yield who may belong, whether it does, and whether it has the condition."""
        day = self._range(binding.fixed_on)[1] if binding.fixed_on else at
        for name in self.candidates(binding.group):
            if self.counted(name):
                inner = {**env, binding.variable: name}
                has = YES if binding.condition is None else self.value(binding.condition, inner, at)
                yield name, self.member(name, binding.group, day), has

    def count(self, node: ex.Count, env: Env, at: Instant) -> Told:
        every = node.quantifier is ex.Quantifier.EVERY
        told = tuple((member, turned(has) if every else has) for _, member, has in self.members(node.binding, env, at))
        number = node.number if node.quantifier is ex.Quantifier.AT_LEAST else 1
        size, whole = self._bounds(node.binding.group)
        found = worlds_agree(told, size, whole, number, None)
        return found if node.quantifier is ex.Quantifier.AT_LEAST else turned(found)

    def share(self, node: ex.Share, env: Env, at: Instant) -> Told:
        told = tuple((member, has) for _, member, has in self.members(node.binding, env, at))
        size, whole = self._bounds(node.binding.group)
        strict = node.bound in (ex.Bound.MORE_THAN, ex.Bound.AT_MOST)
        found = worlds_agree(told, size, whole, 0, (node.numerator, node.denominator, strict))
        return found if node.bound in (ex.Bound.AT_LEAST, ex.Bound.MORE_THAN) else turned(found)

    def _bounds(self, group: str) -> tuple[int | None, bool]:
        """Give the size of a group without those that are not counted, and whether all who can belong are named."""
        declared = self.all.get(group, ag.Group)
        size = declared.size if declared else None
        aside = sum(not self.counted(name) for name in declared.members) if declared else 0
        return (None if size is None else size - aside), self.all_there_are(group)

    def rate(self, node: ex.Rate, env: Env, at: Instant) -> Told:
        """Count the occurrences of the time of that length that ends now; too few is told only of what is received (2.5)."""
        after, ins = ex.After(node.duration, node.item), []
        for lo, hi in self.occurrences(node.item, env):
            come, gone = (hi <= at, at < lo), (moved(after, hi, self.zone) <= at, at < moved(after, min(lo, hi), self.zone))
            ins.append(both([come, turned(gone)]))
        whole = self.only_received(node.item, at)
        number = node.number + (node.bound in (ex.Bound.MORE_THAN, ex.Bound.AT_MOST))
        found = sum(yes for yes, _ in ins) >= number, whole and sum(not no for _, no in ins) < number
        return found if node.bound in (ex.Bound.AT_LEAST, ex.Bound.MORE_THAN) else turned(found)

    def occurrences(self, node: ex.Expression, env: Env) -> list[tuple[Instant, Instant]]:
        """Give each occurrence of what is counted."""
        if isinstance(node, ex.Ref) and isinstance(self.all.declarations[node.name], ag.Event):
            return [row for term in self.terms(node, env, counting=True) for row in self.occurrence(term)]
        return self.moments(node, env)

    def only_received(self, node: ex.Expression, at: Instant) -> bool:
        declared = self.all.declarations.get(node.name) if isinstance(node, ex.Ref) else None
        return isinstance(declared, ag.Event) and (declared.constitutive or self.on_record(declared, at))

    # numbers

    def compare(self, node: ex.Compare, env: Env, at: Instant) -> Told:
        """Told yes where A's least suffices against B's greatest, told no where A's greatest does not against B's least."""
        (low, high), (least, most) = self.number(node.left, env, at), self.number(node.right, env, at)
        strict = node.bound in (ex.Bound.MORE_THAN, ex.Bound.AT_MOST)
        enough: Callable[[Fraction, Fraction], bool] = (lambda a, b: a > b) if strict else (lambda a, b: a >= b)
        found = (
            low is not None and most is not None and enough(low, most),
            high is not None and least is not None and not enough(high, least),
        )
        return found if node.bound in (ex.Bound.AT_LEAST, ex.Bound.MORE_THAN) else turned(found)

    def number(self, node: ex.Expression, env: Env, at: Instant) -> Ends:
        match node:
            case ex.Number(value=value):
                return Fraction(value), Fraction(value)
            case ex.PercentOf(percent=percent, item=item):
                low, high = (None if end is None else end * Fraction(percent) / 100 for end in self.number(item, env, at))
                return low, high
            case ex.Ref():
                return self.quantity(Term(node.name, tuple(fill(arg, env) for arg in node.args if isinstance(arg, ex.Name))), at)
            case ex.Total():
                return self.total(node, env, at)
            case _:
                raise TypeError(node)

    def quantity(self, term: Term, at: Instant) -> Ends:
        """Each end is carried by itself, until another is told and not across a gap between two that differ."""
        low = self._carried([(one, one.amount.low) for one in self._amounts(term) if one.amount and one.amount.low is not None], at, max)
        high = self._carried([(one, one.amount.high) for one in self._amounts(term) if one.amount and one.amount.high is not None], at, min)
        return low, high

    def _amounts(self, term: Term) -> list[Statement]:
        declared = self.all.get(term.name, ag.Quantity)
        assert declared is not None
        assert not declared.acceptance.declared
        return [one for one in self.said.get(term, []) if one.says is Says.AMOUNT and one.grade.step >= 1 and not one.anonymous]

    def _carried(self, told: list[tuple[Statement, object]], at: Instant, join: Callable[[list[Fraction]], Fraction]) -> Fraction | None:
        always = [Fraction(str(end)) for one, end in told if one.when is None]
        spans = [(*self.held(one), Fraction(str(end))) for one, end in told if one.when is not None and one.when.throughout]
        now = always + [end for first, last, end in spans if first <= at < last]
        if now:
            return join(now)
        ended = [last for _, last, _ in spans if last <= at]
        begun = [first for first, _, _ in spans if first > at]
        if not ended:
            return None
        before = join([end for first, last, end in spans if first < max(ended) <= last])
        after = join([end for first, last, end in spans if first <= min(begun) < last]) if begun else before
        return before if before == after else None

    def total(self, node: ex.Total, env: Env, at: Instant) -> Ends:
        """Add up ranges: the least of those told to belong and have it, the greatest of all that are not told otherwise."""
        low, high = Fraction(0), Fraction(0) if self.all_there_are(node.binding.group) else None
        for name, member, has in self.members(node.binding, env, at):
            inner = {**env, node.binding.variable: name}
            least, most = self.number(node.item, inner, at)
            in_it = both([member, has])
            low += (least or Fraction(0)) if in_it[0] else 0
            if not in_it[1]:
                high = None if high is None or most is None else high + most
        return low, high


@cache
def worlds_agree(
    told: tuple[Standing, ...],
    size: int | None,
    whole: bool,  # noqa: FBT001  as a tally has it
    number: int,
    part: tuple[int, int, bool] | None,
) -> Told:
    """Told yes where every world reaches it, in which what is told yes is so; told no where none does, in which what is told no is not."""
    kind, bounded = (0, whole or size is not None)
    found = []
    for side in (True, False):
        reached = {_reached(world, number, part) for world in _worlds(told, size, whole, side=side)}
        found.append(bool(reached) and reached == {side} and (bounded or (side and part is None)))
    return found[kind], found[1]


def _worlds(told: tuple[Standing, ...], size: int | None, whole: bool, *, side: bool) -> Iterator[tuple[int, int]]:  # noqa: FBT001
    """Yield the number of members and of those with the condition; what is told both ways goes to the side that is looked at."""
    ways = [(WAYS[_sided(member, side)], WAYS[_sided(has, side)]) for member, has in told]
    for belongs in product(*(one for one, _ in ways)):
        for with_it in product(*(one for _, one in ways)):
            named, having = sum(belongs), sum(a and b for a, b in zip(belongs, with_it, strict=True))
            for unnamed in range(1 if whole else MOST_UNNAMED):
                if size is None or named + unnamed == size:
                    yield from ((named + unnamed, having + more) for more in range(unnamed + 1))


def _sided(told: Told, side: bool) -> bool | None:  # noqa: FBT001
    return side if told == (True, True) else told[0] if told != (False, False) else None


def _reached(world: tuple[int, int], number: int, part: tuple[int, int, bool] | None) -> bool:
    members, having = world
    if part is None:
        return having >= number
    upper, lower, strict = part
    return members > 0 and (having * lower > upper * members if strict else having * lower >= upper * members)


__all__ = ["NO", "Counting"]
