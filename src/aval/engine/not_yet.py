"""What agreements can say and this engine does not run yet: said plainly, never passed over (AV503).

A clause that were passed over would make an answer look sounder than it is. Whoever gives the engine a further operator or clause takes
its line out here.
"""

from __future__ import annotations

from typing import NoReturn

from aval.engine.codes import NOT_RUN_YET
from aval.model.agreement import Declaration, Event, Incident, Moment, State
from aval.model.expression import Expression, Finds, Ref, Some
from aval.model.problem import Problem, Span, Unsupported

_FIELDS: tuple[tuple[type[Declaration], str, str], ...] = (
    (Event, "repeats", "repeats"),
    (Event, "complete_until", "complete until"),
    (State, "values", "one of"),
    (State, "becomes", "becomes"),
    (State, "provisional_for", "provisional for"),
    (State, "renews", "renews"),
    (Moment, "becomes", "becomes"),
)
"""Fields that change an answer, each with the words of its clause. Amounts, tables of numbers and drawings change none so far."""


def refuse_declaration(declared: Declaration) -> None:
    """Raise `Unsupported` for a declaration with a clause that is not run yet."""
    if isinstance(declared, Incident):
        refuse(declared.meta.span, f"`{type(declared).__name__.lower()}`")
    for kind, name, words in _FIELDS:
        if isinstance(declared, kind) and getattr(declared, name):
            refuse(declared.meta.span, f"`{words}` in `{declared.meta.name}`")


def refuse_node(node: Expression) -> None:
    """Raise `Unsupported` for an expression whose operator does not know all that stands in it."""
    inner = node.what if isinstance(node, Finds) else node
    if isinstance(inner, Ref) and any(isinstance(arg, Some) for arg in inner.args):
        refuse(node.span, "`some` as an argument")


def refuse(span: Span, what: str) -> NoReturn:
    """Raise `Unsupported`, with the place of what is not run yet."""
    message = f"{what} is understood, and not run yet"
    hint = "Leave it out, or say it in other words, to get answers now; `aval say` takes it as it is."
    raise Unsupported((Problem(code=NOT_RUN_YET, message=message, span=span, hint=hint),))
