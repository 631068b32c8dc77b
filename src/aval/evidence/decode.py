"""From bytes to text: strict UTF-8, LF line ends, no byte-order mark, no NUL."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from aval.evidence.codes import files as codes
from aval.model.case import Text
from aval.model.problem import Problem, Span


def decode(data: bytes, path: str) -> Text | Problem:
    """Read bytes as text, or say where they are none. A byte-order mark and Windows line ends are accepted and taken away."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        hint = "It looks like UTF-16. Save it as UTF-8."
        return Problem(code=codes.NOT_UTF8, message="This is not UTF-8 text.", span=Span(path, 1), hint=hint)
    nul = data.find(0)
    if nul >= 0:
        hint = "Is this a text file? Save it as UTF-8."
        return Problem(code=codes.NUL, message="This file has a NUL character.", span=_place(data, nul, path), hint=hint)
    try:
        content = data.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"The byte 0x{data[error.start]:02X} is not UTF-8 here."
        hint = "Save the file as UTF-8; it may be Latin-1 or Windows-1252 now."
        return Problem(code=codes.NOT_UTF8, message=message, span=_place(data, error.start, path), hint=hint)
    return Text(path=path, content=content.removeprefix(BOM_UTF8.decode()).replace("\r\n", "\n"))


def _place(data: bytes, offset: int, path: str) -> Span:
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].removeprefix(BOM_UTF8).decode("utf-8", "replace")) + 1
    return Span(path, data.count(b"\n", 0, offset) + 1, column)
