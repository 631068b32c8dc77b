"""Where a state may begin or end by its rules (semantics 2.2, *Edges*)."""

from __future__ import annotations

from dataclasses import replace

from aval.engine.frames import any_moment
from aval.engine.operators.turns import at_any_time, together, turns
from aval.engine.protocol import ALL, Evaluation, Look
from aval.engine.rules.clauses import changes, scope_of, widened
from aval.model.agreement import State
from aval.model.columns import Frame, Moments


def of_state(declared: State, evaluation: Evaluation, *, falls: bool = False, look: Look = ALL) -> Moments:
    """Give where a state may begin, or with `falls` end, by its rules: by its `from` and `until`, and by what it holds while."""
    scope, name = scope_of(declared, evaluation), declared.meta.name
    own = Frame(tuple(scope.axes.values()))
    parts: list[Moments] = []
    if declared.froms or declared.untils:
        parts.append(changes(declared.untils if falls else declared.froms, scope, evaluation))
    if name in look.inside:
        return together([own], parts)
    within = replace(look, inside=look.inside | {name})
    for clause in declared.whiles:
        wide, names = widened(scope, clause.item, evaluation)
        rows = turns(clause.item, wide, evaluation, falls=falls, look=within)
        for bound in names:
            rows = any_moment(rows, bound) if bound in rows.frame.names else rows
        parts.append(rows)
    if declared.provisional_for is not None and (falls or not parts):
        parts.append(turns(declared.provisional_for, scope, evaluation, falls=not falls, look=within))
    if not look.only_rules and any(
        not evaluation.closed(param.group) or param.group in evaluation.agreements.tables for param in declared.params
    ):
        parts.append(at_any_time(own))
    return together([own], parts)
