"""How long a new statement takes to be answered, beside how long everything takes from scratch. `make bench-incremental` runs it.

The case is made: a monitoring mission with 1,000 areas. An incident is an event that counts once two independent voices have reported
it. Of each area a state, a state with a clock of its own, a duty with a deadline and a power follow; of all of them, whether three areas
are violated at once. 1,000,000 reports of 250,000 incidents are there, as columns; then new ones come, one by one.

CPU time, since machines are busy; wall time beside it. At the end all that was asked is compared with an evaluation from scratch.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from random import Random

import numpy as np

from aval.engine.later import with_news
from aval.engine.protocol import Point
from aval.engine.rules import duty
from aval.engine.world import World
from aval.language.read import read_agreements
from aval.model.agreement import Agreements, Duty
from aval.model.case import Text
from aval.model.claims import Book, Claims, Coded
from aval.model.instant import read_civil
from aval.model.source import Source, SourceKind
from aval.model.statement import Anchor, Form, Grade, Says, Statement, Voice, When
from aval.model.term import Term
from aval.model.view import View

ZONE = "Etc/UTC"
AREAS, VOICES, REPORTS, SPARE, DAYS, NEWS = 1_000, 12, 4, 50, 730, 300
AGREEMENT = """# Monitoring

The mission reports what it sees.

```aval
agreement monitoring "Ceasefire and monitoring"
  dated 2026-01-01
  dates run in "Etc/UTC"
party SID "the side"
party MIS "the mission"
group areas "the areas" is {areas}
group numbers "the numbers of incidents" is {numbers}
event shelling(a: areas, n: numbers) "incident n in a"
  accepted from at least 2 independent sources of grade medium
event answered(a: areas)
state violated(a: areas) "a is violated"
  starts as no
  from shelling(a, any)
  until 12 hours after its latest trigger
state tense(a: areas) "a is tense"
  starts as no
  from beginning of violated(a)
  until 10 days after its beginning
duty answer(a: areas) "the side answers for a": SID owes MIS answered(a)
  when beginning of violated(a)
  within 72 hours
  until end of (tense(a))
power inspect(a: areas) "the mission inspects a": MIS may answered(a)
  while tense(a) or (answer(a) is overdue)
state crisis "three areas are violated at once"
  while at least 3 a in areas with violated(a)
```
"""
SOURCE = Source(id="log", kind=SourceKind.DOCUMENT, title="The mission's log")
STATES = ("violated", "tense", "answer", "inspect")


def agreements(incidents: int) -> Agreements:
    """Read the agreement."""
    areas = ", ".join(f"area_{number}" for number in range(AREAS))
    numbers = ", ".join(f"n{number}" for number in range(incidents + SPARE))
    text = Text(path="monitoring.md", content=AGREEMENT.format(areas=areas, numbers=numbers))
    found, problems = read_agreements([text], {SOURCE.id: SOURCE})
    if problems:
        raise ValueError(problems)
    return found


def reports(count: int, incidents: int, seed: int) -> Claims:
    """Make the reports as columns, in the order in which they were said."""
    chance = np.random.default_rng(seed)
    terms = tuple(Term("shelling", (f"area_{area}", f"n{number}")) for area in range(AREAS) for number in range(incidents))
    whens = tuple(When(first=hour, last=hour) for hour in _hours())
    said = tuple(one.first[:10] for one in whens[::24])
    voices = tuple(Voice(name=f"team {number}") for number in range(VOICES))
    digests = chance.integers(0, 256, (count, 32), np.uint8)
    digests = digests[np.argsort(np.ascontiguousarray(digests).view("S32").reshape(-1))]
    # each incident has its hour; its reports come on the day or the day after
    hours = chance.integers(0, 24 * (DAYS - 3), len(terms))
    term = chance.permutation(np.arange(count, dtype=np.int64) % len(terms))
    when = hours[term]
    day = when // 24 + chance.integers(0, 2, count)
    voice = chance.integers(0, VOICES, count)
    one = np.zeros(count, np.int64)
    constant = {"polarity": (True,), "firmness": (None,), "grade": (Grade.HIGH,), "form": (Form.REPORTED,), "source": ("log",)}

    def make(row: int) -> Statement:
        return Statement(
            id=book.id(row),
            label=f"r{row}",
            says=Says.HAPPENED,
            term=terms[term[row]],
            when=whens[when[row]],
            said=said[day[row]],
            voice=voices[voice[row]],
            form=Form.REPORTED,
            grade=Grade.HIGH,
            anchor=Anchor(source="log"),
        )

    book = Book(
        digests=digests,
        says=Coded(one, (Says.HAPPENED,)),
        term=Coded(term, terms),
        voice=Coded(voice, voices),
        said=Coded(day, said),
        when=Coded(when, whens),
        withdraws={},
        make=make,
        **{name: Coded(one, values) for name, values in constant.items()},  # type: ignore[arg-type]  # each of its own kind
    )
    return Claims(book, book.said_by(ZONE)[1])


def _hours() -> list[str]:
    start = np.datetime64("2026-01-01T00")
    return [f"{start + hour}:00+00:00" for hour in np.arange(24 * DAYS)]


def news(incidents: int, seed: int) -> Iterator[Statement]:
    """Yield new statements: reports of new incidents by two voices, one after the other, and now and then an answer."""
    chance = Random(seed)  # noqa: S311  an invented case is no secret
    last = f"{np.datetime64('2026-01-01') + DAYS - 1}"
    for number in range(NEWS // 2):
        area, hour = f"area_{chance.randrange(AREAS)}", chance.randrange(20)
        what = Term("shelling", (area, f"n{incidents + chance.randrange(SPARE)}")) if chance.randrange(10) else Term("answered", (area,))
        text = f"{last}T{hour:02}:{chance.randrange(60):02}+00:00"
        for team in chance.sample(range(VOICES), 2):
            yield Statement(
                id="sha256:" + chance.randbytes(32).hex(),
                label=f"new{number}.{team}",
                says=Says.HAPPENED,
                term=what,
                when=When(first=text, last=text),
                said=last,
                voice=Voice(name=f"team {team}"),
                form=Form.REPORTED,
                grade=Grade.HIGH,
                anchor=Anchor(source="log"),
            )


def ask(world: World, area: str, at: int) -> list[object]:
    """Give the value of all that a new statement about an area reaches: its states, its duty and power, and the state of all."""
    point = Point({"a": area}, at)
    found: list[object] = []
    for name in (*STATES, "crisis"):
        column = world.state(name)
        key = column.frame.key(point.values)
        found.append([] if key is None else [(part.of(key)) for part in (column.yes, column.no)])
    declared = world.agreements.declarations["answer"]
    if isinstance(declared, Duty):
        found.append(duty.phase(declared, point, world))
    return found


def main() -> int:
    """Derive everything once, then answer one new statement after the other; exit 1 if less was reached than asked, or they differ."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    incidents = max(1, count // (AREAS * REPORTS))
    found, claims = agreements(incidents), reports(count, incidents, 1)
    day = read_civil(f"{np.datetime64('2026-01-01') + DAYS - 1}", ZONE)
    at = day.hi if day else 0
    view = View(at=at, known=at)
    start, wall = time.process_time(), time.perf_counter()
    world = World(found, claims, view, ZONE)
    ask(world, "area_0", at)
    full, full_wall = time.process_time() - start, time.perf_counter() - wall
    rows = world.budget.spent
    print(f"{count:,} statements, {AREAS * incidents:,} incidents: from scratch {full:.2f} s CPU ({full_wall:.2f} s), {rows:,} rows")
    coming = list(news(incidents, 2))
    times, walls, anew, answers = [], [], [], []
    for one in coming:
        start, wall, before = time.process_time(), time.perf_counter(), world.budget.spent
        world = with_news(world, [one])
        answers.append(ask(world, one.term.args[0], at))
        times.append(1000 * (time.process_time() - start))
        walls.append(1000 * (time.perf_counter() - wall))
        anew.append(world.budget.spent - before)
    first, times, walls, anew = times[0], times[1:], walls[1:], anew[1:]
    median, late = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(f"the first new statement, which sorts the old ones by term: {first:.1f} ms CPU")
    print(f"{len(times)} new statements: median {median:.2f} ms CPU, 95th percentile {late:.2f} ms CPU ({statistics.median(walls):.2f} ms)")
    print(f"rows worked out anew: median {statistics.median(anew):,.0f}, most {max(anew):,}")
    print(f"from scratch takes {1000 * full / median:,.0f} times as long")
    again = World(found, world.claims, view, ZONE)
    areas = {one.term.args[0] for one in coming}
    same = all(ask(world, area, at) == ask(again, area, at) for area in areas)
    print(f"the same as from scratch for {len(areas)} areas: {'yes' if same else 'NO'}")
    return 0 if same and full >= median else 1  # 10 ms where everything takes 10 s


if __name__ == "__main__":
    sys.exit(main())
