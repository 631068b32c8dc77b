"""Workbooks that mean harm, and sheets that are none (TRUST T9, T10, T11)."""

from __future__ import annotations

import builtins
import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from aval.evidence.rows import bare, guarded
from aval.evidence.sheets.reading import read_book
from aval.model.problem import Incorrect
from tests.ledger.cases import BASE

HEAD = ["label", *BASE]
Book = Callable[[Path], None]


def book(path: Path, *rows: list[Any], title: str = "statements") -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = title
    for one in rows:
        sheet.append(one)
    made.save(path)
    return path


def with_part(path: Path, name: str, data: bytes) -> Path:
    """A sound workbook with one part more, or another one in its place."""
    sound = io.BytesIO()
    openpyxl.Workbook().save(sound)
    with zipfile.ZipFile(sound) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return path


def code(path: Path, sheet: str = "") -> str:
    with pytest.raises(Incorrect) as wrong:
        read_book(path, sheet)
    (problem,) = wrong.value.problems
    return problem.code.code


def test_cells_become_fields(tmp_path: Path) -> None:
    head = ["label", "said", "paragraph", "through", "low", "high", "polarity", "term", "says", "voice", "form", "grade", "source"]
    rest = ["truce", "holds", "A voice", "reported", "high", "paper"]
    values = ["a", datetime(2026, 1, 6), 5, "b; c", 2.5, 15000.0, False]  # noqa: DTZ001  a cell has no zone
    ((number, found),) = read_book(book(tmp_path / "b.xlsx", head, [*values, *rest], [None] * 13))
    assert number == 2
    assert (found["said"], found["paragraph"], found["through"]) == ("2026-01-06", 5, ["b", "c"])
    assert (found["low"], found["high"], found["polarity"]) == ("2.5", "15000", "no")


@pytest.mark.parametrize(
    "rows",
    [
        [["My statements"], HEAD],
        [[*HEAD, "colour"]],
        [[*HEAD, "term"]],
        [HEAD[:-1]],
        [],
        [HEAD, ["a", "=1+1"]],
        [HEAD, [*["x"] * len(HEAD), "beyond"]],
    ],
)
def test_a_sheet_that_is_no_list_is_one_clear_problem(tmp_path: Path, rows: list[list[str]]) -> None:
    assert code(book(tmp_path / "b.xlsx", *rows)) == "AV423"


def test_a_sheet_is_found_by_its_name(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", HEAD, title="mine")
    assert read_book(path, "mine") == []
    assert code(path, "yours") == "AV423"


@pytest.mark.parametrize(
    "name",
    [
        "xl/vbaProject.bin",
        "xl/externalLinks/externalLink1.xml",
        "xl/embeddings/oleObject1.bin",
        "xl/macrosheets/sheet1.xml",
        "xl/connections.xml",
    ],
)
def test_what_acts_is_refused(tmp_path: Path, name: str) -> None:
    assert code(with_part(tmp_path / "b.xlsx", name, b"x")) == "AV421"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path: Path, encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]><workbook>&l9;</workbook>'
    assert code(with_part(tmp_path / "b.xlsx", "xl/workbook.xml", xml.encode(encoding))) == "AV421"


def test_a_bomb_is_counted_while_it_unpacks(tmp_path: Path) -> None:
    assert code(with_part(tmp_path / "b.xlsx", "xl/media/x.xml", b" " * 70_000_000)) == "AV422"


def test_many_parts_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        for number in range(600):
            archive.writestr(f"x{number}", b"")
    assert code(tmp_path / "b.xlsx") == "AV422"


@pytest.mark.parametrize("data", [b"", b"label,says\n", b"PK\x03\x04" + bytes(100), b"\xd0\xcf\x11\xe0" + bytes(600)])
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "b.xlsx").write_bytes(data)
    assert code(tmp_path / "b.xlsx") == "AV421"


def test_a_folder_or_nothing_is_no_workbook(tmp_path: Path) -> None:
    assert code(tmp_path) == "AV421"
    assert code(tmp_path / "none.xlsx") == "AV421"


def test_without_openpyxl_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:  # noqa: ANN401  as the builtin
        if name == "openpyxl":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    assert code(tmp_path / "b.xlsx") == "AV420"


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "-x", "@me", "'=x", "''@", "'t Hooft", "", "'", "plain", "=", "-5", "2.5", "'-5"])
def test_a_guarded_cell_is_inert_and_comes_back(text: str) -> None:
    cell = guarded(text)
    assert bare(cell) == text
    assert cell[:1] not in ("=", "+", "-", "@") or cell == "-5"


def test_a_cell_with_a_time_keeps_its_seconds(tmp_path: Path) -> None:
    head = ["label", "says", "term", "said", "voice", "form", "grade", "source"]
    times = [datetime(2026, 1, 6, 18, 44, 30), datetime(2026, 1, 6, 18, 43, 59, 999_999), datetime(2026, 1, 5, 23, 59, 59, 999_999)]  # noqa: DTZ001  as a sheet has them
    rows = [["a", "happened", "truce_begins", time, "v", "reported", "high", "paper"] for time in times]
    read = [fields["said"] for _, fields in read_book(book(tmp_path / "b.xlsx", head, *rows))]
    assert read == ["2026-01-06T18:44:30", "2026-01-06T18:44", "2026-01-06"]
