"""One ledger: what it held by a recorded time, and how it grows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from aval.evidence.codes import servers
from aval.evidence.codes import stores as codes
from aval.evidence.ledger.contract import ENTRY, Database, Place, refused
from aval.evidence.ledger.entry import PREFIX, Act, Entry, Kind, packed, written
from aval.evidence.ledger.place import Pointer, ledger_place, read_pointer
from aval.evidence.ledger.seal import chain, lines
from aval.model.instant import Instant, from_datetime
from aval.model.problem import Fault

Clock = Callable[[], Instant]
Ask = Callable[[str, Sequence[object]], Iterable[tuple[Any, ...]]]
"""Rows of a STRICT table, so that each value has the type of its column; a damaged one raises where it is used."""

_COLUMNS = ", ".join(ENTRY[:-1])
_KINDS = frozenset(kind.value for kind in Kind)
_END = "SELECT seq, recorded, (SELECT link FROM seal ORDER BY last DESC LIMIT 1) FROM entry ORDER BY seq DESC LIMIT 1"
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

    def __init__(self, database: Database, now: Clock = clock) -> None:
        """Keep the database; `open_ledger` opens one."""
        self.database = database
        self.beside: Path | None = None
        """the folder in which what is derived from it may be kept"""
        self._now = now

    @property
    def place(self) -> Place:
        """Where it lies, as its user knows it."""
        return self.database.place

    def close(self) -> None:
        """Let go of it."""
        self.database.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[object, ...]]:
        """Ask the database; what it raises is explained."""
        with self.database.explained():
            yield from self.database.rows(sql, values)

    @contextmanager
    def asking(self) -> Iterator[Ask]:
        """Ask the database many rows: without a wrapper around each, and typed as the schema has them. What it raises is explained."""
        with self.database.explained():
            yield self.database.walk

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

    def seal(self, upto: int) -> str:
        """Give the link of the seal after an entry; `""` for none."""
        links = [link for (link,) in self.rows("SELECT link FROM seal WHERE last = ?", (upto,)) if isinstance(link, bytes)]
        return f"{PREFIX}{links[0].hex()}" if links else ""

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
        with self.asking() as ask:
            for row in ask(f"SELECT {_COLUMNS}, {body} FROM entry WHERE {where}", values):  # noqa: S608  constants
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
        with self.database.writing():
            pen = Pen(self.database, self._now())
            yield pen
            pen.close()


class Pen:
    """Writes the entries of one batch, each an instant later than the one before it, whatever the clock says."""

    def __init__(self, database: Database, now: Instant) -> None:
        """Find the end of the ledger."""
        self._database = database
        row = self._one(_END)
        last: int
        recorded: Instant
        last, recorded, link = row or (0, now - 1, None)
        self._chain = chain(link)
        self._first = self._next = last + 1
        self._instant = max(recorded + 1, now)
        self.behind = max(0, recorded - now)
        """How far the clock stands behind the last entry, in microseconds."""

    def _one(self, sql: str, values: Sequence[object] = ()) -> tuple[Any, ...] | None:
        return next(iter(self._database.rows(sql, values)), None)

    def write(self, acts: Iterable[Act]) -> int:
        """Write entries; give how many."""
        before = self._next
        self._database.insert(map(self._row, acts))
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
        self._database.rows(sql, values)

    def close(self) -> None:
        """Seal the batch."""
        if self._next > self._first:
            values = (self._next - 1, self._instant - 1, self._chain.digest())
            self._database.rows("INSERT INTO seal (last, recorded, link) VALUES (?, ?, ?)", values)

    def knows(self, kind: Kind, id_: str) -> bool:
        """Whether this content has come in before, withdrawn or not."""
        sql = "SELECT 1 FROM entry WHERE kind = ? AND id = ? AND body IS NOT NULL"
        return self._one(sql, (kind.value, packed(id_))) is not None


def open_ledger(case: Path, *, writing: bool = False, now: Clock = clock) -> Ledger:
    """Open the ledger of a case, wherever it is; to write, a file is made where there is none. Raises `Fault`."""
    ledger = open_at(read_pointer(case) or ledger_place(case), writing=writing, new=True, now=now)
    ledger.beside = ledger_place(case).parent
    return ledger


def open_at(place: Path | Pointer, *, writing: bool, new: bool = False, now: Clock = clock) -> Ledger:
    """Open the ledger at a place; to write, a `new` file is made where there is none. Raises `Fault`."""
    if isinstance(place, Pointer):
        if find_spec("psycopg") is None:
            hint = "python -m pip install 'aval[postgres]'"
            raise refused(str(place), servers.NO_DRIVER, "psycopg 3 is not installed.", hint)
        from aval.evidence.ledger.postgres.database import connect as reach

        return Ledger(reach(place, writing=writing), now)
    from aval.evidence.ledger.sqlite.database import connect, create

    if writing and new and not place.exists():
        create(place)
    return Ledger(connect(place, writing=writing), now)
