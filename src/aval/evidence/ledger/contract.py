"""What a ledger needs of a database. Each backend has a room of its own; everything else is shared, and asks in SQL that both understand.

Values stand for `?`. Numbers are Python integers, texts `str`, blobs `bytes`; a value that a column cannot have raises where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Any, Protocol

from aval.model.problem import Code, Fault, Problem, Span

Row = tuple[Any, ...]
Values = Sequence[object]
Place = Path | str
"""where a ledger lies, as its user knows it: a path, or `postgresql:SERVICE/LEDGER`"""

ENTRY = ("seq", "batch", "recorded", "kind", "id", "name", "path", "withdraws", "body")
"""The columns of an entry, in the order in which `insert` takes them."""
BACKUP = "Take the ledger from a backup. The text files of the case are untouched."


class Database(Protocol):
    """An open database that holds one ledger. What it raises on purpose is a `Fault`; nothing is ever tried again (TRUST 0.7)."""

    place: Place
    version: int
    """of its tables, as its backend counts"""

    def rows(self, sql: str, values: Values = ()) -> Iterable[Row]:
        """Ask for a few rows, or write what is no entry."""
        ...

    def walk(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """Ask for many rows, which come as they are taken; other questions may be asked in between."""
        ...

    def insert(self, rows: Iterable[Row]) -> None:
        """Write entries. Making one may ask the database."""
        ...

    def has(self, table: str) -> bool:
        """Whether its version has a table."""
        ...

    def explained(self) -> AbstractContextManager[None]:
        """Turn what the database or the system raises into a `Fault` with a problem."""
        ...

    def writing(self) -> AbstractContextManager[None]:
        """Write alone, in one transaction: all of it is durable when the block has ended, or none of it is there."""
        ...

    def still(self) -> AbstractContextManager[None]:
        """Read one state of it, whatever others write."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def refused(place: Place, code: Code, message: str, hint: str = "") -> Fault:
    """Make the exception for a ledger that cannot be used."""
    return Fault((Problem(code=code, message=message, span=Span(named(place)), hint=hint),))


def named(place: Place) -> str:
    """Write the path of a ledger as short as it can be typed where one is."""
    if isinstance(place, Path):
        with suppress(OSError, ValueError):
            return str(place.relative_to(Path.cwd()))
    return str(place)
