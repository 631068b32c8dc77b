"""A witness: it remembers the last checkpoint that it has seen of each ledger, and cosigns only what grew out of it (TRUST T3, T4).

What it remembers is one file for each ledger: the last checkpoint as it came in, and below it the keeper's keys that the witness knows. It
is written and settled on the disk before a cosignature leaves; a lock keeps two witnesses with one memory from going different ways.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aval.evidence.codes import proofs as codes
from aval.evidence.ledger.place import settle
from aval.evidence.proof.checkpoint import Checkpoint, cosign, read_checkpoint, signed_by, with_signatures
from aval.evidence.proof.files import read_small, unwritten, wrong
from aval.evidence.proof.keys import Signer, is_sound
from aval.evidence.proof.merkle import Hash
from aval.evidence.proof.note import MOST_BYTES, NoteError

SCHEMA = "aval.witness/1"
_LOCK = "lock"
_HEX = 64


@dataclass(frozen=True, slots=True)
class Memory:
    """What a witness knows of a ledger: the largest checkpoint that it has cosigned, and the keeper's keys."""

    seen: Checkpoint
    keys: tuple[str, ...]


class Witness:
    """A witness with its key and the folder of its memory."""

    def __init__(self, signer: Signer, folder: Path, now: Callable[[], float] = time.time) -> None:
        """Keep what it cosigns with."""
        self._signer = signer
        self._folder = folder
        self._now = now

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Look and write while nobody else does. Raises `Fault`."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise unwritten(self._folder, error) from None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def memory(self, origin: str) -> Memory | None:
        """Give what it knows of a ledger; `None` where it has never seen it. Raises `Incorrect` where that cannot be read."""
        place = self._place(origin)
        if not os.path.lexists(place):
            return None
        try:
            data = read_small(place, MOST_BYTES * 2)
            head, _, rest = data.partition(b"\n\n")
            schema, *keys = head.decode("ascii").split("\n")
            seen = read_checkpoint(rest)
            sound = schema == SCHEMA and all(len(key) == _HEX and is_sound(bytes.fromhex(key)) for key in keys) and keys
        except (NoteError, ValueError):
            raise self._unusable(place) from None
        if not sound or seen.origin != origin or not any(signed_by(seen, bytes.fromhex(key)) for key in keys):
            raise self._unusable(place)
        return Memory(seen, tuple(keys))

    def _unusable(self, place: Path) -> Exception:
        return wrong(
            codes.STATE, "It is not what a witness has written.", place, "Take it from a backup, or retire the key of the witness."
        )

    def cosign(self, checkpoint: Checkpoint, keys: Collection[str], grew: Callable[[Checkpoint], bool]) -> Checkpoint:
        """Cosign a checkpoint that one of the keeper's keys has signed; `grew` tells whether it grew out of the one that was seen.

        The keys are remembered as the keeper's, and no others.

        Raises `Incorrect` where it is not theirs, or did not grow. What is remembered is on the disk before this returns.
        """
        if not any(signed_by(checkpoint, bytes.fromhex(key)) for key in keys):
            raise wrong(codes.NOT_THEIRS, "No key that you know as the keeper's has signed it.", checkpoint.origin[:80])
        before = self.memory(checkpoint.origin)
        if before is not None:
            self._compare(before.seen, checkpoint, grew)
        seconds = max(int(self._now()), 0)
        if before is None or before.seen.size < checkpoint.size or set(keys) != set(before.keys):
            self._remember(checkpoint, sorted(keys))
        return with_signatures(checkpoint, [cosign(checkpoint, self._signer, seconds)])

    def _compare(self, seen: Checkpoint, checkpoint: Checkpoint, grew: Callable[[Checkpoint], bool]) -> None:
        where = checkpoint.origin[:80]
        if checkpoint.size < seen.size:
            message = f"It has {checkpoint.size} entries, and {seen.size} were seen before: this history is shorter."
            raise wrong(codes.INCONSISTENT, message, where, "Ask for the newest checkpoint. If there is no longer one, something was lost.")
        if checkpoint.size == seen.size and checkpoint.root != seen.root:
            message = f"Of {seen.size} entries another root was signed before: there are two histories."
            raise wrong(codes.INCONSISTENT, message, where, "Keep both checkpoints: together they prove it.")
        if checkpoint.size > seen.size and not grew(seen):
            message = f"Nothing shows that its first {seen.size} entries are those that were seen before."
            raise wrong(codes.INCONSISTENT, message, where, f"It takes the proof from {seen.size}, or a bundle.")

    def _remember(self, checkpoint: Checkpoint, keys: list[str]) -> None:
        """Write what was seen beside the old file and in its place, and settle both."""
        place = self._place(checkpoint.origin)
        aside = place.with_name(f"{place.name}.new")
        data = "\n".join((SCHEMA, *keys)).encode() + b"\n\n" + bytes(checkpoint.note)
        try:
            aside.unlink(missing_ok=True)
            handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            aside.replace(place)
            settle(self._folder)
            settle(self._folder.parent)
        except OSError as error:
            raise unwritten(place, error) from None

    def _place(self, origin: str) -> Path:
        """A ledger's name may hold anything, so that the file is named by its hash."""
        return self._folder / hashlib.sha256(origin.encode()).hexdigest()


def root_grew(roots: dict[int, Hash], seen: Checkpoint) -> bool:
    """Whether entries have the root that was seen."""
    return roots.get(seen.size) == seen.root
