"""Readings with the same name."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import ReadingOf
from aval.model.problem import Code

CODE = Code(
    code="AV213",
    title="A reading named twice",
    what="Two readings of the case have the same name.",
    why="`on reading NAME` must point at one answer to one question.",
    bad='question first "…"\n  reading strict\nquestion second "…"\n  reading strict',
    good='question first "…"\n  reading first_strict\nquestion second "…"\n  reading second_strict',
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for the questions that share the name of a reading."""
    for declaration in case.declarations:
        for clause in declaration.clauses if declaration.kind == "question" else ():
            if not isinstance(clause, ReadingOf):
                continue
            owner, first = case.readings[clause.name.text]
            if first is clause:
                continue
            note = ((first.name.span, "The first one is here."),)
            message = f"There are two readings named {quote(clause.name.text)}."
            found = problem(CODE, message, clause.name.span, "Give one of them another name.", note)
            yield Finding(found, declaration, clause)
            yield Finding(found, owner, first)
