"""Where originals are kept: `.aval/sources/sha256-HASH`, byte for byte, for their owner alone; and which source each belongs to.

Nothing of it is ever part of an answer, an export or a proof but hashes. An original is sealed by its hash: it is held against it whenever
it is read, and what was derived from it is derived again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from aval.evidence.codes import sources as codes
from aval.evidence.private import erase, make_private, private_folder, read_private, write_private
from aval.evidence.sources.clean import ENDINGS, METHOD, MOST_BYTES, Clean, clean
from aval.evidence.sources.selectors import Selector
from aval.model.frozen import frozen
from aval.model.problem import Fault, Problem, Span

FOLDER = "sources"
_INDEX = "index.json"
_MOST_INDEX = 64 * 1024 * 1024
Json = dict[str, Any]


@frozen(kw_only=True)
class Kept:
    """What is kept of one source: the hashes of its original and of the text read from it, how it was read, and where quotes were."""

    original: str
    cleaned: str
    name: str
    encoding: str
    selectors: Mapping[str, Selector]


class Vault:
    """The originals of one case."""

    def __init__(self, case: Path) -> None:
        """Look at what is kept of a case. Raises `Fault` where the record is not as Aval wrote it."""
        self.folder = private_folder(case, FOLDER)
        self.kept: dict[str, Kept] = self._read_index()

    def _read_index(self) -> dict[str, Kept]:
        try:
            data = read_private(self.folder / _INDEX, _MOST_INDEX)
            return {} if data is None else {id_: _kept(one) for id_, one in json.loads(data).items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise self._damaged(_INDEX, "The record of what is kept cannot be read.") from None

    def text(self, source: str) -> Clean | None:
        """Give the text of a source, read again from its original; `None` where that is not here. Raises `Fault` where it was changed."""
        kept = self.kept.get(source)
        if kept is None:
            return None
        name = f"sha256-{kept.original}"
        try:
            data = read_private(self.folder / name, MOST_BYTES)
        except OSError:
            raise self._damaged(name, "The original cannot be read.") from None
        if data is None:
            return None
        found = clean(data, kept.name, kept.encoding)
        if sha256(data) != kept.original or isinstance(found, Problem) or sha256(found.text.encode()) != kept.cleaned:
            raise self._damaged(name, f"The original of {source} is not what it was when it was added.")
        return found

    def add(self, source: str, data: bytes, text: Clean) -> Kept:
        """Keep the original of a source; what was found in an earlier one helps to find it again. Raises `Fault`."""
        before = self.kept.get(source)
        kept = Kept(
            original=sha256(data),
            cleaned=sha256(text.text.encode()),
            name=f"original.{ENDINGS[text.media]}",
            encoding=text.encoding,
            selectors=before.selectors if before else {},
        )
        try:
            make_private(self.folder)
            write_private(self.folder / f"sha256-{kept.original}", data)
            write_private(self.folder / f"sha256-{kept.original}.txt", f"{text.text}\n".encode())
            self._write({**self.kept, source: kept})
            if before is not None:
                self._sweep(before.original)
        except OSError as error:
            with suppress(OSError):
                self._sweep(kept.original)
            raise not_kept(self.folder, error) from None
        return kept

    def _sweep(self, original: str) -> None:
        """Take an original away that no source has: none is to lie where nobody can name it. Raises `OSError`."""
        if all(one.original != original for one in self.kept.values()):
            for end in (".txt", ""):
                erase(self.folder / f"sha256-{original}{end}")

    def remember(self, source: str, selectors: Mapping[str, Selector]) -> None:
        """Keep where the quotes of a source were found. Raises `Fault`."""
        kept = self.kept[source]
        if dict(kept.selectors) != dict(selectors):
            try:
                self._write({**self.kept, source: replace(kept, selectors=dict(selectors))})
            except OSError as error:
                raise not_kept(self.folder, error) from None

    def remove(self, original: str) -> bool:
        """Take an original away, with all that was read from it. Raises `Fault`."""
        try:
            gone = [erase(self.folder / f"sha256-{original}{end}") for end in (".txt", "")]
            self._write({id_: one for id_, one in self.kept.items() if one.original != original})
        except OSError as error:
            raise not_kept(self.folder, error) from None
        return any(gone)

    def _write(self, kept: dict[str, Kept]) -> None:
        made = {id_: _json(one) for id_, one in sorted(kept.items())}
        write_private(self.folder / _INDEX, json.dumps({**made}, ensure_ascii=False, indent=1).encode())
        self.kept = kept

    def _damaged(self, name: str, message: str) -> Fault:
        hint = f"Take {self.folder} away, and add the originals again."
        return Fault((Problem(code=codes.DAMAGED, message=message, span=Span(str(self.folder / name)), hint=hint),))


def not_kept(place: Path, error: OSError) -> Fault:
    """Say that nothing was kept."""
    message = f"It cannot be kept: {error.strerror or 'the system refused'}."
    return Fault(
        (Problem(code=codes.NOT_KEPT, message=message, span=Span(str(place)), hint="Look at what lies there, and who may write."),)
    )


def sha256(data: bytes) -> str:
    """Give the SHA-256 of some bytes in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def _json(kept: Kept) -> Json:
    places = {key: [one.exact, one.prefix, one.suffix, one.start, one.end] for key, one in kept.selectors.items()}
    return {
        "original": kept.original,
        "cleaned": kept.cleaned,
        "method": METHOD,
        "name": kept.name,
        "encoding": kept.encoding,
        "found": places,
    }


def _kept(made: Json) -> Kept:
    """Read what `_json` wrote. Raises `ValueError` and its like for anything else."""
    texts = [made[key] for key in ("original", "cleaned", "name", "encoding")]
    if made["method"] != METHOD or not all(isinstance(one, str) for one in texts) or any(len(one) != 64 for one in texts[:2]):  # noqa: PLR2004
        raise ValueError("an entry is none")
    found = {key: Selector(exact=one[0], prefix=one[1], suffix=one[2], start=one[3], end=one[4]) for key, one in made["found"].items()}
    bytes.fromhex(texts[0] + texts[1])
    return Kept(original=texts[0], cleaned=texts[1], name=texts[2], encoding=texts[3], selectors=found)
