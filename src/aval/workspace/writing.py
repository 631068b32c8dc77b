"""Change a text file in place: only the pieces that were edited, all at once, and only if it is still the file that was read."""

from __future__ import annotations

import os
import tempfile
from bisect import bisect_right
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from aval.evidence.decode import decode
from aval.language.edits import Edit, apart
from aval.language.page import Page
from aval.model.case import Text
from aval.model.problem import Fault, Incorrect, Problem, Span
from aval.workspace.tool_codes import ALREADY_THERE, NOT_WRITTEN

_MARK = b"\xef\xbb\xbf"


def rewrite(text: Text, edits: Sequence[Edit]) -> None:
    """Write the edits of a text into its file. Line ends and a byte-order mark stay as they are.

    Raises `Incorrect` where the file is no longer the text that was read, and `Fault` where the system refuses; then nothing has changed.
    """
    try:
        path = Path(text.path).resolve()
        data = path.read_bytes()
        if decode(data, text.path) != text:
            message, hint = "The file was changed while it was being worked on.", "Run the command again."
            raise Incorrect((Problem(code=ALREADY_THERE, message=message, span=Span(text.path), hint=hint),))
        replace(path, _edited(data, text, edits))
    except OSError as error:
        message = f"It cannot be written: {error.strerror or 'the system refused'}."
        raise Fault((Problem(code=NOT_WRITTEN, message=message, span=Span(text.path), hint="Look at who may write it."),)) from None


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is made anew each time, such as a report. Raises `Fault` where the system refuses."""
    try:
        path.write_bytes(data)
    except OSError as error:
        message = f"It cannot be written: {error.strerror or 'the system refused'}."
        raise Fault((Problem(code=NOT_WRITTEN, message=message, span=Span(str(path)), hint="Look at who may write it."),)) from None


def replace(path: Path, data: bytes) -> None:
    """Put a file in the place of another at one stroke; it keeps its rights. Raises `OSError`."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".aval-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(path.stat().st_mode & 0o7777)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _edited(data: bytes, text: Text, edits: Sequence[Edit]) -> bytes:
    """Apply edits, whose offsets count in the text with LF line ends, to the bytes as they stand in the file."""
    source = data.removeprefix(_MARK).decode("utf-8")
    end = "\r\n" if source.count("\r\n") * 2 > source.count("\n") else "\n"
    lines, own = Page.of(text).starts, Page.of(Text(path=text.path, content=source)).starts

    def place(offset: int) -> int:
        line = bisect_right(lines, offset) - 1
        return own[line] + offset - lines[line]

    parts, past = [], 0
    for edit in apart(edits):
        parts += [source[past : place(edit.start)], edit.text.replace("\n", end)]
        past = place(edit.end)
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + "".join([*parts, source[past:]]).encode("utf-8")
