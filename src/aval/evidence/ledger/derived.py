"""What was read of a large ledger before, kept beside it, so that the next command need not read every body again.

It is derived from what the ledger holds up to a seal, and says so: its name and its hash have the link of that seal, which stands for every
entry before it. The entries are still held against their seals at each opening; a body is held against its id when it is shown.

A case may come from somebody who means harm, and a forged file would forge answers. So each file is signed with a secret of the user's
machine (HMAC by keyed BLAKE2b); one that was not made here is not looked into. It holds nothing that the ledger beside it does not hold.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import stat
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np

from aval.evidence.ledger.columns import Columns, Parts, Said

FROM = 20_000
"""From so many statements on it is worth a file; fewer are read in less than a quarter of a second."""
_FORMAT = b"aval.columns/1\n"
"""Count it up whenever a body is read otherwise than before."""
_PREFIX = "derived-"
_MAC = 32
_LENGTH = 8
_encode, _decode = msgspec.json.Encoder().encode, msgspec.json.Decoder(Said).decode


def load(folder: Path, seals: Mapping[bytes, int]) -> tuple[int, Columns] | None:
    """Give what was kept up to one of these seals (link to last entry), and that entry; `None` where nothing can be used."""
    with suppress(OSError, ValueError):
        for path in folder.glob(f"{_PREFIX}*"):
            link = bytes.fromhex(path.name.removeprefix(_PREFIX))
            if link in seals:
                columns = _read(path, link)
                return (seals[link], columns) if columns is not None else None
    return None


def save(folder: Path, link: bytes, columns: Columns) -> None:
    """Keep what was read up to a seal, in the place of what was kept before. Where that fails, nothing is kept."""
    with suppress(OSError):
        parts = columns.parts()
        said = _encode(parts.said)
        arrays = (parts.seqs, parts.digests, *(codes.astype(np.int32) for codes in parts.codes))
        body = b"".join((len(said).to_bytes(_LENGTH, "big"), said, *(np.ascontiguousarray(one).tobytes() for one in arrays)))
        before = list(folder.glob(f"{_PREFIX}*"))
        handle, made = tempfile.mkstemp(prefix="making-", dir=folder)
        with os.fdopen(handle, "wb") as stream:
            stream.write(_FORMAT + _mac(link, body) + body)
        Path(made).replace(folder / f"{_PREFIX}{link.hex()}")
        for path in before:
            if path.name != f"{_PREFIX}{link.hex()}":
                path.unlink(missing_ok=True)


def _read(path: Path, link: bytes) -> Columns | None:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode) or stream.read(len(_FORMAT)) != _FORMAT:
            return None
        mac, body = stream.read(_MAC), stream.read()
    if not hmac.compare_digest(mac, _mac(link, body)):
        return None
    start = _LENGTH + int.from_bytes(body[:_LENGTH], "big")
    said = _decode(body[_LENGTH:start])
    count = said.count
    digests = np.frombuffer(body, np.uint8, count * 32, start + 8 * count).reshape(-1, 32)
    codes = np.frombuffer(body, np.int32, 4 * count, start + 40 * count).astype(np.int64).reshape(4, count)
    parts = Parts(said=said, seqs=np.frombuffer(body, np.int64, count, start), digests=digests, codes=list(codes))
    return Columns.of_parts(parts)


def _mac(link: bytes, body: bytes) -> bytes:
    made = hashlib.blake2b(_FORMAT + link, key=_secret(), digest_size=_MAC)
    made.update(body)
    return made.digest()


def _secret() -> bytes:
    """Give the secret of this user on this machine, which is made the first time. Raises `OSError`."""
    base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "aval"
    place = base / "derived.key"
    with suppress(FileNotFoundError):
        if place.stat().st_mode & 0o077 or place.stat().st_uid != os.geteuid():
            raise PermissionError(place)
        found = place.read_bytes()
        if len(found) == _MAC:
            return found
    base.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=base)
    with os.fdopen(handle, "wb") as stream:
        stream.write(secrets.token_bytes(_MAC))
    with suppress(FileExistsError):
        os.link(made, place)
    Path(made).unlink()
    return place.read_bytes()
