"""A view that sees some statements more or less goes on from one that was asked before, and answers the same to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

import aval
from aval.engine import later
from aval.engine.later import Later
from aval.workspace.asking import view

PARIS = Path(__file__).resolve().parents[2] / "cases" / "paris"
DAYS = ("2026-01-07", "2025-12-20", "2026-01-05", "2026-02-01")


@pytest.mark.parametrize("little", [later.LITTLE, 0])
def test_going_on_from_another_view_answers_the_same(little: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(later, "LITTLE", little)
    warm = aval.open(str(PARIS))
    for day in DAYS:
        cold = aval.open(str(PARIS))
        assert warm.status(known=day).json() == cold.status(known=day).json()
        assert warm.why("in_force(FRA)", known=day).json() == cold.why("in_force(FRA)", known=day).json()


def test_it_does_go_on() -> None:
    case = aval.open(str(PARIS))
    edition = case._at(None)  # noqa: SLF001  what is remembered is nobody's business but this test's
    worlds = [edition.world(view(edition.agreements, edition.manifest.zone, known=day)) for day in ("2026-01-06", "2026-01-07")]
    assert not isinstance(worlds[0], Later)
    assert isinstance(worlds[1], Later)
