"""From tests and suppositions to the model: their names are checked like those of declarations, and what has a mistake is left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace

from aval.language import syntax
from aval.language.case import Case
from aval.language.checks import (
    arguments,
    contribution,
    correlation,
    dates,
    files,
    kind,
    membership,
    stands,
    units,
    unknown_name,
    variables,
)
from aval.language.checks import suppositions as supposing
from aval.language.checks.scenarios import check as fitting
from aval.language.checks.scenarios import check_facts
from aval.language.checks.units import unit_of
from aval.language.lower import Lowering
from aval.language.problems import Finding
from aval.language.syntax import Claim, Declaration, Expect, Given, GivenFile, ScenarioBlock, Without
from aval.language.walk import TEST, uses_of
from aval.model import expression as ex
from aval.model import scenario as model
from aval.model.expression import Name
from aval.model.problem import Problem
from aval.model.statement import Amount
from aval.model.term import Term

Check = Callable[[Case], Iterator[Finding]]
NAMES: tuple[Check, ...] = (
    unknown_name.check,
    variables.check,
    kind.check,
    arguments.check,
    membership.check,
    contribution.check,
    dates.check,
    files.check,
    stands.check,
    units.check,
    correlation.check,
)
CHECKS: tuple[Check, ...] = (*NAMES, fitting)
SUPPOSED: tuple[Check, ...] = (*NAMES, check_facts, supposing.check)
HOLDING = frozenset({"state", "group", "process"})
"""What holds over time; all else that is given happens."""


def scenarios_of(
    tests: Sequence[tuple[ScenarioBlock, str]], declared: Case, left_out: Collection[str]
) -> tuple[tuple[model.Scenario, ...], list[Problem]]:
    """Give the sound tests, each with the name of its agreement, and the problems of the others.

    What is wrong in one way at several places of a test is one problem. `declared` has the sound declarations; `left_out` are names
    that a mistake took away, which has been told elsewhere.
    """
    blocks, low, problems = _sound(tests, declared, left_out, CHECKS)
    return tuple(_scenario(block, low) for block in blocks), problems


def suppositions_of(
    blocks: Sequence[ScenarioBlock], declared: Case, left_out: Collection[str]
) -> tuple[tuple[model.Supposition, ...], list[Problem]]:
    """Give the sound suppositions, and the problems of the others, in the same way."""
    sound, low, problems = _sound([(block, "") for block in blocks], declared, left_out, SUPPOSED)
    return tuple(_supposition(block, low) for block in sound), problems


def _sound(
    tests: Sequence[tuple[ScenarioBlock, str]], declared: Case, left_out: Collection[str], checks: Sequence[Check]
) -> tuple[list[Declaration], Lowering, list[Problem]]:
    blocks = [_as_declaration(block, document) for block, document in tests]
    uses = uses_of(blocks, declared.named)
    case = replace(declared, declarations=blocks, broken=dict.fromkeys(left_out, 0), uses=uses)
    wrong: set[int] = set()
    problems: dict[tuple[object, ...], Problem] = {}
    for check in checks:
        for finding in check(case):
            found = finding.problem
            key = (found.code.code, id(finding.declaration), found.message, found.hint)
            first = problems.setdefault(key, found)
            if first.span != found.span and found.span not in [place for place, _ in first.notes]:
                problems[key] = replace(first, notes=(*first.notes, (found.span, "Here too.")))
            wrong.add(id(finding.declaration))
    return [block for block in blocks if id(block) not in wrong], Lowering(case, frozenset()), list(problems.values())


def _as_declaration(block: ScenarioBlock, document: str) -> Declaration:
    name = Name(block.name.text, span=block.name.span)
    return Declaration(kind=TEST, name=name, clauses=block.lines, span=block.span, agreement=document)


def _scenario(block: Declaration, low: Lowering) -> model.Scenario:
    return model.Scenario(
        name=block.name.text,
        document=block.span.path,
        givens=tuple(_given(line, low) for line in block.clauses if isinstance(line, Given)),
        files=tuple(line.file.text for line in block.clauses if isinstance(line, GivenFile)),
        on_record=any(line.kind == "given the record" for line in block.clauses),
        expectations=tuple(_expectation(line, low) for line in block.clauses if isinstance(line, Expect)),
        claims=tuple(_claim(line, low) for line in block.clauses if isinstance(line, Claim)),
        span=block.span,
    )


def _claim(line: Claim, low: Lowering) -> model.Claim:
    return model.Claim(
        sort=model.Sort(line.kind),
        conditions=tuple(low.expression(one) for one in line.conditions),
        texts=line.texts,
        readings=tuple(name.text for name in line.readings),
        span=line.span,
    )


def _supposition(block: Declaration, low: Lowering) -> model.Supposition:
    return model.Supposition(
        name=block.name.text,
        document=block.span.path,
        givens=tuple(_given(line, low) for line in block.clauses if isinstance(line, Given)),
        without=tuple(model.Withdrawal(label=line.label.text, span=line.label.span) for line in block.clauses if isinstance(line, Without)),
        expectations=tuple(_expectation(line, low) for line in block.clauses if isinstance(line, Expect)),
        span=block.span,
    )


def _given(line: Given, low: Lowering) -> model.Given:
    ref = low.ref(line.ref)
    return model.Given(
        term=Term(ref.name, tuple(arg.text for arg in ref.args if isinstance(arg, Name))),
        holds=low.case.named[ref.name].kind in HOLDING,
        polarity=line.polarity,
        first=_text(line.first),
        last=_text(line.last),
        throughout=line.throughout,
        said=_text(line.said),
        told_by=line.told_by.text if line.told_by else "",
        body=line.body.text if line.body else "",
        amount=Amount(low=line.low, high=line.high, unit=unit_of(low.case, line.ref)) if line.measured else None,
        text=line.text,
        span=line.span,
    )


def _expectation(line: Expect, low: Lowering) -> model.Expectation:
    subject, answer = low.expression(line.subject), model.Answer(line.answer)
    return model.Expectation(
        subject=subject,
        subject_text=_written(line.subject_text, subject),
        answer=answer,
        expected=line.expected if answer in (model.Answer.WORD, model.Answer.DATE, model.Answer.RANGE) else (),
        at=_text(line.at),
        known=_text(line.known),
        readings=tuple(name.text for name in line.readings),
        span=line.answer_span,
    )


def _written(written: str, lowered: ex.Expression) -> str:
    """Write a term in its one spelling; of anything longer, give the words of the document."""
    if isinstance(lowered, ex.Ref):
        return str(Term(lowered.name, tuple(arg.text if isinstance(arg, Name) else "any" for arg in lowered.args)))
    return written


def _text(found: syntax.Quoted | None) -> str:
    return found.text if found is not None else ""
