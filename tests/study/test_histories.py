"""Histories that two drafts decide differently: found by the search, taken from tests, and given in a file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from aval.model.problem import Incorrect
from aval.study.compare import MOST_RUNS
from aval.study.shapes import Answers, Split
from aval.workspace.comparing import compare_texts
from aval.workspace.testing import run_tests
from tests.study.drafts import PACT, compared, edited

PARIS = Path(__file__).parents[2] / "cases" / "paris"
NEEDED = {"committed(FRA)", "breach", "attack(FRA)"}


def answers(splits: tuple[Split, ...], term: str) -> list[tuple[str | None, str | None]]:
    return [(one.before, one.after) for split in splits for decided in split.decided if decided.term == term for one in decided.answers]


def test_the_search_shows_what_a_narrower_trigger_costs(tmp_path: Path) -> None:
    found = compared(tmp_path, PACT, edited("when attack(g)", "when attack(g) if major"), tries=MOST_RUNS).comparison
    assert ("overdue", "open") in answers(found.splits, "help(FRA)")
    split = found.splits[0]
    facts = {fact.given.partition(" ")[0] for fact in split.facts}
    assert facts in (NEEDED | {"calm"}, NEEDED | {"asked"})
    assert (split.origin, found.searched) == ("search", found.tried)


def test_the_search_shows_that_a_duty_became_a_power(tmp_path: Path) -> None:
    text = edited(
        'duty pay(g: guarantors) "g is to pay": g owes UKR paid(g)\n  while in_force(g)\n  no later than 2027-01-01\n  amounting to 100',
        'power pay(g: guarantors) "g is to pay": g may paid(g)\n  while in_force(g)',
    )
    found = compared(tmp_path, PACT, text, tries=MOST_RUNS).comparison
    assert ("overdue", "available") in answers(found.splits, "pay(FRA)")


def test_the_search_shows_who_is_left_out(tmp_path: Path) -> None:
    found = compared(
        tmp_path, PACT, edited('guarantors "those who promise" is FRA, GBR', 'guarantors "those who promise" is FRA'), tries=MOST_RUNS
    ).comparison
    assert any(before == "yes" and after is None for before, after in answers(found.splits, "in_force(GBR)"))


def test_the_search_is_the_same_every_time(tmp_path: Path) -> None:
    text = edited("(calm or asked happened)", "calm")
    assert compared(tmp_path, PACT, text, tries=60).comparison == compared(tmp_path, PACT, text, tries=60).comparison


TEST = """
```aval-test
test "an attack in calm"
  given breach on 2030-01-01
  given committed(FRA) on 2030-01-01 told by FRA
  given calm from 2030-01-01
  given attack(FRA) on 2030-03-01
  expect help(FRA) is overdue at 2030-03-10
```
"""


def test_the_tests_of_a_draft_are_histories(tmp_path: Path) -> None:
    found = compared(tmp_path, PACT + TEST, edited("within 48 hours", "within 300 hours")).comparison
    given = found.splits[0]
    assert given.name == "an attack in calm"
    assert given.origin.endswith("before.md:68") or ":" in given.origin
    decided = next(one for one in given.decided if one.term == "help(FRA)")
    assert decided.answers == (Answers(before="overdue", after="owed"),)
    assert (decided.start, decided.end) == ("2030-03-03", "2030-03-14") or decided.start is not None


def test_the_tests_of_a_file_are_tried(tmp_path: Path) -> None:
    file = tmp_path / "crisis.md"
    file.write_text(TEST, "utf-8")
    found = compared(tmp_path, PACT, edited("within 48 hours", "within 300 hours"), str(file))
    assert [split.name for split in found.comparison.splits] == ["an attack in calm"]


SUPPOSED = """
```aval-suppose
suppose "an attack in calm"
  format "aval.suppose/1"
  about pact
  given breach on 2030-01-01
  given committed(FRA) on 2030-01-01
  given calm from 2030-01-01
  given attack(FRA) on 2030-03-01
```
"""


def test_a_document_of_suppositions_counts_whatever_the_drafts_ask_for(tmp_path: Path) -> None:
    file = tmp_path / "crisis.md"
    file.write_text(SUPPOSED, "utf-8")
    found = compared(tmp_path, PACT, edited("within 48 hours", "within 300 hours"), str(file)).comparison
    assert ("overdue", "owed") in answers(found.splits, "help(FRA)")
    harder = edited("at least 1 independent source of grade medium", "at least 2 independent sources of grade medium")
    assert compared(tmp_path, PACT, harder, str(file)).comparison.splits == ()


@pytest.mark.parametrize("text", [TEST.replace("breach on", "breech on"), SUPPOSED.replace("suppose/1", "suppose/9"), "# Nothing\n"])
def test_a_file_that_cannot_be_supposed_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "crisis.md"
    file.write_text(text, "utf-8")
    with pytest.raises(Incorrect) as raised:
        compared(tmp_path, PACT, edited("within 48 hours", "within 300 hours"), str(file))
    assert {problem.span.path for problem in raised.value.problems} == {str(file)}


def test_a_denial_and_a_finding_are_worded_as_what_they_are(tmp_path: Path) -> None:
    file = tmp_path / "crisis.md"
    more = "given not ended on 2030-02-01\n  given commission finds attack(GBR) on 2030-02-01\n  given calm"
    file.write_text(TEST.replace("given calm", more), "utf-8")
    found = compared(tmp_path, PACT, edited("within 48 hours", "within 300 hours"), str(file)).comparison
    labels = [fact.label for fact in found.splits[0].facts]
    assert "not: the pact ends" in labels
    assert (
        "the commission finds: an attack on United Kingdom" in labels or "the commission finds: an attack on the United Kingdom" in labels
    )


def test_a_history_that_one_text_alone_can_say_is_marked(tmp_path: Path) -> None:
    file = tmp_path / "crisis.md"
    file.write_text(TEST.replace("given calm", "given quiet on 2030-01-01\n  given calm"), "utf-8")
    text = edited("within 48 hours", "within 300 hours").replace("state calm", 'event quiet "all is quiet"\nstate calm')
    found = compared(tmp_path, PACT, text, str(file)).comparison
    assert [(fact.given, fact.only) for fact in found.splits[0].facts if fact.only] == [("quiet on 2030-01-01", "after")]


def test_the_draft_of_paris_and_the_text_that_was_adopted() -> None:
    found = compare_texts(str(PARIS / "drafts" / "declaration-draft.md"), str(PARIS / "drafts" / "declaration-final.md"))
    assert found.problems == ()
    assert [(one.name, one.verdict.value) for one in found.comparison.differences] == [
        ("american_support", "changed"),
        ("support_if_attacked", "removed"),
    ]
    (split,) = found.comparison.splits
    assert split.name == "the force is attacked"
    assert answers(found.comparison.splits, "support_if_attacked") == [("owed", None)]


def test_the_test_of_the_draft_passes_with_the_case(tmp_path: Path) -> None:
    case = shutil.copytree(PARIS, tmp_path / "paris")
    manifest = case / "aval.toml"
    text = manifest.read_text("utf-8").replace(
        '  "agreements/record.md",\n', '  "agreements/record.md",\n  "drafts/declaration-draft.md",\n'
    )
    manifest.write_text(text, "utf-8")
    tested = run_tests([str(case / "drafts" / "declaration-draft.md")])
    assert len(tested.outcomes) == 2
    assert tested.passed


def test_a_draft_in_the_folder_of_a_case_is_read_with_the_case() -> None:
    found = compare_texts(str(PARIS / "drafts" / "declaration-draft.md"), str(PARIS / "agreements" / "intent.md"), tries=0)
    assert found.problems == ()
    assert {one.name for one in found.comparison.differences} >= {"support_if_attacked", "legal_framework_made"}
