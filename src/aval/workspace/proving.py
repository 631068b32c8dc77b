"""Checkpoints of a case's ledger, bundles of it, their judgement, and witnesses."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from aval.answers.proof import CosignedLine, SignerLine, Verified
from aval.answers.recorded import exact
from aval.evidence.codes import proofs as codes
from aval.evidence.ledger.ledger import Clock, Ledger, clock
from aval.evidence.proof.bundle import write_bundle
from aval.evidence.proof.checkpoint import Checkpoint, Request, cosigned_at, read_checkpoint, read_request, signed_by
from aval.evidence.proof.files import create, public_of, read_public, read_signer, read_small, wrong
from aval.evidence.proof.history import linked, quorum
from aval.evidence.proof.keys import Signer
from aval.evidence.proof.merkle import proves_consistency
from aval.evidence.proof.note import MOST_BYTES, NOTE, NoteError, Signature, VerifierKey
from aval.evidence.proof.recorded import add_checkpoint, add_cosignatures, add_stamp, checkpoints, history_of, stamps
from aval.evidence.proof.stamp import read_authorities, request_of, stamped_at
from aval.evidence.proof.verify import Judged, judge
from aval.evidence.proof.witness import Witness, root_grew
from aval.evidence.words import shown
from aval.model.instant import Instant, to_datetime
from aval.model.problem import Incorrect
from aval.workspace.signing import Place, key_line, ledger_of, refusing

T = TypeVar("T")


def sign_checkpoint(path: Place, key: Path, now: Clock = clock) -> Checkpoint:
    """Sign what is recorded now. Raises `Incorrect` where the key is none of the keeper's."""
    signer = read_signer(key)
    with ledger_of(path, writing=True, now=now) as ledger, refusing(codes.NOT_THEIRS):
        return add_checkpoint(ledger, signer)


def newest_checkpoint(path: Place) -> Checkpoint:
    """Give the newest checkpoint with its cosignatures. Raises `Incorrect` where there is none."""
    with ledger_of(path) as ledger:
        return _all(ledger, path)[-1]


def _all(ledger: Ledger, path: Place) -> list[Checkpoint]:
    found = checkpoints(ledger)
    if not found:
        raise wrong(codes.NO_CHECKPOINT, "There is no checkpoint yet.", str(path), f"Make one: aval checkpoint {path} --key FILE")
    return found


def take_cosigned(path: Place, file: Path, now: Clock = clock) -> Checkpoint:
    """Put the cosignatures of a file below the checkpoint that they are of. Raises `Incorrect` where none in it is by a key that counts."""
    given = _read(file, read_checkpoint, MOST_BYTES)
    with ledger_of(path, writing=True, now=now) as ledger:
        found = {one.size: one for one in checkpoints(ledger)}.get(given.size)
        if found is None or found.note.text != given.note.text:
            raise wrong(codes.NOT_THEIRS, "The ledger has no such checkpoint.", file, "aval checkpoint shows the newest one.")
        history = history_of(ledger, ledger.upto(None))
        lines = [line for held in history.cosigners(given.size) for line in _by(given, held.organisation, held.key)]
        if not lines:
            hint = "Whoever cosigns enrols a key first: aval key add"
            raise wrong(codes.NOT_THEIRS, "No organisation with a key that counted there has cosigned it.", file, hint)
        add_cosignatures(ledger, given.size, lines)
        return {one.size: one for one in checkpoints(ledger)}[given.size]


def _by(checkpoint: Checkpoint, organisation: str, key: str) -> list[Signature]:
    made = bytes.fromhex(key)
    return [line for line in checkpoint.note.signatures if cosigned_at(checkpoint, line, organisation, made) is not None]


def ask_for_stamp(path: Place, out: Path) -> None:
    """Write the request for a time stamp of the newest checkpoint. Raises `Incorrect` where something is there."""
    create(out, request_of(newest_checkpoint(path)))


def take_stamp(path: Place, file: Path, ca: Path, now: Clock = clock) -> Checkpoint:
    """Put a time stamp to the newest checkpoint, which it is of. Raises `Incorrect` where it does not hold."""
    authorities, token = read_authorities(ca), read_small(file, MOST_BYTES)
    with ledger_of(path, writing=True, now=now) as ledger:
        newest = _all(ledger, path)[-1]
        stamped_at(token, newest, authorities, file)
        add_stamp(ledger, newest.size, token)
        return newest


def export_bundle(path: Place, out: Path) -> Checkpoint:
    """Write a bundle of all that the newest checkpoint covers. Raises `Incorrect` where it does not cover what is recorded."""
    with ledger_of(path) as ledger:
        found = _all(ledger, path)
        behind = ledger.upto(None) - found[-1].size
        if behind:
            message = f"The newest checkpoint does not cover the last {behind} entries."
            raise wrong(codes.NO_CHECKPOINT, message, str(path), f"Sign one that does: aval checkpoint {path} --key FILE")
        write_bundle(ledger, found, stamps(ledger), out)
        return found[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Demands:
    """What a reader asks of a bundle.

    Keys that they know, how many organisations have cosigned, a checkpoint that they saw before, and an authority whose time stamps they
    trust, by its certificate.
    """

    trust: Path | None = None
    quorum: int | None = None
    seen: Path | None = None
    ca: Path | None = None


def verify_bundle(path: Path, demands: Demands) -> Verified:
    """Judge a bundle. Raises `Incorrect` for the first thing that does not hold, or that a demand does not find."""
    seen = _read(demands.seen, read_checkpoint, MOST_BYTES) if demands.seen else None
    pinned = read_public(demands.trust) if demands.trust else []
    judged = judge(path, (seen.size,) if seen else ())
    trusted = _trusted(judged, pinned, demands.trust)
    if seen is not None and demands.seen is not None:
        _compare(judged, seen, demands.seen)
    stamped = _stamped(judged, path, demands.ca) if demands.ca else {}
    verified = _verified(judged, (trusted, pinned), seen, stamped)
    if demands.quorum is not None and len(verified.organisations) < demands.quorum:
        named = ", ".join(verified.organisations) or "none"
        message = f"{demands.quorum} are asked for, and these count: {named}."
        raise wrong(codes.TOO_FEW, message, path / "checkpoint", "Each organisation counts once; the keeper of the ledger does not.")
    return verified


def _trusted(judged: Judged, pinned: Sequence[VerifierKey], where: Path | None) -> set[str]:
    """Give the keys that go back to those that a reader knows. Raises `Incorrect` where the ledger has another key in such a name."""
    for one in pinned:
        held = judged.history.keys.get(one.key.hex())
        if held is None or held.organisation != one.name:
            hint = "Either it is not the ledger that you think, or somebody else speaks in that name."
            raise wrong(codes.NOT_SOUND, f"The ledger does not have the key of {one.name} that you know.", str(where), hint)
    return linked(judged.history.keys, (one.key.hex() for one in pinned))


def _compare(judged: Judged, seen: Checkpoint, where: Path) -> None:
    newest = judged.checkpoint
    if seen.origin != newest.origin:
        raise wrong(codes.INCONSISTENT, "It is a checkpoint of another ledger.", where)
    if not any(signed_by(seen, bytes.fromhex(key)) for key in judged.history.keys):
        raise wrong(codes.NOT_THEIRS, "No key of this ledger has signed it.", where)
    if seen.size > newest.size:
        message = f"The bundle has {newest.size} entries, and you saw {seen.size}: its history is shorter than what you saw."
        raise wrong(codes.INCONSISTENT, message, where, "Keep both: together they show it.")
    if judged.roots.get(seen.size) != seen.root:
        message = f"The first {seen.size} entries of the bundle are not those that you saw: there are two histories."
        raise wrong(codes.INCONSISTENT, message, where, "Keep both: together they prove it.")


def _stamped(judged: Judged, path: Path, ca: Path) -> dict[int, Instant]:
    authorities = read_authorities(ca)
    return {
        size: stamped_at(token, checkpoint, authorities, path / "stamps" / str(size)) for size, (checkpoint, token) in judged.stamps.items()
    }


def _verified(
    judged: Judged, trust: tuple[set[str], Sequence[VerifierKey]], seen: Checkpoint | None, stamped: dict[int, Instant]
) -> Verified:
    trusted, pinned = trust
    keys, newest = judged.history.keys, judged.checkpoint
    counted = [one for one in judged.cosigned if not pinned or one.key in trusted]
    lines = tuple(
        CosignedLine(
            organisation=one.organisation,
            public=str(VerifierKey(one.organisation, NOTE, bytes.fromhex(one.key))),
            at=_second(one.seconds),
            trusted=one.key in trusted,
        )
        for one in judged.cosigned
    )
    voted = {id_: one.envelope.organisation for one, id_ in judged.counting() if id_ in judged.votes}
    own = {id_ for one, id_ in judged.counting() if judged.votes.get(id_) == one.envelope.organisation}
    keepers = {held.key for held in judged.history.keepers(newest.size)}
    return Verified(
        ledger=newest.origin,
        keeper=judged.history.keeper,
        keeper_trusted=bool(keepers & trusted),
        entries=newest.size,
        root=newest.root.hex(),
        first=exact(judged.recorded[0], "UTC"),
        last=exact(judged.recorded[1], "UTC"),
        counts=judged.counts,
        checkpoints=(*judged.earlier, newest.size),
        organisations=tuple(sorted(quorum((one.key for one in counted), keys))),
        cosigned=lines,
        unknown=judged.unknown,
        signers=_signers(judged, trusted),
        votes=len(voted),
        own_votes=len(own),
        pinned=len(pinned),
        compared=seen.size if seen else None,
        stamped={str(size): exact(at, "UTC") for size, at in stamped.items()},
        unstamped=len(judged.stamps) - len(stamped),
        keys=tuple(key_line(held, "UTC") for held in keys.values()),
    )


def _signers(judged: Judged, trusted: set[str]) -> tuple[SignerLine, ...]:
    signed: dict[str, set[str]] = {}
    good: dict[str, bool] = {}
    for one, id_ in judged.counting():
        name = one.envelope.organisation
        signed.setdefault(name, set()).add(id_)
        good[name] = good.get(name, True) and one.envelope.key in trusted
    return tuple(
        SignerLine(
            organisation=name,
            statements=len(ids),
            own=sum(judged.speakers.get(id_) == name for id_ in ids),
            trusted=good[name],
        )
        for name, ids in sorted(signed.items())
    )


def _second(seconds: int) -> str:
    try:
        return to_datetime(seconds * 1_000_000).isoformat(timespec="seconds")
    except OverflowError:
        return "a time that no calendar has"


def witness(given: Path, key: Path, state: Path, accept: str = "") -> Checkpoint:
    """Cosign what a bundle or a request has, if it grew out of what this witness has seen. Raises `Incorrect` where it must not."""
    signer = read_signer(key)
    accepted = _accepted(accept)
    if given.is_dir():
        return _witness_bundle(given, signer, state, accepted)
    asked = _read(given, read_request, MOST_BYTES * 2)
    one = Witness(signer, _state(state))
    with one.alone():
        known = one.memory(asked.checkpoint.origin)
        keys = {key.key.hex() for key in accepted} | set(known.keys if known else ())
        _known(keys, asked.checkpoint, None)
        return one.cosign(asked.checkpoint, keys, lambda seen: _proven(asked, seen))


def _proven(asked: Request, seen: Checkpoint) -> bool:
    newest = asked.checkpoint
    return asked.old == seen.size and proves_consistency(seen.size, newest.size, asked.proof, seen.root, newest.root)


def _witness_bundle(given: Path, signer: Signer, state: Path, accepted: Sequence[VerifierKey]) -> Checkpoint:
    """A bundle shows more than a proof: all entries are looked at, and a key that the known ones vouch for is known too."""
    one = Witness(signer, _state(state))
    with one.alone():
        origin = _read(given / "checkpoint", read_checkpoint, MOST_BYTES).origin
        known = one.memory(origin)
        judged = judge(given, (known.seen.size,) if known else ())
        keepers = {held.key for held in judged.history.keepers(judged.checkpoint.size)}
        pinned = {key.key.hex() for key in accepted} | set(known.keys if known else ())
        keys = linked(judged.history.keys, pinned) & keepers
        _known(keys, judged.checkpoint, judged)
        return one.cosign(judged.checkpoint, keys, lambda seen: root_grew(judged.roots, seen))


def _known(keys: Collection[str], checkpoint: Checkpoint, judged: Judged | None) -> None:
    """Raise `Incorrect` where a witness does not know whose ledger it is yet."""
    if keys:
        return
    named = (
        [VerifierKey(held.organisation, NOTE, bytes.fromhex(held.key)) for held in judged.history.keepers(checkpoint.size)]
        if judged
        else []
    )
    says = f" The bundle itself says: {named[0]}." if named else ""
    hint = f"Ask the keeper for the public key by another way, and name it with --accept.{says}"
    raise wrong(codes.NOT_THEIRS, "You do not know the keeper of this ledger yet.", shown(checkpoint.origin[:80]), hint)


def _accepted(accept: str) -> list[VerifierKey]:
    """Read a public key as it is written, or a file of such."""
    if not accept:
        return []
    return [public_of(accept, "--accept")] if "+" in accept and not Path(accept).exists() else read_public(Path(accept))


def _state(state: Path) -> Path:
    """Refuse a memory that others may write."""
    try:
        mode = state.stat().st_mode
    except FileNotFoundError:
        return state
    except OSError as error:
        raise wrong(codes.STATE, f"It cannot be read: {error.strerror or 'the system refused'}.", state) from None
    if not stat.S_ISDIR(mode) or mode & 0o022:
        raise wrong(codes.STATE, "It is no folder that only you may write.", state, f"chmod 700 {state}")
    return state


def state_folder() -> Path:
    """Give the folder in which a witness remembers, where none is named."""
    base = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(base) / "aval" / "witness"


def _read(path: Path, reader: Callable[[bytes], T], most: int) -> T:
    """Read a small file. Raises `Incorrect` where it is not what the reader reads."""
    try:
        return reader(read_small(path, most))
    except NoteError as error:
        raise wrong(codes.NOT_A_NOTE, f"It cannot be read: {error}.", path) from None


def write_note(out: Path, note: bytes) -> None:
    """Write a cosigned checkpoint where nothing is. Raises `Incorrect`, `Fault`."""
    create(out, note)


def judgement(error: Incorrect) -> bool:
    """Whether what was raised is a judgement on what a bundle says, and not a mistake of whoever asked."""
    against = (codes.NOT_SOUND, codes.INCONSISTENT, codes.TOO_FEW, codes.NOT_STAMPED, codes.NOT_THEIRS)
    return all(problem.code in against for problem in error.problems)
