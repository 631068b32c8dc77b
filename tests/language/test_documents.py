from __future__ import annotations

from pathlib import Path

import pytest

from aval.language.codes import CODES
from tests.language.documents import REWRITE, documents, expected, read, rewrite, told


@pytest.mark.parametrize("path", documents("good"), ids=lambda path: path.stem)
def test_a_good_document_has_no_problems(path: Path) -> None:
    agreements, problems = read(path)
    assert told(agreements, problems).startswith("left: ")
    assert agreements.declarations


@pytest.mark.parametrize("path", documents("bad"), ids=lambda path: path.stem)
def test_a_bad_document_has_the_problems_it_lists(path: Path) -> None:
    said = told(*read(path))
    if REWRITE:
        rewrite(path, said)
    assert expected(path) == said


def test_every_code_has_a_bad_document() -> None:
    shown = {
        line.split()[0]
        for path in (*documents("bad"), *documents("tests"), *documents("suppositions"))
        for line in expected(path).splitlines()
        if line.startswith("AV")
    }
    assert {code.code for code in CODES} == shown


def test_codes_are_unique_and_their_pages_are_filled() -> None:
    assert len({code.code for code in CODES}) == len(CODES)
    for code in CODES:
        assert code.code.startswith("AV2")
        assert all((code.title, code.what, code.why, code.bad, code.good))
