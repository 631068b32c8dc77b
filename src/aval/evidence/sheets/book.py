"""A workbook that may be hostile: what it holds is looked at, and counted while it unpacks, before anything parses it (TRUST T9, T11)."""

from __future__ import annotations

import io
import re
import stat
import zipfile
from pathlib import Path

from aval.evidence.codes import sheets as codes
from aval.evidence.words import shown
from aval.model.problem import Code, Incorrect, Problem, Span

MOST_PACKED = 16 * 1024 * 1024
MOST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 500
_CHUNK = 256 * 1024
_TYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_WIDE = (b"\xff\xfe", b"\xfe\xff", b"\x00<", b"<\x00")
_ACTIVE = re.compile(
    r"vbaProject|externalLinks?/|macrosheets/|embeddings/|activeX/|ctrlProps/|customUI|connections\.xml|queryTables/|dialogsheets/|oleObject",
    re.IGNORECASE,
)


def open_book(path: Path) -> io.BytesIO:
    """Read a workbook that holds only cells. Raises `Incorrect` for everything else."""
    data = _read(path)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look(archive, path)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise _wrong(codes.BAD_BOOK, path, f"This is no XLSX file: {str(error)[:100] or 'it cannot be unpacked'}.") from None
    return io.BytesIO(data)


def _read(path: Path) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise _wrong(codes.BAD_BOOK, path, "This is no ordinary file.")
        with path.open("rb") as file:
            data = file.read(MOST_PACKED + 1)
    except OSError as error:
        raise _wrong(codes.BAD_BOOK, path, f"It cannot be read: {error.strerror or 'the system refused'}.", "Look at the path.") from None
    if len(data) > MOST_PACKED:
        raise _wrong(codes.BOOK_TOO_LARGE, path, f"It has more than {MOST_PACKED // 1024**2} MB.")
    return data


def _look(archive: zipfile.ZipFile, path: Path) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise _wrong(codes.BOOK_TOO_LARGE, path, f"It has more than {MOST_PARTS} parts.")
    names = [part.filename for part in parts]
    if len(set(names)) < len(names):
        raise _wrong(codes.BAD_BOOK, path, "A part of it stands twice.")
    active = next((name for name in names if _ACTIVE.search(name)), None)
    if active is not None:
        raise _wrong(codes.BAD_BOOK, path, f"It has the part {shown(active)}.")
    left = MOST_UNPACKED
    for part in parts:
        left -= _unpack(archive, part, left, path)


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int, path: Path) -> int:
    """Unpack one part in pieces, stop where it is too large, and look into its XML; give its size."""
    size, tail = 0, b""
    with archive.open(part) as stream:
        while piece := stream.read(_CHUNK):
            if not size and piece.startswith(_WIDE):
                raise _wrong(codes.BAD_BOOK, path, f"The part {shown(part.filename)} is not UTF-8.")
            size += len(piece)
            if size > left:
                raise _wrong(codes.BOOK_TOO_LARGE, path, f"It unpacks to more than {MOST_UNPACKED // 1024**2} MB.")
            if _TYPE.search(tail + piece):
                raise _wrong(codes.BAD_BOOK, path, f"The part {shown(part.filename)} declares a document type.")
            tail = piece[-16:]
    return size


def _wrong(code: Code, path: Path, message: str, hint: str = "Save the sheet anew as XLSX, with cells only.") -> Incorrect:
    return Incorrect((Problem(code=code, message=message, span=Span(str(path)), hint=hint),))
