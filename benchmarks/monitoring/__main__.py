"""A monitoring case of 10^5 to 10^7 events: seconds, memory and how the cost grows. `make bench-monitoring`.

Each size is a process of its own, on one core. It makes the statements as columns, derives every declared column and counts the instants
at which anything changes. Asked are 60 s and 4 GB for ten million, and a cost that grows by a power of at most 1.1.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import time
from collections.abc import Sized
from pathlib import Path

from aval.engine.world import World
from aval.model.agreement import Ban, Duty, Event, Power, State
from aval.model.instant import read_civil
from aval.model.view import View
from aval.workspace.pause import without_collection
from benchmarks.monitoring.case import agreement, areas_of, claims

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100_000, 1_000_000, 10_000_000)
SECONDS, MEGABYTES, POWER = 60.0, 4096.0, 1.1
ZONE = "Etc/UTC"


def derived(events: int, *, detailed: bool) -> None:
    """Derive every declared column of a case and print what it took; this is the process that is measured."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    began = time.process_time()
    agreements = agreement(areas_of(events))
    read = time.process_time()
    said = claims(events)
    made = time.process_time()
    span = read_civil("2027-12-31", ZONE)
    if span is None:
        raise ValueError
    world = World(agreements, said, View(at=span.hi, known=span.hi), ZONE)
    rows = 0
    for name, declared in agreements.declarations.items():
        start = time.process_time()
        found: list[Sized] = []
        match declared:
            case Event():
                found = [world.occurrences(name), world.happened(name).yes]
            case State():
                found = [world.state(name).yes]
            case Duty() | Ban() | Power():
                found = [world.state(name).yes, *(column.yes for column in world.words(name).values())]
            case _:
                pass
        rows += sum(map(len, found))
        if detailed and found:
            print(f"  {name:16} {time.process_time() - start:8.2f} s {sum(map(len, found)):12,} rows", file=sys.stderr, flush=True)
    done = time.process_time()
    peak = next(line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    print(read - began, made - read, done - made, int(peak.split()[1]) / 1024, rows, world.budget.spent)


def main(sizes: tuple[int, ...]) -> int:
    """Measure each size; exit 1 where less was reached than asked."""
    named = f"{'events':>12} {'areas':>7} {'text s':>7} {'columns s':>9} {'deriving s':>10}"
    print(f"{named} {'CPU s':>8} {'MB':>7} {'rows':>12} {'steps':>13} {'power':>6}")
    fine, seen = True, []
    for events in sizes:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "benchmarks.monitoring", "one", str(events)]
        began = os.times()
        done = subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.PIPE, text=True)
        ended = os.times()
        cpu = ended.children_user + ended.children_system - began.children_user - began.children_system
        text, made, derive, peak, rows, steps = map(float, done.stdout.split())
        seen.append((events, derive))
        shown = f"{power(*seen[-2:]):6.2f}" if len(seen) > 1 else ""
        told = f"{events:12,} {areas_of(events):7,} {text:7.2f} {made:9.2f} {derive:10.2f}"
        print(f"{told} {cpu:8.2f} {peak:7.0f} {rows:12,.0f} {steps:13,.0f} {shown}", flush=True)
        fine &= events < SIZES[-1] or (cpu < SECONDS and peak < MEGABYTES)
    if len(seen) > 1:
        whole = power(seen[0], seen[-1])
        print(
            f"from {seen[0][0]:,} to {seen[-1][0]:,} events the cost of deriving grows by the power {whole:.2f}; asked is {POWER} at most"
        )
        fine &= whole <= POWER
    return 0 if fine else 1


def power(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    """Give the power of the number of events by which the cost grows."""
    return math.log(larger[1] / smaller[1]) / math.log(larger[0] / smaller[0])


if __name__ == "__main__":
    if sys.argv[1:2] == ["one"]:
        with without_collection():
            derived(int(sys.argv[2]), detailed="-v" in sys.argv)
        sys.exit(0)
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
