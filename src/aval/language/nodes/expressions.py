"""Expressions, out of what their rules found."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from aval.language import syntax
from aval.language.lalr import Action
from aval.language.nodes.basics import Kids, Mistake, amount_of, decimal_of, name_of, not_too_many, only, ordinal, whole_number
from aval.language.page import Page
from aval.language.tokens import Token
from aval.model import expression as ex
from aval.model.expression import Name
from aval.model.statement import Rung


def _ref(page: Page, kids: Kids, first: int, last: int) -> ex.Ref:
    return ex.Ref(kids[0].text, tuple(not_too_many(kids[1:], "arguments", first, last)), span=page.span(first, last))


def _bare(page: Page, ref: ex.Ref, first: int, last: int, before: str) -> Name:
    """Take a reference without arguments as a name."""
    del page
    if ref.args:
        raise Mistake("word", f"Before `{before}` stands a name alone, without brackets.", first, last)
    return Name(ref.name, span=ref.span)


def _is_one_of(page: Page, kids: Kids, first: int, last: int) -> ex.IsOneOf | ex.Stands:
    """Ask which one a variable stands for, or where a norm stands. Of a bare name the checks know which is meant."""
    options = (name_of(page, kids[1]),) if isinstance(kids[1], Token) else kids[1]
    asked = _ref_only(kids[0], first, last, "is")
    if asked.args:
        return ex.Stands(asked, tuple(option.text for option in options), span=page.span(first, last))
    return ex.IsOneOf(Name(asked.name, span=asked.span), options, span=page.span(first, last))


def _ref_only(asked: ex.Expression, first: int, last: int, before: str) -> ex.Ref:
    if not isinstance(asked, ex.Ref):
        raise Mistake(
            "word", f"Before `{before}` and a word stands a name. Two moments are compared by `is before` or `is after`.", first, last
        )
    return asked


def _is_not(page: Page, kids: Kids, first: int, last: int) -> ex.Not:
    return ex.Not(_is_one_of(page, kids, first, last), span=page.span(first, last))


def _member_of(page: Page, kids: Kids, first: int, last: int) -> ex.MemberOf:
    return ex.MemberOf(_bare(page, kids[0], first, last, "in"), kids[1].text, span=page.span(first, last))


def _finds(page: Page, kids: Kids, first: int, last: int) -> ex.Finds:
    return ex.Finds(_bare(page, kids[0], first, last, "finds").text, kids[1], span=page.span(first, last))


RUNGS = {rung.value.replace(" ", "_"): rung for rung in Rung}


OFFER = "offer"
"""The name that all contributions share."""


def _compare(page: Page, kids: Kids, first: int, last: int) -> ex.Compare | ex.RungIs:
    """Compare two numbers; or ask how far an offer stands, where the right side is a rung or the left side an offer."""
    left, bound, right = kids
    word = right.name if isinstance(right, ex.Ref) and not right.args else ""
    if isinstance(left, ex.Ref) and bound is ex.Bound.AT_LEAST and (word in RUNGS or (left.name == OFFER and word)):
        if word not in RUNGS:
            raise Mistake("rung", word, last - len(word), last)
        return ex.RungIs(left, RUNGS[word], span=page.span(first, last))
    return ex.Compare(left, bound, right, span=page.span(first, last))


def _bound(_page: Page, kids: Kids, _first: int, _last: int) -> ex.Bound:
    return ex.Bound(" ".join(kid.text for kid in kids))


def _binding(page: Page, kids: Kids, first: int, last: int) -> ex.Binding:
    """Make what is bound of: variable, group, and perhaps a fixed day and a condition."""
    rest = kids[2:]
    day = next((kid.text for kid in rest if isinstance(kid, Token)), "")
    condition = next((kid for kid in rest if not isinstance(kid, Token)), None)
    return ex.Binding(kids[0].text, kids[1].text, condition, day, span=page.span(first, last))


def _share(page: Page, kids: Kids, first: int, last: int) -> ex.Share:
    amount = amount_of(page, kids[1])
    return ex.Share(kids[0], amount.number, amount.denominator, _binding(page, kids[2:], first, last), span=page.span(first, last))


def _part_held(page: Page, kid: Token | ex.Number) -> Decimal | Fraction:
    """Give percent as a decimal, and a share such as 2/3 as a fraction."""
    if isinstance(kid, ex.Number):
        return kid.value
    amount = amount_of(page, kid)
    return Fraction(amount.number, amount.denominator)


def _weight(page: Page, kids: Kids, first: int, last: int) -> ex.Weight:
    return ex.Weight(kids[0], _part_held(page, kids[1]), kids[2].text, _binding(page, kids[3:], first, last), span=page.span(first, last))


def _rate(page: Page, kids: Kids, first: int, last: int) -> ex.Rate:
    bound, number, item, duration = kids
    return ex.Rate(bound, whole_number(page, number).value, item, duration, span=page.span(first, last))


def _total(page: Page, kids: Kids, first: int, last: int) -> ex.Total:
    return ex.Total(kids[0], _binding(page, kids[1:], first, last), span=page.span(first, last))


def _number(page: Page, kids: Kids, first: int, last: int) -> ex.Number:
    return ex.Number(decimal_of(page, kids[0]), span=page.span(first, last))


def _window(window: ex.Window) -> Action[Page]:
    return lambda _page, kids, _first, _last: (window, tuple(kids))


def _happened_in(page: Page, kids: Kids, first: int, last: int) -> ex.HappenedIn:
    window, limits = kids[1]
    return ex.HappenedIn(kids[0], window, limits, span=page.span(first, last))


def _order(*, after: bool) -> Action[Page]:
    return lambda page, kids, first, last: ex.Order(kids[0], kids[1], after, span=page.span(first, last))


def _after_paused(page: Page, kids: Kids, first: int, last: int) -> ex.AfterPaused:
    return ex.AfterPaused(kids[0], kids[1], kids[2], span=page.span(first, last))


def _nth_day(page: Page, kids: Kids, first: int, last: int) -> ex.After:
    """`30th day after M` is the date of M plus 30 (2.2)."""
    return ex.After(ex.Duration(ordinal(kids[0]), ex.Unit.DAY), kids[1], span=page.span(first, last))


def _chain(make: Callable[..., Any]) -> Action[Page]:
    return lambda page, kids, first, last: make(tuple(kids), span=page.span(first, last))


def _one(make: Callable[..., Any]) -> Action[Page]:
    return lambda page, kids, first, last: make(kids[0], span=page.span(first, last))


def _every(quantifier: ex.Quantifier) -> Action[Page]:
    return lambda page, kids, first, last: ex.Count(quantifier, 1, _binding(page, kids, first, last), span=page.span(first, last))


def _fewer(page: Page, kids: Kids, first: int, last: int) -> ex.Expression:
    return _count(page, [ex.Bound.LESS_THAN, *kids], first, last)


def _count(page: Page, kids: Kids, first: int, last: int) -> ex.Expression:
    """Make a count. `more than 2` is at least 3; `at most 2` is not at least 3."""
    bound, span = kids[0], page.span(first, last)
    number = whole_number(page, kids[1]).value + (bound in (ex.Bound.MORE_THAN, ex.Bound.AT_MOST))
    count = ex.Count(ex.Quantifier.AT_LEAST, number, _binding(page, kids[2:], first, last), span=span)
    return ex.Not(count, span=span) if bound in (ex.Bound.AT_MOST, ex.Bound.LESS_THAN) else count


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


def _named_some(page: Page, kids: Kids, first: int, last: int) -> syntax.NamedSome:
    return syntax.NamedSome(kids[1].text, kids[0].text, span=page.span(first, last))


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
    "compare": _compare,
    "bound": _bound,
    "is_before": _order(after=False),
    "is_after": _order(after=True),
    "happened_in": _happened_in,
    "by": _window(ex.Window.BY),
    "before_then": _window(ex.Window.BEFORE),
    "after_then": _window(ex.Window.AFTER),
    "between": _window(ex.Window.BETWEEN),
    "member_of": _member_of,
    "some": _every(ex.Quantifier.AT_LEAST),
    "none": _every(ex.Quantifier.NONE),
    "every": _every(ex.Quantifier.EVERY),
    "count": _count,
    "fewer_than": _fewer,
    "share": _share,
    "weight": _weight,
    "rate": _rate,
    "with": only,
    "after": _pair(ex.After),
    "before": _pair(ex.Before),
    "after_paused": _after_paused,
    "nth_day": _nth_day,
    "midnight": _one(ex.Midnight),
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
    "number": _number,
    "percent": lambda page, kids, first, last: ex.Number(kids[0].value, percent=True, span=page.span(first, last)),
    "percent_of": lambda page, kids, first, last: ex.PercentOf(kids[0].value, kids[1], span=page.span(first, last)),
    "total": _total,
    "its_beginning": lambda page, _kids, first, last: ex.ItsBeginning(span=page.span(first, last)),
    "its_trigger": lambda page, _kids, first, last: ex.ItsTrigger(span=page.span(first, last)),
    "bracket": only,
    "ref": _ref,
    "constant": lambda page, kids, _first, _last: name_of(page, kids[0]),
    "anything": lambda page, _kids, first, last: ex.Any(span=page.span(first, last)),
    "some_arg": lambda page, kids, first, last: ex.Some(name_of(page, kids[0]).text, span=page.span(first, last)),
    "named": _named,
    "named_some": _named_some,
    "named_any": _named,
    "duration": _duration,
    "unit": only,
    "value": only,
    "if": only,
    "unless": lambda page, kids, first, last: ex.Not(kids[0], span=page.span(first, last)),
}
