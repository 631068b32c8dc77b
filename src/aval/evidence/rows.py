"""Rows: a line of a statement file as named values with their places, from JSON or from CSV, and nothing decided yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from aval.evidence.codes import files
from aval.evidence.codes import lines as codes
from aval.evidence.complaint import Complaint
from aval.evidence.fields import FIELDS, REQUIRED
from aval.evidence.strict import fields_of, read_object
from aval.evidence.words import either, near, shown
from aval.model.problem import Problem, Span

MAX_LINE = 1024 * 1024
"""The longest line, in characters."""
_LONGEST_EXCERPT = 2000

_CELL = re.compile(r'(?:"((?:[^"]++|"")*+)"|([^",]*+))(,|\Z)')
_GUARDED = re.compile(r"'+[=+\-@]")
_RUN = re.compile(r"'*[=+\-@]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
Spans = Mapping[str, tuple[int, int]]
_NONE: Mapping[str, object] = MappingProxyType({})


@dataclass(slots=True, kw_only=True)
class Row:
    """One line: its file, its number from 1, where it stands in the file's text, its values by name.

    `cells` are the offsets of values where CSV found them. A row refers to the text of its file, and does not copy it. It is not frozen,
    because a million of them are made and emptied.
    """

    path: str
    line: int
    content: str
    start: int
    end: int
    values: Mapping[str, object]
    cells: Spans | None = None

    @property
    def raw(self) -> str:
        """Its text."""
        return self.content[self.start : self.end]

    def emptied(self) -> Row:
        """Let go of the values, once they are read, and give the row: its place is still needed, and a million of them must not be."""
        self.values = _NONE
        return self

    @property
    def is_csv(self) -> bool:
        """Whether every value came as text."""
        return self.cells is not None

    def span(self, key: str = "", offset: int | None = None) -> Span:
        """Give the place of a field's value, or of an offset, or of the whole row."""
        if offset is not None:
            return Span(self.path, self.line, offset + 1, self.line, offset + 2)
        cells = self.cells if self.cells is not None else _json_spans(self.raw) if key else {}
        start, end = cells.get(key, (0, self.end - self.start))
        return Span(self.path, self.line, start + 1, self.line, end + 1)

    def problem(self, complaint: Complaint) -> Problem:
        """Give a complaint its place."""
        return Problem(
            code=complaint.code,
            message=complaint.message,
            span=self.span(complaint.key, complaint.offset),
            hint=complaint.full_hint(),
            excerpt=self.raw if len(self.raw) <= _LONGEST_EXCERPT else "",
            notes=complaint.notes,
        )


def is_empty(value: object) -> bool:
    """Whether a value says nothing: an empty text or list, or only spaces. It is then as if the field were not there."""
    return value in ("", []) or (isinstance(value, str) and value.isspace())


@lru_cache(maxsize=1)
def _json_spans(raw: str) -> Spans:
    """Find the values of a line, once for all its problems."""
    return {name: (start, end) for name, _, start, end in fields_of(raw)}


Found = Row | tuple[Row, Complaint]


def lines_of(content: str) -> Iterator[tuple[int, int, int]]:
    """Yield each line of a text: its number from 1, where it starts, where it ends."""
    start, number = 0, 0
    while start <= len(content):
        end = content.find("\n", start)
        end = len(content) if end < 0 else end
        number += 1
        yield number, start, end
        start = end + 1


def json_rows(path: str, content: str) -> Iterator[Found]:
    """Read JSONL: each line is a row, or a row and what is wrong with it. Empty lines are skipped."""
    first = True
    for number, start, end in lines_of(content):
        line = content[start:end]
        if not line.strip(" \t\r"):
            continue
        if first and line.strip() in ("[", "{"):
            row = Row(path=path, line=number, content=content, start=start, end=end, values={})
            hint = "A .jsonl file has one whole object on each line, and no brackets around them."
            yield row, Complaint(code=codes.NOT_AN_OBJECT, message="One object is spread over several lines.", hint=hint)
            return
        first = False
        values = _too_long(line) or read_object(line)
        if isinstance(values, Complaint):
            yield Row(path=path, line=number, content=content, start=start, end=end, values={}), values
        else:
            yield Row(path=path, line=number, content=content, start=start, end=end, values=values)


def _too_long(line: str) -> Complaint | None:
    if len(line) <= MAX_LINE:
        return None
    return Complaint(code=files.LINE_TOO_LONG, message="This line is longer than 1 MB.", hint="Are its line ends still there?")


def csv_rows(path: str, content: str) -> Iterator[Found]:
    """Read CSV: the first line names the fields. A wrong first line is the one problem of its file."""
    lines = lines_of(content)
    _, start, end = next(lines)
    first = content[start:end]
    cells = _too_long(first) or split_cells(first)
    names = [] if isinstance(cells, Complaint) else [text.strip() for text, _, _ in cells]
    fault = cells if isinstance(cells, Complaint) else _bad_header(names, first)
    if fault is not None:
        yield Row(path=path, line=1, content=content, start=start, end=end, values={}), fault
        return
    for number, start, end in lines:
        if content[start:end].strip(" \t\r,"):
            yield _csv_row(Row(path=path, line=number, content=content, start=start, end=end, values={}), names)


def _csv_row(row: Row, names: list[str]) -> Found:
    line = row.raw
    cells = _too_long(line) or split_cells(line)
    if isinstance(cells, list) and len(cells) != len(names):
        message = f"This row has {len(cells)} fields, and the first line names {len(names)}."
        cells = Complaint(code=codes.BAD_ROW, message=message, hint="Put a text that has a comma in quotation marks.")
    if isinstance(cells, Complaint):
        return row, cells
    values = {name: bare(text) for name, (text, _, _) in zip(names, cells, strict=True)}
    spans = {name: (start, end) for name, (_, start, end) in zip(names, cells, strict=True)}
    return replace(row, values=values, cells=spans)


def bare(cell: str) -> str:
    """Take away the apostrophe that keeps a spreadsheet from running a cell: `'=1+1` is the text `=1+1` (TRUST T10)."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """Write a text so that no spreadsheet runs it; `bare` gives it back. A number stays a number."""
    return f"'{cell}" if _RUN.match(cell) and not _NUMBER.fullmatch(cell) else cell


def split_cells(line: str) -> list[tuple[str, int, int]] | Complaint:
    """Split a line at its commas (RFC 4180, strictly), each cell with its offsets. A quoted cell ends on its own line."""
    cells: list[tuple[str, int, int]] = []
    at = 0
    while True:
        match = _CELL.match(line, at)
        if match is None:
            hint = "Put the whole field in quotation marks and double each mark inside it."
            return Complaint(
                code=codes.BAD_QUOTES, message="A quotation mark is not closed, or stands inside a field.", hint=hint, offset=at
            )
        quoted = match[1]
        cells.append((match[2] if quoted is None else quoted.replace('""', '"'), at, match.start(3)))
        if not match[3]:
            return cells
        at = match.end()


def _bad_header(names: list[str], line: str) -> Complaint | None:
    fault = header_fault(names)
    if not fault:
        return None
    unknown = [name for name in names if name not in FIELDS]
    hint = near(unknown[0], FIELDS) if unknown else ""
    if len(names) == 1 and (";" in line or "\t" in line):
        hint = "Separate the fields by commas."
    message = f"The first line does not name the fields: {fault}."
    return Complaint(code=codes.BAD_HEADER, message=message, hint=hint or "The names are those of the JSON format.")


def header_fault(names: list[str]) -> str:
    """Say what is wrong with the names of columns; `""` if nothing is."""
    unknown = [name for name in names if name not in FIELDS]
    twice = sorted({name for name in names if names.count(name) > 1 and name in FIELDS}) if len(names) <= 2 * len(FIELDS) else []
    missing = [name for name in REQUIRED if name not in names]
    said = [
        f"{shown(unknown[0])} is no field" + (f", nor are {len(unknown) - 1} more" if unknown[1:] else "") if unknown else "",
        f"{either(twice).replace(' or ', ' and ')} stand twice" if twice else "",
        f"{either(missing).replace(' or ', ' and ')} {'are' if missing[1:] else 'is'} missing" if missing else "",
    ]
    return "; ".join(part for part in said if part)
