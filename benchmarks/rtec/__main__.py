"""RTEC's examples on Aval, beside what RTEC needed: whole processes, from the file of events to a file of what was recognised.

`python -m benchmarks.rtec [FOLDER]` runs each file in a process of its own, compares every time-point with what RTEC recognised, and prints
a line for each. FOLDER holds RTEC's files (see its README for where its own figures come from).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from aval.workspace.pause import without_collection
from benchmarks.rtec.peer import difference, expected_of, recognise
from benchmarks.rtec.protocols import NETBILL, VOTING

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT.parent / "shared" / "peers" / "rtec"
END = 100
BIG = "netbill-1000-seed1"
RUNS: tuple[tuple[str, str, str, str], ...] = (
    ("netbill", "negotiation-100-1.csv", "netbill100.expected.tsv", "17.7"),
    ("netbill", f"{BIG}.csv.gz", f"{BIG}.expected.tsv.gz", "184"),
    ("voting", "voting.csv.gz", "voting.expected.tsv.gz", "3.0"),
    *(("voting", f"voting-delay{share}.csv.gz", "voting.expected.tsv.gz", "") for share in (10, 40, 80)),
)
"""protocol, events, what RTEC recognised, and the seconds of its whole process (wall, alone on two cores)"""


def recognised(protocol: str, events: Path, to: Path) -> None:
    """Recognise one file and write the spans down; this is the process that is measured."""
    with without_collection():
        _, spans = recognise(VOTING if protocol == "voting" else NETBILL, events, END)
        with to.open("w", encoding="utf-8") as file:
            file.writelines(f"{fluent}\t{args}\t{value}\t{first}-{last}\n" for fluent, args, value, first, last in spans)
    peak = next(line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) / 1024)


def measured(protocol: str, events: Path, to: Path) -> tuple[float, float, float]:
    """Run one file in a new process and give its CPU seconds, wall seconds and peak memory in MB."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.rtec", protocol, str(events), str(to)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, time.perf_counter() - began, float(done.stdout)


def main(peers: Path) -> int:
    """Print a line for each file; exit 1 if one of them differs."""
    print(f"{'events':28} {'time-points':>12} {'differ':>7} {'F1':>6} {'CPU s':>7} {'wall s':>7} {'MB':>6} {'RTEC wall s':>12}")
    wrong = 0
    for protocol, events, expected, theirs in RUNS:
        with tempfile.TemporaryDirectory() as folder:
            to = Path(folder) / "recognised.tsv"
            cpu, wall, peak = measured(protocol, peers / events, to)
            known = {span for span in expected_of(peers / expected) if (span[0], span[2]) != ("sanctioned", "false")}
            both, mine, missed = difference(expected_of(to), known)
        wrong += mine + missed
        score = 2 * both / (2 * both + mine + missed)
        print(f"{events:28} {both:12,} {mine + missed:7,} {score:6.3f} {cpu:7.2f} {wall:7.2f} {peak:6.0f} {theirs:>12}")
    return 1 if wrong else 0


if __name__ == "__main__":
    if len(sys.argv) > 3:  # noqa: PLR2004  the measured process: protocol, events, where to
        recognised(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
        sys.exit(0)
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PEERS))
