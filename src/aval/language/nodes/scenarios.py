"""Tests and suppositions, out of what their rules found."""

from __future__ import annotations

from typing import Any

from aval.language import syntax
from aval.language.lalr import Action
from aval.language.nodes.basics import Kids, Mistake, name_of, quoted
from aval.language.page import Page
from aval.language.syntax import Quoted
from aval.language.tokens import Token
from aval.model import expression as ex
from aval.model.expression import Name

FACTS = "facts"
"""The word between `given` and the name of a file."""


def _date(page: Page, token: Token) -> Quoted:
    return Quoted(token.text, page.span(token.start, token.end))


def _dates(*kinds: str) -> Action[Page]:
    """Make dates of the tokens, each under its own word; one date under several words stands for all of them."""
    return lambda page, kids, _first, _last: {kind: _date(page, kids[min(number, len(kids) - 1)]) for number, kind in enumerate(kinds)}


def _some_time(page: Page, kids: Kids, _first: int, _last: int) -> dict[str, Any]:
    return {"first": _date(page, kids[0]), "last": _date(page, kids[-1]), "throughout": False}


def _given(page: Page, kids: Kids, first: int, last: int) -> syntax.Given:
    parts: dict[str, Any] = {}
    for kid in kids[1:]:
        if twice := sorted(parts.keys() & kid.keys()):
            raise Mistake("word", f"This `given` says twice when it was, or by whom it was told ({', '.join(twice)}).", first, last)
        parts |= kid
    ref, polarity, body, amount = kids[0]
    parts |= amount
    if body is not None:
        parts.setdefault("told_by", body)
        parts["body"] = body
    text = " ".join(page.text[first:last].split()).removeprefix("given ")
    return syntax.Given(kind="given", span=page.span(first, last), ref=ref, polarity=polarity, text=text, **parts)


def _given_file(page: Page, kids: Kids, first: int, last: int) -> syntax.GivenFile:
    ref: ex.Ref = kids[0]
    if ref.name != FACTS or ref.args:
        raise Mistake("word", f'A file stands after `given {FACTS}`: `given {FACTS} "statements/deposits.csv"`.', first, last)
    return syntax.GivenFile(kind="given facts", span=page.span(first, last), file=quoted(page, kids[1]))


def _fact(*, polarity: bool) -> Action[Page]:
    return lambda _page, kids, _first, _last: (kids[0], polarity, None, {})


def _told_amount(page: Page, kids: Kids, first: int, last: int) -> tuple[ex.Ref, bool, None, dict[str, Any]]:
    """Give a quantity and the ends of its amount: both are the number, unless it is a least or a greatest one."""
    ref, *bounds, number = (kid for kid in kids if not isinstance(kid, Token))
    percent = [name_of(page, kid) for kid in kids if isinstance(kid, Token)]
    bound = bounds[0] if bounds else None
    if bound in (ex.Bound.MORE_THAN, ex.Bound.LESS_THAN):
        raise Mistake("word", "An amount is told as a number, or as one with `at least` or `at most` before it.", first, last)
    ends = {"low": None if bound is ex.Bound.AT_MOST else number.value, "high": None if bound is ex.Bound.AT_LEAST else number.value}
    return ref, True, None, {**ends, "percent": percent[0] if percent else None}


def _found(*, polarity: bool) -> Action[Page]:
    def found(_page: Page, kids: Kids, first: int, last: int) -> tuple[ex.Ref, bool, Name, dict[str, Any]]:
        body: ex.Ref = kids[0]
        if body.args:
            raise Mistake("word", "Before `finds` stands the name of a body, without brackets.", first, last)
        return kids[1], polarity, Name(body.name, span=body.span), {}

    return found


def _answer(page: Page, kids: Kids, first: int, last: int) -> tuple[str, tuple[str, ...], Any]:
    texts = tuple(kid.text for kid in kids if kid.kind in ("NAME", "NO", "DATE") or kid.text not in ("between", "and"))
    span = page.span(first, last)
    if len(kids) > 1:
        return "range", texts, span
    if kids[0].kind == "DATE":
        return "date", texts, span
    return {"never": "never", "depends": "depends"}.get(texts[0], "word"), texts, span


def _expect(page: Page, kids: Kids, first: int, last: int) -> syntax.Expect:
    subject, (answer, expected, place), *rest = kids
    parts: dict[str, Any] = {}
    for kid in rest:
        if twice := sorted(parts.keys() & kid.keys()):
            raise Mistake("word", f"This `expect` says `{twice[0]}` twice.", first, last)
        parts |= kid
    text = " ".join(page.text_of(subject.span).split())
    return syntax.Expect(
        kind="expect",
        span=page.span(first, last),
        subject=subject,
        subject_text=text,
        answer=answer,
        expected=expected,
        answer_span=place,
        **parts,
    )


def _claim(kind: str) -> Action[Page]:
    def claim(page: Page, kids: Kids, first: int, last: int) -> syntax.Claim:
        conditions: tuple[ex.Expression, ...] = tuple(kid for kid in kids if not isinstance(kid, dict | Token))
        readings = next((kid["readings"] for kid in kids if isinstance(kid, dict)), ())
        texts = tuple(" ".join(page.text_of(one.span).split()) for one in conditions)
        return syntax.Claim(kind=kind, span=page.span(first, last), conditions=conditions, texts=texts, readings=readings)

    return claim


def _block(page: Page, kids: Kids, first: int, last: int) -> syntax.ScenarioBlock:
    return syntax.ScenarioBlock(name=quoted(page, kids[0]), lines=tuple(kids[1:]), span=page.span(first, last))


def _without(page: Page, kids: Kids, first: int, last: int) -> syntax.Without:
    return syntax.Without(kind="without", span=page.span(first, last), label=quoted(page, kids[0]))


def _about(page: Page, kids: Kids, first: int, last: int) -> syntax.About:
    return syntax.About(kind="about", span=page.span(first, last), name=name_of(page, kids[0]))


def _format(page: Page, kids: Kids, first: int, last: int) -> syntax.Format:
    return syntax.Format(kind="format", span=page.span(first, last), text=quoted(page, kids[0]))


ACTIONS: dict[str, Action[Page]] = {
    "test_block": _block,
    "suppose_block": _block,
    "without": _without,
    "about": _about,
    "format_line": _format,
    "given": _given,
    "given_file": _given_file,
    "given_record": lambda page, _kids, first, last: syntax.ScenarioLine(kind="given the record", span=page.span(first, last)),
    "told": _fact(polarity=True),
    "denied": _fact(polarity=False),
    "found_by_body": _found(polarity=True),
    "not_found_by_body": _found(polarity=False),
    "told_amount": _told_amount,
    "mod_on": _dates("first", "last"),
    "mod_in": _some_time,
    "mod_between": _some_time,
    "mod_from": _dates("first"),
    "mod_until": _dates("last"),
    "mod_said": _dates("said"),
    "mod_by": lambda page, kids, _first, _last: {"told_by": name_of(page, kids[0])},
    "answer": _answer,
    "expect": _expect,
    "must_always": _claim("must always"),
    "can": _claim("can"),
    "never_before": _claim("never"),
    "asof_at": _dates("at"),
    "asof_known": _dates("known"),
    "asof_reading": lambda _page, kids, _first, _last: {"readings": kids[0]},
}
