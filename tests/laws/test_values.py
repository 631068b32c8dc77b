"""The four values: Belnap's logic on single values and on timelines, and that evidence only adds (semantics 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as some

from aval.engine.algebra import spans, union
from aval.engine.logic import conjunction, constant, disjunction, negation, same
from aval.engine.lookup import look
from aval.engine.world import World
from aval.model import agreement as ag
from aval.model.columns import Axis, Frame, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.statement import Statement
from aval.model.view import View
from tests.engine.support import ZONE, Row, agreements, statements

HERE = Frame((Axis("p", ("RED", "BLU")),))
WIDE = Frame((Axis("p", ("RED", "BLU")), Axis("q", ("x", "y"))))
YES, NO = constant(HERE, yes=True), constant(HERE, yes=False)


def point(value: Value) -> Timeline:
    """Give a column that has one value everywhere."""
    sides = [spans([(key, ALWAYS, NEVER) for key in range(HERE.size)] if told else []) for told in (value.told_yes, value.told_no)]
    return Timeline(HERE, *sides)


def read(column: Timeline) -> Value:
    found = {look(column, {"p": name}, at).value for name in ("RED", "BLU") for at in (ALWAYS, 0, NEVER - 1)}
    assert len(found) == 1
    return found.pop()


TABLE = {
    (Value.YES, Value.YES): (Value.YES, Value.YES),
    (Value.YES, Value.NO): (Value.NO, Value.YES),
    (Value.YES, Value.OPEN): (Value.OPEN, Value.YES),
    (Value.YES, Value.CONTESTED): (Value.CONTESTED, Value.YES),
    (Value.NO, Value.NO): (Value.NO, Value.NO),
    (Value.NO, Value.OPEN): (Value.NO, Value.OPEN),
    (Value.NO, Value.CONTESTED): (Value.NO, Value.CONTESTED),
    (Value.OPEN, Value.OPEN): (Value.OPEN, Value.OPEN),
    (Value.OPEN, Value.CONTESTED): (Value.NO, Value.YES),
    (Value.CONTESTED, Value.CONTESTED): (Value.CONTESTED, Value.CONTESTED),
}
"""Belnap's `and` and `or`."""


def test_single_values_are_those_of_belnaps_table() -> None:
    for (one, other), (meet, join) in TABLE.items():
        for pair in ((one, other), (other, one)):
            columns = [point(value) for value in pair]
            assert (read(conjunction(columns)), read(disjunction(columns))) == (meet, join), pair
    swapped = {Value.YES: Value.NO, Value.NO: Value.YES}
    assert all(read(negation(point(value))) is swapped.get(value, value) for value in Value)
    assert all(Value.of(yes=value.told_yes, no=value.told_no) is value for value in Value)


EDGES = (ALWAYS, *range(6), NEVER)


@some.composite
def columns(draw: some.DrawFn, frame: Frame = HERE) -> Timeline:
    """Give any timeline over a few instants, contested and open stretches and all."""
    pieces = [(key, start, end) for key in range(frame.size) for start, end in pairwise(EDGES)]
    told = [union(spans([piece for piece in pieces if draw(some.booleans())])) for _ in range(2)]
    return Timeline(frame, *told)


def more(told: Timeline, news: Timeline) -> Timeline:
    """Give what both tell together: above each of them in what is known."""
    return Timeline(told.frame, union(told.yes, news.yes), union(told.no, news.no))


def within(less: Timeline, whole: Timeline) -> bool:
    """Whether all that the one tells the other tells too."""
    return same(more(less, whole), whole)


ANY = some.one_of(columns(), columns(WIDE))


@settings(max_examples=60, deadline=None)
@given(ANY, ANY, ANY)
def test_timelines_are_a_lattice_with_an_involution(a: Timeline, b: Timeline, c: Timeline) -> None:
    def both(*parts: Timeline) -> Timeline:
        return conjunction([*parts], WIDE)

    def either(*parts: Timeline) -> Timeline:
        return negation(conjunction([negation(part) for part in parts], WIDE))

    pairs: Sequence[tuple[Timeline, Timeline]] = [
        (both(negation(negation(a))), both(a)),
        (negation(both(a, b)), either(negation(a), negation(b))),
        (negation(either(a, b)), both(negation(a), negation(b))),
        (both(a, b), both(b, a)),
        (both(a, both(b, c)), both(both(a, b), c)),
        (both(a, b, c), both(both(a, b), c)),
        (both(a, a), both(a)),
        (both(a, either(a, b)), both(a)),
        (either(a, both(a, b)), both(a)),
        (both(a, either(b, c)), either(both(a, b), both(a, c))),
        (both(a, YES), both(a)),
        (either(a, NO), both(a)),
        (both(a, NO), both(NO)),
        (either(a, YES), both(YES)),
        (disjunction([a, b, constant(WIDE, yes=False)]), either(a, b)),
    ]
    assert [place for place, (left, right) in enumerate(pairs) if not same(left, right)] == []


@settings(max_examples=60, deadline=None)
@given(columns(), columns(), columns())
def test_who_is_told_more_concludes_no_less(a: Timeline, b: Timeline, news: Timeline) -> None:
    known = more(a, news)
    rules: Sequence[Callable[[Timeline], Timeline]] = [negation, lambda one: conjunction([one, b]), lambda one: disjunction([one, b])]
    assert all(within(rule(a), rule(known)) for rule in rules)
    assert within(a, known)
    assert within(news, known)


WORLD = """
party RED
party BLU
group sides is RED, BLU
event done
event signed(p: sides)
  legal act
event often
  repeats
event received
  constitutive
state held
state begun
  starts as no
state kept(p: sides)
  accepted from at least 2 independent sources of grade medium
state both_hold
  while held and kept(RED)
state one_holds
  while held or not kept(BLU) or done happened
"""
TERMS = ("done", "signed(RED)", "signed(BLU)", "often", "received", "held", "begun", "kept(RED)", "kept(BLU)")


def row(number: int, term: str, first: int, length: int, more_of: tuple[bool, bool, bool]) -> Row:
    yes, throughout, dated = more_of
    reported = term.startswith(("held", "begun", "kept"))
    told: dict[str, object] = {"says": "holds" if reported else "happened", "term": term, "polarity": "yes" if yes else "no"}
    told |= {"label": f"s{number}", "voice": f"paper {number}", "said": "2026-03-31"}
    if reported:
        told["throughout"] = "yes" if throughout else "no"
    if dated:
        told |= {"first": f"2026-03-{first:02}", "last": f"2026-03-{first + length:02}"}
    return told


ROWS = some.lists(
    some.tuples(some.sampled_from(TERMS), some.integers(1, 9), some.integers(0, 3), some.tuples(*[some.booleans()] * 3)),
    min_size=1,
    max_size=7,
)


def told_of(found: ag.Agreements, said: Sequence[Statement]) -> dict[tuple[str, str, Instant], tuple[Value, bool]]:
    """Give every value at every hour of day that matters, and whether it is only carried."""
    world = World(found, said, View(at=0, known=NEVER), ZONE)
    days = [1_772_323_200_000_000 + hour * 3_600_000_000 for hour in range(0, 32 * 24, 12)]
    seen = {}
    for name, declared in found.declarations.items():
        if isinstance(declared, ag.Event | ag.State):
            column = world.happened(name) if isinstance(declared, ag.Event) else world.state(name)
            for who, at in product(("RED", "BLU") if ag.params_of(declared) else ("",), days):
                shown = look(column, {"p": who} if who else {}, at)
                seen[name, who, at] = (shown.value, shown.carried)
    return seen


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_more_evidence_takes_back_nothing_that_was_told(given_rows: list[tuple[str, int, int, tuple[bool, bool, bool]]]) -> None:
    """A told yes never turns into a no: what is told of it besides makes it contested. Only what was carried gives way."""
    found = agreements(WORLD)
    said = statements(found, [row(number, *one) for number, one in enumerate(given_rows)])
    before, after = told_of(found, said[:-1]), told_of(found, said)
    carried = {place for place, (_, by_inertia) in before.items() if by_inertia}
    rests = (
        {"both_hold", "one_holds"} if {name for name, _, _ in carried} & {"held", "kept"} else set()
    )  # these give way with what is carried
    lost = [
        (place, value, after[place][0])
        for place, (value, _) in before.items()
        if place not in carried
        and place[0] not in rests
        and ((value.told_yes and not after[place][0].told_yes) or (value.told_no and not after[place][0].told_no))
    ]
    assert lost == []
