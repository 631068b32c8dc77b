"""The bounded search against clingo: on random small agreements, an answer set program of our own finds the same with as few acts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import clingo
import pytest

from aval.answers.drafting import never
from aval.answers.drafting.checks import weaknesses
from aval.answers.drafting.desk import Desk
from aval.answers.explore.search import Ground, Steps, Wanted
from aval.language.read import read_agreements
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.expression import Ref
from aval.model.four import Value

EVENTS = 4
STATES = 4
MOST = 3


@dataclass(frozen=True, slots=True)
class Formula:
    """A condition: an event or a state by its number, or `not`, `and`, `or` of others."""

    kind: str
    number: int = 0
    parts: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """An event that begins or ends a state, if a formula was so just before."""

    event: int
    guard: Formula | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A state: what begins and ends it, and what it holds while; either may be missing."""

    begins: tuple[Change, ...]
    ends: tuple[Change, ...]
    holds: Formula | None


def formula(dice: random.Random, states: int, deep: int = 2) -> Formula:
    """Throw a condition over what has happened and the states before this one."""
    kind = dice.choice(("event", "state", "not", "and", "or") if deep else ("event", "state"))
    if kind == "event" or (kind == "state" and not states):
        return Formula("event", dice.randrange(EVENTS))
    if kind == "state":
        return Formula("state", dice.randrange(states))
    if kind == "not":
        return Formula("not", parts=(formula(dice, states, 0),))
    return Formula(kind, parts=(formula(dice, states, deep - 1), formula(dice, states, deep - 1)))


def change(dice: random.Random, states: int) -> Change:
    """Throw a beginning or an end."""
    return Change(dice.randrange(EVENTS), formula(dice, states, 1) if dice.random() < 0.6 else None)


def rules(seed: int) -> list[Rule]:
    """Throw an agreement; a state reads only those before it."""
    dice, found = random.Random(seed), []
    for number in range(STATES):
        if dice.random() < 0.3:
            found.append(Rule((), (), formula(dice, number)))
        else:
            ends = (change(dice, number),) if dice.random() < 0.7 else ()
            held = formula(dice, number, 1) if dice.random() < 0.3 else None
            found.append(Rule(tuple(change(dice, number) for _ in range(dice.choice((1, 1, 2)))), ends, held))
    return found


# as an agreement


def words(one: Formula) -> str:
    """Write a condition in the language."""
    parts = [words(part) for part in one.parts]
    if one.kind == "event":
        return f"e{one.number} happened"
    if one.kind == "state":
        return f"s{one.number}"
    return f"not {parts[0]}" if one.kind == "not" else f"({f' {one.kind} '.join(parts)})"


def agreement(made: list[Rule]) -> Agreements:
    """Write an agreement, and read it."""
    lines = ["agreement thrown", "  dated 2026-01-01"]
    lines += [f"event e{number}\n  constitutive\n  legal act" for number in range(EVENTS)]
    for number, rule in enumerate(made):
        lines.append(f"state s{number}")
        lines += [f"  while {words(rule.holds)}"] if rule.holds else []
        for keyword, changes in (("from", rule.begins), ("until", rule.ends)):
            lines += [f"  {keyword} e{one.event}" + (f" if {words(one.guard)}" if one.guard else "") for one in changes]
    page = "# Thrown\n\nA clause.\n\n```aval\n" + "\n".join(lines) + "\n```\n"
    found, problems = read_agreements([Text(path="thrown.md", content=page)])
    assert not problems, ([one.message for one in problems], page)
    return found


# as a program


class Program:
    """The same as an answer set program: a step for each day, on which at most one thing happens for the first time."""

    def __init__(self, made: list[Rule], steps: int) -> None:
        self.rules = [
            f"time(0..{steps}). event(0..{EVENTS - 1}).",
            "1 { occurs(E,T) : event(E) } 1 :- time(T), T > 0.",
            ":- occurs(E,T), occurs(E,U), T < U.",
            "come(E,T) :- occurs(E,U), U <= T, time(T).",
        ]
        self.names = 0
        for number, rule in enumerate(made):
            self.state(number, rule)

    def state(self, number: int, rule: Rule) -> None:
        """Write a state: an end beats a beginning, and it goes on until it ends."""
        held = "time(T)" if rule.holds is None else f"{self.so(rule.holds, before=False)}(T)"
        if not rule.begins:
            self.rules.append(f"state({number},T) :- time(T), {held}.")
            return
        for name, changes in (("begin", rule.begins), ("end", rule.ends)):
            for one in changes:
                guard = f", {self.so(one.guard, before=True)}(T)" if one.guard else ""
                self.rules.append(f"{name}({number},T) :- occurs({one.event},T){guard}.")
        self.rules += [
            f"run({number},T) :- begin({number},T), not end({number},T).",
            f"run({number},T) :- time(T), run({number},T-1), not end({number},T).",
            f"state({number},T) :- run({number},T), {held}.",
        ]

    def so(self, one: Formula, *, before: bool) -> str:
        """Write a condition as a predicate; in a guard, states are as just before and events as they have come."""
        name, self.names = f"f{self.names}", self.names + 1
        parts = [f"{self.so(part, before=before)}(T)" for part in one.parts]
        bodies = {
            "event": [f"come({one.number},T)"],
            "state": [f"state({one.number},T{'-1' if before else ''})"],
            "not": [f"not {part}" for part in parts],
            "and": [", ".join(parts)],
            "or": parts,
        }
        self.rules += [f"{name}(T) :- time(T), {body}." for body in bodies[one.kind]]
        return name

    def reaches(self, number: int, steps: int, *, yes: bool) -> bool:
        """Whether the state can be so, or not so, after the last step."""
        control = clingo.Control(["--warn=none"])
        wanted = f":- {'not ' if yes else ''}state({number},{steps})."
        control.add("base", [], "\n".join([*self.rules, wanted]))
        control.ground([("base", [])])
        return bool(control.solve().satisfiable)


def fewest(made: list[Rule], number: int, *, yes: bool) -> int | None:
    """Give the fewest steps after which a state is so, as clingo finds them."""
    return next((steps for steps in range(MOST + 1) if Program(made, steps).reaches(number, steps, yes=yes)), None)


def asked() -> Iterator[tuple[int, bool]]:
    """Every question to one agreement."""
    return ((number, yes) for number in range(STATES) for yes in (True, False))


@pytest.mark.parametrize("seed", range(24))
def test_the_search_finds_what_clingo_finds_with_as_few_acts(seed: int) -> None:
    made = rules(seed)
    ground = Ground(agreement(made), "Etc/UTC")
    for number, yes in asked():
        wanted = Wanted(text=f"s{number}", node=Ref(f"s{number}"), value=Value.YES if yes else Value.NO)
        sought = ground.stage([f"s{number}"]).search([wanted], most=MOST, steps=Steps(5_000))
        theirs = fewest(made, number, yes=yes)
        assert sought.within == (MOST if theirs is None else theirs)
        assert (None if sought.witness is None else len(sought.witness.acts)) == theirs


def test_the_agreements_thrown_are_worth_asking() -> None:
    found = [fewest(rules(seed), number, yes=yes) for seed in range(24) for number, yes in asked()]
    assert {0, 1, 2, 3, None} <= set(found)
    assert min(found.count(steps) for steps in (2, 3, None)) > 2


LONG = 5
"""steps after which clingo is asked about what is said never to hold"""


def test_what_is_said_never_to_hold_clingo_never_reaches() -> None:
    proved = 0
    for seed in range(100, 360):
        made = rules(seed)
        for one in weaknesses(Desk.of(agreement(made), "Etc/UTC"), [never.check]):
            number = int(one.message.split("`")[1].removeprefix("s"))
            assert not any(Program(made, steps).reaches(number, steps, yes=True) for steps in range(LONG))
            proved += 1
    assert proved > 10
