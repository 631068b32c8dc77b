"""The public record of `cases/paris`: every compiled record is a statement, nothing has grown on the way, and nothing low looks high."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any, cast

import pytest

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "paris"
FACTS = ROOT.parent / "shared" / "facts"
OURS = ("positions", "timeline", "aggregates")
REPORTS = {"000_bfbd4b8904feaf9d": "dpa-2025-09-04", "002_375a7d490175d340": "report-2026-01-06"}
IN_REPORT = re.compile(r"sources/(\w+)\.txt(?:#P(\d+))?")
SOURCE_ID = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}")
LABEL = {
    "positions": re.compile(r"[A-Z]{3}-[a-z]+-\d{4}-\d\d-\d\d-\d\d(-[b-z])?"),
    "timeline": re.compile(r"t(-\d{2,4}){2,3}-[a-z]"),
    "aggregates": re.compile(r"(agg|obj)-[A-Za-z0-9-]+"),
}
DECLARED = re.compile(r"^(?:event|state|quantity|power|duty|process|group|  step) (\w+)", re.MULTILINE)
AREA = re.compile(r"^area (\w+)", re.MULTILINE)
NOBODY = {"circles", "editor"}
PART = re.compile(r"-[b-z]$")
DATE = re.compile(r"\d{4}-\d\d-\d\d")
WORD = re.compile(r"\w+")
LONGEST_RUN = 8
TITLE = "Robust Security Guarantees for a Solid and Lasting Peace in Ukraine"
OUR_WORDS = {
    "72 h after first breach": "72 hours after the first breach",
    "House of Commons vote before deployment (Starmer 2026-01-07)": "vote of the House of Commons before any deployment",
    "US guarantee specified": "American guarantee spelt out",
    "approval by government and Riksdag": "government and Riksdag approve",
    "ceasefire breach expanding into a larger attack": "breach of the ceasefire that grows into a larger attack",
    "ceasefire or peace agreement needs European presence": "European presence called for by a ceasefire or a peace",
    "clear rules for the multinational force": "clear rules for the force",
    "debate in parliament announced (2-3 weeks)": "debate in parliament, announced (in 2 to 3 weeks)",
    "decision of government and Bundestag": "government and Bundestag have decided",
    "end of hostilities": "hostilities over",
    "finance/arms/training of UKR forces first": "money, arms and training for Ukraine's forces come first",
    "legal framework still to be made": "legal framework made",
    "not at expense of Baltic security": "security around the Baltic not weakened",
    "request of Ukraine": "Ukraine has asked",
    "strong US support and US-led monitoring": "strong American support, and American lead of the monitoring",
    "strong legally binding US guarantee": "American guarantee, strong and binding in law",
}
IN_THE_REPORT = {
    "FRA-land-2026-01-06-01": ["peace agreement"],
    "GBR-land-2026-01-06-05": ["peace agreement"],
}
"""Records that mix a report with other sources: what the report itself says. The rest stands in further parts of the record."""

needs_the_facts = pytest.mark.skipif(not FACTS.is_dir(), reason="the compiled records stand beside the repository, not in it")

Row = dict[str, Any]


def statements(*names: str) -> list[Row]:
    """Read statement files of the case as they stand; all of them where none is named."""
    files = [CASE / "statements" / f"{name}.jsonl" for name in names] or sorted((CASE / "statements").glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]


def sources() -> dict[str, Row]:
    """Read the sources that the case declares."""
    return cast("dict[str, Row]", tomllib.loads((CASE / "aval.toml").read_text("utf-8"))["sources"])


def agreements() -> str:
    """Read all agreements as one text."""
    return "\n".join(path.read_text("utf-8") for path in sorted((CASE / "agreements").glob("*.md")))


def positions(kind: str) -> list[Row]:
    """Read the compiled pledges, aggregates or objections."""
    return cast("list[Row]", json.loads((FACTS / "paris_positions.json").read_text("utf-8"))[kind])


def events() -> list[Row]:
    """Read the compiled timeline."""
    return cast("list[Row]", json.loads((FACTS / "paris_timeline.json").read_text("utf-8")))


def places(source: str) -> set[tuple[str, int]]:
    """Give the source ids and paragraphs that a record's sources stand for here."""
    by_url = {table["url"]: name for name, table in sources().items() if "url" in table}
    found = set[tuple[str, int]]()
    for part in source.split(" ; "):
        match = IN_REPORT.match(part)
        found.add((REPORTS[match[1]], int(match[2] or 0)) if match else (by_url[part], 0))
    return found


def place(row: Row) -> tuple[str, int]:
    """Give the source and paragraph of a statement."""
    return row["source"], row.get("paragraph", 0)


def day(record: Row) -> str:
    """Give the day by which a record had been said: of an estimate, that of the report that tells it, else the month."""
    stated = str(record["stated_on"])
    if record.get("stated_on_precision") != "approx":
        return stated
    match = IN_REPORT.match(record["source"])
    return str(sources()[REPORTS[match[1]]]["date"]) if match else stated[:7]


def parts(record: Row) -> list[Row]:
    """Give the statements of one record: that with its label, then its further parts."""
    return [row for row in statements() if PART.sub("", row["label"]) == record["id"]]


def from_record(record: Row) -> Row:
    """Say what a statement of this record has to carry."""
    quantity = record["quantity"] or {}
    ends = {"low": quantity.get("min"), "high": quantity.get("max")}
    return {
        "says": "offers",
        "term": f"offer({record['party']}, {record.get('domain_proposed', record['domain'])})",
        "rung": record["status"].replace("_", " "),
        "grade": record["confidence"],
        **{end: str(number) for end, number in ends.items() if number is not None},
        **({"unit": quantity["unit"]} if quantity else {}),
    }


def amount_of(row: Row) -> Row:
    """Give the amount of a statement, as written."""
    return {key: row[key] for key in ("low", "high", "unit") if key in row}


def joined(value: object) -> str:
    """Write a text or a list of texts as one text."""
    return " ".join(cast("list[str]", value)) if isinstance(value, list) else str(value)


def texts(records: list[Row]) -> list[str]:
    """Give the texts of compiled records, addresses and labels apart."""
    return [joined(value) for record in records for key, value in record.items() if key not in ("source", "id")]


def runs(text: str) -> set[tuple[str, ...]]:
    """Give every run of more consecutive words than may be alike."""
    found = WORD.findall(text.casefold())
    return {tuple(found[start : start + LONGEST_RUN + 1]) for start in range(len(found) - LONGEST_RUN)}


# ---------------------------------------------------------------- always


def test_labels_are_unique_in_the_case() -> None:
    assert [label for label, count in Counter(row["label"] for row in statements()).items() if count > 1] == []


@pytest.mark.parametrize("name", OURS)
def test_labels_name_their_record(name: str) -> None:
    rows = statements(name)
    assert rows
    assert [row["label"] for row in rows if not LABEL[name].fullmatch(row["label"])] == []


def test_every_statement_has_a_voice_a_form_a_grade_and_a_date() -> None:
    needed = ("label", "says", "term", "said", "voice", "form", "grade", "source")
    assert [(row["label"], key) for row in statements(*OURS) for key in needed if not row.get(key)] == []
    assert {row["grade"] for row in statements(*OURS)} == {"high", "medium", "low"}


def test_every_source_is_declared_and_every_page_is_used() -> None:
    declared, used = sources(), {row["source"] for row in statements()}
    assert used - set(declared) == set()
    assert [name for name, table in declared.items() if table["kind"] == "page" and name not in used] == []
    assert [name for name in declared if not SOURCE_ID.fullmatch(name)] == []


def test_one_address_is_one_source() -> None:
    assert [url for url, count in Counter(table["url"] for table in sources().values() if "url" in table).items() if count > 1] == []


def test_every_term_and_area_is_declared() -> None:
    text = agreements()
    names, areas = {*DECLARED.findall(text), "offer"}, set(AREA.findall(text))
    assert sorted({row["term"] for row in statements(*OURS) if row["term"].split("(")[0] not in names}) == []
    assert sorted({row["area"] for row in statements(*OURS) if "area" in row} - areas) == []


def test_positions_are_offers_on_a_rung() -> None:
    rows = statements("positions")
    assert {row["says"] for row in rows} == {"offers"}
    assert [row["label"] for row in rows if not row.get("rung")] == []


def test_the_label_of_a_position_is_about_its_party() -> None:
    assert [row["label"] for row in statements("positions") if not row["term"].startswith(f"offer({row['label'][:3]}, ")] == []


def test_nobody_stands_behind_circles_and_editors() -> None:
    assert [row["label"] for row in statements(*OURS) if row["form"] in NOBODY and row.get("speaks_for")] == []


def test_low_grade_is_never_called_a_quotation_or_a_document() -> None:
    assert [row["label"] for row in statements(*OURS) if row["grade"] == "low" and row["form"] in ("quoted", "document")] == []


def test_objections_and_threats_are_positions_of_a_voice() -> None:
    stances = [row for row in statements(*OURS) if "stance" in row]
    assert {row["stance"] for row in stances} == {"supports", "demands", "objects", "threatens"}
    assert {row["says"] for row in stances} == {"position"}
    assert [row["label"] for row in statements("aggregates") if row["label"].startswith("obj-") and row["says"] != "position"] == []


def test_amounts_are_strings_and_no_floats() -> None:
    amounts = [amount_of(row) for row in statements(*OURS)]
    assert any(amounts)
    assert [found for found in amounts for end in ("low", "high") if end in found and not str(found[end]).isdecimal()] == []
    assert [found for found in amounts if not all(isinstance(value, str) for value in found.values())] == []
    assert [found for found in amounts if found and not found.get("unit")] == []


def test_what_has_not_been_done_says_how_firm_it_is() -> None:
    """An event that lies after the word about it is not done: such a statement names its firmness."""
    ahead = [row for row in statements("timeline") if row["says"] == "happened" and row.get("first") == row["said"] and "last" not in row]
    assert ahead
    assert [row["label"] for row in ahead if row.get("firmness") in (None, "done")] == []


def test_nothing_is_told_before_it_was_said() -> None:
    dated = [(row, date) for row in statements(*OURS) for date in DATE.findall(joined(row.get("conditions", "")))]
    assert [(row["label"], date) for row, date in dated if date > row["said"]] == []


def test_hungary_and_slovakia_stand_outside_the_coalition() -> None:
    members = {(row["term"], row.get("polarity", "yes"), row["source"]) for row in statements() if row["says"] == "member"}
    assert {one for one in members if one[0].startswith("coalition(")} == {
        ("coalition(HUN)", "no", "szijjarto-tass-2026-01-07"),
        ("coalition(SVK)", "no", "fico-unn-2025-02-17"),
    }


# ---------------------------------------------------------------- beside the compiled records


@needs_the_facts
def test_every_position_is_a_statement() -> None:
    assert [record["id"] for record in positions("pledges") if not parts(record)] == []
    for record in positions("pledges"):
        (row, *more), wanted = parts(record), from_record(record)
        assert row["label"] == record["id"]
        amounts = [found for part in (row, *more) if (found := amount_of(part))]
        assert len(amounts) <= 1, record["id"]
        assert {key: row.get(key) for key in ("says", "term", "rung", "grade")} | next(iter(amounts), {}) == wanted, record["id"]
        assert {part[key] for part in more for key in ("says", "term", "rung")} <= {wanted[key] for key in ("says", "term", "rung")}
        assert row["said"].split("T")[0] == day(record), record["id"]
        assert place(row) in places(record["source"]), record["id"]


@needs_the_facts
def test_no_position_lacks_a_record() -> None:
    known = {record["id"] for record in positions("pledges")}
    assert [row["label"] for row in statements("positions") if PART.sub("", row["label"]) not in known] == []


@needs_the_facts
def test_conditions_of_the_positions_are_those_of_the_record() -> None:
    for record in positions("pledges"):
        told = [part.get("conditions", []) for part in parts(record)]
        if record["id"] in IN_THE_REPORT:
            assert told.pop(0) == IN_THE_REPORT[record["id"]], record["id"]
        wanted = [OUR_WORDS.get(one, one) for one in record["conditions"]]
        assert sorted(one for part in told for one in part) == sorted(wanted), record["id"]


@needs_the_facts
def test_a_part_of_a_record_says_no_more_than_its_own_source() -> None:
    """What was added later, or told elsewhere, is a statement of its own."""
    split = {part["label"]: (part["said"], place(part)) for record in positions("pledges") for part in parts(record)[1:]}
    assert split == {
        "EST-land-2025-04-30-45-b": ("2025-08", ("estonia-2025-08", 0)),
        "FRA-land-2026-01-06-01-b": ("2026-01-06", ("declaration-of-intent", 0)),
        "GBR-land-2026-01-06-05-b": ("2026-01-06", ("no10-2026-01-06", 0)),
        "GBR-land-2026-01-06-05-c": ("2026-01-07", ("starmer-gbaf-2026-01-07", 0)),
    }


@needs_the_facts
def test_nothing_is_copied_from_the_records() -> None:
    """Conditions, notes and prose are our own words; only the declaration's title is its own."""
    theirs = set[tuple[str, ...]]()
    for text in (*texts(positions("pledges")), *texts(positions("aggregates")), *texts(positions("objections")), *texts(events())):
        theirs |= runs(text)
    theirs |= runs((FACTS / "README.md").read_text("utf-8"))
    ours = {path.name: runs(path.read_text("utf-8").replace(TITLE, "")) for path in (CASE / "agreements").glob("*.md")}
    for row in statements():
        ours[row["label"]] = {run for key in ("conditions", "note", "place") for run in runs(joined(row.get(key, "")))}
    assert {name: found for name, mine in ours.items() if (found := mine & theirs)} == {}


@needs_the_facts
def test_every_event_is_told_from_its_own_source_on_its_day() -> None:
    told = {(row["source"], row["said"].split("T")[0]) for row in statements()}
    wanted = [(name, record["date"]) for record in events() for name, _ in places(record["source"])]
    assert wanted
    assert [event for event in wanted if event not in told] == []


@needs_the_facts
def test_no_event_is_graded_above_its_record() -> None:
    order = ["low", "medium", "high"]
    best = {(name, record["date"]): record["confidence"] for record in events() for name, _ in places(record["source"])}
    rows = [(row, best.get((row["source"], row["said"]))) for row in statements("timeline")]
    assert [row["label"] for row, grade in rows if grade and order.index(row["grade"]) > order.index(grade)] == []


@needs_the_facts
@pytest.mark.parametrize("kind", ["aggregates", "objections"])
def test_every_aggregate_and_objection_is_told_from_each_of_its_sources(kind: str) -> None:
    told = {place(row): row for row in statements() if row["says"] in ("amount", "position")}
    records = positions(kind)
    assert [record for record in records if not places(record["source"]) <= set(told)] == []


@needs_the_facts
def test_the_numbers_of_the_aggregates_are_told() -> None:
    told = {(row.get("low"), row.get("high")) for row in statements() if row["says"] == "amount"}
    counts = [record[key] for record in positions("aggregates") for key in ("count", "subset", "value") if key in record]
    assert [number for number in counts if (str(number), str(number)) not in told] == []
    ranges = [(str(record["min"]), str(record["max"])) for record in positions("aggregates") if "min" in record]
    assert [ends for ends in ranges if ends not in told] == []
