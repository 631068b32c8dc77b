"""What separates readings: the clauses that stand on one of them only, the conditions that those ask, and what turned when they parted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from itertools import product
from typing import cast

from aval.answers.because import conditions, short
from aval.answers.inquiry import Inquiry
from aval.answers.parting import Side, Standing
from aval.engine.lookup import look
from aval.engine.order import reads, reads_of
from aval.engine.protocol import Point, Scope
from aval.engine.rules import duty
from aval.engine.rules.clauses import clause_reasons, scope_of
from aval.model.agreement import Change, Clause, Contribution, Declaration, Duty, Question, params_of
from aval.model.columns import Axis
from aval.model.expression import Duration, Expression, Node, NotSaid
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import Instant
from aval.model.problem import Unsupported
from aval.model.reason import Mode, Reason
from aval.model.statement import Anchor
from aval.model.term import Term

_OPENING = {
    "whiles": "while",
    "conditions": "subject to",
    "froms": "from",
    "untils": "until",
    "whens": "when",
    "withins": "within",
    "no_laters": "no later than",
    "excepts": "except while",
    "pauseds": "paused while",
    "suspendeds": "suspended while",
    "waivers": "waived when",
    "amounts": "amounting to",
    "becomes": "becomes",
}
"""what opens a clause, by the field that holds it; the definition of a moment has nothing"""
ASKS = ("whiles", "conditions")


@frozen(kw_only=True)
class Own:
    """A clause that stands on a reading, and the field of its declaration that holds it."""

    of: Declaration
    field: str
    clause: Clause[object]


def own_clauses(declared: Declaration, question: str) -> Iterator[Own]:
    """Yield the clauses of a declaration that stand on a reading of a question, in the order of its fields."""
    for one in fields(declared):
        held = getattr(declared, one.name)
        for clause in held if isinstance(held, tuple) else ():
            if isinstance(clause, Clause) and clause.question == question:
                yield Own(of=declared, field=one.name, clause=clause)


def may_part(owns: Sequence[Own]) -> bool:
    """Whether any fact bears on the clauses of a question: what only compares names gives one answer for ever."""
    return any(own.field not in ASKS or any(reads(own.clause.item)) for own in owns)


def cone(declared: Declaration, question: str, inquiry: Inquiry) -> tuple[Own, ...]:
    """Give the clauses on a question's readings in a declaration and in all that it reads, in the order of the text."""
    agreements = inquiry.world.agreements.declarations
    seen, ahead = {declared.meta.name}, list(reads_of(declared))
    while ahead:
        name = ahead.pop()
        if name in agreements and name not in seen:
            seen.add(name)
            ahead += reads_of(agreements[name])
    below = [declared, *(one for name, one in agreements.items() if name in seen and one is not declared)]
    return tuple(own for one in below for own in own_clauses(one, question))


def sides(question: Question, inquiry: Inquiry) -> tuple[Side, ...]:
    """Give the readings of a question in the order of the text, each with the clauses that stand on it."""
    owns = [own for declared in inquiry.world.agreements.declarations.values() for own in own_clauses(declared, question.meta.name)]
    return tuple(
        Side(
            name=reading.name,
            label=reading.label,
            anchors=_anchors(reading.anchors),
            held_by=reading.held_by,
            clauses=tuple(_standing(own, inquiry) for own in owns if own.clause.reading == reading.name),
        )
        for reading in question.readings
    )


def _standing(own: Own, inquiry: Inquiry) -> Standing:
    opening = _OPENING.get(own.field, "")
    try:
        text, value = _text(own, inquiry), _value(own, inquiry)
    except Unsupported:  # it is among what is not answered; its place is told all the same
        text, value = "", None
    return Standing(
        of=own.of.meta.name,
        text=text if not opening or text.startswith(f"{opening} ") else f"{opening} {text or '…'}",
        value=value,
        clause=inquiry.clause(own.clause.span),
        anchors=_anchors(own.of.meta.anchors),
    )


def _anchors(anchors: Sequence[Anchor]) -> tuple[tuple[str, str], ...]:
    return tuple((str(anchor), anchor.quote) for anchor in anchors)


def _scope(declared: Declaration, inquiry: Inquiry) -> Scope:
    return Scope(declared.meta.name, {}) if isinstance(declared, Contribution) else scope_of(declared, inquiry.world)


def _text(own: Own, inquiry: Inquiry) -> str:
    """Write a clause as the agreement has it, its parameters by their names."""
    item, scope = own.clause.item, _scope(own.of, inquiry)
    point = Point({param.name: param.name for param in params_of(own.of)}, inquiry.at).on(own.clause.question, own.clause.reading)
    if isinstance(item, Duration):
        return str(item)
    if isinstance(item, Change):
        moment = short(inquiry.world.reason(item.moment, scope, point))
        return f"{moment} if {short(inquiry.world.reason(item.guard, scope, point))}" if item.guard is not None else moment
    if isinstance(item, NotSaid):
        return f"not said {item.what}"
    return short(inquiry.world.reason(cast("Expression", item), scope, point)) if isinstance(item, Node) else ""


def _value(own: Own, inquiry: Inquiry) -> str | None:
    """Give the value at the view of a condition that is the same for everybody and on every reading; else `None`."""
    if own.field not in ASKS or not isinstance(own.clause.item, Node):
        return None
    column = inquiry.world.timeline(cast("Expression", own.clause.item), _scope(own.of, inquiry))
    return None if column.frame.axes else look(column, {}, inquiry.at).value.value


def stands_on(declared: Declaration, term: Term, owns: Sequence[Own], axes: Sequence[Axis], inquiry: Inquiry) -> tuple[str, ...]:
    """Give the conditions of a term that stand on one reading only, each with its value; those on which no fact bears are left out."""
    asking = {own.clause.span for own in owns if any(reads(own.clause.item))}
    tree = Reason(text="", value=Value.OPEN, mode=Mode.DERIVED, parts=explained_all(declared, term, axes, inquiry))
    found = [node for node in _nodes(tree) if node.span in asking and node.question and node.reading]
    return tuple(dict.fromkeys(f"{short(node)}: {node.value.value}" for node in found))


def _nodes(reason: Reason) -> Iterator[Reason]:
    """Yield every line of an explanation once."""
    seen: set[int] = set()
    ahead = [reason]
    while ahead:
        here = ahead.pop()
        if id(here) not in seen:
            seen.add(id(here))
            yield here
            ahead += reversed(here.parts)


def explained_all(declared: Declaration, term: Term, axes: Sequence[Axis], inquiry: Inquiry) -> tuple[Reason, ...]:
    """Explain a term at the view with the clauses of every reading, each at its own."""
    return _explained(declared, term, {axis.name: axis.values[0] for axis in axes}, inquiry.at, inquiry, branches=True)


def _explained(
    declared: Declaration, term: Term, readings: Mapping[str, str], at: Instant, inquiry: Inquiry, *, branches: bool
) -> tuple[Reason, ...]:
    if isinstance(declared, Contribution):
        point = Point(readings, at, branches)
        return tuple(clause_reasons(declared.conditions, Scope(declared.meta.name, {}), point, inquiry.world))
    return inquiry.world.reason_of(term, Point(readings, at, branches)).parts


def facts(declared: Declaration, term: Term, axes: Sequence[Axis], at: Instant, inquiry: Inquiry) -> tuple[str, ...]:
    """Name the conditions of a term that turned at an instant, on whichever reading, each with the value that it then took."""
    found: dict[str, None] = {}
    for combo in product(*(axis.values for axis in axes)):
        readings = dict(zip((axis.name for axis in axes), combo, strict=True))
        before, after = (_values(_explained(declared, term, readings, time, inquiry, branches=False)) for time in (at - 1, at))
        found |= dict.fromkeys(f"{text}: {value}" for text, value in after.items() if before.get(text) != value)
        if isinstance(declared, Duty) and before == after:
            values = {**readings, **dict(zip((param.name for param in params_of(declared)), term.args, strict=True))}
            due = duty.phase(declared, Point(values, at), inquiry.world).due
            found |= dict.fromkeys(["the deadline: passed"] if due is not None and at in due else [])
    return tuple(found)


def _values(parts: Sequence[Reason]) -> dict[str, str]:
    whole = Reason(text="", value=Value.OPEN, mode=Mode.DERIVED, parts=tuple(parts))
    return {short(part): part.value.value for part in conditions(whole)}
