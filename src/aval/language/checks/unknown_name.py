"""Names that nobody declares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.uses import Use
from aval.model.problem import Code, Fix

CODE = Code(
    code="AV203",
    title="Unknown name",
    what="A name is used that no agreement of the case declares.",
    why="A misspelt condition would never come true, and nobody would see why.",
    bad="state in_force\n  while ceasefyre",
    good="state ceasefire\nstate in_force\n  while ceasefire",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each name that is neither declared nor a variable. Members of groups have a code of their own."""
    for use in case.uses.names:
        if use.name in case.named or use.name in case.broken or use.role in (roles.MEMBER, roles.PARTY_ONLY, roles.VARIABLE):
            continue
        if use.stands_for_itself(case.members):
            continue
        hint = (
            case.hints.near(use.name, case.names_of(use.role.kinds), use.variables if use.role.variable else ())
            or f"Declare it: `{use.role.first} {use.name} …`."
        )
        message = f"Nothing is declared with the name {quote(use.name)}."
        yield Finding(problem(CODE, message, use.span, hint, fix=_fix(case, use)), use.declaration, use.clause)


def _fix(case: Case, use: Use) -> Fix | None:
    """Give the fix of a misspelt name: the one name that it can have been, if that is of a kind that fits."""
    variables = use.variables if use.role.variable else ()
    found = case.hints.fix(
        replace(use.span, end_line=use.span.line, end_column=use.span.column + len(use.name)), use.name, case.named, variables
    )
    fitting = found is not None and (found.replacement in variables or case.named[found.replacement].kind in use.role.kinds)
    return found if fitting else None
