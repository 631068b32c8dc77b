"""Speed and memory over many recorded statements, beside what was asked. `make bench-ledger` runs it on a million; it takes some minutes.

Each command is a process of its own. CPU seconds count, since machines are busy; wall seconds are shown beside them. Memory is the most
that was resident.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AVAL = [sys.executable, "-m", "aval"]
KNOWN = ["--known", "2028"]
AGAIN = (
    ("status again, the same view", 'case.status(known="2028")', 50.0),
    ("status of now, the first time", "case.status()", None),
    ("status of now again", "case.status()", 50.0),
    ("status at a date from which something differs", 'case.status(known="2028", at="2027-03-02")', None),
    ("status of what was known half a year earlier", 'case.status(known="2027-06-30")', None),
)
"""what a program asks an opened case after its first status, and the milliseconds asked"""


def run(name: str, command: list[str], asked: float | None, most: int | None = 2000) -> bool:
    """Run a command, print what it took, and give whether that is what was asked."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _, code, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
    wall, megabytes, cpu = time.perf_counter() - start, used.ru_maxrss // 1024, used.ru_utime + used.ru_stime
    show(name, f"{cpu:8.2f} s CPU", f"{wall:8.2f} s wall {megabytes:6} MB", "" if asked is None else f"{asked:g} s")
    return process.returncode == 0 and (asked is None or cpu <= asked) and (most is None or megabytes <= most)


def again(case: str) -> bool:
    """Ask one opened case in one process, and give whether it is as quick as was asked."""
    lines = ["import sys, time, aval", "case = aval.open(sys.argv[1])", 'case.status(known="2028")']
    for _, code, _ in AGAIN:
        lines += ["start = time.process_time()", code, "print(1000 * (time.process_time() - start))"]
    told = subprocess.run([sys.executable, "-c", "\n".join(lines), case], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    fine = True
    for (name, _, asked), text in zip(AGAIN, told.split(), strict=True):
        show(f"Python: {name}", f"{float(text):8.1f} ms CPU", "", "" if asked is None else f"{asked:g} ms")
        fine &= asked is None or float(text) <= asked
    return fine


def show(name: str, measured: str, more: str, asked: str) -> None:
    """Print a line."""
    print(f"{name:54} {measured:>14} {more:32} asked {asked or '-'}", flush=True)


def main() -> int:
    """Make a case, measure it from its files, record it, measure it from its ledger; exit 1 where less was reached than asked."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        case = str(Path(folder) / "case")
        subprocess.run([sys.executable, str(ROOT / "benchmarks" / "generate.py"), case, str(count)], check=True)
        print(f"{count} statements, {sum(path.stat().st_size for path in Path(case).rglob('*.jsonl')) // 1_000_000} MB of JSON lines")
        fine = run("aval status, from JSON lines", [*AVAL, "status", case, *KNOWN], 60)
        fine &= run("aval import, the first time", [*AVAL, "import", case], None)
        fine &= run("aval import, nothing new", [*AVAL, "import", case], None)
        for _ in range(3):
            fine &= run("aval status, from a warm ledger", [*AVAL, "status", case, *KNOWN], 10)
        fine &= run("aval log, the newest 50", [*AVAL, "log", case], None)
        fine &= again(case)
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
