"""Clauses, out of what their rules found."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aval.language import syntax
from aval.language.lalr import Action
from aval.language.nodes.basics import Kids, Mistake, amount_of, as_expression, decimal_of, name_of, only, quoted, whole_number
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


def _becomes(page: Page, kids: Kids, first: int, last: int) -> syntax.Becoming:
    guard = kids[2] if len(kids) > 2 else None  # noqa: PLR2004 (what it becomes, when, and perhaps a guard)
    moment = as_expression(kids[1])
    return syntax.Becoming(kind="becomes", span=page.span(first, last), to=as_expression(kids[0]), expression=moment, guard=guard)


def _refs(kind: str) -> Action[Page]:
    def make(page: Page, kids: Kids, first: int, last: int) -> syntax.Refs:
        refs = kids[0] if isinstance(kids[0], tuple) else (kids[0],)
        return syntax.Refs(kind=kind, span=page.span(first, last), refs=refs)

    return make


class _Who:
    """`only for NAMES` or `not for NAMES`, on its way into a clause."""

    def __init__(self, names: tuple[Name, ...], *, others: bool) -> None:
        self.names, self.others = names, others


def _for_some(page: Page, kids: Kids, first: int, last: int) -> syntax.Clause:
    clause: syntax.Clause = kids[-1]
    who = next(kid for kid in kids if isinstance(kid, _Who))
    reading = name_of(page, kids[0]) if isinstance(kids[0], Token) else None
    return replace(clause, reading=reading, parties=who.names, others=who.others, span=page.span(first, last))


def _rule_votes(page: Page, kids: Kids, _first: int, _last: int) -> dict[str, Any]:
    votes, seats = amount_of(page, kids[0]), whole_number(page, kids[1])
    if not 0 < votes.number <= seats.value:
        raise Mistake("word", f"`{votes.number} of {seats.value}` votes cannot be.", kids[0].start, kids[1].end)
    return {"votes": votes, "seats": seats}


def _rule_silence(_page: Page, kids: Kids, _first: int, _last: int) -> dict[str, Any]:
    word: Token = kids[0]
    if word.text != "silence":
        raise Mistake("word", f"`{word.text[:20]}` takes no time; only `silence` is `of` some days or months.", word.start, word.end)
    return {"silence": kids[1], "objectors": kids[2] if len(kids) > 2 else None}  # noqa: PLR2004 (the word, the time, perhaps objectors)


def _decides(page: Page, kids: Kids, first: int, last: int) -> syntax.Decides:
    parts: dict[str, Any] = {}
    for kid in kids:
        parts |= kid
    return syntax.Decides(kind="decides by", span=page.span(first, last), **parts)


def _counted_once(page: Page, kids: Kids, first: int, last: int) -> syntax.CountedOnce:
    distance, unit = kids[0]
    return syntax.CountedOnce(kind="counted once within", span=page.span(first, last), distance=distance, unit=unit, duration=kids[1])


def _table(page: Page, kids: Kids, first: int, last: int) -> syntax.Texts:
    texts = [quoted(page, kids[0]), *(Quoted(kid.text, page.span(kid.start, kid.end)) for kid in kids[1:])]
    return syntax.Texts(kind="table", span=page.span(first, last), texts=tuple(texts))


ACTIONS: dict[str, Action[Page]] = {
    **{kind: _condition(kind) for kind in ("while", "from", "until", "when", "means")},
    "subject_to": _condition("subject to"),
    "except": _condition("except"),
    "paused": _condition("paused while"),
    "suspended": _condition("suspended while"),
    "waived": _condition("waived when"),
    "amounting": _condition("amounting to"),
    "complete_until": _condition("complete until"),
    "becomes": _becomes,
    "renews": _plain("renews"),
    "repeats": _plain("repeats"),
    "not_counted": _plain("not counted"),
    "replaces": _refs("replaces"),
    "provisional": _refs("provisional for"),
    "proposed_by": _refs("breach proposed by"),
    "only_for": lambda _page, kids, _first, _last: _Who(kids[0], others=False),
    "not_for": lambda _page, kids, _first, _last: _Who(kids[0], others=True),
    "for_some": _for_some,
    "on_reading_for": _for_some,
    "decides": _decides,
    "rule_word": lambda page, kids, _first, _last: {"word": name_of(page, kids[0])},
    "rule_votes": _rule_votes,
    "rule_share": lambda page, kids, _first, _last: {"votes": amount_of(page, kids[0])},
    "rule_silence": _rule_silence,
    "veto": lambda page, kids, _first, _last: {"veto": name_of(page, kids[0])},
    "quorum": lambda _page, kids, _first, _last: {"quorum": kids[0]},
    "amount": lambda page, kids, _first, _last: amount_of(page, kids[0]),
    "distance": lambda page, kids, _first, _last: (decimal_of(page, kids[0]), name_of(page, kids[1])),
    "counted_once": _counted_once,
    "seen": _texts("seen in reports of kind"),
    "table": _table,
    "drawn": _texts("drawn by"),
    "fixed": only,
    "no_later": _condition("no later than"),
    "within": lambda page, kids, first, last: syntax.Within(kind="within", span=page.span(first, last), duration=kids[0]),
    "place": _name_list("in"),
    "percent_word": only,
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
    "may_find": _refs("may find"),
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
