"""Never a wrong definite answer (DESIGN 2.2): what is answered of blurred facts is so in every way in which they can have been.

`AVAL_CASES=2000 pytest tests/laws/test_resolutions.py` looks at more cases.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random

from aval.model.problem import Unsupported
from tests.engine.support import agreements
from tests.laws.resolutions import HEAD, Author, Case, Fact, values, wrong

CASES = int(os.environ.get("AVAL_CASES", "40"))
BASE = "state s\n  from a if g happened\n  from d\n  until c\n"
SHAKEN = (
    Fact(name="a", days=(2,)),
    Fact(name="b", days=(1,)),
    Fact(name="c", days=(4,)),
    Fact(name="d", days=(8,)),
    Fact(name="g", days=(1,), may_not=True),
    Fact(name="h", days=(1,)),
)
"""`s` stands from the 8th; it may have from the 2nd to the 4th, too."""


def test_no_definite_answer_is_contradicted_by_a_way_in_which_the_facts_can_have_been() -> None:
    came: Counter[str] = Counter()
    for seed in range(CASES):
        case = Author(Random(seed)).case()
        try:
            found = wrong(case)
        except Unsupported:
            came["refused"] += 1
            continue
        came["compared"] += 1
        assert not found, (seed, case.text, case.facts, found[0])
    assert came["compared"] >= CASES * 9 // 10, came


def _told(rules: str) -> list[str]:
    """Give what the last state of some rules is on each of some days; no way in which the facts can have been may contradict it."""
    case = Case(text=BASE + rules, facts=SHAKEN)
    assert wrong(case) == []
    name = "u" if "state u" in rules else "t"
    answered = values(case.found(), case.told())
    return [answered[name, day].value for day in (1, 3, 5, 9)]


def test_a_hidden_end_is_looked_for_in_the_parts_of_a_condition() -> None:
    expected = ["no", "no", "open", "open"]
    assert _told("state t\n  from end of s\n") == expected
    assert _told("state t\n  from end of (s and b happened)\n") == expected
    assert _told("state t\n  from beginning of (not s)\n") == expected
    assert _told("state t\n  while s\nstate u\n  from end of t\n") == expected
    assert _told("state t\n  while not s\nstate u\n  from beginning of (t and b happened)\n")[1:] == ["yes"] * 3


def test_what_has_only_one_change_has_turned_once() -> None:
    facts = tuple(Fact(name="d", days=(6, 8)) if one.name == "d" else one for one in SHAKEN)
    case = Case(text="state s\n  from d\nstate t\n  from end of (s and b happened)\n", facts=facts)
    assert {values(case.found(), case.told())["t", day].value for day in range(1, 12)} == {"no"}


def test_a_clock_of_its_own_and_what_is_provisional_see_a_hidden_beginning() -> None:
    assert _told("state t\n  from b\n  provisional for s\n")[0] == "yes"
    _told("state t\n  from beginning of s\n  until 2 days after its beginning\n")
    _told("state t\n  from end of (not s)\n  until 3 days after its beginning\n")


def test_a_further_run_that_only_may_have_lasted_is_looked_for() -> None:
    days = {"a": (1,), "b": (16,), "c": (5, 6, 7, 8, 9, 10, 11), "d": (8,), "g": (1,), "h": (7,)}
    facts = tuple(Fact(name=name, days=when, may_not=name == "g") for name, when in days.items())
    rules = "state s\n  from a\n  from d if g happened\n  until c\n  until b\nstate t\n  from once s has held 3 days\n  until h\n"
    case = Case(text=rules, facts=facts)
    assert wrong(case) == []
    assert [values(case.found(), case.told())["t", day].value for day in (3, 5, 12)] == ["no", "yes", "open"]


def test_a_duty_is_replaced_by_one_that_may_have_come_again() -> None:
    rules = "duty x: RED owes BLU h\n  when d\nduty y: RED owes BLU h\n  when b\n  when a if g happened\n  until c\n  replaces x\n"
    days = {"a": (6,), "b": (2,), "c": (3, 4, 5, 6, 7), "d": (5,), "g": (1,), "h": (9,)}
    facts = tuple(Fact(name=name, days=when, may_not=name == "g") for name, when in days.items())
    case = Case(text=rules + "state s\n  while x is owed\n", facts=facts)
    assert wrong(case) == []
    assert [values(case.found(), case.told())["s", day].value for day in (4, 7, 10)] == ["no", "open", "no"]


def test_a_moment_without_a_lower_bound_that_only_may_come_may_begin_a_state() -> None:
    rules = "event e\n  legal act\nstate s\n  from e if g happened\nstate t\n  while s\nstate u\n  from beginning of t\n"
    told = {"term": "e", "last": "2026-03-05", "said": "2026-03-31"}
    answered = values(agreements(HEAD + rules), [told])
    assert {answered[name, day].value for name in ("s", "u") for day in (1, 9)} == {"open"}
    assert {answered["u", day].value for answered in [values(agreements(HEAD + rules), [])] for day in (1, 9)} == {"no"}
