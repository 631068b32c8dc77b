"""Children that record one statement after the other and say so after each; tests kill them. `python -m tests.ledger.recorder CASE`.

Every line on stdin starts a child; its number is said first, and `dead` when it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from aval.evidence.folder import open_folder
from aval.evidence.ledger.place import has_ledger
from aval.workspace.recorded import open_records
from tests.ledger.cases import Watch, row, take, write


def record(folder: Path) -> None:
    """Record for ever, from where the ledger is."""
    records = open_records(open_folder(folder)) if has_ledger(folder) else None
    known = len(records.ledger.labels(records.upto)) if records else 0
    if records:
        records.ledger.close()
    rows = [row(f"s{number}", note=str(number)) for number in range(known)]
    while True:
        rows.append(row(f"s{len(rows)}", note=str(len(rows))))
        write(folder, *rows)
        take(folder, Watch("2026-02-01T12:00"))
        print(len(rows), flush=True)


def main(folder: Path) -> None:
    """Start a child for each line."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            record(folder)
        print(f"child {child}", flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
