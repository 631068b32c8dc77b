"""Statements as CSV and XLSX, with the same columns; read back, each has the content id that it had. No cell is a formula (TRUST T10)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from aval.evidence.canonical import canonical
from aval.evidence.codes import sheets as codes
from aval.evidence.fields import FIELDS, LISTS
from aval.evidence.rows import guarded
from aval.evidence.sheets.reading import library
from aval.evidence.words import shown
from aval.model.problem import Incorrect, Problem, Span
from aval.model.statement import Statement

COLUMNS = tuple(name for name in FIELDS if name not in ("when", "value", "visibility"))
"""The columns of what is written: times as `first`, `last` and `wording`, as the canonical form has them."""
_BOLD_ROW = 1


def cells_of(statement: Statement) -> list[str]:
    """Give the cells of a statement. Raises `Incorrect` where a list has an entry with a semicolon."""
    found: dict[str, str | int | list[str]] = {"label": statement.label, **canonical(statement)}
    for name in LISTS:
        listed = found.get(name)
        if isinstance(listed, list) and any(";" in item for item in listed):
            message = f"{shown(statement.label)} has a semicolon in an entry of `{name}`, which separates entries in a cell."
            hint = "Write the list with an entry for each part, or keep to JSON lines."
            raise Incorrect((Problem(code=codes.NOT_FLAT, message=message, span=Span(statement.span.path), hint=hint),))
    values = (found.get(name, "") for name in COLUMNS)
    return ["; ".join(value) if isinstance(value, list) else str(value) for value in values]


def as_csv(statements: Iterable[Statement]) -> str:
    """Write statements as CSV; a text that a spreadsheet would run has an apostrophe before it, which is taken away when it is read."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in cells] for cells in _all(statements))
    return made.getvalue()


def as_xlsx(statements: Iterable[Statement], path: Path) -> bytes:
    """Write statements as a workbook of one sheet; every cell is text. Raises `Incorrect` without openpyxl."""
    openpyxl = library(path)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "statements"
    for number, cells in enumerate([list(COLUMNS), *_all(statements)], 1):
        for column, text in enumerate(cells, 1):
            if text:
                cell = sheet.cell(number, column)
                cell.value = text
                cell.data_type = "s"  # openpyxl would make a formula of what begins with =
                cell.quotePrefix = True
    sheet.freeze_panes = "B2"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _all(statements: Iterable[Statement]) -> Iterator[list[str]]:
    return (cells_of(statement) for statement in sorted(statements, key=lambda one: one.label))
