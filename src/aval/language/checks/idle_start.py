"""A first value that nothing keeps."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.model.problem import Code, Severity

CODE = Code(
    code="AV232",
    title="A first value without effect",
    what="A state says what it starts as, and has only `while` conditions.",
    why="A first value stands until something begins or ends the state. One that only holds while its conditions do has no beginning "
    "and no end of its own: it is what they are from the start, and the first value changes nothing.",
    bad="state bound\n  starts as yes\n  while ratified",
    good="state bound\n  while ratified",
    severity=Severity.WARNING,
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each first value of a state that has no `from` and no `until`; the state is taken as it stands."""
    for declaration in case.declarations:
        kinds = {clause.kind for clause in declaration.clauses}
        if declaration.kind != "state" or "while" not in kinds or kinds & {"from", "until", "becomes"}:
            continue
        for clause in declaration.clauses:
            if clause.kind == "starts as":
                message = f"{quote(declaration.name.text)} holds while its conditions do, so that what it starts as has no effect."
                hint = "Leave `starts as` out, or write what begins or ends it: `from …`, `until …`."
                yield Finding(problem(CODE, message, clause.span, hint))
