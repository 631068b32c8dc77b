"""Declarations, out of what their rules found."""

from __future__ import annotations

from dataclasses import replace

from aval.language import syntax
from aval.language.lalr import Action
from aval.language.nodes.basics import Kids, as_expression, as_tuple, label, name_of, not_too_many, quoted, sorted_out, whole_number
from aval.language.page import Page
from aval.language.tokens import Token
from aval.model import expression as ex
from aval.model.expression import Name

PLAIN = ("agreement", "party", "organisation", "group", "body", "area", "question", "event", "incident", "state", "quantity", "process")
"""The declarations that are a head and clauses (and the members of a group)."""


class _Head:
    """Name, parameters and label, on their way into a declaration."""

    def __init__(self, name: Name, params: tuple[syntax.Param, ...], label: str) -> None:
        self.name, self.params, self.label = name, params, label


def _head(page: Page, kids: Kids, _first: int, _last: int) -> _Head:
    params = next((kid for kid in kids if isinstance(kid, tuple) and not isinstance(kid, Token)), ())
    label = next((quoted(page, kid).text for kid in kids if isinstance(kid, Token) and kid.kind == "STRING"), "")
    return _Head(name_of(page, kids[0]), params, label)


def _declaration(kind: str) -> Action[Page]:
    def make(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
        head = kids[0]
        extra = next((kid for kid in kids if isinstance(kid, syntax.Members | syntax.Values)), None)
        return syntax.Declaration(
            kind=kind,
            name=head.name,
            params=head.params,
            label=head.label,
            extra=extra,
            clauses=_clauses(kids),
            span=page.span(first, last),
        )

    return make


def _clauses(kids: Kids) -> tuple[syntax.Clause, ...]:
    """Give the clauses; a source directly after a reading or a step goes into it."""
    found: list[syntax.Clause] = []
    for kid in kids:
        if not isinstance(kid, syntax.Clause):
            continue
        above = found[-1] if found else None
        source = kid if isinstance(kid, syntax.Texts) and kid.kind == "source" and kid.reading is None else None
        if source is not None and isinstance(above, syntax.ReadingOf | syntax.Step):
            found[-1] = replace(above, sources=(*above.sources, source))
        else:
            found.append(kid)
    return tuple(found)


def _moment(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    made: syntax.Declaration = _declaration("moment")(page, kids, first, last)
    means = [kid for kid in kids if isinstance(kid, ex.Node)]
    opening = tuple(syntax.Condition(kind="means", span=kid.span, expression=as_expression(kid)) for kid in means)
    return replace(made, clauses=(*opening, *made.clauses))


def _duty(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    made: syntax.Declaration = _declaration("duty")(page, kids, first, last)
    deeds, chooser = kids[3]
    return replace(made, extra=syntax.Owes(name_of(page, kids[1]), name_of(page, kids[2]), deeds, chooser))


def _ban(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    made: syntax.Declaration = _declaration("ban")(page, kids, first, last)
    return replace(made, extra=syntax.MustNot(name_of(page, kids[1]), kids[2]))


def _power(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    made: syntax.Declaration = _declaration("power")(page, kids, first, last)
    return replace(made, extra=syntax.May(name_of(page, kids[1]), kids[2]))


def _contribution(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    ref: ex.Ref = kids[0]
    return syntax.Declaration(
        kind="contribution",
        name=Name(ref.name, span=ref.span),
        label=label(sorted_out(page, kids)),
        extra=syntax.Offer(ref),
        clauses=_clauses(kids),
        span=page.span(first, last),
    )


def _members(page: Page, kids: Kids, first: int, last: int) -> syntax.Members:
    names = next((kid for kid in kids if isinstance(kid, tuple)), ())
    others = next((kid for kid in kids if isinstance(kid, _Others)), None)
    size = next((kid for kid in kids if isinstance(kid, syntax.Number)), None)
    return syntax.Members(names, others is not None, others.among if others else None, size, page.span(first, last))


def _members_table(page: Page, kids: Kids, first: int, last: int) -> syntax.Members:
    return syntax.Members((), others=False, among=None, size=None, span=page.span(first, last), table=quoted(page, kids[0]))


class _Others:
    """`others not named among NAME`, on its way into the members."""

    def __init__(self, among: Name | None) -> None:
        self.among = among


ACTIONS: dict[str, Action[Page]] = {
    **{kind: _declaration(kind) for kind in PLAIN},
    "moment": _moment,
    "duty": _duty,
    "ban": _ban,
    "banned": as_tuple,
    "power": _power,
    "values": lambda _page, kids, _first, _last: syntax.Values(kids[0]),
    "members_table": _members_table,
    "contribution": _contribution,
    "head": _head,
    "params": lambda _page, kids, first, last: tuple(not_too_many(kids, "parameters", first, last)),
    "param": lambda page, kids, _first, _last: syntax.Param(name_of(page, kids[0]), name_of(page, kids[1])),
    "members": _members,
    "others": lambda page, kids, _first, _last: _Others(name_of(page, kids[0]) if kids else None),
    "size": lambda page, kids, _first, _last: whole_number(page, kids[0]),
    "one_deed": lambda _page, kids, _first, _last: ((kids[0],), None),
    "menu": lambda _page, kids, _first, _last: (kids[0], kids[1] if len(kids) > 1 else None),
    "discretion": lambda page, kids, _first, _last: name_of(page, kids[0]),
    "names": as_tuple,
    "refs": as_tuple,
}
