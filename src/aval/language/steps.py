"""The events that a process declares by its steps, as declarations of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aval.language.syntax import Declaration, Param, Step, StepOf
from aval.model.expression import Name

OF_EVENTS = frozenset({"accepted from", "legal act", "constitutive", "complete until"})
"""Clauses of a process that are about its steps."""


def with_steps(declaration: Declaration) -> Iterator[Declaration]:
    """Yield a declaration, and after a process the event of each of its steps."""
    yield declaration
    if declaration.kind != "process":
        return
    shared = tuple(clause for clause in declaration.clauses if clause.kind in OF_EVENTS)
    for step in declaration.clauses:
        if isinstance(step, Step):
            yield replace(
                declaration,
                kind="event",
                name=Name(step.event.name, span=step.event.span),
                params=_params(declaration, step),
                label=step.label,
                extra=StepOf(declaration.name.text),
                clauses=(*shared, *step.sources),
                span=step.span,
            )


def _params(process: Declaration, step: Step) -> tuple[Param, ...]:
    """Give the parameters of a step: those of the process that it names, in its own order."""
    by_name = {param.name.text: param for param in process.params}
    return tuple(by_name[arg.text] for arg in step.event.args if isinstance(arg, Name) and arg.text in by_name)
