"""Checkpoints, cosignatures and what is asked of a witness, as C2SP's tlog-checkpoint, tlog-cosignature and tlog-witness write them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aval.evidence.proof.keys import SIGNATURE_BYTES, Signer, holds
from aval.evidence.proof.merkle import MOST_HASHES, Hash
from aval.evidence.proof.note import (
    COSIGNATURE,
    NOTE,
    Note,
    NoteError,
    Signature,
    VerifierKey,
    as_base64,
    hashes_of,
    key_id,
    number_of,
    read_note,
)

_TIME_BYTES = 8


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a ledger has committed itself to: so many entries with this root, under its name. `note` carries the signatures."""

    origin: str
    size: int
    root: Hash
    note: Note


@dataclass(frozen=True, slots=True)
class Request:
    """What a witness is asked: to cosign a checkpoint, whose first `old` entries it has seen, as the proof shows."""

    old: int
    proof: tuple[Hash, ...]
    checkpoint: Checkpoint


def text_of(origin: str, size: int, root: Hash) -> str:
    """Write what is signed."""
    return f"{origin}\n{size}\n{as_base64(root)}\n"


def make_checkpoint(origin: str, size: int, root: Hash, signer: Signer) -> Checkpoint:
    """Sign a checkpoint in the name of the ledger."""
    text = text_of(origin, size, root)
    signed = Signature(origin, key_id(origin, NOTE, signer.key), signer.sign(text.encode()))
    return Checkpoint(origin, size, root, Note(text, (signed,)))


def read_checkpoint(data: bytes) -> Checkpoint:
    """Read a checkpoint. Raises `NoteError`; no signature is looked at. Lines beyond the third are refused: we write none."""
    note = read_note(data)
    lines = note.text.split("\n")[:-1]
    if len(lines) != 3 or not lines[0].strip():  # noqa: PLR2004  origin, size, root
        raise NoteError("it is no checkpoint of three lines")
    (root,) = hashes_of(lines[2:], 1)
    return Checkpoint(lines[0], number_of(lines[1]), root, note)


def signed_by(checkpoint: Checkpoint, key: bytes) -> bool:
    """Whether the ledger's key signed it."""
    wanted = key_id(checkpoint.origin, NOTE, key)
    text = checkpoint.note.text.encode()
    return any(one.name == checkpoint.origin and one.key_id == wanted and holds(key, one.data, text) for one in checkpoint.note.signatures)


def cosign(checkpoint: Checkpoint, signer: Signer, seconds: int) -> Signature:
    """Cosign: say that at this time it was the largest tree of its ledger that the signer had seen, grown out of all that it had seen."""
    made = signer.sign(_cosigned(checkpoint, seconds))
    id_ = key_id(signer.organisation, COSIGNATURE, signer.key)
    return Signature(signer.organisation, id_, seconds.to_bytes(_TIME_BYTES, "big") + made)


def cosigned_at(checkpoint: Checkpoint, line: Signature, name: str, key: bytes) -> int | None:
    """Give the second at which a line says that this key cosigned; `None` where it is not a cosignature by it that holds."""
    if line.name != name or line.key_id != key_id(name, COSIGNATURE, key) or len(line.data) != _TIME_BYTES + SIGNATURE_BYTES:
        return None
    seconds = int.from_bytes(line.data[:_TIME_BYTES], "big")
    if seconds >= 1 << 63 or not holds(key, line.data[_TIME_BYTES:], _cosigned(checkpoint, seconds)):
        return None
    return seconds


def _cosigned(checkpoint: Checkpoint, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{checkpoint.note.text}".encode()


def with_signatures(checkpoint: Checkpoint, more: Sequence[Signature]) -> Checkpoint:
    """Give a checkpoint with further signatures, each once."""
    signatures = tuple(dict.fromkeys((*checkpoint.note.signatures, *more)))
    return Checkpoint(checkpoint.origin, checkpoint.size, checkpoint.root, Note(checkpoint.note.text, signatures))


def key_of(signer: Signer) -> VerifierKey:
    """Give a signer's key to hand out."""
    return VerifierKey(signer.organisation, NOTE, signer.key)


def write_request(request: Request) -> bytes:
    """Write what a witness is asked, as the body of C2SP's add-checkpoint."""
    head = "".join(f"{line}\n" for line in (f"old {request.old}", *map(as_base64, request.proof)))
    return f"{head}\n".encode() + bytes(request.checkpoint.note)


def read_request(data: bytes) -> Request:
    """Read what a witness is asked. Raises `NoteError`."""
    head, gap, rest = data.partition(b"\n\n")
    if not gap or len(head) > MOST_HASHES * 50:
        raise NoteError("it has no checkpoint after an empty line")
    try:
        first, *lines = head.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise NoteError("what stands before the checkpoint is not ASCII") from None
    if not first.startswith("old "):
        raise NoteError("it does not begin with the size that was seen before")
    return Request(number_of(first[4:]), tuple(hashes_of(lines, MOST_HASHES)), read_checkpoint(rest))
