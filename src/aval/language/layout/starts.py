"""Where lines begin: at declarations, at clauses one step in, at what belongs to the line above further in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from aval.language.page import Page
from aval.language.syntax import Clause, Declaration, ReadingOf, Step
from aval.language.tokens import Token
from aval.model.problem import Span

TOP, CLAUSE, INSIDE, ON = 0, 2, 4, 5
"""How far a declaration, a clause, what belongs to a clause, and what goes on from a declaration's opening line are indented."""

TEST_OPENERS = {"test": TOP, "given": CLAUSE, "expect": CLAUSE, "must": CLAUSE, "can": CLAUSE, "never": CLAUSE}
"""What lines of a test begin with; `never` after `is` is an answer."""


class Start(NamedTuple):
    """A line begins: its indentation, and whether only where its author began one."""

    indent: int
    soft: bool = False


Starts = Mapping[int, Start]
"""Starts by the offset of their token."""


def agreement_starts(page: Page, declarations: Sequence[Declaration]) -> Starts:
    """Find where lines begin in what was parsed."""
    found: dict[int, Start] = {}
    for declaration in declarations:
        found[_offset(page, declaration.span)] = Start(TOP)
        for clause in declaration.clauses:
            if clause.kind != "means" or _is_written(page, clause):
                found[_offset(page, clause.span)] = Start(CLAUSE, soft=clause.kind == "in")
            if isinstance(clause, ReadingOf | Step):
                found.update({_offset(page, source.span): Start(INSIDE, soft=True) for source in clause.sources})
    return found


def _is_written(page: Page, clause: Clause) -> bool:
    """Whether a `means` stands there by name: `moment m is …` has one too."""
    return clause.reading is not None or page.text.startswith("means", _offset(page, clause.span))


def _offset(page: Page, span: Span) -> int:
    return page.starts[span.line - 1] + span.column - 1


def test_starts(tokens: Sequence[Token]) -> Starts:
    """Find where lines begin in tests: at the words that open one."""
    before = {token.start: last.text for last, token in pairwise(tokens)}
    opening = (token for token in tokens if token.text in TEST_OPENERS and before.get(token.start) != "is")
    return {token.start: Start(TEST_OPENERS[token.text]) for token in opening}
