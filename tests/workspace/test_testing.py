from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aval.engine.world import World
from aval.model.problem import Incorrect
from aval.workspace import testing
from aval.workspace.testing import Results, as_written

PACT = """# A pact

Clause.

```aval
agreement pact "A pact"
  dates run in "Europe/Paris"
party FRA "France"
party GBR "United Kingdom"
group all is FRA, GBR
group domains is land
question size "?"
  reading strict "a"
  reading wide "b"
event deposit(p: all)
  constitutive
  legal act
event asked
  accepted from FRA
event seen
  accepted from at least 2 independent sources of grade high
body commission
  may find breach
event breach
  accepted from a finding of commission
  legal act
moment start is 30 days after 2nd deposit(any)
moment later
  on reading strict means 1 day after start
  on reading wide means 2 days after start
state bound(p: all)
  from the later of start and 30 days after deposit(p)
state ok
  on reading strict while bound(FRA)
state peace
duty help: FRA owes GBR asked
  when start
  within 5 days
```

```aval-test
TESTS
```
"""
TWO = "given deposit(FRA) on 2021-01-01\ngiven deposit(GBR) on 2021-02-01\n"


def run(tmp_path: Path, lines: str, *, sound: bool = True) -> Results:
    path = tmp_path / "pact.md"
    path.write_text(PACT.replace("TESTS", f'test "one"\n{lines}'), "utf-8")
    tested = testing.run_tests([str(path)])
    assert (tested.problems == ()) is sound
    return tested


def failures(tested: Results) -> list[tuple[str, str]]:
    return [(one.expected, one.error or one.got) for one in testing.checks(tested) if not one.passed]


@pytest.mark.parametrize(
    "line",
    [
        "expect 2nd deposit(any) is 2021-02-01",
        "expect start is 2021-03-03",
        "expect start is 2021-03-02T23:00Z",
        "expect start is never known 2021-01-15",
        "expect start is open known 2021-01-15",
        "expect start is yes at 2021-04-01",
        "expect start is no at 2021-03-02",
        "expect beginning of bound(FRA) is 2021-03-03",
        "expect end of bound(FRA) is never",
        "expect bound(FRA) is yes at 2021-03-03",
        "expect bound(FRA) is no at 2021-03-02",
        "expect bound(any) is yes at 2021-03-03",
        "expect ok is depends at 2021-03-01",
        "expect ok is yes at 2021-03-01 on reading wide",
        "expect later is depends",
        "expect later is 2021-03-05 on reading wide",
        "expect help is owed at 2021-03-04",
        "expect help is overdue at 2021-04-01",
        "expect help is dormant at 2021-02-01",
        "expect deposit(FRA) is yes at 2021-01-02",
        "expect deposit(FRA) is 2021-01-01",
        "expect deposit(FRA) is no at 2020-12-31",
        "expect peace is open",
        "expect offer(FRA, land) is open",
        "expect deposit(FRA) happened is yes at 2021-01-02",
    ],
)
def test_what_comes_out(tmp_path: Path, line: str) -> None:
    tested = run(tmp_path, TWO + line)
    assert failures(tested) == []
    assert tested.passed


@pytest.mark.parametrize(
    ("lines", "expected", "got"),
    [
        ("expect start is 2021-03-03", "2021-03-03", "never"),
        (f"{TWO}expect start is 2021-03-04", "2021-03-04", "2021-03-03"),
        (f"{TWO}expect start is never", "never", "2021-03-03"),
        (f"{TWO}expect start is between 2021-03-01 and 2021-03-04", "between 2021-03-01 and 2021-03-04", "2021-03-03"),
        (f"{TWO}expect ok is yes at 2021-03-01", "yes", "depends"),
        (f"{TWO}expect bound(FRA) is no at 2021-03-03", "no", "yes"),
        ("given asked in 2021-03 told by FRA\nexpect asked is 2021-03-01", "2021-03-01", "between 2021-03-01 and 2021-03-31"),
        ("given asked on 2021-03-01\nexpect asked happened is yes", "yes", "open"),
        ("given seen on 2021-03-01\nexpect seen happened is yes", "yes", "open"),
    ],
)
def test_a_wrong_expectation_fails(tmp_path: Path, lines: str, expected: str, got: str) -> None:
    tested = run(tmp_path, lines)
    assert failures(tested) == [(expected, got)]
    assert not tested.passed


@pytest.mark.parametrize(
    "lines",
    [
        "given asked in 2021-03 told by FRA\nexpect asked is between 2021-03-01 and 2021-03-31",
        "given asked between 2021-03-01 and 2021-05-02 told by FRA\nexpect asked is between 2021-03-01 and 2021-05-02",
        "given not asked said 2021-03-01 told by FRA\nexpect asked is no at 2021-02-28",
        "given seen on 2021-03-01\ngiven seen on 2021-03-01\nexpect seen happened is yes at 2021-03-02",
        "given peace from 2021-03-01\nexpect peace is yes at 2021-06-01\nexpect peace is open at 2021-02-01",
        "given peace from 2021-03-01 until 2021-03-31\ngiven not peace from 2021-05-01\nexpect peace is open at 2021-04-15",
        "given peace in 2021-03\nexpect peace is open at 2021-03-15\nexpect peace is open at 2021-06-01",
        "given peace until 2021-03-31 said 2021-06-01\ngiven not peace on 2021-05-01\nexpect peace is no at 2021-06-01",
        "given peace on 2999-01-01\nexpect peace is yes at 2999-01-02",
        "given peace on 2021-01-01 said 2021-02-01\nexpect peace is open at 2021-01-02 known 2021-01-15",
        "given commission finds breach on 2021-02-03\nexpect commission finds breach is 2021-02-03",
    ],
)
def test_facts(tmp_path: Path, lines: str) -> None:
    assert failures(run(tmp_path, lines)) == []


def test_what_the_same_statements_make_is_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    class Counting(World):
        def __init__(self, *told: Any, **more: Any) -> None:  # noqa: ANN401  as a world is made
            made.append(told)
            super().__init__(*told, **more)

    monkeypatch.setattr(testing, "World", Counting)
    dates = ("2021-02-01", "2021-03-03", "2021-03-09")
    asked = "".join(f"expect start happened is {'no' if day < '2021-03-03' else 'yes'} at {day}\n" for day in dates)
    assert failures(run(tmp_path, TWO + asked)) == []
    assert len(made) == 1
    assert failures(run(tmp_path, TWO + asked + "expect start happened is yes at 2021-03-09 on reading wide")) == []
    assert len(made) == 3


def test_a_reason_comes_with_a_wrong_answer(tmp_path: Path) -> None:
    (check,) = testing.checks(run(tmp_path, "given seen on 2021-03-01\nexpect seen happened is yes"))
    assert "2 independent sources are needed" in check.because


def test_an_unknown_name_is_a_problem_and_fails_the_run(tmp_path: Path) -> None:
    tested = run(tmp_path, "expect nothing_like_it is yes", sound=False)
    assert [problem.code.code for problem in tested.problems] == ["AV203"]
    assert not tested.passed


def test_facts_from_a_file(tmp_path: Path) -> None:
    row = '{"label": "a", "says": "happened", "term": "asked", "when": "2021-03-01", "said": "2021-03-01", "voice": "v", '
    (tmp_path / "facts.jsonl").write_text(row + '"speaks_for": "FRA", "form": "quoted", "grade": "high", "source": "paper"}\n', "utf-8")
    tested = run(tmp_path, 'given facts "facts.jsonl"\nexpect asked happened is yes')
    assert "paper" in failures(tested)[0][1]  # a document that belongs to no case has no sources
    outside = run(tmp_path, 'given facts "../facts.jsonl"\nexpect asked happened is yes', sound=False)
    assert [problem.code.code for problem in outside.problems] == ["AV230"]
    assert not outside.passed


def test_update_writes_what_came_out_and_nothing_else(tmp_path: Path) -> None:
    lines = f"{TWO}expect start is 2020-01-01   # why\nexpect ok is yes at 2021-03-01\n"
    lines += "expect help is dormant at 2021-03-04\nexpect peace is open"
    tested = run(tmp_path, lines)
    path = tmp_path / "pact.md"
    before = path.read_text("utf-8")
    assert testing.update(tested) == 3
    after = path.read_text("utf-8")
    assert after == before.replace("start is 2020-01-01 ", "start is 2021-03-03 ").replace("ok is yes", "ok is depends").replace(
        "help is dormant", "help is owed"
    )
    assert testing.run_tests([str(path)]).passed


def test_what_no_test_can_expect_is_not_written() -> None:
    assert as_written("intent signed") == "intent_signed"
    assert as_written("between 2021-03-01 and 2021-03-31T10:00+01:00") == "between 2021-03-01 and 2021-03-31T10:00+01:00"
    assert as_written("26 countries") == ""
    assert as_written("between always and 2021-03-31") == ""


def test_a_test_that_cannot_be_read_does_not_pass(tmp_path: Path) -> None:
    path = tmp_path / "pact.md"
    path.write_text(PACT.replace("TESTS", 'test "a"\nexpect peace is open\ntest "b"\nexpct peace is yes'), "utf-8")
    tested = testing.run_tests([str(path)])
    assert [one.code.code for one in tested.problems] == ["AV202"]
    assert not tested.passed


def test_no_test_is_no_success(tmp_path: Path) -> None:
    path = tmp_path / "pact.md"
    path.write_text("# Nothing\n", "utf-8")
    tested = testing.run_tests([str(path)])
    assert not tested.passed
    assert [one.code.code for one in testing.nothing(tested, [str(path)])] == ["AV612"]


def test_a_path_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Incorrect):
        testing.run_tests([str(tmp_path / "nowhere.md")])


PARIS = Path(__file__).resolve().parents[2] / "cases" / "paris"


def test_the_record_of_a_case(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(PARIS, tmp_path / "paris", ignore=shutil.ignore_patterns("suppositions"))
    page = tmp_path / "paris" / "agreements" / "ceasefire.md"
    lines = 'test "r"\n  given the record\n  expect in_force(FRA) is no at 2026-01-07 known 2026-01-07\n  expect war is yes at 2026-01-07\n'
    lines += "  expect offer(DEU, land) is undecided at 2025-09-05 known 2025-09-05\n  expect coalition(FRA) is yes\n"
    page.write_text(page.read_text("utf-8") + f"\n```aval-test\n{lines}```\n", "utf-8")
    tested = testing.run_tests([str(tmp_path / "paris"), str(page)])
    assert tested.problems == ()
    assert len(tested.outcomes) == 4
    assert failures(tested) == []


MEASURED = """```aval
agreement pact "A pact"
  dates run in "Etc/UTC"
party FRA "France"
party GBR "United Kingdom"
party USA "United States"
group all is FRA, GBR, USA
body council "the council"
  seats all
  decides by majority
  may find extension
event extension
event deposit(p: all)
  accepted from USA
quantity fleet(p: all) in ships
quantity emissions(p: all) in percent
state large
  while fleet(FRA) is at least 10
state enough
  while at least 2/3 of fleet held by p in all with deposit(p) happened
state most
  while at least 1/2 of emissions held by p in all with deposit(p) happened
```

```aval-test
test "one"
TESTS
```
"""


def measured(tmp_path: Path, lines: str) -> Results:
    path = tmp_path / "pact.md"
    path.write_text(MEASURED.replace("TESTS", lines), "utf-8")
    return testing.run_tests([str(path)])


@pytest.mark.parametrize(
    "lines",
    [
        "given fleet(FRA) is 12 on 2026-01-01\nexpect large is yes at 2026-02-01\nexpect large is open at 2025-12-01",
        "given fleet(FRA) is at least 10\nexpect large is yes at 2026-02-01",
        "given fleet(FRA) is at most 9\nexpect large is no at 2026-02-01",
        "given fleet(FRA) is at least 9\nexpect large is open at 2026-02-01",
        "given fleet(FRA) is at most 10\nexpect large is open at 2026-02-01",
        "given fleet(FRA) is 9 in 1961\nexpect large is no at 1962-01-01",
        (
            "given fleet(FRA) is 2\ngiven fleet(GBR) is 1\ngiven fleet(USA) is 0\ngiven deposit(FRA) on 2026-01-01 told by USA\n"
            "expect enough is yes at 2026-02-01\nexpect large is no"
        ),
        (
            "given emissions(FRA) is 49.5 percent\ngiven emissions(GBR) is 50.5\ngiven deposit(GBR) on 2026-01-01 told by USA\n"
            "expect most is yes at 2026-02-01"
        ),
        (
            "given council finds extension on 2026-01-01 told by FRA\ngiven council finds extension on 2026-01-01 told by GBR\n"
            "given not council finds extension on 2026-01-01 told by USA\nexpect (council finds extension) is yes at 2026-02-01"
        ),
    ],
)
def test_amounts_and_votes_can_be_given(tmp_path: Path, lines: str) -> None:
    tested = measured(tmp_path, lines)
    assert tested.problems == ()
    assert failures(tested) == []


@pytest.mark.parametrize(("answer", "expected"), [("never", "never"), ("depends", "depends"), ("2026-01-01", "2026-01-01")])
def test_what_was_expected_is_shown_where_nothing_could_be_asked(tmp_path: Path, answer: str, expected: str) -> None:
    tested = measured(tmp_path, f'given facts "no.csv"\nexpect beginning of large is {answer}')
    assert [one.expected for one in testing.checks(tested)] == [expected]


def test_a_wrong_answer_hints_at_whose_word_is_missing(tmp_path: Path) -> None:
    (check,) = testing.checks(measured(tmp_path, "given deposit(FRA) on 2026-01-01\nexpect deposit(FRA) is yes at 2026-02-01"))
    assert "not the word of USA: add `told by USA` if it says so itself" in check.because


def test_tests_that_are_all_broken_are_not_called_missing(tmp_path: Path) -> None:
    path = tmp_path / "pact.md"
    broken = measured(tmp_path, "given large on 2026-01-01\nexpect large is yes")
    assert [one.code.code for one in broken.problems] == ["AV231"]
    assert testing.nothing(broken, [str(path)]) == ()
    assert not broken.passed
    path.write_text("# Nothing\n", "utf-8")
    assert [one.code.code for one in testing.nothing(testing.run_tests([str(path)]), [str(path)])] == ["AV612"]
