"""A ledger from one database to another, entry by entry, each the same: its number, its instant, its content, its seal.

So a backup is a ledger, and where a ledger lies makes no difference to what it says. What the target has already must be the beginning of
what the source has; only the rest is copied, so that a command that was killed is simply given again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator

from aval.evidence.canonical import DOMAIN
from aval.evidence.codes import servers as codes
from aval.evidence.ledger.contract import ENTRY, Database, Row, refused
from aval.evidence.ledger.entry import Kind
from aval.evidence.ledger.ledger import Ledger
from aval.evidence.ledger.scan import verify

_BESIDE = {
    "tile": ("level, number, hashes", "number, level"),
    "checkpoint": ("size, recorded, note", "size"),
    "cosignature": ("number, size, recorded, line", "number"),
    "stamp": ("size, recorded, token", "size"),
}
"""What stands beside the entries: columns, and an order in which a row never comes before one that it needs."""
_NAMES = {"tile": 2, "checkpoint": 1, "cosignature": 1, "stamp": 1}
"""How many columns, from the first on, name a row."""
_STATEMENT = Kind.STATEMENT.value
_TEXTS = (Kind.AGREEMENT.value, Kind.MANIFEST.value)
_ID, _KIND, _BODY = (ENTRY.index(name) for name in ("id", "kind", "body"))


def copy(source: Ledger, target: Ledger) -> int:
    """Copy what the target lacks, in one transaction; give how many entries. Raises `Fault`: the target is as it was then.

    The source has to stand still meanwhile, and is held against its seals as it goes.
    """
    upto = source.upto(None)
    with target.database.writing():
        since = _beginning(source, target)
        verify(source, upto, since)
        _entries(source, target, since)
        for table, (columns, order) in _BESIDE.items():
            if source.database.has(table):
                _beside(source.database, target.database, table, columns, order)
        verify(target, upto, since)
    return upto - since


def _beginning(source: Ledger, target: Ledger) -> int:
    """Give the last entry that both have. Raises `Fault` where the target is no beginning of the source."""
    since = target.upto(None)
    sql = "SELECT last, recorded, link FROM seal WHERE last = ?"
    if since and list(target.rows(sql, (since,))) != list(source.rows(sql, (since,))):
        hint = "Take it away, or name another place. Nothing was copied."
        raise refused(target.place, codes.OCCUPIED, "What is there is not the beginning of this ledger.", hint)
    return since


def _entries(source: Ledger, target: Ledger, since: int) -> None:
    """Copy entries, and after the last of each transaction its seal."""
    columns = ", ".join(ENTRY)
    with source.asking() as ask:
        rows = iter(ask(f"SELECT {columns} FROM entry WHERE seq > ? ORDER BY seq", (since,)))  # noqa: S608  constants
        for last, recorded, link in ask("SELECT last, recorded, link FROM seal WHERE last > ? ORDER BY last", (since,)):
            target.database.insert(_until(rows, last, since, source))
            target.database.rows("INSERT INTO seal (last, recorded, link) VALUES (?, ?, ?)", (last, recorded, link))
            since = last


def _until(rows: Iterator[Row], last: int, since: int, source: Ledger) -> Iterator[Row]:
    for row in rows:
        check_body(row[_KIND], row[_ID], row[_BODY], source.damaged)
        yield row
        since = row[0]
        if since == last:
            return


def check_body(kind: str, id_: bytes, body: bytes | None, damaged: Callable[[str], Exception]) -> None:
    """Hold what an entry brings against its id. Acts about keys and signatures are held against theirs where they are used."""
    if body is None:
        return
    if kind == _STATEMENT:
        fits = hashlib.sha256(DOMAIN + body).digest() == id_
    elif kind in _TEXTS:
        fits = hashlib.sha256(body).digest() == id_
    else:
        return
    if not fits:
        raise damaged(f"A {kind} is not what its id says.")


def _beside(source: Database, target: Database, table: str, columns: str, order: str) -> None:
    """Copy what stands beside the entries, but what is there already."""
    named = columns.split(", ")[: _NAMES[table]]
    there = {tuple(row) for row in target.walk(f"SELECT {', '.join(named)} FROM {table}")}  # noqa: S608  constants
    marks = ", ".join("?" * len(columns.split(", ")))
    for row in source.walk(f"SELECT {columns} FROM {table} ORDER BY {order}"):  # noqa: S608  constants
        if tuple(row[: len(named)]) not in there:
            target.rows(f"INSERT INTO {table} ({columns}) VALUES ({marks})", row)  # noqa: S608  constants
