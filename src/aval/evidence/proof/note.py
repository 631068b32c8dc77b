"""Signed notes and verifier keys, as C2SP's signed-note writes them: a text, an empty line, and a line for each signature."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

MOST_BYTES = 64 * 1024
"""The largest note that is read."""
MOST_SIGNATURES = 100
NOTE, COSIGNATURE = 0x01, 0x04
"""Types of signature: over the text of the note; over the text and a time, by a cosigner."""

_KEY_ID = 4
_SIGNED = "\u2014 "
_NAME = re.compile(r"[^\s+]+")
_DIGITS = re.compile(r"0|[1-9][0-9]{0,19}", re.ASCII)


class NoteError(ValueError):
    """What was read is no note, key or proof of this form; the text says why."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note: who signed, by which key, and the signature itself."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        """Write the line, without its end."""
        return f"{_SIGNED}{self.name} {as_base64(self.key_id + self.data)}"


@dataclass(frozen=True, slots=True)
class Note:
    """A note: `text` ends with a line end; the signatures stand in their order."""

    text: str
    signatures: tuple[Signature, ...]

    def __bytes__(self) -> bytes:
        """Write the note."""
        return "\n".join((self.text, *map(str, self.signatures), "")).encode()


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key by its name and type, as it is handed from person to person."""

    name: str
    type: int
    key: bytes

    @property
    def key_id(self) -> bytes:
        """The four bytes by which its signatures are told apart."""
        return key_id(self.name, self.type, self.key)

    def __str__(self) -> str:
        """Write it as `name+id+key`."""
        return f"{self.name}+{self.key_id.hex()}+{as_base64(bytes([self.type]) + self.key)}"


def key_id(name: str, type_: int, key: bytes) -> bytes:
    """Give the id that signed-note recommends."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([type_]) + key).digest()[:_KEY_ID]


def read_note(data: bytes) -> Note:
    """Read a note. Raises `NoteError`; nothing in it is trusted by that."""
    text = _text_of(data)
    body, gap, signed = text.rpartition("\n\n")
    if not gap or not body or not signed.endswith("\n"):
        raise NoteError("it has no text with signatures below an empty line")
    lines = signed.split("\n")[:-1]
    if len(lines) > MOST_SIGNATURES:
        raise NoteError(f"it has more than {MOST_SIGNATURES} signatures")
    return Note(f"{body}\n", tuple(read_signature(line) for line in lines))


def _text_of(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise NoteError(f"it is larger than {MOST_BYTES // 1024} kB")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteError("it is not UTF-8") from None
    if any(character < " " and character != "\n" for character in text):
        raise NoteError("it has a control character")
    return text


def read_signature(line: str) -> Signature:
    """Read one line of a signature. Raises `NoteError`."""
    name, _, coded = line.removeprefix(_SIGNED).partition(" ")
    if not line.startswith(_SIGNED) or _NAME.fullmatch(name) is None:
        raise NoteError("a line below the empty line is no signature")
    data = from_base64(coded)
    if len(data) <= _KEY_ID:
        raise NoteError("a signature is too short")
    return Signature(name, data[:_KEY_ID], data[_KEY_ID:])


def read_key(text: str) -> VerifierKey:
    """Read `name+id+key`. Raises `NoteError`, also where the id is not that of the key; whether the key is weak is for `keys.py` to say."""
    name, _, rest = text.strip().partition("+")
    id_, _, coded = rest.partition("+")
    if _NAME.fullmatch(name) is None or len(text) > 1000:  # noqa: PLR2004  far more than a key takes
        raise NoteError("it is not name+id+key")
    data = from_base64(coded)
    if len(data) != 33 or data[0] not in (NOTE, COSIGNATURE):  # noqa: PLR2004  the type and an Ed25519 key
        raise NoteError("it is no Ed25519 key")
    made = VerifierKey(name, data[0], data[1:])
    if made.key_id.hex() != id_:
        raise NoteError("its id is not that of its key")
    return made


def as_base64(data: bytes) -> str:
    """Write bytes in base64."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str) -> bytes:
    """Read base64 that has one spelling only. Raises `NoteError`."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise NoteError("it has something that is no base64") from None
    if as_base64(data) != text:
        raise NoteError("it has base64 that is not written as it has to be")
    return data


def number_of(text: str) -> int:
    """Read a whole number without sign and leading zeros, below 2**63. Raises `NoteError`."""
    if _DIGITS.fullmatch(text) is None or int(text) >= 1 << 63:
        raise NoteError("a number is none")
    return int(text)


def hashes_of(lines: Sequence[str], most: int) -> list[bytes]:
    """Read lines of SHA-256 hashes in base64. Raises `NoteError`."""
    if len(lines) > most:
        raise NoteError("it has too many hashes")
    found = [from_base64(line) for line in lines]
    if any(len(one) != 32 for one in found):  # noqa: PLR2004  SHA-256
        raise NoteError("a hash has not 32 bytes")
    return found
