"""Mistakes in a question are problems with a hint (DESIGN 3, *Errors*)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import aval
from aval.model.problem import Incorrect, Unsupported
from aval.model.statement import Says
from aval.workspace.asking import term
from aval.workspace.case import Case
from tests.engine.support import agreements, statements

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
        ("coalition", "write coalition(FRA)"),
        ("FRA", "there are"),
        ("in_force(in_force)", "there are: FRA, GBR, "),
        ("in_force(land)", "there are: FRA, GBR, "),
        ("in_force(RUS)", "there are: FRA, GBR, "),  # the Coalition is drawn from countries that the case keeps apart from Russia
        ("in_force(coalition)", "there are: FRA, GBR, "),
        ("coalition(land)", "there are: FRA, GBR, "),
        ("offer(land, FRA)", 'did you mean "offer(FRA, land)"?'),
        ("offer(FRA, lnad)", 'did you mean "land"?'),
        ("offer(france, land)", 'did you mean "FRA"?'),
        ("offer(FRA, in_force)", "there are: "),
        ("x" * 500, "such as in_force(FRA)"),
        ("\x1b[31m", "such as in_force(FRA)"),
    ],
)
def test_a_term_that_does_not_exist_is_explained(case: Case, term: str, hint: str) -> None:
    with pytest.raises(Incorrect) as wrong:
        case.why(term)
    (problem,) = wrong.value.problems
    assert problem.code.code == "AV602"
    assert hint in problem.hint


@pytest.mark.parametrize("path", sorted(path.parent for path in PARIS.parent.glob("*/aval.toml")), ids=lambda path: path.name)
def test_every_line_of_a_board_and_every_term_that_somebody_spoke_of_can_be_asked_about(path: Path) -> None:
    opened = aval.open(path)
    board = opened.status(known=opened.last_said).answer
    spoken = {str(one.term) for one in opened.statements if one.says is not Says.POSITION}
    for text in {line.term for line in board.items} | spoken:
        assert str(term(text, opened.agreements)) == text


GROUPS = """party FRA "France"
party GBR "United Kingdom"
party RUS "Russia"
area land "land"
group closed "the two" is FRA, GBR
group wide "those and others" is FRA and others not named
group drawn "those and others of the two" is FRA and others not named among closed
group three "three, of which one is named" is FRA and others not named (3 in all)
event signed(p: closed) "p signs"
event told(p: wide) "p tells"
event went(p: drawn) "p goes"
event came(p: three) "p comes"
"""


@pytest.mark.parametrize("text", ["signed(GBR)", "told(RUS)", "went(GBR)", "came(RUS)", "closed(RUS)", "drawn(GBR)"])
def test_who_may_belong_to_a_group_can_be_asked_about(text: str) -> None:
    assert str(term(text, agreements(GROUPS))) == text


@pytest.mark.parametrize("text", ["signed(RUS)", "signed(closed)", "told(land)", "told(told)", "went(RUS)", "came(land)", "drawn(RUS)"])
def test_who_can_never_belong_to_a_group_cannot(text: str) -> None:
    with pytest.raises(Incorrect) as wrong:
        term(text, agreements(GROUPS))
    (problem,) = wrong.value.problems
    assert problem.code.code == "AV602"
    assert "cannot be one of" in problem.message
    assert problem.hint.startswith("there are: FRA")


def test_whom_a_statement_puts_into_a_closed_group_can_be_asked_about() -> None:
    found = agreements(GROUPS)
    said = statements(found, [{"says": "member", "term": "closed(RUS)"}])
    assert str(term("signed(RUS)", found, said)) == "signed(RUS)"
    assert str(term("went(RUS)", found, said)) == "went(RUS)"


@pytest.mark.parametrize("text", ["06.01.2026", "2026-02-30", "yesterday", ""])
def test_a_date_that_is_none_is_explained(case: Case, text: str) -> None:
    with pytest.raises(Incorrect) as wrong:
        case.status(known=text)
    assert wrong.value.problems[0].code.code == "AV601"


@pytest.mark.parametrize(
    "given", ["9999-12-31", "0001-01-01", "9999", date.min, date.max, datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)]
)
def test_the_ends_of_the_calendar_are_explained(case: Case, given: str | date) -> None:
    with pytest.raises(Incorrect) as wrong:
        case.status(known="2026-01-07", at=given)
    (problem,) = wrong.value.problems
    assert problem.code.code == "AV601"
    assert "from 0001-01-04 to 9999-12-28" in problem.hint


@pytest.mark.parametrize("day", ["0001-01-04", "9999-12-28", "9999-12-28T23:59:59-23:59", "0001-01-04T00:00+23:59"])
def test_the_first_and_the_last_day_have_their_answers(case: Case, day: str) -> None:
    asked = case.status(known=day).answer.coordinates
    assert asked.at[:2] == day[:2]
    assert case.owed(known="2026-01-07", at=day).json()


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


@pytest.mark.parametrize("zone", ["localtime", "posixrules", "Factory"])
def test_a_case_whose_dates_are_others_on_another_machine_is_refused(zone: str, tmp_path: Path) -> None:
    (tmp_path / "aval.toml").write_text(f'schema = "aval.case/1"\ntitle = "T"\nzone = "{zone}"\n', "utf-8")
    with pytest.raises(Incorrect) as wrong:
        aval.open(tmp_path)
    assert [problem.code.code for problem in wrong.value.problems] == ["AV125"]
    assert zone not in wrong.value.problems[0].hint


def test_a_statement_of_the_first_day_can_be_shown_in_every_zone(tmp_path: Path) -> None:
    manifest = (
        'schema = "aval.case/1"\ntitle = "T"\nzone = "Pacific/Kiritimati"\nagreements = ["a.md"]\nstatements = ["s.jsonl"]\n'
        '[sources.paper]\nkind = "page"\ntitle = "Paper"\n'
    )
    block = '# T\n\nProse.\n\n```aval\nagreement t "T"\n  dates run in "Pacific/Kiritimati"\nevent begins "it begins"\n```\n'
    (tmp_path / "aval.toml").write_text(manifest, "utf-8")
    (tmp_path / "a.md").write_text(block, "utf-8")
    row = '"label": "one", "says": "happened", "term": "begins", "said": "2026-01-01", '
    row += '"voice": "v", "form": "reported", "grade": "high", "source": "paper"'
    (tmp_path / "s.jsonl").write_text(f'{{"when": "0001-01-04", {row}}}\n', "utf-8")
    assert "0001-01-04" in aval.open(tmp_path).status(known="2026-01-07").json().decode()
    (tmp_path / "s.jsonl").write_text(f'{{"first": "0001-01-01", {row}}}\n', "utf-8")
    with pytest.raises(Incorrect, match='"0001-01-01" is no date'):
        aval.open(tmp_path)
