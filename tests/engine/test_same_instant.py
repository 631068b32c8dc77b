"""What a guard sees of its own instant: the states of just before, and what happens at it (semantics 2.5)."""

from __future__ import annotations

import pytest

from aval.answers.why import why
from aval.model.term import Term
from tests.engine.support import Row, inquiry, value

BODY = """party USA
group members is USA
event entry
  legal act
event revoked
  legal act
  constitutive
event at_noon
event deed
  legal act
event talk
moment free is 3 years after entry
moment later_that_day is 1 day after at_noon
state war
  starts as no
  from revoked
power leave: USA may deed
  while free happened
power flee: USA may deed
  while war
power stay: USA may deed
  while later_that_day happened
power speak: USA may talk
  while free happened
state out
  from leave
state peace
  from deed unless revoked happened
state quiet
  from deed if not war
"""
ENTRY: Row = {"term": "entry", "when": "2016-11-04"}


def told(term: str, when: str) -> Row:
    return {"term": term, "when": when, "said": "2020-01-01"}


@pytest.mark.parametrize(("day", "word"), [("2019-11-03", "void"), ("2019-11-04", "exercised"), ("2019-11-05", "exercised")])
def test_a_power_can_be_exercised_on_the_very_day_from_which_it_is_there(day: str, word: str) -> None:
    assert value(BODY, [ENTRY, told("deed", day)], "leave", "2020-01-01") == word
    assert value(BODY, [ENTRY, told("talk", day)], "speak", "2020-01-01") == word
    assert value(BODY, [ENTRY, told("deed", day)], "out", "2020-01-01") == ("no" if word == "void" else "yes")


def test_what_is_counted_in_days_counts_from_the_beginning_of_its_day() -> None:
    noon = told("at_noon", "2019-11-03T12:00Z")
    assert [value(BODY, [noon, told("deed", day)], "stay", "2020-01-01") for day in ("2019-11-03", "2019-11-04")] == ["void", "exercised"]


def test_a_state_that_begins_at_the_deed_comes_too_late_for_it() -> None:
    assert value(BODY, [told("revoked", "2019-11-04"), told("deed", "2019-11-04")], "flee", "2020-01-01") == "void"
    assert value(BODY, [told("revoked", "2019-11-03"), told("deed", "2019-11-04")], "flee", "2020-01-01") == "exercised"


def test_a_guard_sees_what_happens_at_its_moment_and_the_states_before_it() -> None:
    assert value(BODY, [told("revoked", "2019-11-04"), told("deed", "2019-11-04")], "peace", "2020-01-01") == "no"
    assert value(BODY, [told("revoked", "2019-11-05"), told("deed", "2019-11-04")], "peace", "2020-01-01") == "yes"
    assert value(BODY, [told("revoked", "2019-11-04"), told("deed", "2019-11-04")], "quiet", "2020-01-01") == "yes"


KNOT = """party USA
group members is USA
event entry
  legal act
event notice(s: members)
  legal act
  constitutive
  repeats
state bound(s: members)
  from entry
  until 12 months after latest withdraw(s)
moment earliest(s: members) is 3 years after beginning of bound(s)
power withdraw(s: members): s may notice(s)
  while earliest(s) happened
"""


@pytest.mark.parametrize(("day", "word", "still"), [("2019-11-03", "void", "yes"), ("2019-11-04", "exercised", "no")])
def test_the_same_holds_inside_a_knot(day: str, word: str, still: str) -> None:
    rows = [ENTRY, told("notice(USA)", day)]
    assert value(KNOT, rows, "withdraw(USA)", "2020-01-01") == word
    assert value(KNOT, rows, "bound(USA)", "2021-01-01") == still


def test_an_explanation_reads_a_guard_where_the_rule_did() -> None:
    asked = inquiry(BODY, [told("revoked", "2019-11-04"), told("deed", "2019-11-04")], at="2020-01-01")
    ((_, root),) = why(Term("peace", ()), asked).roots
    (clause,) = root.parts
    assert clause.value == root.value == "no"
