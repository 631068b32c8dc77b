"""RTEC itself, run as its own script runs it, in a copy of a checkout that is yours (github.com/aartikis/RTEC, LGPL-3).

It needs SWI-Prolog (Debian's `swi-prolog-nox`). One window over all time, which is its fastest setting on these files.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

_PARTS = ("src", "execution scripts", "examples/netbill", "examples/voting")
_LINE = re.compile(r"recognitions\(predictions,(\w+),\[\[(.*)\],([^\]]*)\],\[(.*)\]\)\.")
_SPAN = re.compile(r"\((\d+),(\d+|inf)\)")


def copied(checkout: Path, to: Path) -> Path:
    """Copy what a run needs, so that nothing is written into the checkout."""
    for part in _PARTS:
        shutil.copytree(checkout / part, to / part, ignore=shutil.ignore_patterns("results", "*.csv"))
    return to


def recognised(copy: Path, protocol: str, events: Path, end: int) -> tuple[set[tuple[str, str, str, int, int]], float, float]:
    """Run it over one window; give what it recognised, its wall seconds and its peak memory in MB. Raises where it fails."""
    results = copy / "examples" / protocol / "results"
    shutil.rmtree(results, ignore_errors=True)
    results.mkdir()
    window = [f"--window-size={end}", f"--step={end}", f"--end-time={end}", "--output-mode=file"]
    command = ["bash", "./run_rtec.sh", f"--app={protocol}", *window, f"--input={events}"]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=copy / "execution scripts", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    # its script ends with 1 also where all went well; usage is its own and that of those it waited for
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    found = list(results.glob("*recognised-intervals.txt"))
    if len(found) != 1:
        raise RuntimeError(f"RTEC wrote no intervals for {events.name}: is SWI-Prolog installed?")
    return _read(found[0], end), wall, usage.ru_maxrss / 1024


def _read(path: Path, end: int) -> set[tuple[str, str, str, int, int]]:
    found = set()
    with path.open(encoding="utf-8") as lines:
        for fluent, args, value, spans in (match.groups() for line in lines if (match := _LINE.match(line))):
            for first, last in _SPAN.findall(spans):
                found.add((fluent, args, value, int(first), end + 1 if last == "inf" else int(last)))
    return found
