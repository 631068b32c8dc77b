"""CPU seconds of whole commands (user and system, each in a new process), and of asking an opened case again, beside what was asked.

`make bench` runs it.

CPU time, not wall time: machines are busy. Every run is a new process without any cache of ours; the least is shown with the median.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 7
ASKED = (
    (("--help",), 0.15),
    (("status", "cases/paris"), 0.6),
    (("why", "cases/paris", "in_force(FRA)"), None),
    (("owed", "cases/paris"), None),
    (("changed", "cases/paris", "--from", "2025-09-05", "--to", "2026-01-07"), None),
)

AGAIN = (
    ("open", 'case = aval.open("cases/paris")', None),
    ("status, the first time", 'case.status(known="2026-01-07")', None),
    ("status again, the same view", 'case.status(known="2026-01-07")', 0.05),
    ("status of now, the first time", "case.status()", None),
    ("status of now again", "case.status()", 0.05),
    ("status at a date from which something differs", 'case.status(known="2026-01-07", at="2027-03-02")', None),
    ("status at the day after", 'case.status(known="2026-01-07", at="2027-03-03")', 0.05),
    ("why, after a status", 'case.why("in_force(FRA)", known="2026-01-07")', None),
)
"""What a program does with one opened case, in this order: what, the code, the CPU seconds asked."""


def cpu_of(arguments: tuple[str, ...]) -> float:
    """Run one command and give its CPU seconds."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, "-m", "aval", *arguments],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def again() -> list[float]:
    """Run the steps of `AGAIN` in one new process and give the CPU seconds of each."""
    lines = ["import time, aval"]
    for _, code, _ in AGAIN:
        lines += ["start = time.process_time()", code, "print(time.process_time() - start)"]
    told = subprocess.run([sys.executable, "-c", "\n".join(lines)], cwd=ROOT, check=True, capture_output=True, text=True)
    return [float(line) for line in told.stdout.split()]


def main() -> int:
    """Print a line for each command, and how fast the language is read; exit 1 if something costs more than was asked."""
    too_slow = 0
    print(f"{'command':64} {'least':>7} {'median':>7} {'asked':>7}   CPU seconds, {RUNS} runs")
    for arguments, asked in ASKED:
        times = [cpu_of(arguments) for _ in range(RUNS)]
        bound = "" if asked is None else f"{asked:.2f}"
        print(f"aval {' '.join(arguments):59} {min(times):7.3f} {statistics.median(times):7.3f} {bound:>7}")
        too_slow += asked is not None and statistics.median(times) > asked
    runs = [again() for _ in range(RUNS)]
    for place, (name, _, asked) in enumerate(AGAIN):
        times = [run[place] for run in runs]
        bound = "" if asked is None else f"{asked:.2f}"
        print(f"Python: {name:56} {min(times):7.4f} {statistics.median(times):7.4f} {bound:>7}")
        too_slow += asked is not None and statistics.median(times) > asked
    print(flush=True)
    too_slow += subprocess.run([sys.executable, str(ROOT / "benchmarks" / "language.py")], cwd=ROOT, check=False).returncode
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
