"""Cases whose ledger lies on one backend or the other, and a look into it that does not go through Aval."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import apsw

from aval.evidence.ledger.ledger import open_ledger
from aval.evidence.ledger.place import Pointer, read_pointer
from aval.evidence.ledger.scan import verify
from aval.workspace import keeping
from tests.stores.server import Server

BACKENDS = ("sqlite", "postgresql")
TABLES = {
    "entry": "seq, batch, recorded, kind, id, name, path, withdraws, body",
    "seal": "last, recorded, link",
    "tile": "level, number, hashes",
    "checkpoint": "size, recorded, note",
    "cosignature": "number, size, recorded, line",
    "stamp": "size, recorded, token",
}


def lodge(folder: Path, pointer: Pointer | None) -> Path:
    """Say where the ledger of a case is to be, before there is one."""
    if pointer is not None:
        keeping.move(folder, str(pointer), "owner")
    return folder


def rows(folder: Path, server: Server | None, table: str = "entry", what: str = "") -> list[tuple[object, ...]]:
    """Look into a table of a ledger with nothing but its database."""
    pointer = read_pointer(folder)
    columns = what or TABLES[table]
    if pointer is not None:
        assert server is not None
        return server.ask(f"SELECT {columns} FROM {pointer.ledger}.{table} ORDER BY 1, 2")
    connection = apsw.Connection(str(folder / ".aval" / "ledger.sqlite"), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return list(connection.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2"))
    finally:
        connection.close()


def everything(folder: Path, server: Server | None) -> dict[str, list[tuple[object, ...]]]:
    """Every row of a ledger."""
    return {table: rows(folder, server, table) for table in TABLES}


def sound(folder: Path, server: Server | None) -> bool:
    """Whether numbers have no gap, instants rise, every transaction is sealed, and every seal holds."""
    found = rows(folder, server, what="seq, recorded")
    ledger = open_ledger(folder)
    try:
        verify(ledger, ledger.upto(None))
    finally:
        ledger.close()
    times = [recorded for _, recorded in found]
    rises = all(isinstance(a, int) and isinstance(b, int) and a < b for a, b in pairwise(times))
    return [seq for seq, _ in found] == list(range(1, len(found) + 1)) and rises


def labels(folder: Path, server: Server | None) -> set[object]:
    """The labels of the statements that came in."""
    return {name for kind, name in rows(folder, server, what="kind, name") if kind == "statement"}
