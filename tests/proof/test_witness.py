"""Checkpoints and witnesses: what grew is cosigned, what did not is refused, also after a crash; nothing is signed and forgotten."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from aval.evidence.proof import witness as module
from aval.evidence.proof.checkpoint import (
    Checkpoint,
    Request,
    cosign,
    cosigned_at,
    key_of,
    make_checkpoint,
    read_checkpoint,
    read_request,
    signed_by,
    with_signatures,
    write_request,
)
from aval.evidence.proof.keys import Signer
from aval.evidence.proof.merkle import EMPTY, Hash, consistency, leaf_hash, node_hash, proves_consistency, root
from aval.evidence.proof.note import NoteError, Signature, read_note
from aval.evidence.proof.witness import Witness
from aval.model.problem import AvalError, Fault, Incorrect
from aval.workspace import proving, signing
from tests.cli.run import ROOT, environ
from tests.proof.world import World, code_of, signer, whole_world

ORIGIN = "aval.ledger/" + "0" * 64
KEEPER = signer("OSCE")
FORKS = int(os.environ.get("AVAL_FORKS", "1000"))
KILLS = int(os.environ.get("AVAL_KILLS", "50"))


def nodes_of(leaves: list[Hash]) -> Callable[[int, int], Hash]:
    def nodes(level: int, number: int) -> Hash:
        return leaves[number] if not level else node_hash(nodes(level - 1, number * 2), nodes(level - 1, number * 2 + 1))

    return nodes


class Log:
    """A ledger that exists as leaves only, and may be forked."""

    def __init__(self, leaves: list[Hash]) -> None:
        self.leaves = leaves

    def at(self, size: int) -> Checkpoint:
        return make_checkpoint(ORIGIN, size, root(nodes_of(self.leaves), size), KEEPER)

    def ask(self, old: int, size: int) -> bytes:
        proof = tuple(consistency(nodes_of(self.leaves), old, size)) if old else ()
        return write_request(Request(old, proof, self.at(size)))


def leaves(number: int, seed: int = 0) -> list[Hash]:
    return [leaf_hash(f"{seed} {at}".encode()) for at in range(number)]


class Cosigner:
    """A witness that is asked by files, as `aval witness` is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.world = World(folder)
        self.key = self.world.key("GBR")
        self.file = folder / "request"

    def __call__(self, request: bytes, *, accept: bool = True) -> Checkpoint:
        self.file.write_bytes(request)
        return proving.witness(self.file, self.key, self.folder / "memory", str(key_of(KEEPER)) if accept else "")

    def refuses(self, request: bytes, *, accept: bool = True) -> str:
        before = self.remembered()
        with pytest.raises(Incorrect) as wrong:
            self(request, accept=accept)
        assert self.remembered() == before
        return code_of(wrong.value)

    def remembered(self) -> dict[str, bytes]:
        memory = self.folder / "memory"
        return {path.name: path.read_bytes() for path in memory.iterdir() if path.name != "lock"} if memory.is_dir() else {}


@pytest.fixture
def cosigner(tmp_path: Path) -> Cosigner:
    return Cosigner(tmp_path)


def test_it_cosigns_what_grew(cosigner: Cosigner) -> None:
    log = Log(leaves(40))
    seen = 0
    for size in (1, 2, 5, 5, 8, 40):
        done = cosigner(log.ask(seen, size), accept=not seen)
        key = signer("GBR").key
        assert signed_by(done, KEEPER.key)
        (at,) = [found for line in done.note.signatures if (found := cosigned_at(done, line, "GBR", key)) is not None]
        assert abs(at - time.time()) < 60
        seen = size


def test_it_refuses_what_did_not_grow(cosigner: Cosigner) -> None:
    log, fork = Log(leaves(40)), Log([*leaves(9), *leaves(31, seed=1)])
    cosigner(log.ask(0, 10))
    for request in (
        log.ask(0, 9),  # smaller
        log.ask(5, 9),
        fork.ask(0, 10),  # the same size, another root
        fork.ask(10, 20),  # a proof from another history
        log.ask(9, 20),  # a proof from another size
        log.ask(0, 20),  # no proof
        write_request(Request(10, (), log.at(20))),
        write_request(Request(10, tuple(leaves(4)), log.at(20))),
        write_request(Request(10, (*consistency(nodes_of(log.leaves), 10, 20), EMPTY), log.at(20))),
    ):
        assert cosigner.refuses(request) == "AV436"
    cosigner(log.ask(10, 20))


def test_it_knows_whose_ledger_it_is(cosigner: Cosigner) -> None:
    log = Log(leaves(9))
    assert cosigner.refuses(log.ask(0, 5), accept=False) == "AV437"
    cosigner(log.ask(0, 5))
    cosigner(log.ask(5, 9), accept=False)
    forged = make_checkpoint(ORIGIN, 9, root(nodes_of(log.leaves), 9), signer("Mallory"))
    assert cosigner.refuses(write_request(Request(9, (), forged))) == "AV437"
    other = make_checkpoint("example.org/log", 9, bytes(32), KEEPER)
    assert cosigner.refuses(write_request(Request(0, (), other)), accept=False) == "AV437"


def test_forks_are_found_whenever_two_views_meet() -> None:
    """A keeper shows two witnesses two histories; each grows as it should. Where one of them meets the other's view, it refuses."""
    random = Random(8)
    caught = alarms = honest = 0
    for number in range(FORKS):
        common, one_more, other_more = random.randrange(1, 30), random.randrange(1, 20), random.randrange(1, 20)
        trunk = leaves(common, number)
        one = [*trunk, *leaves(one_more, -1)]
        other = [*trunk, *leaves(other_more, -2)]
        first, second = Log(one), Log(other)
        seen, shown = common + one_more, common + other_more
        straight = Log([*one, *leaves(5, -3)])
        honest += 1
        alarms += not meets(seen, straight, len(straight.leaves), first.at(seen).root)
        caught += not meets(seen, second, shown, first.at(seen).root)
    assert (caught, alarms) == (FORKS, 0)
    print(f"{FORKS} forks, all refused; {honest} honest histories, no false alarm")


def meets(seen: int, log: Log, size: int, before: Hash) -> bool:
    """Whether the best request that a keeper can write from a log is taken by somebody who saw `before`."""
    if size < seen:
        return False
    if size == seen:
        return log.at(size).root == before
    return proves_consistency(seen, size, consistency(nodes_of(log.leaves), seen, size), before, log.at(size).root)


def test_two_witnesses_with_one_memory_go_one_way(cosigner: Cosigner) -> None:
    """Ten at once are asked to cosign two histories; one of the two is cosigned, and not one checkpoint of the other."""
    log, fork = Log(leaves(20)), Log([*leaves(5), *leaves(15, seed=1)])
    cosigner(log.ask(0, 5))
    files = [cosigner.folder / f"ask-{number}" for number in range(10)]
    for number, file in enumerate(files):
        file.write_bytes((log, fork)[number % 2].ask(5, 10 + number // 2))

    def one(file: Path) -> Checkpoint | None:
        try:
            return proving.witness(file, cosigner.key, cosigner.folder / "memory")
        except Incorrect:
            return None

    with ThreadPoolExecutor(10) as pool:
        cosigned = [done for done in pool.map(one, files) if done]
    mine = [done.root == log.at(done.size).root for done in cosigned]
    assert mine
    assert all(mine) or not any(mine)


def test_it_is_on_the_disk_before_it_leaves(cosigner: Cosigner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file, its new name and the folder are settled before a signature is made."""
    order: list[str] = []

    def signs(checkpoint: Checkpoint, by: Signer, seconds: int) -> Signature:
        order.append("signed")
        return cosign(checkpoint, by, seconds)

    monkeypatch.setattr(os, "fsync", lambda _: order.append("file"))
    monkeypatch.setattr(module, "settle", lambda folder: order.append(folder.name))
    monkeypatch.setattr(module, "cosign", signs)
    cosigner(Log(leaves(5)).ask(0, 5))
    assert order == ["file", "memory", cosigner.folder.name, "signed"]


@pytest.mark.parametrize("call", ["fsync", "open", "replace", "settle"])
def test_what_cannot_be_remembered_is_not_cosigned(cosigner: Cosigner, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    log = Log(leaves(20))
    cosigner(log.ask(0, 5))

    def fails(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    with monkeypatch.context() as broken:
        if call == "replace":
            broken.setattr(Path, "replace", fails)
        elif call == "settle":
            broken.setattr(module, "settle", fails)
        else:
            broken.setattr(os, call, fails)
        with pytest.raises(AvalError) as wrong:
            cosigner(log.ask(5, 9))
        if call != "open":
            assert isinstance(wrong.value, Fault)
            assert code_of(wrong.value) == "AV445"
    if call in ("fsync", "replace"):
        cosigner(log.ask(5, 9))


def test_a_killed_witness_never_forgets_what_it_signed(cosigner: Cosigner) -> None:
    """Kill -9 at any moment: whatever cosignature has left is still known to the next run."""
    random = Random(2)
    log = Log(leaves(3000))
    command = [sys.executable, "-m", "tests.proof.cosigner", str(cosigner.folder)]
    environment = environ(PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}")
    left = 0
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        for _ in range(KILLS):
            left = max(left, killed(child, random.uniform(0.001, 0.03)))
            with Witness(signer("GBR"), cosigner.folder / "memory").alone():
                memory = Witness(signer("GBR"), cosigner.folder / "memory").memory(ORIGIN)
            assert (memory.seen.size if memory else 0) >= left
            if left > 1:
                assert cosigner.refuses(log.ask(0, left - 1)) == "AV436"
    assert left
    print(f"{KILLS} kills, {left} cosignatures, none forgotten")


def killed(child: subprocess.Popen[str], wait: float) -> int:
    """Start a child of it, kill it after a while, and give the size of the last checkpoint that it gave out."""
    assert child.stdin is not None
    assert child.stdout is not None
    child.stdin.write("go\n")
    child.stdin.flush()
    number = int(child.stdout.readline())
    time.sleep(wait)
    os.kill(number, signal.SIGKILL)
    last = 0
    while (line := child.stdout.readline().strip()) != "dead":
        last = int(line)
    return last


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:-10],
        lambda data: data.replace(b"aval.witness/1", b"aval.witness/2"),
        lambda data: data.replace(b"\n5\n", b"\n4\n"),
        lambda _: b"",
        lambda data: data.replace(signer("OSCE").key.hex().encode(), b"00" * 32),
        lambda data: data.replace(signer("OSCE").key.hex().encode(), signer("FRA").key.hex().encode()),
        lambda _: os.urandom(500),
        lambda _: b"x" * 1_000_000,
    ],
)
def test_a_memory_that_was_changed_is_not_used(cosigner: Cosigner, change: Callable[[bytes], bytes]) -> None:
    log = Log(leaves(9))
    cosigner(log.ask(0, 5))
    (file,) = [path for path in (cosigner.folder / "memory").iterdir() if path.name != "lock"]
    file.write_bytes(change(file.read_bytes()))
    assert cosigner.refuses(log.ask(5, 9)) in ("AV441", "AV109")


def test_a_memory_that_others_may_write_is_not_used(cosigner: Cosigner) -> None:
    (cosigner.folder / "memory").mkdir(mode=0o777)
    (cosigner.folder / "memory").chmod(0o777)
    with pytest.raises(Incorrect) as wrong:
        cosigner(Log(leaves(5)).ask(0, 5))
    assert code_of(wrong.value) == "AV441"


def test_a_bundle_is_cosigned_too(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    world.enrol("OSCE", "GBR")
    first = world.checkpoint()
    bundle = world.export("one")
    with pytest.raises(Incorrect) as wrong:
        world.witness(bundle, "GBR", accept="")
    assert code_of(wrong.value) == "AV437"
    assert str(key_of(signer("OSCE"))) in wrong.value.problems[0].hint
    world.cosign(bundle, "GBR")
    world.more(3)
    signing.add_key(world.case, world.key("OSCE", 1), voucher=world.key("OSCE"), replace=True, now=world.watch)
    world.checkpoint("OSCE", 1)
    bundle = world.export("two")
    cosigned = world.witness(bundle, "GBR", accept="")  # the key that it knows vouches for the new one
    assert cosigned.size > first.size
    with pytest.raises(Incorrect) as wrong:
        world.witness(tmp_path / "one", "GBR", accept="")
    assert code_of(wrong.value) in ("AV436", "AV437")


def test_only_the_keeper_signs_a_checkpoint(tmp_path: Path) -> None:
    world = World(tmp_path).begin()
    with pytest.raises(Incorrect) as wrong:
        world.checkpoint("OSCE")
    assert code_of(wrong.value) == "AV437"
    world.enrol("OSCE", "FRA")
    with pytest.raises(Incorrect) as wrong:
        world.checkpoint("FRA")
    assert code_of(wrong.value) == "AV437"
    assert world.checkpoint() == world.checkpoint()


def test_only_who_counted_cosigns(tmp_path: Path) -> None:
    """A stranger, somebody who enrolled later, a key that was ended before, the keeper itself."""
    world = World(tmp_path).begin()
    world.enrol("OSCE", "FRA", "GBR")
    signing.revoke_key(world.case, world.key("GBR"), now=world.watch)
    world.checkpoint()
    bundle = world.export()
    world.enrol("USA")
    for name in ("Stranger", "USA", "GBR", "OSCE"):
        file = tmp_path / f"by-{name}"
        file.write_bytes(bytes(world.witness(bundle, name).note))
        with pytest.raises(Incorrect) as wrong:
            proving.take_cosigned(world.case, file, now=world.watch)
        assert code_of(wrong.value) == "AV437"
    world.cosign(bundle, "FRA", "FRA")
    assert len(proving.newest_checkpoint(world.case).note.signatures) == 2


def test_a_cosignature_of_something_else_is_not_taken(tmp_path: Path) -> None:
    world = whole_world(tmp_path / "a")
    note = proving.newest_checkpoint(world.case)
    other = whole_world(tmp_path / "b")
    for data, code in (
        (bytes(note.note).replace(b"\n2", b"\n1", 1), "AV437"),
        (bytes(make_checkpoint(note.origin, note.size, EMPTY, signer("OSCE")).note), "AV437"),
        (b"hello", "AV430"),
        (b"\xff" * 100, "AV430"),
        (b"x" * 100_000, "AV109"),
    ):
        (tmp_path / "given").write_bytes(data)
        with pytest.raises(Incorrect) as wrong:
            proving.take_cosigned(world.case, tmp_path / "given", now=world.watch)
        assert code_of(wrong.value) == code
    again = proving.newest_checkpoint(other.case).note.text
    assert again == note.note.text  # one and the same ledger, made twice from the same keys and the same clock


def test_a_backup_that_was_written_on_is_not_signed_as_the_same(tmp_path: Path) -> None:
    """Restore an old copy, record something else, sign: the witness that saw the other history refuses."""
    world = World(tmp_path).begin()
    world.enrol("OSCE", "GBR")
    old = Path(shutil.copytree(world.case, tmp_path / "backup"))
    world.more(4)
    world.checkpoint()
    world.witness(world.export("seen"), "GBR")
    shutil.rmtree(world.case)
    old.rename(world.case)
    world.watch.now += 1_000_000
    world.statements = 6
    world.more(9)
    world.checkpoint()
    with pytest.raises(Incorrect) as wrong:
        world.witness(world.export("restored"), "GBR")
    assert code_of(wrong.value) == "AV436"


GOOD = bytes(Log(leaves(5)).at(5).note)
MALFORMED: dict[str, bytes] = {
    "empty": b"",
    "no signature": GOOD.split(b"\n\n")[0] + b"\n",
    "no empty line": GOOD.replace(b"\n\n", b"\n"),
    "carriage returns": GOOD.replace(b"\n", b"\r\n"),
    "a tab": GOOD.replace(b"aval", b"av\tal", 1),
    "NUL": GOOD.replace(b"aval", b"av\0al", 1),
    "no UTF-8": GOOD.replace(b"aval", b"av\xffal", 1),
    "a mark": b"\xef\xbb\xbf" + GOOD.replace(b"\n", b"\n", 1)[:0] + b"\n" + GOOD,
    "no end": GOOD[:-1],
    "a line more": GOOD.replace(b"\n\n", b"\nextension\n\n"),
    "a line less": b"\n".join(GOOD.split(b"\n")[1:]),
    "a leading zero": GOOD.replace(b"\n5\n", b"\n05\n"),
    "a sign": GOOD.replace(b"\n5\n", b"\n+5\n"),
    "negative": GOOD.replace(b"\n5\n", b"\n-5\n"),
    "a space": GOOD.replace(b"\n5\n", b"\n5 \n"),
    "other digits": GOOD.replace(b"\n5\n", "\n\u0665\n".encode()),
    "too large": GOOD.replace(b"\n5\n", b"\n9223372036854775808\n"),
    "endless digits": GOOD.replace(b"\n5\n", b"\n" + b"9" * 10_000 + b"\n"),
    "a short root": GOOD.replace(GOOD.split(b"\n")[2], b64encode(bytes(31))),
    "a long root": GOOD.replace(GOOD.split(b"\n")[2], b64encode(bytes(33))),
    "base64 of the web": GOOD.replace(GOOD.split(b"\n")[2], b"_" * 43 + b"="),
    "base64 with rest": GOOD.replace(GOOD.split(b"\n")[2], GOOD.split(b"\n")[2][:-2] + b"B="),
    "base64 with a space": GOOD.replace(GOOD.split(b"\n")[2], GOOD.split(b"\n")[2][:20] + b" " + GOOD.split(b"\n")[2][20:]),
    "no origin": GOOD.replace(ORIGIN.encode() + b"\n", b"\n", 1),
    "a hyphen for a dash": GOOD.replace("\u2014".encode(), b"-"),
    "a name with a plus": GOOD.replace("\u2014 aval".encode(), "\u2014 av+al".encode()),
    "no name": GOOD.replace(f"\u2014 {ORIGIN}".encode(), "\u2014 ".encode()),
    "a name with a strange space": GOOD.replace("\u2014 aval".encode(), "\u2014 av\u2003al".encode()),
    "a signature of four bytes": GOOD[: GOOD.rindex(b" ") + 1] + b64encode(bytes(4)) + b"\n",
    "too many signatures": GOOD + GOOD.split(b"\n")[-2] * 0 + (GOOD.split(b"\n")[-2] + b"\n") * 101,
    "too large a note": GOOD + b"\n" * 70_000,
}


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_checkpoint_is_refused(name: str, cosigner: Cosigner) -> None:
    data = MALFORMED[name]
    assert read_checkpoint(GOOD).size == 5
    with pytest.raises(NoteError):
        read_checkpoint(data)
    assert cosigner.refuses(b"old 0\n\n" + data) in ("AV430", "AV109")


@pytest.mark.parametrize(
    "head",
    [
        *(b"", b"old\n", b"old 05\n", b"old -1\n", b"old 5", b"new 5\n", b"old 5\n\nx", b"old 5\nzz\n", b"old 5\n\xff\n"),
        b"old 5\n" + b64encode(bytes(31)) + b"\n",
        b"old 5\n" + (b64encode(bytes(32)) + b"\n") * 64,
        b"old 5\n" + b"x" * 10_000 + b"\n",
    ],
)
def test_a_malformed_request_is_refused(head: bytes, cosigner: Cosigner) -> None:
    assert read_request(b"old 0\n\n" + GOOD).old == 0
    assert cosigner.refuses(head + b"\n" + GOOD) == "AV430"


@given(some.binary(max_size=400))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    for read in (read_note, read_checkpoint, read_request):
        with pytest.raises(NoteError):
            read(data)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(some.integers(0, len(GOOD) - 1), some.integers(0, 255))
def test_a_checkpoint_with_one_changed_byte_is_not_the_keepers(place: int, byte: int) -> None:
    changed = GOOD[:place] + bytes([byte]) + GOOD[place + 1 :]
    if changed == GOOD:
        return
    try:
        read = read_checkpoint(changed)
    except NoteError:
        return
    assert not signed_by(read, KEEPER.key)


def test_a_note_comes_back_as_it_was() -> None:
    checkpoint = with_signatures(Log(leaves(5)).at(5), Log(leaves(5)).at(5).note.signatures)
    assert bytes(checkpoint.note) == GOOD
    assert read_checkpoint(GOOD) == checkpoint
    request = Log(leaves(20)).ask(5, 20)
    assert write_request(read_request(request)) == request
