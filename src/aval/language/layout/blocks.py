"""Lay out the blocks of a document, and prove that nothing but its layout has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aval.language import mistakes
from aval.language.edits import Edit, edited
from aval.language.layout.lines import laid_out
from aval.language.layout.proof import Unproven, prove_syntax, prove_tokens
from aval.language.layout.starts import Starts, agreement_starts, test_starts
from aval.language.markdown import Block, _closing, _end, _opening, blocks
from aval.language.page import Page
from aval.language.parse import Parsed, read_page
from aval.language.problems import problem, quote
from aval.language.read import _without_garbage_collection
from aval.language.tokens import CURLY, INVISIBLE, STRANGE, UNCLOSED, Token, tokenize
from aval.model.case import Text
from aval.model.problem import Problem

TESTS = "aval-test"
"""What the fence of a block of tests is marked with."""
_NOT_READ = frozenset((UNCLOSED, CURLY, STRANGE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """A document in the one layout, and the edits that lead there. With problems there is no edit: nobody lays out what nobody can read."""

    content: str
    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()


def format_text(text: Text) -> Formatted:
    """Lay out the `aval` and `aval-test` blocks of a document. Raises `Unproven`, which is our defect, where the proof fails."""
    with _without_garbage_collection():
        page = Page.of(text)
        parsed = read_page(page)
        tests = list(test_blocks(page))
        problems = (*parsed.problems, *(found for block in tests for found in _unread(page, block)))
        if problems:
            return Formatted(content=text.content, problems=problems)
        edits = tuple(edit for edit in _edits(page, parsed, tests) if text.content[edit.start : edit.end] != edit.text)
        made = edited(text.content, edits)
        if edits:
            prove_syntax(parsed, read_page(Page.of(Text(path=text.path, content=made))), edits)
        return Formatted(content=made, edits=edits)


def test_blocks(page: Page) -> Iterator[Block]:
    """Yield the blocks of tests of a document."""
    lines = page.text.split("\n")
    number = 0
    while number < len(lines):
        if fence := _opening(lines[number]):
            last = _closing(lines, number, fence.group(1))
            if fence.group(2).lower() == TESTS:
                yield Block(page.start_of(number + 2), _end(page, last), closed=last < len(lines))
            number = last
        number += 1


def _unread(page: Page, block: Block) -> Iterator[Problem]:
    """Tell of what stands in a block of tests and is no part of any language."""
    for token in tokenize(page.text, block.start, block.end):
        if token.kind in _NOT_READ:
            message = f"{quote(token.text)} is not part of the language."
            yield problem(mistakes.SYNTAX, message, page.span(token.start, token.end))
    for match in INVISIBLE.finditer(page.text, block.start, block.end):
        message = f"Here stands a character that does not show (U+{ord(match.group()):04X})."
        yield problem(mistakes.INVISIBLE_CHARACTER, message, page.span(match.start(), match.end()), "Delete it.")


def _edits(page: Page, parsed: Parsed, tests: Sequence[Block]) -> Iterator[Edit]:
    starts = agreement_starts(page, parsed.declarations)
    for block in blocks(page):
        if isinstance(block, Block):
            yield _edit(page, block, starts)
    for block in tests:
        yield _edit(page, block, test_starts(tokenize(page.text, block.start, block.end)))


def _edit(page: Page, block: Block, starts: Starts) -> Edit:
    tokens = tokenize(page.text, block.start, block.end, comments=True)
    made = laid_out(page.text, tokens, starts)
    if made != page.text[block.start : block.end]:
        again = tokenize(made, 0, len(made), comments=True)
        prove_tokens(tokens, again)
        _prove_still(tokens, again, starts, made)
    return Edit(block.start, block.end, made)


def _prove_still(tokens: Sequence[Token], again: Sequence[Token], starts: Starts, made: str) -> None:
    """A second run finds nothing to do. The tokens are the same, so lines begin at the same ones."""
    moved = {new.start: starts[old.start] for old, new in zip(tokens, again, strict=True) if old.start in starts}
    if laid_out(made, again, moved) != made:
        raise Unproven("a second run would change the layout again")
