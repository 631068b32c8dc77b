"""The two reports of `cases/paris`: every paragraph is accounted for, every quote stands where it is said to, and nothing is copied."""

from __future__ import annotations

import csv
import json
import re
import tomllib
from collections import Counter
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

import pytest

ROOT = Path(__file__).parents[2]
CASE = ROOT / "cases" / "paris"
SOURCES = ROOT.parent / "shared" / "sources"
PARAGRAPHS = {"dpa-2025-09-04": 12, "report-2026-01-06": 20}
LONGEST_QUOTE = 8
LABEL = {"dpa-2025-09-04": "r1", "report-2026-01-06": "r2"}
ANCHOR = re.compile(r'source "([a-z0-9.-]+)(?:#P(\d+))?"(?: "([^"]*)")?')
WORD = re.compile(r"\w+")

needs_the_reports = pytest.mark.skipif(not SOURCES.is_dir(), reason="the two reports are under copyright and not in the repository")


def statements(name: str = "*") -> list[dict[str, Any]]:
    """Read statement files of the case as they stand."""
    files = sorted((CASE / "statements").glob(f"{name}.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines() if line.strip()]


def of_the_reports(name: str = "*") -> list[dict[str, Any]]:
    """Read the statements that rest on one of the two reports."""
    return [row for row in statements(name) if row["source"] in PARAGRAPHS]


def coverage() -> list[dict[str, str]]:
    """Read the table of paragraphs."""
    with (CASE / "coverage.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def labels(row: dict[str, str]) -> list[str]:
    """Read the labels of one paragraph."""
    return row["labels"].split(";") if row["labels"] else []


def anchors() -> list[tuple[str, str, int, str]]:
    """Read every anchor in the agreements: file, source, paragraph (0 is the whole) and quote."""
    pages = [(path.name, path.read_text("utf-8")) for path in sorted((CASE / "agreements").glob("*.md"))]
    return [(name, match[1], int(match[2] or 0), match[3] or "") for name, text in pages for match in ANCHOR.finditer(text)]


def manifest() -> dict[str, dict[str, Any]]:
    """Read the sources that the case declares."""
    return cast("dict[str, dict[str, Any]]", tomllib.loads((CASE / "aval.toml").read_text("utf-8"))["sources"])


def report(source: str) -> list[str]:
    """Read the paragraphs of a report: its non-empty lines."""
    digest = manifest()[source]["sha256"]
    data = next(data for data in (path.read_bytes() for path in sorted(SOURCES.glob("*.txt"))) if sha256(data).hexdigest() == digest)
    return [line.strip() for line in data.decode("utf-8").splitlines() if line.strip()]


def words(text: str) -> list[str]:
    """Give the words of a text, in small letters."""
    return WORD.findall(text.casefold())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    """Give every run of so many consecutive words."""
    found = words(text)
    return {tuple(found[start : start + length]) for start in range(len(found) - length + 1)}


def test_every_paragraph_stands_once_and_in_order() -> None:
    assert [(row["source"], int(row["paragraph"])) for row in coverage()] == [
        (source, number) for source, count in PARAGRAPHS.items() for number in range(1, count + 1)
    ]


def test_a_paragraph_has_statements_or_says_why_not() -> None:
    assert [row for row in coverage() if bool(labels(row)) == bool(row["why_none"].strip())] == []


def test_every_label_in_the_table_is_a_statement_of_that_paragraph() -> None:
    where = {row["label"]: (row["source"], row["paragraph"]) for row in of_the_reports()}
    listed = {label: (row["source"], int(row["paragraph"])) for row in coverage() for label in labels(row)}
    assert {label: place for label, place in listed.items() if where.get(label) != place} == {}


def test_every_statement_from_the_reports_is_in_the_table_once() -> None:
    listed = Counter(label for row in coverage() for label in labels(row))
    assert listed == Counter(row["label"] for row in of_the_reports())


def test_labels_of_sentences_name_their_report_and_paragraph() -> None:
    named = [row for row in of_the_reports("reports") if re.match(r"r\d-", row["label"])]
    assert named
    assert [row["label"] for row in named if not re.fullmatch(rf"{LABEL[row['source']]}-p{row['paragraph']:02d}-[a-z]", row["label"])] == []


def test_the_reports_come_in_the_order_of_their_paragraphs() -> None:
    places = [(row["said"], row["paragraph"]) for row in of_the_reports("reports")]
    assert all(first <= second for first, second in pairwise(places))


def test_statements_of_the_reports_are_said_when_the_report_was() -> None:
    said = {(row["source"], row["said"]) for row in of_the_reports("reports")}
    assert said == {("dpa-2025-09-04", "2025-09-04T18:44+02:00"), ("report-2026-01-06", "2026-01-06")}


def test_paragraphs_are_in_range() -> None:
    assert [row["label"] for row in of_the_reports() if not 1 <= row["paragraph"] <= PARAGRAPHS[row["source"]]] == []
    assert [anchor for anchor in anchors() if anchor[1] in PARAGRAPHS and not 0 <= anchor[2] <= PARAGRAPHS[anchor[1]]] == []
    assert {source: manifest()[source]["paragraphs"] for source in PARAGRAPHS} == PARAGRAPHS


def test_every_source_that_is_named_is_declared() -> None:
    declared = set(manifest())
    assert [anchor for anchor in anchors() if anchor[1] not in declared] == []
    assert [row["label"] for row in statements() if row["source"] not in declared] == []


def test_quotes_are_a_few_words() -> None:
    quotes = [(row["label"], row.get("quote", "")) for row in statements()] + [(name, quote) for name, _, _, quote in anchors()]
    assert [(name, quote) for name, quote in quotes if len(quote.split()) > LONGEST_QUOTE or len(quote) > 80] == []
    assert [row["label"] for row in of_the_reports("reports") if not row.get("quote")] == []


def test_circles_and_hearsay_are_graded_as_such() -> None:
    circles = [row for row in of_the_reports() if row["form"] == "circles"]
    assert circles
    assert [row["label"] for row in circles if row["grade"] == "high"] == []
    assert [row["label"] for row in of_the_reports("reports") if "heisst es" in row["quote"] and row["grade"] != "low"] == []


def test_threats_and_refusals_of_a_voice_are_no_facts() -> None:
    stances = {row["says"] for row in of_the_reports("reports") if row.get("stance") in ("threatens", "refuses", "objects")}
    assert stances == {"position"}


@needs_the_reports
def test_the_reports_are_those_that_were_read() -> None:
    assert {source: len(report(source)) for source in PARAGRAPHS} == PARAGRAPHS


@needs_the_reports
def test_quotes_stand_in_their_paragraph() -> None:
    texts = {source: report(source) for source in PARAGRAPHS}
    quoted = [(row["label"], row["source"], row["paragraph"], row.get("quote", "")) for row in of_the_reports()]
    quoted += [anchor for anchor in anchors() if anchor[1] in PARAGRAPHS]
    assert [
        (name, quote)
        for name, source, number, quote in quoted
        if quote not in (texts[source][number - 1] if number else " ".join(texts[source]))
    ] == []


@needs_the_reports
def test_nothing_is_copied_from_the_reports() -> None:
    theirs = set[tuple[str, ...]]()
    for source in PARAGRAPHS:
        theirs |= runs("\n".join(report(source)), LONGEST_QUOTE + 1)
    ours = {path.name: runs(path.read_text("utf-8"), LONGEST_QUOTE + 1) for path in CASE.rglob("*") if path.is_file()}
    assert {name: found for name, mine in ours.items() if (found := mine & theirs)} == {}
