"""Each kind of declaration in sentences: its head, every clause, what stands where nothing is written, its gaps and its sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aval.language.say import norms
from aval.language.say.clauses import (
    Said,
    acceptance,
    change,
    changes,
    conditions,
    each,
    force,
    head,
    moments,
    only,
    sources,
    tail,
    together,
)
from aval.language.say.phrases import Phrases
from aval.model import agreement as model
from aval.model import expression as ex
from aval.model.statement import Firmness


def declaration(declared: model.Declaration, phrases: Phrases) -> Said:
    """Say a declaration."""
    yield from _KINDS[type(declared)](declared, phrases)
    if not isinstance(declared, model.Process):
        yield from tail(declared.meta, phrases)


def document(found: model.Document, phrases: Phrases) -> Said:
    """Say the opening of an agreement, and how its times are counted."""
    tongue, span = phrases.tongue, found.meta.span
    label = tongue.quote(found.meta.label) if found.meta.label else tongue.gap(found.meta.name)
    yield tongue.phrase("head", kind=tongue.words["k_agreement"], x=label, name=found.meta.name), span
    if found.dated:
        yield tongue.phrase("dated", x=tongue.date(found.dated)), span
    yield tongue.phrase("zone", x=found.zone), span
    yield tongue.phrase("calendar"), span
    if any(_as_done(one) for one in phrases.agreements.declarations.values() if one.meta.agreement == found.meta.name):
        yield tongue.phrase("put_as_done", f=tongue.quote(tongue.words[Firmness.DONE.value])), span
    if found.parties:
        yield tongue.phrase("parties", x=phrases.people(found.parties)), span
    if found.depositary:
        yield tongue.phrase("depositary", x=phrases.name(found.depositary)), span
    yield from force(found.force, span, phrases)
    yield from tail(found.meta, phrases)


def _as_done(declared: model.Declaration) -> bool:
    """Whether a statement of it must put as done what it affirms."""
    found = getattr(declared, "acceptance", None)
    if isinstance(declared, model.Group) and not (found is not None and found.declared) and not declared.others:
        return False
    return isinstance(found, model.Acceptance) and found.firmness is Firmness.DONE


def _party(declared: model.Party, phrases: Phrases) -> Said:
    meta, kind = declared.meta, "is_organisation" if declared.organisation else "is_party"
    yield (
        phrases.tongue.phrase(kind if meta.label not in ("", meta.name) else f"{kind}_bare", name=meta.name, x=phrases.name(meta.name)),
        meta.span,
    )
    if not declared.counted:
        yield phrases.tongue.phrase("not_counted"), meta.span


def _group(declared: model.Group, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield head("group", declared, phrases), span
    names = phrases.names(declared.members)
    if declared.table:
        yield tongue.phrase("members_table", x=declared.table), span
    elif declared.members:
        yield tongue.phrase("members_others" if declared.others else "members", x=names), span
    else:
        yield tongue.phrase("others"), span
    if declared.among:
        yield tongue.phrase("among", g=phrases.titled(declared.among)), span
    if declared.size is not None:
        yield tongue.phrase("size", n=declared.size), span
    if declared.others:
        yield tongue.phrase("open_group"), span
    if declared.acceptance.declared or declared.others:
        yield from acceptance("counts_member", declared.acceptance, span, phrases)


def _body(declared: model.Body, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield head("body", declared, phrases), span
    if declared.seats:
        yield tongue.phrase("seats", x=phrases.people(declared.seats)), span
    if declared.may_find:
        yield tongue.phrase("may_find", x=tongue.join((phrases.finding(ref) for ref in declared.may_find), "or")), span
    if declared.decides is not None:
        yield from _decides(declared.decides, declared, phrases)
    elif declared.seats or declared.may_find:
        yield tongue.phrase("by_none"), span


def _decides(found: model.Decision, declared: model.Body, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    parts: dict[str, Any] = {} if found.silence is None else dict(tongue.times(found.silence))
    if found.votes is not None:
        parts |= {"n": tongue.amount(found.votes), "m": found.seats}
    if found.objectors is not None:
        parts["n"] = tongue.amount(found.objectors)
    yield tongue.phrase(f"by_{found.rule.value}" + ("_unless" if found.objectors is not None else ""), **parts), span
    if found.veto:
        yield tongue.phrase("veto", x=phrases.titled(found.veto)), span
    if found.quorum is not None:
        yield tongue.phrase("quorum", n=tongue.amount(found.quorum)), span


def _area(declared: model.Area, phrases: Phrases) -> Said:
    yield head("area", declared, phrases), declared.meta.span
    if declared.drawn_by:
        yield phrases.tongue.phrase("drawn", x=declared.drawn_by), declared.meta.span


def _question(declared: model.Question, phrases: Phrases) -> Said:
    tongue = phrases.tongue
    yield head("question", declared, phrases), declared.meta.span
    yield tongue.phrase("disputed"), declared.meta.span
    for reading in declared.readings:
        key = ("reading" if reading.label else "reading_bare") + ("_held" if reading.held_by else "")
        yield tongue.phrase(key, name=reading.name, x=tongue.quote(reading.label), w=phrases.names(reading.held_by)), reading.span
        yield from sources(reading.anchors, reading.span, phrases)


def _event(declared: model.Event, phrases: Phrases) -> Said:
    span = declared.meta.span
    yield head("event", declared, phrases), span
    if declared.step_of:
        yield phrases.tongue.phrase("step_of", x=phrases.titled(declared.step_of)), span
    yield from of_event(declared, phrases)


def of_event(declared: model.Event, phrases: Phrases) -> Said:
    """Say when a report of an event counts, and what holds without one."""
    tongue, span = phrases.tongue, declared.meta.span
    yield from acceptance("counts", declared.acceptance, span, phrases)
    if declared.legal_act:
        yield tongue.phrase("legal_act"), span
    for moment in declared.complete_until:
        yield tongue.phrase("complete_until", m=phrases.moment(moment, dative=True)), span
    silent = "unreported_else" if declared.complete_until else "unreported"
    yield tongue.phrase("constitutive" if declared.constitutive else silent), span
    if declared.repeats:
        yield tongue.phrase("repeats"), span


def _incident(declared: model.Incident, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield head("incident", declared, phrases), span
    yield tongue.phrase("seen", x=tongue.join(tongue.quote(kind) for kind in declared.kinds)), span
    if declared.area:
        yield tongue.phrase("ban_area", x=phrases.titled(declared.area)), span
    if declared.apart is not None:
        apart = declared.apart
        yield tongue.phrase("apart", d=tongue.number(apart.distance), u=apart.unit, t=tongue.duration(apart.duration)), span
    yield from acceptance("counts", declared.acceptance, span, phrases)


def _state(declared: model.State, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield head("state", declared, phrases), span
    yield from force(declared.force, span, phrases)
    if declared.values:
        yield from _values(declared, phrases)
        return
    derived = bool(declared.whiles) and not declared.froms and not declared.untils
    if not derived:  # what only follows from conditions has no outset of its own
        yield tongue.phrase(f"initial_{declared.initial.value}"), span
    if declared.reported:
        yield tongue.phrase("reported"), span
        yield from acceptance("counts", declared.acceptance, span, phrases)
    yield from changes_of(declared, phrases)
    alone = derived and len(declared.whiles) == 1 and not declared.whiles[0].question
    yield from conditions("while_exact" if alone else "while", declared.whiles, phrases)
    if declared.whiles and not alone:
        yield tongue.phrase("all_hold" if derived else "between"), span
    if declared.provisional_for is not None:
        yield tongue.phrase("provisional", x=phrases.ref(declared.provisional_for)), span


def changes_of(declared: model.State, phrases: Phrases) -> Said:
    """Say what begins and ends a state, what holds where both come at once, and that nothing does the one or the other."""
    tongue, span = phrases.tongue, declared.meta.span
    for key, clauses in (("from", declared.froms), ("until", declared.untils)):
        yield from changes(key, clauses, phrases)
        if together(clauses):
            yield tongue.phrase(f"any_{key}"), span
    if declared.renews:
        yield tongue.phrase("renews"), span
    elif declared.froms and declared.untils:
        yield tongue.phrase("end_wins"), span
    if declared.froms and not declared.untils and not declared.whiles and declared.provisional_for is None:
        yield tongue.phrase("no_until"), span
    if declared.untils and not declared.froms:
        yield tongue.phrase("no_from"), span


def _values(declared: model.State, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield tongue.phrase("values", x=tongue.join(map(tongue.gap, declared.values))), span
    if declared.initial_value:
        yield tongue.phrase("initial_value", x=tongue.gap(declared.initial_value)), span
    else:
        yield tongue.phrase("initial_value_open"), span
    for clause in declared.becomes:
        value = clause.item.to.name if isinstance(clause.item.to, ex.Ref) else ""
        sentence = tongue.phrase("becomes_value", x=tongue.gap(value), s=change(clause.item.moment, clause.item.guard, phrases))
        yield only(clause, "", sentence, phrases), clause.span
    if declared.reported:
        yield tongue.phrase("reported_value"), span
        yield from acceptance("counts", declared.acceptance, span, phrases)


def _moment(declared: model.Moment, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield head("moment", declared, phrases), span
    yield from moments("means", declared.means, phrases)
    if together(declared.means):
        yield tongue.phrase("means_several"), span
    if _somewhere_unsaid(declared, phrases):
        yield tongue.phrase("means_else"), span
    yield from each(declared.becomes, lambda item: _becomes(item, phrases), phrases)


def _somewhere_unsaid(declared: model.Moment, phrases: Phrases) -> bool:
    """Whether there are readings on which no clause gives the moment."""
    asked = {clause.question for clause in declared.means}
    question = phrases.agreements.get(next(iter(asked)), model.Question) if len(asked) == 1 else None
    return question is not None and len({clause.reading for clause in declared.means}) < len(question.readings)


def _becomes(item: model.Becomes, phrases: Phrases) -> str:
    return phrases.tongue.phrase("becomes_moment", x=phrases.moved_to(item.to), s=change(item.moment, item.guard, phrases))


def _quantity(declared: model.Quantity, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield head("quantity", declared, phrases), span
    yield tongue.phrase("unit", x=tongue.gap(declared.unit)) if declared.unit else tongue.phrase("number"), span
    if declared.table:
        key = "table_fixed" if declared.fixed_on else "table"
        yield tongue.phrase(key, x=declared.table, d=tongue.date(declared.fixed_on)), span
    if declared.acceptance.declared or not declared.table:
        yield from acceptance("counts", declared.acceptance, span, phrases)


def _contribution(declared: model.Contribution, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    party = phrases.name(declared.party)
    yield head("contribution", declared, phrases), span
    yield tongue.phrase("offer", p=party, d=tongue.gap(declared.domain)), span
    yield tongue.phrase("offer_moves", p=party), span
    if declared.area:
        yield tongue.phrase("offer_in", x=phrases.titled(declared.area)), span
    yield from conditions("subject", declared.conditions, phrases)
    if not declared.conditions:
        yield tongue.phrase("subject_none"), span
    elif together(declared.conditions):
        yield tongue.phrase("all"), span


def _process(declared: model.Process, phrases: Phrases) -> Said:
    tongue, span = phrases.tongue, declared.meta.span
    yield head("process", declared, phrases), span
    yield tongue.phrase("process_done", p=declared.params[0].name), span
    for step in declared.steps:
        event = phrases.agreements.get(step.event, model.Event)
        place = event.meta.span if event is not None else span
        yield _step(step, phrases), place
        if event is not None:
            yield from sources(event.meta.anchors, place, phrases)
    if declared.complete_for:
        yield tongue.phrase("complete_for", x=phrases.names(declared.complete_for)), span
    else:
        yield tongue.phrase("complete_none"), span
    events = [event for step in declared.steps if (event := phrases.agreements.get(step.event, model.Event)) is not None]
    for text, _ in of_event(events[0], phrases) if events else ():
        yield tongue.phrase("for_step", s=tongue.after_colon(text)), span
    yield from tail(declared.meta, phrases)


def _step(step: model.Step, phrases: Phrases) -> str:
    tongue = phrases.tongue
    event = phrases.agreements.get(step.event, model.Event)
    label = tongue.quote(event.meta.label) if event is not None and event.meta.label else tongue.gap(step.event)
    label = f"{label} ({step.event})"
    if not step.applies_to:
        return tongue.phrase("step", x=label)
    who = [
        tongue.phrase("named_there", p=phrases.name(party), q=tongue.quote(there)) if there else phrases.name(party)
        for party, there in step.applies_to
    ]
    return tongue.phrase("step_for", x=label, w=tongue.join(who))


_KINDS: dict[type[model.Declaration], Callable[[Any, Phrases], Said]] = {
    model.Party: _party,
    model.Group: _group,
    model.Body: _body,
    model.Area: _area,
    model.Question: _question,
    model.Event: _event,
    model.Incident: _incident,
    model.State: _state,
    model.Moment: _moment,
    model.Quantity: _quantity,
    model.Duty: norms.duty,
    model.Ban: norms.ban,
    model.Power: norms.power,
    model.Contribution: _contribution,
    model.Process: _process,
}
