"""Statements and votes that organisations sign, here and elsewhere; replay is refused, and answers stay what they were (TRUST T5)."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import apsw
import pytest

import aval
from aval.evidence.ledger import database, migrations
from aval.evidence.ledger.entry import Act, Kind
from aval.evidence.ledger.ledger import open_ledger
from aval.evidence.proof.acts import SIGNATURE_SCHEMA, Deed, Envelope, KeyAct, act_id, read_envelope, sign_key_act, sign_statements
from aval.evidence.proof.checkpoint import cosign, make_checkpoint
from aval.evidence.proof.keys import holds
from aval.evidence.proof.recorded import acts_of
from aval.evidence.proof.tree import name_of
from aval.model.problem import AvalError, Incorrect
from aval.workspace import signing
from aval.workspace.ledger import Filter, log
from aval.workspace.proving import Demands, verify_bundle
from tests.ledger.cases import PACT, bytes_of, entries, ledger_of, make, row, scribble, take, write
from tests.proof.world import World, code_of, signer

COUNCIL = PACT.replace(
    'event truce_ends "a truce ends"',
    """event truce_ends "a truce ends"
body council "the council"
  seats coalition
  may find extension
  decides by unanimity
event extension "it is extended\"""",
)


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path).begin()
    made.enrol("OSCE", "FRA", "GBR")
    return made


def signed_by(world: World, name: str) -> set[str]:
    ledger = open_ledger(world.case)
    try:
        return acts_of(ledger, ledger.upto(None)).signed_by(name)
    finally:
        ledger.close()


def test_an_organisation_signs_what_speaks_for_it(world: World) -> None:
    done = signing.sign(world.case, world.key("FRA"), (), own=True, now=world.watch)
    assert done.recorded
    assert [one.label for one in done.statements] == ["s0", "s3"]
    assert "truce_begins" in done.statements[0].summary
    assert len(signed_by(world, "FRA")) == 2
    with pytest.raises(Incorrect) as wrong:
        signing.sign(world.case, world.key("FRA"), (), own=True, now=world.watch)
    assert code_of(wrong.value) == "AV440"
    world.more(3)
    again = signing.sign(world.case, world.key("FRA"), (), own=True, now=world.watch)
    assert [one.label for one in again.statements] == ["s6"]


def test_it_signs_what_it_names(world: World) -> None:
    one = signing.sign(world.case, world.key("FRA"), ["s2", "s1", "s2"], now=world.watch)
    assert [line.label for line in one.statements] == ["s1", "s2"]
    signing.sign(world.case, world.key("GBR"), [one.statements[0].id], now=world.watch)
    for name in ("s99", "sha256:00", "sha256:" + "0" * 64):
        with pytest.raises(Incorrect) as wrong:
            signing.sign(world.case, world.key("FRA"), [name], now=world.watch)
        assert code_of(wrong.value) == "AV440"


def test_what_is_withdrawn_is_not_signed(world: World) -> None:
    write(world.case, row("s1", note="1"))
    take(world.case, world.watch)
    with pytest.raises(Incorrect):
        signing.sign(world.case, world.key("FRA"), ["s0"], now=world.watch)


def test_only_a_key_that_counts_signs(world: World) -> None:
    stranger = world.key("USA")
    for key in (stranger, world.key("FRA", 4)):
        with pytest.raises(Incorrect) as wrong:
            signing.sign(world.case, key, ["s1"], now=world.watch)
        assert code_of(wrong.value) == "AV440"
    signing.revoke_key(world.case, world.key("FRA"), now=world.watch)
    before = entries(world.case, "*")
    with pytest.raises(Incorrect):
        signing.sign(world.case, world.key("FRA"), ["s1"], now=world.watch)
    assert entries(world.case, "*") == before


def test_signatures_that_were_made_elsewhere(world: World, tmp_path: Path) -> None:
    """In a copy of the case; the keeper takes the file in, as often as they like."""
    elsewhere = Path(shutil.copytree(world.case, tmp_path / "copy"))
    file = tmp_path / "FRA.sig"
    before = bytes_of(elsewhere)
    made = signing.sign(elsewhere, world.key("FRA"), (), own=True, out=file, now=world.watch)
    assert not made.recorded
    assert bytes_of(elsewhere) == before
    (taken,) = signing.take_signatures(world.case, file, now=world.watch)
    assert [one.id for one in taken.statements] == [one.id for one in made.statements]
    count = world.size()
    signing.take_signatures(world.case, file, now=world.watch)
    assert world.size() == count
    assert signed_by(world, "FRA") == {one.id for one in made.statements}


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 5000, b'{"schema":"aval.signature/1"}'])
def test_a_file_of_signatures_that_is_none(world: World, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "x.sig"
    file.write_bytes(data)
    before = entries(world.case, "*")
    for call in (signing.take_signatures, signing.take_key_act):
        with pytest.raises(Incorrect) as wrong:
            call(world.case, file, now=world.watch)
        assert code_of(wrong.value) in ("AV434", "AV440")
    assert entries(world.case, "*") == before


def test_a_key_that_is_enrolled_from_elsewhere(world: World, tmp_path: Path) -> None:
    elsewhere = Path(shutil.copytree(world.case, tmp_path / "copy"))
    signing.add_key(elsewhere, world.key("USA"), out=tmp_path / "act", now=world.watch)
    found = signing.take_key_act(world.case, tmp_path / "act", now=world.watch)
    assert [one.organisation for one in found.keys] == ["OSCE", "FRA", "GBR", "USA"]
    with pytest.raises(Incorrect) as wrong:
        signing.take_key_act(world.case, tmp_path / "act", now=world.watch)
    assert code_of(wrong.value) == "AV434"
    with pytest.raises(Incorrect) as wrong:
        signing.add_key(world.case, world.key("USA", 2), now=world.watch)
    assert code_of(wrong.value) == "AV434"
    with pytest.raises(Incorrect) as wrong:
        signing.add_key(world.case, world.key("USA", 2), voucher=world.key("FRA"), now=world.watch)
    assert code_of(wrong.value) == "AV434"


def test_no_signature_of_one_kind_is_one_of_another() -> None:
    """The cross product: every kind of message that a key signs, held against every other, in its ledger and in another one."""
    ledgers = ["aval.ledger/" + digit * 64 for digit in "01"]
    key = signer("FRA")
    messages = {}
    for ledger in ledgers:
        envelope = Envelope(ledger=ledger, organisation="FRA", key=key.key.hex(), statements=("sha256:" + "a" * 64,))
        messages["signature", ledger] = envelope.message()
        for deed, more in ((Deed.ADD, {}), (Deed.ROTATE, {"replaces": "0" * 64}), (Deed.REVOKE, {}), (Deed.REVOKE, {"since": "5"})):
            act = KeyAct(ledger=ledger, deed=deed, organisation="FRA", key=key.key.hex(), **more)
            messages[f"{deed} {more}", ledger] = act.message()
            messages[f"{deed} {more} later", ledger] = KeyAct(
                ledger=ledger, deed=deed, organisation="FRA", key=key.key.hex(), previous="sha256:" + "0" * 64, **more
            ).message()
        checkpoint = make_checkpoint(ledger, 3, bytes(32), key)
        messages["checkpoint", ledger] = checkpoint.note.text.encode()
        messages["cosignature", ledger] = b"cosignature/v1\ntime 5\n" + checkpoint.note.text.encode()
    assert len(messages) == 22
    signatures = {kind: key.sign(message) for kind, message in messages.items()}
    for one, other in product(messages, messages):
        assert holds(key.key, signatures[one], messages[other]) is (one == other)
    checkpoint = make_checkpoint(ledgers[0], 3, bytes(32), key)
    assert cosign(checkpoint, key, 5).data[8:] == signatures["cosignature", ledgers[0]]


def test_a_signature_is_of_one_ledger(world: World, tmp_path: Path) -> None:
    other = World(tmp_path / "other").begin()
    other.watch.set("2026-02-02T12:00")
    other.enrol("OSCE", "FRA")
    file = tmp_path / "FRA.sig"
    signing.sign(world.case, world.key("FRA"), (), own=True, out=file, now=world.watch)
    renamed = World(tmp_path / "renamed")
    make(renamed.case, pact=PACT + "\nMore.\n")
    renamed.watch.set("2026-02-03T12:00")
    renamed.more(6)
    renamed.enrol("OSCE", "FRA")
    with pytest.raises(Incorrect, match="another ledger"):
        signing.take_signatures(renamed.case, file, now=renamed.watch)


def test_answers_are_what_they_were(tmp_path: Path) -> None:
    """Keys and signatures change no answer, now or as recorded before them."""
    world = World(tmp_path).begin()
    status, why = answers(world)
    world.enrol("OSCE", "FRA")
    signing.sign(world.case, world.key("FRA"), (), own=True, now=world.watch)
    world.checkpoint()
    assert answers(world) == (status, why)
    assert take(world.case, world.watch).written == 0


def answers(world: World) -> tuple[bytes, bytes]:
    case = aval.open(world.case)
    return case.status(known="2026-01-07").json(), case.why("truce", known="2026-01-07").json()


def test_the_log_shows_who_did_what_with_keys(world: World) -> None:
    signing.sign(world.case, world.key("FRA"), (), own=True, now=world.watch)
    lines = log(world.case, Filter()).entries
    assert [(line.kind, line.name) for line in lines[:4]] == [("signature", "FRA"), ("key", "GBR"), ("key", "FRA"), ("key", "OSCE")]
    assert [line.name for line in log(world.case, Filter(kind="key")).entries] == ["GBR", "FRA", "OSCE"]


def test_votes_are_signed_by_their_members(tmp_path: Path) -> None:
    world = World(tmp_path)
    vote = {"says": "position", "stance": "supports", "when": None}
    rows = [
        {**row("v1", **vote, term="vote(FRA, council, extension)", speaks_for="FRA")},
        {**row("v2", **vote, term="vote(GBR, council, extension)", speaks_for="GBR")},
    ]
    make(world.case, *({name: value for name, value in one.items() if value is not None} for one in rows), pact=COUNCIL)
    take(world.case, world.watch)
    world.enrol("OSCE", "FRA", "GBR")
    signing.sign(world.case, world.key("FRA"), ["v1", "v2"], now=world.watch)
    world.checkpoint()
    found = verify_bundle(world.export(), Demands())
    assert (found.votes, found.own_votes) == (2, 1)
    signing.sign(world.case, world.key("GBR"), (), own=True, now=world.watch)
    world.checkpoint()
    found = verify_bundle(world.export("later"), Demands())
    assert (found.votes, found.own_votes) == (2, 2)


def test_what_a_stolen_key_signed_counts_no_more(world: World) -> None:
    signing.sign(world.case, world.key("FRA"), ["s0"], now=world.watch)
    world.watch.set("2026-02-10T12:00")
    signing.sign(world.case, world.key("FRA"), ["s3"], now=world.watch)
    world.watch.set("2026-02-20T12:00")
    assert len(signed_by(world, "FRA")) == 2
    found = signing.revoke_key(world.case, world.key("FRA"), since="2026-02-05", now=world.watch)
    line = next(one for one in found.keys if one.organisation == "FRA")
    assert line.mistrusted is not None
    assert line.mistrusted.startswith("2026-02-05")
    assert len(signed_by(world, "FRA")) == 1


def test_the_keeper_ends_a_key_that_was_lost(world: World) -> None:
    public = signing.keys(world.case).keys[1].public
    with pytest.raises(Incorrect):
        signing.revoke_key(world.case, world.key("GBR"), named=public, now=world.watch)
    found = signing.revoke_key(world.case, world.key("OSCE"), named=public.split("+")[1], now=world.watch)
    assert found.keys[1].ended_by == "revoke"
    with pytest.raises(Incorrect):
        signing.revoke_key(world.case, world.key("OSCE"), named="nobody", now=world.watch)


@pytest.mark.parametrize(
    "sql", ["UPDATE entry SET name = 'GBR' WHERE kind = 'key' AND name = 'FRA'", "DELETE FROM entry WHERE kind = 'key'"]
)
def test_a_ledger_keeps_its_acts(world: World, sql: str) -> None:
    with pytest.raises(apsw.ConstraintError):
        scribble(world.case, sql)


def test_a_forged_act_in_a_ledger_is_found(world: World) -> None:
    """Somebody who can write the file puts an act in that nobody signed, with a seal that fits."""
    forged = KeyAct(ledger="aval.ledger/" + "0" * 64, deed=Deed.ADD, organisation="FRA", key=signer("FRA", 9).key.hex())
    body = sign_key_act(forged, [signer("FRA", 9)])
    ledger = open_ledger(world.case, writing=True, now=world.watch)
    with ledger.writing() as pen:
        pen.write([Act(kind=Kind.KEY, id=act_id("aval.key/1", body), name="FRA", body=body)])
    ledger.close()
    with pytest.raises(AvalError) as wrong:
        signing.keys(world.case)
    assert code_of(wrong.value) == "AV405"


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A ledger of the first version."""
    world = World(tmp_path)
    with monkeypatch.context() as before:
        before.setattr(database, "MIGRATIONS", migrations.MIGRATIONS[:1])
        world.begin()
    return world


def test_an_older_ledger_is_brought_up_when_it_is_written(older: World) -> None:
    """It is read as it is; after the migration its entries are the same, and its name too."""
    before, status = entries(older.case, "*"), answers(older)
    assert signing.keys(older.case).keys == ()
    with pytest.raises(AvalError) as wrong:
        older.export()
    assert code_of(wrong.value) == "AV435"
    ledger = open_ledger(older.case)
    name = name_of(ledger)
    ledger.close()
    assert version(older) == 1
    older.enrol("OSCE")
    assert version(older) == 2
    assert entries(older.case, "*")[: len(before)] == before
    assert answers(older) == status
    assert older.checkpoint().origin == name


def version(world: World) -> int:
    connection = apsw.Connection(str(ledger_of(world.case)), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return int(connection.pragma("user_version"))
    finally:
        connection.close()


def test_a_migration_that_stops_at_any_statement_leaves_the_older_ledger(older: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever statement of it fails, the ledger is the one that it was, and the next command brings it up."""
    lines = migrations.MIGRATIONS[1].split("\n")
    stops = [at for at in range(1, len(lines)) if apsw.complete(lines[at - 1] + "\n") and apsw.complete("\n".join(lines[:at]) + "\n")]
    assert len(stops) > 25
    before = entries(older.case, "*")
    for stop in stops:
        script = "\n".join(lines[:stop]) + "\nSELECT 1 FROM no_such_table;"
        with monkeypatch.context() as broken:
            broken.setattr(database, "MIGRATIONS", (migrations.MIGRATIONS[0], script))
            with pytest.raises(AvalError):
                older.enrol("OSCE")
        assert version(older) == 1
        assert entries(older.case, "*") == before
    older.enrol("OSCE")
    assert version(older) == 2


def test_signing_the_same_twice_is_one_entry(world: World) -> None:
    signing.sign(world.case, world.key("FRA"), ["s1"], now=world.watch)
    size = world.size()
    signing.sign(world.case, world.key("FRA"), ["s1"], now=world.watch)
    assert world.size() == size


def test_an_envelope_is_as_its_docs_say() -> None:
    ids = ["sha256:" + digit * 64 for digit in "ba"]
    envelope = sign_statements("aval.ledger/" + "0" * 64, ids, signer("FRA"))
    assert envelope.statements == tuple(sorted(ids))
    assert read_envelope(envelope.body()) == envelope
    assert envelope.is_true()
    assert act_id(SIGNATURE_SCHEMA, envelope.body()).startswith("sha256:")
