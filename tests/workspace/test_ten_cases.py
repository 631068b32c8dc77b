"""Ten tricky cases: the page runs as it stands, and what it quotes is what the page on meaning says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aval.workspace.testing import run_tests

DOCS = Path(__file__).parents[2] / "docs"
PAGE = DOCS / "ten-cases.md"


def words(text: str) -> str:
    """A text without the ends of its lines."""
    return " ".join(text.split())


MEANING = words((DOCS / "semantics.md").read_text("utf-8"))
CASES = re.split(r"^## ", PAGE.read_text("utf-8"), flags=re.MULTILINE)[1:]


def test_there_are_ten() -> None:
    assert [case.split(".")[0] for case in CASES] == [str(number) for number in range(1, 11)]


def test_each_answer_comes_out_as_the_page_says() -> None:
    tested = run_tests([str(PAGE)])
    assert [(one.message, str(one.span)) for one in tested.problems] == []
    assert [(one.scenario.name, one.expectation.subject_text) for one in tested.outcomes if not one.passed] == []
    assert len({one.scenario.span for one in tested.outcomes}) >= len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.splitlines()[0])
def test_each_is_run_and_is_decided_by_a_sentence_of_the_page_on_meaning(case: str) -> None:
    assert "\nexpect " in case.replace("\n  expect ", "\nexpect ")
    quoted = [words(line.removeprefix("> ")) for line in case.splitlines() if line.startswith("> ")]
    assert quoted
    assert [sentence for sentence in quoted if sentence not in MEANING] == []
