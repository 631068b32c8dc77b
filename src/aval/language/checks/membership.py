"""Names that are not in the group they stand for."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Members
from aval.language.uses import Use, group_of_argument
from aval.model.problem import Code

CODE = Code(
    code="AV226",
    title="Not a member of the group",
    what="An argument, or a name after `is`, is not in the group that stands there, and that group has no unnamed members.",
    why="The sentence would be about nobody, and could never come true.",
    bad="group countries is FRA, GBR\nstate major(p: countries)\nstate in_force\n  while major(RUS)",
    good="group countries is FRA, GBR, RUS\nstate major(p: countries)\nstate in_force\n  while major(RUS)",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each constant that its group cannot hold."""
    for use in case.uses.names:
        if use.role is not roles.ARGUMENT or use.name in use.variables:
            continue
        group = use.group or _group_of(case, use)
        declared = case.named.get(group)
        members = declared.extra if declared is not None else None
        if (
            not isinstance(members, Members)
            or members.others
            or members.table
            or use.name in (names := [name.text for name in members.names])
        ):
            continue
        if use.name in case.named or use.name in case.members:
            hint = case.hints.near(use.name, names) or f"Add it to {quote(group)}, or say `and others not named` there."
            yield Finding(problem(CODE, f"{quote(use.name)} is not in {quote(group)}.", use.span, hint), use.declaration, use.clause)


def _group_of(case: Case, use: Use) -> str:
    """Give the group that an argument is taken from."""
    return group_of_argument(case.named, use.of, use.position) if use.of is not None else ""
