"""A moment that becomes another, where nobody knows whether it did (semantics 2.2)."""

from __future__ import annotations

import pytest

from aval.engine.lookup import first_moment
from aval.model.instant import show
from tests.engine.support import ZONE, Row, inquiry, value

APPROVED = """party FRA "France"
event approve
  legal act
event reject
  legal act
state approved
  starts as open
  from approve
  until reject
moment due is 2019-04-12
  becomes 2019-05-22 at 2019-03-30 if approved
"""


def between(body: str, rows: list[Row]) -> tuple[str, str]:
    found = first_moment(inquiry(body, rows, at="2019-04-01").world.occurrences("due"), {})
    assert found is not None
    return show(found[0], ZONE)[:10], show(found[1], ZONE)[:10]


@pytest.mark.parametrize(
    ("term", "expected"),
    [("", ("2019-04-12", "2019-05-22")), ("approve", ("2019-05-22",) * 2), ("reject", ("2019-04-12",) * 2)],
)
def test_a_moment_that_may_have_moved_is_one_of_its_two_dates(term: str, expected: tuple[str, str]) -> None:
    assert between(APPROVED, [{"term": term, "when": "2019-03-29"}] if term else []) == expected


def test_a_date_that_was_certainly_replaced_is_none_of_them() -> None:
    body = APPROVED.replace("due is 2019-04-12", "due is 2030-01-01\n  becomes 2019-04-12 at 2019-03-01")
    assert between(body, []) == ("2019-04-12", "2019-05-22")


def test_what_begins_at_such_a_moment_is_open_between_its_dates_and_begins_once() -> None:
    body = APPROVED + "state late\n  from due\n"
    assert [value(body, [], "late", day) for day in ("2019-04-11", "2019-05-21", "2019-05-22")] == ["no", "open", "yes"]


def test_a_date_is_disputed_where_it_is_disputed_whether_it_was_moved() -> None:
    body = APPROVED.replace("at 2019-03-30 if approved", "at approve") + "state late\n  from due\n"
    rows: list[Row] = [{"term": "approve", "when": "2019-03-29"}, {"term": "approve", "when": "2019-03-29", "polarity": "no"}]
    days = ("2019-04-11", "2019-05-21", "2019-05-22")
    assert [value(body + "state now\n  while due happened\n", rows, "now", day) for day in days] == ["no", "contested", "yes"]
    assert between(body, rows) == ("2019-05-22", "2019-04-12")
