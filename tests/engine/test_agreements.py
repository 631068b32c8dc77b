"""Whole agreements with their own tests: a sale with suspension and penalty, measures that return unless somebody decides otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from aval.workspace.testing import run_tests

AGREEMENTS = sorted((Path(__file__).parent / "agreements").glob("*.md"))


@pytest.mark.parametrize("path", AGREEMENTS, ids=[path.stem for path in AGREEMENTS])
def test_an_agreement_comes_out_as_its_page_says(path: Path) -> None:
    found = run_tests([str(path)])
    assert found.problems == ()
    wrong = [
        (one.scenario.name, one.expectation.subject_text, one.expectation.at, one.verdict, one.error)
        for one in found.outcomes
        if not one.passed
    ]
    assert wrong == []
    assert len(found.outcomes) > 5
