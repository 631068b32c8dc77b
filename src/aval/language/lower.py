"""From sound syntax to the model. Nothing here can fail: what could has been checked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from aval.language import syntax
from aval.language.anchors import anchors_of
from aval.language.case import Case
from aval.language.syntax import Clause, Declaration
from aval.language.words import FIRMNESS, FORCES, GRADES, STARTS
from aval.model import agreement as model
from aval.model import expression as ex
from aval.model.four import Value
from aval.model.statement import Firmness
from aval.model.term import Term

T = TypeVar("T")
RULES = ("while", "from", "until")


@dataclass(frozen=True, slots=True)
class Lowering:
    """What lowering looks things up in, and the clauses (by identity) that are left out."""

    case: Case
    without: Collection[int]

    def clauses(self, declaration: Declaration, kind: str) -> Iterator[Clause]:
        """Yield the clauses of a kind that are not left out."""
        return (clause for clause in declaration.clauses if clause.kind == kind and id(clause) not in self.without)

    def names(self, declaration: Declaration, kind: str) -> tuple[str, ...]:
        """Give the names in all clauses of a kind."""
        found = self.clauses(declaration, kind)
        return tuple(name.text for clause in found if isinstance(clause, syntax.Names) for name in clause.names)

    def word(self, declaration: Declaration, kind: str) -> str:
        """Give the one name in a clause of a kind, or `""`."""
        return next(iter(self.names(declaration, kind)), "")

    def text(self, declaration: Declaration, kind: str) -> str:
        """Give the text in a clause of a kind, or `""`."""
        return next((clause.texts[0].text for clause in self.clauses(declaration, kind) if isinstance(clause, syntax.Texts)), "")

    def meta(self, declaration: Declaration, name: str = "") -> model.Meta:
        """Give what every declaration carries."""
        return model.Meta(
            name=name or declaration.name.text,
            label=declaration.label,
            agreement=declaration.agreement,
            heading=declaration.heading,
            prose=declaration.prose,
            span=declaration.span,
            anchors=anchors_of(self.clauses(declaration, "source")),
            not_said=self.names(declaration, "not said"),
        )

    def force(self, declaration: Declaration) -> tuple[model.Force, ...]:
        """Give how it is meant to bind."""
        return tuple(FORCES[word] for word in self.names(declaration, "binding"))

    # ---------------------------------------------------------------- clauses on a reading

    def on_reading(self, clause: Clause, item: T) -> model.Clause[T]:
        """Wrap what a clause says with the reading it is valid on."""
        if clause.reading is None:
            return model.Clause(item=item, span=clause.span)
        question, reading = self.case.readings[clause.reading.text]
        return model.Clause(item=item, span=clause.span, question=question.name.text, reading=reading.name.text)

    def conditions(self, declaration: Declaration, kind: str) -> tuple[model.Clause[ex.Expression], ...]:
        """Give the clauses of a kind that hold one expression."""
        found = self.clauses(declaration, kind)
        return tuple(self.on_reading(c, self.expression(c.expression)) for c in found if isinstance(c, syntax.Condition))

    def changes(self, declaration: Declaration, kind: str) -> tuple[model.Clause[model.Change], ...]:
        """Give the clauses of a kind that hold a moment and perhaps a guard."""
        found = self.clauses(declaration, kind)
        return tuple(self.on_reading(c, self.change(c)) for c in found if isinstance(c, syntax.Condition))

    def change(self, clause: syntax.Condition) -> model.Change:
        """Give a moment and its guard."""
        guard = None if clause.guard is None else self.expression(clause.guard)
        return model.Change(moment=self.expression(clause.expression), guard=guard)

    # ---------------------------------------------------------------- acceptance

    def acceptance(self, declaration: Declaration) -> model.Acceptance:
        """Join all `accepted from` clauses; the printed default where there is none."""
        clauses = [clause for clause in self.clauses(declaration, "accepted from") if isinstance(clause, syntax.Accepted)]
        if not clauses:
            return model.Acceptance()
        firm = next((FIRMNESS[clause.firmness.text] for clause in clauses if clause.firmness), Firmness.DONE)
        return model.Acceptance(ways=tuple(_way(way) for clause in clauses for way in clause.ways), firmness=firm, declared=True)

    # ---------------------------------------------------------------- expressions

    def expression(self, node: ex.Expression) -> ex.Expression:
        """Put named arguments in their places; give the same node where there are none."""
        match node:
            case ex.Ref():
                return self.ref(node)
            case ex.Finds():
                return replace(node, what=self.ref(node.what))
            case ex.RungIs() | ex.Nth() | ex.Latest():
                return replace(node, item=self.ref(node.item))
            case ex.Not() | ex.Happened() | ex.Beginning() | ex.End() | ex.Held():
                return replace(node, item=self.expression(node.item))
            case ex.After() | ex.Before() | ex.Expiry() | ex.MonthFirst():
                return replace(node, item=self.expression(node.item))
            case ex.And() | ex.Or() | ex.Later() | ex.Earlier():
                return replace(node, items=tuple(self.expression(item) for item in node.items))
            case ex.Count() if node.binding.condition is not None:
                return replace(node, binding=replace(node.binding, condition=self.expression(node.binding.condition)))
            case _:
                return node

    def ref(self, ref: ex.Ref) -> ex.Ref:
        """Put named arguments in the order of the declaration."""
        if not any(isinstance(arg, syntax.Named) for arg in ref.args):
            return ref
        order = [param.name.text for param in self.case.named[ref.name].params]
        given = [arg for arg in ref.args if not isinstance(arg, syntax.Named)]
        by_name = {arg.param: arg for arg in ref.args if isinstance(arg, syntax.Named)}
        rest = [_argument(by_name[param]) for param in order[len(given) :]]
        return replace(ref, args=(*given, *rest))

    def refs(self, refs: tuple[ex.Ref, ...]) -> tuple[ex.Ref, ...]:
        """Put named arguments in the order of their declarations."""
        return tuple(self.ref(ref) for ref in refs)


def _argument(arg: syntax.Named) -> ex.Name | ex.Any:
    return ex.Any(span=arg.span) if arg.anything else ex.Name(arg.text, span=arg.span)


def _way(way: syntax.Voices | syntax.Sources | syntax.FindingOf) -> model.FromVoice | model.FromSources | model.FromFinding:
    match way:
        case syntax.Voices():
            return model.FromVoice(who=way.who)
        case syntax.Sources():
            return model.FromSources(number=way.number.value, grade=GRADES[way.grade.text])
        case syntax.FindingOf():
            return model.FromFinding(body=way.body.text)


def _params(declaration: Declaration) -> tuple[model.Param, ...]:
    return tuple(model.Param(name=param.name.text, group=param.group.text) for param in declaration.params)


# ---------------------------------------------------------------- one function for each kind


def lower(declaration: Declaration, low: Lowering) -> model.Declaration:
    """Give the model's value of a sound declaration."""
    return _KINDS[declaration.kind](declaration, low)


def name_of(declaration: Declaration) -> str:
    """Give the name that a declaration has in the model: that of a contribution is its term, such as `offer(SWE, air)`."""
    if isinstance(declaration.extra, syntax.Offer):
        ref = declaration.extra.ref
        return str(Term(ref.name, tuple(arg.text for arg in ref.args if isinstance(arg, ex.Name))))
    return declaration.name.text


def document(declaration: Declaration, low: Lowering, version: str) -> model.Document:
    """Give the model's value of an agreement's opening lines."""
    return model.Document(
        meta=replace(low.meta(declaration), agreement=declaration.name.text),
        version=version,
        dated=low.text(declaration, "dated"),
        zone=low.text(declaration, "dates run in") or "Etc/UTC",
        depositary=low.word(declaration, "depositary"),
        parties=low.names(declaration, "parties"),
        force=low.force(declaration),
    )


def _party(declaration: Declaration, low: Lowering) -> model.Party:
    return model.Party(meta=low.meta(declaration))


def _area(declaration: Declaration, low: Lowering) -> model.Area:
    return model.Area(meta=low.meta(declaration))


def _group(declaration: Declaration, low: Lowering) -> model.Group:
    members = declaration.extra
    assert isinstance(members, syntax.Members)  # noqa: S101 (the grammar gives every group its members)
    return model.Group(
        meta=low.meta(declaration),
        members=tuple(name.text for name in members.names),
        size=members.size.value if members.size else None,
        others=members.others,
        among=members.among.text if members.among else "",
        acceptance=low.acceptance(declaration),
    )


def _body(declaration: Declaration, low: Lowering) -> model.Body:
    found = [ref for c in low.clauses(declaration, "may find") if isinstance(c, syntax.Refs) for ref in low.refs(c.refs)]
    return model.Body(meta=low.meta(declaration), seats=low.names(declaration, "seats"), may_find=tuple(found))


def _question(declaration: Declaration, low: Lowering) -> model.Question:
    readings = [_reading(c, low) for c in low.clauses(declaration, "reading") if isinstance(c, syntax.ReadingOf)]
    return model.Question(meta=low.meta(declaration), readings=tuple(readings))


def _reading(clause: syntax.ReadingOf, low: Lowering) -> model.Reading:
    return model.Reading(
        name=clause.name.text,
        label=clause.label,
        span=clause.span,
        anchors=anchors_of(source for source in clause.sources if id(source) not in low.without),
        held_by=tuple(name.text for name in clause.held_by),
    )


def _event(declaration: Declaration, low: Lowering) -> model.Event:
    return model.Event(
        meta=low.meta(declaration),
        params=_params(declaration),
        acceptance=low.acceptance(declaration),
        legal_act=any(low.clauses(declaration, "legal act")),
        constitutive=any(low.clauses(declaration, "constitutive")),
        step_of=declaration.extra.process if isinstance(declaration.extra, syntax.StepOf) else "",
    )


def _state(declaration: Declaration, low: Lowering) -> model.State:
    ruled = any(clause.kind in RULES for clause in declaration.clauses)
    start = low.word(declaration, "starts as")
    return model.State(
        meta=low.meta(declaration),
        params=_params(declaration),
        initial=STARTS[start] if start else Value.NO if ruled else Value.OPEN,
        whiles=low.conditions(declaration, "while"),
        froms=low.changes(declaration, "from"),
        untils=low.changes(declaration, "until"),
        acceptance=low.acceptance(declaration),
        force=low.force(declaration),
    )


def _moment(declaration: Declaration, low: Lowering) -> model.Moment:
    return model.Moment(meta=low.meta(declaration), params=_params(declaration), means=low.conditions(declaration, "means"))


def _quantity(declaration: Declaration, low: Lowering) -> model.Quantity:
    return model.Quantity(
        meta=low.meta(declaration), params=_params(declaration), unit=low.word(declaration, "in"), acceptance=low.acceptance(declaration)
    )


def _duty(declaration: Declaration, low: Lowering) -> model.Duty:
    owes = declaration.extra
    assert isinstance(owes, syntax.Owes)  # noqa: S101 (the grammar gives every duty its deeds)
    withins = [low.on_reading(c, c.duration) for c in low.clauses(declaration, "within") if isinstance(c, syntax.Within)]
    return model.Duty(
        meta=low.meta(declaration),
        params=_params(declaration),
        bearer=owes.bearer,
        counterparty=owes.counterparty,
        deeds=low.refs(owes.deeds),
        discretion=f"as {owes.chooser.text} deems necessary" if owes.chooser else "",
        continuing=any(low.clauses(declaration, "continuing")),
        whens=low.changes(declaration, "when"),
        whiles=low.conditions(declaration, "while"),
        untils=low.changes(declaration, "until"),
        withins=tuple(withins),
        no_laters=low.conditions(declaration, "no later than"),
        found_by=low.word(declaration, "breach found by"),
        force=low.force(declaration),
    )


def _power(declaration: Declaration, low: Lowering) -> model.Power:
    may = declaration.extra
    assert isinstance(may, syntax.May)  # noqa: S101 (the grammar gives every power its deed)
    return model.Power(
        meta=low.meta(declaration),
        params=_params(declaration),
        bearer=may.bearer,
        deed=low.ref(may.deed),
        area=low.word(declaration, "in"),
        whiles=low.conditions(declaration, "while"),
        force=low.force(declaration),
    )


def _contribution(declaration: Declaration, low: Lowering) -> model.Contribution:
    offer = declaration.extra
    assert isinstance(offer, syntax.Offer)  # noqa: S101 (the grammar gives every contribution its term)
    party, domain = (arg.text for arg in offer.ref.args if isinstance(arg, ex.Name))
    return model.Contribution(
        meta=low.meta(declaration, name_of(declaration)),
        party=party,
        domain=domain,
        area=low.word(declaration, "in"),
        conditions=low.conditions(declaration, "subject to"),
    )


def _process(declaration: Declaration, low: Lowering) -> model.Process:
    steps = [clause for clause in low.clauses(declaration, "step") if isinstance(clause, syntax.Step)]
    return model.Process(
        meta=low.meta(declaration),
        params=_params(declaration),
        steps=tuple(model.Step(event=s.event.name, applies_to=tuple((who.text, name) for who, name in s.applies)) for s in steps),
        complete_for=low.names(declaration, "complete for"),
    )


_KINDS: dict[str, Callable[[Declaration, Lowering], model.Declaration]] = {
    "party": _party,
    "area": _area,
    "group": _group,
    "body": _body,
    "question": _question,
    "event": _event,
    "state": _state,
    "moment": _moment,
    "quantity": _quantity,
    "duty": _duty,
    "power": _power,
    "contribution": _contribution,
    "process": _process,
}
