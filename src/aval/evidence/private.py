"""Files that stay where they are: what a case keeps below `.aval` for this machine alone, readable by its owner and by no repository.

No link is followed on the way, a file is written whole or not at all, and what is taken away is written over first (TRUST T25; on disks
that copy on write, and on backups, that is no promise).
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path

from aval.evidence.ledger.place import FOLDER, settle

IGNORE = ".gitignore"
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def private_folder(case: Path, name: str) -> Path:
    """Give the path of a private folder of a case, whether or not there is one."""
    return Path(os.path.realpath(case)) / FOLDER / name


def make_private(folder: Path) -> None:
    """Make a private folder, which a repository leaves out. Raises `OSError`."""
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, exist_ok=True)
        if not stat.S_ISDIR(os.lstat(each).st_mode):
            raise NotADirectoryError(20, "a link lies in its place", str(each))
    if not os.path.lexists(folder / IGNORE):
        write_private(folder / IGNORE, b"*\n")


def read_private(path: Path, most: int) -> bytes | None:
    """Read a private file; `None` where there is none. Raises `OSError` where it is no ordinary file, or larger than `most` bytes."""
    for folder in (path.parent.parent, path.parent):
        with suppress(FileNotFoundError):
            if not stat.S_ISDIR(os.lstat(folder).st_mode):
                raise NotADirectoryError(20, "a link lies in its place", str(folder))
    try:
        handle = os.open(path, _READ)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(22, "it is no ordinary file", str(path))
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(27, "it is too large", str(path))
    return data


def write_private(path: Path, data: bytes) -> None:
    """Put a file in its place at one stroke, durably, for its owner alone; what stood there is written over. Raises `OSError`."""
    handle, name = tempfile.mkstemp(prefix=".making-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as made:
            made.write(data)
            made.flush()
            os.fsync(made.fileno())
        before = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC) if os.path.lexists(path) else None
        Path(name).replace(path)
        if before is not None:
            _blank(before)
        settle(path.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def erase(path: Path) -> bool:
    """Write over a private file and take it away; whether there was one. Raises `OSError`."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    _blank(handle)
    path.unlink()
    settle(path.parent)
    return True


def _blank(handle: int) -> None:
    with os.fdopen(handle, "wb") as stream:
        left = os.fstat(handle).st_size
        while left > 0:
            left -= stream.write(bytes(min(left, 1 << 16)))
        stream.flush()
        os.fsync(handle)
