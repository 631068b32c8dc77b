"""What each rule of the grammar makes: the one place between the parser and `syntax`.

Every action takes the page, the values of the rule that carry meaning, and the offsets of the rule's text. The values come off the parser's
stack, so their types are known by the grammar and not by the type checker.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from aval.language import syntax
from aval.language.lalr import Action
from aval.language.page import Page
from aval.language.syntax import Quoted
from aval.language.tokens import Token
from aval.model import expression as ex
from aval.model.expression import Name
from aval.model.statement import Rung

Kids = list[Any]

LONGEST = 100
"""How many characters a name may have."""


class Mistake(Exception):
    """Something that fits the grammar and cannot be meant. `kind` says which mistake, the offsets say where."""

    def __init__(self, kind: str, text: str, first: int, last: int) -> None:
        super().__init__(text)
        self.kind, self.text, self.first, self.last = kind, text, first, last


# ---------------------------------------------------------------- small things


def _name(page: Page, token: Token) -> Name:
    if len(token.text) > LONGEST:
        raise Mistake("limit", f"`{token.text[:20]}…` is too long for a name.", token.start, token.end)
    return Name(token.text, span=page.span(token.start, token.end))


def _quoted(page: Page, token: Token) -> Quoted:
    sound = token.text[:1] == '"' == token.text[-1:] and len(token.text) > 1
    return Quoted(token.text[1:-1] if sound else "", page.span(token.start, token.end), sound)


def _number(page: Page, token: Token) -> syntax.Number:
    if len(token.text) > 9:  # noqa: PLR2004 (a billion of anything is a slip)
        raise Mistake("limit", f"`{token.text[:20]}…` is too large a number.", token.start, token.end)
    return syntax.Number(int(token.text), page.span(token.start, token.end))


def _any_token(page: Page, token: Token) -> Any:  # noqa: ANN401 (name, text or number)
    if token.kind == "STRING":
        return _quoted(page, token)
    if token.kind == "INT":
        return _number(page, token)
    return _name(page, token)


def _sorted(page: Page, kids: Kids) -> Kids:
    """Make nodes of the tokens that are left among the values."""
    return [_any_token(page, kid) if isinstance(kid, Token) else kid for kid in kids]


def _label(kids: Kids) -> str:
    return next((kid.text for kid in kids if isinstance(kid, Quoted)), "")


# ---------------------------------------------------------------- declarations


class _Head:
    """Name, parameters and label, on their way into a declaration."""

    def __init__(self, name: Name, params: tuple[syntax.Param, ...], label: str) -> None:
        self.name, self.params, self.label = name, params, label


def _head(page: Page, kids: Kids, _first: int, _last: int) -> _Head:
    params = next((kid for kid in kids if isinstance(kid, tuple) and not isinstance(kid, Token)), ())
    label = next((_quoted(page, kid).text for kid in kids if isinstance(kid, Token) and kid.kind == "STRING"), "")
    return _Head(_name(page, kids[0]), params, label)


def _declaration(kind: str) -> Action[Page]:
    def make(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
        head = kids[0]
        extra = next((kid for kid in kids if isinstance(kid, syntax.Members)), None)
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
        source = isinstance(kid, syntax.Texts) and kid.kind == "source" and kid.reading is None
        if source and isinstance(above, syntax.ReadingOf | syntax.Step):
            found[-1] = replace(above, sources=(*above.sources, kid))
        else:
            found.append(kid)
    return tuple(found)


def _moment(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    made: syntax.Declaration = _declaration("moment")(page, kids, first, last)
    means = [kid for kid in kids if isinstance(kid, ex.Node)]
    opening = tuple(syntax.Condition(kind="means", span=kid.span, expression=_as_expression(kid)) for kid in means)
    return replace(made, clauses=(*opening, *made.clauses))


def _duty(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    made: syntax.Declaration = _declaration("duty")(page, kids, first, last)
    deeds, chooser = kids[3]
    return replace(made, extra=syntax.Owes(_name(page, kids[1]), _name(page, kids[2]), deeds, chooser))


def _power(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    made: syntax.Declaration = _declaration("power")(page, kids, first, last)
    return replace(made, extra=syntax.May(_name(page, kids[1]), kids[2]))


def _contribution(page: Page, kids: Kids, first: int, last: int) -> syntax.Declaration:
    ref: ex.Ref = kids[0]
    return syntax.Declaration(
        kind="contribution",
        name=Name(ref.name, span=ref.span),
        label=_label(_sorted(page, kids)),
        extra=syntax.Offer(ref),
        clauses=_clauses(kids),
        span=page.span(first, last),
    )


def _members(page: Page, kids: Kids, first: int, last: int) -> syntax.Members:
    names = next((kid for kid in kids if isinstance(kid, tuple)), ())
    others = next((kid for kid in kids if isinstance(kid, _Others)), None)
    size = next((kid for kid in kids if isinstance(kid, syntax.Number)), None)
    return syntax.Members(names, others is not None, others.among if others else None, size, page.span(first, last))


class _Others:
    """`others not named among NAME`, on its way into the members."""

    def __init__(self, among: Name | None) -> None:
        self.among = among


# ---------------------------------------------------------------- clauses


def _plain(kind: str) -> Action[Page]:
    return lambda page, _kids, first, last: syntax.Clause(kind=kind, span=page.span(first, last))


def _condition(kind: str) -> Action[Page]:
    def make(page: Page, kids: Kids, first: int, last: int) -> syntax.Condition:
        guard = kids[1] if len(kids) > 1 else None
        return syntax.Condition(kind=kind, span=page.span(first, last), expression=_as_expression(kids[0]), guard=guard)

    return make


def _name_list(kind: str) -> Action[Page]:
    def make(page: Page, kids: Kids, first: int, last: int) -> syntax.Names:
        flat: list[Name] = []
        for kid in kids:
            flat.extend((_name(page, kid),) if isinstance(kid, Token) else kid)
        return syntax.Names(kind=kind, span=page.span(first, last), names=tuple(flat))

    return make


def _texts(kind: str) -> Action[Page]:
    return lambda page, kids, first, last: syntax.Texts(
        kind=kind, span=page.span(first, last), texts=tuple(_quoted(page, kid) for kid in kids)
    )


def _dated(page: Page, kids: Kids, first: int, last: int) -> syntax.Texts:
    token: Token = kids[0]
    return syntax.Texts(kind="dated", span=page.span(first, last), texts=(Quoted(token.text, page.span(token.start, token.end)),))


def _accepted(page: Page, kids: Kids, first: int, last: int) -> syntax.Accepted:
    firm = kids[-1] if isinstance(kids[-1], Name) else None
    ways = tuple(kid for kid in kids if not isinstance(kid, Name))
    return syntax.Accepted(kind="accepted from", span=page.span(first, last), ways=ways, firmness=firm)


def _reading(page: Page, kids: Kids, first: int, last: int) -> syntax.ReadingOf:
    held = next((kid for kid in kids if isinstance(kid, tuple) and not isinstance(kid, Token)), ())
    label = next((_quoted(page, kid).text for kid in kids[1:] if isinstance(kid, Token)), "")
    return syntax.ReadingOf(kind="reading", span=page.span(first, last), name=_name(page, kids[0]), label=label, held_by=held)


def _step(page: Page, kids: Kids, first: int, last: int) -> syntax.Step:
    label = next((_quoted(page, kid).text for kid in kids if isinstance(kid, Token)), "")
    applies = tuple(kid for kid in kids[1:] if not isinstance(kid, Token))
    return syntax.Step(kind="step", span=page.span(first, last), event=kids[0], label=label, applies=applies)


def _applies(page: Page, kids: Kids, _first: int, _last: int) -> tuple[Name, str]:
    return _name(page, kids[0]), _quoted(page, kids[1]).text if len(kids) > 1 else ""


def _on_reading(page: Page, kids: Kids, first: int, last: int) -> syntax.Clause:
    clause: syntax.Clause = kids[1]
    return replace(clause, reading=_name(page, kids[0]), span=page.span(first, last))


# ---------------------------------------------------------------- expressions


def _as_expression(kid: Any) -> ex.Expression:  # noqa: ANN401 (see the head of this file)
    made: ex.Expression = kid
    return made


def _ref(page: Page, kids: Kids, first: int, last: int) -> ex.Ref:
    return ex.Ref(kids[0].text, tuple(kids[1:]), span=page.span(first, last))


def _bare(page: Page, ref: ex.Ref, first: int, last: int, before: str) -> Name:
    """Take a reference without arguments as a name."""
    del page
    if ref.args:
        raise Mistake("word", f"Before `{before}` stands a name alone, without brackets.", first, last)
    return Name(ref.name, span=ref.span)


def _is_one_of(page: Page, kids: Kids, first: int, last: int) -> ex.IsOneOf:
    options = (_name(page, kids[1]),) if isinstance(kids[1], Token) else kids[1]
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
            number = _number(page, kids[0]).value + more
            kids = kids[1:]
        binding = ex.Binding(kids[0].text, kids[1].text, kids[2] if len(kids) > 2 else None, span=span)  # noqa: PLR2004
        count = ex.Count(quantifier, number, binding, span=span)
        return ex.Not(count, span=span) if negated else count

    return make


def _date(page: Page, kids: Kids, first: int, last: int) -> ex.Instant:
    return ex.Instant(kids[0].text, span=page.span(first, last))


def _duration(page: Page, kids: Kids, _first: int, _last: int) -> ex.Duration:
    return ex.Duration(_number(page, kids[0]).value, ex.Unit(kids[1].text.removesuffix("s")))


def _named(page: Page, kids: Kids, first: int, last: int) -> syntax.Named:
    anything = len(kids) == 1
    return syntax.Named("any" if anything else kids[1].text, kids[0].text, anything, span=page.span(first, last))


def _kid(_page: Page, kids: Kids, _first: int, _last: int) -> Any:  # noqa: ANN401 (see the head of this file)
    return kids[0]


def _tuple(page: Page, kids: Kids, _first: int, _last: int) -> tuple[Any, ...]:
    return tuple(_sorted(page, kids))


PLAIN = ("agreement", "party", "group", "body", "area", "question", "event", "state", "quantity", "process")
"""The declarations that are a head and clauses (and the members of a group)."""

ACTIONS: dict[str, Action[Page]] = {
    **{kind: _declaration(kind) for kind in PLAIN},
    "moment": _moment,
    "duty": _duty,
    "power": _power,
    "contribution": _contribution,
    "head": _head,
    "params": _tuple,
    "param": lambda page, kids, _first, _last: syntax.Param(_name(page, kids[0]), _name(page, kids[1])),
    "members": _members,
    "others": lambda page, kids, _first, _last: _Others(_name(page, kids[0]) if kids else None),
    "size": lambda page, kids, _first, _last: _number(page, kids[0]),
    "one_deed": lambda _page, kids, _first, _last: ((kids[0],), None),
    "menu": lambda _page, kids, _first, _last: (kids[0], kids[1] if len(kids) > 1 else None),
    "discretion": lambda page, kids, _first, _last: _name(page, kids[0]),
    "names": _tuple,
    "refs": _tuple,
    **{kind: _condition(kind) for kind in ("while", "from", "until", "when", "means")},
    "subject_to": _condition("subject to"),
    "no_later": _condition("no later than"),
    "if": _kid,
    "unless": lambda page, kids, first, last: ex.Not(kids[0], span=page.span(first, last)),
    "within": lambda page, kids, first, last: syntax.Within(kind="within", span=page.span(first, last), duration=kids[0]),
    "place": _name_list("in"),
    "starts_as": _name_list("starts as"),
    "binding": _name_list("binding"),
    "found_by": _name_list("breach found by"),
    "seats": _name_list("seats"),
    "complete": _name_list("complete for"),
    "parties": _name_list("parties"),
    "depositary": _name_list("depositary"),
    "not_said": _name_list("not said"),
    "legal_act": _plain("legal act"),
    "constitutive": _plain("constitutive"),
    "continuing": _plain("continuing"),
    "may_find": lambda page, kids, first, last: syntax.Refs(kind="may find", span=page.span(first, last), refs=kids[0]),
    "accepted": _accepted,
    "voice": lambda page, kids, _first, _last: syntax.Voices(_name(page, kids[0])),
    "sources": lambda page, kids, _first, _last: syntax.Sources(_number(page, kids[0]), _name(page, kids[1])),
    "finding": lambda page, kids, _first, _last: syntax.FindingOf(_name(page, kids[0])),
    "firmness": lambda page, kids, _first, _last: _name(page, kids[0]),
    "reading": _reading,
    "step": _step,
    "applies": _applies,
    "on_reading": _on_reading,
    "dated": _dated,
    "zone": _texts("dates run in"),
    "source": _texts("source"),
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
    "with": _kid,
    "after": lambda page, kids, first, last: ex.After(kids[0], kids[1], span=page.span(first, last)),
    "later": _chain(ex.Later),
    "earlier": _chain(ex.Earlier),
    "beginning": _one(ex.Beginning),
    "end": _one(ex.End),
    "finds": _finds,
    "date": _date,
    "bracket": _kid,
    "ref": _ref,
    "constant": lambda page, kids, _first, _last: _name(page, kids[0]),
    "anything": lambda page, _kids, first, last: ex.Any(span=page.span(first, last)),
    "named": _named,
    "named_any": _named,
    "duration": _duration,
    "unit": _kid,
    "value": _kid,
}
"""What each rule makes, by its name in the grammar."""
