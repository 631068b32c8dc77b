"""Many recorded statements: what a page does not show is not made."""

from __future__ import annotations

from pathlib import Path

import pytest

import aval
from aval.evidence.ledger import store
from aval.evidence.ledger.decode import statement_of
from aval.model.statement import Statement
from tests.ledger.cases import Watch, make, row, take

MANY = 3000


def test_a_page_makes_few_of_many_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = [row(f"n{number}", note=f"report {number}") for number in range(MANY)]
    low = [row(f"l{number}", note=f"rumour {number}", grade="low") for number in range(20)]
    nameless = [row("c", form="circles"), row("d", form="circles", term="truce_ends", when="2025-01-06")]
    take(make(tmp_path, *told, *low, *nameless), Watch())
    made: list[str] = []

    def counting(id_: str, label: str, path: str, body: bytes) -> Statement:
        made.append(label)
        return read(id_, label, path, body)

    read = statement_of
    monkeypatch.setattr(store, "statement_of", counting)
    case = aval.open(tmp_path)
    board = case.status(known="2026-02-02")
    page = str(board)
    assert board.answer.counts["statements"] == MANY + 22
    assert "also said by name" in page
    assert len(made) < 100, "the rest of them is counted, cited by its id and not read"
