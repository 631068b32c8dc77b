"""Readings that no question offers."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.model.problem import Code

CODE = Code(
    code="AV212",
    title="Unknown reading",
    what="`on reading` names a reading that no question of the case offers.",
    why="The clause would stand in no reading at all.",
    bad="state in_force\n  on reading strict while ceasefire",
    good='question how_strict "…"\n  reading strict "…"\nstate in_force\n  on reading strict while ceasefire',
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each clause on an unknown reading."""
    for declaration in case.declarations:
        for clause in declaration.clauses:
            name = clause.reading
            if name is None or name.text in case.readings or name.text in case.broken:
                continue
            hint = case.hints.near(name.text, case.readings) or "Declare it: `question … reading …`."
            fix = case.hints.fix(name.span, name.text, case.readings)
            yield Finding(problem(CODE, f"There is no reading named {quote(name.text)}.", name.span, hint, fix=fix), declaration, clause)
