"""The folder of a bundle, read as what it is: a few files with fixed names, from anybody (TRUST T9, T14).

bundle.json       {"schema":"aval.bundle/1"}
entries.jsonl     the leaves, one in each line, in their order
statements.jsonl  the canonical bytes of the statements that entries bring in, in the same order
keys.jsonl        the acts about signing keys, likewise
signatures.jsonl  the signatures under statements, likewise
texts/            agreements and manifests as they were recorded, each named by its hash
checkpoint        the newest checkpoint, with its cosignatures
checkpoints/      the earlier ones, each named by its size
proofs/           from 0 and from each earlier checkpoint to the newest one, as a witness is asked
stamps/           time stamps (RFC 3161) of checkpoints, each named by its size
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from aval.evidence.codes import proofs as codes
from aval.evidence.proof.files import opened, poured, wrong
from aval.evidence.words import shown
from aval.model.problem import Incorrect

HEAD = b'{"schema":"aval.bundle/1"}\n'
ENTRIES, STATEMENTS, KEYS, SIGNATURES = "entries.jsonl", "statements.jsonl", "keys.jsonl", "signatures.jsonl"
CHECKPOINT, CHECKPOINTS, PROOFS, TEXTS, STAMPS = "checkpoint", "checkpoints", "proofs", "texts", "stamps"
MOST_LINE = 2 * 1024 * 1024
MOST_TEXT = 64 * 1024 * 1024
MOST_NAMES = 100_000

_FILES = {"bundle.json", ENTRIES, STATEMENTS, KEYS, SIGNATURES, CHECKPOINT}
_NUMBER = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
_FOLDERS = {CHECKPOINTS: _NUMBER, PROOFS: _NUMBER, STAMPS: _NUMBER, TEXTS: re.compile(r"[0-9a-f]{64}", re.ASCII)}
_CHUNK = 256 * 1024


@dataclass(frozen=True, slots=True)
class BundleFolder:
    """The folder of a bundle whose names are all that a bundle has."""

    path: Path
    names: dict[str, frozenset[str]]
    """what stands in each folder"""

    def read(self, name: str, most: int) -> bytes:
        """Read a whole file. Raises `Incorrect`."""
        with self._opened(name) as handle:
            return poured(handle, most, self.path / name)

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a file, without their ends; no more than one of them is in memory. Raises `Incorrect`."""
        rest = b""
        with self._opened(name) as handle:
            while piece := os.read(handle, _CHUNK):
                *whole, rest = (rest + piece).split(b"\n")
                if len(rest) > MOST_LINE or any(len(line) > MOST_LINE for line in whole):
                    raise self.unsound(name, f"a line is longer than {MOST_LINE // 1024**2} MB")
                yield from whole
        if rest:
            raise self.unsound(name, "its last line has no end")

    @contextmanager
    def _opened(self, name: str) -> Iterator[int]:
        place = self.path / name
        if place.is_symlink():  # looked at when it was listed; one that came since is refused here
            raise self.unsound(name, "it is a link")
        with opened(place) as handle:
            yield handle

    def unsound(self, name: str, message: str, line: int = 0) -> Incorrect:
        """Make the exception for what does not hold."""
        at = f"{self.path / name}:{line}" if line else str(self.path / name)
        return wrong(codes.NOT_SOUND, f"{message[:1].upper()}{message[1:]}.", at)


def open_bundle(path: Path) -> BundleFolder:
    """Open a bundle: look at the names in it, and at its version. Raises `Incorrect`."""
    found = _names(path, _FILES | set(_FOLDERS))
    missing = sorted((_FILES | {CHECKPOINTS, PROOFS, TEXTS}) - set(found))
    if missing:
        raise wrong(codes.NOT_A_BUNDLE, f"It has no {missing[0]}.", path, "Give a folder that `aval export --output` wrote.")
    for name, is_folder in found.items():
        if is_folder is not (name in _FOLDERS):
            raise wrong(codes.NOT_A_BUNDLE, f"{shown(name)} is not what it is in a bundle.", path)
    inside = {}
    for name in sorted(set(found) & set(_FOLDERS)):
        below = _names(path / name)
        strange = [one for one, is_folder in below.items() if is_folder or not _FOLDERS[name].fullmatch(one)]
        if strange:
            raise wrong(codes.NOT_A_BUNDLE, f"{shown(strange[0])} belongs to no bundle.", path / name)
        inside[name] = frozenset(below)
    folder = BundleFolder(path, inside)
    if folder.read("bundle.json", 1000) != HEAD:
        raise wrong(codes.NOT_A_BUNDLE, "It is of a version that this Aval does not know.", path / "bundle.json")
    return folder


def _names(path: Path, known: set[str] | None = None) -> dict[str, bool]:
    """Give the names in a folder, and whether each is a folder. Raises `Incorrect` for a link, a device, or too much."""
    found: dict[str, bool] = {}
    try:
        with os.scandir(path) as listed:
            for one in listed:
                if one.is_symlink() or not (one.is_dir(follow_symlinks=False) or one.is_file(follow_symlinks=False)):
                    raise wrong(codes.NOT_A_BUNDLE, f"{shown(one.name)} is a link or a device.", path)
                if known is not None and one.name not in known:
                    raise wrong(codes.NOT_A_BUNDLE, f"{shown(one.name)} belongs to no bundle.", path)
                found[one.name] = one.is_dir(follow_symlinks=False)
                if len(found) > MOST_NAMES:
                    raise wrong(codes.NOT_A_BUNDLE, f"There are more than {MOST_NAMES:,} names.", path)
    except (OSError, ValueError) as error:
        reason = (error.strerror if isinstance(error, OSError) else "") or "there is no such folder"
        raise wrong(codes.NOT_A_BUNDLE, f"It cannot be read: {reason}.", path) from None
    return found
