"""Clauses that do not belong to the declaration they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.lower import RULES
from aval.language.problems import Finding, listed, problem
from aval.language.roles import SPOKEN
from aval.language.syntax import StepOf
from aval.model.problem import Code

CODE = Code(
    code="AV209",
    title="A clause that does not fit",
    what="A clause stands in a declaration that has no use for it, or differs by reading where it cannot.",
    why="A clause that is passed over in silence would seem to say something.",
    bad="event ceasefire_begins\n  until ceasefire_ends",
    good="event ceasefire_begins\nstate ceasefire\n  from ceasefire_begins\n  until ceasefire_ends",
)

EVERYWHERE = frozenset({"not said", "source"})
FITTING = {
    "agreement": ("dated", "dates run in", "parties", "depositary", "binding"),
    "party": (),
    "group": ("accepted from",),
    "body": ("seats", "may find"),
    "area": (),
    "question": ("reading",),
    "event": ("accepted from", "legal act", "constitutive"),
    "state": ("starts as", "from", "until", "while", "accepted from", "binding"),
    "moment": ("means",),
    "quantity": ("in", "accepted from"),
    "duty": ("when", "while", "until", "within", "no later than", "continuing", "breach found by", "binding"),
    "power": ("in", "while", "binding"),
    "contribution": ("in", "subject to"),
    "process": ("step", "accepted from", "complete for", "legal act", "constitutive"),
}
"""The clauses of each declaration, beside those that stand everywhere."""

BY_READING = frozenset({"while", "from", "until", "when", "means", "within", "no later than", "subject to"})
"""The clauses that `on reading` may stand before."""

WITH_PARAMS = frozenset({"event", "state", "moment", "quantity", "duty", "power", "process"})


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each clause, and each list of parameters, that does not fit its declaration."""
    for declaration in case.declarations:
        kind = declaration.kind
        if isinstance(declaration.extra, StepOf):
            continue
        if declaration.params and kind not in WITH_PARAMS:
            message = f"{SPOKEN[kind].capitalize()} has no parameters."
            yield Finding(problem(CODE, message, declaration.name.span, "Leave the brackets out."), declaration)
        ruled = kind == "state" and any(clause.kind in RULES for clause in declaration.clauses)
        for clause in declaration.clauses:
            if clause.kind not in FITTING[kind] and clause.kind not in EVERYWHERE:
                fitting = listed((f"`{word}`" for word in (*FITTING[kind], "not said", "source")), "and")
                message = f"`{clause.kind}` does not belong in {SPOKEN[kind]}."
                yield Finding(problem(CODE, message, clause.span, f"It can have {fitting}."), declaration, clause)
            elif clause.reading is not None and clause.kind not in BY_READING:
                message = f"`{clause.kind}` is the same on every reading."
                yield Finding(problem(CODE, message, clause.span, "Leave `on reading` out."), declaration, clause)
            elif ruled and clause.kind == "accepted from":
                message = "This state follows from its rule, so there is nothing to accept."
                hint = "Take the rule out, or say in the events and states it rests on when a statement counts."
                yield Finding(problem(CODE, message, clause.span, hint), declaration, clause)
