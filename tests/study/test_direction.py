"""Which of two conditions is narrower: against an evaluator of the test's own, in every world of four values; moments in their order."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.model import expression as ex
from aval.model.expression import Duration, Expression, Unit
from aval.study.direction import narrower, no_later, not_longer
from aval.study.normal import Naming, normal

ATOMS = tuple(ex.Ref(name) for name in "abc")
Told = tuple[bool, bool]
"""told yes, told no"""
BOTH = (False, True)

conditions: st.SearchStrategy[Expression] = st.recursive(
    st.sampled_from(ATOMS),
    lambda inner: st.one_of(
        inner.map(ex.Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: ex.And(tuple(items))),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: ex.Or(tuple(items))),
    ),
    max_leaves=6,
)


def value(node: Expression, world: dict[str, Told]) -> Told:
    match node:
        case ex.Ref():
            return world[node.name]
        case ex.Not():
            yes, no = value(node.item, world)
            return no, yes
        case ex.And() | ex.Or():
            sides = [value(item, world) for item in node.items]
            join, meet = (all, any) if isinstance(node, ex.And) else (any, all)
            return join(yes for yes, _ in sides), meet(no for _, no in sides)
        case _:
            raise AssertionError(node)


def worlds() -> list[dict[str, Told]]:
    return [dict(zip("abc", told, strict=True)) for told in product(product(BOTH, BOTH), repeat=3)]


def truly_narrower(one: Expression, other: Expression) -> bool:
    pairs = [(value(one, world), value(other, world)) for world in worlds()]
    return all((not a[0] or b[0]) and (not b[1] or a[1]) for a, b in pairs)


@settings(max_examples=200, deadline=None)
@given(conditions, conditions)
def test_narrower_is_told_exactly_where_it_is_so_in_every_world(one: Expression, other: Expression) -> None:
    one, other = normal(one, Naming()), normal(other, Naming())
    assert narrower(one, other) == truly_narrower(one, other)


@settings(max_examples=100, deadline=None)
@given(conditions)
def test_the_normal_form_means_the_same(node: Expression) -> None:
    made = normal(node, Naming())
    assert all(value(node, world) == value(made, world) for world in worlds())


EVENT, OTHER = ex.Ref("e"), ex.Ref("f")


def after(number: int, unit: Unit, item: Expression = EVENT) -> ex.After:
    return ex.After(Duration(number, unit), item)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (EVENT, after(1, Unit.HOUR)),
        (after(30, Unit.DAY), after(90, Unit.DAY)),
        (after(1, Unit.WEEK), after(8, Unit.DAY)),
        (after(11, Unit.MONTH), after(1, Unit.YEAR)),
        (ex.Earlier((EVENT, OTHER)), EVENT),
        (EVENT, ex.Later((EVENT, OTHER))),
        (ex.Later((EVENT, OTHER)), ex.Later((EVENT, OTHER, ex.Ref("g")))),
        (ex.Nth(3, EVENT), ex.Nth(50, EVENT)),
        (ex.Ref("d", (ex.Any(),)), ex.Ref("d", (ex.Name("FRA"),))),
        (ex.Instant("2026-01-06"), ex.Instant("2026-02-01")),
        (ex.Held(ATOMS[0], Duration(3, Unit.MONTH)), ex.Held(ATOMS[0], Duration(12, Unit.MONTH))),
        (ex.Before(Duration(3, Unit.DAY), EVENT), EVENT),
    ],
)
def test_a_moment_that_surely_comes_first(one: Expression, other: Expression) -> None:
    assert no_later(one, other)
    assert not no_later(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (EVENT, OTHER),
        (after(30, Unit.DAY), after(1, Unit.MONTH)),
        (after(24, Unit.HOUR), after(1, Unit.DAY)),
        (after(90, Unit.DAY), after(1, Unit.DAY, OTHER)),
        (ex.Beginning(ATOMS[0]), ex.Beginning(ex.And(ATOMS[:2]))),
        (ex.Instant("2026-01"), ex.Instant("2026-01-06")),
    ],
)
def test_moments_whose_order_is_not_sure(one: Expression, other: Expression) -> None:
    assert not no_later(one, other)
    assert not no_later(other, one)


def test_lengths_of_time() -> None:
    assert not_longer(Duration(48, Unit.HOUR), Duration(72, Unit.HOUR))
    assert not_longer(Duration(72, Unit.HOUR), Duration(10, Unit.DAY))
    assert not not_longer(Duration(1, Unit.MONTH), Duration(30, Unit.DAY))


REF = ex.Ref("x")


def count(number: int, condition: Expression) -> ex.Count:
    return ex.Count(ex.Quantifier.AT_LEAST, number, ex.Binding("%0", "g", condition))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (count(3, REF), count(2, REF)),
        (count(2, ex.And((REF, EVENT))), count(2, REF)),
        (
            ex.Count(ex.Quantifier.NONE, 0, ex.Binding("%0", "g", REF)),
            ex.Count(ex.Quantifier.NONE, 0, ex.Binding("%0", "g", ex.And((REF, EVENT)))),
        ),
        (ex.Share(ex.Bound.AT_LEAST, 3, 4, ex.Binding("%0", "g", REF)), ex.Share(ex.Bound.AT_LEAST, 2, 3, ex.Binding("%0", "g", REF))),
        (ex.Share(ex.Bound.AT_MOST, 2, 3, ex.Binding("%0", "g", REF)), ex.Share(ex.Bound.AT_MOST, 3, 4, ex.Binding("%0", "g", REF))),
        (ex.IsOneOf(ex.Name("$0"), (ex.Name("FRA"),)), ex.IsOneOf(ex.Name("$0"), (ex.Name("FRA"), ex.Name("GBR")))),
        (ex.Happened(after(90, Unit.DAY)), ex.Happened(after(30, Unit.DAY))),
        (ex.HappenedIn(EVENT, ex.Window.BY, (ex.Instant("2026-01-01"),)), ex.HappenedIn(EVENT, ex.Window.BY, (ex.Instant("2027-01-01"),))),
    ],
)
def test_a_condition_that_surely_holds_in_fewer_cases(one: Expression, other: Expression) -> None:
    assert narrower(one, other)
    assert not narrower(other, one)
    assert narrower(ex.Not(other), ex.Not(one))
