"""When each act has to come: the latest day, counted back from the goal through delays, and through guards that look just before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from fractions import Fraction

from aval.engine.fixpoint import Equations, follows, keys_in, reached_from, so
from aval.engine.relaxed import Act, Early, Enough, Formula, Key, Name, Sort, Then
from aval.engine.relaxing import Place
from aval.model.agreement import Agreements, Event
from aval.model.instant import Instant, day_start, next_day, to_datetime


class Dates:
    """The latest day for each act of a set, by which the goal follows from them.

    Every act has a slack: by how many days it comes before the last on which its key would still turn. A guard has to be so before its
    moment, which comes as early as the acts under it; so slacks are raised until nothing moves any more.
    """

    def __init__(self, equations: Equations, acts: Collection[Act], agreements: Agreements, zone: str) -> None:
        """Work out what follows from the acts, and in which order."""
        self._equations, self._acts, self._agreements, self._zone = equations, acts, agreements, zone
        self._rank = follows(equations, acts)
        self._seen: dict[Place, tuple[int, int]] = {}
        self._avoided: frozenset[Act] = frozenset()
        self.latest: dict[Act, date] = {}

    def ask(self, formula: Formula) -> None:
        """Date the acts by which a formula is granted."""
        for _ in range(len(self._acts) + 2):
            before = dict(self.latest)
            self._seen = {}
            self._visit(formula, 0, None)
            if self.latest == before:
                return

    def _visit(self, formula: Formula, days: int, rank: int | None) -> int:
        """Ask for a formula so many days early; give the slack of what it rests on, which may be more."""
        match formula:
            case Key():
                day = self._day(formula)
                self.latest[formula.act] = min(day - timedelta(days=days), self.latest.get(formula.act, day))
                return (day - self.latest[formula.act]).days
            case Name():
                return self._named(formula.place, days)
            case Then():
                slack = self._visit(formula.after, days, rank)
                self._guard(formula, max(days, slack), rank)
                return slack
            case Early():
                return self._visit(formula.part, days + 1, rank)
            case Enough():
                return self._threshold(formula, days, rank)
            case _:
                return days

    def _guard(self, formula: Then, days: int, rank: int | None) -> None:
        """Ask for a guard, rather by acts other than those that make the moment: they would have to come before themselves."""
        above, self._avoided = self._avoided, self._avoided | self._under(formula.after)
        self._visit(formula.first, days, rank)
        self._avoided = above

    def _under(self, formula: Formula) -> frozenset[Act]:
        """Give the acts that a formula rests on."""
        below = reached_from(formula, self._equations)
        return frozenset(key.act for one in (formula, *below.values()) for key in keys_in(one))

    def _named(self, place: Place, days: int) -> int:
        known, slack = self._seen.get(place, (-1, days))
        if known >= days:
            return slack
        self._seen[place] = (days, days)
        slack = self._visit(self._equations[place], days, self._rank[place])
        self._seen[place] = (days, slack)
        return slack

    def _threshold(self, formula: Enough, days: int, rank: int | None) -> int:
        """Ask for as many parts as it takes, of those that follow; the latest of them decides when it is so."""
        before = {place for place, own in self._rank.items() if rank is None or own < rank}
        total, slacks = Fraction(0), []
        parts = formula.parts
        if self._avoided and not formula.every:
            parts = tuple(sorted(parts, key=lambda one: not self._avoided.isdisjoint(self._under(one[1]))))
        for weight, part in parts:
            if total < formula.need and so(part, self._acts, before):
                total += weight
                slacks.append(self._visit(part, days, rank))
        return min(slacks, default=days)

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
