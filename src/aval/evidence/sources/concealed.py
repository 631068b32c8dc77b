"""Names that are kept back: in their place stands a salted commitment, and its opening stays on this machine (TRUST T20, T21).

A commitment is `concealed:` and the SHA-256 of `aval.commitment/1`, a line feed, 16 random bytes, and the text in UTF-8 (NFC). Without the
random bytes nobody can tell by trying names whose it is; with them its keeper can show it to whom it chooses.
"""

from __future__ import annotations

import hashlib
import json
import re
import secrets
import unicodedata
from pathlib import Path

from aval.evidence.codes import sources as codes
from aval.evidence.private import erase, make_private, private_folder, read_private, write_private
from aval.evidence.sources.vault import not_kept
from aval.model.frozen import frozen
from aval.model.problem import Fault, Problem, Span

FOLDER = "openings"
PREFIX = "concealed:"
FORM = re.compile(r"concealed:[0-9a-f]{64}")
SALT = 16
"""bytes"""
_DOMAIN = b"aval.commitment/1\n"
_MOST = 64 * 1024


@frozen(kw_only=True)
class Opening:
    """What a commitment stands for."""

    salt: bytes
    text: str

    @property
    def commitment(self) -> str:
        """The commitment that it opens."""
        return PREFIX + hashlib.sha256(_DOMAIN + self.salt + unicodedata.normalize("NFC", self.text).encode()).hexdigest()


def conceal(case: Path, text: str) -> Opening:
    """Commit to a text, and keep the opening. Two commitments to one text have nothing in common. Raises `Fault`."""
    opening = Opening(salt=secrets.token_bytes(SALT), text=text)
    place = _place(case, opening.commitment)
    try:
        make_private(place.parent)
        write_private(place, json.dumps({"salt": opening.salt.hex(), "text": text}, ensure_ascii=False).encode())
    except OSError as error:
        raise not_kept(place, error) from None
    return opening


def opening_of(case: Path, commitment: str) -> Opening | None:
    """Give the opening of a commitment; `None` where it is not here. Raises `Fault` where it does not open it."""
    place = _place(case, commitment)
    try:
        data = read_private(place, _MOST)
        made = None if data is None else json.loads(data)
        found = None if made is None else Opening(salt=bytes.fromhex(made["salt"]), text=str(made["text"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise _damaged(place) from None
    if found is not None and found.commitment != commitment:
        raise _damaged(place)
    return found


def forget(case: Path, commitment: str) -> bool:
    """Take an opening away, for good; whether there was one. Raises `Fault`."""
    place = _place(case, commitment)
    try:
        return erase(place)
    except OSError as error:
        raise not_kept(place, error) from None


def _place(case: Path, commitment: str) -> Path:
    if FORM.fullmatch(commitment) is None:
        raise ValueError(commitment)
    return private_folder(case, FOLDER) / f"{commitment.removeprefix(PREFIX)}.json"


def _damaged(place: Path) -> Fault:
    message = "It does not open the commitment that it is named by."
    return Fault((Problem(code=codes.DAMAGED, message=message, span=Span(str(place)), hint="Take it from a backup."),))
