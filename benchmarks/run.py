"""CPU seconds of whole commands (user and system, each in a new process), beside what was asked. `make bench` runs it.

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


def main() -> int:
    """Print a line for each command; exit 1 if one costs more than was asked."""
    too_slow = 0
    print(f"{'command':64} {'least':>7} {'median':>7} {'asked':>7}   CPU seconds, {RUNS} runs")
    for arguments, asked in ASKED:
        times = [cpu_of(arguments) for _ in range(RUNS)]
        bound = "" if asked is None else f"{asked:.2f}"
        print(f"aval {' '.join(arguments):59} {min(times):7.3f} {statistics.median(times):7.3f} {bound:>7}")
        too_slow += asked is not None and statistics.median(times) > asked
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
