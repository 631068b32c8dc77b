"""From a document to declarations, past every mistake.

A block is cut into declarations at their opening words, which are reserved, so a mistake in one does not reach the next. A declaration that
does not parse is cut into clauses, and each is parsed by itself, so that every mistake in it is found. A declaration with a broken clause is
left out, unless the clause says nothing about what holds when (`source`, `not said`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from aval.language import complain, mistakes
from aval.language.lalr import Parser, Stuck
from aval.language.markdown import Block, Hidden, blocks
from aval.language.nodes import ACTIONS, Mistake
from aval.language.page import Page
from aval.language.problems import did_you_mean, nearest, problem, quote
from aval.language.reserved import DECLARATIONS, OPENERS, RESERVED
from aval.language.syntax import Clause, Declaration
from aval.language.tables import tables
from aval.language.tokens import CURLY, INVISIBLE, UNCLOSED, Token, tokenize
from aval.model.problem import Problem

LOOSE = frozenset({"source", "not said"})
"""Clauses that can be left out without a change of meaning."""
MOST = 100
"""How many problems of one document are told; its sound rest is read all the same."""

_OPENING = frozenset(word.upper() for word in DECLARATIONS)
_CLAUSES = frozenset(word.upper() for word in OPENERS)
_OPERANDS = frozenset(("NAME", "RPAR", "STRING", "HAPPENED", "DATE", "INT", "ANY", "SAID"))


@dataclass(slots=True)
class Parsed:
    """What was read from a document: declarations, and for each the block it stands in (in `above`).

    `broken` gives the names that a mistake took away, each with the number of its problem.
    """

    page: Page
    declarations: list[Declaration] = field(default_factory=list)
    above: list[Block] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: dict[str, int] = field(default_factory=dict)
    untold: int = 0

    def tell(self, found: Problem) -> int:
        """Keep a problem and give its number; past `MOST`, only count it."""
        if len(self.problems) < MOST:
            self.problems.append(found)
        else:
            self.untold += 1
        return len(self.problems) - 1


@cache
def parser() -> Parser[Page]:
    """Give the parser, made once."""
    return Parser(tables(), ACTIONS)


def read_page(page: Page) -> Parsed:
    """Read all blocks of a document."""
    parsed = Parsed(page)
    for block in blocks(page):
        if isinstance(block, Hidden):
            message = "This looks like an `aval` block and is not read, because it is indented or stands in a list or a quotation."
            parsed.tell(problem(mistakes.BLOCK, message, page.span(block.start, block.end), "Start the line with ```aval."))
        else:
            _read_block(parsed, block)
    if parsed.untold:
        message = f"This document has {parsed.untold} more problems, which are not listed."
        parsed.problems.append(problem(mistakes.LIMIT, message, page.span(0, 0), "Mend the first ones and look again."))
    return parsed


def _read_block(parsed: Parsed, block: Block) -> None:
    page = parsed.page
    if not block.closed:
        start = page.text.rfind("\n", 0, max(block.start - 1, 0)) + 1
        message = "This block is not closed before the document ends."
        parsed.tell(problem(mistakes.BLOCK, message, page.span(start, max(block.start - 1, start)), "Close it with ``` on a line of its own."))
    hidden = [match.start() for match in INVISIBLE.finditer(page.text, block.start, block.end)]
    told = {offset: parsed.tell(_invisible(page, offset)) for offset in hidden}
    for piece in _pieces(tokenize(page.text, block.start, block.end)):
        spoilt = next((told[offset] for offset in hidden if piece[0].start <= offset < piece[-1].end), None) if hidden else None
        _read_piece(parsed, piece, spoilt)
    parsed.above.extend([block] * (len(parsed.declarations) - len(parsed.above)))


def _invisible(page: Page, offset: int) -> Problem:
    name = f"U+{ord(page.text[offset]):04X}"
    message = f"Here stands a character that does not show or that turns the direction of writing ({name})."
    return problem(mistakes.INVISIBLE_CHARACTER, message, page.span(offset, offset + 1), "Delete it, or type the line anew.")


def _pieces(tokens: list[Token]) -> Iterator[list[Token]]:
    """Cut tokens at the opening words of declarations."""
    starts = [index for index, token in enumerate(tokens) if token.kind in _OPENING]
    if tokens and (not starts or starts[0]):
        starts.insert(0, 0)
    for index, start in enumerate(starts):
        yield tokens[start : starts[index + 1] if index + 1 < len(starts) else len(tokens)]


def _read_piece(parsed: Parsed, tokens: list[Token], spoilt: int | None) -> None:
    """Read one declaration. `spoilt` is the number of a problem that takes it away whatever else it says."""
    if tokens[0].kind not in _OPENING:
        _stray(parsed, tokens)
        return
    tokens, torn = _mend_texts(parsed, tokens)
    spoilt = torn if spoilt is None else spoilt
    made = _run(parsed.page, "declaration", tokens)
    if isinstance(made, Declaration):
        if spoilt is None:
            parsed.declarations.append(made)
        else:
            _break(parsed, tokens, spoilt)
        return
    _recover(parsed, tokens, made, spoilt)


def _run(page: Page, start: str, tokens: Sequence[Token]) -> Declaration | Clause | Stuck | Problem:
    try:
        made: Declaration | Clause | Stuck = parser().run(start, tokens, page)
    except Mistake as mistake:
        return complain.of_mistake(page, mistake)
    return made


def _mend_texts(parsed: Parsed, tokens: list[Token]) -> tuple[list[Token], int | None]:
    """Tell of texts with broken quotes and take them for texts. The number is that of a problem that may have swallowed a clause."""
    if not any(token.kind in (UNCLOSED, CURLY) for token in tokens):
        return tokens, None
    mended, torn = [], None
    for token in tokens:
        if token.kind not in (UNCLOSED, CURLY):
            mended.append(token)
            continue
        mended.append(token._replace(kind="STRING"))
        span = complain.place(parsed.page, token)
        if token.kind == CURLY:
            parsed.tell(problem(mistakes.TEXT, "This text stands in curly quotes, so it is left out.", span, 'Use straight quotes: "…".'))
            continue
        number = parsed.tell(problem(mistakes.TEXT, "This text is not closed on its line.", span, 'Close it with " on the same line.'))
        if not RESERVED.isdisjoint(token.text.replace('"', " ").split()):
            torn = number
    return mended, torn


def _stray(parsed: Parsed, tokens: list[Token]) -> None:
    """Tell of text that no declaration opens, and take away the names that it seems to declare."""
    first = tokens[0]
    message = f"Expected a declaration such as `event` or `state`, found {quote(first.text)}."
    number = parsed.tell(problem(mistakes.SYNTAX, message, complain.place(parsed.page, first), did_you_mean(first.text, DECLARATIONS)))
    if len(tokens) > 1 and tokens[1].text not in RESERVED:
        parsed.broken.setdefault(tokens[1].text, number)


def _break(parsed: Parsed, tokens: Sequence[Token], number: int) -> None:
    """Take a declaration away, and with it the names of its steps and readings."""
    for index, token in enumerate(tokens[:-1]):
        if index == 0 or token.kind in ("STEP", "READING"):
            parsed.broken.setdefault(tokens[index + 1].text, number)


def _recover(parsed: Parsed, tokens: list[Token], stuck: Declaration | Clause | Stuck | Problem, spoilt: int | None) -> None:
    """Read a declaration clause by clause, after it did not parse as a whole."""
    if isinstance(stuck, Stuck) and (cut := _misspelt(parsed.page, tokens, stuck.index)):
        _read_piece(parsed, tokens[:cut], spoilt)
        _stray(parsed, tokens[cut:])
        return
    page, clauses, broken = parsed.page, list[Clause](), spoilt
    chunks = _chunks(tokens)
    head = _run(page, "declaration", chunks[0])
    told = 0
    if not isinstance(head, Declaration):
        broken, told = parsed.tell(_problem(page, chunks[0], head)), 1
    for chunk in _joined(chunks[1:]):
        clause = _run(page, "clause", chunk)
        if isinstance(clause, Clause):
            clauses.append(clause)
            continue
        number, told = parsed.tell(_problem(page, chunk, clause)), told + 1
        if not _loose(chunk) and broken is None:
            broken = number
    if not told:
        broken = parsed.tell(_problem(page, tokens, stuck))
    if broken is None and isinstance(head, Declaration):
        parsed.declarations.append(replace(head, clauses=(*head.clauses, *clauses), span=page.span(tokens[0].start, tokens[-1].end)))
    elif broken is not None:
        _break(parsed, tokens, broken)


def _problem(page: Page, tokens: Sequence[Token], stuck: Declaration | Clause | Stuck | Problem) -> Problem:
    if isinstance(stuck, Problem):
        return stuck
    return complain.about(page, tokens, stuck if isinstance(stuck, Stuck) else Stuck(0, frozenset({"NAME"})))


def _loose(chunk: Sequence[Token]) -> bool:
    words = " ".join(token.text for token in chunk[:2])
    return any(words.startswith(kind) for kind in LOOSE)


def _misspelt(page: Page, tokens: Sequence[Token], index: int) -> int:
    """Give where a declaration with a misspelt opening word seems to begin; 0 for nowhere."""
    if not 0 < index < len(tokens) - 1 or tokens[index].kind != "NAME" or tokens[index + 1].kind != "NAME":
        return 0
    first_on_line = not page.text[page.text.rfind("\n", 0, tokens[index].start) + 1 : tokens[index].start].strip()
    return index if first_on_line and nearest(tokens[index].text, (*DECLARATIONS, *OPENERS)) in DECLARATIONS else 0


def _chunks(tokens: list[Token]) -> list[list[Token]]:
    """Cut a declaration into its head and its clauses. The head may be a clause too many where words are misplaced, never one too few."""
    starts = [0, *(index for index in range(1, len(tokens)) if _opens_clause(tokens, index)), len(tokens)]
    return [tokens[start:end] for start, end in zip(starts, starts[1:], strict=False)]


def _joined(chunks: list[list[Token]]) -> Iterator[list[Token]]:
    """Put a clause that lacks a name together with the word after it, so that `not said when` is one mistake and not two."""
    number = 0
    while number < len(chunks):
        chunk = chunks[number]
        if number + 1 < len(chunks) and _lacks_name(chunk):
            chunk, number = [*chunk, *chunks[number + 1]], number + 1
        yield chunk
        number += 1


def _lacks_name(chunk: Sequence[Token]) -> bool:
    return chunk[-1].kind in ("SAID", "COMMA", "READING", "SEATS", "BINDING", "DEPOSITARY", "BY", "FOR", "FIND", "AS")


def _opens_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause seems to open here; words that also stand inside clauses count by their neighbours."""
    kind, before = tokens[index].kind, tokens[index - 1].kind
    after = tokens[index + 1].kind if index + 1 < len(tokens) else ""
    if kind not in _CLAUSES or before in ("ON", "ACCEPTED", "INDEPENDENT"):
        return False
    if index > 2 and tokens[index - 3].kind == "ON" and tokens[index - 2].kind == "READING":  # noqa: PLR2004 (`on reading r while`)
        return False
    pairs = {"NOT": "SAID", "NO": "LATER", "MAY": "FIND", "BREACH": "FOUND", "SUBJECT": "TO", "LEGAL": "ACT", "DATES": "RUN", "STARTS": "AS"}
    if kind in pairs:
        return after == pairs[kind] and (kind != "NOT" or before in _OPERANDS)
    return not (kind in ("PARTIES", "DEPOSITARY") and before in ("IN", "COMMA", "COLON", "FROM", "AMONG"))
