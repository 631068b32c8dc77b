"""AV450 onwards: ledgers on a server, and ledgers that are moved."""

from __future__ import annotations

from aval.model.problem import Code

NO_DRIVER = Code(
    code="AV450",
    title="The library for PostgreSQL is missing",
    what="The ledger of this case is on a PostgreSQL server, which is spoken to through psycopg 3.",
    why="Only cases whose ledger is on a server need it, so Aval does not bring it along.",
    bad="pip install aval",
    good="pip install 'aval[postgres]'",
)
UNREACHABLE = Code(
    code="AV451",
    title="The server of the ledger does not answer",
    what="The PostgreSQL server that holds the ledger runs, and can be reached from here.",
    why="With a ledger, every answer comes from it. Nothing is answered from the text files instead, and nothing is tried again silently.",
    bad="a server that is switched off",
    good="the same command, when the server answers again",
)
NOT_LET_IN = Code(
    code="AV452",
    title="The server does not let you in",
    what="The service has a role, a password and a database that the server accepts.",
    why="A case names a service and no more; what it stands for is in your own pg_service.conf and .pgpass, or in PGUSER and the like.",
    bad="a wrong password",
    good="psql service=aval, which shows whether the service is right",
)
TOO_STRONG = Code(
    code="AV453",
    title="This role could change what is recorded",
    what="Everyday commands reach the ledger with a role that may read and append, and nothing else: no superuser, not the owner of the "
    "tables, and without UPDATE, DELETE and TRUNCATE.",
    why="What a role cannot do, no mistake and nobody who takes over the role can do either. The owner is named only to upgrade and move.",
    bad="user=postgres, in the service of everyday commands",
    good="CREATE ROLE aval_writer LOGIN; and aval move cases/paris --to postgresql:writer/paris --owner owner",
)
MAY_NOT = Code(
    code="AV454",
    title="The server does not allow that to this role",
    what="To record, a role needs INSERT; to upgrade, move or restore, it needs to own the ledger. A standby takes nothing in at all.",
    why="Nothing was recorded: the server refused.",
    bad="aval import cases/paris, with a role that may only read",
    good="the same, with a role that the owner has let append",
)
UNSAFE_SERVER = Code(
    code="AV455",
    title="This server cannot be trusted with a ledger",
    what="The server is PostgreSQL 15 or newer, its database is in UTF-8, and fsync, full_page_writes and synchronous_commit are on.",
    why="With one of them off, what the server has acknowledged can be lost with the next loss of power.",
    bad="fsync = off",
    good="fsync = on, in postgresql.conf, and a restart",
)
OUTDATED = Code(
    code="AV456",
    title="The ledger is of an older version",
    what="On a server a ledger is brought up by its owner, with a command of its own.",
    why="The role of everyday commands must not change tables.",
    bad="aval import cases/paris, after a new Aval was installed",
    good="aval upgrade cases/paris --owner owner",
)
PLACE = Code(
    code="AV457",
    title="That is no place of a ledger",
    what="A place is `sqlite`, or `postgresql:SERVICE/LEDGER`: a service of your pg_service.conf (nothing means PGHOST and the like), and "
    "a name of small letters, digits and low lines.",
    why="A case may come from anybody. So it names no host and holds no password; those are yours.",
    bad="postgresql://user:secret@host/base",
    good="postgresql:writer/paris",
)
UNCERTAIN = Code(
    code="AV458",
    title="The server went away while it recorded",
    what="The connection broke after the order to make it durable, and before the answer.",
    why="It is recorded whole or not at all, and Aval does not know which. It does not try again by itself.",
    bad="a network that breaks in that moment",
    good="aval log cases/paris, and then the same command: what is recorded already makes no entry",
)
OCCUPIED = Code(
    code="AV459",
    title="There is another ledger already",
    what="A ledger is restored or moved to where none is, or one that is the beginning of it.",
    why="No ledger is ever written over: nobody could say later what had been recorded in it.",
    bad="aval restore old.backup cases/paris, over a newer ledger",
    good="mv cases/paris/.aval elsewhere, and then: aval restore old.backup cases/paris",
)
NOT_KEPT = Code(
    code="AV460",
    title="The file is there already",
    what="A backup is written into a new file.",
    why="The backup of yesterday may be the only one.",
    bad="aval backup cases/paris paris.backup, twice",
    good="aval backup cases/paris paris-2026-12-01.backup",
)

CODES: tuple[Code, ...] = (
    NO_DRIVER,
    UNREACHABLE,
    NOT_LET_IN,
    TOO_STRONG,
    MAY_NOT,
    UNSAFE_SERVER,
    OUTDATED,
    PLACE,
    UNCERTAIN,
    OCCUPIED,
    NOT_KEPT,
)
