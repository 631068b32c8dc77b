"""The screens of the cases as a newcomer meets them: the answer first, in words, on few lines."""

from __future__ import annotations

import pytest

from tests.cli.run import aval

PARIS = "cases/paris"
DAY = ("--known", "2026-01-07")
LINES = 185
"""how long the board of the largest case may be at 80 columns: about four screens"""
FIRST = 40
"""lines in which it must have said what is in force, what is missing and who refuses"""
TREATY = 30


@pytest.fixture(scope="module")
def board() -> list[str]:
    return aval("status", PARIS, *DAY, COLUMNS="80").stdout.splitlines()


def test_the_answer_stands_in_the_first_lines(board: list[str]) -> None:
    heads = [line.partition("  ")[0] for line in board[:FIRST]]
    assert [head for head in heads if head in ("AT A GLANCE", "MISSING", "REFUSED")] == ["AT A GLANCE", "MISSING", "REFUSED"]
    assert len(board) <= LINES


def test_what_is_missing_is_said_in_words(board: list[str]) -> None:
    start = next(place for place, line in enumerate(board) if line.startswith("MISSING"))
    missing = board[start : board.index("", start)]
    assert "  ? open                the party binds itself to the guarantees" in missing
    assert not [line for line in missing if "_" in line]


def test_an_offer_that_nobody_has_spoken_of_is_not_listed(board: list[str]) -> None:
    start = next(place for place, line in enumerate(board) if line.startswith("OFFERS"))
    assert "Netherlands" not in "\n".join(board[start : board.index("", start)])
    assert "Netherlands land" in aval("status", PARIS, *DAY, "--all", COLUMNS="80").stdout


def test_a_refusal_says_of_which_time_it_was(board: list[str]) -> None:
    assert "United States reported 2026-01-06, of " in " ".join(" ".join(board).split())


@pytest.mark.parametrize("case", ["att", "crpd", "ottawa", "rome", "tpnw", "unfccc"])
def test_a_treaty_of_many_parties_is_a_short_page(case: str) -> None:
    drawn = aval("status", f"cases/{case}", COLUMNS="80").stdout
    assert len(drawn.splitlines()) <= TREATY
    assert "is bound" in drawn


def test_what_is_owed_is_summed_up_by_duty_and_bearer() -> None:
    drawn = " ".join(aval("owed", PARIS, *DAY, COLUMNS="80").stdout.split())
    assert "Nothing is owed. 4 duties would fall on each of those who are bound; only France and the United Kingdom are named" in drawn
    assert "one or more of: helps with its forces" in drawn


def test_why_puts_what_decides_first_and_says_so() -> None:
    lines = aval("why", PARIS, "in_force(FRA)", *DAY, COLUMNS="80").stdout.splitlines()
    first = next(place for place, line in enumerate(lines) if line.startswith("├─"))
    assert "✗ no" in lines[first]
    assert "this alone makes it no" in lines[first + 1]


def test_why_of_an_offer_names_party_and_rung() -> None:
    assert aval("why", PARIS, "offer(USA, land)", *DAY).stdout.splitlines()[1].startswith("The United States: land")


def test_plain_values_are_words() -> None:
    drawn = aval("status", PARIS, *DAY, "--plain").stdout
    assert "\n  no  " in drawn
    assert "[in_force(...)]" in drawn
