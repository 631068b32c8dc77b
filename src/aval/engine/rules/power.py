"""Powers (semantics 2.6): available while their conditions hold; exercised by the deed while available; else the deed is void."""

from __future__ import annotations

from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point
from aval.engine.rules.clauses import clause_reasons, derived, guarded, members_only, membership_reasons, scope_of, whiles
from aval.model.agreement import Power
from aval.model.columns import Moments, Timeline
from aval.model.four import Value
from aval.model.reason import Reason
from aval.model.term import Term


def compute(declared: Power, evaluation: Evaluation) -> Timeline:
    """Give when the power is available, for every instance."""
    return members_only(declared, whiles(declared.whiles, scope_of(declared, evaluation), evaluation), evaluation)


def exercises(declared: Power, evaluation: Evaluation) -> Moments:
    """Give the valid exercises: the deed, where the power was available just before it."""
    return guarded(evaluation.moments(declared.deed, scope_of(declared, evaluation)), evaluation.state(declared.meta.name))


def word(declared: Power, point: Point, evaluation: Evaluation) -> str:
    """Say where the power stands: available, not available, exercised, void, open or contested."""
    seen = look(evaluation.state(declared.meta.name), point.values, point.at)
    scope = scope_of(declared, evaluation)
    deeds = _rows(evaluation.moments(declared.deed, scope), point)
    if deeds:
        return "exercised" if _rows(exercises(declared, evaluation), point) else "void"
    return {Value.YES: "available", Value.NO: "not available"}.get(seen.value, seen.value.value)


def _rows(column: Moments, point: Point) -> list[tuple[int, int]]:
    key = column.frame.key(point.values)
    return [] if key is None else [row for row in column.of(key) if row[1] <= point.at]


def explain(declared: Power, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say which conditions the power waits for."""
    scope = scope_of(declared, evaluation)
    parts = [*membership_reasons(declared, point, evaluation), *clause_reasons(declared.whiles, scope, point, evaluation)]
    return derived(declared, term, evaluation.state(declared.meta.name), point, parts)
