"""A ledger as a whole: backed up, restored, brought up to a newer version, moved to another place. No entry ever changes by it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from os import PathLike
from pathlib import Path

from aval.answers.kept import Kept
from aval.answers.recorded import exact
from aval.evidence.codes import servers as codes
from aval.evidence.codes import stores
from aval.evidence.codes.files import NO_FILE
from aval.evidence.folder import open_folder
from aval.evidence.ledger.contract import named
from aval.evidence.ledger.copying import copy
from aval.evidence.ledger.ledger import Ledger, open_at, open_ledger
from aval.evidence.ledger.place import Pointer, has_ledger, ledger_place, parse_pointer, read_pointer, settle, unwritten, write_pointer
from aval.evidence.ledger.store import LedgerStore
from aval.evidence.words import shown
from aval.model.problem import Code, Fault, Incorrect, Problem, Span
from aval.workspace.pause import without_collection
from aval.workspace.recorded import ids_of_files, manifest_at, refuse_other_case

Place = str | PathLike[str]
_SQLITE = "sqlite"


def backup(path: Place, out: Path) -> Kept:
    """Write all that a case's ledger holds into a new file, a ledger itself. Raises `Incorrect`, `Fault`: there is no file then."""
    folder = open_folder(Path(path))
    _ask_ledger(folder.path)
    if os.path.lexists(out):
        raise _wrong(codes.NOT_KEPT, f"{shown(out.name)} is there already.", str(out), "Name a new file.")
    with closing(open_ledger(folder.path)) as source, source.database.still():
        if not source.upto(None):
            raise _no_ledger(folder.path)
        with _made_aside(out) as made, closing(open_at(made, writing=True, new=True)) as target:
            copied = copy(source, target)
            return _kept(target, "backup", copied, place=str(out), source=named(source.place))


@contextmanager
def _made_aside(out: Path) -> Iterator[Path]:
    """Give the name of a file to make; when it is whole it is put in its place, durably. Raises `Fault`."""
    try:
        aside = Path(tempfile.mkdtemp(prefix=".backup-", dir=out.parent))
        try:
            made = aside / out.name
            yield made
            _sync(made)
            os.link(made, out)
            settle(out.parent)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise Fault((unwritten(Span(str(out)), error.strerror or "the system refused"),)) from None


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())


def restore(file: Path, path: Place, *, to: str = "", owner: str | None = None) -> Kept:
    """Bring a backup into a case that has no ledger, or one that is its beginning. Raises `Incorrect`, `Fault`: nothing changed then."""
    folder = open_folder(Path(path))
    has_ledger(folder.path)  # refuses what lies in its place
    target_place = _parsed(to) if to else read_pointer(folder.path)
    if not file.is_file():
        raise _wrong(NO_FILE, "There is no such file.", str(file), "Name a file that aval backup wrote.")
    with closing(open_at(Path(os.path.realpath(file)), writing=False)) as source, source.database.still():
        upto = source.upto(None)
        if not upto:
            raise _wrong(stores.NO_LEDGER, "It holds nothing.", str(file), "Name a file that aval backup wrote.")
        with without_collection():
            LedgerStore(source, upto).statements()
        refuse_other_case(source, ids_of_files(folder), folder.path, upto)
        with closing(_target(folder.path, target_place, owner)) as target:
            copied = copy(source, target)
            write_pointer(folder.path, target_place)
            return _kept(target, "restore", copied, place=named(target.place), source=str(file))


def move(path: Place, to: str, owner: str | None = None) -> Kept:
    """Move the ledger of a case; where it has none yet, it will be there. What it was before stays, and is read no more."""
    folder = open_folder(Path(path))
    there = has_ledger(folder.path)
    target_place, now = _parsed(to), read_pointer(folder.path)
    if not there or now == target_place:
        with closing(_target(folder.path, target_place, owner)) as target:
            write_pointer(folder.path, target_place)
            return _kept(target, "move", 0, place=named(target.place), source=named(target.place) if there else "")
    with (
        closing(open_ledger(folder.path, writing=True)) as source,
        source.database.writing(),  # nobody records there meanwhile
        closing(_target(folder.path, target_place, owner)) as target,
    ):
        copied = copy(source, target)
        write_pointer(folder.path, target_place)
        return _kept(target, "move", copied, place=named(target.place), source=named(source.place))


def upgrade(path: Place, owner: str | None = None) -> Kept:
    """Bring the tables of a case's ledger up to what this Aval writes. Raises `Incorrect`, `Fault`: they are as they were then."""
    folder = open_folder(Path(path))
    _ask_ledger(folder.path)
    pointer = read_pointer(folder.path)
    if pointer is not None:
        from aval.evidence.ledger.postgres.owner import upgrade as bring_up

        before, _ = bring_up(pointer.with_service(_named_owner(owner, str(pointer))))
    else:
        with closing(open_ledger(folder.path)) as ledger:
            before = ledger.database.version
    with closing(open_ledger(folder.path, writing=True)) as ledger:
        return _kept(ledger, "upgrade", 0, place=named(ledger.place), source=named(ledger.place), before=before)


def _target(case: Path, pointer: Pointer | None, owner: str | None) -> Ledger:
    """Open the ledger of a place for writing; it is made where there is none. On a server only its owner makes one."""
    if pointer is None:
        return open_at(ledger_place(case), writing=True, new=True)
    if owner is not None:
        from aval.evidence.ledger.postgres.owner import found

        found(pointer, owner)
    return open_at(pointer, writing=True)


def _named_owner(owner: str | None, place: str) -> str:
    if owner is None:
        raise _wrong(codes.MAY_NOT, "Only its owner changes its tables.", place, "Name the service of the owner with --owner.")
    return owner


def _parsed(to: str) -> Pointer | None:
    """Read the name of a place; `None` is the case itself."""
    if to == _SQLITE:
        return None
    pointer = parse_pointer(to)
    if pointer is None:
        hint = "Write sqlite, or postgresql:SERVICE/LEDGER; a host or a password stands in your own pg_service.conf."
        raise _wrong(codes.PLACE, "That is no place of a ledger.", "--to", hint)
    return pointer


def _kept(ledger: Ledger, done: str, copied: int, *, place: str, source: str, before: int | None = None) -> Kept:
    upto, version = ledger.upto(None), ledger.database.version
    manifest = manifest_at(ledger, upto) if upto else None
    bounds = ledger.bounds()
    return Kept(
        title=manifest.title if manifest else "",
        done=done,
        place=place,
        source=source,
        entries=upto,
        copied=copied,
        last=exact(bounds[1], manifest.zone) if bounds and manifest else None,
        seal=ledger.seal(upto),
        version=version,
        before=version if before is None else before,
    )


def _ask_ledger(case: Path) -> None:
    if not has_ledger(case):
        raise _no_ledger(case)


def _no_ledger(case: Path) -> Incorrect:
    return _wrong(stores.NO_LEDGER, "This case has no ledger yet.", str(case), f"Make one: aval import {case}")


def _wrong(code: Code, message: str, where: str, hint: str) -> Incorrect:
    return Incorrect((Problem(code=code, message=message, span=Span(where), hint=hint),))
