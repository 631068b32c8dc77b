"""RTEC's examples on Aval, beside what RTEC needed: whole processes, from the file of events to a file of what was recognised.

`python -m benchmarks.rtec [FOLDER]` runs each file in a process of its own, compares every time-point with what RTEC recognised, and prints
a line for each. FOLDER holds RTEC's files (see its README for where its own figures come from). Where `AVAL_RTEC` names a checkout of RTEC,
RTEC itself runs on the same file right after, its answers are compared too, and the ratio of the two whole processes is printed.
"""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.rtec.alone import END
from benchmarks.rtec.peer import difference, expected_of
from benchmarks.rtec.rival import copied
from benchmarks.rtec.rival import recognised as rtec

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT.parent / "shared" / "peers" / "rtec"
BIG = "netbill-1000-seed1"
RUNS: tuple[tuple[str, str, str, str], ...] = (
    ("netbill", "negotiation-100-1.csv", "netbill100.expected.tsv", "17.7"),
    ("netbill", f"{BIG}.csv.gz", f"{BIG}.expected.tsv.gz", "184"),
    ("voting", "voting.csv.gz", "voting.expected.tsv.gz", "3.0"),
    *(("voting", f"voting-delay{share}.csv.gz", "voting.expected.tsv.gz", "") for share in (10, 40, 80)),
)
"""protocol, events, what RTEC recognised, and the seconds of its whole process (wall, alone on two cores)"""
COPIES, ROLES = 4, 1100
"""how many of each agent a larger assembly has, and how far apart their numbers are: roles go by what is left over 10 and over 11"""


def measured(protocol: str, events: Path, to: Path, bytecode: Path) -> tuple[float, float, float]:
    """Run one file in a new process and give its CPU seconds, wall seconds and peak memory in MB; `bytecode` is kept, as Python does."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-m", "benchmarks.rtec.alone", protocol, str(events), str(to)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, cwd=ROOT, check=True, env=environment, stdout=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, time.perf_counter() - began, float(done.stdout)


def main(peers: Path, checkout: Path | None) -> int:
    """Print a line for each file; exit 1 if one of them differs."""
    beside = f"{'its wall s':>10} {'its MB':>7} {'ratio':>6} {'differ':>7}" if checkout else f"{'RTEC wall s':>12}"
    print(f"{'events':28} {'time-points':>12} {'differ':>7} {'F1':>6} {'CPU s':>7} {'wall s':>7} {'MB':>6} {beside}")
    wrong = 0
    with tempfile.TemporaryDirectory() as folder:
        copy = copied(checkout, Path(folder) / "rtec") if checkout else None
        measured("voting", peers / "voting-20-1.csv", Path(folder) / "first.tsv", Path(folder) / "bytecode")
        for protocol, events, expected, theirs in RUNS:
            to = Path(folder) / "recognised.tsv"
            cpu, wall, peak = measured(protocol, peers / events, to, Path(folder) / "bytecode")
            ours = expected_of(to)
            both, mine, missed = difference(ours, _asked(expected_of(peers / expected)))
            wrong += mine + missed
            score = 2 * both / (2 * both + mine + missed)
            rival = f"{theirs:>12}" if copy is None else ""
            if copy and theirs:
                found, its_wall, its_peak = rtec(copy, protocol, _plain(peers / events, Path(folder)), END)
                _, more, less = difference(ours, _asked(found))
                wrong += more + less
                rival = f"{its_wall:10.2f} {its_peak:7.0f} {its_wall / wall:6.1f} {more + less:7,}"
            print(f"{events:28} {both:12,} {mine + missed:7,} {score:6.3f} {cpu:7.2f} {wall:7.2f} {peak:6.0f} {rival}", flush=True)
        wrong += _larger(peers / "voting.csv.gz", Path(folder), copy) if copy else 0
    return 1 if wrong else 0


def _larger(events: Path, folder: Path, copy: Path) -> int:
    """Run both on an assembly of several times as many, and give how many time-points differ: what starting costs then counts less."""
    more = folder / f"voting-x{COPIES}.csv"
    lines = [line.split("|", 4) for line in gzip.decompress(events.read_bytes()).decode().splitlines()]
    with more.open("w", encoding="utf-8") as file:
        for name, told, happened, agent, rest in lines:
            file.writelines(f"{name}|{told}|{happened}|{int(agent) + ROLES * number}|{rest}\n" for number in range(COPIES))
    to = folder / "recognised.tsv"
    cpu, wall, peak = measured("voting", more, to, folder / "bytecode")
    found, its_wall, its_peak = rtec(copy, "voting", more, END)
    both, mine, missed = difference(expected_of(to), _asked(found))
    rival = f"{its_wall:10.2f} {its_peak:7.0f} {its_wall / wall:6.1f} {mine + missed:7,}"
    print(f"{more.stem:28} {both:12,} {mine + missed:7,} {'':6} {cpu:7.2f} {wall:7.2f} {peak:6.0f} {rival}", flush=True)
    return mine + missed


def _asked(spans: set[tuple[str, str, str, int, int]]) -> set[tuple[str, str, str, int, int]]:
    """Leave out the one fluent that is not compared: a timer that RTEC lost goes on counting there."""
    return {span for span in spans if (span[0], span[2]) != ("sanctioned", "false")}


def _plain(path: Path, folder: Path) -> Path:
    """Unpack a file for RTEC, which reads none that is packed."""
    if path.suffix != ".gz":
        return path
    plain = folder / path.stem
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


if __name__ == "__main__":
    rival = os.environ.get("AVAL_RTEC")
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PEERS, Path(rival).resolve() if rival else None))
