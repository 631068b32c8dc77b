"""How a role gets into a ledger on a server, and what becomes of every way in which that can fail.

A case names a service, nothing else (`place.py`). What the service says, libpq reads from the user's own files and environment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import errors

from aval.evidence.codes import servers as codes
from aval.evidence.codes import stores
from aval.evidence.ledger.contract import BACKUP, refused
from aval.evidence.ledger.place import Pointer, unwritten
from aval.evidence.words import shown
from aval.model.problem import Fault, Span

Session = psycopg.Connection[tuple[Any, ...]]

OLDEST = 15
"""The oldest PostgreSQL that a ledger lives on: the one that Aval is tested with."""
PATIENCE = 10_000
"""How long a command waits for another one that writes, in milliseconds."""
_SECONDS = 10
_SETTINGS = "SELECT name, setting FROM pg_catalog.pg_settings WHERE name = ANY(%s)"
_ON = ("fsync", "full_page_writes")


def reach(pointer: Pointer, viewer: str = "") -> Session:
    """Get into the database of a service, and see whether it can be trusted with a ledger. Raises `Fault`."""
    given: dict[str, Any] = {"service": pointer.service} if pointer.service else {}
    try:
        session = psycopg.connect(autocommit=True, connect_timeout=_SECONDS, application_name="aval", client_encoding="utf8", **given)
    except psycopg.Error as error:
        raise _unreached(pointer, str(error)) from None
    try:
        with explained(pointer):
            _trust(session, pointer)
            session.execute("SELECT set_config('search_path', 'pg_catalog, ' || %s || ', pg_temp', false)", (pointer.ledger,))
            session.execute("SELECT set_config('aval.viewer', %s, false), set_config('synchronous_commit', 'on', false)", (viewer,))
            session.execute("SELECT set_config('lock_timeout', %s, false)", (str(PATIENCE),))
    except BaseException:
        session.close()
        raise
    return session


def _unreached(pointer: Pointer, text: str) -> Fault:
    """Say why a server did not let anybody in; libpq gives no more than its words, which name no password."""
    line = next((part for part in text.splitlines() if part.strip()), "no reason was given")
    if "FATAL" in text or "no password" in text:  # the server's own word, the same in its languages
        hint = "Look into pg_service.conf and .pgpass, or PGUSER, PGDATABASE and the like."
        return refused(str(pointer), codes.NOT_LET_IN, f"{_short(line.rpartition('FATAL:')[2])}.", hint)
    hint = "Try psql with the same service. Nothing was recorded."
    return refused(str(pointer), codes.UNREACHABLE, f"{_short(line)}.", hint)


def _short(text: str) -> str:
    """Give the words of a server or a library as they can be shown: one line, no control characters."""
    plain = "".join(c if c.isprintable() else " " for c in text).strip().rstrip(".")
    return f"{plain[:1].upper()}{plain[1:300]}"


def _trust(session: Session, pointer: Pointer) -> None:
    version = session.info.server_version
    if version < OLDEST * 10_000:
        message = f"It is PostgreSQL {version // 10_000}, and a ledger needs {OLDEST} or newer."
        raise refused(str(pointer), codes.UNSAFE_SERVER, message)
    found: dict[str, str] = dict(session.execute(_SETTINGS, ([*_ON, "server_encoding"],)).fetchall())
    if found.get("server_encoding") != "UTF8":
        hint = "CREATE DATABASE … ENCODING 'UTF8'"
        raise refused(str(pointer), codes.UNSAFE_SERVER, f"The database is in {shown(str(found.get('server_encoding')))}.", hint)
    off = [name for name in _ON if found.get(name) != "on"]
    if off:
        raise refused(str(pointer), codes.UNSAFE_SERVER, f"{' and '.join(off)} is off: it can lose what it has acknowledged.")


@contextmanager
def explained(pointer: Pointer) -> Iterator[None]:
    """Turn what the server raises into a `Fault` with a problem. Nothing is tried again (TRUST 0.7)."""
    place, where = str(pointer), Span(str(pointer))
    try:
        yield
    except errors.LockNotAvailable:
        raise refused(place, stores.BUSY, "It is in use by another command.", "Try again when it has finished.") from None
    except (errors.InsufficientPrivilege, errors.ReadOnlySqlTransaction) as error:
        hint = "Its owner can let a role append: GRANT INSERT. A standby takes nothing in."
        raise refused(place, codes.MAY_NOT, f"{_told(error)}.", hint) from None
    except (errors.UndefinedTable, errors.UndefinedColumn, errors.UndefinedFunction, errors.InvalidSchemaName) as error:
        raise refused(place, stores.NOT_OURS, f"{_told(error)}.", BACKUP) from None
    except (errors.DataCorrupted, errors.IndexCorrupted) as error:
        raise refused(place, stores.DAMAGED, f"{_told(error)}.", BACKUP) from None
    except (errors.IntegrityError, errors.RaiseException, errors.DiskFull, errors.IoError, errors.OutOfMemory, psycopg.DataError) as error:
        raise Fault((unwritten(where, _told(error)),)) from None
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        hint = "Nothing of this was recorded; the ledger is as it was."
        raise refused(place, codes.UNREACHABLE, f"The server went away: {_told(error)}.", hint) from None
    except psycopg.Error as error:
        raise refused(place, stores.DAMAGED, f"The server refused: {_told(error)}.", BACKUP) from None
    except UnicodeDecodeError:
        raise refused(place, stores.DAMAGED, "The database cannot be read.", BACKUP) from None


def _told(error: psycopg.Error) -> str:
    return _short(error.diag.message_primary or str(error) or type(error).__name__)
