"""Powers (semantics 2.6): available while their conditions hold; exercised by the deed while available; else the deed is void."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aval.engine.at_once import Available, guarding
from aval.engine.logic import negation
from aval.engine.lookup import Seen, look
from aval.engine.operators.edges import beginnings
from aval.engine.operators.happened import happened
from aval.engine.operators.turns import turns
from aval.engine.order import of_events
from aval.engine.protocol import Evaluation, Point, Relaxation, Wish
from aval.engine.relaxed import Formula, any_of, every_of, then
from aval.engine.rules.clauses import (
    clause_reasons,
    derived,
    guarded,
    members_only,
    membership_reasons,
    relax_members,
    relax_whiles,
    scope_of,
    whiles,
)
from aval.model.agreement import Event, Power, State
from aval.model.columns import Moments, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS
from aval.model.reason import Reason
from aval.model.term import Term

AVAILABLE, EXERCISED, VOID = "available", "exercised", "void"


def compute(declared: Power, evaluation: Evaluation) -> Timeline:
    """Give when the power is available, for every instance, and beside it when a deed is allowed, where that is another question."""
    scope = scope_of(declared, evaluation)
    column = members_only(declared, whiles(declared.whiles, scope, evaluation), evaluation)
    if not any(True for clause in declared.whiles for _ in of_events(clause.item)):
        return column
    inner = guarding(scope, declared.deed, evaluation)
    allows = members_only(declared, whiles(declared.whiles, inner, evaluation), evaluation)
    return Available(column.frame, column.yes, column.no, column.carried, allowed=allows)


def allowed(declared: Power, evaluation: Evaluation) -> Timeline:
    """Give whether a deed is allowed, read just before it: its states stand by then, and what happens at the deed has happened (2.5)."""
    column = evaluation.state(declared.meta.name)
    return column.allowed if isinstance(column, Available) else column


def exercise(declared: Power, evaluation: Evaluation) -> Moments:
    """Give the valid exercises: the deeds that the power allows. Of a deed that comes once, a void one tells that there is none."""
    deed = evaluation.agreements.declarations[declared.deed.name]
    once = isinstance(deed, Event) and not deed.repeats
    return guarded(_deeds(declared, evaluation), allowed(declared, evaluation), kept=once)


def words(declared: Power, evaluation: Evaluation) -> Mapping[str, Timeline]:
    """Give for each word when the power stands there. A deed while it was not available is void, and exercises nothing."""
    available = evaluation.state(declared.meta.name)
    valid, void = evaluation.occurrences(declared.meta.name), guarded(_deeds(declared, evaluation), negation(allowed(declared, evaluation)))
    return {AVAILABLE: available, EXERCISED: happened(valid, constitutive=True), VOID: happened(void, constitutive=True)}


def _deeds(declared: Power, evaluation: Evaluation) -> Moments:
    """Give when the deed was done; one that lasts was done when it began."""
    scope = scope_of(declared, evaluation)
    if isinstance(evaluation.agreements.declarations[declared.deed.name], State):
        return beginnings(evaluation.timeline(declared.deed, scope), lambda: turns(declared.deed, scope, evaluation))
    return evaluation.moments(declared.deed, scope)


def word(declared: Power, point: Point, evaluation: Evaluation) -> str:
    """Say where the power stands: available, not available, exercised, void, open or contested."""
    return standing(declared, point, evaluation)[0]


def standing(declared: Power, point: Point, evaluation: Evaluation) -> tuple[str, Seen]:
    """Say where the power stands, and since when: exercised or not, else whether the deed was void, else if it is available."""
    columns = evaluation.words(declared.meta.name)
    exercised = look(columns[EXERCISED], point.values, point.at)
    if exercised.value is not Value.NO:
        return {Value.YES: EXERCISED}.get(exercised.value, exercised.value.value), exercised
    void = look(columns[VOID], point.values, point.at)
    if void.value.told_yes:
        return VOID if void.value is Value.YES else void.value.value, void
    seen = look(columns[AVAILABLE], point.values, point.at)
    return {Value.YES: AVAILABLE, Value.NO: "not available"}.get(seen.value, seen.value.value), seen


def explain(declared: Power, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say which conditions the power waits for."""
    scope = scope_of(declared, evaluation)
    parts = [*membership_reasons(declared, point, evaluation), *clause_reasons(declared.whiles, scope, point, evaluation)]
    return derived(declared, term, evaluation.state(declared.meta.name), point, parts)


def relax(declared: Power, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask that it is available."""
    scope = scope_of(declared, relaxing.evaluation)
    parts = [relax_members(declared, wish, relaxing), relax_whiles(declared.whiles, scope, wish, relaxing)]
    return (every_of if wish.yes else any_of)(parts)


def relax_exercise(declared: Power, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for the deed, once the power is available."""
    scope = scope_of(declared, relaxing.evaluation)
    of_state = isinstance(relaxing.evaluation.agreements.declarations[declared.deed.name], State)
    deed = (relaxing.condition if of_state else relaxing.moment)(declared.deed, scope, wish)
    inner = guarding(scope, declared.deed, relaxing.evaluation)
    before = replace(wish, since=ALWAYS)
    parts = [relax_members(declared, before, relaxing), relax_whiles(declared.whiles, inner, before, relaxing)]
    available = (every_of if wish.yes else any_of)(parts)
    return then(available, deed) if wish.yes else any_of([available, deed])
