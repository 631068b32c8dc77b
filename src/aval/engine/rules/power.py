"""Powers (semantics 2.6): available while their conditions hold; exercised by the deed while available; else the deed is void."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from aval.engine.logic import negation
from aval.engine.lookup import Seen, look
from aval.engine.operators.edges import beginnings
from aval.engine.operators.happened import happened
from aval.engine.protocol import Evaluation, Point
from aval.engine.rules.clauses import clause_reasons, derived, guarded, members_only, membership_reasons, scope_of, whiles
from aval.model.agreement import Power, State
from aval.model.columns import Moments, Timeline
from aval.model.four import Value
from aval.model.reason import Reason
from aval.model.term import Term

AVAILABLE, EXERCISED, VOID = "available", "exercised", "void"


def compute(declared: Power, evaluation: Evaluation) -> Timeline:
    """Give when the power is available, for every instance."""
    return members_only(declared, whiles(declared.whiles, scope_of(declared, evaluation), evaluation), evaluation)


def exercise(declared: Power, evaluation: Evaluation) -> Moments:
    """Give the valid exercises: the deeds just before which the power was available."""
    return guarded(_deeds(declared, evaluation), evaluation.state(declared.meta.name))


def words(declared: Power, evaluation: Evaluation) -> Mapping[str, Timeline]:
    """Give for each word when the power stands there. A deed while it was not available is void, and exercises nothing."""
    available = evaluation.state(declared.meta.name)
    valid, void = evaluation.occurrences(declared.meta.name), guarded(_deeds(declared, evaluation), negation(available))
    return {AVAILABLE: available, EXERCISED: happened(valid, constitutive=True), VOID: happened(void, constitutive=True)}


def _deeds(declared: Power, evaluation: Evaluation) -> Moments:
    """Give when the deed was done; one that lasts was done when it began."""
    scope = scope_of(declared, evaluation)
    if isinstance(evaluation.agreements.declarations[declared.deed.name], State):
        return beginnings(evaluation.timeline(declared.deed, scope))
    return evaluation.moments(declared.deed, scope)


def word(declared: Power, point: Point, evaluation: Evaluation) -> str:
    """Say where the power stands: available, not available, exercised, void, open or contested."""
    return standing(declared, point, evaluation)[0]


def standing(declared: Power, point: Point, evaluation: Evaluation) -> tuple[str, Seen]:
    """Say where the power stands, and since when: exercised or not, else whether the deed was void, else if it is available."""
    available = evaluation.state(declared.meta.name)
    deeds = _rows(_deeds(declared, evaluation), point)
    if len(deeds):
        # valid is the deed where the power was available just before it
        exercised = look(happened(guarded(deeds, available), constitutive=True), point.values, point.at)
        if exercised.value is not Value.NO:
            return {Value.YES: "exercised"}.get(exercised.value, exercised.value.value), exercised
        done = look(happened(deeds, constitutive=True), point.values, point.at)
        if done.value.told_yes:
            return "void" if done.value is Value.YES else done.value.value, done
    seen = look(available, point.values, point.at)
    return {Value.YES: "available", Value.NO: "not available"}.get(seen.value, seen.value.value), seen


def _rows(column: Moments, point: Point) -> Moments:
    """Keep the occurrences of one instance."""
    key = column.frame.key(point.values)
    mine = slice(0, 0) if key is None else slice(*np.searchsorted(column.key, (key, key + 1)).tolist())
    return Moments(column.frame, column.key[mine], column.lo[mine], column.hi[mine], column.cause[mine])


def explain(declared: Power, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say which conditions the power waits for."""
    scope = scope_of(declared, evaluation)
    parts = [*membership_reasons(declared, point, evaluation), *clause_reasons(declared.whiles, scope, point, evaluation)]
    return derived(declared, term, evaluation.state(declared.meta.name), point, parts)
