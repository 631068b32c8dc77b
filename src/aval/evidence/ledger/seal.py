"""Seals: what each transaction says of itself and of all before it, so that a changed byte is found.

The link of a seal is the SHA-256 of the link before it (of `aval.ledger/1` and a line feed for the first), and of a line for each entry: a
JSON array of its columns but the body, without spaces, bytes in base64. What an entry brings is in it by its id, which is the hash of that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Protocol

import msgspec

DOMAIN = b"aval.ledger/1\n"
Columns = tuple[int, int, int, str, bytes, str, str, bytes | None]
"""seq, batch, recorded, kind, id, name, path, withdraws"""

_encode = msgspec.json.Encoder().encode_lines


class Chain(Protocol):
    """A hash that goes on."""

    def update(self, data: bytes, /) -> None:
        """Go on."""
        ...

    def digest(self) -> bytes:
        """Give the link so far."""
        ...


def chain(link: bytes | None) -> Chain:
    """Begin after a link; `None` begins a ledger."""
    return hashlib.sha256(DOMAIN if link is None else link)


def lines(entries: Sequence[Columns]) -> bytes:
    """Write entries for their seal, so that no two are written alike."""
    return _encode(entries)
