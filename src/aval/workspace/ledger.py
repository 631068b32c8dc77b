"""What can be asked of a ledger itself, and taking in: `log`, `blame`, `import`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from os import PathLike
from pathlib import Path

from aval.answers.recorded import Import, Log, LogEntry, about, exact
from aval.evidence.codes import stores as codes
from aval.evidence.folder import open_folder
from aval.evidence.ledger.decode import statement_of
from aval.evidence.ledger.entry import STATEMENTS, Entry, Kind
from aval.evidence.ledger.ledger import Clock, Ledger, clock
from aval.evidence.ledger.place import has_ledger
from aval.evidence.ledger.scan import verify
from aval.model.frozen import frozen
from aval.model.instant import Instant
from aval.model.problem import Incorrect, Problem, Span
from aval.model.statement import Statement
from aval.workspace import asking
from aval.workspace.asking import Moment
from aval.workspace.recorded import Records, import_case, manifest_at, open_records

MOST = 50
"""How many entries a log shows unless it is asked for more."""


@frozen(kw_only=True)
class Filter:
    """Which entries of a log to show: about a term (or its name), by a voice, with a label, of a kind, recorded in a span."""

    term: str = ""
    voice: str = ""
    label: str = ""
    kind: str = ""
    since: Moment = None
    until: Moment = None


def take(path: str | PathLike[str], now: Clock = clock) -> tuple[Import, tuple[Problem, ...]]:
    """Take the text files of a case into its ledger. Gives what was done, and the problems in agreements that left the rest sound."""
    folder = open_folder(Path(path))
    has_ledger(folder.path)  # refuses what lies in its place
    taken, problems = import_case(folder, now)
    records = _open(folder.path)
    manifest = manifest_at(records.ledger, records.upto)
    zone = manifest.zone
    lines = _Lines(records.ledger, zone)
    entries = islice(records.ledger.entries(upto=records.upto), min(taken.written, len(taken.acts))) if taken.written else ()
    made = tuple(lines.line(entry) for entry in entries)
    counts = {name: getattr(taken, name) for name in ("new", "corrected", "removed", "again", "renamed", "texts", "same")}
    records.ledger.close()
    return Import(title=manifest.title, zone=zone, counts=counts, entries=made, behind=taken.behind // 1_000_000), problems


def log(path: str | PathLike[str], wanted: Filter, *, most: int | None = MOST) -> Log:
    """Tell what was recorded when, the newest first. Raises `Incorrect` for a case without a ledger, or a filter that is none."""
    folder = open_folder(Path(path))
    records = _open(folder.path)
    try:
        manifest = manifest_at(records.ledger, records.upto)
        lines = _Lines(records.ledger, manifest.zone)
        fits = _fits(wanted, manifest.zone)
        verify(records.ledger, records.upto)
        entries = records.ledger.entries(upto=records.upto)
        if fits.takes_all:
            shown, found = [lines.line(entry) for entry in islice(entries, most)], records.upto
        else:
            shown, found = _filtered(entries, fits, lines, most)
        return Log(title=manifest.title, zone=manifest.zone, entries=tuple(shown), found=found, of=records.upto)
    finally:
        records.ledger.close()


def _filtered(entries: Iterable[Entry], fits: _Fits, lines: _Lines, most: int | None) -> tuple[list[LogEntry], int]:
    """Give the entries that fit, at most so many, and how many there are."""
    shown: list[LogEntry] = []
    found = 0
    for entry in entries:
        if not fits.recorded(entry.recorded):
            continue
        enough = most is not None and len(shown) >= most
        if enough and not fits.tests:
            found += 1
            continue
        line = lines.line(entry)
        if fits.line(line):
            found += 1
            shown += [] if enough else [line]
    return shown, found


def history_of(ids: Iterable[str], records: Records, upto: int, zone: str) -> dict[str, tuple[LogEntry, ...]]:
    """Give what the keeper did by an entry to these statements, and to those whose place they took."""
    lines = _Lines(records.ledger, zone)
    found = {}
    for id_ in ids:
        chain, todo = {id_}, [id_]
        acts: dict[int, Entry] = {}
        while todo:
            for entry in records.ledger.about([todo.pop()], upto):
                acts[entry.seq] = entry
                for other in (entry.withdraws, entry.id):
                    if other and other not in chain and entry.id in chain:
                        chain.add(other)
                        todo.append(other)
        made = [lines.line(acts[seq]) for seq in sorted(acts)]
        found[id_] = tuple(made) if len(made) > 1 else ()
    return found


class _Lines:
    """Entries as lines, each statement read once."""

    def __init__(self, ledger: Ledger, zone: str) -> None:
        self._ledger = ledger
        self._zone = zone

    def line(self, entry: Entry) -> LogEntry:
        corrects = entry.withdraws and entry.kind is not Kind.REMOVAL
        line = LogEntry(
            number=entry.seq,
            recorded=exact(entry.recorded, self._zone),
            kind="correction" if corrects else entry.kind.value,
            name=entry.name,
            id=entry.id,
            file=entry.path,
            withdraws=entry.withdraws or None,
        )
        return about(line, self._statement(entry)) if entry.kind in STATEMENTS else line

    def _statement(self, entry: Entry) -> Statement:
        body = entry.body or self._ledger.body(entry.id)
        try:
            return statement_of(entry.id, entry.name, entry.path, body)
        except ValueError as error:
            raise self._ledger.damaged(f"Entry {entry.seq} is no statement: {error}.") from None


@frozen(kw_only=True)
class _Fits:
    since: Instant | None
    until: Instant | None
    tests: Mapping[str, str]

    @property
    def takes_all(self) -> bool:
        return not self.tests and self.since is None and self.until is None

    def recorded(self, instant: Instant) -> bool:
        return (self.since is None or instant >= self.since) and (self.until is None or instant <= self.until)

    def line(self, line: LogEntry) -> bool:
        term = self.tests.get("term")
        if term and line.term != term and line.term.partition("(")[0] != term:
            return False
        return all(getattr(line, name) == text for name, text in self.tests.items() if name != "term")


def _fits(wanted: Filter, zone: str) -> _Fits:
    given = {"term": wanted.term, "voice": wanted.voice, "name": wanted.label, "kind": wanted.kind}
    return _Fits(
        since=asking.start(wanted.since, zone, "since"),
        until=asking.recorded(wanted.until, zone, "until"),
        tests={name: text for name, text in given.items() if text},
    )


def _open(path: Path) -> Records:
    folder = open_folder(path)
    records = open_records(folder) if has_ledger(folder.path) else None
    if records is None:
        hint = f"Make one: aval import {path}"
        message = "This case has no ledger yet."
        raise Incorrect((Problem(code=codes.NO_LEDGER, message=message, span=Span(str(path)), hint=hint),))
    return records
