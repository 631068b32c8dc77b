"""From a document to declarations, past every mistake.

A block is cut into declarations at their opening words, which are reserved, so a mistake in one does not reach the next. A declaration
that does not parse is cut into clauses, and each is parsed by itself, so that every mistake in it is found. A declaration with a broken
clause is left out, unless the clause says nothing about what holds when (`source`, `not said`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import pairwise

from aval.language import complain, mistakes
from aval.language.cuts import OPENING, chunks, joined
from aval.language.lalr import Parser, Stuck
from aval.language.markdown import Block, Hidden, blocks
from aval.language.nodes import ACTIONS
from aval.language.nodes.basics import Mistake
from aval.language.page import Page
from aval.language.problems import did_you_mean, nearest, problem, quote
from aval.language.reserved import CLAUSES, DECLARATIONS, OPENERS
from aval.language.sure import instead, sure
from aval.language.syntax import Clause, Declaration
from aval.language.tables import tables
from aval.language.tokens import COMMENT, CURLY, INVISIBLE, UNCLOSED, Token, tokenize
from aval.model.problem import Fix, Problem

LOOSE = frozenset({"source", "not said"})
"""Clauses that can be left out without a change of meaning."""
MOST = 100
"""How many problems of one document are told; its sound rest is read all the same."""

_TORN = frozenset((UNCLOSED, CURLY))
_CLAUSE_INSIDE = re.compile(r"\b(?:in|on reading|" + "|".join((*CLAUSES, *DECLARATIONS)) + r")\s")


Made = Declaration | Clause | Stuck | Mistake
"""What a run of the parser comes to."""


@dataclass(slots=True)
class Parsed:
    """What was read from a document: declarations, and for each the block it stands in (in `above`).

    `broken` gives the names that a mistake took away, each with the number of its problem, `tokens` those of each block, by its start, with
    comments.
    """

    page: Page
    declarations: list[Declaration] = field(default_factory=list)
    above: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)
    untold: int = 0
    tokens: dict[int, list[Token]] = field(default_factory=dict)

    def tell(self, make: Callable[[], Problem]) -> int:
        """Keep a problem and give its number; past `MOST`, only count it."""
        if self.full:
            self.untold += 1
        else:
            self.problems.append(make())
        return len(self.problems) - 1

    @property
    def full(self) -> bool:
        """Whether no more problems are told."""
        return len(self.problems) >= MOST


@cache
def parser() -> Parser[Page]:
    """Give the parser, made once."""
    return Parser(tables(), ACTIONS)


def read_page(page: Page) -> Parsed:
    """Read all blocks of a document."""
    parsed = Parsed(page)
    for block in blocks(page):
        if isinstance(block, Hidden):
            parsed.tell(partial(_hidden, page, block))
        else:
            _read_block(parsed, block)
    return parsed


def _read_block(parsed: Parsed, block: Block) -> None:
    page = parsed.page
    if not block.closed:
        parsed.tell(partial(_unclosed, page, block))
    invisible = [match.start() for match in INVISIBLE.finditer(page.text, block.start, block.end)]
    told = [parsed.tell(partial(_invisible, page, offset)) for offset in invisible]
    tokens = parsed.tokens[block.start] = tokenize(page.text, block.start, block.end, comments=True)
    pieces = _pieces([token for token in tokens if token[0] != COMMENT])
    for number, piece in enumerate(pieces):
        first = bisect_left(invisible, piece[0].start)
        spoilt = told[first] if first < len(told) and invisible[first] < piece[-1].end else None
        following = pieces[number + 1][0] if number + 1 < len(pieces) else None
        _read_piece(parsed, piece, following, spoilt)
    parsed.above.extend([block] * (len(parsed.declarations) - len(parsed.above)))


def _hidden(page: Page, block: Hidden) -> Problem:
    message = "This looks like an `aval` block and is not read, because it is indented or stands in a list or a quotation."
    return problem(mistakes.BLOCK, message, page.span(block.start, block.end), "Start the line with ```aval.")


def _unclosed(page: Page, block: Block) -> Problem:
    end = max(block.start - 1, 0)
    span = page.span(page.text.rfind("\n", 0, end) + 1, end)
    return problem(mistakes.BLOCK, "This block is not closed before the document ends.", span, "Close it with ``` on a line of its own.")


def _invisible(page: Page, offset: int) -> Problem:
    name = f"U+{ord(page.text[offset]):04X}"
    message = f"Here stands a character that does not show or that turns the direction of writing ({name})."
    return problem(mistakes.INVISIBLE_CHARACTER, message, page.span(offset, offset + 1), "Delete it, or type the line anew.")


def _pieces(tokens: list[Token]) -> list[list[Token]]:
    """Cut tokens at the opening words of declarations."""
    starts = [index for index, token in enumerate(tokens) if token.kind in OPENING]
    if tokens and (not starts or starts[0]):
        starts.insert(0, 0)
    return [tokens[start:end] for start, end in pairwise([*starts, len(tokens)])]


def _read_piece(parsed: Parsed, tokens: list[Token], following: Token | None, spoilt: int | None) -> None:
    """Read one declaration; `following` is the token after it. `spoilt` is the number of a problem that takes it away whatever it says."""
    if tokens[0].kind not in OPENING:
        _stray(parsed, tokens)
        return
    if spoilt is not None:
        _break(parsed, tokens, spoilt)
        return
    tokens, torn = _mend_texts(parsed, tokens)
    made = _run(parsed.page, "declaration", tokens)
    if not isinstance(made, Declaration):
        _recover(parsed, tokens, following, made, torn)
    elif torn is None:
        parsed.declarations.append(made)
    else:
        _break(parsed, tokens, torn)


def _run(page: Page, start: str, tokens: Sequence[Token]) -> Made:
    try:
        made: Declaration | Clause | Stuck = parser().run(start, tokens, page)
    except Mistake as mistake:
        return mistake
    return made


def _mend_texts(parsed: Parsed, tokens: list[Token]) -> tuple[list[Token], int | None]:
    """Tell of texts with broken quotes and take them for texts. The number is that of a problem that may have swallowed a clause."""
    if _TORN.isdisjoint([token[0] for token in tokens]):
        return tokens, None
    mended, torn = [], None
    for token in tokens:
        if token.kind not in _TORN:
            mended.append(token)
            continue
        mended.append(token._replace(kind="STRING"))
        number = parsed.tell(partial(_torn, parsed.page, token))
        if token.kind == UNCLOSED and _CLAUSE_INSIDE.search(token.text):
            torn = number
    return mended, torn


def _torn(page: Page, token: Token) -> Problem:
    span = page.span(token.start, token.end)
    if token.kind == CURLY:
        fix = Fix(span=span, replacement=f'"{token.text[1:-1]}"', title="Use straight quotes.")
        return problem(mistakes.TEXT, "This text stands in curly quotes, so it is left out.", span, 'Use straight quotes: "…".', fix=fix)
    return problem(mistakes.TEXT, "This text is not closed on its line.", span, 'Close it with " on the same line.')


def _stray(parsed: Parsed, tokens: list[Token]) -> None:
    """Tell of text that no declaration opens, and take away the names that it seems to declare."""
    for start in range(max(len(tokens) - 1, 1)):
        if start and not (_on_two_names if parsed.full else _misspelt)(parsed.page, tokens, start):
            continue  # once no more is told, it is only counted, and the words are not looked at
        number = parsed.tell(partial(_unopened, parsed.page, tokens[start]))
        if start + 1 < len(tokens) and not parsed.full and nearest(tokens[start].text, DECLARATIONS):
            parsed.broken.setdefault(tokens[start + 1].text, number)


def _unopened(page: Page, token: Token) -> Problem:
    message = f"Expected a declaration such as `event` or `state`, found {quote(token.text)}."
    span = page.span(token.start, token.end)
    fix = instead(span, token.text, sure(token.text, DECLARATIONS, closed=True))
    return problem(mistakes.SYNTAX, message, span, did_you_mean(token.text, DECLARATIONS), fix=fix)


def _break(parsed: Parsed, tokens: Sequence[Token], number: int) -> None:
    """Take a declaration away, and with it the names of its steps or readings."""
    inner = {"QUESTION": "READING", "PROCESS": "STEP"}.get(tokens[0].kind)
    for index, token in enumerate(tokens[:-1]):
        if index == 0 or token.kind == inner:
            parsed.broken.setdefault(tokens[index + 1].text, number)


def _recover(parsed: Parsed, tokens: list[Token], following: Token | None, made: Made, broken: int | None) -> None:
    """Read a declaration clause by clause, after it did not parse as a whole."""
    page = parsed.page
    if isinstance(made, Stuck) and not parsed.full and _misspelt(page, tokens, made.index):
        _read_piece(parsed, tokens[: made.index], tokens[made.index], broken)
        _stray(parsed, tokens[made.index :])
        return
    parts = joined(chunks(tokens))
    clauses: list[Clause] = []
    numbers: list[int] = []
    head: Made = made
    for index, chunk in enumerate(parts):
        part = _run(page, "clause" if index else "declaration", chunk)
        if isinstance(part, Clause):
            clauses.append(part)
        elif isinstance(part, Declaration):
            head = part
        else:
            after = parts[index + 1][0] if index + 1 < len(parts) else following
            numbers.append(parsed.tell(partial(_problem, page, chunk, part, after)))
            broken = numbers[-1] if broken is None and not (index and _loose(tokens, chunk)) else broken
    if not numbers:
        broken = parsed.tell(partial(_problem, page, tokens, made, following))
    if broken is None and isinstance(head, Declaration):
        parsed.declarations.append(replace(head, clauses=(*head.clauses, *clauses), span=page.span(tokens[0].start, tokens[-1].end)))
    elif broken is not None:
        _break(parsed, tokens, broken)


def _problem(page: Page, tokens: Sequence[Token], made: Made, following: Token | None) -> Problem:
    if isinstance(made, Mistake):
        return complain.of_mistake(page, made)
    return complain.about(page, tokens, made if isinstance(made, Stuck) else Stuck(0, frozenset({"NAME"})), following)


def _loose(tokens: Sequence[Token], chunk: Sequence[Token]) -> bool:
    """Whether a declaration stands without that clause; an `agreement` line stands without any."""
    if tokens[0].kind == "AGREEMENT":
        return True
    words = " ".join(token.text for token in chunk[:2])
    return any(words.startswith(kind) for kind in LOOSE)


def _misspelt(page: Page, tokens: Sequence[Token], index: int) -> bool:
    """Whether a declaration with a misspelt opening word seems to begin at that token."""
    return _on_two_names(page, tokens, index) and nearest(tokens[index].text, (*DECLARATIONS, *OPENERS)) in DECLARATIONS


def _on_two_names(page: Page, tokens: Sequence[Token], index: int) -> bool:
    """Whether a line begins at that token, with two names."""
    if not 0 < index < len(tokens) - 1 or tokens[index].kind != "NAME" or tokens[index + 1].kind != "NAME":
        return False
    return "\n" in page.text[tokens[index - 1].end : tokens[index].start]
