"""One suite for every store: what `aval.evidence.store.Store` promises."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aval.evidence.canonical import canonical_bytes
from aval.evidence.ledger.entry import Act, Kind
from aval.evidence.ledger.ledger import Ledger, open_ledger
from aval.evidence.ledger.place import Pointer, write_pointer
from aval.evidence.ledger.postgres.owner import found
from aval.evidence.ledger.scan import verify
from aval.evidence.ledger.store import LedgerStore
from aval.evidence.store import Store, TextStore
from aval.model.problem import Span, Unsupported
from aval.model.statement import Statement
from tests.evidence.world import line, sound

Backend = Callable[[Sequence[Statement]], Store]
BACKENDS = ("text", "sqlite", "postgresql")


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """A way to make a store of one kind out of statements."""
    ledgers: list[Ledger] = []
    base: Pointer | None = request.getfixturevalue("pointer") if request.param == "postgresql" else None

    def place() -> Path:
        made = tmp_path / str(len(ledgers))
        made.mkdir()
        if base is not None:
            pointer = Pointer(base.service, f"{base.ledger}_{len(ledgers)}")
            found(pointer, "owner")
            write_pointer(made, pointer)
        return made

    def over_a_ledger(statements: Sequence[Statement]) -> Store:
        ledgers.append(open_ledger(place(), writing=True, now=lambda: 1_000_000))
        once = {statement.id: statement for statement in statements}
        with ledgers[-1].writing() as pen:
            pen.write(Act(kind=Kind.STATEMENT, id=one.id, name=one.label, body=canonical_bytes(one)) for one in once.values())
        return LedgerStore(ledgers[-1])

    yield TextStore if request.param == "text" else over_a_ledger
    for ledger in ledgers:
        ledger.close()


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    return sound(*(line(label=f"s{number}", note=str(number)) for number in range(20)))


def test_it_gives_what_it_was_given_by_id(backend: Backend, statements: tuple[Statement, ...]) -> None:
    held = backend(statements).statements()
    assert [replace(one, span=Span("")) for one in held] == [
        replace(one, span=Span("")) for one in sorted(statements, key=lambda statement: statement.id)
    ]


def test_order_and_repetition_make_no_difference(backend: Backend, statements: tuple[Statement, ...]) -> None:
    mixed = random.Random(1).sample(statements * 2, 2 * len(statements))
    assert backend(mixed).statements() == backend(statements).statements()
    assert backend(mixed).head() == backend(statements).head()


def test_the_head_tells_any_two_contents_apart(backend: Backend, statements: tuple[Statement, ...]) -> None:
    heads = {backend(statements[:count]).head() for count in range(len(statements) + 1)}
    assert len(heads) == len(statements) + 1


def test_the_head_is_what_its_docs_say(backend: Backend, statements: tuple[Statement, ...]) -> None:
    ids = sorted(statement.id for statement in statements)
    wanted = hashlib.sha256(("aval.head/1\n" + "".join(f"{id_}\n" for id_ in ids)).encode()).hexdigest()
    assert backend(statements).head() == f"sha256:{wanted}"


def test_withdrawn_statements_are_held(backend: Backend) -> None:
    pair = sound(line(label="a"), line(label="b", note="x", withdraws=["label:a"]))
    assert {one.id for one in backend(pair).statements()} == {one.id for one in pair}


def test_an_empty_store_is_a_store(backend: Backend) -> None:
    assert list(backend([]).statements()) == []
    assert backend([]).head().startswith("sha256:")


def test_now_is_the_store_itself(backend: Backend, statements: tuple[Statement, ...]) -> None:
    store = backend(statements)
    assert store.at(None).statements() == store.statements()


def test_text_files_keep_no_recorded_time(statements: tuple[Statement, ...]) -> None:
    with pytest.raises(Unsupported) as caught:
        TextStore(statements).at(0)
    (problem,) = caught.value.problems
    assert problem.code.code == "AV401"
    assert str(problem.span) == "--recorded"
    assert "--known" in problem.hint
    assert "ledger" in problem.hint


def test_what_keeps_the_recorded_clock_says_so(backend: Backend, statements: tuple[Statement, ...]) -> None:
    store = backend(statements)
    if not store.keeps_recorded:
        with pytest.raises(Unsupported):
            store.at(0)
        return
    assert list(store.at(0).statements()) == []
    assert store.at(2_000_000).head() == store.head()


def test_a_statement_is_found_by_its_id(backend: Backend, statements: tuple[Statement, ...]) -> None:
    held = backend(statements).statements()
    for place, statement in enumerate(held):
        assert held.by_id[statement.id].label == statement.label
        assert held.ids[place] == statement.id
        assert statement in held
    assert held.find("sha256:" + "0" * 64) is None
    assert held.find("label") is None
    assert "x" not in held.by_id


def test_what_grows_keeps_numbers_and_instants(backend: Backend, statements: tuple[Statement, ...]) -> None:
    store = backend(statements)
    if not isinstance(store, LedgerStore):
        assert not store.keeps_recorded
        return
    for number in range(3):
        with store.ledger.writing() as pen:
            pen.write([Act(kind=Kind.FILE, id=statements[number].id, name=f"file {number}")])
    entries = list(store.ledger.entries(upto=store.ledger.upto(None), newest_first=False))
    assert [entry.seq for entry in entries] == list(range(1, len(statements) + 4))
    assert [entry.recorded for entry in entries] == list(range(1_000_000, 1_000_000 + len(entries)))
    assert [entry.batch for entry in entries[-3:]] == [21, 22, 23]
    verify(store.ledger, store.ledger.upto(None))
    assert type(store)(store.ledger).head() == store.head()


def test_what_breaks_off_was_never_there(backend: Backend, statements: tuple[Statement, ...]) -> None:
    store = backend(statements)
    if not isinstance(store, LedgerStore):
        assert not store.keeps_recorded
        return
    acts = [Act(kind=Kind.FILE, id=one.id, name="a file") for one in statements]

    def broken() -> None:
        with store.ledger.writing() as pen:
            pen.write(acts)
            raise KeyError

    with pytest.raises(KeyError):
        broken()
    assert store.ledger.upto(None) == len(statements)
    with store.ledger.writing() as pen:
        pen.write(acts)
    assert store.ledger.upto(None) == 2 * len(statements)


def test_questions_may_be_asked_in_between(backend: Backend, statements: tuple[Statement, ...]) -> None:
    store = backend(statements)
    if not isinstance(store, LedgerStore):
        assert not store.keeps_recorded
        return
    outer: Any
    outer, inner = store.ledger.entries(upto=20), store.ledger.entries(upto=10, newest_first=False)
    assert [next(outer).seq, next(inner).seq, next(outer).seq] == [20, 1, 19]
    outer.close()
    assert store.ledger.upto(None) == 20
    assert [entry.seq for entry in inner] == list(range(2, 11))
    with store.ledger.writing() as pen:
        pen.write([Act(kind=Kind.FILE, id=statements[0].id, name="a file")])
    assert len(list(store.ledger.entries(upto=21))) == 21
