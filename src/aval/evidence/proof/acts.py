"""What organisations sign and a ledger records: acts about keys, and signatures under statements (decision 26).

Each is one canonical JSON object (RFC 8785) with only texts and lists of texts in it. What is signed is the line of its schema, a line
feed, and the object without its signatures; so no signature of one kind is ever one of another kind, of another ledger or of another time.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from json.encoder import encode_basestring

from aval.evidence.ledger.entry import PREFIX
from aval.evidence.proof.keys import ORGANISATION, Signer, holds

KEY_SCHEMA = "aval.key/1"
SIGNATURE_SCHEMA = "aval.signature/1"
MOST_BYTES = 1024 * 1024
"""The largest act that is read."""
MOST_STATEMENTS = 10_000
"""How many statements one signature covers at most."""

_HEX32, _HEX64 = re.compile(r"[0-9a-f]{64}"), re.compile(r"[0-9a-f]{128}")
_ID = re.compile(PREFIX + r"[0-9a-f]{64}")
_ORIGIN = re.compile(r"aval\.ledger/[0-9a-f]{64}")
_SINCE = re.compile(r"-?[1-9][0-9]{0,18}|0")
_MOST_SIGNATURES = 2

Signed = Mapping[str, str]
"""public keys and signatures, in hexadecimal digits"""


class ActError(ValueError):
    """An act is none, or may not be done; the text says why."""


class Deed(StrEnum):
    """What is done with a key."""

    ADD = "add"
    ROTATE = "rotate"
    REVOKE = "revoke"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAct:
    """An act about a key of an organisation.

    `previous` is the id of the organisation's act before it, so that none can be done twice or at another time. `replaces` is the key
    that a rotation ends. `since` is the recorded instant from which on a revoked key is said to have been in other hands.
    """

    ledger: str
    deed: Deed
    organisation: str
    key: str
    previous: str = ""
    replaces: str = ""
    since: str = ""

    def message(self) -> bytes:
        """Give the bytes to sign."""
        return f"{KEY_SCHEMA}\n".encode() + _json(self._fields())

    def body(self, signatures: Signed) -> bytes:
        """Give the canonical bytes, with the signatures."""
        return _json({**self._fields(), "signatures": _json(signatures)})

    def _fields(self) -> dict[str, str | bytes]:
        named = {"act": self.deed.value, "key": self.key, "ledger": self.ledger, "organisation": self.organisation}
        more = {"previous": self.previous, "replaces": self.replaces, "since": self.since}
        return {**named, "schema": KEY_SCHEMA, **{name: text for name, text in more.items() if text}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A signature of an organisation under statements, which are named by their ids, sorted, each once."""

    ledger: str
    organisation: str
    key: str
    statements: tuple[str, ...]
    signature: str = ""

    def message(self) -> bytes:
        """Give the bytes to sign."""
        return f"{SIGNATURE_SCHEMA}\n".encode() + _json(self._fields())

    def body(self) -> bytes:
        """Give the canonical bytes, with the signature."""
        return _json({**self._fields(), "signature": self.signature})

    def _fields(self) -> dict[str, str | bytes]:
        listed = b"[" + b",".join(f'"{one}"'.encode() for one in self.statements) + b"]"
        named = {"key": self.key, "ledger": self.ledger, "organisation": self.organisation, "schema": SIGNATURE_SCHEMA}
        return {**named, "statements": listed}

    def is_true(self) -> bool:
        """Whether the signature holds."""
        return holds(bytes.fromhex(self.key), bytes.fromhex(self.signature), self.message())


def _json(fields: Mapping[str, str | bytes]) -> bytes:
    """Write an object as the RFC does; a value in bytes is JSON already."""
    pairs = (
        (name.encode(), value if isinstance(value, bytes) else encode_basestring(value).encode()) for name, value in sorted(fields.items())
    )
    return b"{" + b",".join(b'"' + name + b'":' + value for name, value in pairs) + b"}"


def act_id(schema: str, body: bytes) -> str:
    """Give the id by which the ledger has an act."""
    return PREFIX + hashlib.sha256(f"{schema}\n".encode() + body).hexdigest()


def sign_key_act(act: KeyAct, signers: Sequence[Signer]) -> bytes:
    """Sign an act about a key by each of these, and give its canonical bytes."""
    message = act.message()
    return act.body({signer.key.hex(): signer.sign(message).hex() for signer in signers})


def sign_statements(ledger: str, statements: Sequence[str], signer: Signer) -> Envelope:
    """Sign statements."""
    ids = tuple(sorted(set(statements)))
    bare = Envelope(ledger=ledger, organisation=signer.organisation, key=signer.key.hex(), statements=ids)
    signature = signer.sign(bare.message()).hex()
    return Envelope(ledger=ledger, organisation=signer.organisation, key=bare.key, statements=ids, signature=signature)


def read_key_act(body: bytes) -> tuple[KeyAct, Signed]:
    """Read an act about a key. Raises `ActError`; no signature is looked at."""
    fields = _read(body, KEY_SCHEMA)
    signatures = fields.pop("signatures", None)
    if not isinstance(signatures, dict) or not 0 < len(signatures) <= _MOST_SIGNATURES:
        raise ActError("it has not one or two signatures")
    if not all(_HEX32.fullmatch(key) and isinstance(one, str) and _HEX64.fullmatch(one) for key, one in signatures.items()):
        raise ActError("a signature is none")
    given = _texts(fields, _KEY_FIELDS, needed=("act", "key", "ledger", "organisation"))
    try:
        deed = Deed(given.pop("act"))
    except ValueError:
        raise ActError("it does something that nobody knows") from None
    act = KeyAct(deed=deed, **given)
    if act.body(signatures) != body:
        raise ActError("it is not in its canonical form")
    return act, signatures


def read_envelope(body: bytes) -> Envelope:
    """Read a signature under statements. Raises `ActError`; whether it holds is not looked at."""
    fields = _read(body, SIGNATURE_SCHEMA)
    statements = fields.pop("statements", None)
    if not isinstance(statements, list) or not 0 < len(statements) <= MOST_STATEMENTS:
        raise ActError("it names no statements, or too many")
    if not all(isinstance(one, str) and _ID.fullmatch(one) for one in statements) or sorted(set(statements)) != statements:
        raise ActError("its statements are not ids in their order, each once")
    given = _texts(fields, _ENVELOPE_FIELDS, needed=("key", "ledger", "organisation", "signature"))
    envelope = Envelope(statements=tuple(statements), **given)
    if envelope.body() != body:
        raise ActError("it is not in its canonical form")
    return envelope


_Match = Callable[[str], object]
_KEY_FIELDS: Mapping[str, _Match] = {
    "act": str,
    "key": _HEX32.fullmatch,
    "ledger": _ORIGIN.fullmatch,
    "organisation": ORGANISATION.fullmatch,
    "previous": _ID.fullmatch,
    "replaces": _HEX32.fullmatch,
    "since": _SINCE.fullmatch,
}
_ENVELOPE_FIELDS: Mapping[str, _Match] = {
    "key": _HEX32.fullmatch,
    "ledger": _ORIGIN.fullmatch,
    "organisation": ORGANISATION.fullmatch,
    "signature": _HEX64.fullmatch,
}


def _read(body: bytes, schema: str) -> dict[str, object]:
    """Read a JSON object; what the parser takes too lightly is found when its canonical form is made again."""
    if len(body) > MOST_BYTES:
        raise ActError(f"it is larger than {MOST_BYTES // 1024**2} MB")
    try:
        fields = json.loads(body, parse_int=_no_number, parse_float=_no_number, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise ActError("it is no JSON of texts") from None
    if not isinstance(fields, dict) or fields.pop("schema", None) != schema:
        raise ActError(f"it is no object of the schema {schema}")
    return fields


def _no_number(literal: str) -> object:
    raise ValueError(literal[:40])


def _texts(fields: Mapping[str, object], known: Mapping[str, _Match], *, needed: Sequence[str]) -> dict[str, str]:
    if not set(needed) <= set(fields) <= set(known):
        raise ActError("it has not the fields that it has to have")
    found = {}
    for name, value in fields.items():
        if not isinstance(value, str) or not known[name](value):
            raise ActError(f"its {name} is none")
        found[name] = value
    return found
