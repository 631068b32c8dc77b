"""Speed and memory over many recorded statements, beside what was asked. `make bench-ledger` runs it on a million; it takes some minutes.

Each command is a process of its own. Wall and CPU seconds are shown, since machines are busy; memory is the most that was resident.
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
AGAIN = """
import sys, time, aval
case = aval.open(sys.argv[1])
case.status(known="2028")
start = time.perf_counter()
case.status(known="2028")
print(time.perf_counter() - start)
case.status()
start = time.perf_counter()
case.status()
print(time.perf_counter() - start)
"""


def run(name: str, command: list[str], asked: float | None, most: int | None = 2000) -> bool:
    """Run a command, print what it took, and give whether that is what was asked."""
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        _, code, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(code)
    wall, megabytes = time.perf_counter() - start, used.ru_maxrss // 1024
    show(name, f"{wall:8.2f} s", f"{used.ru_utime + used.ru_stime:8.2f} s CPU {megabytes:6} MB", "" if asked is None else f"{asked:g} s")
    return process.returncode == 0 and (asked is None or wall <= asked) and (most is None or megabytes <= most)


def show(name: str, measured: str, more: str, asked: str) -> None:
    """Print a line."""
    print(f"{name:52} {measured:>11} {more:32} asked {asked or '-'}", flush=True)


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
        told = subprocess.run([sys.executable, "-c", AGAIN, case], cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()
        same, now = (1000 * float(seconds) for seconds in told)
        show("Python: status again, the same view", f"{same:8.2f} ms", "", "50 ms")
        show("Python: status again, now (a new view)", f"{now:8.2f} ms", "", "-")
    return 0 if fine and same <= 50 else 1  # noqa: PLR2004  what was asked


if __name__ == "__main__":
    sys.exit(main())
