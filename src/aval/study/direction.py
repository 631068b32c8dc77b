"""Which of two conditions is the narrower one, and which of two moments comes first: told only where it is so in every possible world.

*Narrower* is meant in all four values: where the narrower condition is told yes, so is the wider one, and where the wider one is told no,
so is the narrower one. Conditions are compared as sums of products of what they are made of (Belnap's logic has no excluded middle, so this
decides it); what they are made of, by the rules below. Whatever no rule is sure of is not told.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from aval.model import expression as ex
from aval.model.expression import Bound, Expression, Quantifier, Unit, Window
from aval.model.instant import is_date

MOST = 256
"""parts of a condition written out; beyond that its direction is not told"""

Literal = tuple[bool, Expression]
Parts = list[frozenset[Literal]]

_HOURS = {
    Unit.MINUTE: (1 / 60, 1 / 60),
    Unit.HOUR: (1, 1),
    Unit.DAY: (24, 24),
    Unit.WEEK: (168, 168),
    Unit.MONTH: (28 * 24, 31 * 24),
    Unit.YEAR: (365 * 24, 366 * 24),
}
"""the least and the most hours of a unit"""
_FAMILIES = {Unit.MINUTE: (0, 1), Unit.HOUR: (0, 60), Unit.DAY: (1, 1), Unit.WEEK: (1, 7), Unit.MONTH: (2, 1), Unit.YEAR: (2, 12)}
"""units that are whole numbers of each other: (family, how many of its smallest)"""
_SLACK = 25
"""hours that the end of a day, or a clock that is put back, can add to civil time"""
_GROWING = (Bound.AT_LEAST, Bound.MORE_THAN)


def narrower(one: Expression, other: Expression) -> bool:
    """Whether a condition (both in their normal form) is surely the same as another or narrower."""
    if one == other:
        return True
    sums, products = parts(one, conjunctions=True), parts(other, conjunctions=False)
    if sums is None or products is None:
        return False
    return all(any(_literal(have, want) for have in term for want in clause) for term, clause in product(sums, products))


def parts(node: Expression, *, conjunctions: bool) -> Parts | None:
    """Write a condition as alternatives of conjunctions, or the other way round; `None` where that is too long."""
    return _parts(node, holds=True, sums=conjunctions)


def _parts(node: Expression, *, holds: bool, sums: bool) -> Parts | None:
    match node:
        case ex.Not():
            return _parts(node.item, holds=not holds, sums=sums)
        case ex.And() | ex.Or():
            found = [_parts(item, holds=holds, sums=sums) for item in node.items]
            inner = [one for one in found if one is not None]
            if len(inner) < len(found):
                return None
            listed = (isinstance(node, ex.Or) == holds) == sums
            return _bounded([part for one in inner for part in one]) if listed else _multiplied(inner)
        case _:
            return [frozenset([(holds, node)])]


def _multiplied(lists: Sequence[Parts]) -> Parts | None:
    made: Parts = [frozenset()]
    for one in lists:
        if len(made) * len(one) > MOST:
            return None
        made = [before | part for before in made for part in one]
    return made


def _bounded(found: Parts) -> Parts | None:
    return found if len(found) <= MOST else None


def _literal(one: Literal, other: Literal) -> bool:
    """Whether one literal is the same as the other or narrower."""
    if one[0] != other[0]:
        return False
    return _atom(one[1], other[1]) if one[0] else _atom(other[1], one[1])


def _atom(one: Expression, other: Expression) -> bool:  # noqa: C901, PLR0912  one case for each kind of condition
    """Whether a condition that is no chain is the same as another or narrower."""
    if one == other:
        return True
    match one, other:
        case (ex.Ref(), ex.Ref()):
            return _covered(one, other)
        case (ex.Finds(), ex.Finds()):
            return one.body == other.body and _covered(one.what, other.what)
        case (ex.Happened(), ex.Happened()):
            return no_later(other.item, one.item)
        case (ex.HappenedIn(), ex.Happened()):
            return no_later(other.item, one.item)
        case (ex.HappenedIn(), ex.HappenedIn()):
            return _window(one, other)
        case (ex.IsOneOf(), ex.IsOneOf()):
            return one.item == other.item and set(one.options) <= set(other.options)
        case (ex.Stands(), ex.Stands()):
            return one.item == other.item and set(one.words) <= set(other.words)
        case (ex.RungIs(), ex.RungIs()):
            ladder = one.rung.forthcoming and other.rung.forthcoming
            return one.item == other.item and ladder and one.rung.step >= other.rung.step
        case (ex.Count(), ex.Count()):
            return _count(one, other)
        case (ex.Share(), ex.Share()):
            more = one.numerator * other.denominator - other.numerator * one.denominator
            return one.bound is other.bound and _part(one.bound, more, one.binding, other.binding)
        case (ex.Weight(), ex.Weight()):
            alike = one.bound is other.bound and one.quantity == other.quantity
            return alike and _part(one.bound, one.fraction - other.fraction, one.binding, other.binding)
        case (ex.Rate(), ex.Rate()):
            return (
                one.item == other.item and one.bound is other.bound in _GROWING and one.number >= other.number and _rate_window(one, other)
            )
        case (ex.Compare(left=left, bound=bound, right=ex.Number(percent=here) as low), ex.Compare(right=ex.Number(percent=there) as high)):
            alike = left == other.left and bound is other.bound and here == there
            return alike and (low.value >= high.value if bound in _GROWING else low.value <= high.value)
        case _:
            return False


def _covered(one: ex.Ref, other: ex.Ref) -> bool:
    """Whether whatever is of the one term is of the other too: `any` covers every name."""
    pairs = zip(one.args, other.args, strict=False)
    return one.name == other.name and len(one.args) == len(other.args) and all(a == b or isinstance(b, ex.Any) for a, b in pairs)


def _window(one: ex.HappenedIn, other: ex.HappenedIn) -> bool:
    if one.window is not other.window or not no_later(other.item, one.item) or one.item != other.item:
        return False
    match one.window:
        case Window.BY | Window.BEFORE:
            return no_later(one.limits[0], other.limits[0])
        case Window.AFTER:
            return no_later(other.limits[0], one.limits[0])
        case Window.BETWEEN:
            return no_later(other.limits[0], one.limits[0]) and no_later(one.limits[1], other.limits[1])


def _rate_window(one: ex.Rate, other: ex.Rate) -> bool:
    return one.duration == other.duration or shorter(one.duration, other.duration)


def _count(one: ex.Count, other: ex.Count) -> bool:
    if one.quantifier is not other.quantifier or not _over_alike(one.binding, other.binding):
        return False
    match one.quantifier:
        case Quantifier.AT_LEAST:
            return one.number >= other.number and _asked(one.binding, other.binding)
        case Quantifier.EVERY:
            return _asked(one.binding, other.binding)
        case Quantifier.NONE:
            return _asked(other.binding, one.binding)


def _part(bound: Bound, more: Fraction | int, one: ex.Binding, other: ex.Binding) -> bool:
    """Compare two shares of a group; `more` is by how much the first is greater."""
    if not _over_alike(one, other):
        return False
    return (more >= 0 and _asked(one, other)) if bound in _GROWING else (more <= 0 and _asked(other, one))


def _over_alike(one: ex.Binding, other: ex.Binding) -> bool:
    return (one.variable, one.group, one.fixed_on) == (other.variable, other.group, other.fixed_on)


def _asked(one: ex.Binding, other: ex.Binding) -> bool:
    if one.condition is None or other.condition is None:
        return other.condition is None
    return narrower(one.condition, other.condition)


# ---------------------------------------------------------------- moments


def no_later(one: Expression, other: Expression) -> bool:  # noqa: C901, PLR0912  one case for each kind of moment
    """Whether a moment surely comes whenever another does, and no later than that."""
    if one == other:
        return True
    match one, other:
        case (ex.Later(), _):
            return all(no_later(item, other) for item in one.items)
        case (_, ex.Earlier()):
            return all(no_later(one, item) for item in other.items)
        case (ex.Earlier(), _) if any(no_later(item, other) for item in one.items):
            return True
        case (_, ex.Later()) if any(no_later(one, item) for item in other.items):
            return True
        case (ex.Ref(), ex.Ref()):
            return _covered(other, one)
        case (ex.Finds(), ex.Finds()):
            return one.body == other.body and _covered(other.what, one.what)
        case (ex.Nth(), ex.Nth()):
            return one.number <= other.number and _covered(other.item, one.item)
        case (ex.Instant(), ex.Instant()):
            return is_date(one.text) and is_date(other.text) and one.text <= other.text
        case (ex.Held(), ex.Held()):
            return not_longer(one.duration, other.duration) and narrower(other.item, one.item)
        case (ex.MonthFirst(), ex.MonthFirst()) if one.number <= other.number and no_later(one.item, other.item):
            return True
        case (ex.After() | ex.Expiry(), ex.After() | ex.Expiry()) if type(one) is type(other) and not_longer(one.duration, other.duration):
            return no_later(one.item, other.item)
        case (ex.Before(), ex.Before()) if not_longer(other.duration, one.duration):
            return no_later(one.item, other.item)
        case (ex.AfterPaused(), ex.AfterPaused()) if one.pause == other.pause and not_longer(one.duration, other.duration):
            return no_later(one.item, other.item)
        case (ex.Midnight(), ex.Midnight()) if no_later(one.item, other.item):
            return True
        case (_, ex.After() | ex.Expiry() | ex.MonthFirst() | ex.AfterPaused() | ex.Midnight()):
            return no_later(one, other.item)
        case (ex.Before(), _):
            return no_later(one.item, other)
        case _:
            return False


def not_longer(one: ex.Duration, other: ex.Duration) -> bool:
    """Whether a length of time is surely the same as another or shorter."""
    return one == other or shorter(one, other)


def shorter(one: ex.Duration, other: ex.Duration) -> bool:
    """Whether a length of time is surely shorter than another, wherever both are counted from."""
    (family, factor), (other_family, other_factor) = _FAMILIES[one.unit], _FAMILIES[other.unit]
    if family == other_family:
        return one.number * factor < other.number * other_factor
    slack = _SLACK if family else 0
    return one.number * _HOURS[one.unit][1] + slack < other.number * _HOURS[other.unit][0] - (_SLACK if other_family else 0)


def same_length(one: ex.Duration, other: ex.Duration) -> bool:
    """Whether two lengths of time are the same in other words, as 1 week and 7 days."""
    (family, factor), (other_family, other_factor) = _FAMILIES[one.unit], _FAMILIES[other.unit]
    return family == other_family and one.number * factor == other.number * other_factor
