"""Things said twice that can be said only once."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Accepted, Clause, Declaration, Members, Names, Step, StepOf, Values
from aval.model.expression import Name
from aval.model.problem import Code, Span

CODE = Code(
    code="AV211",
    title="Said twice",
    what="A clause that can stand once stands twice, or a list names somebody twice.",
    why="Where two such clauses differ, nobody can tell which one counts; where a member is named twice, counts go wrong.",
    bad="group coalition is FRA, GBR, FRA",
    good="group coalition is FRA, GBR",
)

ONCE = frozenset(
    {
        "dated",
        "dates run in",
        "parties",
        "depositary",
        "starts as",
        "binding",
        "legal act",
        "constitutive",
        "continuing",
        "breach found by",
        "in",
        "means",
        "within",
        "decides by",
        "table",
        "drawn by",
        "renews",
        "repeats",
        "not counted",
        "provisional for",
        "amounting to",
        "counted once within",
        "seen in reports of kind",
    }
)
"""Clauses that stand once, those that may differ by reading once on each reading."""
LISTS = frozenset({"binding", "parties", "seats", "complete for", "not said"})


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each clause and each name in a list that repeats an earlier one."""
    for declaration in case.declarations:
        if isinstance(declaration.extra, StepOf):
            continue
        if isinstance(declaration.extra, Members | Values):
            yield from _list(declaration.extra.names, declaration, None)
        if declaration.clauses:
            yield from _clauses(declaration)


def _clauses(declaration: Declaration) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Clause] = {}
    firm: Name | None = None
    for clause in declaration.clauses:
        if clause.kind in ONCE:
            first = seen.setdefault((clause.kind, clause.reading.text if clause.reading else ""), clause)
            if first is not clause:
                yield _twice(f"`{clause.kind}` stands here a second time.", clause.span, first.span, declaration, clause)
        if isinstance(clause, Accepted) and clause.firmness is not None:
            firm = firm or clause.firmness
            if firm.text != clause.firmness.text:
                message = f"This asks for {quote(clause.firmness.text)}, and an earlier `accepted from` for {quote(firm.text)}."
                yield _twice(message, clause.firmness.span, firm.span, declaration, clause)
        if isinstance(clause, Names) and clause.kind in LISTS:
            yield from _list(clause.names, declaration, clause)
        if isinstance(clause, Step):
            yield from _list(tuple(name for name, _ in clause.applies), declaration, clause)


def _list(names: tuple[Name, ...], declaration: Declaration, clause: Clause | None) -> Iterator[Finding]:
    if len({name.text for name in names}) == len(names):
        return
    seen: dict[str, Name] = {}
    for name in names:
        first = seen.setdefault(name.text, name)
        if first is not name:
            yield _twice(f"{quote(name.text)} is named twice in this list.", name.span, first.span, declaration, clause)


def _twice(message: str, later: Span, first: Span, declaration: Declaration, clause: Clause | None) -> Finding:
    return Finding(problem(CODE, message, later, "Keep one of them.", ((first, "The first one is here."),)), declaration, clause)
