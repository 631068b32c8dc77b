"""Judging a bundle offline: every byte of it against the checkpoint of its ledger, in one pass (decision 25).

`tools/verify.py` says the same in other words, without a line of this.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aval.evidence.canonical import DOMAIN as STATEMENT_DOMAIN
from aval.evidence.ledger.entry import PREFIX, Entry, Kind
from aval.evidence.proof.acts import KEY_SCHEMA, SIGNATURE_SCHEMA, ActError, Envelope, act_id, read_envelope, read_key_act
from aval.evidence.proof.checkpoint import Checkpoint, cosigned_at, read_checkpoint, read_request, signed_by
from aval.evidence.proof.folder import (
    CHECKPOINT,
    CHECKPOINTS,
    ENTRIES,
    KEYS,
    MOST_TEXT,
    PROOFS,
    SIGNATURES,
    STAMPS,
    STATEMENTS,
    TEXTS,
    BundleFolder,
    open_bundle,
)
from aval.evidence.proof.history import History
from aval.evidence.proof.leaf import hash_of, leaf_of, origin_of
from aval.evidence.proof.merkle import Grower, Hash, proves_consistency
from aval.evidence.proof.note import COSIGNATURE, MOST_BYTES, NoteError, key_id
from aval.model.instant import Instant
from aval.model.problem import Incorrect

_KINDS = frozenset(kind.value for kind in Kind)
_WITHDRAWING = (Kind.STATEMENT, Kind.AGAIN, Kind.REMOVAL)
_ABOUT_KNOWN = (Kind.AGAIN, Kind.NAME, Kind.REMOVAL)
_PROOF_KINDS = (Kind.KEY, Kind.SIGNATURE)
MOST_ENTRIES = 1_500_000
"""The largest ledger whose bundle is judged: the ids of its statements are kept in memory, 100 bytes each, 300 where they are signed."""
MOST_CHECKPOINTS = 16 * 1024 * 1024
"""How many bytes all earlier checkpoints have at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """A cosignature that holds: by a key of an organisation that counted, at a second that it says itself."""

    organisation: str
    key: str
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature under statements, and when it was recorded."""

    envelope: Envelope
    seq: int
    recorded: Instant


@dataclass(slots=True, kw_only=True)
class Judged:
    """What a sound bundle proves."""

    checkpoint: Checkpoint
    history: History
    counts: dict[str, int]
    """how many entries of each kind"""
    cosigned: tuple[Cosigned, ...]
    unknown: int
    """how many lines below the checkpoint are by keys that the ledger does not know, or that do not count"""
    earlier: tuple[int, ...]
    """the sizes of the earlier checkpoints"""
    signed: tuple[Signed, ...]
    speakers: dict[str, str]
    """of each statement that was signed, by its id: whom it speaks for"""
    votes: dict[str, str]
    """of those that are votes, by id: the member"""
    recorded: tuple[Instant, Instant]
    roots: dict[int, Hash] = field(default_factory=dict)
    stamps: dict[int, tuple[Checkpoint, bytes]] = field(default_factory=dict)
    """time stamps of checkpoints, by their sizes, which nobody has looked at yet"""

    def counting(self) -> Iterator[tuple[Signed, str]]:
        """Yield each signed statement with a signature that counts, as the history of keys stands at the end."""
        for one in self.signed:
            held = self.history.keys[one.envelope.key]
            if held.counts(one.seq, one.recorded):
                yield from ((one, id_) for id_ in one.envelope.statements)


def judge(path: Path, sizes: Sequence[int] = ()) -> Judged:
    """Judge a bundle; also give the roots of its entries at these sizes. Raises `Incorrect` for the first thing that does not hold."""
    folder = open_bundle(path)
    newest = _checkpoint(folder, CHECKPOINT)
    if newest.size > MOST_ENTRIES:
        raise folder.unsound(CHECKPOINT, f"it is of {newest.size} entries, and no more than {MOST_ENTRIES:,} are judged")
    earlier = _earlier(folder)
    for size, one in earlier.items():
        if one.size != size or not 0 < size < newest.size or one.origin != newest.origin:
            raise folder.unsound(f"{CHECKPOINTS}/{size}", "it is not the checkpoint that it is called, or not earlier than the newest")
    walk = _Walk(folder, newest.size, {*earlier, newest.size, *sizes})
    walk.run()
    if origin_of(walk.first) != newest.origin:
        raise folder.unsound(CHECKPOINT, "its ledger is not named by the first entry")
    for name, one in ((CHECKPOINT, newest), *((f"{CHECKPOINTS}/{size}", one) for size, one in sorted(earlier.items()))):
        if walk.roots[one.size] != one.root:
            raise folder.unsound(name, f"its root is not that of the first {one.size} entries")
        if not any(signed_by(one, bytes.fromhex(held.key)) for held in walk.history.keepers(one.size)):
            raise folder.unsound(name, "the keeper of the ledger has not signed it")
    cosigned = {name: _cosigned(folder, name, one, walk.history) for name, one in _named(newest, earlier)}
    _proofs(folder, newest, earlier)
    return Judged(
        checkpoint=newest,
        history=walk.history,
        counts=walk.counts,
        cosigned=cosigned[CHECKPOINT],
        unknown=len(newest.note.signatures) - 1 - len(cosigned[CHECKPOINT]),
        earlier=tuple(sorted(earlier)),
        signed=tuple(walk.signed),
        speakers=walk.speakers,
        votes=walk.votes,
        recorded=(walk.began, walk.last),
        roots=walk.roots,
        stamps=_stamps(folder, {**earlier, newest.size: newest}),
    )


def _named(newest: Checkpoint, earlier: dict[int, Checkpoint]) -> Iterator[tuple[str, Checkpoint]]:
    yield CHECKPOINT, newest
    yield from ((f"{CHECKPOINTS}/{size}", one) for size, one in earlier.items())


def _earlier(folder: BundleFolder) -> dict[int, Checkpoint]:
    found, size = {}, 0
    for name in folder.names[CHECKPOINTS]:
        found[int(name)] = _checkpoint(folder, f"{CHECKPOINTS}/{name}")
        size += len(bytes(found[int(name)].note))
        if size > MOST_CHECKPOINTS:
            raise folder.unsound(CHECKPOINTS, f"they are larger than {MOST_CHECKPOINTS // 1024**2} MB together")
    return found


def _checkpoint(folder: BundleFolder, name: str) -> Checkpoint:
    try:
        return read_checkpoint(folder.read(name, MOST_BYTES))
    except NoteError as error:
        raise folder.unsound(name, str(error)) from None


def _cosigned(folder: BundleFolder, name: str, checkpoint: Checkpoint, history: History) -> tuple[Cosigned, ...]:
    """Give the cosignatures that hold. Raises `Incorrect` for one that names a key that counts, and does not hold."""
    found = []
    for held in history.cosigners(checkpoint.size):
        key = bytes.fromhex(held.key)
        for line in checkpoint.note.signatures:
            if line.name == held.organisation and line.key_id == key_id(held.organisation, COSIGNATURE, key):
                seconds = cosigned_at(checkpoint, line, held.organisation, key)
                if seconds is None:
                    raise folder.unsound(name, f"a cosignature of {held.organisation} does not hold")
                found.append(Cosigned(organisation=held.organisation, key=held.key, seconds=seconds))
    return tuple(found)


def _proofs(folder: BundleFolder, newest: Checkpoint, earlier: dict[int, Checkpoint]) -> None:
    """Check the proofs, which are there for others: the entries themselves have shown more."""
    if folder.names[PROOFS] != {str(size) for size in (0, *earlier)}:
        raise folder.unsound(PROOFS, "there is not one from 0 and from each earlier checkpoint")
    for name in sorted(folder.names[PROOFS]):
        try:
            request = read_request(folder.read(f"{PROOFS}/{name}", MOST_BYTES * 2))
        except NoteError as error:
            raise folder.unsound(f"{PROOFS}/{name}", str(error)) from None
        old, shown = earlier.get(int(name)), request.checkpoint
        same = shown.note == newest.note and request.old == int(name)
        proven = not request.proof if old is None else proves_consistency(old.size, newest.size, request.proof, old.root, newest.root)
        if not same or not proven:
            raise folder.unsound(f"{PROOFS}/{name}", "it does not prove that the newest checkpoint grew out of this size")


def _stamps(folder: BundleFolder, checkpoints: dict[int, Checkpoint]) -> dict[int, tuple[Checkpoint, bytes]]:
    """Read the time stamps; whether they hold is asked with the certificate of an authority (`stamp.py`)."""
    names = folder.names.get(STAMPS, frozenset())
    if not names <= set(map(str, checkpoints)):
        raise folder.unsound(STAMPS, "there is a time stamp of no checkpoint")
    return {int(name): (checkpoints[int(name)], folder.read(f"{STAMPS}/{name}", MOST_BYTES)) for name in sorted(names, key=int)}


class _Walk:
    """One pass over the entries, and what stands beside them."""

    def __init__(self, folder: BundleFolder, size: int, sizes: set[int]) -> None:
        self._folder = folder
        self._size = size
        self._sizes = sizes
        self._beside = {name: folder.lines(name) for name in (STATEMENTS, KEYS, SIGNATURES)}
        self._texts: set[str] = set()
        self._known: set[bytes] = set()
        self._grower = Grower()
        self.roots: dict[int, Hash] = {}
        self.counts = {kind.value: 0 for kind in Kind}
        self.history = History("")
        self.signed: list[Signed] = []
        self.speakers: dict[str, str] = {}
        self.votes: dict[str, str] = {}
        self.first = b""
        self.began = self.last = 0
        self._wanted = self._referred()

    def _referred(self) -> set[str]:
        """Give the statements that signatures name, before anything is believed of them."""
        found: set[str] = set()
        for line in self._folder.lines(SIGNATURES):
            try:
                found.update(read_envelope(line).statements)
            except ActError as error:
                raise self._folder.unsound(SIGNATURES, str(error)) from None
            if len(found) > self._size:
                raise self._folder.unsound(SIGNATURES, "it names more statements than there are entries")
        return found

    def run(self) -> None:
        """Read all entries. Raises `Incorrect`."""
        before = None
        for number, line in enumerate(self._folder.lines(ENTRIES), 1):
            if number > self._size:
                raise self._wrong(number, "there are more entries than the checkpoint has")
            entry = self._entry(number, line, before)
            leaf = hash_of(line)
            if before is None:
                self.first, self.began = leaf, entry.recorded
                self.history = History(origin_of(leaf))
            self._grower.add(leaf)
            self.counts[entry.kind.value] += 1
            try:
                self._content(entry)
            except (ActError, ValueError, RecursionError) as error:
                raise self._wrong(number, str(error)) from None
            if number in self._sizes:
                self.roots[number] = self._grower.root()
            before = entry
        if before is None or before.seq != self._size:
            raise self._folder.unsound(ENTRIES, f"it has not the {self._size} entries that the checkpoint has")
        self.last = before.recorded
        for name, rest in self._beside.items():
            if next(rest, None) is not None:
                raise self._folder.unsound(name, "it has more than the entries bring in")
        if self._texts != self._folder.names[TEXTS]:
            raise self._folder.unsound(TEXTS, "there is a text that no entry brings in")

    def _wrong(self, number: int, message: str) -> Incorrect:
        return self._folder.unsound(ENTRIES, message, number)

    def _entry(self, number: int, line: bytes, before: Entry | None) -> Entry:
        """Read a line as an entry that can follow the one before it."""
        try:
            entry = _entry_of(json.loads(line))
            same = leaf_of(entry) == line
        except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
            raise self._wrong(number, "it is no entry") from None
        fits = same and entry.seq == number and _is_hash(entry.id) and (not entry.withdraws or _is_hash(entry.withdraws))
        fits = fits and (not entry.withdraws or entry.kind in _WITHDRAWING)
        fits = fits and (entry.kind is not Kind.REMOVAL or entry.withdraws == entry.id)
        fits = fits and (entry.kind not in _PROOF_KINDS or not entry.path)
        if not fits:
            raise self._wrong(number, "it is no entry")
        first, last = (1, entry.recorded - 1) if before is None else (before.batch, before.recorded)
        follows = entry.recorded > last and entry.batch in (first, number)
        if not follows or not -(1 << 63) <= entry.recorded < 1 << 63:
            raise self._wrong(number, "it cannot follow the entry before it")
        return entry

    def _content(self, entry: Entry) -> None:
        """Hold what an entry brings in against its id. Raises `ValueError` or `ActError`."""
        digest = bytes.fromhex(entry.id.removeprefix(PREFIX))
        match entry.kind:
            case Kind.STATEMENT:
                self._statement(entry, self._next(STATEMENTS))
                if digest in self._known:
                    raise ValueError("its statement came in before")
                self._known.add(digest)
            case Kind.KEY:
                act, signatures = read_key_act(self._same(entry, KEYS, KEY_SCHEMA))
                _named_by(entry, act.organisation)
                self.history.admit(act, signatures, entry.seq, entry.recorded)
            case Kind.SIGNATURE:
                envelope = read_envelope(self._same(entry, SIGNATURES, SIGNATURE_SCHEMA))
                _named_by(entry, envelope.organisation)
                self.history.check(envelope, entry.seq, entry.recorded)
                if not all(bytes.fromhex(one.removeprefix(PREFIX)) in self._known for one in envelope.statements):
                    raise ValueError("it signs a statement that the ledger did not hold")
                self.signed.append(Signed(envelope=envelope, seq=entry.seq, recorded=entry.recorded))
            case Kind.AGREEMENT | Kind.MANIFEST:
                self._text(entry.id.removeprefix(PREFIX))
            case _:
                pass
        named = [digest] if entry.kind in _ABOUT_KNOWN else []
        named += [bytes.fromhex(entry.withdraws.removeprefix(PREFIX))] if entry.withdraws else []
        if not self._known.issuperset(named):
            raise ValueError("it is about a statement that never came in")

    def _next(self, name: str) -> bytes:
        line = next(self._beside[name], None)
        if line is None:
            raise ValueError(f"what it brings in is missing in {name}")
        return line

    def _same(self, entry: Entry, name: str, schema: str) -> bytes:
        line = self._next(name)
        if act_id(schema, line) != entry.id:
            raise ValueError(f"what stands for it in {name} is not what its id says")
        return line

    def _statement(self, entry: Entry, line: bytes) -> None:
        if PREFIX + hashlib.sha256(STATEMENT_DOMAIN + line).hexdigest() != entry.id:
            raise ValueError(f"what stands for it in {STATEMENTS} is not what its id says")
        fields = json.loads(line)
        if not isinstance(fields, dict) or _canonical(fields) != line:
            raise ValueError("its statement is not in its canonical form")
        if entry.id in self._wanted:
            self.speakers[entry.id] = str(fields.get("speaks_for", ""))
            term = str(fields.get("term", ""))
            if term.startswith("vote("):
                self.votes[entry.id] = term[5:].partition(",")[0].strip()

    def _text(self, name: str) -> None:
        if name in self._texts:
            return
        if name not in self._folder.names[TEXTS]:
            raise ValueError("its text is missing")
        if hashlib.sha256(self._folder.read(f"{TEXTS}/{name}", MOST_TEXT)).hexdigest() != name:
            raise self._folder.unsound(f"{TEXTS}/{name}", "it is not what its name says")
        self._texts.add(name)


def _named_by(entry: Entry, organisation: str) -> None:
    if entry.name != organisation:
        raise ValueError("its name is not that of the organisation")


def _entry_of(fields: dict[str, object]) -> Entry:
    """Make an entry of what a line has. Raises `ValueError`, `TypeError` or `KeyError`; what is too much is found by writing it again."""
    recorded = fields["recorded"]
    values = [fields[name] for name in ("batch", "seq", "id", "kind", "name", "path")] + [fields.get("withdraws", "")]
    batch, seq, id_, kind, name, path, withdraws = values
    texts = (id_, kind, name, path, withdraws, recorded)
    if type(batch) is not int or type(seq) is not int or not all(isinstance(text, str) for text in texts):
        raise TypeError
    if kind not in _KINDS or len(str(recorded)) > 20:  # noqa: PLR2004  the digits of 64 bits and a sign
        raise ValueError
    return Entry(
        seq=seq,
        batch=batch,
        recorded=int(str(recorded)),
        kind=Kind(str(kind)),
        id=str(id_),
        name=str(name),
        path=str(path),
        withdraws=str(withdraws),
    )


def _is_hash(text: str) -> bool:
    digits = text.removeprefix(PREFIX)
    return text.startswith(PREFIX) and len(digits) == 64 and not set(digits) - set("0123456789abcdef")  # noqa: PLR2004  of SHA-256


def _canonical(fields: dict[str, object]) -> bytes:
    """Write an object of texts, whole numbers and lists of texts as RFC 8785 does; of anything else the bytes are others."""
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")
