"""What proofs say, as plain values: the keys of a ledger, what was signed, what a bundle proves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """A signing key in a ledger.

    `public` is what its owner hands out. `until` is when it was ended, by `ended_by` (rotate, revoke); `mistrusted` since when it is said
    to have been in other hands. `vouched_by` is the key that vouched for it; empty where only its owner did.
    """

    organisation: str
    public: str
    entry: int
    since: str
    vouched_by: str
    until: str | None
    ended_by: str
    mistrusted: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The signing keys of a ledger, in the order of their enrolment. `keeper` is the organisation that keeps the ledger."""

    title: str
    ledger: str
    keeper: str
    keys: tuple[KeyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """A statement that was signed, in the words in which it was shown."""

    id: str
    label: str
    said: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """What an organisation has signed. `recorded` is false where the signature stands in a file, for the keeper to take in."""

    title: str
    ledger: str
    organisation: str
    public: str
    recorded: bool
    statements: tuple[SignedLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CosignedLine:
    """A cosignature that holds. `at` is when, as its signer says; `trusted` whether its key goes back to one that the reader knows."""

    organisation: str
    public: str
    at: str
    trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerLine:
    """How many statements an organisation has signed so that it counts, and how many of them speak for itself."""

    organisation: str
    statements: int
    own: int
    trusted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a sound bundle proves.

    `organisations` are those that count as cosigners, each once: of those named with `--trust` where that was given. `votes` are the votes
    with a signature that counts, `own_votes` those signed by the member itself. `compared` says whether an earlier checkpoint was compared.
    `stamped` is by when time stamps say that checkpoints were there, by their sizes; `unstamped` how many stamps were not looked at.
    """

    ledger: str
    keeper: str
    keeper_trusted: bool
    entries: int
    root: str
    first: str
    last: str
    counts: Mapping[str, int]
    checkpoints: tuple[int, ...]
    organisations: tuple[str, ...]
    cosigned: tuple[CosignedLine, ...]
    unknown: int
    signers: tuple[SignerLine, ...]
    votes: int
    own_votes: int
    pinned: int
    compared: int | None
    stamped: Mapping[str, str]
    unstamped: int
    keys: tuple[KeyLine, ...]
