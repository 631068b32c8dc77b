"""Ledgers with a few thousand entries, made quickly."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aval.evidence.canonical import canonical_bytes
from aval.evidence.ledger.entry import Act, Kind
from aval.evidence.ledger.ledger import Ledger, open_ledger
from tests.evidence.world import one


@contextmanager
def filled(place: Path, number: int, now: int = 1_000_000) -> Iterator[Ledger]:
    """A ledger with so many entries."""
    place.mkdir(parents=True, exist_ok=True)
    ledger = open_ledger(place, writing=True, now=lambda: now)
    try:
        add(ledger, number)
        yield ledger
    finally:
        ledger.close()


def add(ledger: Ledger, number: int) -> None:
    """Add so many entries."""
    start = ledger.upto(None)
    if not start and number:
        statement = one()
        with ledger.writing() as pen:
            pen.write([Act(kind=Kind.STATEMENT, id=statement.id, name="first", body=canonical_bytes(statement))])
        start, number = 1, number - 1
    if number:
        with ledger.writing() as pen:
            pen.write(Act(kind=Kind.NAME, id=one().id, name=f"name {at}") for at in range(start, start + number))
