"""From an original to the text that is read: one line for each paragraph, and the same text on every machine (`aval.clean/1`).

White space is one space, empty lines go, letters are in Unicode's composed form (NFC). Characters that nobody can see, and marks that turn
the direction of text, are left out. Of HTML the text of the page is left: no head, no script, no style, no comment, no attribute. So no
metadata of a document gets into it (TRUST T20).
"""

from __future__ import annotations

import io
import re
import unicodedata
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace
from enum import StrEnum

from aval.evidence.codes import sources as codes
from aval.evidence.hidden import HIDDEN
from aval.evidence.sources.page import Page, TooLongError
from aval.model.frozen import frozen
from aval.model.problem import Code, Problem, Span

METHOD = "aval.clean/1"
MOST_BYTES = 8 * 1024 * 1024
LONGEST_LINE = 1024 * 1024
"""in characters, of plain text"""
ENCODINGS = (
    "utf-8",
    "utf-16",
    "windows-1250",
    "windows-1251",
    "windows-1252",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "koi8-r",
    "koi8-u",
)
"""What a user can say that a text is in."""

MOST_TAGS = 400_000
MOST_MARKS = 64
"""on one letter"""
_SPACE = re.compile(r"\s+")
_LINE = re.compile("[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_LOOKS_HTML = re.compile(rb"\s*(<!doctype html|<html|<head|<body|<\?xml[^>]*>\s*(<!doctype html|<html))", re.IGNORECASE)
_PACKED = {
    b"PK": "an archive or an office file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file",
    b"BZh": "a packed file",
    b"\xfd7zXZ": "a packed file",
    b"7z\xbc\xaf": "an archive",
    b"Rar!": "an archive",
    b"\xd0\xcf\x11\xe0": "an office file",
    b"{\\rtf": "an office file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
}


class Media(StrEnum):
    """What an original is."""

    TEXT = "text/plain"
    MARKDOWN = "text/markdown"
    HTML = "text/html"


ENDINGS = {Media.TEXT: "txt", Media.MARKDOWN: "md", Media.HTML: "html"}
"""How the name of an original ends, by which it is read again as what it is."""


@frozen(kw_only=True)
class Clean:
    """A text for reading: its paragraphs joined by line feeds, what it was made of, and how many hidden characters were left out."""

    text: str
    media: Media
    encoding: str
    hidden: int

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs, the first of them number 1."""
        return self.text.split("\n") if self.text else []


def clean(data: bytes, name: str, encoding: str = "") -> Clean | Problem:
    """Read an original; a problem where it is no text, too large, or in letters that cannot be told."""
    if len(data) > MOST_BYTES:
        return _problem(codes.TOO_LARGE, name, f"It is larger than {MOST_BYTES >> 20} MB.")
    packed = next((what for first, what in _PACKED.items() if data.startswith(first)), "")
    if packed:
        return _problem(codes.NO_TEXT, name, f"This is {packed}.", "Save its words as plain text, and add that.")
    decoded = _decoded(data, name, encoding)
    if isinstance(decoded, Problem):
        return decoded
    text, read = decoded
    if "\0" in text:
        return _problem(codes.NO_TEXT, name, "It has NUL characters, as no text has.", "Is this a text file?")
    media = _media(data, name)
    if media is Media.HTML:
        if text.count("<") > MOST_TAGS:
            return _problem(codes.TOO_LARGE, name, f"It has more than {MOST_TAGS} tags.", "Add the report alone, as plain text.")
        try:
            text = Page.of(text)
        except TooLongError:
            return _problem(codes.TOO_LARGE, name, "A tag, a comment or a script in it is longer than 1 MB.")
    return _lines(text, Clean(text="", media=media, encoding=read, hidden=0), name)


def _lines(text: str, made: Clean, name: str) -> Clean | Problem:
    """Write the lines that have something, one by one: a list of millions of them would take more room than the file."""
    written, hidden = io.StringIO(), 0
    for found in _LINE.finditer(text):
        line = found[0]
        if len(line) > LONGEST_LINE and made.media is not Media.HTML:
            return _problem(
                codes.TOO_LARGE, name, f"A line in it is longer than {LONGEST_LINE >> 20} MB.", "Are its line ends still there?"
            )
        if not line.isascii() and _piled(line):
            return _problem(codes.NO_TEXT, name, f"A letter in it carries more than {MOST_MARKS} marks.")
        line, out = HIDDEN.subn("", line.replace("\t", " "))
        hidden += out
        line = _SPACE.sub(" ", unicodedata.normalize("NFC", line)).strip()
        if line:
            written.write(f"\n{line}" if written.tell() else line)
    return replace(made, text=written.getvalue(), hidden=hidden)


def _piled(line: str) -> bool:
    """Whether marks are piled so high that bringing them in order would take for ever."""
    run = 0
    for character in line:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS:
            return True
    return False


def _decoded(data: bytes, name: str, encoding: str) -> tuple[str, str] | Problem:
    """Decode by what the user says, else by the first bytes, else as UTF-8; never by a guess."""
    marked = "utf-16" if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
    used = marked if encoding in ("", "utf-8") else encoding
    if used == "utf-8" and b"\0" in data:
        return _problem(codes.NO_TEXT, name, "It has NUL characters, as no text has.", "Is this a text file?")
    try:
        return data.decode(used), used.removesuffix("-sig")
    except UnicodeDecodeError as error:
        hint = "Say what it is, such as --encoding windows-1252, or save it as UTF-8."
        return _problem(codes.ENCODING, name, f"Its byte {error.start + 1} is not {used.removesuffix('-sig').upper()}.", hint)


def _media(data: bytes, name: str) -> Media:
    ending = name.rpartition(".")[2].lower()
    if ending in ("html", "htm", "xhtml") or _LOOKS_HTML.match(data[:1024].removeprefix(BOM_UTF8)):
        return Media.HTML
    return Media.MARKDOWN if ending in ("md", "markdown") else Media.TEXT


def _problem(code: Code, name: str, message: str, hint: str = "") -> Problem:
    return Problem(code=code, message=message, span=Span(name), hint=hint)
