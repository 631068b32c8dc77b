"""Solving a knot value by value: to the same end as its rounds, and only where nothing is blurred (decision 18)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.engine import knots
from aval.engine.world import World
from aval.model.instant import NEVER
from tests.engine.support import Row, agreements, inquiry

TEXT = """
party RED "Red"
party BLU "Blue"
group sides is RED, BLU
event opened(p: sides, by: sides)
  repeats
  legal act
event locked(p: sides)
  repeats
  legal act
state door(p: sides) one of shut, ajar, fast
  starts as shut
  becomes ajar at opened(p, some q) if door(p) is shut
  becomes fast at locked(p) if door(p) is ajar
  becomes shut at once (door(p) is fast) has held 3 days
  becomes shut at once (door(p) is ajar) has held 5 days
  becomes fast at opened(p, some q) if door(p) is ajar and not locked(q) happened
"""
FOUND = agreements(TEXT)
SIDES = st.sampled_from(("RED", "BLU"))
DAYS = st.integers(1, 28).map(lambda day: f"2026-01-{day:02}")
TERMS = st.one_of(st.builds("opened({}, {})".format, SIDES, SIDES), st.builds("locked({})".format, SIDES))


def _row(term: str, when: str) -> Row:
    return {"term": term, "when": when, "said": "2026-03-01"}


def _told(days: st.SearchStrategy[str], most: int) -> st.SearchStrategy[list[Row]]:
    return st.lists(st.builds(_row, TERMS, days), max_size=most, unique_by=lambda row: (row["term"], row["when"]))


EXACT, BLURRED = _told(DAYS, 12), _told(st.one_of(DAYS, st.just("2026-01")), 6)


def _solved(rows: list[Row]) -> World:
    world = inquiry(FOUND, rows, at="2026-02-15", known="2026-03-02").world
    world.words("door")
    return world


def _by_rounds(rows: list[Row]) -> World:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(knots, "_hurried", lambda *_: False)
        return _solved(rows)


@settings(max_examples=40, deadline=None)
@given(EXACT)
def test_value_by_value_a_knot_comes_to_the_end_that_its_rounds_come_to(rows: list[Row]) -> None:
    assert knots.alike(_solved(rows).words("door"), _by_rounds(rows).words("door"), NEVER)


@settings(max_examples=40, deadline=None)
@given(BLURRED)
def test_blurred_instants_are_left_to_the_rounds_and_cost_no_more(rows: list[Row]) -> None:
    hurried, rounds = _solved(rows), _by_rounds(rows)
    assert knots.alike(hurried.words("door"), rounds.words("door"), NEVER)
    assert hurried.budget.spent <= rounds.budget.spent
