"""Tests in documents, as values of the model and with their mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.language.read import read_agreements, read_scenarios
from aval.language.tables import tables
from aval.model.case import Text
from aval.model.expression import Beginning, Name, Nth, Ref
from aval.model.problem import Problem
from aval.model.scenario import Answer, Expectation, Given, Scenario, Sort
from aval.model.term import Term
from tests.language.documents import HERE, REWRITE, expected, rewrite

GOOD = HERE / "tests" / "good.md"
BAD = sorted((HERE / "tests").glob("bad*.md"))


def read(content: str) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    text = Text(path="x.md", content=content)
    agreements, _ = read_agreements([text])
    return read_scenarios([text], agreements)


@pytest.fixture(scope="module")
def scenarios() -> dict[str, Scenario]:
    found, problems = read(GOOD.read_text("utf-8"))
    assert [(str(one.span), one.message) for one in problems] == []
    return {one.name: one for one in found}


def test_what_is_given(scenarios: dict[str, Scenario]) -> None:
    facts = scenarios["what can be given"]
    shown = [(str(one.term), one.holds, one.polarity, one.first, one.last, one.said, one.told_by) for one in facts.givens]
    assert shown == [
        ("committed(FRA)", False, True, "2027-02-01", "2027-02-01", "", ""),
        ("committed(GBR)", False, False, "2027-02", "2027-02", "2027-03-05", ""),
        ("begins", False, True, "2027-03-01", "2027-03-03", "", ""),
        ("consented(FRA)", True, True, "2027-02-15", "", "", "FRA"),
        ("consented(GBR)", True, True, "2027-02-15", "2027-04-01", "", ""),
        ("coalition(ESP)", True, True, "2027-01-01", "", "", ""),
        ("breach(RUS)", False, True, "2027-03-06", "2027-03-06", "", "commission"),
    ]
    assert (facts.files, facts.on_record) == (("statements/deposits.csv",), True)
    assert facts.document == "x.md"


def test_what_is_claimed(scenarios: dict[str, Scenario]) -> None:
    claims = scenarios["what can be claimed"].claims
    assert [(one.sort, one.texts, one.readings) for one in claims] == [
        (Sort.ALWAYS, ("not in_force(FRA) or ceasefire",), ()),
        (Sort.ALWAYS, ("ceasefire or not (in_force(GBR) and consented(GBR))",), ("with_backstop",)),
        (Sort.CAN, ("help(FRA) is owed",), ()),
        (Sort.NEVER, ("in_force(FRA)", "committed(FRA) happened"), ()),
        (Sort.NEVER, ("ceasefire", "begins happened"), ("with_backstop",)),
    ]


def test_what_is_expected(scenarios: dict[str, Scenario]) -> None:
    expectations = scenarios["what can be expected"].expectations
    shown = [(one.subject_text, one.answer, one.expected) for one in expectations]
    assert shown == [
        ("in_force(FRA)", Answer.WORD, ("yes",)),
        ("in_force(FRA)", Answer.WORD, ("no",)),
        ("beginning of ceasefire", Answer.DATE, ("2027-03-01",)),
        ("end of ceasefire", Answer.NEVER, ()),
        ("in_force(GBR)", Answer.DEPENDS, ()),
        ("begins", Answer.RANGE, ("2027-03-01", "2027-03-03")),
        ("2nd committed(any)", Answer.DATE, ("2027-02-02T10:00Z",)),
        ("help(FRA)", Answer.WORD, ("overdue",)),
        ("offer(FRA, land)", Answer.WORD, ("announced",)),
        ("ceasefire and consented(FRA)", Answer.WORD, ("open",)),
    ]
    assert expectations[0].at == "2027-03-02"
    assert (expectations[1].known, expectations[1].readings) == ("2027-01-01", ("with_backstop",))
    assert expectations[2].subject == Beginning(Ref("ceasefire"))
    assert expectations[6].subject == Nth(2, expectations[6].subject.item) if isinstance(expectations[6].subject, Nth) else False


def test_the_span_of_an_expectation_covers_the_answer_alone(scenarios: dict[str, Scenario]) -> None:
    lines = GOOD.read_text("utf-8").splitlines()
    for one in scenarios["what can be expected"].expectations:
        written = lines[one.span.line - 1][one.span.column - 1 : one.span.end_column - 1]
        assert written in (*one.expected, "never", "depends", f"between {' and '.join(one.expected)}")


def test_named_arguments_take_their_places(scenarios: dict[str, Scenario]) -> None:
    (only,) = scenarios["by name"].expectations
    assert only.subject == Ref("in_force", (Name("FRA"),))
    assert scenarios["by name"].givens == (
        Given(
            term=Term("committed", ("FRA",)), holds=False, first="2027-02-01", last="2027-02-01", span=scenarios["by name"].givens[0].span
        ),
    )
    assert isinstance(only, Expectation)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_test_has_the_problems_it_lists(path: Path) -> None:
    found, problems = read(path.read_text("utf-8"))
    lines = []
    for one in problems:
        lines.append(f"{one.code.code} {one.span.line}:{one.span.column} {one.message}")
        lines.extend([f"    ? {one.hint}"] if one.hint else [])
    said = "\n".join([*lines, f"left: {', '.join(one.name for one in found)}"]) + "\n"
    if REWRITE:
        rewrite(path, said)
    assert expected(path) == said


WORDS = [*tables().words, "test", "given", "expect", '"text"', "72", "2026-01-06", "FRA", "\n", '"', "“", "\u202e", "é", "```"]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(WORDS), max_size=40))
def test_any_words_in_a_test(words: list[str]) -> None:
    read('```aval\nagreement x\nparty FRA\n```\n```aval-test\ntest "a"\n' + " ".join(words) + "\n```\n")


def test_alike_mistakes_of_one_test_are_told_once_with_each_place() -> None:
    _, problems = read((HERE / "tests" / "bad_lines.md").read_text("utf-8"))
    (alike,) = (one for one in problems if "follows from its rule" in one.message)
    assert [(span.line, words) for span, words in alike.notes] == [(19, "Here too."), (20, "Here too.")]
