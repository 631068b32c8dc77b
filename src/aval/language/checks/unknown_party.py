"""Members of groups, and those a step applies to, who are no parties."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.model.problem import Code

CODE = Code(
    code="AV214",
    title="Unknown party",
    what="A group, the `for` of a step, or `complete for` names somebody who is not declared as a party. "
    "Only words in small letters may stand in a group undeclared.",
    why="A misspelt member would count as one that nobody ever hears of.",
    bad='party FRA "France"\ngroup coalition is FRA, GRB',
    good='party FRA "France"\nparty GBR "United Kingdom"\ngroup coalition is FRA, GBR',
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each member that nothing declares.

    A word in small letters is a member too, which the group itself declares (`land`, `air`), unless a party has that name in capitals.
    """
    parties = {name.lower(): name for name, declaration in case.named.items() if declaration.kind in roles.PARTY_ONLY.kinds}
    for use in case.uses.names:
        if use.role not in (roles.MEMBER, roles.PARTY_ONLY) or use.name in case.named or use.name in case.broken:
            continue
        if use.role is roles.MEMBER and use.name.islower() and use.name not in parties:
            continue
        hint = case.hints.near(use.name, case.names_of(roles.PARTY_ONLY.kinds)) or f'Declare it: `party {use.name} "…"`.'
        fix = case.hints.fix(use.span, use.name, case.names_of(use.role.kinds))
        yield Finding(problem(CODE, f"There is no party {quote(use.name)}.", use.span, hint, fix=fix), use.declaration, use.clause)
