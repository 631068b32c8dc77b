"""What all the makers of nodes share: names, texts and numbers out of tokens."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from aval.language import syntax
from aval.language.page import Page
from aval.language.syntax import Quoted
from aval.language.tokens import Token
from aval.model import expression as ex
from aval.model.expression import Name

Kids = list[Any]
"""The values of a rule, as they come off the parser's stack: their types are known by the grammar, not by the type checker."""

DIGITS = 9
"""How many digits a number may have: a billion of anything is a slip."""
LONGEST = 100
"""How many characters a name may have."""

MOST = 100
"""How many parameters something may have, and how many arguments may be given."""


class Mistake(Exception):
    """Something that fits the grammar and cannot be meant. `kind` says which mistake, the offsets say where."""

    def __init__(self, kind: str, text: str, first: int, last: int) -> None:
        super().__init__(text)
        self.kind, self.text, self.first, self.last = kind, text, first, last


def name_of(page: Page, token: Token) -> Name:
    """Give a name. Raises `Mistake` for one that is too long."""
    if len(token.text) > LONGEST:
        raise Mistake("limit", f"`{token.text[:20]}…` is too long for a name.", token.start, token.end)
    return Name(token.text, span=page.span(token.start, token.end))


def not_too_many(kids: Kids, what: str, first: int, last: int) -> Kids:
    """Give parameters or arguments as they came. Raises `Mistake` where there are too many."""
    if len(kids) > MOST:
        raise Mistake("limit", f"Here stand {len(kids)} {what}; there can be {MOST} at most.", first, last)
    return kids


def quoted(page: Page, token: Token) -> Quoted:
    """Give a text without its quotes; an empty one where they are broken."""
    sound = token.text[:1] == '"' == token.text[-1:] and len(token.text) > 1
    return Quoted(token.text[1:-1] if sound else "", page.span(token.start, token.end), sound)


def whole_number(page: Page, token: Token) -> syntax.Number:
    """Give a number. Raises `Mistake` for one of ten digits or more."""
    if len(token.text) > DIGITS:
        raise Mistake("limit", f"`{token.text[:20]}…` is too large a number.", token.start, token.end)
    return syntax.Number(int(token.text), page.span(token.start, token.end))


def ordinal(token: Token) -> int:
    """Give the number of `50th`. Raises `Mistake` for 0th, and for one of ten digits or more."""
    digits = token.text[:-2]
    if len(digits) > DIGITS or not int(digits):
        raise Mistake("limit", f"`{token.text[:20]}` counts nothing.", token.start, token.end)
    return int(digits)


def decimal_of(page: Page, token: Token) -> Decimal:
    """Give a number with or without a decimal point. Raises `Mistake` for one that is too long."""
    if token.kind == "INT":
        return Decimal(whole_number(page, token).value)
    if len(token.text) > 2 * DIGITS:
        raise Mistake("limit", f"`{token.text[:20]}…` has too many digits.", token.start, token.end)
    return Decimal(token.text)


def amount_of(page: Page, token: Token) -> syntax.Amount:
    """Give a whole number, or a share such as 2/3. Raises `Mistake` for a share that is none."""
    if token.kind == "INT":
        return syntax.Amount(whole_number(page, token).value, 0, page.span(token.start, token.end))
    upper, lower = token.text.split("/")
    if len(token.text) > DIGITS or not 0 < int(upper) <= int(lower):
        raise Mistake("word", f"`{token.text[:20]}` is not a share of a whole.", token.start, token.end)
    return syntax.Amount(int(upper), int(lower), page.span(token.start, token.end))


def _any_token(page: Page, token: Token) -> Any:  # noqa: ANN401 (name, text or number)
    if token.kind == "STRING":
        return quoted(page, token)
    if token.kind == "INT":
        return whole_number(page, token)
    return name_of(page, token)


def sorted_out(page: Page, kids: Kids) -> Kids:
    """Make nodes of the tokens that are left among the values."""
    return [_any_token(page, kid) if isinstance(kid, Token) else kid for kid in kids]


def label(kids: Kids) -> str:
    """Give the text among the values, or `""`."""
    return next((kid.text for kid in kids if isinstance(kid, Quoted)), "")


def as_expression(kid: Any) -> ex.Expression:  # noqa: ANN401 (see `Kids`)
    """Take a value as the expression that the grammar says it is."""
    made: ex.Expression = kid
    return made


def only(_page: Page, kids: Kids, _first: int, _last: int) -> Any:  # noqa: ANN401 (see `Kids`)
    """Pass the first value on."""
    return kids[0]


def as_tuple(page: Page, kids: Kids, _first: int, _last: int) -> tuple[Any, ...]:
    """Give all values together."""
    return tuple(sorted_out(page, kids))
