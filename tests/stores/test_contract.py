"""One suite for every store: what `aval.evidence.store.Store` promises."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence

import pytest

from aval.evidence.store import Store, TextStore
from aval.model.problem import Unsupported
from aval.model.statement import Statement
from tests.evidence.world import line, sound

Backend = Callable[[Sequence[Statement]], Store]
BACKENDS: dict[str, Backend] = {"text": TextStore}


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> Backend:
    return BACKENDS[request.param]


@pytest.fixture(scope="module")
def statements() -> tuple[Statement, ...]:
    return sound(*(line(label=f"s{number}", note=str(number)) for number in range(20)))


def test_it_gives_what_it_was_given_by_id(backend: Backend, statements: tuple[Statement, ...]) -> None:
    held = backend(statements).statements()
    assert list(held) == sorted(statements, key=lambda statement: statement.id)


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
    assert set(backend(pair).statements()) == set(pair)


def test_an_empty_store_is_a_store(backend: Backend) -> None:
    assert backend([]).statements() == ()
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
