"""A ledger's database, opened so that a hostile one can do nothing (TRUST T2, 0.1).

SQLite is told to trust nothing that the file says; then the file's schema has to be exactly the one that its version has, before any row
is read. Triggers stay off until that is known.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cache
from pathlib import Path
from urllib.parse import quote

import apsw

from aval.evidence.codes import stores as codes
from aval.evidence.ledger.contract import BACKUP, ENTRY, Place, Row, Values, named, refused
from aval.evidence.ledger.place import make_folder, settle, unwritten
from aval.evidence.ledger.sqlite.migrations import APPLICATION_ID, MIGRATIONS
from aval.model.problem import Fault, Problem, Span

SAFE = (3, 51, 3)
"""The first SQLite that is not known to lose what it has acknowledged (TRUST 0.1)."""
MOST_BYTES = 64 * 1024 * 1024
"""The largest value that is read or written: a whole agreement."""
PATIENCE = 10_000
"""How long a command waits for another one that writes, in milliseconds."""

_PAGES = 4000
"""after so many pages of write-ahead log they are moved into the file: each time costs two waits for the disk"""
_INSERT = f"INSERT INTO entry ({', '.join(ENTRY)}) VALUES ({', '.join('?' * len(ENTRY))})"  # noqa: S608  constants

Schema = frozenset[tuple[str, str, str, str | None]]


def sqlite_version() -> str:
    """Give the version of the SQLite that runs in here."""
    return apsw.sqlite_lib_version()


def refuse_unsafe() -> None:
    """Raise `Fault` on an SQLite that can lose what it has acknowledged, or that is too old to hold a ledger."""
    found = sqlite_version()
    if tuple(int(part) for part in found.split(".")) < SAFE:
        message = f"SQLite {found} can lose committed entries."
        hint = f"Install apsw {'.'.join(map(str, SAFE))} or newer."
        raise Fault((Problem(code=codes.UNSAFE_SQLITE, message=message, span=Span(""), hint=hint),))


class SqliteDatabase:
    """An open file that holds a ledger."""

    def __init__(self, connection: apsw.Connection, place: Path, version: int) -> None:
        """Keep the connection; `connect` makes one."""
        self._connection = connection
        self.place: Place = place
        self._path = place
        self.version = version

    def rows(self, sql: str, values: Values = ()) -> Iterable[Row]:
        """Ask for rows, or write what is no entry; they come as they are taken."""
        return self._connection.execute(sql, tuple(values))

    def walk(self, sql: str, values: Values = ()) -> Iterator[Row]:
        """Ask for many rows."""
        return self._connection.execute(sql, tuple(values))

    def insert(self, rows: Iterable[Row]) -> None:
        """Write entries."""
        self._connection.executemany(_INSERT, rows)

    def has(self, table: str) -> bool:
        """Whether its version has a table."""
        return self._connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,)).fetchone() is not None

    def explained(self) -> AbstractContextManager[None]:
        """Turn what the database or the system raises into a `Fault`."""
        return explained(self._path)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Write alone, in one transaction."""
        with self._transaction("BEGIN IMMEDIATE"):
            yield

    @contextmanager
    def still(self) -> Iterator[None]:
        """Read one state of it."""
        with self._transaction("BEGIN"):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        with self.explained():
            self._connection.execute(begin)
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


def create(place: Path) -> None:
    """Make an empty ledger. It is made aside and put in its place whole, so that a half-made one is never seen there."""
    refuse_unsafe()
    make_folder(place)
    with explained(place):
        aside = Path(tempfile.mkdtemp(prefix="making-", dir=place.parent))
        try:
            made = aside / place.name
            _fill(made)
            with suppress(FileExistsError):  # another command was quicker
                os.link(made, place)
            settle(place.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _fill(made: Path) -> None:
    connection = apsw.Connection(str(made), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)
    try:
        _settings(connection)
        connection.pragma("journal_mode", "wal")
        with connection:
            connection.pragma("application_id", APPLICATION_ID)
            _migrate(connection, 0)
    finally:
        connection.close()


def connect(place: Path, *, writing: bool) -> SqliteDatabase:
    """Open a ledger that is there. Raises `Fault` for one that is not ours, not whole or not safe; nothing in it is run."""
    refuse_unsafe()
    with explained(place):
        connection = _open(place)
        try:
            _settings(connection)
            version = _recognise(connection, place)
            if writing:
                connection.config(apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 1)
                connection.pragma("journal_mode", "wal")
                if version < len(MIGRATIONS):
                    with connection:
                        version = _migrate(connection, version)
            else:
                connection.pragma("query_only", 1)
        except BaseException:
            connection.close()
            raise
    return SqliteDatabase(connection, place, version)


def _open(place: Path) -> apsw.Connection:
    flags = apsw.SQLITE_OPEN_NOFOLLOW
    if os.access(place.parent, os.W_OK) or place.with_name(place.name + "-wal").exists():
        return apsw.Connection(str(place), flags=flags | apsw.SQLITE_OPEN_READWRITE)
    address = f"file:{quote(str(place))}?immutable=1"  # on a medium that cannot be written nobody else writes either
    return apsw.Connection(address, flags=flags | apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI)


def _settings(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(PATIENCE)
    off = (apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, apsw.SQLITE_DBCONFIG_ENABLE_VIEW)
    for setting in (*off, apsw.SQLITE_DBCONFIG_DQS_DML, apsw.SQLITE_DBCONFIG_DQS_DDL, apsw.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION):
        connection.config(setting, 0)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    connection.limit(apsw.SQLITE_LIMIT_ATTACHED, 0)
    connection.limit(apsw.SQLITE_LIMIT_LENGTH, MOST_BYTES)
    for name, value in (
        ("cell_size_check", 1),
        ("mmap_size", 0),
        ("synchronous", "full"),
        ("recursive_triggers", 1),
        ("wal_autocheckpoint", _PAGES),
    ):
        connection.pragma(name, value)


def _migrate(connection: apsw.Connection, version: int) -> int:
    for script in MIGRATIONS[version:]:
        connection.execute(script)
    connection.pragma("user_version", len(MIGRATIONS))
    return len(MIGRATIONS)


def _recognise(connection: apsw.Connection, place: Path) -> int:
    """Give the version of a ledger that is ours through and through."""
    mark, version = connection.pragma("application_id"), connection.pragma("user_version")
    if mark != APPLICATION_ID:
        raise refused(place, codes.NOT_A_LEDGER, "Another program made this database.", "Take it away, and import the case anew.")
    if version > len(MIGRATIONS):
        message = f"It is of version {version}, and this Aval knows {len(MIGRATIONS)}."
        raise refused(place, codes.NEWER, message, "Use the Aval that wrote it, or a newer one.")
    if version < 1 or _schema_of(connection) != _schema(version):
        message = "Its tables, indexes, triggers or views are not those of a ledger."
        raise refused(place, codes.NOT_OURS, message, "Nothing in it was run. Take the ledger from a backup.")
    return int(version)


def _schema_of(connection: apsw.Connection) -> Schema:
    return frozenset(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


@cache
def _schema(version: int) -> Schema:
    memory = apsw.Connection(":memory:")
    try:
        for script in MIGRATIONS[:version]:
            memory.execute(script)
        return _schema_of(memory)
    finally:
        memory.close()


@contextmanager
def explained(place: Path) -> Iterator[None]:
    """Turn what the database or the system raises into a `Fault` with a problem. Nothing is tried again (TRUST 0.7)."""
    try:
        yield
    except apsw.NotADBError:
        raise refused(place, codes.NOT_A_LEDGER, "This is no database.", BACKUP) from None
    except (apsw.CorruptError, apsw.FormatError, apsw.SchemaChangeError, UnicodeDecodeError):
        raise refused(place, codes.DAMAGED, "The database cannot be read.", BACKUP) from None
    except (apsw.BusyError, apsw.LockedError):
        hint = "Try again when it has finished."
        raise refused(place, codes.BUSY, "It is in use by another command.", hint) from None
    except (apsw.FullError, apsw.IOError, apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise Fault((unwritten(Span(named(place)), str(error).rpartition(": ")[2]),)) from None
    except OSError as error:
        raise Fault((unwritten(Span(named(place)), error.strerror or "the system refused"),)) from None
    except apsw.SQLError:
        raise refused(place, codes.NOT_OURS, "Its schema cannot be understood.", BACKUP) from None
    except apsw.Error as error:
        raise refused(place, codes.DAMAGED, f"The database refused: {type(error).__name__}.", BACKUP) from None
