"""What only the owner of a ledger on a server does: make it, bring it up to a newer version, and let a role read and append."""

from __future__ import annotations

from psycopg import sql

from aval.evidence.codes import servers as codes
from aval.evidence.ledger.contract import refused
from aval.evidence.ledger.place import Pointer
from aval.evidence.ledger.postgres.database import recognise
from aval.evidence.ledger.postgres.migrations import FROM_VERSION, LEDGER_TABLES, MIGRATIONS, script
from aval.evidence.ledger.postgres.session import Session, explained, reach

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('aval.ledger/1 ' || %s, 0))"
_LET_IN = """
SELECT DISTINCT pg_get_userbyid(grantee), bool_or(privilege_type = 'INSERT') FROM pg_class, aclexplode(relacl)
WHERE oid = %s::regclass AND grantee <> relowner AND grantee <> 0 AND privilege_type IN ('SELECT', 'INSERT') GROUP BY grantee
"""


def found(everyday: Pointer, owner: str) -> None:
    """Make an empty ledger, where none is, and let the role of everyday commands read and append. Raises `Fault`."""
    role = _role(everyday)
    pointer = everyday.with_service(owner)
    with reach(pointer) as session, explained(pointer):
        if session.info.user == role:
            hint = "Make a second role, which owns the ledger, with a service of its own, and name that with --owner."
            raise refused(str(everyday), codes.TOO_STRONG, f"The role {role} would own the ledger.", hint)
        with session.transaction():
            session.execute(_LOCK, (pointer.ledger,))
            if not session.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (pointer.ledger,)).fetchone():
                session.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(pointer.ledger)))
                _migrate(session, pointer, 0, len(MIGRATIONS))
            version = recognise(session, pointer)
            _admit(session, pointer, role, version, appends=True)


def upgrade(pointer: Pointer, upto: int | None = None) -> tuple[int, int]:
    """Bring a ledger up, all in one transaction; give the version that it had and the one that it has. Raises `Fault`."""
    with reach(pointer) as session, explained(pointer), session.transaction():
        session.execute(_LOCK, (pointer.ledger,))
        before = recognise(session, pointer)
        after = _migrate(session, pointer, before, upto or len(MIGRATIONS))
        for role, appends in session.execute(_LET_IN, (f"{pointer.ledger}.entry",)).fetchall():
            _admit(session, pointer, role, after, appends=appends)
    return before, after


def version_of(pointer: Pointer) -> int:
    """Give the version of a ledger. Raises `Fault`."""
    with reach(pointer) as session, explained(pointer):
        return recognise(session, pointer)


def _role(everyday: Pointer) -> str:
    with reach(everyday) as session:
        return str(session.info.user)


def _migrate(session: Session, pointer: Pointer, version: int, upto: int) -> int:
    session.execute("SELECT set_config('search_path', %s || ', pg_catalog, pg_temp', true)", (pointer.ledger,))
    for one in script(version, upto, f'"{pointer.ledger}"'):
        session.execute(one.encode())
    session.execute("SELECT set_config('search_path', 'pg_catalog, ' || %s || ', pg_temp', true)", (pointer.ledger,))
    return max(version, upto)


def _admit(session: Session, pointer: Pointer, role: str, version: int, *, appends: bool) -> None:
    """Let a role read, and append where it may. Drafts are papers to work on: there it may also change, each party its own."""
    names = {"schema": sql.Identifier(pointer.ledger), "role": sql.Identifier(role)}
    session.execute(sql.SQL("GRANT USAGE ON SCHEMA {schema} TO {role}").format(**names))
    for table in (*LEDGER_TABLES, "draft"):
        if FROM_VERSION.get(table, 1) > version:
            continue
        more = {"draft": ", INSERT, UPDATE, DELETE", "migration": ""}.get(table, ", INSERT") if appends else ""
        grant = sql.SQL("GRANT SELECT" + more + " ON {schema}.{table} TO {role}")
        session.execute(grant.format(table=sql.Identifier(table), **names))
