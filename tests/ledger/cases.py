"""Small cases on disk, a clock that the test moves, and a look into a ledger from outside."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import apsw

from aval.evidence.folder import open_folder
from aval.evidence.ledger.taking import Taken
from aval.model.instant import Instant, read_civil
from aval.workspace.case import Case
from aval.workspace.recorded import Records, import_case, open_records

MANIFEST = """schema = "aval.case/1"
title = "A small case"
zone = "Europe/Paris"
agreements = ["agreements/pact.md"]
statements = ["statements/a.jsonl"]
headlines = ["truce"]

[sources.paper]
kind = "page"
title = "A paper"
"""
PACT = """# A pact

```aval
agreement pact "A pact"
  dates run in "Europe/Paris"
party FRA "France"
party GBR "the United Kingdom"
group coalition "those who take part" is FRA, GBR
event committed(g: coalition) "g has committed itself"
event truce_begins "a truce begins"
event truce_ends "a truce ends"
state truce "a truce holds"
  from truce_begins
  until truce_ends
```
"""
BASE: Mapping[str, object] = {
    "says": "happened",
    "term": "truce_begins",
    "when": "2026-01-06",
    "said": "2026-01-06",
    "voice": "A reporter",
    "form": "reported",
    "grade": "high",
    "source": "paper",
}


def row(label: str, **changes: object) -> dict[str, object]:
    return {"label": label, **BASE, **changes}


def make(folder: Path, *rows: Mapping[str, object], pact: str = PACT, manifest: str = MANIFEST) -> Path:
    """Write a case; what was there of it is written over."""
    for name in ("agreements", "statements"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "aval.toml").write_text(manifest, "utf-8")
    (folder / "agreements" / "pact.md").write_text(pact, "utf-8")
    write(folder, *rows)
    return folder


def write(folder: Path, *rows: Mapping[str, object]) -> None:
    (folder / "statements" / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in rows), "utf-8")


def instant(text: str) -> Instant:
    span = read_civil(text, "Europe/Paris")
    assert span is not None
    return span.hi


class Watch:
    """A clock that stands until it is moved."""

    def __init__(self, text: str = "2026-02-01T12:00") -> None:
        self.now = instant(text)

    def __call__(self) -> Instant:
        return self.now

    def set(self, text: str) -> None:
        self.now = instant(text)


def take(folder: Path, watch: Watch | None = None) -> Taken:
    return import_case(open_folder(folder), watch or Watch())[0]


def records_of(folder: Path, watch: Watch) -> Records:
    """Open the ledger of a case; it takes this clock for the present."""
    records = open_records(open_folder(folder), watch)
    assert records is not None
    return records


def case_at(folder: Path, watch: Watch) -> Case:
    """Open a case whose ledger takes this clock for the present."""
    records = records_of(folder, watch)
    edition = records.edition(None)
    return Case(edition.manifest, edition.agreements, edition.store, (), records)


def ledger_of(folder: Path) -> Path:
    return folder / ".aval" / "ledger.sqlite"


def entries(folder: Path, what: str = "kind, name") -> list[tuple[object, ...]]:
    """Look into a ledger with plain SQLite."""
    connection = apsw.Connection(str(ledger_of(folder)), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return list(connection.execute(f"SELECT {what} FROM entry ORDER BY seq"))  # noqa: S608  tests write the columns
    finally:
        connection.close()


def whole(folder: Path) -> bool:
    """Whether SQLite finds nothing wrong, and entries rise without a gap."""
    connection = apsw.Connection(str(ledger_of(folder)), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        found = list(connection.execute("PRAGMA integrity_check"))
        rows = list(connection.execute("SELECT seq, recorded FROM entry ORDER BY seq"))
    finally:
        connection.close()
    times = [recorded for _, recorded in rows]
    rises = all(isinstance(a, int) and isinstance(b, int) and a < b for a, b in pairwise(times))
    return found == [("ok",)] and [seq for seq, _ in rows] == list(range(1, len(rows) + 1)) and rises


def scribble(folder: Path, sql: str) -> None:
    """Change a ledger as somebody would who does not use Aval."""
    connection = apsw.Connection(str(ledger_of(folder)))
    try:
        connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 0)
        connection.execute(sql)
    finally:
        connection.close()


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a case."""
    return {os.path.relpath(path, folder): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
