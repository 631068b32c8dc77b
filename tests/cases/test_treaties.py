"""Treaties come out on the dates that history gave (`../shared/facts/treaties`): one test for each expected entry.

The facts of the file go through the case's own agreements in place of the case's own statements of them, so a date edited there must fail.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

import aval
from aval.workspace.testing import run_tests
from tests.cases.replay import FACTS, HERE, ROOT, Answered, ask, facts, fits, questions, read, wanted
from tests.cases.treaties import TREATIES, rows

NEEDS_FACTS = pytest.mark.skipif(not HERE, reason="the facts of history are not beside the project (../shared/facts/treaties)")
CASES = sorted({treaty.case for treaty in TREATIES.values()})
LABELLED = ("label", "voice", "form", "grade", "source")


def entries() -> list[tuple[str, dict[str, Any]]]:
    return [(path.stem, entry) for path in sorted(FACTS.glob("*.json")) for entry in facts(path.stem)["expected"]] if HERE else []


@cache
def replayed(name: str) -> Answered:
    treaty = TREATIES[name]
    return ask(treaty, facts(name)["facts"], list(dict.fromkeys(questions(treaty))))


def computed(name: str, what: str) -> object:
    """Give what came out for an entry, written as the facts write it. Raises `KeyError` for an entry that has no mapping."""
    return read(TREATIES[name], what, replayed(name))


ENTRIES = entries()


@NEEDS_FACTS
@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{name}: {entry['what']}" for name, entry in ENTRIES])
def test_history_comes_out(name: str, entry: dict[str, Any]) -> None:
    assert fits(entry, computed(name, entry["what"])) == wanted(entry)


@NEEDS_FACTS
def test_every_file_of_facts_has_a_case() -> None:
    assert {path.stem for path in FACTS.glob("*.json")} == set(TREATIES)


@NEEDS_FACTS
@pytest.mark.parametrize("name", TREATIES)
def test_every_expected_entry_is_asked_and_nothing_else(name: str) -> None:
    assert sorted(TREATIES[name].asked) == sorted(entry["what"] for entry in facts(name)["expected"])


@NEEDS_FACTS
@pytest.mark.parametrize("name", TREATIES)
def test_the_case_holds_the_facts_and_no_others(name: str) -> None:
    treaty = TREATIES[name]
    with (ROOT / "cases" / treaty.case / treaty.statements).open(encoding="utf-8", newline="") as file:
        held = [{column: cell for column, cell in row.items() if cell} for row in csv.DictReader(file)]
    from_facts = [{column: cell for column, cell in row.items() if cell} for row in rows(treaty, facts(name)["facts"])]
    told_as = {"outlet", "note", *LABELLED}
    assert sorted(map(_pairs, from_facts)) == sorted(_pairs({c: v for c, v in row.items() if c not in told_as}) for row in held)


def _pairs(row: Mapping[str, str]) -> list[tuple[str, str]]:
    return sorted(row.items())


EDITS = {
    "tpnw": ("2020-10-24", "2020-11-01", "treaty enters into force", "2021-01-30"),
    "att": ("2014-09-25", "2014-09-26", "treaty enters into force", "2014-12-25"),
    "nato-1949": ("1949-08-24", "1949-08-25", "treaty enters into force", "1949-08-25"),
    "ctbt": ("2023-11-02", "2023-10-30", "Annex 2 ratifications standing on 2023-11-01", 35),
    "dayton-annex1a": ("1995-12-20", "1995-12-21", "cantonment", "1996-04-19"),
    "inf-2019": ("2019-02-02", "2019-02-01", "treaty terminates / US withdrawal effective", "2019-08-01"),
    "jcpoa-days": ("2015-07-20", "2015-07-21", "Termination Day (schedule)", "2025-10-19"),
    "coe-russia-echr": ("2022-03-16", "2022-03-31", "RUS ceases to be party to ECHR", "2022-09-30"),
    "eu-42-7-2015": ("2015-11-17", "2015-11-18", "mutual assistance clause invoked", "2015-11-18"),
    "nato-article5-2001": ("2001-10-02", "2001-10-03", "guarantee operative", "2001-10-03"),
    "icc-withdrawals": ("2016-10-27", "2016-10-28", "BDI ceases to be party", "2017-10-28"),
    "dprk-npt": ("2003-01-10", "2003-01-12", "effective on the common reading (new three months)", "2003-04-12"),
    "doha-amendment": ("2020-10-02", "2020-10-05", "amendment enters into force", "2021-01-03"),
    "paris-agreement": ("2016-10-05", "2016-10-06", "agreement enters into force", "2016-11-05"),
    "paris-us-withdrawal": ("2021-01-20", "2021-01-21", "USA party again", "2021-02-20"),
    "uk-article-50": ("2017-03-29", "2017-03-30", "deadline known on 2017-03-30", "2019-03-30"),
    "unscr2231-snapback": ("2025-08-28", "2025-08-29", "30th day", "2025-09-28"),
    "imo-tacit-marpol": ("2021-06-17", "2022-06-17", "deemed accepted", "never"),
    "imo-hong-kong": ("2023-06-26", "2023-06-27", "convention enters into force", ["2025-06-26", "2025-06-27"]),
}
"""A date of the facts, what it is changed to, and what an entry then comes to. Between two sums that were told lies a day without any."""


@NEEDS_FACTS
@pytest.mark.parametrize("name", EDITS)
def test_a_date_edited_in_the_facts_moves_the_answer(name: str) -> None:
    old, new, what, answer = EDITS[name]
    treaty = TREATIES[name]
    edited = [fact | {"date": new} if fact["date"] == old else fact for fact in facts(name)["facts"]]
    assert edited != facts(name)["facts"]
    found = read(treaty, what, ask(treaty, edited, list(dict.fromkeys(questions(treaty)))))
    entry = next(entry for entry in facts(name)["expected"] if entry["what"] == what)
    assert fits(entry, found) == answer


@pytest.mark.parametrize("case", CASES)
def test_every_treaty_opens_without_a_problem_and_its_tests_pass(case: str) -> None:
    tested = run_tests([str(ROOT / "cases" / case)])
    assert tested.problems == ()
    assert [f"{one.scenario.name}: {one.expectation.subject_text}" for one in tested.outcomes if not one.passed] == []
    assert tested.outcomes


def test_before_the_last_deposit_was_known_the_day_was_not_set() -> None:
    board = aval.open(ROOT / "cases" / "tpnw").status(known="2020-10-01").answer
    start = next(item for item in board.items if item.term == "start")
    assert start.value == "not set"
    assert next(item.value for item in board.items if item.term == "in_force") == "no"


def test_an_organisation_adds_nothing_to_the_count() -> None:
    why = aval.open(ROOT / "cases" / "unfccc").why("fiftieth_deposit", known="2026-11-01").answer
    ((_, root),) = why.roots
    assert root.value == "1993-12-21"
    assert root.parts[0].note == "78 so far"


def test_what_is_not_counted_is_not_cited_for_the_count() -> None:
    why = aval.open(ROOT / "cases" / "unfccc").why("fiftieth_deposit", known="2026-11-01").answer
    ((_, root),) = why.roots
    assert {one.term for one in root.parts[0].parts[0].cited} == {"deposit(DNK)", "deposit(ESP)", "deposit(PRT)"}
