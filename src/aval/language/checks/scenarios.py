"""Tests that cannot be run as they are written."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from aval.language.case import Case
from aval.language.checks import units
from aval.language.lower import RULES
from aval.language.nodes.expressions import OFFER, RUNGS
from aval.language.problems import Finding, listed, problem, quote
from aval.language.syntax import Claim, Clause, Declaration, Expect, Given, Members, Named, StepOf, Values
from aval.language.words import PHASES, STARTS, WORD
from aval.model import expression as ex
from aval.model.problem import Code, Problem

CODE = Code(
    code="AV231",
    title="A test or a supposition that cannot be used",
    what="A test has no name or that of another, expects nothing, or it or a supposition gives what follows from a rule, does not say when "
    "something was, or rests on what was left out for a mistake.",
    why="A test that says less than it seems to would pass for the wrong reason, and a supposition would move the wrong thing.",
    bad='test "a ceasefire"\n  given in_force(FRA) on 2027-03-01',
    good='test "a ceasefire"\n  given ceasefire_begins on 2027-03-01\n  expect ceasefire is yes at 2027-03-02',
)
UNTOUCHED = {"ban": ("no_breach_on_record", "not_in_force"), "power": ("not_available",)}
"""Words for a norm of which nothing stands on the record."""
FOUR = (*STARTS, "contested")


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each test that cannot be run."""
    names: dict[tuple[str, str], Declaration] = {}
    for test in case.declarations:
        first = names.setdefault((test.agreement, test.name.text), test)
        if not test.name.text.strip():
            yield Finding(problem(CODE, "This test has no name.", test.name.span, "Say in a few words what it shows."), test)
        elif first is not test:
            message = f"Another test of this document is named {quote(test.name.text)} too."
            note = ((first.name.span, "The first one is here."),)
            yield Finding(problem(CODE, message, test.name.span, "Give each its own name.", note), test)
        if not any(isinstance(line, Expect | Claim) for line in test.clauses):
            yield Finding(problem(CODE, "This test expects nothing.", test.name.span, "Add `expect … is …`."), test)
    yield from check_facts(case)


def check_facts(case: Case) -> Iterator[Finding]:
    """Yield a finding for each line that gives or expects what cannot be given or expected."""
    for test in case.declarations:
        for line in test.clauses:
            found = _line(case, line)
            if found is not None:
                yield Finding(found, test, line)
    for use in case.uses.names:
        if use.name in case.broken:
            message = f"{quote(use.name)} was left out, for a mistake that is told elsewhere."
            yield Finding(problem(CODE, message, use.span, "Mend that first."), use.declaration, use.clause)


def _line(case: Case, line: Clause) -> Problem | None:
    match line:
        case Given():
            return _given(case, line)
        case Expect():
            return _readings(case, line) or _expect(case, line)
        case Claim():
            return _readings(case, line)
        case _:
            return None


def _readings(case: Case, line: Expect | Claim) -> Problem | None:
    for name in line.readings:
        if name.text not in case.readings:
            hint = case.hints.near(name.text, case.readings)
            return problem(CODE, f"There is no reading named {quote(name.text)}.", name.span, hint)
    questions = [case.readings[name.text][0].name.text for name in line.readings]
    if len(set(questions)) < len(questions):
        return problem(CODE, "Two readings of one question are chosen.", line.readings[-1].span, "Choose one of each question.")
    return None


_OFFERS = 'In a test, give it in a file: `given facts "….jsonl"`. It cannot be supposed.'


def _given(case: Case, line: Given) -> Problem | None:
    ref = line.ref
    if ref.name == OFFER:
        return problem(CODE, "How far an offer stands cannot be given in a line.", line.span, _OFFERS)
    declared = case.named.get(ref.name)
    if declared is None:
        return None
    if any(isinstance(arg, ex.Any | ex.Some) or (isinstance(arg, Named) and arg.anything) for arg in ref.args):
        return problem(CODE, "A fact is about somebody by name.", ref.span, "Name each argument.")
    if declared.kind == "quantity" and not line.measured:
        hint = f"Write `{ref.name}{'(…)' if ref.args else ''} is 100 on DATE`, or `is at least`, `is at most`."
        return problem(CODE, f"It is not said how much {quote(ref.name)} was.", ref.span, hint)
    if line.measured:
        return _amount(case, line)
    if declared.kind == "group" and len(ref.args) != 1:
        return problem(CODE, f"{quote(ref.name)} is a group.", ref.span, f"Say who belongs to it: `{ref.name}(NAME)`.")
    if isinstance(declared.extra, Members) and not line.polarity and _text(ref.args[0]) in _named(declared.extra):
        hint = "Leave this out; who can leave is told by a table, or belongs to `others not named`."
        return problem(CODE, f"The agreement names a member of {quote(ref.name)}, who always belongs to it.", ref.span, hint)
    if declared.kind == "state" and line.body is None and any(clause.kind in (*RULES, "becomes") for clause in declared.clauses):
        return problem(CODE, f"{quote(ref.name)} follows from its rule, and cannot be given.", ref.span, "Give what it rests on.")
    not_yet = not line.polarity and line.said is not None and declared.kind == "event"
    if line.first is None and line.last is None and not not_yet:
        return problem(CODE, f"It is not said when {quote(ref.name)} was.", line.span, "Add `on DATE`, `from DATE` or `in 2026-03`.")
    happens = declared.kind in ("event", "incident", "duty", "ban")
    if happens and not not_yet and (line.first is None or line.last is None):
        return problem(CODE, f"{quote(ref.name)} happens at an instant.", line.span, "Write `on DATE`, `in 2026-03` or `between D and D`.")
    return None


def _named(members: Members) -> Collection[str]:
    return () if members.table else [name.text for name in members.names]


def _text(arg: object) -> str:
    return arg.text if isinstance(arg, ex.Name) else ""


def _amount(case: Case, line: Given) -> Problem | None:
    unit = units.unit_of(case, line.ref)
    if line.percent is None or unit in ("", units.PERCENT):
        return None
    return problem(units.CODE, f"{quote(line.ref.name)} is counted in {quote(unit)}.", line.percent.span, "Give the number alone.")


def _expect(case: Case, line: Expect) -> Problem | None:
    subject = line.subject
    declared = case.named.get(subject.name) if isinstance(subject, ex.Ref) else None
    if declared is not None and declared.kind == "group" and isinstance(subject, ex.Ref) and len(subject.args) != 1:
        return problem(CODE, f"{quote(declared.name.text)} is a group.", line.span, f"Ask who belongs to it: `{declared.name.text}(NAME)`.")
    if line.answer == "word" and (words := _words(subject, declared)) and line.expected[0] not in words:
        hint = case.hints.near(line.expected[0], words) or f"It can be {listed(words)}."
        return problem(WORD, f"{quote(line.expected[0])} is no answer here.", line.answer_span, hint)
    return None


def _words(subject: ex.Expression, declared: Declaration | None) -> Collection[str]:
    """Give the words that an answer can be; none where any word could be right."""
    if isinstance(subject, ex.Ref) and subject.name == OFFER:
        return (*RUNGS, *FOUR)
    if declared is None:
        return () if isinstance(subject, ex.Ref) else FOUR
    if isinstance(declared.extra, Values):
        return (*(value.text for value in declared.extra.names), "open", "contested")
    if declared.kind in PHASES:
        return (*PHASES[declared.kind], *UNTOUCHED.get(declared.kind, ()), *FOUR)
    return FOUR if isinstance(declared.extra, StepOf) or declared.kind != "quantity" else ()
