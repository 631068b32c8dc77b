"""Processes: a path of steps, of which each party goes its own (a state of the same name holds once they are done)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from aval.engine.algebra import everywhere, spans, take, union
from aval.engine.frames import rebase, source_keys
from aval.engine.logic import conjunction
from aval.engine.operators.happened import HAPPENED
from aval.engine.protocol import Evaluation, Point, Relaxation, Wish
from aval.engine.relaxed import Formula, any_of, every_of
from aval.engine.rules.clauses import derived, members_only, membership_reasons, relax_members, scope_of
from aval.model.agreement import Process, Step
from aval.model.columns import EMPTY, Axis, Frame, Timeline
from aval.model.expression import Happened, Name, Ref
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER
from aval.model.problem import Span
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def compute(declared: Process, evaluation: Evaluation) -> Timeline:
    """Told yes where every known step was done and the list is known to be whole; told no where one was told not to have happened."""
    scope = scope_of(declared, evaluation)
    axis = next(iter(scope.axes.values()))
    parts = [_step(step, axis, evaluation) for step in declared.steps]
    known = [(key, ALWAYS, NEVER) for key, value in enumerate(axis.values) if value in declared.complete_for]
    parts.append(Timeline(Frame((axis,)), spans(known), EMPTY))
    return members_only(declared, conjunction(parts), evaluation)


def _step(step: Step, axis: Axis, evaluation: Evaluation) -> Timeline:
    """Whether a step was done, for those who must take it; yes for the others."""
    frame = Frame((axis,))
    column = evaluation.happened(step.event)
    keys = source_keys(column.frame, frame, {column.frame.axes[0].name: axis})
    names = dict(step.applies_to)
    if not names:
        return rebase(column, frame, keys)
    applies = [value in names for value in axis.values]
    keys[[not wanted for wanted in applies]] = -1
    full = everywhere(frame)
    others = spans((key, ALWAYS, NEVER) for key in full.key.tolist() if not applies[key])
    return Timeline(frame, union(take(column.yes, keys), others), take(column.no, keys), take(column.carried, keys))


def explain(declared: Process, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Name each step that this party is known to have to take, and whether more is known."""
    who = term.args[0]
    scope = scope_of(declared, evaluation)
    variable = next(iter(scope.axes))
    parts = membership_reasons(declared, point, evaluation)
    for step in declared.steps:
        if not step.applies_to or who in dict(step.applies_to):
            parts.append(
                _named(
                    HAPPENED.explain(_node(step.event, variable, declared.meta.span), scope, point, evaluation),
                    dict(step.applies_to).get(who, ""),
                )
            )
    if who not in declared.complete_for:
        text = "no other step is needed" if len(parts) > 0 else "which steps"
        parts.append(Reason(text=text, value=Value.OPEN, mode=Mode.UNTOLD, note="not said", span=declared.meta.span))
    return derived(declared, term, evaluation.state(declared.meta.name), point, parts)


@lru_cache(maxsize=4096)
def _node(event: str, variable: str, span: Span) -> Happened:
    """Ask whether a step was done by one node, so that its column is worked out once."""
    return Happened(Ref(event, (Name(variable),)), span=span)


def _named(reason: Reason, name: str) -> Reason:
    return replace(reason, note="; ".join(part for part in (f"there called {name}" if name else "", reason.note) if part))


def relax(declared: Process, term: Term, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for each step that this party is known to have to take; where the list may go on, that is never enough."""
    who = term.args[0]
    names = [step.event for step in declared.steps if not step.applies_to or who in dict(step.applies_to)]
    steps = [relaxing.happening(Term(name, (who,)), replace(wish, span=declared.meta.span)) for name in names]
    members = relax_members(declared, wish, relaxing)
    if not wish.yes:
        return any_of([members, *steps])
    whole = [] if who in declared.complete_for else [relaxing.obstacle(f"nobody has said that {term} has no further step", wish)]
    return every_of([members, *steps, *whole])
