"""Seals: what each transaction says of itself and of all before it, so that a changed byte is found.

The link of a seal is the SHA-256 of the link before it (of `aval.ledger/1` and a line feed for the first), and of a line for each entry.
What an entry brings is in it by its id, which is the hash of that.
"""

from __future__ import annotations

import hashlib
from typing import Protocol

DOMAIN = b"aval.ledger/1\n"


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


def line(  # noqa: PLR0913, PLR0917  the columns of an entry, for a million of which a value of its own would cost seconds
    seq: int, batch: int, recorded: int, kind: str, id_: bytes, name: str, path: str, withdraws: bytes | None
) -> bytes:
    """Write an entry for its seal, so that no two entries are written alike."""
    head = f"{seq} {batch} {recorded} {kind} {len(name)} {name} {len(path)} {path} ".encode("utf-8", "surrogatepass")
    return head + id_ + (b"\n" if withdraws is None else b" " + withdraws + b"\n")
