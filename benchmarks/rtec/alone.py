"""One file recognised, in the process that is measured: `python -m benchmarks.rtec.alone PROTOCOL EVENTS TO`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from aval.workspace.pause import without_collection

END = 100


def recognised(protocol: str, events: Path, to: Path) -> None:
    """Recognise a file, write the spans down, and print the peak memory in MB."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the commands do: numpy would start threads that have nothing to do
    with without_collection():
        from benchmarks.rtec.peer import evaluated, instances  # noqa: PLC0415  numpy comes with it
        from benchmarks.rtec.protocols import NETBILL, VOTING  # noqa: PLC0415

        spoken = VOTING if protocol == "voting" else NETBILL
        found = instances(evaluated(spoken, events, END), spoken, END)
        with to.open("w", encoding="utf-8") as file:
            file.writelines(
                f"{fluent}\t{args}\t{value}\t{' '.join([f'{first}-{last}' for first, last in spans])}\n"
                for fluent, args, value, spans in found
            )
    peak = next(line for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    print(int(peak.split()[1]) / 1024)


if __name__ == "__main__":
    recognised(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
