"""A ledger on a server, as everyday commands reach it: with a role that can read and append, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from itertools import islice
from weakref import finalize

import psycopg
from psycopg.pq import TransactionStatus

from aval.evidence.codes import servers as codes
from aval.evidence.codes import stores
from aval.evidence.ledger.contract import BACKUP, ENTRY, Place, Row, Values, refused
from aval.evidence.ledger.place import Pointer
from aval.evidence.ledger.postgres.migrations import FROM_VERSION, LEDGER_TABLES, MIGRATIONS
from aval.evidence.ledger.postgres.session import Session, explained, reach
from aval.evidence.ledger.postgres.shape import SHAPES, shape_of

_AT_ONCE = 4096
_FEW = 8
"""up to so many rows, single INSERTs are quicker than a COPY"""
_COLUMNS = ", ".join(ENTRY)
_INSERT = f"INSERT INTO entry ({_COLUMNS}) VALUES ({', '.join(['%s'] * len(ENTRY))})"  # noqa: S608  constants
_COPY = f"COPY entry ({_COLUMNS}) FROM STDIN (FORMAT BINARY)"
_TYPES = ("int8", "int8", "int8", "text", "bytea", "text", "text", "bytea", "bytea")
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED; SELECT pg_advisory_xact_lock(hashtextextended('aval.ledger/1 ' || '{}', 0))"
_RIGHTS = """
SELECT bool_or(pg_has_role(relowner, 'USAGE') OR has_table_privilege(oid, 'UPDATE') OR has_any_column_privilege(oid, 'UPDATE')
  OR has_table_privilege(oid, 'DELETE') OR has_table_privilege(oid, 'TRUNCATE') OR has_table_privilege(oid, 'TRIGGER'))
FROM pg_class WHERE relnamespace = %s::regnamespace AND relname = ANY(%s)
"""


class PostgresDatabase:
    """An open session with one ledger."""

    def __init__(self, session: Session, pointer: Pointer, version: int) -> None:
        """Keep the session; `connect` makes one."""
        self.session = session
        self.pointer = pointer
        self.place: Place = str(pointer)
        self.version = version
        finalize(self, session.close)  # a case is never closed: its session ends with it
        self._walks = 0
        self._named = 0
        self._began = False

    def rows(self, sql: str, values: Values = ()) -> Iterable[Row]:
        """Ask for a few rows, or write what is no entry."""
        cursor = self.session.cursor(binary=True)
        cursor.execute(_query(sql), values or None)
        return cursor.fetchall() if cursor.description else ()

    def walk(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """Ask for many rows through a cursor of the server; all such that are open at once see one state of the ledger."""
        if self.session.info.transaction_status == TransactionStatus.IDLE:
            self.session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            self._began = True
        self._walks += 1
        self._named += 1
        try:
            with self.session.cursor(f"walk_{self._named}", binary=True) as cursor:
                cursor.itersize = _AT_ONCE
                cursor.execute(_query(sql), values or None)
                yield from cursor
        finally:
            self._walks -= 1
            if self._began and not self._walks:
                self._began = False
                with suppress(psycopg.Error):  # the server is gone, and with it the transaction
                    self.session.execute("ROLLBACK")

    def insert(self, rows: Iterable[Row]) -> None:
        """Write entries, a portion at a time: while one is sent the server answers no question."""
        rest = iter(rows)
        while portion := list(islice(rest, _AT_ONCE)):
            self._send(portion)

    def _send(self, rows: Sequence[Row]) -> None:
        with self.session.cursor() as cursor:
            if len(rows) <= _FEW:
                for row in rows:
                    cursor.execute(_INSERT, row)
                return
            with cursor.copy(_COPY) as copy:
                copy.set_types(_TYPES)
                for row in rows:
                    copy.write_row(row)

    def has(self, table: str) -> bool:
        """Whether its version has a table."""
        return self.version >= FROM_VERSION.get(table, 1)

    def explained(self) -> AbstractContextManager[None]:
        """Turn what the server raises into a `Fault`."""
        return explained(self.pointer)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write alone, in one transaction: a lock that every Aval takes, so that entries have one order and no gap."""
        with self.explained():
            try:
                self.session.execute(_BEGIN.format(self.pointer.ledger).encode())  # one way there and back; a name has no quotes
                yield
            except BaseException:
                self._back()
                raise
            self._commit()

    def _commit(self) -> None:
        try:
            self.session.execute("COMMIT")
        except (psycopg.OperationalError, psycopg.InterfaceError):
            if not self.session.broken:
                raise
            hint = "Look with aval log. To run the same command again does no harm: what is recorded already makes no entry."
            message = "The connection broke while it was made durable: it is recorded whole, or not at all."
            raise refused(self.place, codes.UNCERTAIN, message, hint) from None

    def _back(self) -> None:
        with suppress(psycopg.Error):  # the first error is the one to tell; a session that is gone has no transaction either
            self.session.execute("ROLLBACK")

    @contextmanager
    def still(self) -> Iterator[None]:
        """Read one state of it."""
        with self.explained():
            self.session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            try:
                yield
            finally:
                self._back()

    def close(self) -> None:
        """End the session."""
        self.session.close()


def _query(sql: str) -> bytes:
    """Write a question of ours, which has no `%` and no `?` in a text, with the marks that libpq's driver wants."""
    return sql.replace("?", "%s").encode()


def connect(pointer: Pointer, *, writing: bool, viewer: str = "") -> PostgresDatabase:
    """Open a ledger that is there. Raises `Fault` for one that is not ours, or a role that could change what it holds."""
    session = reach(pointer, viewer)
    try:
        with explained(pointer):
            version = recognise(session, pointer)
            _refuse_strong(session, pointer)
            if writing:
                _refuse_outdated(version, pointer)
    except BaseException:
        session.close()
        raise
    return PostgresDatabase(session, pointer, version)


def _refuse_strong(session: Session, pointer: Pointer) -> None:
    ((strong,),) = session.execute(_RIGHTS, (pointer.ledger, list(LEDGER_TABLES))).fetchall()
    if strong:
        hint = "Everyday commands take a role that may only SELECT and INSERT."
        raise refused(str(pointer), codes.TOO_STRONG, f"The role {session.info.user} could.", hint)


def _refuse_outdated(version: int, pointer: Pointer) -> None:
    if version < len(MIGRATIONS):
        message = f"It is of version {version}, and this Aval writes {len(MIGRATIONS)}."
        raise refused(str(pointer), codes.OUTDATED, message, "Its owner brings it up: aval upgrade CASE --owner SERVICE")


def recognise(session: Session, pointer: Pointer) -> int:
    """Give the version of a ledger that is ours through and through. Raises `Fault`."""
    place = str(pointer)
    if not session.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (pointer.ledger,)).fetchone():
        message = f"The database {session.info.dbname} has no ledger {pointer.ledger}."
        raise refused(place, stores.NOT_A_LEDGER, message, "Is it the right service? With --owner SERVICE, aval move makes one.")
    if session.execute("SELECT to_regclass(%s)", (f"{pointer.ledger}.migration",)).fetchone() == (None,):
        raise refused(place, stores.NOT_A_LEDGER, "What is there is no ledger of Aval.", "Take another name for the ledger.")
    (version,) = session.execute("SELECT coalesce(max(number), 0) FROM migration").fetchone() or (0,)
    if version > len(MIGRATIONS):
        message = f"It is of version {version}, and this Aval knows {len(MIGRATIONS)}."
        raise refused(place, stores.NEWER, message, "Use the Aval that wrote it, or a newer one.")
    if version < 1 or shape_of(session, pointer.ledger) != SHAPES[version - 1]:
        message = "Its tables, indexes, triggers, functions or policies are not those of a ledger."
        raise refused(place, stores.NOT_OURS, message, BACKUP)
    return int(version)
