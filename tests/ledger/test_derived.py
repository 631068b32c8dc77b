"""What was read of a ledger before is kept beside it: answers are the same, and nobody else can make such a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

import aval
from aval.evidence.ledger import columns, derived
from aval.model.problem import Fault
from tests.ledger.cases import Watch, make, row, scribble, take, write

MANY = 60


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A case with a history, and a threshold that it is above."""
    monkeypatch.setattr(derived, "FROM", 10)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    rows = [row(f"s{number}", note=str(number)) for number in range(MANY)]
    made = make(tmp_path / "case", *rows, row("w", withdraws=["label:s3"], note="w"))
    take(made, Watch())
    write(made, row("s0", note="otherwise"), *rows[5:], row("w", withdraws=["label:s5"], note="w"))
    take(made, Watch("2026-03-01"))
    return made


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """How many bodies were read since it was last asked."""
    counted: list[int] = []
    real = columns.Columns.add

    def add(self: columns.Columns, seqs: tuple[int, ...], digests: tuple[bytes, ...], bodies: tuple[bytes, ...]) -> None:
        counted.append(len(bodies))
        real(self, seqs, digests, bodies)

    monkeypatch.setattr(columns.Columns, "add", add)

    def since() -> int:
        found = sum(counted)
        counted.clear()
        return found

    return since


def files(folder: Path) -> list[Path]:
    return list((folder / ".aval").glob("derived-*"))


def answer(folder: Path, recorded: str | None = None) -> bytes:
    return aval.open(folder).status(known="2026-02-02", recorded=recorded).json()


def test_answers_are_the_same_and_no_body_is_read_again(folder: Path, read: Callable[[], int]) -> None:
    first, earlier = answer(folder), answer(folder, "2026-02-02")
    assert len(files(folder)) == 1
    assert read() > MANY
    assert answer(folder) == first
    assert read() == 0
    assert [one.label for one in aval.open(folder).statements] == [one.label for one in aval.open(folder).statements]
    assert answer(folder, "2026-02-02") == earlier
    assert len(files(folder)) == 1, "an earlier edition does not take the place of that of now"
    files(folder)[0].unlink()
    assert answer(folder) == first


def test_what_came_later_is_read_on_top(folder: Path, read: Callable[[], int]) -> None:
    answer(folder)
    write(folder, *(row(f"t{number}", note=f"later {number}") for number in range(5)))
    take(folder, Watch("2026-04-01"))
    read()
    on_top = answer(folder)
    assert read() == 5
    files(folder)[0].unlink()
    assert answer(folder) == on_top


def test_a_file_that_was_not_made_here_is_not_looked_into(
    folder: Path, tmp_path: Path, read: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = answer(folder)
    (kept,) = files(folder)
    good, random = kept.read_bytes(), Random(3)
    for _ in range(60):
        bad = bytearray(good)
        bad[random.randrange(len(bad))] ^= 1 << random.randrange(8)
        kept.write_bytes(bad)
        read()
        assert answer(folder) == first
        assert read() > MANY
    for short in (0, 10, len(good) // 2):
        kept.write_bytes(good[:short])
        assert answer(folder) == first
    kept.write_bytes(good)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another machine"))
    read()
    assert answer(folder) == first
    assert read() > MANY


def test_links_names_and_other_rights(folder: Path, tmp_path: Path, read: Callable[[], int]) -> None:
    first = answer(folder)
    (kept,) = files(folder)
    kept.rename(tmp_path / "elsewhere")
    kept.symlink_to(tmp_path / "elsewhere")
    (folder / ".aval" / "derived-not a hash").write_text("x", "utf-8")
    read()
    assert answer(folder) == first
    assert read() > MANY
    key = tmp_path / "state" / "aval" / "derived.key"
    key.chmod(0o644)
    read()
    assert answer(folder) == first
    assert read() > MANY, "a secret that others can read is none"


def test_a_changed_entry_is_found_all_the_same(folder: Path) -> None:
    answer(folder)
    assert len(files(folder)) == 1
    scribble(folder, "DROP TRIGGER entry_stays")
    made = (
        "CREATE TRIGGER entry_stays BEFORE UPDATE ON entry\nBEGIN SELECT RAISE(ABORT, 'a ledger only grows: no entry is ever changed'); END"
    )
    scribble(folder, "UPDATE entry SET recorded = recorded + 1 WHERE seq = (SELECT max(seq) FROM entry)")
    scribble(folder, made)
    with pytest.raises(Fault) as wrong:
        answer(folder)
    assert wrong.value.problems[0].code.code in ("AV404", "AV405")


def test_a_small_ledger_has_none(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    take(folder)
    answer(folder)
    assert files(folder) == []
    assert derived.FROM > MANY


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_where_nothing_can_be_written_nothing_is_kept(folder: Path) -> None:
    (folder / ".aval").chmod(0o500)
    assert answer(folder) == answer(folder)
    (folder / ".aval").chmod(0o700)
    assert files(folder) == []
