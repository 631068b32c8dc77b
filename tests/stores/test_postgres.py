"""A ledger on a real PostgreSQL server: what a role can do, what is refused, and what a case may say of a server."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

import aval
from aval.evidence.ledger import ledger as ledgers
from aval.evidence.ledger.entry import Kind
from aval.evidence.ledger.ledger import open_at
from aval.evidence.ledger.place import POINTER, Pointer, write_pointer
from aval.evidence.ledger.postgres import database, session
from aval.evidence.ledger.postgres.migrations import LEDGER_TABLES, MIGRATIONS
from aval.evidence.ledger.postgres.shape import SHAPES, shape_of
from aval.model.problem import AvalError, Fault, Incorrect
from aval.workspace import keeping
from tests.ledger.cases import Watch, make, row, take, write
from tests.stores.server import Server


@pytest.fixture
def case(tmp_path: Path, pointer: Pointer) -> Path:
    """A case of three statements, whose ledger is on the server."""
    folder = make(tmp_path / "case", *(row(f"s{number}", note=str(number)) for number in range(3)))
    keeping.move(folder, str(pointer), "owner")
    take(folder, Watch())
    return folder


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(AvalError) as wrong:
        act()
    (code,) = {problem.code.code for problem in wrong.value.problems}
    return code


def looked_at(folder: Path) -> str:
    """Ask for the code with which both doors refuse."""
    write(folder, row("another"))
    codes = {code_of(lambda: aval.open(folder)), code_of(lambda: take(folder))}
    assert len(codes) == 1
    return codes.pop()


def test_answers_are_those_of_the_files(tmp_path: Path, case: Path) -> None:
    files = make(tmp_path / "files", *(row(f"s{number}", note=str(number)) for number in range(3)))
    known = "2026-01-07"
    assert str(aval.open(case).status(known=known)) == str(aval.open(files).status(known=known))
    assert not (case / ".aval" / "ledger.sqlite").exists()
    write(case, row("s0", note="otherwise"), row("s1", note="1"))
    later = take(case, Watch("2026-03-01"))
    assert (later.corrected, later.removed) == (1, 1)
    then = aval.open(case).status(known=known, recorded="2026-02-02").answer
    assert then.counts == aval.open(files).status(known=known).answer.counts


def test_the_role_of_everyday_commands_can_change_nothing(server: Server, case: Path, pointer: Pointer) -> None:
    assert case.exists()
    columns = {"migration": "number", "tile": "number"}
    for sql in ("UPDATE {} SET {} = 1", "DELETE FROM {}", "TRUNCATE {}", "ALTER TABLE {} DISABLE TRIGGER ALL", "DROP TABLE {}"):
        for table in LEDGER_TABLES:
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                server.ask(sql.format(f"{pointer.ledger}.{table}", columns.get(table, "recorded")), role="writer")


@pytest.mark.parametrize("table", ["entry", "seal", "migration"])
def test_not_even_the_owner_changes_an_entry_by_mistake(server: Server, case: Path, pointer: Pointer, table: str) -> None:
    assert case.exists()
    column = {"entry": "name", "seal": "link", "migration": "made"}[table]
    for sql in (f"UPDATE {{}} SET {column} = {column}", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(psycopg.errors.RaiseException, match="only grows"):
            server.ask(sql.format(f"{pointer.ledger}.{table}"), role="owner")


@pytest.mark.parametrize(
    "values",
    [
        "(9, 7, 9000000000000000, 'file', sha256('a'), 'a', '', NULL, NULL)",
        "(2, 2, 9000000000000000, 'file', sha256('a'), 'a', '', NULL, NULL)",
        "(7, 7, 1, 'file', sha256('a'), 'a', '', NULL, NULL)",
        "(7, 7, 9000000000000000, 'rumour', sha256('a'), 'a', '', NULL, NULL)",
        "(7, 7, 9000000000000000, 'file', 'a', 'a', '', NULL, NULL)",
        "(7, 7, 9000000000000000, 'statement', sha256('a'), 'a', '', NULL, NULL)",
        "(7, 7, 9000000000000000, 'removal', sha256('a'), 'a', '', NULL, NULL)",
        "(8, 7, {0}, 'file', sha256('a'), '', '', NULL, NULL), (7, 7, {0} + 9, 'file', sha256('a'), '', '', NULL, NULL)",
    ],
    ids=["gap", "twice", "backdated", "kind", "id", "bodiless", "removal", "falling"],
)
def test_an_entry_that_cannot_be_is_refused_by_the_server(server: Server, case: Path, pointer: Pointer, values: str) -> None:
    assert open_and_count(case) == 6
    with pytest.raises((psycopg.errors.RaiseException, psycopg.errors.IntegrityError)):
        server.ask(f"INSERT INTO {pointer.ledger}.entry VALUES {values.format(9000000000000000)}", role="writer")


def open_and_count(folder: Path) -> int:
    ledger = ledgers.open_ledger(folder)
    try:
        return ledger.upto(None)
    finally:
        ledger.close()


def test_a_role_that_could_change_entries_is_refused(server: Server, case: Path, pointer: Pointer) -> None:
    for service in ("owner", "postgres"):
        write_pointer(case, pointer.with_service(service))
        assert looked_at(case) == "AV453"
    write_pointer(case, pointer)
    server.ask(f"GRANT UPDATE ON {pointer.ledger}.entry TO writer", role="owner")
    assert looked_at(case) == "AV453"


def test_a_ledger_that_its_everyday_role_would_own_is_not_made(tmp_path: Path, pointer: Pointer) -> None:
    folder = make(tmp_path, row("a"))
    assert code_of(lambda: keeping.move(folder, str(pointer.with_service("owner")), "owner")) == "AV453"
    assert not (folder / ".aval" / POINTER).exists()


def test_a_role_that_may_only_read_reads(server: Server, case: Path, pointer: Pointer) -> None:
    server.ask(f"GRANT USAGE ON SCHEMA {pointer.ledger} TO reader", role="owner")
    server.ask(f"GRANT SELECT ON ALL TABLES IN SCHEMA {pointer.ledger} TO reader", role="owner")
    before = open_and_count(case)
    write_pointer(case, pointer.with_service("reader"))
    assert len(aval.open(case).statements) == 3
    write(case, row("another"))
    assert code_of(lambda: take(case)) == "AV454"
    assert open_and_count(case) == before


def test_the_ways_in_which_nobody_gets_in(server: Server, case: Path, pointer: Pointer) -> None:
    services = {
        server.service("wrong_password", user="writer", password="guessed"): "AV452",
        server.service("wrong_database", user="writer", dbname="nowhere"): "AV452",
        server.service("wrong_role", user="nobody", password="guessed"): "AV452",
        server.service("away", user="writer", host=str(server.folder / "elsewhere")): "AV451",
        server.service("empty", user="writer", dbname="postgres"): "AV403",
        "no_such_service": "AV451",
    }
    for service, code in services.items():
        write_pointer(case, pointer.with_service(service))
        with pytest.raises(Fault) as wrong:
            aval.open(case)
        assert [problem.code.code for problem in wrong.value.problems] == [code], service
        assert "guessed" not in str(wrong.value.problems)


def test_a_database_that_cannot_be_trusted(server: Server, case: Path, pointer: Pointer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.database("latin", "ENCODING 'LATIN1' TEMPLATE template0")
    write_pointer(case, Pointer(server.service("latin", user="writer", dbname="latin"), pointer.ledger))
    assert code_of(lambda: aval.open(case)) == "AV455"
    write_pointer(case, pointer)
    monkeypatch.setattr(session, "OLDEST", 99)
    assert code_of(lambda: aval.open(case)) == "AV455"


def test_a_server_that_does_not_wait_for_its_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Server()
    try:
        monkeypatch.setenv("PGSERVICEFILE", str(server.services))
        folder = make(tmp_path / "case", row("a"))
        keeping.move(folder, "postgresql:writer/unsafe", "owner")
        server.stop()
        server.start("-c fsync=off")
        assert code_of(lambda: take(folder)) == "AV455"
        server.stop(signal.SIGQUIT)
        assert code_of(lambda: take(folder)) == "AV451"
    finally:
        server.remove()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE {}.other (x int)",
        "CREATE VIEW {}.v AS SELECT 1",
        "DROP TRIGGER entry_stays ON {}.entry",
        "ALTER TABLE {}.entry DISABLE TRIGGER entry_stays",
        "ALTER TABLE {}.entry ADD COLUMN more text",
        "CREATE OR REPLACE FUNCTION {}.only_grows() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE RULE quiet AS ON INSERT TO {}.seal DO INSTEAD NOTHING",
        "ALTER TABLE {}.entry ENABLE ROW LEVEL SECURITY",
        "ALTER TABLE {}.draft DISABLE ROW LEVEL SECURITY",
        "DROP POLICY own_drafts ON {}.draft",
        "ALTER TABLE {}.entry DROP CONSTRAINT entry_kind",
        "DROP INDEX {}.entry_content",
    ],
)
def test_a_schema_that_is_not_ours_is_not_touched(server: Server, case: Path, pointer: Pointer, sql: str) -> None:
    server.ask(sql.format(pointer.ledger), role="owner")
    assert looked_at(case) == "AV404"


def test_what_is_no_ledger_or_a_newer_one(server: Server, case: Path, pointer: Pointer) -> None:
    server.ask(f"INSERT INTO {pointer.ledger}.migration (number) VALUES (9)", role="owner")
    assert looked_at(case) == "AV411"
    server.ask(f"CREATE SCHEMA {pointer.ledger}_other", role="owner")
    server.ask(f"GRANT USAGE ON SCHEMA {pointer.ledger}_other TO writer", role="owner")
    write_pointer(case, Pointer("writer", f"{pointer.ledger}_other"))
    assert looked_at(case) == "AV403"


def test_a_changed_row_is_found(server: Server, case: Path, pointer: Pointer) -> None:
    """The superuser can switch every guard off; the seals still tell."""
    change = f"SET session_replication_role = replica; UPDATE {pointer.ledger}.entry SET %s WHERE seq = 4"
    server.ask(change % "body = body || ' '")
    with pytest.raises(Fault) as wrong:
        aval.open(case).status(known="2026-01-07")
    assert wrong.value.problems[0].code.code == "AV405"
    server.ask(change % "body = substr(body, 1, length(body) - 1), recorded = recorded - 0, name = 'renamed'")
    assert code_of(lambda: aval.open(case)) == "AV405"


def test_the_shape_of_each_version_is_known(server: Server, pointer: Pointer) -> None:
    owner = pointer.with_service("owner")
    assert len(SHAPES) == len(MIGRATIONS)
    for version in range(1, len(MIGRATIONS) + 1):
        made = at_version(Pointer("owner", f"{pointer.ledger}_{version}"), version)
        with session.reach(made) as one:
            assert shape_of(one, made.ledger) == SHAPES[version - 1]
    assert server.services.exists()
    assert owner.service == "owner"


def at_version(pointer: Pointer, version: int) -> Pointer:
    """Make a ledger as an older Aval made it, which the writer may use."""
    with session.reach(pointer) as one, one.transaction():
        from aval.evidence.ledger.postgres.owner import _admit, _migrate

        one.execute(f"CREATE SCHEMA {pointer.ledger}".encode())
        _migrate(one, pointer, 0, version)
        _admit(one, pointer, "writer", version, appends=True)
    return pointer


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS)))
def test_an_older_ledger_is_read_and_brought_up_by_its_owner(tmp_path: Path, pointer: Pointer, version: int) -> None:
    at_version(pointer.with_service("owner"), version)
    folder = make(tmp_path, row("a"))
    write_pointer(folder, pointer)
    with pytest.MonkeyPatch.context() as older:
        older.setattr(database, "MIGRATIONS", MIGRATIONS[:version])
        take(folder, Watch())
    before, seal = aval.open(folder).status(known="2026-01-07").json(), open_and_seal(folder)
    write(folder, row("a"), row("b", note="x"))
    assert code_of(lambda: take(folder)) == "AV456"
    assert code_of(lambda: keeping.upgrade(folder)) == "AV454"
    assert code_of(lambda: keeping.upgrade(folder, "writer")) == "AV454"
    kept = keeping.upgrade(folder, "owner")
    assert (kept.before, kept.version, kept.seal) == (version, len(MIGRATIONS), seal)
    assert keeping.upgrade(folder, "owner").before == len(MIGRATIONS)
    assert aval.open(folder).status(known="2026-01-07").json() == before
    assert take(folder, Watch("2026-03-01")).new == 1


def open_and_seal(folder: Path) -> str:
    ledger = ledgers.open_ledger(folder)
    try:
        return ledger.seal(ledger.upto(None))
    finally:
        ledger.close()


def test_drafts_are_seen_by_the_party_that_they_are_of(server: Server, case: Path, pointer: Pointer) -> None:
    assert case.exists()
    for party in ("FRA", "GBR"):
        one = database.connect(pointer, writing=True, viewer=party)
        one.rows("INSERT INTO draft (party, id, recorded, body) VALUES (?, 'same id', 1, 'a')", (party,))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            one.rows("INSERT INTO draft (party, id, recorded, body) VALUES ('DEU', 'x', 1, 'a')")
        assert list(one.rows("SELECT party FROM draft")) == [(party,)]
        assert list(one.rows("DELETE FROM draft WHERE party <> ? RETURNING 1", (party,))) == []
        one.close()
    plain = open_at(pointer, writing=False)
    assert list(plain.rows("SELECT count(*) FROM draft")) == [(0,)]
    plain.close()
    seen = f"SELECT count(*) FROM {pointer.ledger}.draft"
    assert server.ask(seen, role="owner") == [(0,)]
    assert server.ask(seen) == [(2,)], "only a superuser passes by"


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://u:p@host/db",
        "postgresql:a/B",
        "postgresql:host=evil/paris",
        "",
        "postgresql:a/paris\nmore",
        "sqlite",
        "x" * 500,
        "\xff",
    ],
)
def test_a_case_names_a_service_and_nothing_else(tmp_path: Path, text: str) -> None:
    folder = make(tmp_path, row("a"))
    (folder / ".aval").mkdir()
    (folder / ".aval" / POINTER).write_text(text, "latin-1")
    assert looked_at(folder) == "AV457"
    with pytest.raises(Incorrect):
        keeping.move(folder, text or "nothing", None)


def test_the_file_that_names_it_is_no_link(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    (folder / ".aval").mkdir()
    (folder / ".aval" / POINTER).symlink_to("/etc/hostname")
    assert looked_at(folder) == "AV105"


def test_without_the_driver(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ledgers, "find_spec", lambda _: None)
    assert looked_at(case) == "AV450"


def test_a_command_that_waits_too_long_says_so(case: Path, pointer: Pointer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "PATIENCE", 50)
    other = open_at(pointer, writing=True)
    write(case, row("s0", note="0"), row("b", note="x"))
    with other.writing():
        assert code_of(lambda: take(case)) == "AV407"
    other.close()
    assert take(case).new == 1


def test_a_connection_that_breaks_is_told_and_not_mended(server: Server, case: Path, pointer: Pointer) -> None:
    before = open_and_count(case)
    one = open_at(pointer, writing=True)

    def broken() -> None:
        with one.writing() as pen:
            pen.write([])
            server.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'writer'")
            pen.knows(Kind.FILE, "sha256:" + "0" * 64)

    assert code_of(broken) == "AV451"
    assert code_of(lambda: one.upto(None)) == "AV451"
    one.close()
    assert open_and_count(case) == before


def test_an_answer_that_is_lost_at_the_end_is_said_to_be_unknown(
    server: Server, case: Path, pointer: Pointer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = database.connect(pointer, writing=True)
    assert case.exists()
    real = one.session.execute

    def cut(sql: str, values: tuple[object, ...] | None = None) -> object:
        if sql == "COMMIT":
            server.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'writer'")
        return real(sql, values)

    monkeypatch.setattr(one.session, "execute", cut)

    def recorded() -> None:
        with one.writing():
            pass

    assert code_of(recorded) == "AV458"
    one.close()
