"""Running a set of acts: the engine's own answer with them on top, and without each of them (semantics 2.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from aval.answers.acting import MOST, acting
from aval.answers.inquiry import Inquiry
from aval.answers.supposing import supposing
from aval.answers.unlock.goal import Goal
from aval.engine.relaxed import Act
from aval.model.four import Value
from aval.model.statement import Statement

Plan = Mapping[Act, date]
"""The day of each act."""
LATER = 3
"""days that are tried one by one beyond the day that was counted back to"""
FEW, SPARED = 12, 8
"""a set of up to so many acts is run without each of them, a larger one without each of the first so many: that no other can be spared
follows from the formula"""


class Runner:
    """Runs plans against one goal, at one instant, on some choices of readings."""

    def __init__(self, goal: Goal, inquiry: Inquiry, choices: Sequence[Mapping[str, str]], start: date) -> None:
        """Hold what is asked. `inquiry` stands at the instant for which it is wanted, `start` is the day on which it is asked."""
        self.goal, self.inquiry, self.start, self._choices = goal, inquiry, start, choices
        self._wanted = Value.YES if goal.yes else Value.NO
        self._run: tuple[Plan, Inquiry] | None = None

    def works(self, plan: Plan) -> bool:
        """Whether the goal has exactly the wanted value, if all of the plan comes and nothing else."""
        return self._granted(self._whole(plan))

    def spared(self, plan: Plan) -> list[Act]:
        """Give the acts without any one of which the goal is granted all the same."""
        whole = self._whole(plan)
        return [
            act for act in [*plan][: len(plan) if len(plan) <= FEW else SPARED] if self._granted(supposing(whole, (), self._ids(act, plan)))
        ]

    def later(self, plan: Plan, act: Act, last: date) -> date:
        """Give the last day on which one act is in time, if all others come as planned."""
        day = plan[act]
        for _ in range(LATER):
            if day >= last or not self._moved(plan, act, day + timedelta(days=1)):
                return day
            day += timedelta(days=1)
        low, high = day, last
        while low < high:
            middle = low + (high - low + timedelta(days=1)) // 2
            low, high = (middle, high) if self._moved(plan, act, middle) else (low, middle - timedelta(days=1))
        return low

    def _moved(self, plan: Plan, act: Act, day: date) -> bool:
        fresh = acting(act, day.isoformat(), self.inquiry.world.agreements, _number(act, plan))
        return self._granted(supposing(self._whole(plan), fresh, self._ids(act, plan)))

    def _granted(self, inquiry: Inquiry) -> bool:
        return all(self.goal.value(inquiry, readings) is self._wanted for readings in self._choices)

    def _whole(self, plan: Plan) -> Inquiry:
        """Suppose a whole plan; the last one is kept, since it is asked about again and again."""
        if self._run is None or self._run[0] is not plan:
            told = [one for act in plan for one in self._statements(act, plan)]
            self._run = plan, supposing(self.inquiry, told)
        return self._run[1]

    def _ids(self, act: Act, plan: Plan) -> list[str]:
        return [one.id for one in self._statements(act, plan)]

    def _statements(self, act: Act, plan: Plan) -> tuple[Statement, ...]:
        return acting(act, plan[act].isoformat(), self.inquiry.world.agreements, _number(act, plan))


def _number(act: Act, plan: Plan) -> int:
    """Give the number from which the statements of an act are counted, so that no two acts share a voice."""
    return MOST * list(plan).index(act)


def at_horizon(inquiry: Inquiry, by: int) -> Inquiry:
    """Give the inquiry of what was said by the same day, seen from the instant for which something is wanted."""
    view = replace(inquiry.world.view, at=by, known=max(by, inquiry.world.known))
    return replace(inquiry, world=inquiry.world.seen_from(view))
