"""What an author says that the agreement has: looked into by running every short sequence of acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from aval.answers.drafting.desk import Desk, names_of
from aval.answers.explore.acts import line_of
from aval.answers.explore.relaxed import Relaxed
from aval.answers.explore.search import Sought, Stage, Steps, Wanted
from aval.evidence.vocabulary import VOTE
from aval.language.problems import quote
from aval.model.agreement import Question
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import read_civil, to_datetime
from aval.model.problem import Code, Problem, Severity
from aval.model.scenario import Claim, Scenario, Sort
from aval.model.statement import Statement

ALWAYS = Code(
    code="AV716",
    title="Not always so",
    what="A document says `must always C`, and there is a sequence of acts after which C is no.",
    why="The author took it for certain. Either the text does not say what was meant, or the property does not.",
    bad='test "no guarantee without a peace"\n  must always peace or not in_force(FRA)',
    good='test "no guarantee without a ceasefire"\n  must always ceasefire or not in_force(FRA)',
)
CAN = Code(
    code="AV717",
    title="No way was found",
    what="A document says `can C`, and no sequence of acts, up to the number that is told, brings C about. Where nothing at all could, "
    "that is told.",
    why="What nobody can bring about is of no use to anybody. A longer sequence may still do it: the bound is told.",
    bad='test "both can be bound"\n  can in_force(FRA) and not ceasefire',
    good='test "both can be bound"\n  can in_force(FRA) and in_force(GBR)',
    severity=Severity.WARNING,
)
NEVER = Code(
    code="AV718",
    title="Before its time",
    what="A document says `never C before D`, and there is a sequence of acts after which C is yes, and D has not been yes until then.",
    why="The author took the order for certain.",
    bad='test "first the peace"\n  never in_force(FRA) before peace',
    good='test "first the promise"\n  never in_force(FRA) before (committed(FRA) happened)',
)
CODES = (ALWAYS, CAN, NEVER)
MOST = 4
"""acts in the longest sequences that are looked at"""
FARTHER = 100
"""sequences that are run beyond that"""
RUNS = 150
"""sequences that one property may run"""


@frozen(kw_only=True)
class Looked:
    """What came of one property: a problem, or how many acts the longest sequences had of which all were looked at."""

    claim: Claim
    problem: Problem | None
    within: int
    runs: int


def look_into(claim: Claim, scenario: Scenario, told: Sequence[Statement], desk: Desk) -> Looked:
    """Look for a course of events that shows a property to be wrong, or for one that shows that it can be.

    `told` are the facts of its test, which come first.
    """
    value = Value.NO if claim.sort is Sort.ALWAYS else Value.YES
    wanted = Wanted(text=claim.texts[0], node=claim.conditions[0], value=value)
    unless = Wanted(text=claim.texts[1], node=claim.conditions[1]) if claim.sort is Sort.NEVER else None
    both = [wanted] if unless is None else [wanted, unless]
    stage = _after(desk.ground.stage(names_of(both)), told, unless)
    had = {one.term for one in stage.told}
    acts, readings = [act for act in stage.touching(both) if act.term not in had], _chosen(claim, desk)
    sought = stage.search([wanted], most=MOST, steps=Steps(RUNS), readings=readings, acts=acts)
    if sought.witness is None:  # farther than every sequence can be looked at, along the acts that are needed in any case
        steps = Steps(FARTHER)
        sought = replace(
            sought, witness=stage.find([wanted], steps=steps, readings=readings), runs=sought.runs + FARTHER - max(0, steps.left)
        )
    found = _problem(claim, scenario, sought, possible=bool(told) or _possible(wanted, claim, desk))
    within = sought.within if sought.witness is None else len(sought.witness.acts)
    return Looked(claim=claim, problem=found, within=within, runs=sought.runs)


def _possible(wanted: Wanted, claim: Claim, desk: Desk) -> bool:
    """Whether something could bring it about if times did not matter, whoever acts."""
    everything = Relaxed(agreements=desk.agreements, acts=None, readings=_chosen(claim, desk), named=desk.ground.named)
    return everything.possible(wanted.node, {})


def _after(stage: Stage, told: Sequence[Statement], unless: Wanted | None) -> Stage:
    """Give a stage on which the facts of a test, as far as they belong to it, have been told before any act."""
    here = [one for one in told if (one.term.args[2] if one.term.name == VOTE else one.term.name) in stage.agreements.declarations]
    said = [found.hi for one in here if (found := read_civil(one.said, stage.ground.zone))]
    start = max([stage.start, *(to_datetime(last, stage.ground.zone).date() + timedelta(days=1) for last in said)])
    return replace(stage, told=tuple(here), unless=unless, start=start)


def _chosen(claim: Claim, desk: Desk) -> dict[str, str]:
    return {
        question.meta.name: one.name for question in desk.agreements.of(Question) for one in question.readings if one.name in claim.readings
    }


def _problem(claim: Claim, scenario: Scenario, sought: Sought, *, possible: bool) -> Problem | None:
    text, witness = claim.texts[0], sought.witness
    if claim.sort is Sort.CAN:
        if witness is not None:
            return None
        acts = "1 act" if sought.within == 1 else f"{sought.within} acts"
        bound = f"no way to {quote(text)} was found within {acts}" if possible else f"nothing can bring {quote(text)} about"
        hint = (
            "A longer sequence may still bring it about."
            if possible
            else "Look at the conditions that exclude each other, or who could tell it."
        )
        return Problem(code=CAN, message=f"{bound[0].upper()}{bound[1:]}.", span=claim.span, hint=hint)
    if witness is None:
        return None
    code = ALWAYS if claim.sort is Sort.ALWAYS else NEVER
    count = len(witness.acts)
    acts = f"after {count} act{'' if count == 1 else 's'}" if count else "with no act at all"
    message = (
        f"{quote(text)} comes to be no {acts}."
        if code is ALWAYS
        else f"{quote(text)} is so {acts}, and {quote(claim.texts[1])} has not been so."
    )
    title = scenario.name.replace('"', "'")
    files = [f'given facts "{file}"' for file in scenario.files]
    facts = [*map(line_of, scenario.givens), *files, *(["given the record"] if scenario.on_record else [])]
    lines = (f'test "{code.code}: {title}"', *(f"  {line}" for line in (*facts, *witness.lines())))
    return Problem(code=code, message=message, span=claim.span, hint="Change the clause, or the property.", example=lines)
