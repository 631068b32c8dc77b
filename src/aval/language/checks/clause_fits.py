"""Clauses that do not belong to the declaration they stand in."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.lower import RULES
from aval.language.problems import Finding, listed, problem
from aval.language.roles import SPOKEN, WITH_PARAMS
from aval.language.syntax import Clause, Declaration, StepOf, Values
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
    "organisation": ("not counted",),
    "group": ("accepted from",),
    "body": ("seats", "decides by", "may find"),
    "area": ("drawn by",),
    "question": ("reading",),
    "event": ("accepted from", "legal act", "constitutive", "repeats", "complete until"),
    "incident": ("in", "seen in reports of kind", "counted once within", "accepted from"),
    "state": ("starts as", "from", "until", "while", "becomes", "provisional for", "renews", "accepted from", "binding"),
    "moment": ("means", "becomes"),
    "quantity": ("in", "table", "accepted from"),
    "duty": (
        *("when", "while", "until", "within", "no later than", "amounting to", "continuing", "except", "paused while", "suspended while"),
        *("waived when", "replaces", "breach found by", "binding"),
    ),
    "ban": ("in", "while", "from", "until", "except", "breach proposed by", "breach found by", "binding"),
    "power": ("in", "while", "binding"),
    "contribution": ("in", "subject to"),
    "process": ("step", "accepted from", "complete for", "complete until", "legal act", "constitutive"),
}
"""The clauses of each declaration, beside those that stand everywhere."""

BY_READING = frozenset(
    (
        *("while", "from", "until", "when", "means", "becomes", "within", "no later than", "subject to"),
        *("except", "paused while", "suspended while", "waived when", "amounting to"),
    )
)
"""The clauses that `on reading` may stand before."""
BY_PARTY = frozenset({"while", "from", "until", "when", "except", "paused while", "suspended while", "waived when"})
"""The clauses that `only for` and `not for` may stand before: those that are conditions, or can have one."""
SEVERAL = frozenset({"starts as", "becomes", "accepted from", "binding"})
"""The clauses of a state with several values."""


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each clause, and each list of parameters, that does not fit its declaration."""
    for declaration in case.declarations:
        kind = declaration.kind
        if isinstance(declaration.extra, StepOf):
            continue
        if declaration.params and kind not in WITH_PARAMS:
            message = f"{SPOKEN[kind].capitalize()} has no parameters."
            yield Finding(problem(CODE, message, declaration.name.span, "Leave the brackets out."), declaration)
        ruled = kind == "state" and any(clause.kind in (*RULES, "becomes") for clause in declaration.clauses)
        for clause in declaration.clauses:
            if clause.kind not in FITTING[kind] and clause.kind not in EVERYWHERE:
                fitting = listed((f"`{word}`" for word in (*FITTING[kind], "not said", "source")), "and")
                message = f"`{clause.kind}` does not belong in {SPOKEN[kind]}."
                yield Finding(problem(CODE, message, clause.span, f"It can have {fitting}."), declaration, clause)
            elif clause.reading is not None and clause.kind not in BY_READING:
                message = f"`{clause.kind}` is the same on every reading."
                yield Finding(problem(CODE, message, clause.span, "Leave `on reading` out."), declaration, clause)
            elif (clause.parties and (wrong := _not_by_party(declaration, clause))) or (
                kind == "state" and clause.kind not in EVERYWHERE and (wrong := _values(declaration, clause))
            ):
                yield Finding(problem(CODE, wrong[0], clause.span, wrong[1]), declaration, clause)
            elif ruled and clause.kind == "accepted from":
                message = "This state follows from its rule, so there is nothing to accept."
                hint = "Take the rule out, or say in the events and states it rests on when a statement counts."
                yield Finding(problem(CODE, message, clause.span, hint), declaration, clause)


def _not_by_party(declaration: Declaration, clause: Clause) -> tuple[str, str] | None:
    """Say why a clause cannot be for some parties alone."""
    words = f"{'not' if clause.others else 'only'} for"
    if clause.kind not in BY_PARTY:
        return f"`{clause.kind}` is the same for every party.", f"Leave `{words}` out."
    if not declaration.params:
        message = f"`{words}` needs a parameter that says for whom this declaration is."
        return message, f"Write `{declaration.kind} {declaration.name.text}(p: GROUP)`."
    return None


def _values(declaration: Declaration, clause: Clause) -> tuple[str, str] | None:
    """Say why a clause does not fit a state by its having several values, or not having them."""
    several = isinstance(declaration.extra, Values)
    if several and clause.kind not in SEVERAL:
        return f"`{clause.kind}` does not belong in a state with several values.", "Write `becomes VALUE at MOMENT`."
    if not several and clause.kind == "becomes":
        return "This state has no values to become.", "List them after its name: `one of first, second`."
    return None
