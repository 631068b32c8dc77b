"""The file of one party's draft statements: a line for each, with when it was drafted and the fields as its author gave them."""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from aval.evidence.codes import drafts as codes
from aval.evidence.ledger.place import unwritten
from aval.evidence.private import erase, make_private, private_folder, read_private, write_private
from aval.evidence.strict import read_object
from aval.model.frozen import frozen
from aval.model.instant import Instant
from aval.model.problem import Fault, Problem, Span

FOLDER = "drafts"
MOST_BYTES = 16 * 1024 * 1024
"""The largest file of drafts."""
_PARTY = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}", re.ASCII)


@frozen(kw_only=True)
class Paper:
    """One draft statement as it is kept: when it was drafted, and its fields."""

    drafted: Instant
    fields: Mapping[str, object]

    @property
    def label(self) -> str:
        """Its handle."""
        return str(self.fields.get("label", ""))


def place_of(case: Path, party: str) -> Path:
    """Give where a party's drafts lie. Raises `ValueError` for a name that no party can have, so that no name leads elsewhere."""
    if _PARTY.fullmatch(party) is None:
        raise ValueError(party)
    return private_folder(case, FOLDER) / f"{party}.jsonl"


def read_papers(case: Path, party: str) -> tuple[Paper, ...]:
    """Read the drafts of one party, in their order. Raises `Fault` where the file is not as Aval wrote it."""
    path = place_of(case, party)
    try:
        data = read_private(path, MOST_BYTES)
        text = (data or b"").decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _broken(path, getattr(error, "strerror", "") or "it is not UTF-8 text") from None
    return tuple(_paper(line, number, path) for number, line in enumerate(text.split("\n"), 1) if line)


def _paper(line: str, number: int, path: Path) -> Paper:
    found = read_object(line)
    fields = found.get("statement") if isinstance(found, dict) else None
    drafted = found.get("drafted") if isinstance(found, dict) else None
    if not isinstance(fields, dict) or not isinstance(drafted, int):
        raise _broken(path, f"line {number} is no draft statement")
    return Paper(drafted=drafted, fields=fields)


@contextmanager
def alone(case: Path, party: str) -> Iterator[None]:
    """Keep two commands of one party from writing its drafts at the same time. Raises `Fault`."""
    path = place_of(case, party)
    try:
        make_private(path.parent)
        handle = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise Fault((unwritten(Span(str(path)), error.strerror or "the system refused"),)) from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def write_papers(case: Path, party: str, papers: Sequence[Paper]) -> None:
    """Write the drafts of one party anew; without any, their file goes. Raises `Fault`: nothing has changed then."""
    path = place_of(case, party)
    lines = (json.dumps({"drafted": one.drafted, "statement": dict(one.fields)}, ensure_ascii=False) + "\n" for one in papers)
    try:
        if papers:
            write_private(path, "".join(lines).encode())
        else:
            erase(path)
    except OSError as error:
        raise Fault((unwritten(Span(str(path)), error.strerror or "the system refused"),)) from None


def _broken(path: Path, reason: str) -> Fault:
    message = f"It cannot be read: {reason}."
    return Fault((Problem(code=codes.BROKEN, message=message, span=Span(str(path)), hint="Take it away, or mend it."),))
