"""Treaties come out on the dates that history gave (`../shared/facts/treaties`): one test for each expected entry.

The facts of the file go through the case's own agreements in place of the case's own statements of them, so a date edited there must fail.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import aval
from aval.model.agreement import Group
from aval.model.instant import read_civil
from aval.workspace.testing import run_tests
from tests.cases.treaties import TREATIES, Asked, Each, Fact, Treaty, rows

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts" / "treaties"
HERE = FACTS.is_dir()
NEEDS_FACTS = pytest.mark.skipif(not HERE, reason="the facts of history are not beside the project (../shared/facts/treaties)")
CASES = sorted({treaty.case for treaty in TREATIES.values()})
LABELLED = ("label", "voice", "form", "grade", "source")


@cache
def facts(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FACTS / f"{name}.json").read_text("utf-8"))
    return found


def entries() -> list[tuple[str, dict[str, Any]]]:
    return [(path.stem, entry) for path in sorted(FACTS.glob("*.json")) for entry in facts(path.stem)["expected"]] if HERE else []


@dataclass(frozen=True, slots=True)
class Answered:
    """What came out: the words of the answers, and the time zone in which a document writes dates."""

    got: Mapping[tuple[str, str, str, str], str]
    zone: str


def told(treaty: Treaty, entries: Sequence[Fact], folder: Path) -> Path:
    """Write the case into a folder, with these facts in place of its own statements of them."""
    place = folder / treaty.case
    shutil.copytree(ROOT / "cases" / treaty.case, place)
    source = next(iter(aval.open(ROOT / "cases" / treaty.case).manifest.sources))
    made = [
        {"label": f"fact-{number}", "voice": row["speaks_for"] or "the record", "form": "document", "grade": "high", "source": source, **row}
        for number, row in enumerate(rows(treaty, entries))
    ]
    (place / treaty.statements).with_suffix(".csv").write_text(written(made), "utf-8")
    for table in place.glob("tables/*.csv"):
        weights = {fact["actor"]: fact["weight"] for fact in entries if "weight" in fact}
        table.write_text("member,value\n" + "".join(f"{name},{value}\n" for name, value in sorted(weights.items())), "utf-8")
    return place


def written(made: Sequence[Mapping[str, str]]) -> str:
    text = io.StringIO()
    columns = dict.fromkeys(name for row in made for name in row)
    writer = csv.DictWriter(text, list(columns), lineterminator="\n")
    writer.writeheader()
    writer.writerows(made)
    return text.getvalue()


def ask(treaty: Treaty, entries: Sequence[Fact], asked: Sequence[Asked]) -> Answered:
    """Ask all of it in one test of a document of the case, and give what came out: what was expected there is a blank."""
    with tempfile.TemporaryDirectory() as folder:
        place = told(treaty, entries, Path(folder))
        case = aval.open(place)
        assert case.problems == (), case.problems[0].message
        document = case.agreements.documents[-1]
        path = place / "agreements" / Path(document.meta.span.path).name
        lines = ['test "asked"', "  given the record", *(f"  expect {line(one)}" for one in asked)]
        path.write_text(f"{path.read_text('utf-8')}\n```aval-test\n" + "\n".join(lines) + "\n```\n", "utf-8")
        outcomes = [one for one in run_tests([str(place)]).outcomes if one.scenario.name == "asked"]
    assert len(outcomes) == len(asked)
    assert not any(one.error for one in outcomes), next(one.error for one in outcomes if one.error)
    got = {key(one): outcome.verdict.got for one, outcome in zip(asked, outcomes, strict=True) if outcome.verdict}
    return Answered(got, document.zone)


def line(one: Asked) -> str:
    """Write what is asked as an expectation. A date is asked for with `never`, a value with `no`: either gives what came out."""
    view = [f"at {one.at}"] if one.at else []
    view += [f"known {one.known}"] if one.known else []
    view += [f"on reading {one.reading}"] if one.reading else []
    return " ".join([one.subject, "is", "no" if one.at else "never", *view])


def key(one: Asked) -> tuple[str, str, str, str]:
    return one.subject, one.at, one.known, one.reading


def members(treaty: Treaty, each: Each) -> list[str]:
    group = aval.open(ROOT / "cases" / treaty.case).agreements.get(each.group, Group)
    assert group is not None
    return list(group.members)


def questions(treaty: Treaty) -> Iterator[Asked]:
    for one in treaty.asked.values():
        if isinstance(one, Asked):
            yield one
        else:
            yield from (Asked(subject=one.condition.format(name), at=one.at) for name in members(treaty, one))


@cache
def replayed(name: str) -> Answered:
    treaty = TREATIES[name]
    return ask(treaty, facts(name)["facts"], list(dict.fromkeys(questions(treaty))))


def computed(name: str, what: str) -> object:
    """Give what came out for an entry, written as the facts write it. Raises `KeyError` for an entry that has no mapping."""
    return read(TREATIES[name], what, replayed(name))


def read(treaty: Treaty, what: str, answered: Answered) -> object:
    one = treaty.asked[what]
    if isinstance(one, Each):
        return sorted(name for name in members(treaty, one) if answered.got[one.condition.format(name), one.at, "", ""] == one.value)
    got = answered.got[key(one)]
    if got.startswith("between "):
        return got.removeprefix("between ").split(" and ")
    if got in ("never", "depends", "contested"):
        return got
    return local(got, answered.zone, one.zone) if one.zone else got


def local(text: str, zone: str, wanted: str) -> str:
    """Write an instant on the calendar of another time zone."""
    found = read_civil(text, zone)
    assert found is not None
    instant = datetime.fromtimestamp(found.lo / 1_000_000, UTC).astimezone(ZoneInfo(wanted))
    return f"{instant:%Y-%m-%dT%H:%M}"


def expected(entry: Mapping[str, Any], found: object) -> object:
    """Write what the facts expect in the same form as what came out: a count for a count, a date without time for a date."""
    wanted = entry["date"]
    if wanted is None:
        return "never"
    if entry.get("kind") == "alternatives":
        return sorted(wanted)
    if entry.get("kind") == "datetime":
        return str(wanted).removesuffix("Z")
    return wanted


def shaped(entry: Mapping[str, Any], found: object) -> object:
    if entry.get("kind") == "count":
        assert isinstance(found, list)
        return len(found)
    return found[:10] if isinstance(found, str) and "T" in found and entry.get("kind") != "datetime" else found


ENTRIES = entries()


@NEEDS_FACTS
@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{name}: {entry['what']}" for name, entry in ENTRIES])
def test_history_comes_out(name: str, entry: dict[str, Any]) -> None:
    found = computed(name, entry["what"])
    assert shaped(entry, found) == expected(entry, found)


@NEEDS_FACTS
def test_every_file_of_facts_has_a_case() -> None:
    assert {path.stem for path in FACTS.glob("*.json")} == set(TREATIES)
    assert sum(len(facts(name)["expected"]) for name in TREATIES) == len(ENTRIES)


@NEEDS_FACTS
@pytest.mark.parametrize("name", TREATIES)
def test_the_case_holds_the_facts_and_no_others(name: str) -> None:
    treaty = TREATIES[name]
    with (ROOT / "cases" / treaty.case / treaty.statements).open(encoding="utf-8", newline="") as file:
        held = [{column: cell for column, cell in row.items() if cell} for row in csv.DictReader(file)]
    wanted = [{column: cell for column, cell in row.items() if cell} for row in rows(treaty, facts(name)["facts"])]
    told_as = {"outlet", "note", *LABELLED}
    assert sorted(map(_pairs, wanted)) == sorted(_pairs({c: v for c, v in row.items() if c not in told_as}) for row in held)


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
    "imo-hong-kong": ("2023-06-26", "2023-06-27", "convention enters into force", "2025-06-27"),
}
"""A date of the facts, what it is changed to, and what an entry then comes to."""


@NEEDS_FACTS
@pytest.mark.parametrize("name", EDITS)
def test_a_date_edited_in_the_facts_moves_the_answer(name: str) -> None:
    old, new, what, answer = EDITS[name]
    treaty = TREATIES[name]
    edited = [fact | {"date": new} if fact["date"] == old else fact for fact in facts(name)["facts"]]
    assert edited != facts(name)["facts"]
    found = read(treaty, what, ask(treaty, edited, list(dict.fromkeys(questions(treaty)))))
    entry = next(entry for entry in facts(name)["expected"] if entry["what"] == what)
    assert shaped(entry, found) == answer


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
    assert {one.term for one in root.parts[0].parts[0].cited} == {"deposit(DNK)", "deposit(ESP)", "deposit(PRT)"}
