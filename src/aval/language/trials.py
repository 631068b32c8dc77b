"""From the `aval-test` and `aval-suppose` blocks of a document to tests and suppositions, past every mistake.

A block is cut at each `test "name"` or `suppose "name"`, and one that does not parse is cut into its lines, so that every mistake in it is
found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from aval.language import complain, mistakes
from aval.language.lalr import Stuck
from aval.language.markdown import SUPPOSITIONS, TESTS, Hidden, blocks
from aval.language.nodes.basics import Mistake
from aval.language.page import Page
from aval.language.parse import MOST, parser
from aval.language.problems import problem
from aval.language.syntax import ScenarioBlock
from aval.language.tokens import CURLY, INVISIBLE, UNCLOSED, Token, tokenize
from aval.model.frozen import frozen
from aval.model.problem import Problem


@frozen(kw_only=True)
class Sort:
    """A sort of block: its fence, the word that opens a piece of it, the words that open lines, and the start rules of the grammar."""

    fence: str
    opener: str
    lines: frozenset[str]
    block: str
    line: str


TRIAL = Sort(fence=TESTS, opener="test", lines=frozenset(("GIVEN", "EXPECT", "MUST", "CAN", "NEVER")), block="test_block", line="test_line")
SUPPOSITION = Sort(
    fence=SUPPOSITIONS,
    opener="suppose",
    lines=frozenset(("GIVEN", "EXPECT", "WITHOUT", "ABOUT", "FORMAT")),
    block="suppose_block",
    line="suppose_line",
)


@dataclass(slots=True)
class Trials:
    """What was read from the tests of a document, or from its suppositions."""

    page: Page
    sort: Sort = TRIAL
    tests: list[ScenarioBlock] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_trials(page: Page, sort: Sort = TRIAL) -> Trials:
    """Read all blocks of one sort in a document. What has a mistake is told and left out."""
    found = Trials(page, sort)
    for block in blocks(page, sort.fence):
        if isinstance(block, Hidden):
            message = f"This looks like an `{sort.fence}` block and is not read, because it is indented or stands in a list or a quotation."
            found.problems.append(
                problem(mistakes.BLOCK, message, page.span(block.start, block.end), f"Start the line with ```{sort.fence}.")
            )
            continue
        if not block.closed:
            message = "This block is not closed before the document ends."
            found.problems.append(problem(mistakes.BLOCK, message, page.span(max(block.start - 1, 0), block.start), "Close it with ```."))
        for piece in _pieces(tokenize(page.text, block.start, block.end), sort):
            _read(found, piece)
    return found


def read_thought(page: Page) -> tuple[object, list[Problem]]:
    """Read one supposed fact, as it stands after `given`, or one statement to be without; `None`, and why, where it has a mistake."""
    found = Trials(page, SUPPOSITION)
    tokens = tokenize(page.text, 0, len(page.text))
    if not tokens:
        found.problems.append(problem(mistakes.SYNTAX, "Nothing is supposed here.", page.span(0, 0), "Write a fact and its date."))
        return None, found.problems
    if _unreadable(found, tokens):
        return None, found.problems
    if not (tokens[0].text == "without" and len(tokens) > 1 and tokens[1].kind == "STRING"):
        tokens.insert(0, Token("GIVEN", "given", 0, 0))
    made = _run(page, SUPPOSITION.line, tokens)
    _tell(found, tokens, made)
    return (None if found.problems else made), found.problems


def _pieces(tokens: list[Token], sort: Sort) -> list[list[Token]]:
    """Cut tokens at each `test` or `suppose` that a text follows."""
    starts = [index for index, (token, after) in enumerate(pairwise(tokens)) if token.text == sort.opener and after.kind != "NAME"]
    if tokens and (not starts or starts[0]):
        starts.insert(0, 0)
    return [tokens[start:end] for start, end in pairwise([*starts, len(tokens)])]


def _read(found: Trials, tokens: list[Token]) -> None:
    page, sort = found.page, found.sort
    if _unreadable(found, tokens):
        return
    if tokens[0].text != sort.opener:
        message = f'A {"test" if sort is TRIAL else "supposition"} opens with `{sort.opener} "name"`.'
        found.problems.append(problem(mistakes.SYNTAX, message, complain.place(page, tokens[0]), "Write that line first."))
    elif isinstance(made := _run(page, sort.block, tokens), ScenarioBlock):
        found.tests.append(made)
    else:
        _recover(found, tokens, made)


def _unreadable(found: Trials, tokens: Sequence[Token]) -> bool:
    """Tell of a text that is not closed, and of what does not show."""
    page, before = found.page, len(found.problems)
    torn = [token for token in tokens if token.kind in (UNCLOSED, CURLY)]
    hidden = INVISIBLE.search(page.text, tokens[0].start, tokens[-1].end)
    if torn:
        message = "This text is not closed on its line, or stands in curly quotes."
        found.problems.append(problem(mistakes.TEXT, message, complain.place(page, torn[0]), 'Use straight quotes: "…".'))
    elif hidden is not None:
        message = "Here stands a character that does not show or that turns the direction of writing."
        span = page.span(hidden.start(), hidden.end())
        found.problems.append(problem(mistakes.INVISIBLE_CHARACTER, message, span, "Delete it, or type the line anew."))
    return len(found.problems) > before


def _run(page: Page, start: str, tokens: Sequence[Token]) -> object:
    try:
        made: object = parser().run(start, tokens, page)
    except Mistake as mistake:
        return mistake
    return made


def _recover(found: Trials, tokens: list[Token], made: object) -> None:
    """Tell every mistake of a test or a supposition, line by line."""
    starts = [0, *_openings(tokens, found.sort.lines), len(tokens)]
    before = len(found.problems)
    for number, (start, end) in enumerate(pairwise(starts)):
        if len(found.problems) < MOST and start < end:
            _tell(found, tokens[start:end], _run(found.page, found.sort.line if number else found.sort.block, tokens[start:end]))
    if len(found.problems) == before:
        _tell(found, tokens, made)


def _openings(tokens: Sequence[Token], lines: frozenset[str]) -> list[int]:
    """Give where lines open; `never` after `is` is an answer."""
    return [index for index, token in enumerate(tokens) if token.kind in lines and (not index or tokens[index - 1].kind != "IS")]


def _tell(found: Trials, tokens: Sequence[Token], made: object) -> None:
    if isinstance(made, Mistake):
        found.problems.append(complain.of_mistake(found.page, made))
    elif isinstance(made, Stuck):
        found.problems.append(complain.about(found.page, tokens, made))
