"""Bundles: what is sound is taken, and whatever is changed is found, by Aval and by a program that shares no line with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import apsw
import pytest

from aval.evidence.proof.checkpoint import key_of
from aval.evidence.proof.verify import judge
from aval.model.problem import AvalError, Fault, Incorrect
from aval.workspace.proving import Demands, export_bundle, verify_bundle
from tests.cli.run import ROOT, environ
from tests.ledger.cases import ledger_of
from tests.proof.world import World, code_of, signer, tamper, whole_world
from tools import verify as tool

TOOL = ROOT / "tools" / "verify.py"
MUTATIONS = int(os.environ.get("AVAL_MUTATIONS", "400"))


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return whole_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def bundle(world: World, tmp_path: Path) -> Path:
    return Path(shutil.copytree(world.root / "bundle", tmp_path / "bundle"))


def says_tool(bundle: Path) -> bool:
    try:
        tool.judged(str(bundle), [], None)
    except (tool.UnsoundError, OSError, ValueError):
        return False
    return True


def says_aval(bundle: Path) -> bool:
    try:
        judge(bundle)
    except Incorrect:
        return False
    return True


def refused(bundle: Path) -> str:
    """Both refuse it; the code of Aval's problem."""
    assert not says_tool(bundle)
    with pytest.raises(Incorrect) as wrong:
        judge(bundle)
    return code_of(wrong.value)


def test_a_sound_bundle_is_taken_by_both(bundle: Path, world: World) -> None:
    assert says_tool(bundle)
    found = verify_bundle(bundle, Demands(trust=world.public("FRA", "GBR"), quorum=2, seen=world.root / "first" / "checkpoint"))
    assert found.organisations == ("FRA", "GBR")
    assert found.keeper == "OSCE"
    assert not found.keeper_trusted
    assert len(found.checkpoints) == 3
    assert found.compared == found.entries
    assert [(one.organisation, one.statements, one.own, one.trusted) for one in found.signers] == [("FRA", 2, 2, True), ("GBR", 2, 2, True)]
    assert [line.trusted for line in found.cosigned] == [True, True]


def test_the_tool_runs_alone_and_says_so(bundle: Path, world: World) -> None:
    """In a process of its own, isolated, from another folder."""
    command = [sys.executable, "-I", str(TOOL), str(bundle), "--trust", str(world.public("FRA")), "--quorum", "1"]
    done = subprocess.run(command, cwd=bundle.parent, capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("SOUND: ")
    assert "cosigned by 1: FRA" in done.stdout
    tamper(bundle / "statements.jsonl", b'"note":"3"', b'"note":"8"')
    done = subprocess.run(command, cwd=bundle.parent, capture_output=True, text=True, check=False, env=environ())
    assert done.returncode == 1
    assert done.stdout.startswith("NOT SOUND: entries.jsonl:")


def test_the_tool_imports_nothing_of_aval_and_one_library() -> None:
    command = [sys.executable, "-X", "importtime", "-c", f"import sys; sys.path.insert(0, {str(TOOL.parent)!r}); import verify"]
    traced = subprocess.run(command, capture_output=True, text=True, check=True, cwd=TOOL.parent.parent / "docs").stderr
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in traced.splitlines() if line.startswith("import time:")}
    bare = subprocess.run([sys.executable, "-X", "importtime", "-c", "pass"], capture_output=True, text=True, check=True).stderr
    before = {line.rpartition("|")[2].strip().partition(".")[0] for line in bare.splitlines() if line.startswith("import time:")}
    assert {name for name in names - before if not name.startswith("_")} - sys.stdlib_module_names == {"nacl", "verify"}


CHANGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a statement": (lambda b: tamper(b / "statements.jsonl", b'"note":"3"', b'"note":"8"'), "AV439"),
    "a label": (lambda b: tamper(b / "entries.jsonl", b'"name":"s2"', b'"name":"s9"'), "AV439"),
    "a recorded instant": (lambda b: tamper(b / "entries.jsonl", b'"recorded":"17', b'"recorded":"16'), "AV439"),
    "a signature under statements": (lambda b: flip_last(b / "signatures.jsonl", b'"signature":"'), "AV439"),
    "a signature of a key": (lambda b: flip_last(b / "keys.jsonl", b'"signatures":{"'), "AV439"),
    "the root": (lambda b: flip_line(b / "checkpoint", 2), "AV439"),
    "the size": (lambda b: tamper(b / "checkpoint", b"\n2", b"\n1"), "AV439"),
    "the origin": (lambda b: tamper(b / "checkpoint", b"aval.ledger/", b"aval.lodger/"), "AV439"),
    "the keeper's signature": (lambda b: flip_line(b / "checkpoint", 4), "AV439"),
    "a cosignature": (lambda b: flip_line(b / "checkpoint", 5), "AV439"),
    "a text": (lambda b: append(next((b / "texts").iterdir()), b" "), "AV439"),
    "a text less": (lambda b: next((b / "texts").iterdir()).unlink(), "AV439"),
    "a text more": (lambda b: (b / "texts" / ("0" * 64)).write_bytes(b"x"), "AV439"),
    "an entry less": (lambda b: drop_last(b / "entries.jsonl"), "AV439"),
    "an entry twice": (lambda b: append(b / "entries.jsonl", (b / "entries.jsonl").read_bytes().splitlines(keepends=True)[-1]), "AV439"),
    "two entries swapped": (lambda b: swap(b / "entries.jsonl", 3, 4), "AV439"),
    "two statements swapped": (lambda b: swap(b / "statements.jsonl", 0, 1), "AV439"),
    "a statement more": (lambda b: append(b / "statements.jsonl", b"{}\n"), "AV439"),
    "a line without an end": (lambda b: append(b / "entries.jsonl", b"{}"), "AV439"),
    "an earlier checkpoint": (lambda b: flip_line(earliest(b), 2), "AV439"),
    "an earlier checkpoint less": (lambda b: earliest(b).unlink(), "AV439"),
    "an earlier checkpoint misnamed": (lambda b: earliest(b).rename(b / "checkpoints" / "4"), "AV439"),
    "a proof": (lambda b: flip_line(b / "proofs" / earliest(b).name, 1), "AV439"),
    "a proof less": (lambda b: (b / "proofs" / "0").unlink(), "AV439"),
    "a proof of nothing": (lambda b: (b / "proofs" / "3").write_bytes((b / "proofs" / "0").read_bytes()), "AV439"),
    "a key file less": (lambda b: (b / "keys.jsonl").unlink(), "AV438"),
    "a file more": (lambda b: (b / "README").write_text("trust me"), "AV438"),
    "another version": (lambda b: (b / "bundle.json").write_text('{"schema":"aval.bundle/2"}\n'), "AV438"),
    "a link": (lambda b: (b / "texts" / ("1" * 64)).symlink_to("/etc/passwd"), "AV438"),
    "a link for a file": (lambda b: relink(b / "entries.jsonl"), "AV438"),
    "a pipe": (lambda b: instead(b / "keys.jsonl", os.mkfifo), "AV438"),
    "a folder for a file": (lambda b: instead(b / "keys.jsonl", os.mkdir), "AV438"),
    "a name that leads out": (lambda b: (b / "texts" / "..%2f").write_text("x"), "AV438"),
    "a stamp of no checkpoint": (lambda b: stamped(b, "5"), "AV439"),
}


def instead(path: Path, make: Callable[[Path], None]) -> None:
    path.unlink()
    make(path)


def stamped(bundle: Path, name: str) -> None:
    (bundle / "stamps").mkdir()
    (bundle / "stamps" / name).write_text("x", "utf-8")


def flip_last(path: Path, before: bytes) -> None:
    data = bytearray(path.read_bytes())
    place = data.rindex(before) + len(before) + 8
    data[place] = ord("0") if data[place] != ord("0") else ord("1")
    path.write_bytes(data)


def flip_line(path: Path, number: int) -> None:
    lines = path.read_bytes().split(b"\n")
    middle = len(lines[number]) - 12
    lines[number] = lines[number][:middle] + (b"A" if lines[number][middle : middle + 1] != b"A" else b"B") + lines[number][middle + 1 :]
    path.write_bytes(b"\n".join(lines))


def append(path: Path, data: bytes) -> None:
    path.write_bytes(path.read_bytes() + data)


def drop_last(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


def swap(path: Path, one: int, other: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    lines[one], lines[other] = lines[other], lines[one]
    path.write_bytes(b"".join(lines))


def earliest(bundle: Path) -> Path:
    return min((bundle / "checkpoints").iterdir(), key=lambda path: int(path.name))


def relink(path: Path) -> None:
    path.rename(path.parent.parent / "elsewhere")
    path.symlink_to(path.parent.parent / "elsewhere")


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_is_found_by_both(bundle: Path, change: str) -> None:
    do, code = CHANGES[change]
    do(bundle)
    assert refused(bundle) == code


def test_a_folder_that_is_none_is_no_bundle(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing") == "AV438"
    assert refused(tmp_path) == "AV438"


def files_of(bundle: Path) -> list[Path]:
    return sorted(path for path in bundle.rglob("*") if path.is_file())


def test_both_say_the_same_of_any_changed_byte(bundle: Path) -> None:
    """Flip, cut, double or put in; every byte of a bundle is held against something, so that no change at all is taken."""
    random = Random(5)
    files = files_of(bundle)
    before = {path: path.read_bytes() for path in files}
    for _ in range(MUTATIONS):
        path = random.choice(files)
        data = before[path]
        place = random.randrange(len(data))
        changed = random.choice(
            [
                data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :],
                data[:place],
                data[:place] + random.randbytes(random.randrange(1, 4)) + data[place:],
                data[:place] + data[place : place + 40] + data[place:],
            ]
        )
        if changed == data:
            continue
        path.write_bytes(changed)
        assert (says_aval(bundle), says_tool(bundle)) == (False, False), (path.name, place)
        path.write_bytes(data)
    assert says_aval(bundle)
    assert says_tool(bundle)
    print(f"{MUTATIONS} mutated bundles, every one refused by both")


def test_lines_by_unknown_keys_are_passed_over(bundle: Path) -> None:
    """As signed-note wants it: a line that names no key that counts proves nothing and harms nothing."""
    text = (bundle / "checkpoint").read_text("utf-8")
    stranger = next(line for line in text.splitlines() if line.startswith("\u2014 FRA ")).replace("\u2014 FRA ", "\u2014 Stranger ")
    for path in [bundle / "checkpoint", *(bundle / "proofs").iterdir()]:
        path.write_text(path.read_text("utf-8") + stranger + "\n", "utf-8")
    assert says_tool(bundle)
    assert verify_bundle(bundle, Demands()).unknown == 1


def test_a_quorum_counts_organisations_that_one_knows(bundle: Path, world: World) -> None:
    for demands, wanted in (
        (Demands(quorum=2), ""),
        (Demands(quorum=3), "AV442"),
        (Demands(quorum=2, trust=world.public("FRA")), "AV442"),
        (Demands(quorum=1, trust=world.public("OSCE")), "AV442"),  # the keeper is no witness of itself
    ):
        if wanted:
            with pytest.raises(Incorrect) as wrong:
                verify_bundle(bundle, demands)
            assert code_of(wrong.value) == wanted
        else:
            verify_bundle(bundle, demands)


def test_a_key_that_one_knows_and_the_ledger_has_not(bundle: Path, tmp_path: Path) -> None:
    known = tmp_path / "known"
    for stranger in (key_of(signer("FRA", 7)), key_of(signer("USA"))):
        known.write_text(f"{stranger}\n", "utf-8")
        with pytest.raises(Incorrect) as wrong:
            verify_bundle(bundle, Demands(trust=known))
        assert code_of(wrong.value) == "AV439"
        with pytest.raises(tool.UnsoundError):
            tool.judged(str(bundle), [tool.vkey(str(stranger))], None)


def test_a_history_that_was_shown_before(world: World, bundle: Path, tmp_path: Path) -> None:
    """An older checkpoint of the same history is fine; a longer one, one of a fork and one of another ledger are not."""
    for path in (bundle / "checkpoints").iterdir():
        assert verify_bundle(bundle, Demands(seen=path)).compared == int(path.name)
    fork = World(tmp_path / "fork")
    shutil.copytree(world.case, fork.case)
    fork.watch.now, fork.statements = world.watch.now, world.statements
    fork.more(2)
    longer = tmp_path / "longer"
    longer.write_bytes(bytes(fork.checkpoint().note))
    split = tmp_path / "split"
    other = World(tmp_path / "other")
    shutil.copytree(world.case, other.case)
    other.watch.now, other.statements = world.watch.now + 77, world.statements
    other.more(2)
    split.write_bytes(bytes(other.checkpoint().note))
    grown = fork.export()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(bytes(whole_world(tmp_path / "else").checkpoint().note).replace(b"\n", b"x\n", 1))
    for given, seen in ((bundle, longer), (grown, split), (bundle, elsewhere)):
        with pytest.raises(Incorrect) as wrong:
            verify_bundle(given, Demands(seen=seen))
        assert code_of(wrong.value) == "AV436"
        with pytest.raises(tool.UnsoundError):
            tool.judged(str(given), [], tool.Note(seen.read_bytes()))


def test_a_bundle_is_never_written_over(world: World, tmp_path: Path) -> None:
    with pytest.raises(Incorrect) as wrong:
        export_bundle(world.case, tmp_path)
    assert code_of(wrong.value) == "AV444"
    with pytest.raises(Fault) as fault:
        export_bundle(world.case, tmp_path / "no" / "such")
    assert code_of(fault.value) == "AV445"


def test_what_no_checkpoint_covers_is_not_exported(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.enrol("OSCE")
    for _ in range(2):
        with pytest.raises(Incorrect) as wrong:
            world.export()
        assert code_of(wrong.value) == "AV435"
        world.checkpoint()
        world.more(1)
    world.checkpoint()
    assert says_aval(world.export())


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE entry SET body = CAST(replace(body, 'reporter', 'traitor') AS BLOB) WHERE name = 's3'",
        "UPDATE entry SET name = 'x' WHERE name = 's3'",
        "UPDATE entry SET recorded = recorded - 1 WHERE seq = 1",
        "UPDATE checkpoint SET note = CAST(replace(note, 'aval', 'avel') AS BLOB)",
    ],
)
def test_a_ledger_that_was_changed_gives_no_bundle(world: World, tmp_path: Path, sql: str) -> None:
    changed = World(tmp_path)
    shutil.copytree(world.case, changed.case)
    without(changed, sql)
    with pytest.raises(AvalError) as wrong:
        changed.export()
    assert code_of(wrong.value) == "AV405"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case"]


def without(world: World, sql: str) -> None:
    """Change a ledger behind its triggers, and put them back, so that its schema is ours."""
    names = ("entry_stays", "checkpoint_stays")
    connection = apsw.Connection(str(ledger_of(world.case)))
    kept = [one for (one,) in connection.execute("SELECT sql FROM sqlite_schema WHERE name IN (?, ?)", names)]
    for name in names:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute(sql)
    for one in kept:
        connection.execute(one)
    connection.close()


def test_a_bundle_of_nothing_but_itself_costs_little(bundle: Path) -> None:
    """A line of many megabytes is stopped while it is read."""
    with (bundle / "entries.jsonl").open("ab") as stream:
        stream.write(b"x" * (3 << 20) + b"\n")
    assert refused(bundle) == "AV439"
    (bundle / "checkpoint").write_bytes(b"x" * (1 << 20))
    with pytest.raises(Incorrect) as wrong:
        judge(bundle)
    assert code_of(wrong.value) == "AV109"


def test_a_bundle_that_is_too_large_is_refused_at_once(bundle: Path) -> None:
    for path in (bundle / "checkpoint", *(bundle / "proofs").iterdir()):
        path.write_bytes(path.read_bytes().replace(f"\n{judge_size(bundle)}\n".encode(), b"\n1500001\n"))
    assert refused(bundle) == "AV439"


def judge_size(bundle: Path) -> int:
    return int((bundle / "checkpoint").read_bytes().split(b"\n")[1])


def test_endless_earlier_checkpoints_are_refused(bundle: Path) -> None:
    note = earliest(bundle).read_bytes()
    for number in range(1, 1200):
        (bundle / "checkpoints" / str(1000 + number)).write_bytes(note + note[note.rindex(b"\n\n") + 2 :] * 90)
    with pytest.raises(Incorrect, match="larger than 16 MB"):
        judge(bundle)
    with pytest.raises(tool.UnsoundError, match="too large together"):
        tool.judged(str(bundle), [], None)
