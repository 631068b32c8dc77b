"""Problem codes: each once, each with all its texts, each shown by a test."""

from __future__ import annotations

import re
from pathlib import Path

from aval.evidence.codes import CODES

NUMBER = re.compile(r"AV[134]\d\d")


def test_numbers_are_used_once_and_in_order() -> None:
    numbers = [code.code for code in CODES]
    assert numbers == sorted(set(numbers))
    assert all(NUMBER.fullmatch(number) for number in numbers)


def test_every_text_is_there_and_plain() -> None:
    for code in CODES:
        for text in (code.title, code.what, code.why, code.bad, code.good):
            assert text.strip(), code.code
        assert code.what.endswith("."), code.code
        assert code.why.endswith("."), code.code
        assert not code.title.endswith("."), code.code
        assert code.bad != code.good, code.code


def test_every_code_is_shown_by_a_test() -> None:
    tests = Path(__file__).parents[1]
    texts = "".join(
        path.read_text("utf-8")
        for folder in ("evidence", "stores", "ledger", "proof", "sources", "drafts")
        for path in (tests / folder).glob("test_*.py")
    )
    missing = {code.code for code in CODES} - set(NUMBER.findall(texts))
    assert missing == set()
