"""Recording: a statement that a person has in hand goes into a file of the case, then into its ledger; and statements go out again.

The file is written first, whole and durably, and only if the case is sound with it; a command that dies in between has lost nothing,
since the next import takes the line in.
"""

from __future__ import annotations

import csv
import fcntl
import io
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from os import PathLike
from pathlib import Path

from aval.answers.recorded import Import
from aval.evidence.canonical import content_id
from aval.evidence.claim import Claim, Frame, read_claim
from aval.evidence.codes import sheets as codes
from aval.evidence.codes.claims import LABEL_TWICE
from aval.evidence.folder import open_folder
from aval.evidence.ledger.ledger import Clock, clock
from aval.evidence.ledger.place import has_ledger, ledger_place, make_folder, settle, unwritten
from aval.evidence.rows import Row, guarded
from aval.evidence.sheets.reading import read_book
from aval.evidence.sheets.writing import as_csv, as_xlsx
from aval.evidence.vocabulary import Vocabulary
from aval.evidence.words import either, near
from aval.model.case import Text
from aval.model.problem import Code, Fault, Incorrect, Problem, Span
from aval.workspace.asking import Moment
from aval.workspace.case import open_case
from aval.workspace.edition import Files, read_edition, read_files
from aval.workspace.ledger import take
from aval.workspace.recorded import check_own

Fields = Mapping[str, object]
_NO_HANDLE = re.compile(r"[^A-Za-z0-9]+")


def record(
    path: str | PathLike[str], statements: Sequence[Fields], *, file: str = "", now: Clock = clock, places: Sequence[Span] = ()
) -> tuple[Import, tuple[Problem, ...]]:
    """Append statements to a file of a case, and record them; what stands there already, under its label, is left as it is.

    `places` are where they stand for the user. Raises `Incorrect` where one is wrong: nothing was written then.
    """
    folder = open_folder(Path(path))
    if has_ledger(folder.path):  # before anything is written
        check_own(folder)
    with _alone(folder.path):
        files = read_files(folder)
        target = _target(files, file)
        known = _known(statements, files) if places else set()
        fresh = [place for place, fields in enumerate(statements) if fields.get("label") not in known]
        before = files.statements[target]
        written = "\n".join(one.content for one in files.statements.values())
        text = _appended(before, labelled([statements[place] for place in fresh], written))
        with _placed(before, [places[place] for place in fresh] if places else ()):
            read_edition(replace(files, statements={**files.statements, target: text}))
        if fresh:
            _replace(folder.path / target, text.content)
    return take(folder.path, now)


def record_book(path: str | PathLike[str], book: Path, *, sheet: str = "", file: str = "") -> tuple[Import, tuple[Problem, ...]]:
    """Record the statements of a sheet that are not recorded yet. Raises `Incorrect` where the workbook or a row is wrong."""
    rows = read_book(book, sheet)
    return record(path, [fields for _, fields in rows], file=file, places=[Span(str(book), number) for number, _ in rows])


def _known(statements: Sequence[Fields], files: Files) -> set[object]:
    """Give the labels of those statements that a case has as they are, so that one sheet can be recorded again as it grows."""
    edition, held = read_edition(files)
    ids = {one.label: one.id for one in held}
    frame = Frame(vocabulary=Vocabulary(edition.agreements), sources=edition.manifest.sources, zone=edition.manifest.zone)
    known: set[object] = set()
    for fields in statements:
        label = str(fields.get("label"))
        read = read_claim(Row(path="", line=0, content="", start=0, end=0, values=fields), frame) if label in ids else None
        if isinstance(read, Claim):
            withdraws = sorted({ids.get(one.removeprefix("label:"), one) for one in read.withdraws})
            if content_id(replace(read.statement, withdraws=tuple(withdraws))) == ids[label]:
                known.add(label)
    return known


@contextmanager
def _placed(before: Text, places: Sequence[Span]) -> Iterator[None]:
    """Tell problems of lines that were never written by the places where they stand for the user."""
    try:
        yield
    except Incorrect as wrong:
        first = before.content.removesuffix("\n").count("\n") + 2 if before.content else 1
        raise Incorrect(tuple(_moved(one, before.path, first, places) for one in wrong.problems)) from None


def _moved(problem: Problem, path: str, first: int, places: Sequence[Span]) -> Problem:
    row = problem.span.line - first
    if problem.span.path != path or not 0 <= row < len(places):
        return problem
    hint = "To correct what stands there, edit that line and run: aval import" if problem.code is LABEL_TWICE else problem.hint
    return replace(problem, span=places[row], excerpt="", hint=hint)


def export(path: str | PathLike[str], out: Path, *, recorded: Moment = None) -> bytes:
    """Give every statement of a case as CSV, or as XLSX where the name ends so. Raises `Incorrect`."""
    statements = open_case(path).recorded_statements(recorded)
    return as_xlsx(statements, out) if out.suffix.lower() == ".xlsx" else as_csv(statements).encode()


def _target(files: Files, wanted: str) -> str:
    listed = list(files.statements)
    if wanted in listed:
        return wanted
    if not wanted and len(listed) == 1:
        return listed[0]
    if not listed:
        raise _wrong(codes.WHICH_FILE, "aval.toml lists no file of statements.", 'Write statements = ["statements/log.jsonl"].')
    hint = f"{near(wanted, listed)} " if wanted else ""
    message = f"aval.toml does not list {wanted}." if wanted else "This case has several files of statements."
    raise _wrong(codes.WHICH_FILE, message, f"{hint}Name one with --file: {either(listed)}.".strip())


def labelled(statements: Sequence[Fields], text: str) -> list[Fields]:
    """Give each statement without a label one that does not stand in a text: who speaks, and on which day."""
    made: list[Fields] = []
    for fields in statements:
        handle = f"{fields.get('speaks_for') or fields.get('voice') or 's'}-{str(fields.get('said', ''))[:10]}"
        plain = unicodedata.normalize("NFKD", handle).encode("ascii", "ignore").decode()
        stem = _NO_HANDLE.sub("-", plain).strip("-")[:70] or "s"
        label = str(fields.get("label") or "")
        number = 0
        while not label or (not fields.get("label") and label in text):
            number += 1
            label = stem if number == 1 else f"{stem}-{number}"
        text += f"\n{label}"
        made.append({"label": label, **{name: value for name, value in fields.items() if name != "label"}})
    return made


def _appended(text: Text, statements: Sequence[Fields]) -> Text:
    before = text.content if not text.content or text.content.endswith("\n") else f"{text.content}\n"
    lines = (
        _csv_lines(text, statements) if text.path.endswith(".csv") else (json.dumps(one, ensure_ascii=False) + "\n" for one in statements)
    )
    return Text(path=text.path, content=before + "".join(lines))


def _csv_lines(text: Text, statements: Sequence[Fields]) -> Iterator[str]:
    names = [name.strip() for name in next(csv.reader(text.content.split("\n", 1)[:1]), [])]
    for fields in statements:
        missing = [name for name in fields if name not in names]
        if missing:
            hint = "Record it in a file of JSON lines, or add the column."
            raise _wrong(codes.NO_COLUMN, f"{text.path} has no column {missing[0]}.", hint)
        values = {name: "; ".join(map(str, value)) if isinstance(value, list) else str(value) for name, value in fields.items()}
        made = io.StringIO()
        csv.writer(made, lineterminator="\n").writerow([guarded(values.get(name, "")) for name in names])
        yield made.getvalue()


@contextmanager
def _alone(case: Path) -> Iterator[None]:
    """Keep two commands from writing to one file of a case at the same time."""
    place = ledger_place(case)
    make_folder(place)
    handle = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, content: str) -> None:
    """Write a file anew beside the old one, and put it in its place, durably. Raises `Fault`; the old one is untouched then."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as made:
                made.write(content)
                made.flush()
                os.fchmod(made.fileno(), path.stat().st_mode & 0o777)
                os.fsync(made.fileno())
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        settle(path.parent)
    except OSError as error:
        raise Fault((unwritten(Span(str(path)), error.strerror or "the system refused"),)) from None


def _wrong(code: Code, message: str, hint: str) -> Incorrect:
    return Incorrect((Problem(code=code, message=message, span=Span("--file"), hint=hint),))
