"""What is told later, or denied, must not make less certain what stood before (semantics 2.3, 2.5)."""

from __future__ import annotations

import pytest

from tests.engine.support import Row, value
from tests.engine.test_quantities import FORCE, amount, number

CLUB = "party P1\nparty P2\nparty P3\nbody UN\ngroup club is P1, P2, P3\nevent deposit(s: club)\n  accepted from UN\n  legal act\n"
DENIED: Row = {"term": "deposit(P1)", "polarity": "no", "said": "2026-02-01", "speaks_for": "UN"}


@pytest.mark.parametrize("kind", ["  constitutive\n", "  complete until 2026-12-31\n"])
@pytest.mark.parametrize("rows", [[], [DENIED]])
def test_what_is_not_on_record_stays_no_when_somebody_says_so(kind: str, rows: list[Row]) -> None:
    body = CLUB + kind + "state bound(s: club)\n  while deposit(s) happened\n"
    assert [value(body, rows, "bound(P1)", at, known="2026-06-01") for at in ("2026-01-15", "2026-02-02", "2026-06-01")] == ["no"] * 3


def test_what_was_received_before_it_was_denied_is_disputed() -> None:
    told: Row = {"term": "deposit(P1)", "when": "2026-01-10", "said": "2026-01-10", "speaks_for": "UN"}
    body = CLUB + "  constitutive\nstate bound\n  while deposit(P1) happened\n"
    assert value(body, [told, DENIED], "bound", "2026-01-20", known="2026-03-01") == "contested"


def test_an_end_that_was_only_carried_gives_way_to_a_telling_that_excludes_it() -> None:
    rows = [amount("force", None, "2.99", when="2026-06-25"), amount("force", "3", None, when="2026-06-26")]
    assert [number(FORCE, rows, at) for at in ("2026-06-25", "2026-06-26", "2026-07-30")] == [
        "up to 2.99 persons",
        "at least 3 persons",
        "at least 3 persons",
    ]


def test_between_two_ends_that_exclude_each_other_neither_is_carried() -> None:
    rows = [amount("force", "3", None, when="2026-06-01"), amount("force", None, "2", when="2026-06-11")]
    said = "state small\n  while force is at most 2\nstate large\n  while force is at least 3\n"
    body = "quantity force in persons\n" + said
    days = ("2026-06-01", "2026-06-05", "2026-06-11", "2026-06-20")
    assert [value(body, rows, "large", at, known="2026-07-01") for at in days] == ["yes", "open", "no", "no"]
    assert [value(body, rows, "small", at, known="2026-07-01") for at in days] == ["no", "open", "yes", "yes"]


def test_ends_told_of_one_day_that_exclude_each_other_are_contested() -> None:
    rows = [amount("force", "3", None, when="2026-06-01"), amount("force", None, "2", when="2026-06-01")]
    assert number(FORCE, rows, "2026-06-01") == "contested"
