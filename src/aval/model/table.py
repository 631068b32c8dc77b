"""Tables: lists of members or of numbers that an agreement names, as values (semantics 2.5)."""

from __future__ import annotations

from decimal import Decimal

from aval.model.frozen import frozen


@frozen(kw_only=True)
class TableRow:
    """One row: whom it is about, and from when until when it holds, as civil texts (`""` is always). `until` is the last day.

    `low` and `high` are the ends of a number, `None` where the table is one of members or an end is not given.
    """

    args: tuple[str, ...]
    low: Decimal | None = None
    high: Decimal | None = None
    start: str = ""
    until: str = ""


@frozen(kw_only=True)
class Table:
    """A table as it was read: its path in the case, its version (`sha256:` and the hash of its text with LF line ends), its rows."""

    path: str
    version: str
    rows: tuple[TableRow, ...]
