"""Mistakes in a question are problems with a hint (DESIGN 3, *Errors*)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import aval
from aval.model.problem import Incorrect, Unsupported
from aval.workspace.case import Case

PARIS = Path(__file__).resolve().parents[2] / "cases" / "paris"


@pytest.fixture(scope="module")
def case() -> Case:
    return aval.open(PARIS)


@pytest.mark.parametrize(
    ("term", "hint"),
    [
        ("in_forc(FRA)", 'did you mean "in_force"?'),
        ("in_force(FRX)", 'did you mean "FRA"?'),
        ("in_force(france)", 'did you mean "FRA"?'),
        ("in_force", "write in_force(FRA)"),
        ("in_force(FRA, GBR)", "write in_force(FRA)"),
        ("in force", "such as in_force(FRA)"),
        ("ceasefire(FRA)", "write ceasefire"),
        ("offer(SWE)", "write offer(SWE, air)"),
        ("FRA", "there are"),
        ("\x1b[31m", "such as in_force(FRA)"),
    ],
)
def test_a_term_that_does_not_exist_is_explained(case: Case, term: str, hint: str) -> None:
    with pytest.raises(Incorrect) as wrong:
        case.why(term)
    (problem,) = wrong.value.problems
    assert problem.code.code == "AV602"
    assert hint in problem.hint


@pytest.mark.parametrize("text", ["06.01.2026", "2026-02-30", "yesterday", ""])
def test_a_date_that_is_none_is_explained(case: Case, text: str) -> None:
    with pytest.raises(Incorrect) as wrong:
        case.status(known=text)
    assert wrong.value.problems[0].code.code == "AV601"


def test_a_reading_that_does_not_exist_is_explained(case: Case) -> None:
    for readings in ({"force_leed": "eu_lead"}, {"force_lead": "eu_laed"}):
        with pytest.raises(Incorrect) as wrong:
            case.status(readings=readings)
        assert wrong.value.problems[0].code.code == "AV603"
        assert "did you mean" in wrong.value.problems[0].hint


def test_the_recorded_clock_is_refused_until_there_is_a_ledger(case: Case) -> None:
    with pytest.raises(Unsupported):
        case.status(recorded="2026-01-06")


def test_a_comparison_goes_forward(case: Case) -> None:
    with pytest.raises(Incorrect) as wrong:
        case.changed(start="2026-01-07", end="2025-09-05")
    assert wrong.value.problems[0].code.code == "AV604"


def test_dates_may_be_texts_dates_or_aware_datetimes(case: Case) -> None:
    day = case.status(known=date(2026, 1, 6)).answer.coordinates
    text = case.status(known="2026-01-06").answer.coordinates
    evening = case.status(known=datetime(2026, 1, 6, 20, tzinfo=UTC)).answer.coordinates
    assert day == text
    assert (day.at, day.known) == ("2026-01-06", "2026-01-06")
    assert evening.known == "2026-01-06T21:00+01:00"
    with pytest.raises(Incorrect):
        case.status(known=datetime(2026, 1, 6, 20))  # noqa: DTZ001  the mistake under test


def test_known_alone_also_sets_at(case: Case) -> None:
    asked = case.status(known="2026-01-06").answer.coordinates
    assert (asked.at, asked.known, asked.recorded) == ("2026-01-06", "2026-01-06", None)


def test_answers_show_themselves(case: Case) -> None:
    shown = case.why("in_force(FRA)", known="2026-01-07")
    assert "in_force(FRA)" in str(shown)
    assert "in_force(FRA)" in shown._repr_html_()
    assert b'"schema":"aval.why/1"' in shown.json().replace(b" ", b"")


def test_an_answer_names_what_it_is_a_function_of(case: Case) -> None:
    named = case.status(known="2026-01-07").answer.coordinates
    assert set(named.agreements) == {document.meta.name for document in case.agreements.documents}
    assert all(version.startswith("sha256:") for version in named.agreements.values())
    assert named.statements.startswith("sha256:")
    assert named.engine == aval.__version__
    assert named.time_zone_data
