"""How long a new statement takes to be answered, beside how long everything takes from scratch. `make bench-incremental` runs it.

The case is made (`case.py`, `monitoring.md`): 1,000 areas, 1,000,000 statements as columns; then new ones come, one by one, of nine kinds.
Measured is the time from a new statement to the answers of all that is declared of its area, and of the state of all areas. The clock does
not run while columns and agreement are made. CPU time, since machines are busy; wall time beside it. Three times on the way all that was
asked is compared with an evaluation from scratch. Exits 1 where an answer differs, where the median is above 10 ms, or where that of a
single kind is above 10 ms for every 10 s that everything takes from scratch.
"""

from __future__ import annotations

import statistics
import sys
import time

from aval.engine.later import with_news
from aval.engine.lookup import look
from aval.engine.protocol import Point
from aval.engine.rules import ban, duty
from aval.engine.world import World
from aval.model.agreement import Agreements, Duty
from aval.model.claims import Claims
from aval.model.instant import read_civil
from aval.model.view import View
from benchmarks.incremental.case import AREAS, LAST, REPORTS, ZONE, News, agreements, news, reports

STATES = ("manned", "violated", "tense", "hold_fire", "answer", "inspect", "watched", "crisis")
ASKED = 10.0
"""milliseconds of CPU time, at a size at which everything from scratch takes 10 s"""
SIZE = 10.0
"""seconds that everything takes from scratch at the size at which it is asked"""
COMPARED = 3
"""times on the way that everything is compared with an evaluation from scratch"""


def ask(world: World, area: str, at: int) -> list[object]:
    """Give all that a new statement about an area can reach: each state over all time, where the norms stand at `at`, the state of all."""
    point = Point({"a": area}, at)
    found: list[object] = []
    for name in STATES:
        column = world.state(name)
        key = column.frame.key(point.values)
        found.append([] if key is None else [part.of(key) for part in (column.yes, column.no, column.carried)])
    words = world.words("hold_fire")
    found += [look(words[word], point.values, at) for word in (ban.FOUND, ban.PROPOSED, ban.ALLEGED)]
    declared = world.agreements.declarations["answer"]
    return [*found, duty.phase(declared, point, world)] if isinstance(declared, Duty) else found


class Run:
    """One case whose new statements are answered one after the other."""

    def __init__(self, found: Agreements, claims: Claims, at: int) -> None:
        """Derive everything from scratch."""
        self.found, self.at, self.areas = found, at, set[str]()
        self.kinds: list[str] = []
        self.times: list[float] = []
        self.walls: list[float] = []
        self.anew: list[int] = []
        start, wall = time.process_time(), time.perf_counter()
        self.world = self._scratch(claims)
        ask(self.world, "area_0", at)
        self.full, self.full_wall = time.process_time() - start, time.perf_counter() - wall

    def _scratch(self, claims: Claims) -> World:
        return World(self.found, claims, View(at=self.at, known=self.at), ZONE)

    def take(self, one: News) -> None:
        """Answer something new."""
        start, wall, before = time.process_time(), time.perf_counter(), self.world.budget.spent
        self.world = with_news(self.world, one.said, one.withdrawn)
        ask(self.world, one.area, self.at)
        self.times.append(1000 * (time.process_time() - start))
        self.walls.append(1000 * (time.perf_counter() - wall))
        self.anew.append(self.world.budget.spent - before)
        self.kinds.append(one.kind)
        self.areas.add(one.area)

    def same(self) -> bool:
        """Whether all is as it is from scratch, for every area that was spoken of."""
        again = self._scratch(self.world.claims)
        return all(ask(self.world, area, self.at) == ask(again, area, self.at) for area in sorted(self.areas))


def main() -> int:
    """Derive everything once, then answer what is new; exit 1 if less was reached than asked, or if an answer differs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    incidents = max(1, count // (AREAS * REPORTS))
    claims, day = reports(count, incidents, 1), read_civil(LAST, ZONE)
    run = Run(agreements(incidents), claims, day.hi if day else 0)
    told = f"{count:,} statements, {AREAS * incidents:,} incidents"
    print(f"{told}: from scratch {run.full:.2f} s CPU ({run.full_wall:.2f} s), {run.world.budget.spent:,} rows", flush=True)
    coming, same = list(news(claims, incidents, 2)), True
    for number, one in enumerate(coming, 1):
        run.take(one)
        if number % -(-len(coming) // COMPARED) == 0 or number == len(coming):
            same = same and run.same()
    print(f"the first new statement, which sorts the old ones by term: {run.times[0]:.1f} ms CPU")
    slowest = table(run)
    median = statistics.median(run.times[1:])
    times = [1000 * run.full / time for time in (median, max(run.times[1:]))]
    print(f"from scratch takes {times[0]:,.0f} times as long as the median, {times[1]:,.0f} times as long as the worst")
    print(f"asked: {ASKED:g} ms where from scratch takes 10 s; measured: {median:.2f} ms where it takes {run.full:.1f} s")
    print(f"the same as from scratch for {len(run.areas)} areas, looked at {COMPARED} times: {'yes' if same else 'NO'}")
    return 0 if same and median <= ASKED and (slowest <= ASKED or run.full < SIZE) else 1


def table(run: Run) -> float:
    """Print for each kind of news, and for all, what they took; give the highest median of a kind, for 10 s from scratch."""
    rows = list(zip(run.kinds, run.times, run.walls, run.anew, strict=True))[1:]
    print(f"{'CPU ms':>16} {'number':>7} {'median':>7} {'95 %':>7} {'worst':>7} {'per 10 s':>9} {'wall':>7} {'rows':>8}")
    slowest = 0.0
    for kind in (*dict.fromkeys(run.kinds), "all"):
        chosen = [row for row in rows if kind in ("all", row[0])]
        times = [row[1] for row in chosen]
        median, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        wall, anew = statistics.median([row[2] for row in chosen]), statistics.median([row[3] for row in chosen])
        scaled = median * 10 / run.full
        print(f"{kind:>16} {len(times):7} {median:7.2f} {late:7.2f} {max(times):7.2f} {scaled:9.2f} {wall:7.2f} {anew:8,.0f}")
        slowest = max(slowest, scaled)
    return slowest


if __name__ == "__main__":
    sys.exit(main())
