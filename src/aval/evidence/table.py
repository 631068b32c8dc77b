"""Tables of a case, read strictly: the first line names the columns, every other line is one row, all or nothing (semantics 2.5).

A table of numbers has a column for each parameter of its quantity, then `value`, or `low` and `high`, and may have `from`: the first day on
which a row holds. A table of members has `member`, and may have `from` and `until`, the last day.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from aval.evidence.codes import files as codes
from aval.evidence.complaint import Complaint
from aval.evidence.rows import bare, lines_of, split_cells
from aval.evidence.words import either, near, shown
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.instant import is_date, read_civil
from aval.model.problem import Problem, Span
from aval.model.table import Table, TableRow

MEMBER, VALUE, LOW, HIGH, FROM, UNTIL = "member", "value", "low", "high", "from", "until"
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,12})?", re.ASCII)
_SHOWN = 20
"""How many wrong rows of one table are told."""


@frozen(kw_only=True)
class Form:
    """What a table has to look like: the columns of its arguments, the names that may stand in each, and whether it holds numbers."""

    args: tuple[str, ...]
    names: tuple[Collection[str], ...]
    numbers: bool

    def fault(self, columns: list[str]) -> str:
        """Say what is wrong with the names of the columns; `""` if nothing is."""
        known = (*self.args, *((VALUE, LOW, HIGH, FROM) if self.numbers else (FROM, UNTIL)))
        unknown = [name for name in columns if name not in known]
        twice = sorted({name for name in columns if columns.count(name) > 1})
        missing = [name for name in self.args if name not in columns]
        if unknown or twice or missing:
            said = (("not a column of it", unknown), ("named twice", twice), ("missing", missing))
            return "; ".join(f"{shown(names[0])} is {what}" for what, names in said if names)
        plain, ends = VALUE in columns, {LOW, HIGH} & set(columns)
        return "it needs either `value`, or `low` and `high`" if self.numbers and (plain == bool(ends)) else ""

    @property
    def hint(self) -> str:
        """Show a sound first line."""
        return f"Write: {','.join((*self.args, VALUE, FROM) if self.numbers else (*self.args, FROM, UNTIL))}; the dates can be left out."


def read_table(text: Text, form: Form, zone: str) -> tuple[Table | None, list[Problem]]:
    """Read a table; none of it if a row is wrong. Dates are read in the zone of its agreement."""
    lines = lines_of(text.content)
    _, start, end = next(lines)
    header = split_cells(text.content[start:end])
    columns = [] if isinstance(header, Complaint) else [cell.strip() for cell, _, _ in header]
    fault = header.message if isinstance(header, Complaint) else form.fault(columns)
    if fault:
        return None, [_problem(text, 1, f"The first line does not name the columns: {fault}.", form.hint)]
    rows: list[TableRow] = []
    problems: list[Problem] = []
    seen: dict[tuple[tuple[str, ...], str], int] = {}
    for number, start, end in lines:
        line = text.content[start:end]
        if not line.strip(" \t\r,"):
            continue
        row = _row(line, columns, form, zone)
        if isinstance(row, TableRow) and (first := seen.setdefault((row.args, row.start), number)) != number:
            row = (f"Line {first} speaks of the same.", "Keep one of the two, or give each its own `from`.")
        if isinstance(row, TableRow):
            rows.append(row)
        else:
            problems.append(_problem(text, number, *row))
    if problems:
        return None, problems[:_SHOWN]
    return Table(path=text.path, version="sha256:" + hashlib.sha256(text.content.encode()).hexdigest(), rows=tuple(rows)), []


def _problem(text: Text, line: int, message: str, hint: str) -> Problem:
    return Problem(code=codes.BAD_TABLE, message=message, span=Span(text.path, line), hint=hint)


def _row(line: str, columns: list[str], form: Form, zone: str) -> TableRow | tuple[str, str]:
    """Read one row, or say what is wrong with it and what helps."""
    cells = split_cells(line)
    if isinstance(cells, Complaint):
        return cells.message, cells.hint
    if len(cells) != len(columns):
        return (
            f"This row has {len(cells)} fields, and the first line names {len(columns)}.",
            "Put a text that has a comma in quotation marks.",
        )
    values = {name: bare(cell).strip() for name, (cell, _, _) in zip(columns, cells, strict=True)}
    fault = next(_faults(values, form, zone), None)
    if fault is not None:
        return fault
    low, high = (values.get(VALUE) or values.get(end) for end in (LOW, HIGH))
    return TableRow(
        args=tuple(values[name] for name in form.args),
        low=Decimal(low) if low else None,
        high=Decimal(high) if high else None,
        start=values.get(FROM, ""),
        until=values.get(UNTIL, ""),
    )


def _faults(values: Mapping[str, str], form: Form, zone: str) -> Iterator[tuple[str, str]]:
    for name, options in zip(form.args, form.names, strict=True):
        if values[name] not in options:
            yield f"{shown(values[name])} cannot stand under `{name}`.", near(values[name], options) or f"It has to be {_few(options)}."
    for end in (VALUE, LOW, HIGH):
        if values.get(end) and _NUMBER.fullmatch(values[end]) is None:
            yield f"{shown(values[end])} is no number.", "Write digits with a point, such as 17.89, and no thousands' marks."
    if form.numbers and not any(values.get(end) for end in (VALUE, LOW, HIGH)):
        yield "This row has no number.", "Leave the row out where none is known."
    if values.get(LOW) and values.get(HIGH) and Decimal(values[LOW]) > Decimal(values[HIGH]):
        yield f"`low` is {values[LOW]}, and `high` is only {values[HIGH]}.", "Change them over."
    for day in (FROM, UNTIL):
        if values.get(day) and not (is_date(values[day]) and read_civil(values[day], zone)):
            yield f"{shown(values[day])} is no day.", "Write it as 2015-12-12."
    if values.get(FROM) and values.get(UNTIL) and values[FROM] > values[UNTIL]:
        yield f"It ends on {values[UNTIL]}, before it begins.", "Change them over."


def _few(options: Collection[str]) -> str:
    listed = sorted(options)
    return either(listed[:8]) if len(listed) <= 8 else f"{', '.join(listed[:8])}, …"  # noqa: PLR2004  as many as one reads at a glance
