"""Clauses, out of what their rules found."""

from __future__ import annotations

from dataclasses import replace

from aval.language import syntax
from aval.language.lalr import Action
from aval.language.nodes.basics import Kids, as_expression, name_of, quoted, whole_number
from aval.language.page import Page
from aval.language.syntax import Quoted
from aval.language.tokens import Token
from aval.model.expression import Name


def _plain(kind: str) -> Action[Page]:
    return lambda page, _kids, first, last: syntax.Clause(kind=kind, span=page.span(first, last))


def _condition(kind: str) -> Action[Page]:
    def make(page: Page, kids: Kids, first: int, last: int) -> syntax.Condition:
        guard = kids[1] if len(kids) > 1 else None
        return syntax.Condition(kind=kind, span=page.span(first, last), expression=as_expression(kids[0]), guard=guard)

    return make


def _name_list(kind: str) -> Action[Page]:
    def make(page: Page, kids: Kids, first: int, last: int) -> syntax.Names:
        flat: list[Name] = []
        for kid in kids:
            flat.extend((name_of(page, kid),) if isinstance(kid, Token) else kid)
        return syntax.Names(kind=kind, span=page.span(first, last), names=tuple(flat))

    return make


def _texts(kind: str) -> Action[Page]:
    return lambda page, kids, first, last: syntax.Texts(
        kind=kind, span=page.span(first, last), texts=tuple(quoted(page, kid) for kid in kids)
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
    label = next((quoted(page, kid).text for kid in kids[1:] if isinstance(kid, Token)), "")
    return syntax.ReadingOf(kind="reading", span=page.span(first, last), name=name_of(page, kids[0]), label=label, held_by=held)


def _step(page: Page, kids: Kids, first: int, last: int) -> syntax.Step:
    label = next((quoted(page, kid).text for kid in kids if isinstance(kid, Token)), "")
    applies = tuple(kid for kid in kids[1:] if not isinstance(kid, Token))
    return syntax.Step(kind="step", span=page.span(first, last), event=kids[0], label=label, applies=applies)


def _applies(page: Page, kids: Kids, _first: int, _last: int) -> tuple[Name, str]:
    return name_of(page, kids[0]), quoted(page, kids[1]).text if len(kids) > 1 else ""


def _on_reading(page: Page, kids: Kids, first: int, last: int) -> syntax.Clause:
    clause: syntax.Clause = kids[1]
    return replace(clause, reading=name_of(page, kids[0]), span=page.span(first, last))


ACTIONS: dict[str, Action[Page]] = {
    **{kind: _condition(kind) for kind in ("while", "from", "until", "when", "means")},
    "subject_to": _condition("subject to"),
    "no_later": _condition("no later than"),
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
    "voice": lambda page, kids, _first, _last: syntax.Voices(name_of(page, kids[0])),
    "sources": lambda page, kids, _first, _last: syntax.Sources(whole_number(page, kids[0]), name_of(page, kids[1])),
    "finding": lambda page, kids, _first, _last: syntax.FindingOf(name_of(page, kids[0])),
    "firmness": lambda page, kids, _first, _last: name_of(page, kids[0]),
    "reading": _reading,
    "step": _step,
    "applies": _applies,
    "on_reading": _on_reading,
    "dated": _dated,
    "zone": _texts("dates run in"),
    "source": _texts("source"),
}
