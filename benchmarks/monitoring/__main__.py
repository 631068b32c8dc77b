"""A monitoring case of 10^5 to 10^7 events: seconds, memory and how the cost grows. `make bench-monitoring`.

One process writes the statements of a case to a file of columns. Another, on one core, is what is measured, from its start to its end: it
reads the agreement and that file, derives every declared column (what was heard by whose word, states and clocks, duties, bans, counts and
rates), and answers where some areas stand, with reasons. Not in it: reading text (`make bench-ledger` measures that), and hashing: the ids
are numbers. After the clock has stopped, the same areas are derived from their own statements alone, and have to come out the same.

Asked are 60 s and 4 GB for ten million, and a cost that grows by a power of at most 1.1; exits 1 where one is missed.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sized
from pathlib import Path

import numpy as np

from aval.engine.lookup import look
from aval.engine.protocol import Point
from aval.engine.rules import duty
from aval.engine.world import World
from aval.model.agreement import Ban, Duty, Event, Power, State
from aval.model.claims import Claims
from aval.model.instant import read_civil
from aval.model.term import Term
from aval.model.view import View
from aval.workspace.pause import without_collection
from benchmarks.monitoring.case import SIDES, agreement, areas_of, claims, draw

ROOT = Path(__file__).resolve().parents[2]
SIZES = (100_000, 1_000_000, 10_000_000)
SECONDS, MEGABYTES, POWER = 60.0, 4096.0, 1.1
ZONE = "Etc/UTC"
SHOWN = 20
"""areas that are asked for, and compared with an evaluation of their own statements"""
STATES = ("calm", "tense", "hot", "accounts_kept")


def derived(file: Path, events: int, *, detailed: bool) -> None:
    """Derive every declared column of a case, answer, and print what it took; this is the process that is measured."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    agreements = agreement(areas_of(events))
    read = time.process_time()
    said = claims(file)
    made = time.process_time()
    span = read_civil("2027-12-31", ZONE)
    if span is None:
        raise ValueError
    view = View(at=span.hi, known=span.hi)
    world = World(agreements, said, view, ZONE)
    rows = sum(_rows(world, name, detailed=detailed) for name in agreements.declarations)
    derive = time.process_time()
    areas = [f"a{number}" for number in range(0, areas_of(events), areas_of(events) // SHOWN)][:SHOWN]
    found = [answers(world, area, span.hi) for area in areas]
    reasons = sum(len(str(world.reason_of(Term("tense", (area,)), Point({"a": area}, span.hi)))) for area in areas[:3])
    done = time.process_time()
    peak = next(line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    alone = World(agreements, _about(said, areas), view, ZONE)
    same = found == [answers(alone, area, span.hi) for area in areas]
    result = {"text": read, "columns": made - read, "derive": derive - made, "answers": done - derive, "cpu": done}
    result |= {"peak": int(peak.split()[1]) / 1024, "rows": rows, "steps": world.budget.spent, "same": same and reasons > 0}
    print(json.dumps(result))


def _rows(world: World, name: str, *, detailed: bool) -> int:
    """Derive all columns of a declaration, and count their rows."""
    start = time.process_time()
    found: list[Sized] = []
    match world.agreements.declarations[name]:
        case Event():
            found = [world.occurrences(name), world.happened(name).yes]
        case State():
            found = [world.state(name).yes]
        case Duty() | Ban() | Power():
            found = [world.state(name).yes, *(column.yes for column in world.words(name).values())]
        case _:
            pass
    rows = sum(map(len, found))
    if detailed and found:
        print(f"  {name:16} {time.process_time() - start:8.2f} s {rows:12,} rows", file=sys.stderr, flush=True)
    return rows


def answers(world: World, area: str, at: int) -> list[object]:
    """Give where everything about an area stands: its states over all time, its duties and bans at an instant."""
    found: list[object] = []
    for name in STATES:
        column = world.state(name)
        key = column.frame.key({"a": area})
        found.append([] if key is None else [part.of(key) for part in (column.yes, column.no)])
    declared = world.agreements.get("account", Duty)
    for side in SIDES:
        point = Point({"p": side, "a": area}, at)
        found += [look(column, point.values, at) for column in world.words("keep_quiet").values()]
        found += [] if declared is None else [duty.phase(declared, point, world)]
    return found


def _about(said: Claims, areas: list[str]) -> Claims:
    """Give the statements about some areas."""
    wanted = frozenset(areas)
    return said.where(np.flatnonzero(said.ask(said.book.term, lambda term: not wanted.isdisjoint(term.args))))


def main(sizes: tuple[int, ...]) -> int:
    """Measure each size; exit 1 where less was reached than asked."""
    named = f"{'events':>12} {'areas':>7} {'text s':>7} {'columns s':>9} {'deriving s':>10} {'answers s':>9}"
    print(f"{named} {'CPU s':>8} {'wall s':>7} {'MB':>7} {'rows':>12} {'steps':>13} {'power':>6}")
    seen: list[tuple[int, float]] = []
    fine, last = True, ""
    with tempfile.TemporaryDirectory() as folder:
        for events in sizes:
            file = Path(folder) / f"{events}.npz"
            _run("draw", str(file), str(events))
            began = time.perf_counter()
            found = json.loads(_run("one", str(file), str(events)))
            wall = time.perf_counter() - began
            file.unlink()
            seen.append((events, found["cpu"]))
            print(_line(events, found, wall, seen), flush=True)
            fine &= found["same"] and (events < SIZES[-1] or (found["cpu"] < SECONDS and found["peak"] < MEGABYTES))
            if events >= SIZES[-1]:
                asked = f"{events:,} events: asked {SECONDS:g} s, {MEGABYTES:g} MB on one core"
                last = f"{asked}; measured {found['cpu']:.1f} s, {found['peak']:.0f} MB"
    if last:
        print(last)
    if len(seen) > 1:
        whole = power(seen[0], seen[-1])
        print(f"power by which CPU time grows from {seen[0][0]:,} to {seen[-1][0]:,} events: asked {POWER} at most; measured {whole:.2f}")
        fine &= whole <= POWER
    return 0 if fine else 1


def _run(*words: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "benchmarks.monitoring", *words]
    return subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.PIPE, text=True).stdout


def _line(events: int, found: Mapping[str, float], wall: float, seen: list[tuple[int, float]]) -> str:
    told = (
        f"{events:12,} {areas_of(events):7,} {found['text']:7.2f} {found['columns']:9.2f} {found['derive']:10.2f} {found['answers']:9.2f}"
    )
    grown = f"{power(*seen[-2:]):6.2f}" if len(seen) > 1 else f"{'':6}"
    differs = "" if found["same"] else "  ANSWERS DIFFER"
    return f"{told} {found['cpu']:8.2f} {wall:7.1f} {found['peak']:7.0f} {found['rows']:12,.0f} {found['steps']:13,.0f} {grown}{differs}"


def power(smaller: tuple[int, float], larger: tuple[int, float]) -> float:
    """Give the power of the number of events by which the cost grows."""
    return math.log(larger[1] / smaller[1]) / math.log(larger[0] / smaller[0])


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["draw", file, events]:
            draw(int(events), Path(file))
        case ["one", file, events, *rest]:
            with without_collection():
                derived(Path(file), int(events), detailed="-v" in rest)
        case sizes:
            sys.exit(main(tuple(map(int, sizes)) or SIZES))
