"""Acceptance (semantics 2.4): which statements count as evidence for their term, and why the others do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from aval.model.agreement import (
    Acceptance,
    Agreements,
    Declaration,
    Duty,
    Event,
    FromFinding,
    FromSources,
    FromVoice,
    Group,
    Power,
    Process,
    Quantity,
    State,
    params_of,
)
from aval.model.reason import Alleged
from aval.model.statement import Firmness, Grade, Says, Statement
from aval.model.term import Term


@dataclass(slots=True)
class Docket:
    """All that was said of one term: what counts, and what does not and why."""

    accepted: list[Statement] = field(default_factory=list)
    alleged: list[Alleged] = field(default_factory=list)


Admitted = dict[Term, Docket]

_CLAIMS = {Says.HAPPENED: (Event,), Says.HOLDS: (State, Process, Duty, Power), Says.MEMBER: (Group,), Says.AMOUNT: (Quantity,)}
_OPEN_DOOR = Acceptance()
NAMELESS = "nobody stands behind it by name"


def admit(agreements: Agreements, statements: Iterable[Statement]) -> Admitted:
    """Sort what was said of each term into what counts and what does not."""
    claims: dict[Term, list[Statement]] = {}
    for statement in statements:
        if statement.says in _CLAIMS:
            claims.setdefault(statement.term, []).append(statement)
    return {term: _docket(agreements, term, said) for term, said in claims.items()}


def firmest(statements: Iterable[Statement]) -> dict[Term, Firmness]:
    """Give the firmest word that a source above grade low has given for each term, whether or not it counts."""
    found: dict[Term, Firmness] = {}
    for statement in statements:
        if statement.firmness and statement.polarity and statement.grade is not Grade.LOW:
            found[statement.term] = max(found.get(statement.term, Firmness.ENVISAGED), statement.firmness, key=lambda step: step.step)
    return found


def _docket(agreements: Agreements, term: Term, said: list[Statement]) -> Docket:
    docket = Docket()
    declared = agreements.declarations.get(term.name)
    for statement in said:
        why_not = _refusal(declared, statement, said)
        if why_not:
            docket.alleged.append(Alleged(statement=statement.id, why_not=why_not))
        else:
            docket.accepted.append(statement)
    return docket


def _refusal(declared: Declaration | None, statement: Statement, said: list[Statement]) -> str:
    if declared is None or not isinstance(declared, _CLAIMS[statement.says]):
        return "it speaks of another kind of thing"
    if statement.says is Says.HOLDS and not (isinstance(declared, State) and declared.reported):
        return "the agreement's own rule decides, not a report"
    acceptance = getattr(declared, "acceptance", _OPEN_DOOR)
    firm = [other for other in said if _firm(other, acceptance)]
    refusals = [_refused_by(way, declared, statement, firm) for way in acceptance.ways]
    reasons = [] if "" in refusals else refusals
    if not _firm(statement, acceptance):
        reasons = [f"it says {(statement.firmness or Firmness.DONE).value}, {acceptance.firmness.value} is needed", *reasons]
    return "; ".join(dict.fromkeys(reasons))


def _firm(statement: Statement, acceptance: Acceptance) -> bool:
    """Whether it is firm enough to count; a denial is as firm as any."""
    return not statement.polarity or (statement.firmness or Firmness.DONE).step >= acceptance.firmness.step


def _refused_by(way: FromVoice | FromSources | FromFinding, declared: Declaration, statement: Statement, said: list[Statement]) -> str:
    match way:
        case FromVoice(who=who):
            wanted = _argument(declared, statement.term, who.text)
            if statement.voice.speaks_for != wanted:
                return f"not the word of {wanted}"
            return nameless_or_low(statement)
        case FromFinding(body=body):
            return "" if statement.voice.speaks_for == body else f"not a finding of {body}"
        case FromSources(number=number, grade=grade):
            return _refused_by_sources(number, grade, statement, said)


def _refused_by_sources(number: int, grade: Grade, statement: Statement, said: list[Statement]) -> str:
    if statement.grade.step < grade.step:
        return f"its source is of grade {statement.grade.value}, {grade.value} is needed"
    if statement.anonymous:
        return NAMELESS
    alike = [other for other in said if other.polarity == statement.polarity and other.grade.step >= grade.step and not other.anonymous]
    voices = {(other.voice.speaks_for or other.voice.name) for other in alike}
    return "" if len(voices) >= number else f"{number} independent sources are needed, there is {len(voices)}"


def nameless_or_low(statement: Statement) -> str:
    """Say why a party's own word does not count: nobody gives a name for it, or its source is of grade low."""
    if statement.anonymous:
        return NAMELESS
    return "its source is of grade low" if statement.grade is Grade.LOW else ""


def _argument(declared: Declaration, term: Term, variable: str) -> str:
    """Give the argument that a parameter stands for in this term; a plain name stands for itself."""
    names = [param.name for param in params_of(declared)]
    return term.args[names.index(variable)] if variable in names and len(term.args) == len(names) else variable
