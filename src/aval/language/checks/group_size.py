"""Sizes of groups that do not fit their members."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Members
from aval.model.problem import Code

CODE = Code(
    code="AV223",
    title="A size that does not fit",
    what="A group says how many it has in all, and names more than that, or fewer without saying that there are others.",
    why="Counts such as `at least 2 s in …` rest on how many there can be.",
    bad="group coalition is FRA, GBR (26 in all)",
    good="group coalition is FRA, GBR and others not named (26 in all)",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each group whose size and members contradict each other."""
    for declaration in case.declarations:
        members = declaration.extra
        if not isinstance(members, Members) or members.size is None:
            continue
        named, size = len(members.names), members.size.value
        name = quote(declaration.name.text)
        if named > size:
            message = f"{name} names {named} members and says {size} in all."
            yield Finding(problem(CODE, message, members.size.span, "Mend the list or the number."), declaration)
        elif named < size and not members.others:
            message = f"{name} names {named} members and says {size} in all."
            yield Finding(problem(CODE, message, members.size.span, "Add `and others not named`, or mend the number."), declaration)
        elif named == size and members.others:
            message = f"{name} names all its {size} members, so there are no others."
            yield Finding(problem(CODE, message, members.size.span, "Leave `and others not named` out, or mend the number."), declaration)
