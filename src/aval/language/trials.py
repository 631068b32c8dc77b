"""From the `aval-test` blocks of a document to tests, past every mistake.

A block is cut at each `test "name"`, and a test that does not parse is cut into its lines, so that every mistake in it is found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from aval.language import complain, mistakes
from aval.language.lalr import Stuck
from aval.language.markdown import TESTS, Hidden, blocks
from aval.language.nodes.basics import Mistake
from aval.language.page import Page
from aval.language.parse import MOST, parser
from aval.language.problems import problem
from aval.language.syntax import ScenarioBlock
from aval.language.tokens import CURLY, INVISIBLE, UNCLOSED, Token, tokenize
from aval.model.problem import Problem

_LINES = frozenset(("GIVEN", "EXPECT", "MUST", "CAN", "NEVER"))


@dataclass(slots=True)
class Trials:
    """What was read from the tests of a document."""

    page: Page
    tests: list[ScenarioBlock] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_trials(page: Page) -> Trials:
    """Read all `aval-test` blocks of a document. What has a mistake is told and left out."""
    found = Trials(page)
    for block in blocks(page, TESTS):
        if isinstance(block, Hidden):
            message = f"This looks like an `{TESTS}` block and is not read, because it is indented or stands in a list or a quotation."
            found.problems.append(problem(mistakes.BLOCK, message, page.span(block.start, block.end), f"Start the line with ```{TESTS}."))
            continue
        if not block.closed:
            message = "This block is not closed before the document ends."
            found.problems.append(problem(mistakes.BLOCK, message, page.span(max(block.start - 1, 0), block.start), "Close it with ```."))
        for piece in _pieces(tokenize(page.text, block.start, block.end)):
            _read(found, piece)
    return found


def _pieces(tokens: list[Token]) -> list[list[Token]]:
    """Cut tokens at each `test` that a text follows."""
    starts = [index for index, (token, after) in enumerate(pairwise(tokens)) if token.kind == "TEST" and after.kind != "NAME"]
    if tokens and (not starts or starts[0]):
        starts.insert(0, 0)
    return [tokens[start:end] for start, end in pairwise([*starts, len(tokens)])]


def _read(found: Trials, tokens: list[Token]) -> None:
    page = found.page
    torn = [token for token in tokens if token.kind in (UNCLOSED, CURLY)]
    hidden = INVISIBLE.search(page.text, tokens[0].start, tokens[-1].end)
    if torn:
        message = "This text is not closed on its line, or stands in curly quotes."
        found.problems.append(problem(mistakes.TEXT, message, complain.place(page, torn[0]), 'Use straight quotes: "…".'))
    elif hidden is not None:
        message = "Here stands a character that does not show or that turns the direction of writing."
        span = page.span(hidden.start(), hidden.end())
        found.problems.append(problem(mistakes.INVISIBLE_CHARACTER, message, span, "Delete it, or type the line anew."))
    elif tokens[0].kind != "TEST":
        message = 'A test opens with `test "name"`.'
        found.problems.append(problem(mistakes.SYNTAX, message, complain.place(page, tokens[0]), "Write that line first."))
    elif isinstance(made := _run(page, "test_block", tokens), ScenarioBlock):
        found.tests.append(made)
    else:
        _recover(found, tokens, made)


def _run(page: Page, start: str, tokens: Sequence[Token]) -> object:
    try:
        made: object = parser().run(start, tokens, page)
    except Mistake as mistake:
        return mistake
    return made


def _recover(found: Trials, tokens: list[Token], made: object) -> None:
    """Tell every mistake of a test, line by line."""
    starts = [0, *_openings(tokens), len(tokens)]
    before = len(found.problems)
    for number, (start, end) in enumerate(pairwise(starts)):
        if len(found.problems) < MOST and start < end:
            _tell(found, tokens[start:end], _run(found.page, "test_line" if number else "test_block", tokens[start:end]))
    if len(found.problems) == before:
        _tell(found, tokens, made)


def _openings(tokens: Sequence[Token]) -> list[int]:
    """Give where lines open; `never` after `is` is an answer."""
    return [index for index, token in enumerate(tokens) if token.kind in _LINES and (not index or tokens[index - 1].kind != "IS")]


def _tell(found: Trials, tokens: Sequence[Token], made: object) -> None:
    if isinstance(made, Mistake):
        found.problems.append(complain.of_mistake(found.page, made))
    elif isinstance(made, Stuck):
        found.problems.append(complain.about(found.page, tokens, made))
