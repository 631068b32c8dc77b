"""A convention that was written from its own text with nothing but `docs/language.md` to help, and comes out on the dates of history."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pytest

from aval.workspace import testing

CASE = Path(__file__).resolve().parents[2] / "cases" / "antarctic"


def test_it_comes_out_as_history_had_it() -> None:
    assert testing.run_tests([str(CASE)]).passed


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        ("every s in signatories has", "some s in signatories with"),
        ("the later of entry and deposit(s)", "deposit(s)"),
        ("30 years after entry", "30 years after deposit(GBR)"),
        ("bound(s) and (s in signatories or shows_interest(s))", "bound(s) and shows_interest(s)"),
    ],
)
def test_another_clause_comes_out_otherwise(tmp_path: Path, place: str, wrong: str) -> None:
    copytree(CASE, tmp_path / "antarctic")
    page = tmp_path / "antarctic" / "agreements" / "treaty.md"
    text = page.read_text("utf-8")
    assert text.count(place) == 1
    page.write_text(text.replace(place, wrong), "utf-8")
    assert not testing.run_tests([str(tmp_path / "antarctic")]).passed
