"""AV420 onwards: recording, and spreadsheets."""

from __future__ import annotations

from aval.model.problem import Code

NO_SPREADSHEETS = Code(
    code="AV420",
    title="Spreadsheets need one more package",
    what="openpyxl is installed, which reads and writes XLSX.",
    why="Most people never need it, so Aval does not bring it along.",
    bad="aval record cases/paris --xlsx statements.xlsx, without openpyxl",
    good='python -m pip install "aval[xlsx]"',
)
BAD_BOOK = Code(
    code="AV421",
    title="This workbook cannot be taken",
    what="An XLSX file holds cells only: no macros, no links to other files, no embedded objects, no document types in its XML.",
    why="Such parts can act on your machine, or show one thing and hold another.",
    bad="a workbook saved with macros (.xlsm) and renamed",
    good="the same sheet saved as XLSX without macros and links",
)
BOOK_TOO_LARGE = Code(
    code="AV422",
    title="This workbook is too large",
    what="An XLSX file has at most 16 MB, 64 MB unpacked, and 100,000 rows.",
    why="A small archive can unpack to more than the memory holds.",
    bad="an archive of 40 kB that unpacks to 4 GB",
    good="several workbooks, or a file of JSON lines",
)
BAD_SHEET = Code(
    code="AV423",
    title="This sheet is no list of statements",
    what="The first row of the sheet names the fields of statements, each once, with those that every statement needs; "
    "cells hold no formulas.",
    why="A cell in a column without a name would be lost, and a formula can show another value tomorrow.",
    bad="a sheet whose first row is a title",
    good="the first row: label, says, term, said, voice, form, grade, source",
)
NOT_FLAT = Code(
    code="AV424",
    title="This does not fit into a cell",
    what="No entry of a list (through, conditions, withdraws) has a semicolon, which separates entries in a cell.",
    why="Read back, one entry would be two.",
    bad='{"through": ["AFP; Reuters"]}, exported as CSV',
    good='{"through": ["AFP", "Reuters"]}',
)
WHICH_FILE = Code(
    code="AV425",
    title="Which file of statements?",
    what="A statement is recorded in one of the files of statements that aval.toml lists.",
    why="A file that is not listed is not read, so the statement would be lost.",
    bad="aval record cases/paris --file notes.jsonl",
    good="aval record cases/paris --file statements/timeline.jsonl",
)
NO_COLUMN = Code(
    code="AV426",
    title="The file has no column for a field",
    what="A CSV file of statements has a column for each field that a new statement has.",
    why="The value would have no place, and adding a column changes every line.",
    bad="--note, into a CSV without a column note",
    good="a file of JSON lines, or a CSV with that column",
)

CODES: tuple[Code, ...] = (NO_SPREADSHEETS, BAD_BOOK, BOOK_TOO_LARGE, BAD_SHEET, NOT_FLAT, WHICH_FILE, NO_COLUMN)
