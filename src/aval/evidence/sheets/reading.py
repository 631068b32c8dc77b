"""Statements from a sheet: the first row names the fields, every other row is one statement; cells are text as CSV would have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from aval.evidence.codes import sheets as codes
from aval.evidence.fields import FIELDS, LISTS
from aval.evidence.rows import header_fault
from aval.evidence.sheets.book import open_book
from aval.evidence.words import near, shown
from aval.model.problem import Code, Incorrect, Problem, Span

if TYPE_CHECKING:
    from types import ModuleType

MOST_ROWS = 100_000
_WIDEST = 2 * len(FIELDS)
Fields = dict[str, object]


def library(path: Path) -> ModuleType:
    """Give openpyxl. Raises `Incorrect` where it is not installed."""
    try:
        import openpyxl  # noqa: PLC0415  only a spreadsheet needs it, and it may not be there
    except ImportError:
        hint = 'Install it: python -m pip install "aval[xlsx]"'
        message = "Spreadsheets need openpyxl, which is not installed."
        raise Incorrect((Problem(code=codes.NO_SPREADSHEETS, message=message, span=Span(str(path)), hint=hint),)) from None
    return openpyxl


def read_book(path: Path, sheet: str = "") -> list[tuple[int, Fields]]:
    """Read the statements of a sheet, by default the first one: the number of each row, and its fields.

    Raises `Incorrect` with one clear problem.
    """
    openpyxl = library(path)
    data = open_book(path)
    try:
        book = openpyxl.load_workbook(data, read_only=True, data_only=False, keep_links=False)
        cells = book[_sheet(list(book.sheetnames), sheet, path)].iter_rows(max_col=_WIDEST)
        return list(_rows(cells, path))
    except Incorrect:
        raise
    except Exception as error:  # noqa: BLE001  openpyxl raises whatever its XML does to it; a hostile file is the user's, not ours
        raise _wrong(codes.BAD_BOOK, path, f"This is no XLSX file: {type(error).__name__}.", "Save the sheet anew as XLSX.") from None


def _sheet(names: list[str], wanted: str, path: Path) -> str:
    if wanted and wanted not in names:
        hint = near(wanted, names) or f"There are: {', '.join(names[:9])}."
        raise _wrong(codes.BAD_SHEET, path, f"There is no sheet {shown(wanted)}.", hint)
    return wanted or names[0]


def _rows(cells: Iterator[Any], path: Path) -> Iterator[tuple[int, Fields]]:
    header = [str(_text(cell, path)).strip() for cell in next(cells, ())]
    while header and not header[-1]:
        header.pop()
    fault = header_fault(header) if header else "it is empty"
    if fault:
        raise _wrong(codes.BAD_SHEET, path, f"The first row does not name the fields: {fault}.", f"It names: {', '.join(FIELDS[:6])}, …")
    for number, row in enumerate(cells, 2):
        if number > MOST_ROWS:
            raise _wrong(codes.BOOK_TOO_LARGE, path, f"It has more than {MOST_ROWS} rows.", "Split it.")
        texts = [_text(cell, path) for cell in row]
        if any(text.strip() for text in texts[len(header) :]):
            raise _wrong(
                codes.BAD_SHEET, path, f"Row {number} has a cell beyond the last named column.", "Name the column, or empty the cell."
            )
        values = dict(zip(header, texts, strict=False))
        if any(text.strip() for text in values.values()):
            yield number, fields_of_cells(values)


def fields_of_cells(values: dict[str, str]) -> Fields:
    """Give cells as the fields of JSON: lists are split at semicolons, the paragraph is a number, empty cells are left out."""
    found: Fields = {}
    for name, text in values.items():
        if not text.strip():
            continue
        if name in LISTS:
            found[name] = [part.strip() for part in text.split(";") if part.strip()]
        elif name == "paragraph" and text.strip().isdecimal() and text.isascii():
            found[name] = int(text)
        else:
            found[name] = text
    return found


def _text(cell: Any, path: Path) -> str:  # noqa: ANN401  a cell of openpyxl, of one of three classes
    value = cell.value
    if cell.data_type == "f":
        raise _wrong(codes.BAD_SHEET, path, f"The cell {cell.coordinate} holds a formula.", "Put its value there.")
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return _clock(value)
        case date():
            return value.isoformat()
        case int():
            return str(value)
        case float():
            return format(Decimal(repr(value)), "f").removesuffix(".0")
        case _:
            return str(value)


def _clock(value: datetime) -> str:
    """Write a date with its time, to the second; a sheet holds times as fractions of a day, which are hardly ever exact."""
    near = (value + timedelta(microseconds=500_000)).replace(microsecond=0)
    if near.time() == time():
        return near.date().isoformat()
    return near.isoformat(timespec="seconds" if near.second else "minutes")


def _wrong(code: Code, path: Path, message: str, hint: str) -> Incorrect:
    return Incorrect((Problem(code=code, message=message, span=Span(str(path)), hint=hint),))
