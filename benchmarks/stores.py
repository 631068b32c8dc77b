"""How quickly both backends record, beside bare SQLite on the same disk in the same run. `make bench-stores`; about two minutes.

Single appends are a statement each, durable before the next one begins: the bare table has the same columns, one index, nothing else.
A batch is an import as users run it: read, checked, written canonically, hashed, sealed, durable. Wall seconds count, since a disk is
waited for; the server is one of the run's own, with fsync on.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import apsw
import psycopg

from aval.evidence.canonical import canonical_bytes
from aval.evidence.folder import open_folder
from aval.evidence.ledger.entry import Act, Kind, packed
from aval.evidence.ledger.ledger import Ledger, open_ledger
from aval.model.statement import Statement
from aval.workspace import keeping
from aval.workspace.edition import read_edition, read_files
from aval.workspace.recorded import import_case
from benchmarks import generate
from tests.stores import server as servers

SINGLES = 50
ROUNDS = 40
BATCH = 50_000
BARE = """
CREATE TABLE entry (seq INTEGER PRIMARY KEY, recorded INTEGER NOT NULL, kind TEXT, id BLOB, name TEXT, path TEXT, body BLOB) STRICT;
CREATE UNIQUE INDEX entry_content ON entry (kind, id);
"""
BARE_SERVER = """
CREATE TABLE entry (seq bigint PRIMARY KEY, recorded bigint NOT NULL, kind text, id bytea, name text, path text, body bytea);
CREATE UNIQUE INDEX entry_content ON entry (kind, id);
"""
Plain = Callable[[tuple[object, ...]], object]


@contextmanager
def bare(place: Path) -> Iterator[Plain]:
    """A plain table with the journal and the durability of a ledger."""
    connection = apsw.Connection(str(place))
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", "full")
    connection.execute(BARE)
    yield lambda values: connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?)", values)
    connection.close()


@contextmanager
def bare_server() -> Iterator[Plain]:
    """The same on the server."""
    with psycopg.connect(service="postgres", autocommit=True) as session:
        session.execute(BARE_SERVER)
        yield lambda values: session.execute("INSERT INTO entry VALUES (%s, %s, %s, %s, %s, %s, %s)", values)


def timed(act: Callable[[], object]) -> float:
    """Give the wall seconds of an act."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def appended(ledger: Ledger, statements: Sequence[tuple[int, Statement]]) -> None:
    """Record statements one by one, each durably."""
    for _, one in statements:
        with ledger.writing() as pen:
            pen.write([Act(kind=Kind.STATEMENT, id=one.id, name=one.label, body=canonical_bytes(one))])


def singles(folder: Path, statements: list[Statement], where: dict[str, Ledger]) -> None:
    """Measure single appends in many short turns, so that what else the machine does meets all alike."""
    with bare(folder / "bare.sqlite") as file, bare_server() as server:
        plain = {"bare apsw": file, "bare psycopg": server}
        seconds: dict[str, list[float]] = {name: [] for name in (*plain, *where)}
        for turn in range(ROUNDS):
            part = list(enumerate(statements[turn * SINGLES : (turn + 1) * SINGLES], turn * SINGLES + 1))
            for name, insert in plain.items():
                seconds[name].append(timed(lambda: [insert(plainly(one, seq)) for seq, one in part]))  # noqa: B023
            for name, ledger in where.items():
                seconds[name].append(timed(lambda: appended(ledger, part)))  # noqa: B023
    for name, found in seconds.items():
        base = seconds["bare psycopg" if name == "PostgreSQL" else "bare apsw"]
        share = statistics.median(b / own for b, own in zip(base, found, strict=True))
        print(
            f"single durable appends, {name:12} {SINGLES / statistics.median(found):8.0f}/s  {100 * share:4.0f} % of the bare table",
            flush=True,
        )


def plainly(one: Statement, seq: int) -> tuple[object, ...]:
    """Give the row of a statement in a plain table."""
    return (seq, seq, "statement", packed(one.id), one.label, "", canonical_bytes(one))


def batch(case: Path, name: str) -> None:
    """Measure one import of many statements."""
    seconds = timed(lambda: import_case(open_folder(case)))
    print(f"import of {BATCH} statements,   {name:12} {BATCH / seconds:8.0f}/s  ({seconds:.1f} s)", flush=True)


def main() -> int:
    """Measure both."""
    os.environ.pop("PGSERVICEFILE", None)
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as made:
        folder = Path(made)
        servers.folder = lambda: "/tmp"  # noqa: S108  the disk, and not memory
        server = servers.Server()
        try:
            os.environ["PGSERVICEFILE"] = str(server.services)
            case = folder / "case"
            generate.write(case, BATCH, 1)
            _, statements = read_edition(read_files(open_folder(case)))
            ours: dict[str, Ledger] = {}
            for name, to in (("SQLite", "sqlite"), ("PostgreSQL", "postgresql:writer/singles")):
                (folder / name).mkdir()
                shutil.copy(case / "aval.toml", folder / name)
                keeping.move(folder / name, to, None if to == "sqlite" else "owner")
                ours[name] = open_ledger(folder / name, writing=True)
            singles(folder, list(statements), ours)
            for ledger in ours.values():
                ledger.close()
            batch(case, "SQLite")
            shutil.rmtree(case / ".aval")
            keeping.move(case, "postgresql:writer/batch", "owner")
            batch(case, "PostgreSQL")
        finally:
            server.remove()
    return 0


if __name__ == "__main__":
    sys.exit(main())
