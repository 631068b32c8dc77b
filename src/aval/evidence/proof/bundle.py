"""Writing a bundle: all that a ledger holds up to its newest checkpoint, for somebody who trusts neither it nor us (`folder.py`)."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

from aval.evidence.codes import proofs as codes
from aval.evidence.ledger.entry import Entry, Kind, written
from aval.evidence.ledger.ledger import Ledger
from aval.evidence.ledger.place import settle
from aval.evidence.proof.checkpoint import Checkpoint, Request, write_request
from aval.evidence.proof.files import unwritten, wrong
from aval.evidence.proof.folder import CHECKPOINT, CHECKPOINTS, ENTRIES, HEAD, KEYS, PROOFS, SIGNATURES, STAMPS, STATEMENTS, TEXTS
from aval.evidence.proof.leaf import leaf_of
from aval.evidence.proof.merkle import consistency
from aval.evidence.proof.tree import Tree
from aval.evidence.proof.verify import judge
from aval.model.problem import Incorrect

_SQL = "SELECT seq, batch, recorded, kind, id, name, path, withdraws, body FROM entry WHERE seq <= ? ORDER BY seq"
_BESIDE = {Kind.STATEMENT: STATEMENTS, Kind.KEY: KEYS, Kind.SIGNATURE: SIGNATURES}


def write_bundle(ledger: Ledger, checkpoints: Sequence[Checkpoint], stamps: Mapping[int, bytes], out: Path) -> None:
    """Write a bundle where nothing is, whole or not at all, and judge it before it is there.

    Raises `Incorrect` where something is there, `Fault` where the system refuses, or where the ledger is not what its checkpoint says.
    """
    if os.path.lexists(out):
        raise wrong(codes.TAKEN, "There is something already.", out, "A bundle is written where nothing is.")
    try:
        aside = Path(tempfile.mkdtemp(prefix=".aval-", dir=out.parent))
    except OSError as error:
        raise unwritten(out, error) from None
    try:
        _fill(ledger, checkpoints, aside)
        _stamp(stamps, aside)
        judge(aside)
        aside.chmod(0o755)
        aside.rename(out)
        settle(out.parent)
    except Incorrect as unsound:
        problem = unsound.problems[0]
        named = problem.span.path.removeprefix(f"{aside}/")
        raise ledger.damaged(f"It does not give a sound bundle: {named}: {problem.message}") from None
    except OSError as error:
        raise unwritten(out, error) from None
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _fill(ledger: Ledger, checkpoints: Sequence[Checkpoint], folder: Path) -> None:
    *earlier, newest = checkpoints
    for name in (CHECKPOINTS, PROOFS, TEXTS):
        (folder / name).mkdir()
    _write(folder / "bundle.json", HEAD)
    _entries(ledger, newest.size, folder)
    _write(folder / CHECKPOINT, bytes(newest.note))
    for one in earlier:
        _write(folder / CHECKPOINTS / str(one.size), bytes(one.note))
    tree = Tree(ledger, newest.size)
    for size in (0, *(one.size for one in earlier)):
        proof = tuple(consistency(tree.node, size, newest.size))
        _write(folder / PROOFS / str(size), write_request(Request(size, proof, newest)))


def _stamp(stamps: Mapping[int, bytes], folder: Path) -> None:
    if stamps:
        (folder / STAMPS).mkdir()
    for size, token in stamps.items():
        _write(folder / STAMPS / str(size), token)


def _entries(ledger: Ledger, upto: int, folder: Path) -> None:
    """Write entries and what they bring in, one by one."""
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / name).open("wb")) for name in (ENTRIES, *_BESIDE.values())}
        try:
            with ledger.asking() as ask:
                for *columns, body in ask(_SQL, (upto,)):
                    _one(_entry(columns), body, files, folder)
        except (ValueError, TypeError, AttributeError) as error:
            raise ledger.damaged(f"It cannot be read: {str(error)[:200]}.") from None
        for stream in files.values():
            stream.flush()
            os.fsync(stream.fileno())


def _one(entry: Entry, body: bytes | None, files: Mapping[str, BinaryIO], folder: Path) -> None:
    files[ENTRIES].write(leaf_of(entry) + b"\n")
    if body is not None and entry.kind in _BESIDE:
        files[_BESIDE[entry.kind]].write(body + b"\n")
    elif body is not None:
        _write(folder / TEXTS / entry.id.removeprefix("sha256:"), body)


def _entry(columns: Sequence[object]) -> Entry:
    seq, batch, recorded, kind, id_, name, path, withdraws = columns
    if not (isinstance(seq, int) and isinstance(batch, int) and isinstance(recorded, int) and isinstance(id_, bytes)):
        raise TypeError("an entry has a value that none can have")
    return Entry(
        seq=seq,
        batch=batch,
        recorded=recorded,
        kind=Kind(str(kind)),
        id=written(id_),
        name=str(name),
        path=str(path),
        withdraws=written(withdraws) if isinstance(withdraws, bytes) else "",
    )


def _write(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
