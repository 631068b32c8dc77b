"""What a ledger has of proofs: the history of its keys, its checkpoints with their cosignatures, and how each is added."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from aval.evidence.ledger.entry import Act, Kind, packed, written
from aval.evidence.ledger.ledger import Ledger
from aval.evidence.ledger.scan import verify
from aval.evidence.proof.acts import KEY_SCHEMA, SIGNATURE_SCHEMA, ActError, Envelope, act_id, read_envelope, read_key_act
from aval.evidence.proof.checkpoint import Checkpoint, make_checkpoint, read_checkpoint, with_signatures
from aval.evidence.proof.history import History
from aval.evidence.proof.keys import Signer
from aval.evidence.proof.merkle import root
from aval.evidence.proof.note import NoteError, Signature, read_signature
from aval.evidence.proof.tree import Tree, grow, has_proofs, name_of
from aval.model.instant import Instant

_ROWS = "SELECT seq, recorded, id, body FROM entry WHERE kind = {} AND seq <= ? ORDER BY seq"
_KEYS, _SIGNATURES = _ROWS.format("'key'"), _ROWS.format("'signature'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """A signature under statements as a ledger has it."""

    seq: int
    recorded: Instant
    envelope: Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """The history of a ledger's keys, and the signatures under its statements."""

    history: History
    signatures: tuple[Recorded, ...]

    def signed_by(self, organisation: str) -> set[str]:
        """Give the statements with a signature of an organisation that counts."""
        return {
            id_
            for one in self.signatures
            if one.envelope.organisation == organisation and self.history.keys[one.envelope.key].counts(one.seq, one.recorded)
            for id_ in one.envelope.statements
        }


def history_of(ledger: Ledger, upto: int) -> History:
    """Give whose keys counted when, up to an entry. Raises `Fault` where an act could not have come in."""
    history = History(name_of(ledger))
    for seq, recorded, body in _bodies(ledger, _KEYS, KEY_SCHEMA, upto):
        try:
            history.admit(*read_key_act(body), seq, recorded)
        except ActError as error:
            raise ledger.damaged(f"Entry {seq} cannot be: {error}.") from None
    return history


def acts_of(ledger: Ledger, upto: int) -> Acts:
    """Give the history of keys and all signatures, every one checked. Raises `Fault` where something could not have come in."""
    history = history_of(ledger, upto)
    signatures = []
    for seq, recorded, body in _bodies(ledger, _SIGNATURES, SIGNATURE_SCHEMA, upto):
        try:
            envelope = read_envelope(body)
            history.was_sound(envelope, seq)
        except ActError as error:
            raise ledger.damaged(f"Entry {seq} cannot be: {error}.") from None
        signatures.append(Recorded(seq=seq, recorded=recorded, envelope=envelope))
    return Acts(history=history, signatures=tuple(signatures))


def _bodies(ledger: Ledger, sql: str, schema: str, upto: int) -> Iterator[tuple[int, Instant, bytes]]:
    """Yield what entries of one kind brought in, each held against its id."""
    for seq, recorded, id_, body in ledger.rows(sql, (upto,)) if has_proofs(ledger) else ():
        match seq, recorded, id_, body:
            case int(), int(), bytes(), bytes() if act_id(schema, body) == written(id_):
                yield seq, recorded, body
            case _:
                raise ledger.damaged(f"Entry {seq} is not what its id says.")


def add_key_act(ledger: Ledger, make: Callable[[History], bytes]) -> None:
    """Record an act about a key, made for the history as it stands. Raises `ActError` where it may not be done."""
    with ledger.writing() as pen:
        history = history_of(ledger, ledger.upto(None))
        body = make(history)
        act, signatures = read_key_act(body)
        history.admit(act, signatures, *pen.next)
        pen.write([Act(kind=Kind.KEY, id=act_id(KEY_SCHEMA, body), name=act.organisation, body=body)])


def add_signatures(ledger: Ledger, envelopes: Iterable[Envelope]) -> None:
    """Record signatures under statements; one that is there already makes no entry. Raises `ActError` where one may not come in."""
    with ledger.writing() as pen:
        history = history_of(ledger, ledger.upto(None))
        for envelope in envelopes:
            body = envelope.body()
            id_ = act_id(SIGNATURE_SCHEMA, body)
            if pen.knows(Kind.SIGNATURE, id_):
                continue
            history.check(envelope, *pen.next)
            missing = [one for one in envelope.statements if not pen.knows(Kind.STATEMENT, one)]
            if missing:
                raise ActError(f"the ledger has no statement {missing[0]}")
            pen.write([Act(kind=Kind.SIGNATURE, id=id_, name=envelope.organisation, body=body)])


def checkpoints(ledger: Ledger) -> list[Checkpoint]:
    """Give all checkpoints with their cosignatures, the earliest first. Raises `Fault` where one is none."""
    if not has_proofs(ledger):
        return []
    lines: dict[int, list[Signature]] = {}
    try:
        for size, line in ledger.rows("SELECT size, line FROM cosignature ORDER BY number"):
            lines.setdefault(int(str(size)), []).append(read_signature(str(line)))
        return [_whole(int(str(size)), note, lines) for size, note in ledger.rows("SELECT size, note FROM checkpoint ORDER BY size")]
    except NoteError as error:
        raise ledger.damaged(f"A checkpoint cannot be read: {error}.") from None


def _whole(size: int, note: object, lines: dict[int, list[Signature]]) -> Checkpoint:
    if not isinstance(note, bytes):
        raise NoteError("it is none")
    checkpoint = read_checkpoint(note)
    if checkpoint.size != size:
        raise NoteError("it is of another size")
    return with_signatures(checkpoint, lines.get(size, ()))


def last_checkpoint(ledger: Ledger) -> Checkpoint | None:
    """Give the newest checkpoint."""
    return next(reversed(checkpoints(ledger)), None)


def add_checkpoint(ledger: Ledger, signer: Signer) -> Checkpoint:
    """Sign what is recorded now; what is new since the last checkpoint is held against its seals first. Raises `ActError`, `Fault`.

    Where nothing is new the last checkpoint is given as it is.
    """
    with ledger.writing() as pen:
        size, last = ledger.upto(None), last_checkpoint(ledger)
        history = history_of(ledger, size)
        if signer.key.hex() not in {held.key for held in history.keepers(size)}:
            raise ActError(f"this is no key of {history.keeper or 'anybody'}, who keeps the ledger, that counts")
        if last is not None and last.size == size:
            return last
        verify(ledger, size, last.size if last else 0)
        grow(ledger, pen, size)
        tree = Tree(ledger, size)
        if last is not None and root(tree.node, last.size) != last.root:
            raise ledger.damaged("Its entries are not those of its last checkpoint.")
        made = make_checkpoint(name_of(ledger), size, root(tree.node, size), signer)
        values = (size, pen.next[1], bytes(made.note))
        pen.put("INSERT INTO checkpoint (size, recorded, note) VALUES (?, ?, ?)", values)
        return made


def add_cosignatures(ledger: Ledger, size: int, lines: Iterable[Signature]) -> None:
    """Put lines below a checkpoint; one that is there already is left as it is."""
    with ledger.writing() as pen:
        sql = "INSERT INTO cosignature (number, size, recorded, line) SELECT coalesce(max(number), 0) + 1, ?, ?, ? FROM cosignature"
        known = {str(line) for (line,) in ledger.rows("SELECT line FROM cosignature WHERE size = ?", (size,))}
        for line in lines:
            if str(line) not in known:
                pen.put(sql, (size, pen.next[1], str(line)))


def stamps(ledger: Ledger) -> dict[int, bytes]:
    """Give the time stamps of checkpoints, by their sizes."""
    rows = ledger.rows("SELECT size, token FROM stamp") if has_proofs(ledger) else ()
    return {size: token for size, token in rows if isinstance(size, int) and isinstance(token, bytes)}


def add_stamp(ledger: Ledger, size: int, token: bytes) -> None:
    """Put a time stamp to a checkpoint; the first one stays."""
    with ledger.writing() as pen:
        if size not in stamps(ledger):
            pen.put("INSERT INTO stamp (size, recorded, token) VALUES (?, ?, ?)", (size, pen.next[1], token))


def bodies(ledger: Ledger, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield statements that came in, by their ids."""
    for id_ in ids:
        for (body,) in ledger.rows("SELECT body FROM entry WHERE kind = 'statement' AND id = ? AND body IS NOT NULL", (packed(id_),)):
            if isinstance(body, bytes):
                yield id_, body
