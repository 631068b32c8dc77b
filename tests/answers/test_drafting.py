"""What the checks of a draft find: the examples of their pages, and that what they show is so."""

from __future__ import annotations

from pathlib import Path

import pytest

from aval.answers.codes import CODES
from aval.model.problem import Code, Severity
from aval.workspace.testing import run_tests
from tests.answers.drafts import draft, found, with_example


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_a_page_shows_what_is_found_and_how_it_is_mended(code: Code) -> None:
    assert code.severity is Severity.WARNING
    assert code.code in {one.code.code for one in found(code.bad)}
    assert code.code not in {one.code.code for one in found(code.good)}


@pytest.mark.parametrize("code", CODES, ids=lambda code: code.code)
def test_what_an_example_shows_is_so(code: Code, tmp_path: Path) -> None:
    for one in found(code.bad):
        if one.example:
            page = tmp_path / "draft.md"
            page.write_text(with_example(draft(code.bad)[1], one), "utf-8")
            assert run_tests([str(page)]).passed
