"""Signing keys: who may enrol, replace and end which, what weak keys are, where their files may lie (TRUST T6, T22)."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aval.evidence.proof.acts import (
    KEY_SCHEMA,
    ActError,
    Deed,
    KeyAct,
    act_id,
    read_envelope,
    read_key_act,
    sign_key_act,
    sign_statements,
)
from aval.evidence.proof.files import public_of, read_public, read_signer, write_signer
from aval.evidence.proof.history import Held, History, linked, quorum
from aval.evidence.proof.keys import Signer, holds, is_sound
from aval.evidence.proof.note import NOTE, VerifierKey
from aval.model.problem import AvalError, Incorrect
from aval.workspace import signing
from tests.proof.world import World, code_of, signer, tamper
from tools import verify as tool

LEDGER = "aval.ledger/" + "0" * 64
WEAK = [
    "00" * 32,
    "01" + "00" * 31,
    "ec" + "ff" * 30 + "7f",
    "ed" + "ff" * 30 + "7f",
    "ee" + "ff" * 30 + "7f",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ff" * 32,
]


class Book:
    """A history that is written by acts, an entry each."""

    def __init__(self) -> None:
        self.history = History(LEDGER)
        self.seq = 0

    def do(self, deed: Deed, key: Signer, by: Sequence[Signer], **more: str) -> None:
        act = KeyAct(
            ledger=more.pop("ledger", LEDGER),
            deed=deed,
            organisation=more.pop("organisation", key.organisation),
            key=key.key.hex(),
            previous=more.pop("previous", self.history.last.get(key.organisation, "")),
            **more,
        )
        self.put(sign_key_act(act, by))

    def put(self, body: bytes) -> None:
        self.history.admit(*read_key_act(body), self.seq + 1, 1000 * (self.seq + 1))
        self.seq += 1

    def add(self, key: Signer, *by: Signer) -> Book:
        self.do(Deed.ADD, key, [key, *by])
        return self

    def live(self, name: str) -> set[str]:
        return {held.key for held in self.history.live(name)}


OSCE, FRA, FRA2, FRA3, GBR = signer("OSCE"), signer("FRA"), signer("FRA", 2), signer("FRA", 3), signer("GBR")


@pytest.mark.parametrize("weak", WEAK)
def test_a_weak_key_is_refused_everywhere(weak: str) -> None:
    key = bytes.fromhex(weak)
    assert not is_sound(key)
    assert not holds(key, bytes(64), b"")
    act = KeyAct(ledger=LEDGER, deed=Deed.ADD, organisation="FRA", key=weak)
    body = act.body({weak: "00" * 64})
    with pytest.raises(ActError):
        History(LEDGER).admit(*read_key_act(body), 1, 1)
    with pytest.raises(Incorrect) as wrong:
        public_of(str(VerifierKey("FRA", NOTE, key)), "here")
    assert code_of(wrong.value) == "AV433"


def test_a_signature_of_another_length_or_another_half_does_not_hold() -> None:
    message = b"message"
    good = FRA.sign(message)
    assert holds(FRA.key, good, message)
    order = 2**252 + 27742317777372353535851937790883648493
    malleable = good[:32] + (int.from_bytes(good[32:], "little") + order).to_bytes(32, "little")
    for bad in (b"", good[:-1], good + b"\0", malleable, good[32:] + good[:32], bytes(32) + good[32:]):
        assert not holds(FRA.key, bad, message)
    assert not holds(FRA.key, good, message + b" ")
    assert not holds(FRA.key[:-1], good, message)


def test_the_first_organisation_keeps_the_ledger() -> None:
    book = Book().add(OSCE).add(FRA)
    assert book.history.keeper == "OSCE"
    assert [held.organisation for held in book.history.keepers(2)] == ["OSCE"]
    assert [held.organisation for held in book.history.cosigners(2)] == ["FRA"]
    assert book.history.cosigners(1) == []


def test_possession_is_proven() -> None:
    book = Book()
    act = KeyAct(ledger=LEDGER, deed=Deed.ADD, organisation="FRA", key=FRA.key.hex())
    for body in (sign_key_act(act, [GBR]), act.body({FRA.key.hex(): "00" * 64}), act.body({FRA.key.hex(): GBR.sign(act.message()).hex()})):
        with pytest.raises(ActError):
            book.put(body)
    assert not book.history.keys


def test_a_further_key_needs_one_that_counts() -> None:
    book = Book().add(OSCE).add(FRA)
    for by in ((), (GBR,), (OSCE,)):
        with pytest.raises(ActError):
            book.add(FRA2, *by)
    book.add(FRA2, FRA)
    assert book.live("FRA") == {FRA.key.hex(), FRA2.key.hex()}
    assert book.history.keys[FRA2.key.hex()].vouched_by == FRA.key.hex()


def test_a_key_is_one_organisations_for_ever() -> None:
    book = Book().add(OSCE).add(FRA)
    stolen = Signer(organisation="GBR", secret=FRA.secret)
    with pytest.raises(ActError, match="enrolled before"):
        book.add(stolen)
    book.do(Deed.REVOKE, FRA, [FRA])
    for again in (stolen, FRA):
        with pytest.raises(ActError, match="enrolled before"):
            book.add(again)


def test_a_rotation_ends_the_old_key_and_cannot_fork() -> None:
    book = Book().add(OSCE).add(FRA)
    previous = book.history.last["FRA"]
    with pytest.raises(ActError):
        book.do(Deed.ROTATE, FRA2, [FRA2], replaces=FRA.key.hex())
    book.do(Deed.ROTATE, FRA2, [FRA2, FRA], replaces=FRA.key.hex())
    assert book.live("FRA") == {FRA2.key.hex()}
    with pytest.raises(ActError, match="follow"):
        book.do(Deed.ROTATE, FRA3, [FRA3, FRA], replaces=FRA.key.hex(), previous=previous)
    with pytest.raises(ActError):
        book.do(Deed.ROTATE, FRA3, [FRA3, FRA], replaces=FRA.key.hex())
    with pytest.raises(ActError):
        book.do(Deed.ROTATE, FRA3, [FRA3, FRA2], replaces=OSCE.key.hex())


def test_who_may_revoke() -> None:
    book = Book().add(OSCE).add(FRA).add(FRA2, FRA).add(GBR)
    with pytest.raises(ActError, match="keeper"):
        book.do(Deed.REVOKE, FRA, [GBR])
    book.do(Deed.REVOKE, FRA, [FRA2])
    book.do(Deed.REVOKE, GBR, [OSCE])
    assert book.live("FRA") == {FRA2.key.hex()}
    assert book.live("GBR") == set()
    with pytest.raises(ActError):
        book.do(Deed.REVOKE, FRA, [FRA2])
    book.add(signer("GBR", 5))
    assert book.history.keys[signer("GBR", 5).key.hex()].vouched_by == ""


def test_a_revocation_is_not_retroactive_unless_it_says_so() -> None:
    plain, told = Book().add(OSCE).add(FRA), Book().add(OSCE).add(FRA)
    plain.seq = told.seq = 9
    plain.do(Deed.REVOKE, FRA, [FRA])
    for since in ("1999", "10001", "007"):
        with pytest.raises(ActError):
            told.do(Deed.REVOKE, FRA, [FRA], since=since)
    told.do(Deed.REVOKE, FRA, [FRA], since="5000")
    one, other = plain.history.keys[FRA.key.hex()], told.history.keys[FRA.key.hex()]
    assert [one.counts(seq, seq * 1000) for seq in (1, 2, 4, 5, 9, 10)] == [False, True, True, True, True, False]
    assert [other.counts(seq, seq * 1000) for seq in (1, 2, 4, 5, 9, 10)] == [False, True, True, False, False, False]
    assert [held.key for held in plain.history.cosigners(9)] == [FRA.key.hex()]
    assert told.history.cosigners(9) == []


def test_a_rotated_key_can_still_be_revoked() -> None:
    book = Book().add(OSCE).add(FRA)
    book.do(Deed.ROTATE, FRA2, [FRA2, FRA], replaces=FRA.key.hex())
    with pytest.raises(ActError):  # who stole an old key cannot end the new one by it
        book.do(Deed.REVOKE, FRA, [FRA], since="2500")
    book.seq = 5
    book.do(Deed.REVOKE, FRA, [FRA2], since="3500")
    held = book.history.keys[FRA.key.hex()]
    assert (held.ended, held.mistrusted) == (3, 3500)
    assert book.live("FRA") == {FRA2.key.hex()}


def test_what_a_thief_enrolled_falls_with_the_stolen_key() -> None:
    """The thief replaces the key, and adds another by the new one. The keeper ends the stolen key, and both fall; the owner begins anew."""
    book = Book().add(OSCE).add(FRA).add(GBR)
    book.do(Deed.ROTATE, FRA2, [FRA2, FRA], replaces=FRA.key.hex())
    book.add(FRA3, FRA2)
    book.do(Deed.REVOKE, FRA, [OSCE], since="3500")
    assert book.live("FRA") == set()
    for stolen, seq in ((FRA2, 4), (FRA3, 5)):
        held = book.history.keys[stolen.key.hex()]
        assert not held.counts(seq, seq * 1000)
        assert held.mistrusted == seq * 1000
    assert [held.organisation for held in book.history.cosigners(6)] == ["GBR"]
    book.add(signer("FRA", 8))
    assert book.live("FRA") == {signer("FRA", 8).key.hex()}


@pytest.mark.parametrize("deed", list(Deed))
def test_no_act_is_of_another_ledger_or_comes_twice(deed: Deed) -> None:
    book = Book().add(OSCE).add(FRA)
    more = {"replaces": FRA.key.hex()} if deed is Deed.ROTATE else {}
    key, by = (FRA, [FRA]) if deed is Deed.REVOKE else (FRA2, [FRA2, FRA])
    with pytest.raises(ActError, match="another ledger"):
        book.do(deed, key, by, ledger="aval.ledger/" + "1" * 64, **more)
    act = KeyAct(ledger=LEDGER, deed=deed, organisation="FRA", key=key.key.hex(), previous=book.history.last["FRA"], **more)
    body = sign_key_act(act, by)
    book.put(body)
    with pytest.raises(ActError, match="follow"):
        book.put(body)
    assert act_id(KEY_SCHEMA, body) == book.history.last["FRA"]


@given(some.binary(max_size=300) | some.text().map(str.encode))
def test_no_bytes_break_the_readers(data: bytes) -> None:
    for read in (read_key_act, read_envelope):
        with pytest.raises(ActError):
            read(data)


@given(some.data())
def test_one_changed_byte_makes_another_act_or_none(data: some.DataObject) -> None:
    act = KeyAct(ledger=LEDGER, deed=Deed.ADD, organisation="FRA", key=FRA.key.hex())
    bodies = [sign_key_act(act, [FRA]), sign_statements(LEDGER, ["sha256:" + "a" * 64, "sha256:" + "b" * 64], FRA).body()]
    body = data.draw(some.sampled_from(bodies))
    place = data.draw(some.integers(0, len(body) - 1))
    changed = body[:place] + bytes([data.draw(some.integers(0, 255))]) + body[place + 1 :]
    if changed == body:
        return
    history = Book().add(OSCE).history if body == bodies[0] else Book().add(OSCE).add(FRA).history
    with pytest.raises(ActError):
        _come_in(history, changed, is_act=body == bodies[0])


def _come_in(history: History, body: bytes, *, is_act: bool) -> None:
    if is_act:
        history.admit(*read_key_act(body), 2, 2000)
    else:
        history.check(read_envelope(body), 3, 3000)


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body.replace(b'"act"', b'"act" '),
        lambda body: body.replace(b'{"act":"add",', b'{"act":"add","act":"add",'),
        lambda body: body + b" ",
        lambda body: body.decode().encode("utf-16"),
        lambda body: body.replace(b'"schema"', b'"extra":"x","schema"'),
        lambda body: body.replace(b'"FRA"', b'"\\u0046RA"'),
        lambda body: body.replace(b'"add"', b"1"),
        lambda _: b"[" * 100_000,
        lambda body: body.replace(b'"FRA"', b'"FR A"'),
        lambda body: body.replace(b'"FRA"', b'"../x"'),
        lambda _: b"x" * (2 << 20),
    ],
)
def test_an_act_has_one_spelling(change: object) -> None:
    assert callable(change)
    body = sign_key_act(KeyAct(ledger=LEDGER, deed=Deed.ADD, organisation="FRA", key=FRA.key.hex()), [FRA])
    read_key_act(body)
    with pytest.raises(ActError):
        read_key_act(change(body))


def test_a_quorum_counts_organisations_and_never_keys() -> None:
    """100,000 random sets of signers, with as many keys each as they like, against the oracle of one line."""
    random = Random(3)
    owners = {f"{number:064x}": f"O{number % 7}" for number in range(30)}
    held = {key: Held(organisation=owner, key=key, enrolled=1, enrolled_at=1, vouched_by="") for key, owner in owners.items()}
    keys = [*owners, *(f"{number:064x}" for number in range(100, 110))]
    for _ in range(100_000):
        signed = random.choices(keys, k=random.randrange(12))
        assert len(quorum(signed, held)) == len({owners[key] for key in signed if key in owners})


def test_keys_that_go_back_to_one_that_is_known() -> None:
    book = Book().add(OSCE).add(FRA).add(GBR)
    book.do(Deed.ROTATE, FRA2, [FRA2, FRA], replaces=FRA.key.hex())
    book.add(FRA3, FRA2)
    family = {one.key.hex() for one in (FRA, FRA2, FRA3)}
    for one in (FRA, FRA2, FRA3):
        assert linked(book.history.keys, [one.key.hex()]) == family
    assert linked(book.history.keys, [GBR.key.hex()]) == {GBR.key.hex()}
    assert linked(book.history.keys, []) == set()


def test_a_key_that_begins_anew_goes_back_to_none_before() -> None:
    book = Book().add(OSCE).add(FRA)
    book.do(Deed.REVOKE, FRA, [OSCE])
    book.add(FRA2)
    assert linked(book.history.keys, [FRA.key.hex()]) == {FRA.key.hex()}


def test_the_file_of_a_key(tmp_path: Path) -> None:
    path = tmp_path / "FRA.key"
    public = signing.new_key("FRA", path)
    assert path.stat().st_mode & 0o777 == 0o600
    read = read_signer(path)
    assert (read.organisation, read.key) == ("FRA", public.key)
    assert read_public(path.with_name("FRA.key.pub")) == [public]
    assert public.key.hex() not in repr(read)
    with pytest.raises(Incorrect) as wrong:
        signing.new_key("FRA", path)
    assert code_of(wrong.value) == "AV444"
    assert read_signer(path).key == public.key


def test_a_key_file_that_others_can_read(tmp_path: Path) -> None:
    path = tmp_path / "FRA.key"
    signing.new_key("FRA", path)
    for mode in (0o640, 0o604, 0o660, 0o644):
        path.chmod(mode)
        with pytest.raises(Incorrect) as wrong:
            read_signer(path)
        assert code_of(wrong.value) == "AV432"


def test_a_key_never_lies_in_a_case(tmp_path: Path) -> None:
    world = World(tmp_path).begin(1)
    for folder in (world.case, world.case / "statements"):
        with pytest.raises(Incorrect) as wrong:
            signing.new_key("FRA", folder / "FRA.key")
        assert code_of(wrong.value) == "AV432"
        assert not (folder / "FRA.key").exists()
    path = world.key("FRA")
    inside = world.case / "FRA.key"
    path.rename(inside)
    with pytest.raises(Incorrect) as wrong:
        read_signer(inside)
    assert code_of(wrong.value) == "AV432"


@pytest.mark.parametrize(
    "change",
    [
        lambda path: tamper(path, b"BEGIN", b"BEGUN"),
        lambda path: tamper(path, b"aval.signing-key/1", b"aval.signing-key/2"),
        lambda path: tamper(path, b"FRA", b"F A"),
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(os.urandom(2000)),
        lambda path: path.write_bytes(path.read_bytes()[:80]),
    ],
)
def test_a_key_file_that_is_none(tmp_path: Path, change: object) -> None:
    assert callable(change)
    path = tmp_path / "FRA.key"
    write_signer(path, FRA)
    change(path)
    with pytest.raises(Incorrect) as wrong:
        read_signer(path)
    assert code_of(wrong.value) == "AV431"


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    pipe, huge, none = tmp_path / "pipe", tmp_path / "huge", tmp_path / "none"
    os.mkfifo(pipe, 0o600)
    huge.write_bytes(b"x" * 100_000)
    huge.chmod(0o600)
    for path, code in ((pipe, "AV106"), (tmp_path, "AV106"), (huge, "AV109"), (none, "AV108")):
        with pytest.raises(Incorrect) as wrong:
            read_signer(path)
        assert code_of(wrong.value) == code


@pytest.mark.parametrize("name", ["", "F A", "FRA\n", "../FRA", "F+A", "\u202eFRA", "x" * 65, "-x"])
def test_an_organisation_has_a_plain_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(Incorrect) as wrong:
        signing.new_key(name, tmp_path / "key")
    assert code_of(wrong.value) == "AV431"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["", "FRA", "FRA+0+AA==", "FRA+00000000+AQ==", "F A+12345678+AAAA", "+1+2"])
def test_a_public_key_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "known"
    path.write_text(f"# what I was told\n\n{text}x\n", "utf-8")
    with pytest.raises(Incorrect) as wrong:
        read_public(path)
    assert code_of(wrong.value) == "AV430"


def test_the_public_half_goes_with_a_key_or_neither_is_there(tmp_path: Path) -> None:
    (tmp_path / "FRA.key.pub").write_text("here", "utf-8")
    with pytest.raises(AvalError):
        signing.new_key("FRA", tmp_path / "FRA.key")
    assert [path.name for path in tmp_path.iterdir()] == ["FRA.key.pub"]


def test_two_machines_make_the_same_bytes() -> None:
    """What is signed and how it is named is fixed for ever."""
    act = KeyAct(ledger=LEDGER, deed=Deed.ADD, organisation="FRA", key=FRA.key.hex())
    body = sign_key_act(act, [FRA])
    assert act.message() == (
        b'aval.key/1\n{"act":"add","key":"' + FRA.key.hex().encode() + b'","ledger":"' + LEDGER.encode() + b'",'
        b'"organisation":"FRA","schema":"aval.key/1"}'
    )
    assert hashlib.sha256(b"aval.key/1\n" + body).hexdigest() == act_id(KEY_SCHEMA, body).removeprefix("sha256:")


def test_both_judges_admit_the_same_acts() -> None:
    """Random acts by random signers, sound and not: Aval and the independent judge take the same ones, and then the same keys count."""
    random = Random(6)
    signers = [signer(name, number) for name in ("OSCE", "FRA", "GBR") for number in range(4)]
    taken = refused = 0
    for _ in range(150):
        book, other = Book(), tool.Keys()
        other.ledger = LEDGER
        for _ in range(14):
            book.seq += random.randrange(3)
            body = _random_act(random, book, signers)
            seq, recorded = book.seq + 1, 1000 * (book.seq + 1)
            try:
                book.put(body)
                admitted = True
            except ActError:
                admitted = False
            try:
                other.act(body, seq, recorded)
                agreed = admitted
            except tool.UnsoundError:
                agreed = not admitted
            assert agreed, body
            taken, refused = taken + admitted, refused + (not admitted)
            assert {key: _counts(held) for key, held in book.history.keys.items()} == {
                key: tuple(other.counts(key, at, at * 1000) for at in range(1, 45)) for key in other.all
            }
            assert [held.key for held in book.history.cosigners(seq)] == other.at(seq, keeps=False)
    assert taken > 500
    assert refused > 500


def _counts(held: Held) -> tuple[bool, ...]:
    return tuple(held.counts(at, at * 1000) for at in range(1, 45))


def _random_act(random: Random, book: Book, signers: Sequence[Signer]) -> bytes:
    """Most are as they should be, with one thing amiss now and then."""
    key = random.choice(signers)
    live = [one for one in signers if one.organisation == key.organisation and one.key.hex() in book.live(key.organisation)]
    deed = random.choice(list(Deed))
    replaces = random.choice(live).key.hex() if deed is Deed.ROTATE and live else ""
    by = {
        Deed.ADD: [key, *random.sample(live, min(1, len(live)))],
        Deed.ROTATE: [key, *(one for one in live if one.key.hex() == replaces)],
        Deed.REVOKE: [random.choice([*live, signers[0], key])],
    }[deed]
    if random.random() < 0.15:
        by = random.sample(list(signers), random.randrange(1, 3))
    since = str(random.randrange(0, 1000 * (book.seq + 2))) if deed is Deed.REVOKE and random.random() < 0.5 else ""
    previous = book.history.last.get(key.organisation, "") if random.random() > 0.05 else ""
    act = KeyAct(
        ledger=LEDGER, deed=deed, organisation=key.organisation, key=key.key.hex(), previous=previous, replaces=replaces, since=since
    )
    return sign_key_act(act, by)
