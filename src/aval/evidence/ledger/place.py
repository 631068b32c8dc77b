"""Where a ledger lies: `.aval/ledger.sqlite` below the folder of its case, and nothing on the way is a link (TRUST T14).

Or on a PostgreSQL server: then `.aval/ledger.place` names it, as `postgresql:SERVICE/LEDGER`. A case may come from somebody who means
harm, so it names no host and holds no password: what a *service* is stands in the user's own `pg_service.conf`, or, without a name, in
the `PG…` variables of their environment.

This file knows nothing of databases, so that a case without a ledger costs nothing.
"""

from __future__ import annotations

import os
import re
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from aval.evidence.codes import files, servers
from aval.evidence.codes import stores as codes
from aval.evidence.words import shown
from aval.model.problem import Fault, Incorrect, Problem, Span

FOLDER = ".aval"
LEDGER = "ledger.sqlite"
POINTER = "ledger.place"
_POINTER = re.compile(r"postgresql:([A-Za-z0-9_.-]{0,60})/([a-z][a-z0-9_]{0,40})")
_MOST = 200
_BESIDE = ("-wal", "-shm")
_JOURNAL = "-journal"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A ledger on a server: a service of libpq, `""` for what the environment says, and the name of the ledger there."""

    service: str
    ledger: str

    def __str__(self) -> str:
        """Write it as it stands in a case."""
        return f"postgresql:{self.service}/{self.ledger}"

    def with_service(self, service: str) -> Pointer:
        """Give the same ledger as another role sees it."""
        return Pointer(service, self.ledger)


def parse_pointer(text: str) -> Pointer | None:
    """Read `postgresql:SERVICE/LEDGER`; `None` where it is none."""
    found = _POINTER.fullmatch(text)
    return Pointer(found[1], found[2]) if found else None


def read_pointer(case: Path) -> Pointer | None:
    """Give where on a server the ledger of a case is; `None` where it lies in the case. Raises `Incorrect` for a file that says neither."""
    place = ledger_place(case).with_name(POINTER)
    where = Span(str(case / FOLDER / POINTER))
    if not _is(place.parent, stat.S_IFDIR, where) or not _is(place, stat.S_IFREG, where):
        return None
    with place.open("rb") as stream:
        data = stream.read(_MOST)
    found = parse_pointer(data.decode("ascii", "replace").removesuffix("\n"))
    if found is None:
        hint = "aval move writes it."
        raise Incorrect((Problem(code=servers.PLACE, message="It does not name a ledger on a server.", span=where, hint=hint),))
    return found


def write_pointer(case: Path, pointer: Pointer | None) -> None:
    """Say where the ledger of a case is from now on, at one stroke and durably. Raises `Fault`."""
    place = ledger_place(case).with_name(POINTER)
    make_folder(place)
    try:
        if pointer is None:
            place.unlink(missing_ok=True)
        else:
            handle, made = tempfile.mkstemp(prefix="making-", dir=place.parent)
            with os.fdopen(handle, "w", encoding="ascii") as stream:
                stream.write(f"{pointer}\n")
                stream.flush()
                os.fsync(stream.fileno())
            Path(made).replace(place)
        settle(place.parent)
    except OSError as error:
        raise Fault((unwritten(Span(str(place)), error.strerror or "the system refused"),)) from None


def ledger_place(case: Path) -> Path:
    """Give the path of a case's ledger, whether or not there is one. Only the folder that the user named may be a link."""
    return Path(os.path.realpath(case)) / FOLDER / LEDGER


def has_ledger(case: Path) -> bool:
    """Whether a case has a ledger. Raises `Incorrect` where something else lies in its place, `Fault` where a journal lies beside it."""
    if read_pointer(case) is not None:
        return True
    place = ledger_place(case)
    where = Span(str(case / FOLDER / LEDGER))
    if not _is(place.parent, stat.S_IFDIR, where) or not _is(place, stat.S_IFREG, where):
        return False
    for end in _BESIDE:
        _is(place.with_name(LEDGER + end), stat.S_IFREG, where)
    if os.path.lexists(place.with_name(LEDGER + _JOURNAL)):
        # Aval never leaves one, and rolling a forged journal back may delete a file that it names
        message = f"There is a {shown(LEDGER + _JOURNAL)} beside it."
        raise Fault((Problem(code=codes.NOT_OURS, message=message, span=where, hint="Aval writes none. Look where it comes from."),))
    return True


def make_folder(place: Path) -> None:
    """Make the folder of a ledger, durably. Raises `Fault` where that fails."""
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        settle(place.parent.parent)
    except OSError as error:
        raise Fault((unwritten(Span(str(place.parent)), error.strerror or "the system refused"),)) from None


def settle(folder: Path) -> None:
    """Make the names in a folder durable. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritten(where: Span, reason: str) -> Problem:
    """Say that nothing was recorded."""
    hint = "Nothing of this was recorded; the ledger is as it was. Make room, or look at who may write there."
    return Problem(code=codes.NOT_WRITTEN, message=f"It cannot be written: {reason}.", span=where, hint=hint)


def _is(path: Path, wanted: int, where: Span) -> bool:
    """Whether there is something of the wanted kind; what is of another kind is refused without touching it."""
    try:
        kind = stat.S_IFMT(os.lstat(path).st_mode)
    except FileNotFoundError:
        return False
    except OSError as error:
        message = f"It cannot be read: {error.strerror or 'the system refused'}."
        raise Incorrect((Problem(code=files.UNREADABLE, message=message, span=where),)) from None
    if kind == wanted:
        return True
    if kind == stat.S_IFLNK:
        hint = "A ledger lies in the folder of its case. Move it there."
        raise Incorrect((Problem(code=files.LINK, message=f"{shown(path.name)} is a symbolic link.", span=where, hint=hint),))
    message = f"{shown(path.name)} is no ordinary {'folder' if wanted == stat.S_IFDIR else 'file'}."
    raise Incorrect((Problem(code=files.NOT_A_FILE, message=message, span=where, hint="Take it away."),))
