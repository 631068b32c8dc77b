"""Signing keys: Ed25519, and the one rule by which a signature holds (TRUST 0.4, decision 26).

Libraries disagree at the edges of Ed25519, so the rule is written down: the key and the first half of the signature are canonical encodings
of points of the group of prime order, other than its neutral element; the second half is below that order; and the equation of RFC 8032
holds without a cofactor. Whoever made a key with an ordinary library fulfils it; a weak key, with which one signature fits many
messages, does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from nacl.bindings import crypto_core_ed25519_is_valid_point

KEY_BYTES = 32
SIGNATURE_BYTES = 64
ORGANISATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
"""How an organisation is named: a party's code, or a name such as `example.org`."""

_GROUP_ORDER = 2**252 + 27742317777372353535851937790883648493


def is_sound(key: bytes) -> bool:
    """Whether 32 bytes are a key that signs what it signs and nothing else: no small order, nothing but one canonical encoding."""
    return len(key) == KEY_BYTES and bool(crypto_core_ed25519_is_valid_point(key))


def holds(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether a signature holds, by the one rule."""
    if len(signature) != SIGNATURE_BYTES or not is_sound(key) or not is_sound(signature[:32]):
        return False
    if int.from_bytes(signature[32:], "little") >= _GROUP_ORDER:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature:
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Signer:
    """A private key with the organisation that it speaks for. It is never shown: it has no text form."""

    organisation: str
    secret: Ed25519PrivateKey

    @property
    def key(self) -> bytes:
        """The public key."""
        return self.secret.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Sign."""
        return self.secret.sign(message)


def make_signer(organisation: str) -> Signer:
    """Make a new key."""
    return Signer(organisation=organisation, secret=Ed25519PrivateKey.generate())


def signer_of(organisation: str, seed: bytes) -> Signer:
    """Make the signer of a private key's 32 bytes."""
    return Signer(organisation=organisation, secret=Ed25519PrivateKey.from_private_bytes(seed))
