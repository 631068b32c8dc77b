"""Names and expressions of the wrong kind."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.sorts import NEEDS_NUMBER
from aval.language.syntax import Declaration
from aval.language.uses import Shape, Use
from aval.model.problem import Code

CODE = Code(
    code="AV207",
    title="The wrong kind of thing",
    what="An event stands where a state is needed, a state where an event is needed, a group where a party is, and so on.",
    why="A state holds over time and an event happens at an instant; a sentence that mixes them up has no meaning.",
    bad="state ceasefire\nstate in_force\n  while ceasefire happened",
    good="state ceasefire\nstate in_force\n  while ceasefire",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each name that is declared as something else than its place needs, and for each misplaced expression."""
    for use in case.uses.names:
        declared = case.named.get(use.name)
        if declared is None or declared.kind in use.role.kinds or use.role is roles.VARIABLE:
            continue
        if use.stands_for_itself(case.members):
            continue
        message = f"{quote(use.name)} is {roles.SPOKEN[declared.kind]}; {use.role.what} should stand here."
        yield Finding(problem(CODE, message, use.span, _hint(use, declared)), use.declaration, use.clause)
    for shape in case.uses.shapes:
        message = f"This is {shape.found}; {shape.role.what} should stand here."
        yield Finding(problem(CODE, message, shape.span, _shape_hint(shape)), shape.declaration, shape.clause)


def _hint(use: Use, declared: Declaration) -> str:
    written = f"{use.name}(…)" if use.ref is not None and use.ref.args else use.name
    if use.role is roles.CONDITION and declared.kind in ("event", "moment"):
        return f"Ask whether it has come: `{written} happened`."
    if use.role is roles.PAST and declared.kind in ("state", "process"):
        return f"A state holds or does not: write `{written}` without `happened`."
    if use.role is roles.MOMENT and declared.kind in ("state", "process"):
        return f"Name the moment: `beginning of {written}` or `end of {written}`."
    if use.role is roles.GROUP and declared.kind == "area":
        return "The area of a power or a contribution stands directly after its opening line."
    return ""


def _shape_hint(shape: Shape) -> str:
    if shape.found == NEEDS_NUMBER:
        return "Compare it: put `is at least …` after it." if shape.role is roles.CONDITION else ""
    if shape.role is roles.CONDITION:
        return "Ask whether it has come: put `happened` after it."
    if shape.role is roles.MOMENT:
        return "Name the moment: `beginning of (…)` or `end of (…)`, or an event."
    return "`happened` stands after an event or a moment."
