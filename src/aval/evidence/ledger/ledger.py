"""One ledger: what it held by a recorded time, and how it grows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw

from aval.evidence.codes import stores as codes
from aval.evidence.ledger.database import connect, create, explained, refused
from aval.evidence.ledger.entry import Act, Entry, Kind, packed, written
from aval.evidence.ledger.place import ledger_place
from aval.evidence.ledger.seal import chain, lines
from aval.model.instant import Instant, from_datetime
from aval.model.problem import Fault

Clock = Callable[[], Instant]
Ask = Callable[[str, Sequence[object]], Iterable[tuple[Any, ...]]]
"""Rows of a STRICT table, so that each value has the type of its column; a damaged one raises where it is used."""

_COLUMNS = "seq, batch, recorded, kind, id, name, path, withdraws"
_KINDS = frozenset(kind.value for kind in Kind)
_KEEPER = "(kind IN ('again', 'name', 'removal') OR withdraws IS NOT NULL)"


def clock() -> Instant:
    """Give the present instant, as this machine has it."""
    return from_datetime(datetime.now(UTC))


@dataclass(slots=True, kw_only=True)
class Held:
    """The statements that a ledger held at one time: which entries bring them, and what the keeper has done to them since.

    `names` are the labels and files of those that did not keep the first ones; `gone` are withdrawn.
    """

    upto: int
    gone: set[bytes]
    names: dict[bytes, tuple[str, str]]


class Ledger:
    """An open ledger. Everything that it raises on purpose is a `Fault`: the store failed."""

    def __init__(self, connection: apsw.Connection, place: Path, now: Clock = clock) -> None:
        """Keep the connection; `open_ledger` makes one."""
        self._connection = connection
        self._now = now
        self.place = place

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        """Ask the database; what it raises is explained."""
        with explained(self.place):
            yield from self._connection.execute(sql, values)

    @contextmanager
    def asking(self) -> Iterator[Ask]:
        """Ask the database many rows: without a wrapper around each, and typed as the schema has them. What it raises is explained."""
        with explained(self.place):
            yield self._connection.execute

    def upto(self, recorded: Instant | None) -> int:
        """Give the `seq` of the last entry that was there by then, 0 for none. A batch is there once its last entry is."""
        if recorded is None:
            ((sealed, last),) = self.rows("SELECT coalesce(max(last), 0), (SELECT coalesce(max(seq), 0) FROM entry) FROM seal")
            if sealed != last or not isinstance(last, int):
                raise self.damaged("Its last entry has no seal.")
            return last
        return self._number("SELECT coalesce(max(last), 0) FROM seal WHERE recorded <= ?", recorded)

    def _number(self, sql: str, *values: object) -> int:
        (row,) = self.rows(sql, values)
        return row[0] if isinstance(row[0], int) else 0

    def bounds(self) -> tuple[Instant, Instant] | None:
        """Give when its first and its last entry were recorded; `None` for an empty ledger."""
        (row,) = self.rows("SELECT min(recorded), max(recorded) FROM entry")
        first, last = row
        return (first, last) if isinstance(first, int) and isinstance(last, int) else None

    def text(self, kind: Kind, id_: str) -> str:
        """Give a version of an agreement or manifest."""
        for (body,) in self.rows("SELECT body FROM entry WHERE kind = ? AND id = ? AND body IS NOT NULL", (kind.value, packed(id_))):
            if isinstance(body, bytes) and hashlib.sha256(body).digest() == packed(id_):
                return body.decode("utf-8", "replace")
        raise self.damaged(f"The {kind.value} {id_} is not what its id says, or is gone.")

    def versions(self, kind: Kind, upto: int) -> dict[str, str]:
        """Give the last version of every text of a kind, by its path."""
        sql = "SELECT name, id FROM entry WHERE kind = ? AND seq <= ? ORDER BY seq"
        return {str(name): written(id_) for name, id_ in self.rows(sql, (kind.value, upto)) if isinstance(id_, bytes)}

    def texts(self, kinds: Iterable[Kind]) -> set[str]:
        """Give the id of every text of these kinds that it has ever had."""
        return {
            written(id_)
            for kind in kinds
            for (id_,) in self.rows("SELECT DISTINCT id FROM entry WHERE kind = ?", (kind.value,))
            if isinstance(id_, bytes)
        }

    def held(self, upto: int) -> Held:
        """Give which statements it held by an entry. Only what the keeper did is walked; most statements just stand."""
        held = Held(upto=upto, gone=set(), names={})
        sql = f"SELECT kind, id, name, path, withdraws FROM entry WHERE {_KEEPER} AND seq <= ? ORDER BY seq"  # noqa: S608  a constant
        for kind, id_, name, path, withdraws in self.rows(sql, (upto,)):
            if isinstance(withdraws, bytes):
                held.gone.add(withdraws)
            if kind in (Kind.AGAIN, Kind.NAME) and isinstance(id_, bytes):
                held.gone.discard(id_)
                held.names[id_] = (str(name), str(path))
        return held

    def labels(self, upto: int) -> dict[bytes, tuple[str, str]]:
        """Give the label and the file of every statement that it held by an entry, by its content."""
        held = self.held(upto)
        rows = self.rows("SELECT id, name, path FROM entry WHERE kind = 'statement' AND seq <= ?", (upto,))
        return {
            id_: held.names.get(id_, (str(name), str(path))) for id_, name, path in rows if isinstance(id_, bytes) and id_ not in held.gone
        }

    def taken(self, ids: Iterable[str]) -> dict[str, Entry]:
        """Give the entry by which each of these statements first came in."""
        found = {}
        for id_ in ids:
            for entry in self._entries("kind = 'statement' AND id = ? AND body IS NOT NULL", (packed(id_),)):
                found[id_] = entry
        return found

    def entries(self, *, upto: int, newest_first: bool = True) -> Iterator[Entry]:
        """Yield the entries up to one, with the bodies of statements."""
        order = "DESC" if newest_first else "ASC"
        return self._entries(f"seq <= ? ORDER BY seq {order}", (upto,))

    def about(self, ids: Iterable[str], upto: int) -> list[Entry]:
        """Give every entry that brings, names or withdraws one of these contents, the oldest first."""
        found: dict[int, Entry] = {}
        for digest in {packed(id_) for id_ in ids}:
            found |= {
                entry.seq: entry
                for entry in self._entries("kind = 'statement' AND id = ? AND body IS NOT NULL AND seq <= ?", (digest, upto))
            }
            where = f"{_KEEPER} AND (id = ? OR withdraws = ?) AND seq <= ?"
            found |= {entry.seq: entry for entry in self._entries(where, (digest, digest, upto))}
        return [found[seq] for seq in sorted(found)]

    def body(self, id_: str) -> bytes:
        """Give the canonical bytes of a statement that came in."""
        for (body,) in self.rows("SELECT body FROM entry WHERE kind = 'statement' AND id = ? AND body IS NOT NULL", (packed(id_),)):
            if isinstance(body, bytes):
                return body
        raise refused(self.place, codes.DAMAGED, f"It has no statement {id_}.")

    def damaged(self, message: str) -> Fault:
        """Make the exception for an entry that is not what it has to be."""
        return refused(self.place, codes.DAMAGED, message, "Take the ledger from a backup.")

    def _entries(self, where: str, values: Sequence[object]) -> Iterator[Entry]:
        body = "CASE kind WHEN 'statement' THEN body END"
        for row in self.rows(f"SELECT {_COLUMNS}, {body} FROM entry WHERE {where}", values):  # noqa: S608  constants
            yield self._entry(row)

    def _entry(self, row: tuple[object, ...]) -> Entry:
        match row:
            case (
                int(seq), int(batch), int(recorded), str(kind), bytes(id_), str(name), str(path), (bytes() | None) as withdraws,
                (bytes() | None) as body,
            ) if kind in _KINDS:  # fmt: skip
                return Entry(
                    seq=seq,
                    batch=batch,
                    recorded=recorded,
                    kind=Kind(kind),
                    id=written(id_),
                    name=name,
                    path=path,
                    withdraws=written(withdraws) if withdraws else "",
                    body=body or b"",
                )
            case _:
                raise refused(self.place, codes.DAMAGED, "An entry has a value that none can have.")

    @contextmanager
    def writing(self) -> Iterator[Pen]:
        """Write in one transaction: all of it is recorded and durable when the block has ended, or none of it."""
        with explained(self.place):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                pen = Pen(self._connection, self._now())
                yield pen
                pen.close()
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


class Pen:
    """Writes the entries of one batch, each an instant later than the one before it, whatever the clock says."""

    def __init__(self, connection: apsw.Connection, now: Instant) -> None:
        """Find the end of the ledger."""
        self._connection = connection
        row = connection.execute("SELECT seq, recorded FROM entry ORDER BY seq DESC LIMIT 1").fetchone()
        last, recorded = row or (0, now - 1)
        sealed = connection.execute("SELECT link FROM seal ORDER BY last DESC LIMIT 1").fetchone()
        self._chain = chain(sealed[0] if sealed else None)
        self._first = self._next = last + 1
        self._instant = max(recorded + 1, now)
        self.behind = max(0, recorded - now)
        """How far the clock stands behind the last entry, in microseconds."""

    def write(self, acts: Iterable[Act]) -> int:
        """Write entries; give how many."""
        sql = f"INSERT INTO entry ({_COLUMNS}, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  a constant
        before = self._next
        self._connection.executemany(sql, map(self._row, acts))
        return self._next - before

    def _row(self, act: Act) -> tuple[object, ...]:
        seq, recorded = self._next, self._instant
        self._next, self._instant = seq + 1, recorded + 1
        withdraws = packed(act.withdraws) if act.withdraws else None
        row = (seq, self._first, recorded, act.kind.value, packed(act.id), act.name, act.path, withdraws)
        self._chain.update(lines([row]))
        return (*row, act.body)

    @property
    def next(self) -> tuple[int, Instant]:
        """The number and the instant that the next entry will have."""
        return self._next, self._instant

    def put(self, sql: str, values: Sequence[object]) -> None:
        """Write what is no entry, such as a checkpoint."""
        self._connection.execute(sql, values)

    def close(self) -> None:
        """Seal the batch."""
        if self._next > self._first:
            values = (self._next - 1, self._instant - 1, self._chain.digest())
            self._connection.execute("INSERT INTO seal (last, recorded, link) VALUES (?, ?, ?)", values)

    def knows(self, kind: Kind, id_: str) -> bool:
        """Whether this content has come in before, withdrawn or not."""
        sql = "SELECT 1 FROM entry WHERE kind = ? AND id = ? AND body IS NOT NULL"
        return self._connection.execute(sql, (kind.value, packed(id_))).fetchone() is not None


def open_ledger(case: Path, *, writing: bool = False, now: Clock = clock) -> Ledger:
    """Open the ledger of a case; to write, one is made where there is none. Raises `Fault`."""
    place = ledger_place(case)
    if writing and not place.exists():
        create(place)
    return Ledger(connect(place, writing=writing), place, now)
