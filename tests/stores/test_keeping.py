"""Ledgers as a whole: backed up, restored, moved and brought up, with every number, instant, id and seal as it was (TRUST R14, R15)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import apsw
import jsonschema
import pytest

import aval
from aval.evidence.ledger.ledger import open_ledger
from aval.evidence.ledger.place import POINTER, Pointer, read_pointer
from aval.evidence.ledger.sqlite import database, migrations
from aval.model.problem import AvalError
from aval.render.json import schema_of
from aval.render.kept import kept_document, kept_text
from aval.workspace import keeping, proving, signing
from tests.cli.run import ROOT, environ
from tests.ledger.cases import Watch, bytes_of, ledger_of, make, row, scribble, take, write
from tests.stores.lodging import BACKENDS, everything, lodge, sound
from tests.stores.server import Server

KILLS = max(4, int(os.environ.get("AVAL_KILLS", "10")) // 2)


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> tuple[Server | None, Pointer | None]:
    """One backend: a server and a name on it, or neither."""
    if request.param == "sqlite":
        return None, None
    return request.getfixturevalue("server"), request.getfixturevalue("pointer")


def told(folder: Path, keys: Path) -> Path:
    """Record a history: corrections, a removal, one held again, a key, a signature, a checkpoint, and more after it."""
    watch = Watch()
    rows = [row(f"s{number}", note=str(number)) for number in range(300)]
    write(folder, *rows)
    take(folder, watch)
    write(folder, row("s0", note="otherwise"), *rows[2:])
    take(folder, watch)
    write(folder, *rows)
    take(folder, watch)
    signing.new_key("OSCE", keys)
    signing.add_key(folder, keys, now=watch)
    signing.sign(folder, keys, ["s5"], now=watch)
    proving.sign_checkpoint(folder, keys, now=watch)
    write(folder, *rows, row("last", note="after the checkpoint"))
    take(folder, watch)
    return folder


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(AvalError) as wrong:
        act()
    return wrong.value.problems[0].code.code


def fresh(folder: Path, place: Path) -> Path:
    """The files of a case without its ledger."""
    shutil.copytree(folder, place, ignore=shutil.ignore_patterns(".aval"))
    return place


@pytest.fixture
def case(tmp_path: Path, backend: tuple[Server | None, Pointer | None]) -> Path:
    return told(lodge(make(tmp_path / "case"), backend[1]), tmp_path / "osce.key")


def test_a_backup_brings_everything_back(tmp_path: Path, case: Path, backend: tuple[Server | None, Pointer | None]) -> None:
    server, pointer = backend
    before = everything(case, server)
    kept = keeping.backup(case, tmp_path / "a.backup")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert (kept.done, kept.entries, kept.copied) == ("backup", len(before["entry"]), len(before["entry"]))
    again = fresh(case, tmp_path / "again")
    restored = keeping.restore(tmp_path / "a.backup", again)
    assert everything(again, server) == before
    assert restored.seal == kept.seal
    for recorded in (None, "2026-02-01"):
        answer = aval.open(again).status(known="2026-01-07", recorded=recorded).json()
        assert answer.replace(b"/again/", b"/case/") == aval.open(case).status(known="2026-01-07", recorded=recorded).json()
    if pointer is not None:
        other = fresh(case, tmp_path / "other")
        keeping.restore(tmp_path / "a.backup", other, to=f"{pointer}_b", owner="owner")
        assert everything(other, server) == before
        assert read_pointer(other) == Pointer("writer", f"{pointer.ledger}_b")
        assert take(other, Watch()).written == 0
    assert proving.newest_checkpoint(again) == proving.newest_checkpoint(case)


def test_a_ledger_moves_and_comes_back(tmp_path: Path, server: Server, pointer: Pointer) -> None:
    case = told(make(tmp_path / "case"), tmp_path / "osce.key")
    before, status = everything(case, None), aval.open(case).status(known="2026-01-07").json()
    there = keeping.move(case, str(pointer), "owner")
    assert read_pointer(case) == pointer
    assert everything(case, server) == before
    assert aval.open(case).status(known="2026-01-07").json() == status
    assert keeping.move(case, str(pointer)).copied == 0
    write(case, row("later", note="on the server"))
    take(case, Watch())
    later = everything(case, server)
    assert len(later["entry"]) > len(before["entry"]) == there.copied
    back = keeping.move(case, "sqlite")
    assert not (case / ".aval" / POINTER).exists()
    assert back.copied == len(later["entry"]) - len(before["entry"]), "what was there already is the beginning"
    assert everything(case, None) == later
    signing.keys(case)
    proving.sign_checkpoint(case, tmp_path / "osce.key", now=Watch())
    proving.export_bundle(case, tmp_path / "bundle")
    assert proving.verify_bundle(tmp_path / "bundle", proving.Demands()).entries == len(later["entry"])


def test_no_ledger_is_written_over(tmp_path: Path, case: Path, backend: tuple[Server | None, Pointer | None]) -> None:
    keeping.backup(case, tmp_path / "old.backup")
    assert code_of(lambda: keeping.backup(case, tmp_path / "old.backup")) == "AV460"
    write(case, row("newer"))
    take(case, Watch())
    before = everything(case, backend[0])
    assert code_of(lambda: keeping.restore(tmp_path / "old.backup", case)) == "AV459"
    assert everything(case, backend[0]) == before
    keeping.backup(case, tmp_path / "new.backup")
    again = fresh(case, tmp_path / "again")
    keeping.restore(tmp_path / "old.backup", again)
    assert keeping.restore(tmp_path / "new.backup", again).copied == len(before["entry"]) - keeping_entries(tmp_path / "old.backup")
    assert everything(again, None) == before
    assert sound(again, None)


def keeping_entries(file: Path) -> int:
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        ((count,),) = connection.execute("SELECT count(*) FROM entry")
        assert isinstance(count, int)
        return count
    finally:
        connection.close()


def test_a_backup_with_a_changed_byte_is_not_restored(tmp_path: Path) -> None:
    case = told(make(tmp_path / "case"), tmp_path / "osce.key")
    keeping.backup(case, tmp_path / "good.backup")
    good, random = (tmp_path / "good.backup").read_bytes(), Random(5)
    seal = keeping.restore(tmp_path / "good.backup", fresh(case, tmp_path / "good")).seal
    for number in range(40):
        bad = bytearray(good)
        bad[random.randrange(len(bad))] ^= 1 << random.randrange(8)
        (tmp_path / "bad.backup").write_bytes(bad)
        target = fresh(case, tmp_path / f"bad{number}")
        codes = restoring(tmp_path / "bad.backup", target)
        assert set(codes) <= {"AV403", "AV404", "AV405", "AV411"}
        if not codes:  # a byte that holds nothing: the entries are the same
            assert open_and_seal(target) == seal
            assert everything(target, None)["entry"] == everything(case, None)["entry"]


def restoring(file: Path, folder: Path) -> list[str]:
    """Restore, and give the codes of what is wrong with it."""
    try:
        keeping.restore(file, folder)
    except AvalError as wrong:
        return [problem.code.code for problem in wrong.problems]
    return []


def open_and_seal(folder: Path) -> str:
    ledger = open_ledger(folder)
    try:
        return ledger.seal(ledger.upto(None))
    finally:
        ledger.close()


@pytest.mark.parametrize("made", ["text", "other", "empty", "trigger", "missing", "folder"])
def test_what_is_no_backup_is_not_restored(tmp_path: Path, made: str) -> None:
    folder, file = make(tmp_path / "case", row("a")), tmp_path / "file"
    if made == "text":
        file.write_text("hello\n" * 1000, "utf-8")
    elif made == "folder":
        file.mkdir()
    elif made == "other":
        manifest = (folder / "aval.toml").read_text("utf-8").replace("A small case", "B").replace("a.jsonl", "b.jsonl")
        stranger = make(tmp_path / "b", manifest=manifest, pact="# Other\n")
        (stranger / "statements" / "a.jsonl").rename(stranger / "statements" / "b.jsonl")
        take(stranger)
        keeping.backup(stranger, file)
    elif made in ("empty", "trigger"):
        (tmp_path / "x").mkdir()
        database.create(tmp_path / "x" / "y" / "file")
        shutil.move(tmp_path / "x" / "y" / "file", file)
        if made == "trigger":
            connection = apsw.Connection(str(file))
            connection.execute("CREATE TRIGGER t AFTER INSERT ON entry BEGIN SELECT 1; END")
            connection.close()
    before = bytes_of(folder)
    wanted = {"text": "AV403", "other": "AV413", "empty": "AV401", "trigger": "AV404", "missing": "AV107", "folder": "AV107"}
    assert code_of(lambda: keeping.restore(file, folder)) == wanted[made]
    assert bytes_of(folder) == before


def test_an_sqlite_ledger_of_the_first_version_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = make(tmp_path, *(row(f"s{number}", note=str(number)) for number in range(30)))
    with monkeypatch.context() as older:
        older.setattr(database, "MIGRATIONS", migrations.MIGRATIONS[:1])
        take(folder, Watch())
    before = aval.open(folder).status(known="2026-01-07").json()
    kept = keeping.upgrade(folder)
    assert (kept.before, kept.version) == (1, len(migrations.MIGRATIONS))
    assert keeping.upgrade(folder).before == kept.version
    assert aval.open(folder).status(known="2026-01-07").json() == before
    assert sound(folder, None)


def test_an_old_ledger_moves_as_it_is(tmp_path: Path, server: Server, pointer: Pointer) -> None:
    folder = make(tmp_path, row("a"))
    with pytest.MonkeyPatch.context() as older:
        older.setattr(database, "MIGRATIONS", migrations.MIGRATIONS[:1])
        take(folder, Watch())
        keeping.backup(folder, tmp_path / "old.backup")
    before = everything_old(folder)
    keeping.move(folder, str(pointer), "owner")
    assert everything(folder, server)["entry"] == before


def version_of(folder: Path) -> int:
    connection = apsw.Connection(str(ledger_of(folder)), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return int(connection.pragma("user_version"))
    finally:
        connection.close()


def everything_old(folder: Path) -> list[tuple[object, ...]]:
    connection = apsw.Connection(str(ledger_of(folder)), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return list(connection.execute("SELECT * FROM entry ORDER BY seq"))
    finally:
        connection.close()


@pytest.mark.parametrize("verb", ["upgrade", "move"])
def test_a_killed_command_changes_nothing_or_all(tmp_path: Path, server: Server, pointer: Pointer, verb: str) -> None:
    random = Random(14)
    first = make(tmp_path / "first", *(row(f"s{number}", note=str(number)) for number in range(2000)))
    with pytest.MonkeyPatch.context() as older:
        older.setattr(database, "MIGRATIONS", migrations.MIGRATIONS[:1])
        take(first, Watch())
    before, whole = everything_old(first), 0
    full = 0.0
    for number in range(KILLS + 1):
        folder = tmp_path / f"{number}"
        shutil.copytree(first, folder)
        words = ["upgrade", str(folder)] if verb == "upgrade" else ["move", str(folder), "--to", f"{pointer}_{number}", "--owner", "owner"]
        with subprocess.Popen([sys.executable, "-m", "aval", *words], cwd=ROOT, env=environ(), stdout=subprocess.DEVNULL) as run:
            start = time.monotonic()
            if full:
                time.sleep(random.uniform(0.4, 1.1) * full)
                run.kill()
            else:  # the first one may finish, so that the others are killed while they work
                assert run.wait() == 0
                full = time.monotonic() - start
        moved = read_pointer(folder) is not None
        whole += moved if verb == "move" else version_of(folder) > 1
        assert (everything(folder, server)["entry"] if moved else everything_old(folder)) == before
        assert sound(folder, server)
        if verb == "move":
            keeping.move(folder, f"{pointer}_{number}", "owner")
            assert everything(folder, server)["entry"] == before
        else:
            assert keeping.upgrade(folder).version == len(migrations.MIGRATIONS)
            assert everything_old(folder) == before
    print(f"{KILLS} kills of aval {verb}, {whole - 1} came too late")


def test_a_backup_is_of_one_state_while_others_record(tmp_path: Path, backend: tuple[Server | None, Pointer | None]) -> None:
    folder = lodge(make(tmp_path / "case"), backend[1])
    command = [sys.executable, "-m", "tests.ledger.recorder", str(folder)]
    env = environ(PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}")
    with subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as recorder:
        assert recorder.stdin is not None
        assert recorder.stdout is not None
        recorder.stdin.write("go\n")
        recorder.stdin.flush()
        child = int(recorder.stdout.readline().split()[1])
        while recorder.stdout.readline().strip() != "3":
            pass
        kept = [keeping.backup(folder, tmp_path / f"{number}.backup") for number in range(4)]
        os.kill(child, 9)
        while recorder.stdout.readline() != "dead\n":
            pass
    assert [one.entries for one in kept] == sorted(one.entries for one in kept)
    last = everything(folder, backend[0])["entry"]
    for number, one in enumerate(kept):
        again = fresh(folder, tmp_path / f"{number}")
        keeping.restore(tmp_path / f"{number}.backup", again)
        assert everything(again, None)["entry"] == last[: one.entries]


def test_what_is_told_is_as_its_schema_says(
    tmp_path: Path, case: Path, backend: tuple[Server | None, Pointer | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kept = [keeping.backup(case, Path("a.backup")), keeping.upgrade(case, "owner")]
    kept += [keeping.restore(Path("a.backup"), fresh(case, tmp_path / "again")), keeping.move(case, "sqlite")]
    for one in kept:
        jsonschema.validate(json.loads(json.dumps(kept_document(one))), schema_of("aval.kept/1"))
        text = kept_text(one)
        assert all(len(line) <= 80 for line in text.splitlines())
        assert one.seal in text
    assert backend[1] is None or str(backend[1]) in kept_text(kept[-1])


def test_a_case_without_a_ledger(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    assert code_of(lambda: keeping.backup(folder, tmp_path / "b")) == "AV401"
    assert code_of(lambda: keeping.upgrade(folder)) == "AV401"
    scribbled = make(tmp_path / "c", row("a"))
    take(scribbled)
    scribble(scribbled, "CREATE TABLE other (x)")
    assert code_of(lambda: keeping.backup(scribbled, tmp_path / "b")) == "AV404"
    assert not (tmp_path / "b").exists()
