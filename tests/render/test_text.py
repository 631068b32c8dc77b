"""Pages as a reader sees them: the golden files are the screens, at both widths."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from rich.cells import cell_len

from aval.answers.shapes import Changed, Owed, Status, Why
from aval.render.text import Style, text
from tests.render.samples import ANSWERS, OWED, STATUS, WHY

GOLDEN = Path(__file__).parent / "golden"
FORMS = {"": Style(), "-plain": Style(plain=True), "-all": Style(everything=True)}


def draw(name: str, width: int, form: str = "") -> str:
    style = FORMS[form]
    return text(ANSWERS[name], width=width, case="cases/paris", plain=style.plain, everything=style.everything)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("width", [80, 160])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_page_is_as_it_was_looked_at(name: str, width: int, form: str) -> None:
    golden = GOLDEN / f"{name}-{width}{form}.txt"
    drawn = draw(name, width, form)
    if os.environ.get("AVAL_UPDATE") == "1":
        golden.write_text(drawn, "utf-8")
    assert drawn == golden.read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("width", [60, 80, 100, 128, 160])
@pytest.mark.parametrize("name", ANSWERS)
def test_no_line_is_wider_than_the_screen(name: str, width: int, form: str) -> None:
    assert [line for line in draw(name, width, form).splitlines() if cell_len(line) > width] == []


@pytest.mark.parametrize("name", ANSWERS)
def test_no_line_ends_in_spaces(name: str) -> None:
    assert [line for line in draw(name, 80).splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("name", ANSWERS)
def test_no_word_is_lost_or_broken_by_a_narrow_screen(name: str) -> None:
    narrow, wide = ([word for word in draw(name, width, "-all").split() if word[-1].isalnum()] for width in (80, 100))
    assert sorted(narrow) == sorted(wide)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_plain_page_is_ascii_but_for_the_words_of_the_case(name: str) -> None:
    letters = {character for character in draw(name, 80, "-plain") if not character.isascii()}
    assert {character for character in letters if not character.isalpha()} <= {"“", "”"}  # quoted by the case itself


def test_a_board_names_both_clocks_and_the_readings() -> None:
    assert "true on 2026-01-07 · as known on 2026-01-07 · readings: none chosen" in draw("status", 80)


def test_thirty_equal_lines_are_one() -> None:
    assert "any party: take part in the monitoring" in draw("status", 160)
    assert "dormant (30 of 30)" in draw("status", 80)


@pytest.mark.parametrize("section", ["OFFERS", "MISSING", "REFUSED", "DEPENDS ON A READING", "SAID WITHOUT A NAME", "NOT SAID"])
def test_a_board_has_its_sections(section: str) -> None:
    assert f"\n{section}" in draw("status", 80)


def test_what_is_in_force_is_told_before_everything_else() -> None:
    lines = draw("status", 80).splitlines()
    assert lines[3].startswith("Nothing is in force. A ceasefire is missing")


def test_a_page_ends_with_commands_that_can_be_copied() -> None:
    assert 'aval why cases/paris "in_force(' in draw("status", 80).splitlines()[-3]


def test_without_a_command_line_no_command_is_named() -> None:
    assert "aval " not in text(STATUS)


def test_every_line_is_shown_where_all_are_asked_for() -> None:
    board = draw("status", 160, "-all")
    assert [item.term for item in STATUS.items if item.kind != "contribution" and item.term not in board] == []


def test_rungs_are_not_added_up() -> None:
    board = draw("status", 160)
    assert board.index("intent signed") < board.index("announced  ") < board.index("signalled  ") < board.index("undecided  ")


def test_why_leads_to_clause_and_source() -> None:
    drawn = draw("why", 100)
    assert "agreements/framework.md:76" in drawn
    assert "report-2026-01-06#P5 “sobald eine Waffenruhe in Kraft tritt”" in drawn
    assert "does not count: ready is less firm than agreed" in drawn


def test_why_shows_a_tree_for_each_reading() -> None:
    assert "on reading major_attack" in draw("why_split", 80)


def test_what_is_left_out_is_counted() -> None:
    assert '… 1 more: aval why cases/paris "in_force(FRA)" --alleged' in draw("why", 80)
    assert "--alleged" not in draw("why", 80, "-all")


def test_what_is_owed_comes_first() -> None:
    drawn = draw("owed", 80)
    assert "1 of 61 duties is owed." in drawn
    assert drawn.index("OWED") < drawn.index("DORMANT")


def test_a_duty_names_its_bearers() -> None:
    assert all(debt.bearer in draw("owed", 80) for debt in OWED.debts)


def test_changed_says_who_did_what_others_did_too() -> None:
    assert "each of France and the United Kingdom signs the declaration of intent" in draw("changed", 100)


def test_silence_is_not_a_no() -> None:
    assert "NO LONGER MENTIONED (2)  the later report is silent; that is not a no" in draw("changed", 100)


@pytest.mark.parametrize("kind", [Status, Why, Owed, Changed])
def test_every_kind_of_answer_has_a_sample(kind: type) -> None:
    assert any(isinstance(answer, kind) for answer in ANSWERS.values())


def test_prose_is_shown_whole() -> None:
    assert " ".join(WHY.prose.split()) in " ".join(draw("why", 80).split())


def test_those_for_whom_readings_part_are_named() -> None:
    drawn = " ".join(draw("diverge", 160).split())
    assert "any party's guarantee to Ukraine is in force · for France and the United Kingdom · in_force(…)" in drawn


def test_readings_stand_under_letters_in_the_order_of_the_text() -> None:
    lines = [line.strip() for line in draw("diverge", 160).splitlines()]
    first, second = (
        next(place for place, line in enumerate(lines) if line.startswith(letter)) for letter in ("a  no guarantee", "b  American")
    )
    assert first < second
