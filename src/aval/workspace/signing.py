"""Signing keys of a case's ledger, and statements that organisations sign."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path

from aval.answers.citing import summary
from aval.answers.proof import KeyLine, Keys, SignedLine, Signing
from aval.answers.recorded import exact
from aval.evidence.codes import proofs as codes
from aval.evidence.codes import stores
from aval.evidence.folder import open_folder
from aval.evidence.ledger.decode import statement_of
from aval.evidence.ledger.entry import PREFIX, packed, written
from aval.evidence.ledger.ledger import Clock, Ledger, clock, open_ledger
from aval.evidence.ledger.place import has_ledger
from aval.evidence.ledger.scan import verify
from aval.evidence.proof.acts import (
    MOST_BYTES,
    MOST_STATEMENTS,
    ActError,
    Deed,
    Envelope,
    KeyAct,
    read_envelope,
    sign_key_act,
    sign_statements,
)
from aval.evidence.proof.files import create, read_signer, read_small, write_signer, wrong
from aval.evidence.proof.history import Held, History
from aval.evidence.proof.keys import ORGANISATION, Signer, make_signer
from aval.evidence.proof.note import NOTE, VerifierKey
from aval.evidence.proof.recorded import acts_of, add_key_act, add_signatures, bodies, history_of
from aval.evidence.proof.tree import name_of
from aval.evidence.words import near_or, shown
from aval.model.problem import Code
from aval.model.statement import Statement
from aval.workspace import asking
from aval.workspace.asking import Moment
from aval.workspace.recorded import manifest_at

Place = str | PathLike[str]


def new_key(organisation: str, out: Path) -> VerifierKey:
    """Make a signing key, and write it and its public half (`.pub` beside it). Raises `Incorrect`, `Fault`."""
    if ORGANISATION.fullmatch(organisation) is None:
        hint = "Write letters, digits, points, hyphens and low lines, such as FRA or example.org."
        raise wrong(codes.KEY_FILE, f"{shown(organisation)} is no name of an organisation.", "organisation", hint)
    signer = make_signer(organisation)
    public = VerifierKey(organisation, NOTE, signer.key)
    beside = out.with_name(f"{out.name}.pub")
    write_signer(out, signer)
    try:
        create(beside, f"{public}\n".encode())
    except BaseException:
        out.unlink(missing_ok=True)
        raise
    return public


def keys(path: Place) -> Keys:
    """Give the signing keys of a case's ledger. Raises `Incorrect` for a case without a ledger."""
    with ledger_of(path) as ledger:
        return _keys(ledger)


def _keys(ledger: Ledger) -> Keys:
    upto = ledger.upto(None)
    verify(ledger, upto)
    manifest = manifest_at(ledger, upto)
    history = history_of(ledger, upto)
    lines = tuple(key_line(held, manifest.zone) for held in history.keys.values())
    return Keys(title=manifest.title, ledger=history.ledger, keeper=history.keeper, keys=lines)


def key_line(held: Held, zone: str) -> KeyLine:
    """Give a key as it is shown."""
    voucher = str(VerifierKey(held.organisation, NOTE, bytes.fromhex(held.vouched_by))) if held.vouched_by else ""
    return KeyLine(
        organisation=held.organisation,
        public=str(VerifierKey(held.organisation, NOTE, bytes.fromhex(held.key))),
        entry=held.enrolled,
        since=exact(held.enrolled_at, zone),
        vouched_by=voucher,
        until=None if held.ended_at is None else exact(held.ended_at, zone),
        ended_by=held.ended_by,
        mistrusted=None if held.mistrusted is None else exact(held.mistrusted, zone),
    )


def add_key(
    path: Place, key: Path, *, voucher: Path | None = None, replace: bool = False, out: Path | None = None, now: Clock = clock
) -> Keys:
    """Enrol a key; with `replace` the voucher's key ends by it. Raises `Incorrect` where the ledger does not take it."""
    signer = read_signer(key)
    other = read_signer(voucher) if voucher else None
    if other is not None and other.organisation != signer.organisation:
        raise wrong(codes.NOT_ADMITTED, f"It is a key of {other.organisation}, and the new one of {signer.organisation}.", str(voucher))

    def make(history: History) -> bytes:
        act = KeyAct(
            ledger=history.ledger,
            deed=Deed.ROTATE if replace else Deed.ADD,
            organisation=signer.organisation,
            key=signer.key.hex(),
            previous=history.last.get(signer.organisation, ""),
            replaces=other.key.hex() if replace and other else "",
        )
        return sign_key_act(act, [signer, *([other] if other else [])])

    return _done(path, make, out, now)


def revoke_key(path: Place, key: Path, *, named: str = "", since: Moment = None, out: Path | None = None, now: Clock = clock) -> Keys:
    """End a key: the signer's own unless another is named. Raises `Incorrect` where the ledger does not take it."""
    signer = read_signer(key)
    with ledger_of(path) as ledger:
        at = asking.start(since, manifest_at(ledger, ledger.upto(None)).zone, "since")

    def make(history: History) -> bytes:
        held = _found(history, named or signer.key.hex())
        act = KeyAct(
            ledger=history.ledger,
            deed=Deed.REVOKE,
            organisation=held.organisation,
            key=held.key,
            previous=history.last.get(held.organisation, ""),
            since="" if at is None else str(max(at, held.enrolled_at)),
        )
        return sign_key_act(act, [signer])

    return _done(path, make, out, now)


def _found(history: History, named: str) -> Held:
    """Find a key by its public form, its digits or the beginning of them."""
    made = {str(VerifierKey(held.organisation, NOTE, bytes.fromhex(held.key))): held for held in history.keys.values()}
    found = [held for text, held in made.items() if named == text or named == text.split("+")[1] or held.key == named]
    if len(found) != 1:
        raise wrong(codes.NOT_ADMITTED, f"The ledger has no key {shown(named)}.", "key", "aval key list shows them.")
    return found[0]


def _done(path: Place, make: Callable[[History], bytes], out: Path | None, now: Clock) -> Keys:
    if out is not None:
        with ledger_of(path) as ledger:
            create(out, make(history_of(ledger, ledger.upto(None))) + b"\n")
            return _keys(ledger)
    with ledger_of(path, writing=True, now=now) as ledger:
        with refusing(codes.NOT_ADMITTED):
            add_key_act(ledger, make)
        return _keys(ledger)


def take_key_act(path: Place, file: Path, now: Clock = clock) -> Keys:
    """Record an act about a key that somebody made elsewhere. Raises `Incorrect` where the ledger does not take it."""
    body = read_small(file, MOST_BYTES).removesuffix(b"\n")
    with ledger_of(path, writing=True, now=now) as ledger:
        with refusing(codes.NOT_ADMITTED, file):
            add_key_act(ledger, lambda _: body)
        return _keys(ledger)


def sign(path: Place, key: Path, names: Sequence[str], *, own: bool = False, out: Path | None = None, now: Clock = clock) -> Signing:
    """Sign statements, named by their labels or ids; with `own` all that speak for the organisation, and are not signed by it yet.

    Raises `Incorrect` where one is not held, or the key does not count.
    """
    signer = read_signer(key)
    with ledger_of(path, writing=out is None, now=now) as ledger:
        history = history_of(ledger, ledger.upto(None))
        verify(ledger, ledger.upto(None))
        statements = _named(ledger, names) if names else _own(ledger, signer) if own else []
        if not statements:
            found = f"There is nothing that speaks for {signer.organisation} and is not signed by it yet."
            raise wrong(codes.NOT_SIGNED, found if own else "There is nothing to sign.", "statement", "Name labels or ids, or write --own.")
        ids = sorted(statement.id for statement in statements)
        portions = [ids[at : at + MOST_STATEMENTS] for at in range(0, len(ids), MOST_STATEMENTS)]
        envelopes = [sign_statements(history.ledger, portion, signer) for portion in portions]
        with refusing(codes.NOT_SIGNED):
            for envelope in envelopes:
                history.check(envelope, ledger.upto(None) + 1, now())
            if out is None:
                add_signatures(ledger, envelopes)
            else:
                create(out, b"".join(envelope.body() + b"\n" for envelope in envelopes))
        return _signing(ledger, signer.organisation, signer.key, statements, recorded=out is None)


def take_signatures(path: Place, file: Path, now: Clock = clock) -> tuple[Signing, ...]:
    """Record signatures that somebody made elsewhere. Raises `Incorrect` where one may not come in; then none does."""
    with refusing(codes.NOT_SIGNED, file):
        envelopes = [read_envelope(line) for line in read_small(file, MOST_BYTES * 64).removesuffix(b"\n").split(b"\n")]
    with ledger_of(path, writing=True, now=now) as ledger:
        with refusing(codes.NOT_SIGNED, file):
            add_signatures(ledger, envelopes)
        return tuple(_taken(ledger, envelope) for envelope in envelopes)


def _taken(ledger: Ledger, envelope: Envelope) -> Signing:
    statements = _read(ledger, envelope.statements)
    return _signing(ledger, envelope.organisation, bytes.fromhex(envelope.key), statements, recorded=True)


def _signing(ledger: Ledger, organisation: str, key: bytes, statements: Sequence[Statement], *, recorded: bool) -> Signing:
    manifest = manifest_at(ledger, ledger.upto(None))
    lines = (SignedLine(id=one.id, label=one.label, said=one.said, summary=summary(one)) for one in statements)
    return Signing(
        title=manifest.title,
        ledger=name_of(ledger),
        organisation=organisation,
        public=str(VerifierKey(organisation, NOTE, key)),
        recorded=recorded,
        statements=tuple(sorted(lines, key=lambda line: (line.label, line.id))),
    )


def _named(ledger: Ledger, names: Sequence[str]) -> list[Statement]:
    labels = ledger.labels(ledger.upto(None))
    by_label = {label: digest for digest, (label, _) in labels.items()}
    found: dict[bytes, None] = {}
    for name in names:
        digest = _digest(name) if name.startswith(PREFIX) else by_label.get(name)
        if digest is None or digest not in labels:
            hint = near_or(name, list(by_label), "aval log lists them.")
            raise wrong(codes.NOT_SIGNED, f"The ledger holds no statement {shown(name)}.", "statement", hint)
        found[digest] = None
    return _read(ledger, [written(digest) for digest in found])


def _digest(name: str) -> bytes | None:
    try:
        return packed(name)
    except ValueError:
        return None


def _own(ledger: Ledger, signer: Signer) -> list[Statement]:
    signed = acts_of(ledger, ledger.upto(None)).signed_by(signer.organisation)
    held = (written(digest) for digest in ledger.labels(ledger.upto(None)))
    return [one for one in _read(ledger, [id_ for id_ in held if id_ not in signed]) if one.voice.speaks_for == signer.organisation]


def _read(ledger: Ledger, ids: Iterable[str]) -> list[Statement]:
    labels = ledger.labels(ledger.upto(None))
    found = []
    for id_, body in bodies(ledger, ids):
        label, file = labels.get(packed(id_), ("", ""))
        try:
            found.append(statement_of(id_, label, file, body))
        except ValueError as error:
            raise ledger.damaged(f"A statement cannot be read: {error}.") from None
    return found


@contextmanager
def ledger_of(path: Place, *, writing: bool = False, now: Clock = clock) -> Iterator[Ledger]:
    """Open the ledger of a case that has one. Raises `Incorrect` for a case without one."""
    folder = open_folder(Path(path))
    ledger = open_ledger(folder.path, writing=writing, now=now) if has_ledger(folder.path) else None
    try:
        if ledger is None or not ledger.upto(None):
            raise wrong(stores.NO_LEDGER, "This case has no ledger yet.", str(path), f"Make one: aval import {path}")
        yield ledger
    finally:
        if ledger is not None:
            ledger.close()


@contextmanager
def refusing(code: Code, where: Path | str = "key") -> Iterator[None]:
    """Turn what an act may not do into a problem."""
    try:
        yield
    except ActError as error:
        text = str(error)
        raise wrong(code, f"{text[:1].upper()}{text[1:]}.", where) from None
