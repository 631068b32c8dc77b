"""Names that nobody declares."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, did_you_mean, problem, quote
from aval.language.uses import Use
from aval.model.problem import Code

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
        if use.role.variable and use.name in use.variables or use.role is roles.ARGUMENT and use.name in case.members:
            continue
        hint = did_you_mean(use.name, _known(case, use)) or f"Declare it, or use the name of {use.role.what}."
        yield Finding(problem(CODE, f"Nothing is declared with the name {quote(use.name)}.", use.span, hint), use.declaration, use.clause)


def _known(case: Case, use: Use) -> set[str]:
    """Give the names that would fit the place."""
    fitting = {name for name, declaration in case.named.items() if declaration.kind in use.role.kinds}
    return fitting | (set(use.variables) if use.role.variable else set())
