"""Databases that mean harm: nothing in them is run, and none gives an answer (TRUST T2, T14)."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import apsw
import pytest

import aval
from aval.evidence.ledger.seal import chain, lines
from aval.evidence.ledger.sqlite import database
from aval.model.problem import AvalError, Fault, Incorrect
from aval.workspace import ledger
from aval.workspace.ledger import Filter, log
from aval.workspace.recording import record
from tests.cli.run import ROOT, environ
from tests.ledger.cases import BASE, MANIFEST, PACT, Watch, bytes_of, entries, ledger_of, make, row, scribble, take, whole, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = make(tmp_path / "case", *(row(f"s{number}", note=str(number)) for number in range(30)))
    take(made)
    return made


def refused(folder: Path) -> str:
    """Both doors refuse it, with one code; reading changes nothing."""
    before = bytes_of(folder)
    with pytest.raises(AvalError) as reading:
        aval.open(folder).status(known="2026-01-07")
    assert bytes_of(folder) == before
    write(folder, row("another"))
    with pytest.raises(AvalError) as writing:
        take(folder)
    codes = {problem.code.code for raised in (reading, writing) for problem in raised.value.problems}
    assert len(codes) == 1
    return codes.pop()


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER t AFTER INSERT ON entry BEGIN SELECT load_extension('/tmp/x.so'); END",
        "CREATE VIEW v AS SELECT randomblob(1000000000)",
        "CREATE TABLE other (x)",
        "CREATE INDEX other ON entry (name)",
        "DROP TRIGGER entry_stays",
        "ALTER TABLE entry ADD COLUMN more ANY",
        "CREATE TEMP TABLE t (x); CREATE VIRTUAL TABLE f USING fts5(x)",
        "PRAGMA user_version = 0",
    ],
)
def test_a_schema_that_is_not_ours_is_not_touched(folder: Path, sql: str) -> None:
    scribble(folder, sql)
    assert refused(folder) == "AV404"


def test_another_programs_database_is_not_touched(folder: Path) -> None:
    scribble(folder, "PRAGMA application_id = 7")
    assert refused(folder) == "AV403"


def test_a_newer_ledger_is_not_touched(folder: Path) -> None:
    scribble(folder, "PRAGMA user_version = 9")
    assert refused(folder) == "AV411"


def test_random_bytes_are_no_ledger(folder: Path) -> None:
    ledger_of(folder).write_bytes(Random(1).randbytes(20_000))
    assert refused(folder) == "AV403"


def test_a_ledger_that_was_cut_off(folder: Path) -> None:
    data = ledger_of(folder).read_bytes()
    for length in (100, 4096, 5000, len(data) // 2, len(data) - 1):
        ledger_of(folder).write_bytes(data[:length])
        with pytest.raises(Fault):
            aval.open(folder)


def test_an_empty_file_is_no_ledger(folder: Path) -> None:
    ledger_of(folder).write_bytes(b"")
    assert refused(folder) == "AV403"


def test_flipped_bytes_are_found_or_change_no_answer(folder: Path) -> None:
    wanted = aval.open(folder).status(known="2026-01-07").json()
    data = ledger_of(folder).read_bytes()
    random = Random(3)
    found = 0
    for _ in range(300):
        place = random.randrange(len(data))
        ledger_of(folder).write_bytes(data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :])
        try:
            assert aval.open(folder).status(known="2026-01-07").json() == wanted
        except AvalError:
            found += 1
    assert found


def test_a_body_that_is_not_what_its_id_says(folder: Path) -> None:
    without(folder, "entry_stays", "UPDATE entry SET body = CAST(replace(body, 'reporter', 'traitor') AS BLOB) WHERE name = 's3'")
    with pytest.raises(Fault) as wrong:
        aval.open(folder)
    assert wrong.value.problems[0].code.code == "AV405"


@pytest.mark.parametrize(
    ("trigger", "sql"),
    [
        ("entry_stays", "UPDATE entry SET name = 'x' WHERE name = 's3'"),
        ("entry_stays", "UPDATE entry SET recorded = recorded - 9 WHERE seq = 1"),
        ("entry_stays", "UPDATE entry SET path = path || 'x' WHERE name = 's7'"),
        ("seal_lasts", "DELETE FROM seal WHERE last = (SELECT max(last) FROM seal)"),
        ("entry_lasts", "DELETE FROM entry WHERE name = 's3'"),
        ("entry_lasts", "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)"),
        ("seal_lasts", "DELETE FROM seal"),
        ("seal_stays", "UPDATE seal SET recorded = recorded - 1000000000"),
    ],
)
def test_what_was_sealed_is_not_changed_unseen(folder: Path, trigger: str, sql: str) -> None:
    without(folder, trigger, sql)
    with pytest.raises(AvalError) as wrong:
        aval.open(folder).status(known="2026-01-07", recorded="2026-02-02")
    assert wrong.value.problems[0].code.code in ("AV405", "AV408", "AV401")


def without(folder: Path, trigger: str, sql: str) -> None:
    """Do something to a ledger that a trigger forbids, and put the trigger back."""
    connection = apsw.Connection(str(ledger_of(folder)))
    ((made,),) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (trigger,))
    connection.execute(f"DROP TRIGGER {trigger}")
    connection.execute(sql)
    connection.execute(str(made))
    connection.close()


def test_a_statement_that_fits_no_agreement(folder: Path) -> None:
    forged(
        folder, b'{"form":"reported","grade":"high","said":"2026-01-06","says":"happened","source":"paper","term":"nothing(X)","voice":"x"}'
    )
    with pytest.raises(Fault) as wrong:
        aval.open(folder)
    assert wrong.value.problems[0].code.code == "AV412"


@pytest.mark.parametrize("voice", ["\\u001b[31mred", "a\u202eb", "\\u0007"])
def test_controls_in_a_forged_body_are_refused_or_inert(folder: Path, voice: str) -> None:
    body = '{"form":"reported","grade":"low","said":"2026-01-06","says":"happened","source":"paper","term":"truce_begins","voice":'
    body += f'"{voice}"}}'
    forged(folder, body.encode(), label="\x1b]0;title\x07")
    for command in (["status"], ["log"], ["blame", "truce"]):
        run = subprocess.run(
            [sys.executable, "-m", "aval", command[0], str(folder), *command[1:]],
            capture_output=True,
            check=False,
            cwd=ROOT,
            env=environ(),
        )
        out = (run.stdout + run.stderr).decode()
        assert not set(out) & set("\x1b\x07\u202e")
        assert run.returncode in (0, 4)


def forged(folder: Path, body: bytes, label: str = "forged") -> None:
    """Add an entry as somebody would who knows the format."""
    connection = apsw.Connection(str(ledger_of(folder)))
    ((last, recorded),) = connection.execute("SELECT max(seq), max(recorded) FROM entry")
    ((sealed,),) = connection.execute("SELECT link FROM seal ORDER BY last DESC LIMIT 1")
    digest = hashlib.sha256(b"aval.statement/1\n" + body).digest()
    assert isinstance(last, int)
    assert isinstance(recorded, int)
    assert isinstance(sealed, bytes)
    row = (last + 1, last + 1, recorded + 1, "statement", digest, label, "x", None)
    link = chain(sealed)
    link.update(lines([row]))
    connection.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, body))
    connection.execute("INSERT INTO seal VALUES (?, ?, ?)", (last + 1, recorded + 1, link.digest()))
    connection.close()


LINKS: dict[str, Callable[[Path], None]] = {
    "a link for the file": lambda path: path.symlink_to("/etc/hostname"),
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("kind", LINKS)
def test_only_an_ordinary_file_is_opened(folder: Path, kind: str) -> None:
    ledger_of(folder).unlink()
    LINKS[kind](ledger_of(folder))
    with pytest.raises(AvalError) as wrong:
        aval.open(folder)
    assert wrong.value.problems[0].code.code in ("AV105", "AV106")
    with pytest.raises(AvalError):
        ledger.take(folder)


@pytest.mark.parametrize("end", ["-wal", "-shm"])
def test_a_link_beside_the_ledger_is_not_followed(folder: Path, end: str) -> None:
    ledger_of(folder).with_name(f"ledger.sqlite{end}").symlink_to("/etc/hostname")
    with pytest.raises(AvalError) as wrong:
        aval.open(folder)
    assert wrong.value.problems[0].code.code == "AV105"


def test_a_link_for_the_folder_is_not_followed(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / ".aval", tmp_path / "elsewhere")
    (folder / ".aval").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(AvalError) as wrong:
        aval.open(folder)
    assert wrong.value.problems[0].code.code == "AV105"


def test_a_forged_journal_is_not_rolled_back(folder: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious")
    ledger_of(folder).with_name("ledger.sqlite-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(2000))
    with pytest.raises(AvalError) as wrong:
        aval.open(folder)
    assert wrong.value.problems[0].code.code == "AV404"
    assert victim.read_text() == "precious"


def test_the_wal_of_another_file_gives_no_wrong_answer(folder: Path, tmp_path: Path) -> None:
    wanted = aval.open(folder).status(known="2026-01-07").json()
    other = make(tmp_path / "other", row("other", note="other"))
    take(other)
    keeper = apsw.Connection(str(ledger_of(other)))
    list(keeper.execute("SELECT count(*) FROM entry"))  # as long as somebody reads, the WAL stays
    write(other, row("other", note="other"), row("more", note="more"))
    take(other, Watch("2026-04-01T12:00"))
    shutil.copy(ledger_of(other).with_name("ledger.sqlite-wal"), ledger_of(folder).with_name("ledger.sqlite-wal"))
    keeper.close()
    try:
        assert aval.open(folder).status(known="2026-01-07").json() == wanted
    except Fault:
        return


@pytest.mark.parametrize("version", ["3.7.0", "3.40.1", "3.51.2", "3.6.23"])
def test_an_sqlite_that_loses_entries_is_refused(folder: Path, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "sqlite_version", lambda: version)
    assert refused(folder) == "AV402"


def test_this_sqlite_is_safe(folder: Path) -> None:
    assert tuple(map(int, database.sqlite_version().split("."))) >= database.SAFE
    assert whole(folder)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET name = 'x' WHERE seq = 4",
        "DELETE FROM entry WHERE seq = 4",
        "INSERT OR REPLACE INTO entry SELECT seq, batch, recorded, kind, id, 'x', path, withdraws, body FROM entry WHERE seq = 4",
        "INSERT OR REPLACE INTO entry SELECT 34, 34, recorded + 1000, kind, id, 'x', path, withdraws, body FROM entry WHERE seq = 4",
        "INSERT INTO entry SELECT 34, 34, 1, kind, zeroblob(32), 'x', path, withdraws, body FROM entry WHERE seq = 4",
        "INSERT INTO entry SELECT 99, 34, recorded + 1000000, kind, zeroblob(32), 'x', path, withdraws, body FROM entry WHERE seq = 4",
        "INSERT INTO entry SELECT 34, 34, recorded + 1000000, 'statement', 'text', 'x', path, withdraws, body FROM entry WHERE seq = 4",
    ],
)
def test_entries_are_never_changed_deleted_or_put_between(folder: Path, sql: str) -> None:
    before = entries(folder, "*")
    with pytest.raises(apsw.ConstraintError):
        scribble(folder, sql)
    assert entries(folder, "*") == before
    assert len(before) == 33


def test_the_ledger_of_another_case_is_refused(folder: Path, tmp_path: Path) -> None:
    pact = MANIFEST.replace("A small case", "Another one").replace("pact.md", "other.md")
    other = make(tmp_path / "other", row("x", note="elsewhere"), manifest=pact, pact=PACT + "\nOther words.\n")
    (other / "agreements" / "pact.md").rename(other / "agreements" / "other.md")
    ledger_of(other).parent.mkdir()
    ledger_of(other).write_bytes(ledger_of(folder).read_bytes())
    before = bytes_of(other)
    attempts: list[Callable[[], object]] = [
        lambda: aval.open(other),
        lambda: take(other),
        lambda: record(other, [{**BASE, "label": "y", "note": "new"}]),
    ]
    for attempt in attempts:
        with pytest.raises(Incorrect) as wrong:
            attempt()
        assert wrong.value.problems[0].code.code == "AV413"
    assert {path: data for path, data in bytes_of(other).items() if not path.startswith(".aval")} == {
        path: data for path, data in before.items() if not path.startswith(".aval")
    }


@pytest.mark.parametrize("change", ["title", "files", "text"])
def test_an_edited_case_keeps_its_ledger(folder: Path, change: str) -> None:
    """Of title, list of files and texts two may change at once between two imports."""
    manifest = (folder / "aval.toml").read_text("utf-8")
    if change != "title":
        manifest = manifest.replace("A small case", "A renamed case")
    if change != "files":
        manifest = manifest.replace("pact.md", "paper.md")
        (folder / "agreements" / "pact.md").rename(folder / "agreements" / "paper.md")
    (folder / "aval.toml").write_text(manifest, "utf-8")
    if change != "text":
        agreement = next((folder / "agreements").iterdir())
        agreement.write_text(agreement.read_text("utf-8") + "\nMore.\n", "utf-8")
        write(folder, row("a", note="edited"))
    assert take(folder).texts > 0
    assert aval.open(folder).problems == ()


def test_a_log_is_held_against_the_seals(folder: Path) -> None:
    without(folder, "entry_stays", "UPDATE entry SET name = 'other' WHERE name = 's3'")
    with pytest.raises(Fault) as wrong:
        log(folder, Filter())
    assert wrong.value.problems[0].code.code == "AV405"
