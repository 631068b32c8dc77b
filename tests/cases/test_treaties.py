"""Treaties come out on the dates that history gave (`../shared/facts/treaties`): one test for each expected entry.

The facts of the file go through the case's own agreement, so a date edited there must fail. The case's own statements must be those facts.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import aval
from aval.evidence.intake import read_statements
from aval.evidence.store import TextStore
from aval.model.case import Text
from aval.workspace.case import Case

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts" / "treaties"
CASES = {"tpnw": "tpnw", "crpd": "crpd", "unfccc": "unfccc", "icc-rome-statute": "rome", "att": "att", "ottawa-mine-ban": "ottawa"}
NEEDS_FACTS = pytest.mark.skipif(not FACTS.is_dir(), reason="the facts of history are not beside the project (../shared/facts/treaties)")


@cache
def facts(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FACTS / f"{name}.json").read_text("utf-8"))
    return found


@cache
def shipped(name: str) -> Case:
    return aval.open(ROOT / "cases" / CASES[name])


def event(fact: dict[str, str]) -> str:
    if fact["actor"] == "EU":
        return "organisation_deposit(EU)"
    name = "provisional_application" if fact["act"] == "provisional_application" else "deposit"
    return f"{name}({fact['actor']})"


def told(name: str, entries: list[dict[str, str]]) -> Case:
    """Open the case with the facts of the file in place of its own statements."""
    case = shipped(name)
    row = {"says": "happened", "voice": "the depositary", "speaks_for": "UN_SG", "form": "document", "grade": "high"}
    source = next(iter(case.manifest.sources))
    lines = [
        json.dumps({**row, "label": f"f{number}", "term": event(fact), "when": fact["date"], "said": fact["date"], "source": source})
        for number, fact in enumerate(entries)
    ]
    text = Text(path="facts.jsonl", content="\n".join(lines))
    statements, problems = read_statements([text], agreements=case.agreements, sources=case.manifest.sources, zone=case.manifest.zone)
    assert not problems, problems[0].message
    return Case(case.manifest, case.agreements, TextStore(statements), ())


@cache
def replayed(name: str) -> dict[str, tuple[str | None, str | None]]:
    board = told(name, facts(name)["facts"]).status(known="2026-11-01").answer
    return {item.term: (item.value, item.since) for item in board.items}


def computed(name: str, entry: dict[str, Any]) -> str | None:
    what: str = entry["what"]
    if "instrument reached" in what:
        (reached,) = [value for term, (value, _) in replayed(name).items() if term.endswith("_deposit")]
        return reached
    if "actor" in entry:
        value, since = replayed(name)[f"bound({entry['actor']})"]
        return since if value == "yes" else None
    return replayed(name)["start"][0]


ENTRIES = [(name, entry) for name in CASES if FACTS.is_dir() for entry in facts(name)["expected"]]


@NEEDS_FACTS
@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{name}: {entry['what']}" for name, entry in ENTRIES])
def test_history_comes_out(name: str, entry: dict[str, Any]) -> None:
    assert computed(name, entry) == entry["date"]


@NEEDS_FACTS
@pytest.mark.parametrize("name", CASES)
def test_the_case_holds_the_facts_and_no_others(name: str) -> None:
    held = sorted((str(one.term), one.said) for one in shipped(name).statements)
    assert held == sorted((event(fact), fact["date"]) for fact in facts(name)["facts"])


@NEEDS_FACTS
def test_a_date_edited_in_the_facts_moves_the_answer() -> None:
    last = max(fact["date"] for fact in facts("tpnw")["facts"] if fact["date"] <= "2020-10-24")
    edited = [fact | {"date": "2020-11-01"} if fact["date"] == last else fact for fact in facts("tpnw")["facts"]]
    board = told("tpnw", edited).status(known="2026-11-01").answer
    assert next(item.value for item in board.items if item.term == "start") == "2021-01-30"


@pytest.mark.parametrize("name", CASES)
def test_every_treaty_opens_without_a_problem_and_is_in_force(name: str) -> None:
    case = shipped(name)
    assert case.problems == ()
    board = case.status(known="2026-11-01").answer
    assert next(item.value for item in board.items if item.term == "in_force") == "yes"


def test_before_the_last_deposit_was_known_the_day_was_not_set() -> None:
    board = shipped("tpnw").status(known="2020-10-01").answer
    start = next(item for item in board.items if item.term == "start")
    assert start.value == "not set"
    assert next(item.value for item in board.items if item.term == "in_force") == "no"


def test_an_organisation_adds_nothing_to_the_count() -> None:
    why = shipped("unfccc").why("fiftieth_deposit", known="2026-11-01").answer
    ((_, root),) = why.roots
    assert root.value == "1993-12-21"
    assert root.parts[0].note == "78 so far"
    assert {one.term for one in root.parts[0].parts[0].cited} == {"deposit(DNK)", "deposit(ESP)", "deposit(PRT)"}
