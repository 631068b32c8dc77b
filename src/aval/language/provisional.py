"""Read the tests in `aval-test` blocks, word by word, until the grammar of the language has them.

test "a ceasefire is enough"
  given committed(FRA) on 2027-02-01 told by FRA
  given facts "statements/deposits.csv"
  given the record
  expect in_force(FRA) is yes at 2027-03-02 known 2027-03-02 on reading without_backstop
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from aval.language import mistakes
from aval.language.layout.blocks import test_blocks
from aval.language.page import Page
from aval.language.parse import parser
from aval.language.problems import problem
from aval.language.syntax import Condition
from aval.language.tokens import Token, tokenize
from aval.model import expression as ex
from aval.model.agreement import Agreements, State
from aval.model.case import Text
from aval.model.problem import Problem
from aval.model.scenario import Answer, Expectation, Given, Scenario
from aval.model.term import Term

_MODIFIERS = frozenset(("on", "in", "between", "from", "until", "said", "told"))
_AS_OF = frozenset(("at", "known", "on"))


class _Wrong(Exception):
    def __init__(self, token: Token, message: str) -> None:
        super().__init__(message)
        self.token, self.message = token, message


def read_scenarios(texts: Sequence[Text], agreements: Agreements) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Read all tests of some documents; those with a mistake are left out, and the mistakes told."""
    found: list[Scenario] = []
    problems: list[Problem] = []
    for page in map(Page.of, texts):
        for block in test_blocks(page):
            for tokens in _cut(tokenize(page.text, block.start, block.end), "test"):
                try:
                    found.append(_scenario(page, tokens, agreements))
                except _Wrong as wrong:
                    span = page.span(wrong.token.start, wrong.token.end)
                    problems.append(problem(mistakes.SYNTAX, wrong.message, span))
    return tuple(found), tuple(problems)


def _cut(tokens: Sequence[Token], *words: str) -> Iterator[list[Token]]:
    starts = [index for index, token in enumerate(tokens) if token.text in words]
    if tokens and (not starts or starts[0]):
        starts.insert(0, 0)
    yield from ([*tokens[start:end]] for start, end in pairwise([*starts, len(tokens)]))


def _scenario(page: Page, tokens: list[Token], agreements: Agreements) -> Scenario:
    if len(tokens) < 2 or tokens[0].text != "test" or tokens[1].kind != "STRING":  # noqa: PLR2004 (`test` and a name)
        raise _Wrong(tokens[0], 'A test opens with `test "…"`.')
    givens: list[Given] = []
    files: list[str] = []
    expectations: list[Expectation] = []
    record = False
    for line in _cut(tokens[2:], "given", "expect"):
        words = [token.text for token in line]
        if words[0] == "expect":
            expectations.append(_expect(page, line))
        elif words == ["given", "the", "record"]:
            record = True
        elif words[:2] == ["given", "facts"] and len(line) > 2 and line[2].kind == "STRING":  # noqa: PLR2004 (the file)
            files.append(line[2].text.strip('"'))
        elif words[0] == "given":
            givens.append(_given(page, line, agreements))
        else:
            raise _Wrong(line[0], "Expected `given` or `expect`.")
    return Scenario(
        name=tokens[1].text.strip('"'),
        document=page.path,
        givens=tuple(givens),
        files=tuple(files),
        on_record=record,
        expectations=tuple(expectations),
        span=page.span(tokens[0].start, tokens[-1].end),
    )


def _given(page: Page, line: list[Token], agreements: Agreements) -> Given:
    end = _first(line, _MODIFIERS)
    fact, parts = _expression(page, line[1:end]), dict[str, str]()
    for words in _cut(line[end:], *_MODIFIERS):
        texts = [word.text for word in words]
        match texts:
            case ["on" | "in", date]:
                parts |= {"first": date, "last": date}
            case ["between", first, "and", last]:
                parts |= {"first": first, "last": last}
            case ["from", date]:
                parts["first"] = date
            case ["until", date]:
                parts["last"] = date
            case ["said", date]:
                parts["said"] = date
            case ["told", "by", who]:
                parts["told_by"] = who
            case _:
                raise _Wrong(words[0], "This is not understood.")
    polarity = not isinstance(fact, ex.Not)
    fact = fact.item if isinstance(fact, ex.Not) else fact
    if isinstance(fact, ex.Finds):
        parts.setdefault("told_by", fact.body)
        fact = fact.what
    if not isinstance(fact, ex.Ref):
        raise _Wrong(line[1], "A fact is an event or a state.")
    term = Term(fact.name, tuple(arg.text for arg in fact.args if isinstance(arg, ex.Name)))
    holds = agreements.get(term.name, State) is not None
    return Given(term=term, holds=holds, polarity=polarity, span=page.span(line[0].start, line[-1].end), **parts)


def _expect(page: Page, line: list[Token]) -> Expectation:
    place = max((index for index, token in enumerate(line) if token.text == "is"), default=0)
    end = place + 1 + _first(line[place + 1 :], _AS_OF)
    answer = [token.text for token in line[place + 1 : end]]
    if not place or not answer:
        raise _Wrong(line[0], "An expected answer is written `expect … is …`.")
    parts = dict[str, str]()
    readings: tuple[str, ...] = ()
    for words in _cut(line[end:], *_AS_OF):
        texts = [word.text for word in words]
        match texts:
            case ["at" | "known" as kind, date]:
                parts[kind] = date
            case ["on", "reading", *names]:
                readings += tuple(name for name in names if name != ",")
            case _:
                raise _Wrong(words[0], "This is not understood.")
    return Expectation(
        subject=_expression(page, line[1:place]),
        subject_text=" ".join(page.text[line[1].start : line[place - 1].end].split()),
        answer=_kind(line[place + 1], answer),
        expected=(answer[1], answer[3]) if answer[0] == "between" else (answer[0],),
        readings=readings,
        span=page.span(line[place + 1].start, line[end - 1].end),
        **parts,
    )


def _kind(token: Token, answer: list[str]) -> Answer:
    match answer:
        case ["never"]:
            return Answer.NEVER
        case ["depends"]:
            return Answer.DEPENDS
        case ["between", _, "and", _]:
            return Answer.RANGE
        case [_]:
            return Answer.DATE if token.kind == "DATE" else Answer.WORD
        case _:
            raise _Wrong(token, "Expected a word, a date, or `between … and …`.")


def _first(tokens: Sequence[Token], words: frozenset[str]) -> int:
    return next((index for index, token in enumerate(tokens) if token.text in words), len(tokens))


def _expression(page: Page, tokens: Sequence[Token]) -> ex.Expression:
    """Parse an expression as the condition of a clause: there is one category of expressions."""
    if not tokens:
        raise _Wrong(Token("", "", 0, 0), "Something is missing here.")
    made = parser().run("clause", [Token("WHILE", "while", tokens[0].start, tokens[0].start), *tokens], page)
    if not isinstance(made, Condition):
        raise _Wrong(tokens[0], "This is neither a term nor a moment.")
    return made.expression
