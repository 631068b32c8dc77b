"""From sound syntax to the model. Nothing here can fail: what could has been checked."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import TypeVar

from aval.language import syntax
from aval.language.anchors import anchors_of
from aval.language.case import Case
from aval.language.syntax import Clause, Declaration
from aval.language.uses import is_norm
from aval.language.words import DECISIONS, FIRMNESS, FORCES, GRADES, STARTS
from aval.model import agreement as model
from aval.model import expression as ex
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.statement import Firmness
from aval.model.term import Term

T = TypeVar("T")
RULES = ("while", "from", "until")


@frozen()
class Lowering:
    """What lowering looks things up in, and the clauses (by identity) that are left out."""

    case: Case
    without: Collection[int]

    def clauses(self, declaration: Declaration, kind: str) -> list[Clause]:
        """Give the clauses of a kind that are not left out."""
        return [clause for clause in declaration.clauses if clause.kind == kind and id(clause) not in self.without]

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
        return tuple(self.on_reading(c, self.for_some(declaration, c)) for c in found if isinstance(c, syntax.Condition))

    def for_some(self, declaration: Declaration, clause: syntax.Condition) -> ex.Expression:
        """Give the condition of a clause; one that is for some parties alone asks nothing of the others."""
        condition = self.expression(clause.expression)
        who = _who(declaration, clause)
        if who is None:
            return condition
        if clause.kind in ("except", "paused while", "suspended while"):
            return ex.And((who, condition), span=clause.span)
        outside = who.item if isinstance(who, ex.Not) else ex.Not(who, span=who.span)
        return ex.Or((outside, condition), span=clause.span)

    def changes(self, declaration: Declaration, kind: str) -> tuple[model.Clause[model.Change], ...]:
        """Give the clauses of a kind that hold a moment and perhaps a guard."""
        found = self.clauses(declaration, kind)
        return tuple(self.on_reading(c, self.change(declaration, c)) for c in found if isinstance(c, syntax.Condition))

    def change(self, declaration: Declaration, clause: syntax.Condition) -> model.Change:
        """Give a moment and its guard, which also says for whom it is where that is for some parties alone."""
        guards = [part for part in (_who(declaration, clause), self.guard(clause)) if part is not None]
        guard = ex.And(tuple(guards), span=clause.span) if len(guards) > 1 else next(iter(guards), None)
        return model.Change(moment=self.expression(clause.expression), guard=guard)

    def guard(self, clause: syntax.Condition) -> ex.Expression | None:
        """Give what stands after `if`, or the denial of what stands after `unless`."""
        return None if clause.guard is None else self.expression(clause.guard)

    def becomings(self, declaration: Declaration) -> tuple[model.Clause[model.Becomes], ...]:
        """Give the `becomes` clauses."""
        found = [c for c in self.clauses(declaration, "becomes") if isinstance(c, syntax.Becoming)]
        return tuple(
            self.on_reading(c, model.Becomes(to=self.expression(c.to), moment=self.expression(c.expression), guard=self.guard(c)))
            for c in found
        )

    def refs_in(self, declaration: Declaration, kind: str) -> tuple[ex.Ref, ...]:
        """Give the references in all clauses of a kind."""
        found = self.clauses(declaration, kind)
        return tuple(self.ref(ref) for clause in found if isinstance(clause, syntax.Refs) for ref in clause.refs)

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
            case ex.IsOneOf() if is_norm(node.item.text, self.case.named):
                words = tuple(option.text for option in node.options)
                return ex.Stands(ex.Ref(node.item.text, span=node.item.span), words, span=node.span)
            case ex.RungIs() | ex.Nth() | ex.Latest() | ex.Stands():
                return replace(node, item=self.ref(node.item))
            case ex.Not() | ex.Happened() | ex.Beginning() | ex.End() | ex.Held():
                return replace(node, item=self.expression(node.item))
            case ex.After() | ex.Before() | ex.Expiry() | ex.MonthFirst() | ex.Midnight() | ex.Rate() | ex.PercentOf():
                return replace(node, item=self.expression(node.item))
            case ex.And() | ex.Or() | ex.Later() | ex.Earlier():
                return replace(node, items=tuple(self.expression(item) for item in node.items))
            case ex.Count() | ex.Share() | ex.Weight() | ex.Total():
                return self.over(node)
            case ex.Compare() | ex.Order():
                return replace(node, left=self.expression(node.left), right=self.expression(node.right))
            case ex.HappenedIn():
                return replace(node, item=self.expression(node.item), limits=tuple(self.expression(limit) for limit in node.limits))
            case ex.AfterPaused():
                return replace(node, item=self.expression(node.item), pause=self.expression(node.pause))
            case ex.Finds():
                return replace(node, what=self.ref(node.what))
            case _:
                return node

    def over(self, node: ex.Count | ex.Share | ex.Weight | ex.Total) -> ex.Expression:
        """Put named arguments in their places in what is asked of a group."""
        binding, condition = node.binding, node.binding.condition
        if condition is not None:
            binding = replace(binding, condition=self.expression(condition))
        return replace(node, item=self.ref(node.item), binding=binding) if isinstance(node, ex.Total) else replace(node, binding=binding)

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


def _who(declaration: Declaration, clause: Clause) -> ex.IsOneOf | ex.Not | None:
    """Give for whom a clause is, asked of the declaration's first parameter; `None` for everybody."""
    if not clause.parties:
        return None
    here = ex.IsOneOf(ex.Name(declaration.params[0].name.text, span=clause.span), clause.parties, span=clause.span)
    return ex.Not(here, span=clause.span) if clause.others else here


def _argument(arg: syntax.Named) -> ex.Name | ex.Any:
    if isinstance(arg, syntax.NamedSome):
        return ex.Some(arg.text, span=arg.span)
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
    organisation = declaration.kind == "organisation"
    return model.Party(meta=low.meta(declaration), organisation=organisation, counted=not any(low.clauses(declaration, "not counted")))


def _area(declaration: Declaration, low: Lowering) -> model.Area:
    return model.Area(meta=low.meta(declaration), drawn_by=low.text(declaration, "drawn by"))


def _group(declaration: Declaration, low: Lowering) -> model.Group:
    members = declaration.extra
    assert isinstance(members, syntax.Members)  # noqa: S101 (the grammar gives every group its members)
    return model.Group(
        meta=low.meta(declaration),
        members=tuple(name.text for name in members.names),
        size=members.size.value if members.size else None,
        others=members.others,
        among=members.among.text if members.among else "",
        table=members.table.text if members.table else "",
        acceptance=low.acceptance(declaration),
    )


def _body(declaration: Declaration, low: Lowering) -> model.Body:
    decides = next((c for c in low.clauses(declaration, "decides by") if isinstance(c, syntax.Decides)), None)
    return model.Body(
        meta=low.meta(declaration),
        seats=low.names(declaration, "seats"),
        may_find=low.refs_in(declaration, "may find"),
        decides=None if decides is None else _decision(decides),
    )


def _decision(clause: syntax.Decides) -> model.Decision:
    votes = _amount(clause.votes)
    if clause.word is not None:
        rule = DECISIONS[clause.word.text]
    elif votes is None:
        rule = model.Rule.SILENCE
    else:
        rule = model.Rule.SHARE if votes.denominator else model.Rule.VOTES
    return model.Decision(
        rule=rule,
        votes=votes,
        seats=clause.seats.value if clause.seats else 0,
        silence=clause.silence,
        objectors=_amount(clause.objectors),
        veto=clause.veto.text if clause.veto else "",
        quorum=_amount(clause.quorum),
    )


def _amount(amount: syntax.Amount | None) -> model.Amount | None:
    return None if amount is None else model.Amount(number=amount.number, denominator=amount.denominator)


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
        repeats=any(low.clauses(declaration, "repeats")),
        complete_until=tuple(clause.item for clause in low.conditions(declaration, "complete until")),
    )


def _incident(declaration: Declaration, low: Lowering) -> model.Incident:
    seen = (c for c in low.clauses(declaration, "seen in reports of kind") if isinstance(c, syntax.Texts))
    once = next((c for c in low.clauses(declaration, "counted once within") if isinstance(c, syntax.CountedOnce)), None)
    return model.Incident(
        meta=low.meta(declaration),
        params=_params(declaration),
        kinds=tuple(text.text for clause in seen for text in clause.texts),
        area=low.word(declaration, "in"),
        apart=None if once is None else model.Apart(distance=once.distance, unit=once.unit.text, duration=once.duration),
        acceptance=low.acceptance(declaration),
    )


def _state(declaration: Declaration, low: Lowering) -> model.State:
    ruled = any(clause.kind in RULES for clause in declaration.clauses)
    start = low.word(declaration, "starts as")
    values = tuple(value.text for value in declaration.extra.names) if isinstance(declaration.extra, syntax.Values) else ()
    return model.State(
        meta=low.meta(declaration),
        params=_params(declaration),
        initial=STARTS[start] if start and not values else Value.NO if ruled else Value.OPEN,
        whiles=low.conditions(declaration, "while"),
        froms=low.changes(declaration, "from"),
        untils=low.changes(declaration, "until"),
        acceptance=low.acceptance(declaration),
        force=low.force(declaration),
        values=values,
        initial_value=start if start in values else "",
        becomes=low.becomings(declaration),
        provisional_for=next(iter(low.refs_in(declaration, "provisional for")), None),
        renews=any(low.clauses(declaration, "renews")),
    )


def _moment(declaration: Declaration, low: Lowering) -> model.Moment:
    return model.Moment(
        meta=low.meta(declaration),
        params=_params(declaration),
        means=low.conditions(declaration, "means"),
        becomes=low.becomings(declaration),
    )


def _quantity(declaration: Declaration, low: Lowering) -> model.Quantity:
    table = next((c.texts for c in low.clauses(declaration, "table") if isinstance(c, syntax.Texts)), ())
    return model.Quantity(
        meta=low.meta(declaration),
        params=_params(declaration),
        unit=low.word(declaration, "in"),
        table=table[0].text if table else "",
        fixed_on=table[1].text if len(table) > 1 else "",
        acceptance=low.acceptance(declaration),
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
        excepts=low.conditions(declaration, "except"),
        pauseds=low.conditions(declaration, "paused while"),
        suspendeds=low.conditions(declaration, "suspended while"),
        waivers=low.changes(declaration, "waived when"),
        amounts=low.conditions(declaration, "amounting to"),
        replaces=low.refs_in(declaration, "replaces"),
    )


def _ban(declaration: Declaration, low: Lowering) -> model.Ban:
    must = declaration.extra
    assert isinstance(must, syntax.MustNot)  # noqa: S101 (the grammar gives every ban its deeds)
    return model.Ban(
        meta=low.meta(declaration),
        params=_params(declaration),
        bearer=must.bearer,
        deeds=low.refs(must.deeds),
        area=low.word(declaration, "in"),
        whiles=low.conditions(declaration, "while"),
        froms=low.changes(declaration, "from"),
        untils=low.changes(declaration, "until"),
        excepts=low.conditions(declaration, "except"),
        proposed_by=low.refs_in(declaration, "breach proposed by"),
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
    "organisation": _party,
    "area": _area,
    "group": _group,
    "body": _body,
    "question": _question,
    "event": _event,
    "incident": _incident,
    "state": _state,
    "moment": _moment,
    "quantity": _quantity,
    "duty": _duty,
    "ban": _ban,
    "power": _power,
    "contribution": _contribution,
    "process": _process,
}
