"""Where a ledger lies: `.aval/ledger.sqlite` below the folder of its case, and nothing on the way is a link (TRUST T14).

This file knows nothing of databases, so that a case without a ledger costs nothing.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from aval.evidence.codes import files
from aval.evidence.codes import stores as codes
from aval.evidence.words import shown
from aval.model.problem import Fault, Incorrect, Problem, Span

FOLDER = ".aval"
LEDGER = "ledger.sqlite"
_BESIDE = ("-wal", "-shm")
_JOURNAL = "-journal"


def ledger_place(case: Path) -> Path:
    """Give the path of a case's ledger, whether or not there is one. Only the folder that the user named may be a link."""
    return Path(os.path.realpath(case)) / FOLDER / LEDGER


def has_ledger(case: Path) -> bool:
    """Whether a case has a ledger. Raises `Incorrect` where something else lies in its place, `Fault` where a journal lies beside it."""
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
