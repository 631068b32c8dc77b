"""Time stamps (RFC 3161): by two authorities of our own, made with another program (`tests/vectors/stamps`)."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import pytest

from aval.evidence.proof import stamp
from aval.evidence.proof.checkpoint import Checkpoint, read_checkpoint
from aval.evidence.proof.stamp import read_authorities, request_of, stamped_at
from aval.evidence.proof.verify import judge
from aval.model.instant import Instant
from aval.model.problem import AvalError, Incorrect
from aval.workspace import proving
from aval.workspace.proving import Demands, verify_bundle
from tests.proof.world import World, code_of
from tests.vectors import make

HERE = Path(make.__file__).parent
STAMPS = HERE / "stamps"
NEWEST = read_checkpoint((HERE / "bundle" / "checkpoint").read_bytes())
EARLIER = read_checkpoint(next((HERE / "bundle" / "checkpoints").iterdir()).read_bytes())


def token(name: str = "one") -> bytes:
    return (STAMPS / f"{name}.tsr").read_bytes()


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    made = Path(shutil.copytree(HERE / "bundle", tmp_path / "bundle"))
    (made / "stamps").mkdir()
    (made / "stamps" / str(NEWEST.size)).write_bytes(token())
    return made


def test_a_stamp_bounds_a_checkpoint_from_outside(bundle: Path) -> None:
    found = verify_bundle(bundle, Demands(ca=STAMPS / "one-ca.pem"))
    assert found.unstamped == 0
    assert list(found.stamped) == [str(NEWEST.size)]
    assert found.stamped[str(NEWEST.size)].startswith("2026-")


def test_without_an_authority_it_is_not_looked_at(bundle: Path) -> None:
    found = verify_bundle(bundle, Demands())
    assert (found.stamped, found.unstamped) == ({}, 1)


@pytest.mark.parametrize("name", ["other", "one"])
def test_a_stamp_by_somebody_else_is_refused(bundle: Path, name: str) -> None:
    (bundle / "stamps" / str(NEWEST.size)).write_bytes(token(name))
    wrong_one = {"one": "other", "other": "one"}[name]
    with pytest.raises(Incorrect) as wrong:
        verify_bundle(bundle, Demands(ca=STAMPS / f"{wrong_one}-ca.pem"))
    assert code_of(wrong.value) == "AV443"


def test_a_stamp_of_another_checkpoint_is_refused() -> None:
    authorities = read_authorities(STAMPS / "one-ca.pem")
    assert stamped_at(token(), NEWEST, authorities, "here") > 0
    with pytest.raises(Incorrect) as wrong:
        stamped_at(token(), EARLIER, authorities, "here")
    assert code_of(wrong.value) == "AV443"


def outcome(data: bytes) -> Instant | str:
    """The instant that a stamp gives, or the code of what is wrong with it."""
    try:
        return stamped_at(data, NEWEST, read_authorities(STAMPS / "one-ca.pem"), "here")
    except Incorrect as wrong:
        return code_of(wrong)


def test_no_stamp_breaks_the_reader() -> None:
    """Changed, cut or made up: a typed refusal, or the same instant, since some bytes of the answer carry nothing."""
    random = Random(9)
    right, data = outcome(token()), token()
    for _ in range(300):
        place = random.randrange(len(data))
        changed = random.choice([data[:place], random.randbytes(place), data[:place] + random.randbytes(2) + data[place + 2 :]])
        assert outcome(changed) in (right, "AV443")


@pytest.mark.parametrize("data", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", b"x" * 100_000])
def test_a_file_of_authorities_that_is_none(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "ca").write_bytes(data)
    with pytest.raises(Incorrect) as wrong:
        read_authorities(tmp_path / "ca")
    assert code_of(wrong.value) in ("AV443", "AV109")


def test_the_request_is_what_another_program_answered(tmp_path: Path) -> None:
    world = World(tmp_path).begin(1)
    world.enrol("OSCE")
    world.checkpoint()
    proving.ask_for_stamp(world.case, tmp_path / "request")
    assert (tmp_path / "request").read_bytes() == request_of(proving.newest_checkpoint(world.case))
    with pytest.raises(Incorrect) as wrong:
        proving.ask_for_stamp(world.case, tmp_path / "request")
    assert code_of(wrong.value) == "AV444"


def test_a_ledger_takes_in_a_stamp_that_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path).begin(1)
    world.enrol("OSCE")
    made = world.checkpoint()
    file = STAMPS / "one.tsr"
    with pytest.raises(AvalError) as wrong:  # it is of another checkpoint
        proving.take_stamp(world.case, file, STAMPS / "one-ca.pem", now=world.watch)
    assert code_of(wrong.value) == "AV443"
    assert not judge(world.export("bare")).stamps
    asked: list[Checkpoint] = []

    def holds(_: bytes, checkpoint: Checkpoint, *__: object) -> Instant:
        asked.append(checkpoint)
        return 0

    monkeypatch.setattr(proving, "stamped_at", holds)
    for _ in range(2):
        proving.take_stamp(world.case, file, STAMPS / "one-ca.pem", now=world.watch)
    assert [one.size for one in asked] == [made.size, made.size]
    assert judge(world.export()).stamps[made.size][1] == token()


def test_without_the_library_a_message_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stamp, "find_spec", lambda _: None)
    with pytest.raises(Incorrect) as wrong:
        request_of(NEWEST)
    assert "aval[stamps]" in wrong.value.problems[0].hint
