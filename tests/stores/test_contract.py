"""One suite for every store: what `aval.evidence.store.Store` promises."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from aval.evidence.canonical import canonical_bytes
from aval.evidence.ledger.entry import Act, Kind
from aval.evidence.ledger.ledger import Ledger, open_ledger
from aval.evidence.ledger.store import LedgerStore
from aval.evidence.store import Store, TextStore
from aval.model.problem import Span, Unsupported
from aval.model.statement import Statement
from tests.evidence.world import line, sound

Backend = Callable[[Sequence[Statement]], Store]
BACKENDS = ("text", "ledger")


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """A way to make a store of one kind out of statements."""
    ledgers: list[Ledger] = []

    def over_a_ledger(statements: Sequence[Statement]) -> Store:
        place = tmp_path / str(len(ledgers))
        place.mkdir()
        ledgers.append(open_ledger(place, writing=True, now=lambda: 1_000_000))
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
