"""Lay out the blocks of a document, and prove that nothing but its layout has changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aval.language.edits import Edit, edited
from aval.language.layout.lines import laid_out
from aval.language.layout.proof import Unproven, prove_tokens
from aval.language.layout.starts import Starts, agreement_starts, test_starts
from aval.language.markdown import LANGUAGE, TESTS, Block, blocks
from aval.language.page import Page
from aval.language.parse import Parsed, read_page
from aval.language.read import _without_garbage_collection
from aval.language.tokens import Token, tokenize
from aval.language.trials import read_trials
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.problem import Problem


@frozen(kw_only=True)
class Formatted:
    """A document in the one layout, and the edits that lead there. With problems there is no edit: nobody lays out what nobody can read."""

    content: str
    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()


@frozen()
class _Piece:
    """A block: its place, its words and comments, where lines begin in it, and what it becomes."""

    start: int
    end: int
    tokens: Sequence[Token]
    starts: Starts
    made: str


def format_text(text: Text) -> Formatted:
    """Lay out the `aval` and `aval-test` blocks of a document. Raises `Unproven`, which is our defect, where the proof fails."""
    with _without_garbage_collection():
        page = Page.of(text)
        parsed = read_page(page)
        problems = (*parsed.problems, *read_trials(page).problems)
        if problems:
            return Formatted(content=text.content, problems=problems)
        pieces = [*_agreements(page, parsed), *_tests(page)]
        edits = tuple(Edit(one.start, one.end, one.made) for one in pieces if text.content[one.start : one.end] != one.made)
        made = edited(text.content, edits)
        if edits:
            _prove(text.content, pieces, Page.of(Text(path=text.path, content=made)))
        return Formatted(content=made, edits=edits)


def _blocks(page: Page, language: str) -> Iterator[Block]:
    return (block for block in blocks(page, language) if isinstance(block, Block))


def _agreements(page: Page, parsed: Parsed) -> Iterator[_Piece]:
    starts = agreement_starts(page, parsed.declarations)
    for block in _blocks(page, LANGUAGE):
        tokens = parsed.tokens[block.start]
        yield _Piece(block.start, block.end, tokens, starts, laid_out(page.text, tokens, starts))


def _tests(page: Page) -> Iterator[_Piece]:
    for block in _blocks(page, TESTS):
        tokens = tokenize(page.text, block.start, block.end, comments=True)
        starts = test_starts(tokens)
        yield _Piece(block.start, block.end, tokens, starts, laid_out(page.text, tokens, starts))


def _prove(before: str, pieces: Sequence[_Piece], after: Page) -> None:
    """Show that the document that was made has the same blocks with the same words, so that it says the same. Raises `Unproven`.

    Whoever reads an agreement goes by the kinds and texts of its tokens, and by nothing else: the same ones mean the same.
    """
    again = [*_blocks(after, LANGUAGE), *_blocks(after, TESTS)]
    if [after.text[block.start : block.end] for block in again] != [one.made for one in pieces]:
        raise Unproven("the layout would change where blocks begin and end")
    for one, block in zip(pieces, again, strict=True):
        if before[one.start : one.end] != one.made:
            tokens = tokenize(after.text, block.start, block.end, comments=True)
            prove_tokens(one.tokens, tokens)
            _prove_still(one, tokens, after.text)


def _prove_still(one: _Piece, again: Sequence[Token], after: str) -> None:
    """A second run finds nothing to do. The tokens are the same, so lines begin at the same ones."""
    starts = one.starts
    moved = {new.start: starts[old.start] for old, new in zip(one.tokens, again, strict=True) if old.start in starts}
    if laid_out(after, again, moved) != one.made:
        raise Unproven("a second run would change the layout again")
