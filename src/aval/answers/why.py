"""Why one term has the value it has, down to the clause and the words in a source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aval.answers.citing import cite, cite_all, cite_alleged, in_order
from aval.answers.inquiry import Inquiry
from aval.answers.items import KINDS, contribution, item, items, seen_at, spreads, word
from aval.answers.naming import label_of
from aval.answers.shapes import Cited, Item, Why, WhyNode
from aval.engine.protocol import Point, Scope
from aval.engine.rules.clauses import clause_reasons
from aval.model.agreement import Ban, Contribution, Declaration, Duty, Group, Power, Quantity, params_of
from aval.model.claims import ids_of
from aval.model.four import Value
from aval.model.reason import Mode, Reason
from aval.model.statement import Says
from aval.model.term import Term


def why(term: Term, inquiry: Inquiry) -> Why:
    """Explain one term; where readings differ in its value, or in since when it has it, one tree for each."""
    if term.name == "offer":
        return _why_offer(term, inquiry)
    declared = inquiry.world.agreements.declarations[term.name]
    if isinstance(declared, Group | Quantity):
        return _why_told(declared, term, inquiry)
    values = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))

    def value_at(readings: Mapping[str, str]) -> str:
        return word(declared, term, Point({**values, **readings}, inquiry.at), inquiry)

    found, dates = spreads(declared, term, inquiry)
    one = found.value is not None and dates.value is not None
    roots = tuple(
        (words, _root(declared, term, Point({**values, **readings}, inquiry.at, one), value_at(readings), inquiry))
        for words, readings in (found if one or found.value is None else dates).points
    )
    return _why(declared, item(declared, term, inquiry), roots, inquiry)


def _root(declared: Declaration, term: Term, point: Point, value: str, inquiry: Inquiry) -> WhyNode:
    """Make the first line: of a norm, since when it stands where it stands, not since when it has been owed or in force."""
    node = _node(inquiry.world.reason_of(term, point), inquiry, value)
    seen = seen_at(declared, point, inquiry) if isinstance(declared, Duty | Ban | Power) else None
    return node if seen is None else replace(node, since=inquiry.date(seen.exactly), by=inquiry.date(seen.by))


def _why(declared: Declaration, line: Item, roots: tuple[tuple[str, WhyNode], ...], inquiry: Inquiry) -> Why:
    return Why(
        term=line.term,
        label=line.label,
        kind=KINDS.get(type(declared), "contribution"),
        value=line.value,
        by_reading=line.by_reading,
        prose=declared.meta.prose,
        coordinates=inquiry.coordinates(),
        roots=roots,
        gaps=inquiry.gaps_of(declared),
        positions=positions(Term.parse(line.term), inquiry),
    )


def positions(term: Term | None, inquiry: Inquiry) -> tuple[Cited, ...]:
    """Give what voices want of a term, or of every instance of it: stances, never evidence."""
    claims = inquiry.world.claims
    found = [
        statement
        for statement in claims.where(claims.ask(claims.book.says, lambda says: says is Says.POSITION))
        if term is not None and statement.term.name == term.name and statement.term.args in ((), term.args)
    ]
    return tuple(cite(statement, inquiry) for statement in in_order(found, inquiry))


def _node(reason: Reason, inquiry: Inquiry, value: str | None = None, told: set[str] | None = None) -> WhyNode:
    """Make one line and those below it; what has been told in full above is named again, not told again."""
    told = set() if told is None else told
    again = bool(reason.parts) and bool(reason.term) and reason.term in told
    told.add(reason.term)
    mode = reason.mode
    if inquiry.at > inquiry.world.known and mode in (Mode.CARRIED, Mode.DERIVED):
        mode = Mode.PROJECTED
    return WhyNode(
        text=reason.text,
        term=reason.term,
        value=value or reason.value.value,
        mode=mode.value,
        since=inquiry.date(reason.since),
        by=inquiry.date(reason.by),
        last_told=inquiry.date(reason.last_told),
        note="; ".join(part for part in (reason.note, "as above" if again else "") if part),
        clause=inquiry.clause(reason.span),
        anchors=tuple((str(anchor), anchor.quote) for anchor in reason.anchors),
        question=reason.question,
        reading=reason.reading,
        cited=cite_all(reason.statements, inquiry),
        alleged=cite_alleged(reason.alleged, inquiry),
        parts=() if again else tuple(_node(part, inquiry, told=told) for part in reason.parts),
    )


def _why_told(declared: Group | Quantity, term: Term, inquiry: Inquiry) -> Why:
    """Explain what only statements decide: membership, and numbers."""
    line = next((one for one in items(inquiry) if one.term == str(term)), None)
    counted, alleged = inquiry.world.said_of(term)
    if isinstance(declared, Group) and term.args:
        reason = inquiry.world.reason_of(term, Point({}, inquiry.at))
    else:
        reason = Reason(
            text=str(term),
            term=str(term),
            value=Value.OPEN if not counted else Value.YES,
            mode=Mode.TOLD if counted else Mode.UNTOLD,
            span=declared.meta.span,
            anchors=declared.meta.anchors,
            statements=ids_of(counted),
            alleged=alleged,
        )
    node = _node(reason, inquiry, line.value if line else None)
    return Why(
        term=str(term),
        label=label_of(declared, term, inquiry),
        kind=KINDS[type(declared)],
        value=node.value,
        by_reading={},
        prose=declared.meta.prose,
        coordinates=inquiry.coordinates(),
        roots=(("", node),),
        gaps=inquiry.gaps_of(declared),
        positions=positions(term, inquiry),
    )


def _why_offer(term: Term, inquiry: Inquiry) -> Why:
    """Explain a contribution: who said what when, which rung that makes, and the party's own conditions as the agreement writes them."""
    declared = next((one for one in inquiry.world.agreements.of(Contribution) if (one.party, one.domain) == term.args), None)
    line = contribution(term, declared, inquiry)
    counted, alleged = inquiry.world.said_of(term)
    parts = (
        ()
        if declared is None
        else tuple(clause_reasons(declared.conditions, Scope(declared.meta.name, {}), Point({}, inquiry.at, branches=True), inquiry.world))
    )
    reason = Reason(
        text=f"{term} stands at {line.value}",
        term=str(term),
        value=Value.OPEN,
        mode=Mode.CARRIED if counted else Mode.UNTOLD,
        note=line.because if not counted else "",
        span=declared.meta.span if declared else None,
        anchors=declared.meta.anchors if declared else (),
        statements=ids_of(counted),
        alleged=alleged,
        parts=parts,
    )
    return Why(
        term=str(term),
        label=line.label,
        kind="contribution",
        value=line.value,
        by_reading={},
        prose=declared.meta.prose if declared else "",
        coordinates=inquiry.coordinates(),
        roots=(("", _node(reason, inquiry, line.value)),),
        gaps=inquiry.gaps_of(declared) if declared else (),
        positions=positions(term, inquiry),
    )
