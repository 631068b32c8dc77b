"""Files of proofs, read with a limit and without following what they point to, and files of signing keys, which nobody else may read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from aval.evidence.codes import files
from aval.evidence.codes import proofs as codes
from aval.evidence.ledger.place import settle
from aval.evidence.proof.keys import ORGANISATION, Signer, is_sound
from aval.evidence.proof.note import NoteError, VerifierKey, read_key
from aval.evidence.words import shown
from aval.model.case import MANIFEST
from aval.model.problem import Code, Fault, Incorrect, Problem, Span

MOST_KEY_BYTES = 4096
KEY_SCHEMA = "aval.signing-key/1"

_FLAGS = os.O_RDONLY | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC
_CHUNK = 64 * 1024


def wrong(code: Code, message: str, where: Path | str, hint: str = "") -> Incorrect:
    """Make the exception for something that a user gave."""
    return Incorrect((Problem(code=code, message=message, span=Span(str(where)), hint=hint),))


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """Open an ordinary file. Raises `Incorrect` where it is none, or cannot be read."""
    try:
        handle = os.open(path, _FLAGS)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or "there is no such name"
        raise wrong(files.UNREADABLE, f"It cannot be read: {reason}.", path) from None
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise wrong(files.NOT_A_FILE, f"{shown(path.name)} is no ordinary file.", path)
        yield handle
    finally:
        os.close(handle)


def read_small(path: Path, most: int) -> bytes:
    """Read a whole file of that many bytes at most. Raises `Incorrect`."""
    with opened(path) as handle:
        return poured(handle, most, path)


def poured(handle: int, most: int, where: Path) -> bytes:
    """Read all that an open file has, and stop where it is too much. Raises `Incorrect`."""
    pieces, size = [], 0
    try:
        while piece := os.read(handle, _CHUNK):
            size += len(piece)
            if size > most:
                raise wrong(files.FILE_TOO_LARGE, f"The file is larger than {most:,} bytes, which none of its kind is.", where)
            pieces.append(piece)
    except OSError as error:
        raise wrong(files.UNREADABLE, f"It cannot be read: {error.strerror or 'the system refused'}.", where) from None
    return b"".join(pieces)


def case_above(path: Path) -> Path | None:
    """Give the case in whose folder a path lies; `None` for none."""
    real = Path(os.path.realpath(path))
    return next((folder for folder in real.parents if (folder / MANIFEST).exists()), None)


def write_signer(path: Path, signer: Signer) -> None:
    """Write the file of a signing key, which nobody else may read. Raises `Incorrect` where it would lie in a case, or one is there."""
    case = case_above(path)
    if case is not None:
        raise wrong(codes.EXPOSED, f"It would lie in the case {case.name}, which is handed on.", path, "Write it outside of any case.")
    pem = signer.secret.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    create(path, f"{KEY_SCHEMA} {signer.organisation}\n".encode() + pem, 0o600)


def create(path: Path, data: bytes, mode: int = 0o644) -> None:
    """Write a new file, durably. Raises `Incorrect` where something is there, `Fault` where the system refuses; then nothing is left."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    except FileExistsError:
        raise wrong(codes.TAKEN, f"{shown(path.name)} is there already.", path, "Nothing is written over. Name another.") from None
    except (OSError, ValueError) as error:
        raise unwritten(path, error) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        settle(path.parent)
    except OSError as error:
        path.unlink(missing_ok=True)
        raise unwritten(path, error) from None


def unwritten(path: Path, error: OSError | ValueError) -> Fault:
    """Make the exception for what could not be written."""
    reason = (error.strerror if isinstance(error, OSError) else "") or "the system refused"
    return Fault((Problem(code=codes.UNWRITTEN, message=f"It cannot be written: {reason}.", span=Span(str(path))),))


def read_signer(path: Path) -> Signer:
    """Read the file of a signing key. Raises `Incorrect` where it is none, or others can read it."""
    with opened(path) as handle:
        mode, data = os.fstat(handle).st_mode, poured(handle, MOST_KEY_BYTES, path)
    signer = _signer(data)
    if signer is None:
        raise wrong(codes.KEY_FILE, "It is no signing key as `aval key new` writes it.", path)
    if mode & 0o077:
        raise wrong(codes.EXPOSED, "Others on this machine may read it.", path, f"chmod 600 {path}, if nobody has read it yet.")
    case = case_above(path)
    if case is not None:
        hint = "Move it out. If the case was handed on, revoke the key."
        raise wrong(codes.EXPOSED, f"It lies in the case {case.name}, which is handed on.", path, hint)
    return signer


def _signer(data: bytes) -> Signer | None:
    head, _, pem = data.partition(b"\n")
    schema, _, organisation = head.decode("ascii", "replace").partition(" ")
    if schema != KEY_SCHEMA or ORGANISATION.fullmatch(organisation) is None:
        return None
    try:
        secret = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return None
    return Signer(organisation=organisation, secret=secret) if isinstance(secret, Ed25519PrivateKey) else None


def read_public(path: Path) -> list[VerifierKey]:
    """Read public keys, one in each line, as they are handed from person to person; lines that begin with # are passed over.

    Raises `Incorrect`, also where one is weak.
    """
    text = read_small(path, MOST_KEY_BYTES * 16).decode("utf-8", "replace")
    return [public_of(line, path) for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]


def public_of(text: str, where: Path | str) -> VerifierKey:
    """Read one public key. Raises `Incorrect`, also where it is weak."""
    try:
        key = read_key(text)
    except NoteError as error:
        raise wrong(codes.NOT_A_NOTE, f"This is no public key: {error}.", where) from None
    if not is_sound(key.key):
        raise wrong(codes.WEAK_KEY, f"The key of {shown(key.name)} is weak.", where, "Do not trust whoever gave it to you.")
    return key
