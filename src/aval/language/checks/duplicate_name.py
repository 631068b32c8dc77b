"""Names that are declared twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aval.language.case import Case
from aval.language.lower import name_of
from aval.language.nodes.expressions import OFFER
from aval.language.problems import Finding, problem, quote
from aval.language.roles import SPOKEN
from aval.language.syntax import Declaration, Members
from aval.model.problem import Code, Span

CODE = Code(
    code="AV205",
    title="A name declared twice",
    what="Two declarations of the case have the same name. All agreements of a case share one set of names.",
    why="Nobody could tell which of the two is meant. Where they say different things, neither is used.",
    bad="party FRA\nevent FRA",
    good="party FRA\nevent french_vote",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each later declaration of a name, and for the first one too where they differ."""
    first: dict[str, Declaration] = {}
    for declaration in case.declarations:
        name = name_of(declaration)
        if declaration.kind != "contribution" and name == OFFER:
            message = f"{quote(OFFER)} is the name that contributions share; it cannot be {SPOKEN[declaration.kind]}."
            yield Finding(problem(CODE, message, declaration.name.span, "Choose another name."), declaration)
        earlier = first.setdefault(name, declaration)
        if earlier is not declaration:
            yield from _twice(name, earlier, declaration)


def _twice(name: str, earlier: Declaration, later: Declaration) -> Iterator[Finding]:
    same = earlier.kind == later.kind and not later.clauses and not earlier.clauses and _bare(earlier) == _bare(later)
    note = "They say the same, so the first one stands." if same else "They differ, so neither is used."
    hint = f"Keep one of them. {note}"
    found = problem(CODE, f"{quote(name)} is declared twice.", later.name.span, hint, ((earlier.name.span, "The first time is here."),))
    yield Finding(found, later)
    if not same:
        yield Finding(found, earlier)


def _bare(declaration: Declaration) -> Declaration:
    """Give what a declaration says, without its place and its words."""
    nowhere = Span("")
    extra = declaration.extra
    if isinstance(extra, Members):
        extra = replace(extra, span=nowhere, size=None if extra.size is None else replace(extra.size, span=nowhere))
    return replace(declaration, label="", heading="", prose="", agreement="", page=0, span=nowhere, extra=extra)
