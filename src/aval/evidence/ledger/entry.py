"""Entries of a ledger as values."""

from __future__ import annotations

from enum import StrEnum

from aval.model.frozen import frozen
from aval.model.instant import Instant

PREFIX = "sha256:"


class Kind(StrEnum):
    """What an entry is: something that came in, or an act of the ledger's keeper."""

    STATEMENT = "statement"
    """a statement came in; with `withdraws` it corrects the one that stood there before"""
    AGAIN = "again"
    """a statement that had been withdrawn is held again"""
    NAME = "name"
    """a statement has another label, or stands in another file"""
    REMOVAL = "removal"
    """a statement's file holds it no more, and nothing stands in its place"""
    AGREEMENT = "agreement"
    MANIFEST = "manifest"
    FILE = "file"
    """a file of statements was taken in whole"""
    KEY = "key"
    """an organisation enrolled a signing key, or ended one"""
    SIGNATURE = "signature"
    """an organisation signed statements"""


STATEMENTS = (Kind.STATEMENT, Kind.AGAIN, Kind.NAME, Kind.REMOVAL)
"""The kinds that are about statements."""
TEXTS = (Kind.AGREEMENT, Kind.MANIFEST, Kind.FILE)
"""The kinds that are about texts of the case."""


@frozen(kw_only=True)
class Act:
    """An entry before it has its number and its instant. `id` and `withdraws` are `sha256:…`; see `migrations.py` for the rest."""

    kind: Kind
    id: str
    name: str
    path: str = ""
    withdraws: str = ""
    body: bytes | None = None


@frozen(kw_only=True)
class Entry:
    """One entry. `body` is empty where the entry has none, or where it was not asked for."""

    seq: int
    batch: int
    recorded: Instant
    kind: Kind
    id: str
    name: str
    path: str
    withdraws: str
    body: bytes = b""


def packed(id_: str) -> bytes:
    """Give the 32 bytes of a content id."""
    return bytes.fromhex(id_.removeprefix(PREFIX))


def written(digest: bytes) -> str:
    """Write 32 bytes as a content id."""
    return PREFIX + digest.hex()
