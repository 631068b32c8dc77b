"""The manifest: read whole, or refused with every problem at its line."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from aval.evidence.folder import open_folder
from aval.evidence.manifest import read_manifest
from aval.model.case import Manifest
from aval.model.problem import Problem
from aval.model.source import Source, SourceKind

GOOD = """schema = "aval.case/1"
title = "Paris"
zone = "Europe/Paris"
language = "en"
summary = "What is in force."
agreements = ["agreements/framework.md"]
statements = [
  "statements/reports.jsonl",
  "statements/more.csv",
]
headlines = ["in_force"]

[sources.dpa-2025-09-04]
kind = "report"
title = "A report"
date = 2025-09-04
paragraphs = 12

[sources."elysee.fr"]
kind = "page"
title = "A page"
"""


def read(tmp_path: Path, content: str) -> tuple[Manifest | None, tuple[Problem, ...]]:
    (tmp_path / "aval.toml").write_text(content, "utf-8")
    return read_manifest(open_folder(tmp_path))


def test_a_manifest_is_read(tmp_path: Path) -> None:
    manifest, problems = read(tmp_path, GOOD)
    assert problems == ()
    assert manifest is not None
    assert (manifest.title, manifest.zone, manifest.language) == ("Paris", "Europe/Paris", "en")
    assert manifest.agreements == ("agreements/framework.md",)
    assert manifest.statements == ("statements/reports.jsonl", "statements/more.csv")
    assert manifest.headlines == ("in_force",)
    wanted = Source(id="dpa-2025-09-04", kind=SourceKind.REPORT, title="A report", date="2025-09-04", paragraphs=12)
    assert manifest.sources["dpa-2025-09-04"] == wanted
    assert list(manifest.sources) == ["dpa-2025-09-04", "elysee.fr"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line", "part", "hint"),
    [
        ('"Paris"', "Paris", "AV120", 2, "not valid TOML", "quotes"),
        ("language", "title", "AV120", 4, "Cannot overwrite", "quotes"),
        ("summary =", "sumary =", "AV121", 5, 'no entry "sumary"', 'Did you mean "summary"?'),
        ("paragraphs", "paragraph", "AV121", 17, "of sources.dpa-2025-09-04", 'Did you mean "paragraphs"?'),
        ('title = "A page"', "", "AV122", 19, "`title` is missing in sources.elysee.fr", "its title"),
        ('zone = "Europe/Paris"', "", "AV122", 0, "`zone` is missing", "Europe/Paris"),
        ('"in_force"', "5", "AV123", 11, "a list of texts", 'headlines = ["…", "…"]'),
        ('"in_force"', '"in force"', "AV123", 11, "is no term", "in_force(FRA)"),
        ("paragraphs = 12", "paragraphs = 1.5", "AV123", 17, "a whole number", ""),
        ("paragraphs = 12", "paragraphs = true", "AV123", 17, "a whole number", ""),
        ('"en"', '"English"', "AV123", 4, "is no language", "en, de or uk"),
        ("aval.case/1", "aval.case/9", "AV124", 1, 'this is "aval.case/9"', 'schema = "aval.case/1"'),
        ("Europe/Paris", "Paris", "AV125", 3, 'no time zone "Paris"', 'Did you mean "Europe/Paris"?'),
        ("Europe/Paris", "Europe/Pariss", "AV125", 3, "no time zone", 'Did you mean "Europe/Paris"?'),
        ("Europe/Paris", "Europe", "AV125", 3, "no time zone", "Europe/"),
        ("Europe/Paris", "../../etc/passwd", "AV125", 3, "no time zone", "Europe/Paris"),
        ("[sources.dpa-2025-09-04]", '[sources."DPA 4 Sept"]', "AV126", 0, "cannot be a source id", "small letters"),
        ('"report"', '"repart"', "AV127", 14, '`kind` cannot be "repart"', 'Did you mean "report"?'),
        ("2025-09-04\n", '"2025-02-30"\n', "AV128", 16, '"2025-02-30" is no date', "2026-01-06"),
        ("paragraphs = 12", 'sha256 = "BFBD"', "AV129", 17, "`sha256`", "64 small hexadecimal digits"),
        ("paragraphs = 12", 'url = "javascript:alert(1)"', "AV130", 17, "`url`", "https://"),
        ("framework.md", "framework.txt", "AV131", 6, "does not end in .md", ""),
        ("more.csv", "reports.jsonl", "AV131", 7, "is listed twice", "Keep one"),
        ("statements/more.csv", "../more.csv", "AV104", 7, "It has `..`.", "from the folder of the case"),
        ('"What is in force."', '"a\\u202eb"', "AV113", 5, "RIGHT-TO-LEFT OVERRIDE", "Take it out"),
        ('"What is in force."', '"""a\nb"""', "AV113", 5, "LINE FEED", "on one line"),
    ],
)
def test_a_wrong_manifest(tmp_path: Path, *, old: str, new: str, code: str, line: int, part: str, hint: str) -> None:
    assert old in GOOD
    manifest, problems = read(tmp_path, GOOD.replace(old, new, 1))
    assert manifest is None
    problem = next(found for found in problems if found.code.code == code)
    assert (problem.span.path, problem.span.line) == (f"{tmp_path}/aval.toml", line)
    assert part in problem.message
    assert hint in problem.hint
    assert problem.message.isprintable()
    assert problem.excerpt == (GOOD.replace(old, new, 1).split("\n")[line - 1] if line else "")


def test_all_problems_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    _, problems = read(tmp_path, GOOD.replace('"report"', '"x"').replace('title = "Paris"', "title = 5").replace("Europe/Paris", "x"))
    assert [problem.span.line for problem in problems] == [2, 3, 14]


@pytest.mark.parametrize(
    "content",
    [
        "a = " + "[" * 100_000,
        "a = " + '{"b"=' * 100_000,
        "a." * 100_000 + "b = 1",
        "[" + "a." * 100_000 + "b]",
        "x" * 1_000_000,
        "a = " + "1" * 900_000,
        '"' * 1_000_000,
    ],
)
def test_a_hostile_manifest_is_refused_soon(tmp_path: Path, content: str) -> None:
    start = time.process_time()
    manifest, (problem,) = read(tmp_path, content)
    assert manifest is None
    assert problem.code.code == "AV120"
    assert time.process_time() - start < 2


def test_a_manifest_that_cannot_be_read_is_the_one_problem(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "aval.toml")
    manifest, (problem,) = read_manifest(open_folder(tmp_path))
    assert manifest is None
    assert problem.code.code == "AV106"
