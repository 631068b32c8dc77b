"""A case folder, read safely (TRUST T9, T14).

A case may come from somebody who means harm. So no path leads out of it: every component is opened on its own from the folder above it,
and no component may be a symbolic link; only the folder that the user named may be one. Nothing but an ordinary file is opened, so that no
pipe makes Aval wait and no device is touched. Sizes are counted while reading, so that a line of 100 MB costs 1 MB.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from aval.evidence.codes import files as codes
from aval.evidence.decode import decode
from aval.evidence.hidden import find_hidden
from aval.evidence.words import near, near_or, shown
from aval.model.case import MANIFEST, Text
from aval.model.frozen import frozen
from aval.model.problem import Incorrect, Problem, Span

MAX_FILE = 64 * 1024 * 1024
"""The largest text file, in bytes."""
MAX_LINE = 1024 * 1024
"""The longest line of a text file, in bytes."""

_CHUNK = 64 * 1024
_MAX_PATH = 1000
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_LISTED = 200


@frozen(kw_only=True)
class CaseFolder:
    """The folder of a case, by the path that the user named."""

    path: Path

    def read(self, relative: str) -> Text | Problem:
        """Read one text file of the case by its path in it; a problem if the path, the file or its text is not as it has to be."""
        data = self.data(relative)
        return data if isinstance(data, Problem) else decode(data, str(self.path / relative))

    def data(self, relative: str) -> bytes | Problem:
        """Read the bytes of one file of the case."""
        where = Span(str(self.path / relative) if path_fault(relative) == "" else str(self.path))
        try:
            handle = _open(self.path, relative, where)
            if isinstance(handle, Problem):
                return handle
            try:
                return _pour(handle, where)
            finally:
                os.close(handle)
        except OSError as error:
            return _unreadable(where, error)


def open_folder(path: Path) -> CaseFolder:
    """Open the folder of a case. Raises `Incorrect` if there is none, if it is no folder, or if it holds no manifest."""
    try:
        problem = _no_case(path)
    except (OSError, ValueError) as error:
        problem = _unreadable(Span(str(path)), error)
    if problem is not None:
        raise Incorrect((problem,))
    return CaseFolder(path=path)


def path_fault(relative: str) -> str:
    """Say what is wrong with a path inside a case; `""` if nothing is."""
    if find_hidden(relative) is not None or "\\" in relative:
        return "It has a backslash or a control character."
    if relative.startswith("/") or relative[1:2] == ":":
        return "It is absolute."
    parts = relative.split("/")
    if ".." in parts:
        return "It has `..`."
    if not relative or "" in parts or "." in parts:
        return "It has an empty name."
    return "It is too long." if len(relative) > _MAX_PATH else ""


def _no_case(path: Path) -> Problem | None:
    where = Span(str(path))
    if not path.exists():
        beside = _names(path.parent) if path.parent.is_dir() else []
        hint = near_or(path.name, beside, "Give the folder that holds aval.toml.")
        return Problem(code=codes.NO_FOLDER, message=f"There is no folder {shown(str(path))}.", span=where, hint=hint)
    if not path.is_dir():
        hint = f"Give the folder that it is in: {path.parent}" if path.name == MANIFEST else "Give the folder that holds aval.toml."
        return Problem(code=codes.NOT_A_FOLDER, message=f"{shown(str(path))} is no folder.", span=where, hint=hint)
    if not os.path.lexists(path / MANIFEST):  # a link is met, and refused, when it is read
        inside = [name for name in _names(path) if (path / name / MANIFEST).is_file()]
        hint = f"There is a case in {path / inside[0]}." if inside else "A case is a folder with a file aval.toml."
        return Problem(code=codes.NO_MANIFEST, message=f"{shown(str(path))} holds no aval.toml, so it is no case.", span=where, hint=hint)
    return None


def _names(folder: Path) -> list[str]:
    with os.scandir(folder) as entries:
        return sorted(entry.name for entry, _ in zip(entries, range(_LISTED), strict=False))


def _open(root: Path, relative: str, where: Span) -> int | Problem:
    fault = path_fault(relative)
    if fault:
        hint = "Write the path from the folder of the case, such as statements/reports.jsonl."
        return Problem(code=codes.BAD_PATH, message=f"The path {shown(relative)} is not accepted. {fault}", span=where, hint=hint)
    *folders, name = relative.split("/")
    above = os.open(root, _FOLDER)
    try:
        for folder in folders:
            problem = _wrong_kind(folder, above, where, wanted=stat.S_IFDIR)
            if problem is not None:
                return problem
            below = os.open(folder, _FOLDER | os.O_NOFOLLOW, dir_fd=above)
            os.close(above)
            above = below
        problem = _wrong_kind(name, above, where, wanted=stat.S_IFREG)
        return problem if problem is not None else _open_file(name, above, where)
    finally:
        os.close(above)


def _open_file(name: str, above: int, where: Span) -> int | Problem:
    handle = os.open(name, _FILE, dir_fd=above)
    if stat.S_ISREG(os.fstat(handle).st_mode):  # what it was a moment ago may have been replaced
        return handle
    os.close(handle)
    return _not_a_file(where, name, "no ordinary file")


def _wrong_kind(name: str, above: int, where: Span, *, wanted: int) -> Problem | None:
    """Look at one component without following or opening it: a device may act when it is opened."""
    try:
        mode = os.stat(name, dir_fd=above, follow_symlinks=False).st_mode
    except FileNotFoundError:
        hint = near(name, os.listdir(above)[:_LISTED]) or "Look at the spelling in aval.toml, or add the file."
        return Problem(code=codes.NO_FILE, message=f"There is no {shown(name)} here.", span=where, hint=hint)
    kind = stat.S_IFMT(mode)
    if kind == wanted:
        return None
    if kind == stat.S_IFLNK:
        hint = "Copy the file into the case instead."
        return Problem(code=codes.LINK, message=f"{shown(name)} is a symbolic link.", span=where, hint=hint)
    return _not_a_file(where, name, _KINDS.get(kind, "a device"))


def _not_a_file(where: Span, name: str, kind: str) -> Problem:
    hint = "Put an ordinary file there, or take it out of aval.toml."
    return Problem(code=codes.NOT_A_FILE, message=f"{shown(name)} is {kind}.", span=where, hint=hint)


_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFREG: "a file, and a folder is needed here",
    stat.S_IFIFO: "a pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
}


def _pour(handle: int, where: Span) -> bytes | Problem:
    """Read a file in pieces, and stop as soon as it or one of its lines is too long."""
    pieces: list[bytes] = []
    size = line = run = 0
    while piece := os.read(handle, _CHUNK):
        size += len(piece)
        first, last = piece.find(b"\n"), piece.rfind(b"\n")
        if run + (len(piece) if first < 0 else first) > MAX_LINE:
            message = f"Line {line + 1} is longer than {MAX_LINE // 1024**2} MB."
            hint = "Is this the right file, and are its line ends still there?"
            return Problem(code=codes.LINE_TOO_LONG, message=message, span=Span(where.path, line + 1), hint=hint)
        if size > MAX_FILE:
            message = f"The file is larger than {MAX_FILE // 1024**2} MB."
            return Problem(code=codes.FILE_TOO_LARGE, message=message, span=where, hint="Split it into several files.")
        run = run + len(piece) if last < 0 else len(piece) - last - 1
        line += piece.count(b"\n")
        pieces.append(piece)
    return b"".join(pieces)


def _unreadable(where: Span, error: OSError | ValueError) -> Problem:
    """Say that the system refused; a component that became a link between looking and opening ends here too."""
    reason = (error.strerror or "") if isinstance(error, OSError) else str(error)
    hint = "Look at who may read it." if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM) else ""
    return Problem(code=codes.UNREADABLE, message=f"It cannot be read: {reason or 'the system refused'}.", span=where, hint=hint)
