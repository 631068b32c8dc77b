"""What tests of several rooms share: one PostgreSQL server for a whole run, made when the first test wants it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from aval.evidence.ledger.place import Pointer
from tests.stores.server import Server

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def one_server() -> Iterator[Server]:
    server = Server()
    yield server
    server.remove()


@pytest.fixture
def server(one_server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """The server, with its services in the environment, as a user has them."""
    monkeypatch.setenv("PGSERVICEFILE", str(one_server.services))
    return one_server


@pytest.fixture
def pointer(server: Server) -> Pointer:
    """A name on the server that no other test has, where no ledger is yet."""
    assert server.services.exists()
    return Pointer("writer", f"ledger_{next(_NUMBERS)}")
