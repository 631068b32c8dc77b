"""The later and the earlier of several moments, of which some come again (semantics 2.2)."""

from __future__ import annotations

import pytest

from tests.engine.support import Row, value

BODY = """party USA
event entry
  legal act
event deposit
  legal act
  repeats
event leaving
  legal act
  repeats
state late
  from the later of entry and 30th day after deposit
  until leaving
state early
  from the earlier of entry and deposit
  until leaving
"""


def told(term: str, when: str, last: str = "") -> Row:
    return {"term": term, "first": when, "last": last or when, "said": "2026-12-31"}


def values(rows: list[Row], term: str, days: list[str]) -> str:
    return " ".join(value(BODY, rows, term, f"2026-{day}", known="2026-12-31") or "" for day in days)


def test_the_later_of_two_comes_again_with_what_comes_again() -> None:
    rows = [told("deposit", "2026-01-02"), told("entry", "2026-03-01"), told("leaving", "2026-05-01"), told("deposit", "2026-06-01")]
    assert values(rows, "late", ["02-20", "03-01", "05-01", "06-30", "07-01"]) == "no yes no no yes"


def test_one_more_before_the_other_has_come_makes_nothing_later() -> None:
    rows = [told("deposit", "2026-01-02"), told("leaving", "2026-01-15"), told("deposit", "2026-01-20"), told("entry", "2026-03-01")]
    assert values(rows, "late", ["02-20", "03-01"]) == "no yes"
    assert values(rows[:3], "late", ["03-01"]) == "no"


def test_one_more_that_may_have_come_after_the_other_may_begin_it_again() -> None:
    rows = [told("deposit", "2026-01-02"), told("entry", "2026-03-01"), told("leaving", "2026-03-02")]
    again: Row = {"term": "deposit", "first": "2026-01-20T12:00Z", "last": "2026-02-20T12:00Z", "said": "2026-12-31"}
    assert values([*rows, again], "late", ["02-25", "03-01", "03-20"]) == "no yes open"


@pytest.mark.parametrize(("again", "found"), [("2026-02-01", "yes no yes yes"), ("2026-06-01", "yes no no no")])
def test_the_earlier_of_two_comes_again_until_the_other_has_come(again: str, found: str) -> None:
    rows = [told("deposit", "2026-01-02"), told("leaving", "2026-01-10"), told("entry", "2026-03-01"), told("deposit", again)]
    assert values(rows, "early", ["01-05", "01-20", "02-20", "07-01"]) == found
