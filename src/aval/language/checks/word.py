"""Words that are not in their fixed lists."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from aval.language.case import Case
from aval.language.problems import Finding, listed, problem, quote
from aval.language.syntax import Accepted, Becoming, Clause, CountedOnce, Decides, Declaration, Names, Sources, StepOf, Values
from aval.language.words import DECISIONS, FIRMNESS, FORCES, GRADES, LENGTHS, STARTS, WORD
from aval.model.expression import Name, Ref
from aval.model.problem import Problem

CODE = WORD


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each firmness, grade, way of binding or starting value that does not exist."""
    for declaration in case.declarations:
        for clause in () if isinstance(declaration.extra, StepOf) else declaration.clauses:
            for name, what, words in _words(declaration, clause):
                if name.text not in words:
                    yield Finding(_problem(case, name, what, words), declaration, clause)


def _words(declaration: Declaration, clause: Clause) -> Iterator[tuple[Name, str, Collection[str]]]:
    if isinstance(clause, Accepted):
        if clause.firmness:
            yield clause.firmness, "a firmness", FIRMNESS
        yield from ((way.grade, "a grade", GRADES) for way in clause.ways if isinstance(way, Sources))
    elif isinstance(clause, Names) and clause.kind == "binding":
        yield from ((name, "a way of binding", FORCES) for name in clause.names)
    elif isinstance(clause, Names) and clause.kind == "starts as":
        values = [value.text for value in declaration.extra.names] if isinstance(declaration.extra, Values) else []
        yield from ((name, "a starting value", [*values, "open"] if values else STARTS) for name in clause.names)
    elif isinstance(clause, Becoming) and isinstance(declaration.extra, Values):
        word = clause.to.name if isinstance(clause.to, Ref) and not clause.to.args else "…"
        yield Name(word, span=clause.to.span), "a value of this state", [value.text for value in declaration.extra.names]
    elif isinstance(clause, Decides) and clause.word is not None:
        yield clause.word, "a way to decide", DECISIONS
    elif isinstance(clause, CountedOnce):
        yield clause.unit, "a measure of length", LENGTHS


def _problem(case: Case, name: Name, what: str, words: Collection[str]) -> Problem:
    hint = case.hints.near(name.text, words) or f"It is one of {listed(words)}."
    fix = case.hints.fix(name.span, name.text, words, closed=True)
    return problem(CODE, f"{quote(name.text)} is not {what}.", name.span, hint, fix=fix)
