"""Replay facts of history through a case: its own statements of them are replaced, its agreements and all else stay."""

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

import aval
from aval.model.agreement import Group
from aval.model.instant import read_civil
from aval.workspace.testing import run_tests
from tests.cases.treaties import Asked, Each, Fact, Treaty, rows

ROOT = Path(__file__).resolve().parents[2]
FACTS = ROOT.parent / "shared" / "facts" / "treaties"
HERE = FACTS.is_dir()


@cache
def facts(name: str) -> dict[str, Any]:
    """Read a file of facts."""
    found: dict[str, Any] = json.loads((FACTS / f"{name}.json").read_text("utf-8"))
    return found


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
        {
            "label": f"fact-{number}",
            "voice": row["speaks_for"] or "the record",
            "form": "document",
            "grade": "high",
            "source": source,
            **row,
        }
        for number, row in enumerate(rows(treaty, entries))
    ]
    (place / treaty.statements).with_suffix(".csv").write_text(_written(made), "utf-8")
    weights = {fact["actor"]: fact["weight"] for fact in entries if "weight" in fact}
    for table in place.glob("tables/emissions.csv"):
        table.write_text("s,value\n" + "".join(f"{name},{value}\n" for name, value in sorted(weights.items())), "utf-8")
    return place


def _written(made: Sequence[Mapping[str, str]]) -> str:
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
        lines = ['test "asked"', "  given the record", *(f"  expect {_line(one)}" for one in asked)]
        path.write_text(f"{path.read_text('utf-8')}\n```aval-test\n" + "\n".join(lines) + "\n```\n", "utf-8")
        outcomes = [one for one in run_tests([str(place)]).outcomes if one.scenario.name == "asked"]
    assert len(outcomes) == len(asked)
    assert not any(one.error for one in outcomes), next(one.error for one in outcomes if one.error)
    got = {_key(one): outcome.verdict.got for one, outcome in zip(asked, outcomes, strict=True) if outcome.verdict}
    return Answered(got, document.zone)


def _line(one: Asked) -> str:
    """Write what is asked as an expectation. A date is asked for with `never`, a value with `no`: either gives what came out."""
    view = [f"at {one.at}"] if one.at else []
    view += [f"known {one.known}"] if one.known else []
    view += [f"on reading {one.reading}"] if one.reading else []
    return " ".join([one.subject, "is", "no" if one.at else "never", *view])


def _key(one: Asked) -> tuple[str, str, str, str]:
    return one.subject, one.at, one.known, one.reading


def _members(treaty: Treaty, each: Each) -> list[str]:
    group = aval.open(ROOT / "cases" / treaty.case).agreements.get(each.group, Group)
    assert group is not None
    return list(group.members)


def questions(treaty: Treaty) -> Iterator[Asked]:
    """Give all that is to be asked for the entries of a treaty."""
    for one in treaty.asked.values():
        if isinstance(one, Asked):
            yield one
        else:
            yield from (Asked(subject=one.condition.format(name), at=one.at) for name in _members(treaty, one))


def read(treaty: Treaty, what: str, answered: Answered) -> object:
    """Give what came out for an entry. Raises `KeyError` for an entry that has no mapping."""
    one = treaty.asked[what]
    if isinstance(one, Each):
        return sorted(name for name in _members(treaty, one) if answered.got[one.condition.format(name), one.at, "", ""] == one.value)
    got = answered.got[_key(one)]
    if got.startswith("between "):
        return got.removeprefix("between ").split(" and ")
    if got in ("never", "depends", "contested"):
        return got
    return _local(got, answered.zone, one.zone) if one.zone else got


def _local(text: str, zone: str, wanted: str) -> str:
    """Write an instant on the calendar of another time zone."""
    found = read_civil(text, zone)
    assert found is not None
    instant = datetime.fromtimestamp(found.lo / 1_000_000, UTC).astimezone(ZoneInfo(wanted))
    return f"{instant:%Y-%m-%dT%H:%M}"


def fits(entry: Mapping[str, Any], found: object) -> object:
    """Write what came out in the form of the entry: a count for a count, a day where the entry has no time."""
    kind = entry.get("kind")
    if kind == "count":
        assert isinstance(found, list)
        return len(found)
    if isinstance(found, str) and "T" in found:
        return f"{found}Z" if kind == "datetime" else found[:10]
    return found


def wanted(entry: Mapping[str, Any]) -> object:
    """Give what the facts expect. No date means that it never came; alternatives stand in the order of the calendar."""
    if entry["date"] is None:
        return "never"
    return sorted(entry["date"]) if entry.get("kind") == "alternatives" else entry["date"]
