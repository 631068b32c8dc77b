"""Readings that do not exhaust their question: a clause is written for some of them, and says nothing on another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from aval.answers.drafting.desk import Desk, listed, told
from aval.language.problems import quote
from aval.model.agreement import Clause, Declaration, Question
from aval.model.problem import Code, Problem, Severity, Span

CODE = Code(
    code="AV712",
    title="Readings that leave a gap",
    what="A declaration has clauses of one kind for two or more readings of a question, and none for another; or no clause anywhere stands "
    "on a reading of the question.",
    why="On the reading without a clause nothing is asked, or nothing comes about, and nobody decided that.",
    bad="question size\n  reading any_attack\n  reading major_attack\n  reading invasion\nduty help: FRA owes UKR helped(FRA)\n"
    "  on reading any_attack when attack(RUS)\n  on reading major_attack when attack(RUS) if major(RUS)",
    good="question size\n  reading any_attack\n  reading major_attack\nduty help: FRA owes UKR helped(FRA)\n"
    "  on reading any_attack when attack(RUS)\n  on reading major_attack when attack(RUS) if major(RUS)",
    severity=Severity.WARNING,
)


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each declaration that passes over a reading, and for each question without any clause."""
    used: set[str] = set()
    for declared in desk.agreements.declarations.values():
        for kind, question, there, place in _written(declared):
            used.add(question)
            asked = desk.agreements.get(question, Question)
            rest = [one.name for one in asked.readings if one.name not in there] if asked else []
            if rest and len(there) > 1 and asked is not None:
                message = f"{quote(declared.meta.name)} has no clause on reading {listed(rest)}, beside those on {listed(sorted(there))}."
                note = ((asked.meta.span, "The question is here."),)
                hint = f"Add `on reading {rest[0]} {kind} …`, or a clause that holds on every reading."
                yield told(CODE, message, declared, hint, span=place, notes=note)
    for idle in desk.agreements.of(Question):
        if idle.meta.name not in used:
            message = f"No clause stands on a reading of {quote(idle.meta.name)}: whichever is chosen, nothing changes."
            yield told(CODE, message, idle, "Write `on reading NAME` before the clauses that differ, or leave the question out.")


_KINDS = {
    "whiles": "while",
    "froms": "from",
    "untils": "until",
    "whens": "when",
    "means": "means",
    "withins": "within",
    "conditions": "subject to",
}


def _written(declared: Declaration) -> Iterator[tuple[str, str, set[str], Span]]:
    """Yield, for each kind of clause and question, the readings that have one; not where a clause of that kind holds on every reading."""
    for field in fields(declared):
        value = getattr(declared, field.name)
        clauses = [one for one in value if isinstance(one, Clause)] if isinstance(value, tuple) else []
        for question in dict.fromkeys(one.question for one in clauses if one.question):
            mine = [one for one in clauses if one.question == question]
            yield _KINDS.get(field.name, field.name), question, {one.reading for one in mine}, mine[-1].span
