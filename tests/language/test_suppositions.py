"""Documents of suppositions, and single facts, with their mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.language.read import read_agreements, read_suppositions
from aval.language.tables import tables
from aval.model.case import Text
from aval.model.problem import Problem
from aval.model.scenario import Supposition
from tests.language.documents import HERE, REWRITE, expected, rewrite

BAD = sorted((HERE / "suppositions").glob("bad*.md"))


def read(content: str, *thoughts: str) -> tuple[tuple[Supposition, ...], tuple[Problem, ...]]:
    text = Text(path="x.md", content=content)
    agreements, _ = read_agreements([text])
    return read_suppositions([text], agreements, [] if thoughts else [text], thoughts)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_supposition_has_the_problems_it_lists(path: Path) -> None:
    found, problems = read(path.read_text("utf-8"))
    lines = []
    for one in problems:
        lines.append(f"{one.code.code} {one.span.line}:{one.span.column} {one.message}")
        lines.extend([f"    ? {one.hint}"] if one.hint else [])
    said = "\n".join([*lines, f"left: {', '.join(one.name for one in found)}"]) + "\n"
    if REWRITE:
        rewrite(path, said)
    assert expected(path) == said


WORDS = [*tables().words, "test", "suppose", "given", "expect", '"text"', "72", "2026-01-06", "FRA", "\n", '"', "“", "\u202e", "é", "```"]
PACT = "```aval\nagreement x\nparty FRA\nevent e\n```\n"


@settings(max_examples=100)
@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_any_words_in_a_supposition(words: list[str]) -> None:
    read(f'{PACT}```aval-suppose\nsuppose "a"\n{" ".join(words)}\n```\n')
    found, problems = read(PACT, " ".join(words))
    assert found or problems
    assert not found or not problems
