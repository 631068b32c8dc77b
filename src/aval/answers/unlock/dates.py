"""When each act has to come: the latest day, counted back from the goal through delays, and through guards that look just before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from fractions import Fraction

from aval.engine.fixpoint import Equations, follows, so
from aval.engine.relaxed import Act, Enough, Formula, Key, Name, Sort, Then
from aval.engine.relaxing import Place
from aval.model.agreement import Agreements, Event
from aval.model.instant import Instant, day_start, next_day, to_datetime


class Dates:
    """The latest day for each act of a set, by which the goal follows from them."""

    def __init__(self, equations: Equations, acts: Collection[Act], agreements: Agreements, zone: str) -> None:
        """Work out what follows from the acts, and in which order."""
        self._equations, self._acts, self._agreements, self._zone = equations, acts, agreements, zone
        self._rank = follows(equations, acts)
        self._seen: dict[Place, int] = {}
        self.latest: dict[Act, date] = {}

    def ask(self, formula: Formula, days: int = 0, rank: int | None = None) -> None:
        """Ask for a formula so many days earlier than its keys say."""
        match formula:
            case Key():
                day = self._day(formula) - timedelta(days=days)
                self.latest[formula.act] = min(day, self.latest.get(formula.act, day))
            case Name():
                if self._seen.get(formula.place, -1) < days:
                    self._seen[formula.place] = days
                    self.ask(self._equations[formula.place], days, self._rank[formula.place])
            case Then():
                self.ask(formula.after, days, rank)
                self.ask(formula.first, days + 1, rank)
            case Enough():
                self._threshold(formula, days, rank)
            case _:
                return

    def _threshold(self, formula: Enough, days: int, rank: int | None) -> None:
        """Ask for as many parts as it takes, of those that follow."""
        before = {place for place, own in self._rank.items() if rank is None or own < rank}
        total = Fraction(0)
        for weight, part in formula.parts:
            if total < formula.need and so(part, self._acts, before):
                total += weight
                self.ask(part, days, rank)

    def _day(self, key: Key) -> date:
        """Give the last civil day on which an act still counts by the instant of its key."""
        here = to_datetime(key.by, self._zone).date()
        event = self._agreements.get(key.act.term.name, Event)
        exact = key.act.sort in (Sort.VOTES, Sort.FINDS, Sort.HOLDS) or (event is not None and event.legal_act)
        ended = day_start(next_day(here), self._zone) - 1 <= key.by
        return here if exact or ended else here - timedelta(days=1)


def zones(agreements: Agreements, case_zone: str) -> Mapping[str, str]:
    """Give the zone of each declaration's agreement, for those that are declared in one."""
    found = {document.meta.name: document.zone for document in agreements.documents}
    return {name: found.get(one.meta.agreement, case_zone) for name, one in agreements.declarations.items()}


def end_of_day(day: date, zone: str) -> Instant:
    """Give the last instant of a civil day."""
    return day_start(next_day(day), zone) - 1
