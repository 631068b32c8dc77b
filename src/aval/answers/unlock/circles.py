"""Why nothing would do: terms that wait for each other, so that no act of anybody comes first (semantics 2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from aval.answers.deadlock import Deadlock, deadlocks
from aval.engine.relaxed import Formula
from aval.engine.relaxing import Place
from aval.model.agreement import Agreements, Power
from aval.model.columns import QUESTION
from aval.model.problem import Unsupported
from aval.model.term import Term


class Circles:
    """The circles of agreements, looked for when they are first asked for."""

    def __init__(self, agreements: Agreements, zone: str) -> None:
        """Keep the agreements, and the zone of the case."""
        self._agreements = agreements
        self._zone = zone

    @cached_property
    def _found(self) -> tuple[Deadlock, ...]:
        try:
            return deadlocks(self._agreements, self._zone, moves=False)
        except Unsupported:  # too many steps; what else stands in the way is told all the same
            return ()

    def about(self, goal: Term, below: Mapping[Place, Formula], readings: Mapping[str, str]) -> tuple[str, ...]:
        """Say of each circle on these readings that a goal rests on who waits for whom; `below` is what the goal rests on."""
        terms = {place[0] for place in below}
        return tuple(
            self._told(one, goal)
            for one in self._found
            if not terms.isdisjoint(one.terms)
            and any(all(readings.get(QUESTION + name) == reading for name, reading in choice) for choice in one.readings)
        )

    def _told(self, found: Deadlock, goal: Term) -> str:
        deeds = {power.deed.name for power in self._agreements.of(Power)}
        around = dict.fromkeys(_nearest(term, found, goal) for term in found.cycle if term.name not in deeds)
        return f"nobody moves first, since each waits for the next: {'; '.join(map(str, around))}; and again the first"


def _nearest(term: Term, found: Deadlock, goal: Term) -> Term:
    """Give the term of that name in the circle that is about whom the goal is about: a cycle is told of one of many who are alike in it."""
    alike = [one for one in found.terms if one.name == term.name]
    return next((one for one in alike if one.args and one.args == goal.args[: len(one.args)]), term)
