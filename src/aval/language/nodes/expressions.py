"""Expressions, out of what their rules found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aval.language import syntax
from aval.language.lalr import Action
from aval.language.nodes.basics import Kids, Mistake, name_of, only, ordinal, whole_number
from aval.language.page import Page
from aval.language.tokens import Token
from aval.model import expression as ex
from aval.model.expression import Name
from aval.model.statement import Rung


def _ref(page: Page, kids: Kids, first: int, last: int) -> ex.Ref:
    return ex.Ref(kids[0].text, tuple(kids[1:]), span=page.span(first, last))


def _bare(page: Page, ref: ex.Ref, first: int, last: int, before: str) -> Name:
    """Take a reference without arguments as a name."""
    del page
    if ref.args:
        raise Mistake("word", f"Before `{before}` stands a name alone, without brackets.", first, last)
    return Name(ref.name, span=ref.span)


def _is_one_of(page: Page, kids: Kids, first: int, last: int) -> ex.IsOneOf:
    options = (name_of(page, kids[1]),) if isinstance(kids[1], Token) else kids[1]
    return ex.IsOneOf(_bare(page, kids[0], first, last, "is"), options, span=page.span(first, last))


def _is_not(page: Page, kids: Kids, first: int, last: int) -> ex.Not:
    return ex.Not(_is_one_of(page, kids, first, last), span=page.span(first, last))


def _member_of(page: Page, kids: Kids, first: int, last: int) -> ex.MemberOf:
    return ex.MemberOf(_bare(page, kids[0], first, last, "in"), kids[1].text, span=page.span(first, last))


def _finds(page: Page, kids: Kids, first: int, last: int) -> ex.Finds:
    return ex.Finds(_bare(page, kids[0], first, last, "finds").text, kids[1], span=page.span(first, last))


RUNGS = {rung.value.replace(" ", "_"): rung for rung in Rung}


def _rung_is(page: Page, kids: Kids, first: int, last: int) -> ex.RungIs:
    word: Token = kids[1]
    if word.text not in RUNGS:
        raise Mistake("rung", word.text, word.start, word.end)
    return ex.RungIs(kids[0], RUNGS[word.text], span=page.span(first, last))


def _chain(make: Callable[..., Any]) -> Action[Page]:
    return lambda page, kids, first, last: make(tuple(kids), span=page.span(first, last))


def _one(make: Callable[..., Any]) -> Action[Page]:
    return lambda page, kids, first, last: make(kids[0], span=page.span(first, last))


def _count(quantifier: ex.Quantifier, *, more: int = 0, negated: bool = False) -> Action[Page]:
    """Make a count. `more than 2` is at least 3; `at most 2` is not at least 3."""

    def make(page: Page, kids: Kids, first: int, last: int) -> ex.Expression:
        span = page.span(first, last)
        number = 1
        if isinstance(kids[0], Token) and kids[0].kind == "INT":
            number = whole_number(page, kids[0]).value + more
            kids = kids[1:]
        binding = ex.Binding(kids[0].text, kids[1].text, kids[2] if len(kids) > 2 else None, span=span)  # noqa: PLR2004
        count = ex.Count(quantifier, number, binding, span=span)
        return ex.Not(count, span=span) if negated else count

    return make


def _date(page: Page, kids: Kids, first: int, last: int) -> ex.Instant:
    return ex.Instant(kids[0].text, span=page.span(first, last))


def _duration(page: Page, kids: Kids, _first: int, _last: int) -> ex.Duration:
    return ex.Duration(whole_number(page, kids[0]).value, ex.Unit(kids[1].text.removesuffix("s")))


def _pair(make: Callable[..., Any]) -> Action[Page]:
    return lambda page, kids, first, last: make(kids[0], kids[1], span=page.span(first, last))


def _nth(page: Page, kids: Kids, first: int, last: int) -> ex.Nth:
    return ex.Nth(ordinal(kids[0]), kids[1], span=page.span(first, last))


def _month_first(page: Page, kids: Kids, first: int, last: int) -> ex.MonthFirst:
    number = ordinal(kids[0]) if len(kids) > 1 else 1
    return ex.MonthFirst(number, kids[-1], span=page.span(first, last))


def _named(page: Page, kids: Kids, first: int, last: int) -> syntax.Named:
    anything = len(kids) == 1
    return syntax.Named("any" if anything else kids[1].text, kids[0].text, anything, span=page.span(first, last))


ACTIONS: dict[str, Action[Page]] = {
    "and": _chain(ex.And),
    "or": _chain(ex.Or),
    "not": _one(ex.Not),
    "not_said_condition": lambda page, kids, first, last: ex.NotSaid(kids[0].text, span=page.span(first, last)),
    "happened": _one(ex.Happened),
    "is": _is_one_of,
    "is_not": _is_not,
    "is_one_of": _is_one_of,
    "is_not_one_of": _is_not,
    "rung_is": _rung_is,
    "member_of": _member_of,
    "some": _count(ex.Quantifier.AT_LEAST),
    "none": _count(ex.Quantifier.NONE),
    "every": _count(ex.Quantifier.EVERY),
    "at_least": _count(ex.Quantifier.AT_LEAST),
    "more_than": _count(ex.Quantifier.AT_LEAST, more=1),
    "at_most": _count(ex.Quantifier.AT_LEAST, more=1, negated=True),
    "fewer_than": _count(ex.Quantifier.AT_LEAST, negated=True),
    "with": only,
    "after": _pair(ex.After),
    "before": _pair(ex.Before),
    "expiry": _pair(ex.Expiry),
    "held": _pair(ex.Held),
    "month_first": _month_first,
    "nth": _nth,
    "latest": _one(ex.Latest),
    "later": _chain(ex.Later),
    "earlier": _chain(ex.Earlier),
    "beginning": _one(ex.Beginning),
    "end": _one(ex.End),
    "finds": _finds,
    "date": _date,
    "bracket": only,
    "ref": _ref,
    "constant": lambda page, kids, _first, _last: name_of(page, kids[0]),
    "anything": lambda page, _kids, first, last: ex.Any(span=page.span(first, last)),
    "named": _named,
    "named_any": _named,
    "duration": _duration,
    "unit": only,
    "value": only,
    "if": only,
    "unless": lambda page, kids, first, last: ex.Not(kids[0], span=page.span(first, last)),
}
