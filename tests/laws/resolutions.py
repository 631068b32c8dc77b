"""Small agreements, blurred facts, and all the ways in which the facts can have been: what is so in all of them is the truth (DESIGN 2.2).

A blurred date is one of the days in its span, its ends among them; an event that may have happened did, on one of its days, or did not; a
guard that nobody knows held or did not. Each way is told to the engine as exact facts, so that what stands there is what the rules say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from random import Random

from aval.engine.lookup import look
from aval.model.agreement import Agreements
from aval.model.four import Value
from aval.model.instant import read_civil
from tests.engine.support import ZONE, Row, agreements, inquiry

EVENTS = ("a", "b", "c", "d")
GATES = ("g", "h")
STATES = ("s", "t", "u")
LAST = 16
"""the days that are looked at"""
MOST = 64
"""ways in which the facts of one case can have been"""
HEAD = 'party RED "Red"\nparty BLU "Blue"\n' + "".join(f"event {name}\n  legal act\n" for name in (*EVENTS, *GATES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """An event, the days on which it can have been (none: never), and whether nobody said if it was at all."""

    name: str
    days: tuple[int, ...]
    may_not: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Rules, and the facts told of their events."""

    text: str
    facts: tuple[Fact, ...]

    def found(self) -> Agreements:
        """Read the rules."""
        return agreements(HEAD + self.text)

    def told(self) -> list[Row]:
        """Give what is told: of what may not have been at all, nothing."""
        return [row(fact) for fact in self.facts if not fact.may_not]


class Author:
    """Writes rules over the events and the states that stand before; a state also reads itself, and others later, through time."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance

    def case(self) -> Case:
        """Write one case."""
        names = STATES[: self._chance.randint(1, 3)]
        text = "".join(self._state(name, names[:place]) for place, name in enumerate(names))
        facts = [self._fact(name) for name in (*EVENTS, *GATES)]
        while ways(facts) > MOST:
            wide = max(facts, key=lambda fact: len(fact.days))
            facts[facts.index(wide)] = Fact(name=wide.name, days=wide.days[:: len(wide.days) - 1] if len(wide.days) > 2 else wide.days[:1])
        return Case(text=text, facts=tuple(facts))

    def _fact(self, name: str) -> Fact:
        first = self._chance.randint(1, 9)
        if name not in GATES and self._chance.random() < 0.1:
            return Fact(name=name, days=())
        if name in GATES:
            return Fact(name=name, days=(1,), may_not=self._chance.random() < 0.4)
        return Fact(name=name, days=tuple(range(first, first + self._chance.choice((1, 1, 2, 4, 5)))))

    def _state(self, name: str, below: Sequence[str]) -> str:
        chance = self._chance
        if below and chance.random() < 0.3:
            return f"state {name}\n  while {self._condition(below, 2)}\n"
        lines = [f"  from {self._moment(below)}{self._guard(below)}" for _ in range(chance.randint(1, 2))]
        lines += [f"  until {self._end(below)}{self._guard(below)}" for _ in range(chance.randint(0, 2))]
        if below and chance.random() < 0.12:
            lines.append(f"  provisional for {chance.choice(below)}")
        if chance.random() < 0.15:
            lines.append("  renews")
        if below and chance.random() < 0.15:
            lines.append(f"  while {self._condition(below, 1)}")
        return "\n".join([f"state {name}", *lines]) + "\n"

    def _guard(self, below: Sequence[str]) -> str:
        return f" {self._chance.choice(('if', 'unless'))} {self._condition(below, 1)}" if self._chance.random() < 0.4 else ""

    def _end(self, below: Sequence[str]) -> str:
        days = self._chance.randint(1, 5)
        clocks = [f"{days} days after {its}" for its in ("its beginning", "its latest trigger")]
        return self._chance.choice((self._moment(below), self._moment(below), *clocks))

    def _moment(self, below: Sequence[str]) -> str:
        """Write a moment. Of a gate none is made: as a cause, what nobody told of has not happened (2.3)."""
        chance, one, two = self._chance, self._event(), self._event()
        forms = [one, one, f"{chance.randint(1, 4)} days after {one}", f"the later of {one} and {two}", f"the earlier of {one} and {two}"]
        if below:
            edges = [f"{edge} of ({self._condition(below, 2, EVENTS)})" for edge in ("beginning", "end")]
            held = f"once ({self._condition(below, 1, EVENTS)}) has held {chance.randint(1, 4)} days"
            forms += [*edges, *edges, f"{chance.randint(1, 3)} days after {edges[1]}", held]
        return chance.choice(forms)

    def _condition(self, below: Sequence[str], depth: int, asked: Sequence[str] = GATES) -> str:
        chance = self._chance
        if depth == 0 or chance.random() < 0.4:
            atoms = [f"{chance.choice(asked)} happened", f"{self._event()} happened", *([chance.choice(below)] * 3 if below else [])]
            # what is so at every instant or at none has no beginning, which no column that is open can tell apart
            return chance.choice((*atoms, f"{self._event()} is before {self._event()}") if asked is GATES else atoms)
        if chance.random() < 0.35:
            return f"not ({self._condition(below, depth - 1, asked)})"
        joint = chance.choice((" and ", " or "))
        return joint.join(f"({self._condition(below, depth - 1, asked)})" for _ in range(2))

    def _event(self) -> str:
        return self._chance.choice(EVENTS)


def ways(facts: Sequence[Fact]) -> int:
    """Count the ways in which facts can have been."""
    count = 1
    for fact in facts:
        count *= max(1, len(fact.days) + fact.may_not)
    return count


def row(fact: Fact) -> Row:
    """Tell a fact as it is known."""
    if not fact.days:
        return {"term": fact.name, "polarity": "no", "when": "2026-03-31", "said": "2026-03-31"}
    return {"term": fact.name, "first": f"2026-03-{fact.days[0]:02}", "last": f"2026-03-{fact.days[-1]:02}", "said": "2026-03-31"}


def resolved(facts: Sequence[Fact]) -> Iterator[list[Row]]:
    """Yield every way in which the facts can have been, told exactly."""
    for days in product(*((*fact.days, *((0,) if fact.may_not or not fact.days else ())) for fact in facts)):
        yield [row(Fact(name=fact.name, days=(day,) if day else ())) for fact, day in zip(facts, days, strict=True)]


def values(found: Agreements, rows: Sequence[Row]) -> dict[tuple[str, int], Value]:
    """Give what each state is on each day."""
    world = inquiry(found, rows, at="2026-04-01").world
    ends = {day: read_civil(f"2026-03-{day:02}", ZONE) for day in range(1, LAST + 1)}
    names = [name for name in STATES if name in found.declarations]
    return {(name, day): look(world.state(name), {}, end.hi - 1).value for name in names for day, end in ends.items() if end is not None}


def wrong(case: Case) -> list[tuple[str, int, Value, list[Row]]]:
    """Give where a definite answer is contradicted by a way in which the facts can have been, and that way."""
    found = case.found()
    answered = values(found, case.told())
    bad: dict[tuple[str, int], tuple[str, int, Value, list[Row]]] = {}
    for rows in resolved(case.facts):
        for place, value in values(found, rows).items():
            if answered[place].settled and value.settled and value is not answered[place]:
                bad.setdefault(place, (*place, answered[place], rows))
    return list(bad.values())
