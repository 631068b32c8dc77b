"""What `check` finds in the shipped cases, and that each example shows it; a false alarm would be a defect."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from aval.model.problem import Problem
from aval.workspace.checking import check
from aval.workspace.testing import run_tests

CASES = Path(__file__).parents[2] / "cases"
OTHERS = {"eu-42-7-2015": ["AV704"]}
PARIS = [
    ("ceasefire.md", "AV705", "Nobody is named who decides `ceasefire_begins`, `ceasefire_ends` and `hostilities_over`."),
    ("ceasefire.md", "AV706", "No clause defines `ceasefire_reliable`, and nobody is named who decides."),
    ("contributions.md", "AV705", "Nobody is named who decides `mandate_compatible`."),
    ("framework.md", "AV704", "Nothing that happens could put `monitor`, `support` and `cooperate` in breach"),
    ("framework.md", "AV705", "Nobody is named who decides `attack_commitments_final`."),
    ("framework.md", "AV706", "No clause defines `credible_cessation`, `clear_rules`, `armed_attack` and `major`"),
    ("framework.md", "AV707", "`special_commission` would find `breach` and `responsible` of those who sit in it, too"),
    ("framework.md", "AV709", "With `ceasefire` and without `peace_in_force`, `in_force` wakes while `monitor` sleeps"),
    ("framework.md", "AV715", "On reading `backing_for_force` and `with_backstop`, nobody moves first: `deploy(FRA)` waits for"),
    ("peace.md", "AV705", "Nobody is named who decides `peace_enters_into_force`."),
]


@pytest.fixture(scope="module")
def paris() -> tuple[tuple[Problem, ...], float]:
    before = time.process_time()
    return check(str(CASES / "paris")).problems, time.process_time() - before


def test_what_is_found_in_paris(paris: tuple[tuple[Problem, ...], float]) -> None:
    told = sorted((Path(one.span.path).name, one.code.code, one.message) for one in paris[0])
    assert [(name, code) for name, code, _ in told] == [(name, code) for name, code, _ in PARIS]
    assert all(message.startswith(wanted) for (_, _, message), (_, _, wanted) in zip(told, PARIS, strict=True))


def test_paris_is_checked_in_five_seconds(paris: tuple[tuple[Problem, ...], float]) -> None:
    assert paris[1] < 5


def test_what_the_examples_of_paris_show_is_so(paris: tuple[tuple[Problem, ...], float], tmp_path: Path) -> None:
    shutil.copytree(CASES / "paris", tmp_path / "paris")
    page = tmp_path / "paris" / "agreements" / "peace.md"
    shown = [one for one in paris[0] if one.example]
    assert len(shown) >= 7
    blocks = "".join(f"\n```aval-test\n{chr(10).join(one.example)}\n```\n" for one in shown)
    page.write_text(page.read_text("utf-8") + blocks.replace('test "', 'test "example of '), "utf-8")
    results = run_tests([str(page)])
    mine = [one for one in results.outcomes if one.scenario.name.startswith("example of ")]
    assert results.problems == ()
    assert len({one.scenario.name for one in mine}) == len(shown)
    assert all(one.passed for one in mine)


@pytest.mark.parametrize("case", sorted(path.parent.name for path in CASES.glob("*/aval.toml") if path.parent.name != "paris"))
def test_what_is_found_in_the_other_cases(case: str) -> None:
    assert [one.code.code for one in check(str(CASES / case)).problems] == OTHERS.get(case, [])
