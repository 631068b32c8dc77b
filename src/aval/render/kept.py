"""What became of a ledger as a whole, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from textwrap import wrap
from typing import Any

from aval.answers.kept import Kept
from aval.render.safe import safe

SCHEMA = "aval.kept/1"
_WIDTH = 80


def kept_document(answer: Kept) -> dict[str, Any]:
    """Give it as plain values, the schema first."""
    return {"schema": SCHEMA, **asdict(answer)}


def kept_text(answer: Kept) -> str:
    """Write it for people."""
    return "".join(f"{line}\n" for line in _lines(answer))


def _lines(answer: Kept) -> Iterator[str]:
    if answer.title:
        yield safe(answer.title)
    yield from _said(_headline(answer))
    if answer.last:
        yield from _said(f"{answer.entries} entries, the last one recorded {safe(answer.last)}.")
        yield f"Seal: {answer.seal}"
    if answer.done == "restore":
        yield from _said("What was recorded after that is not in it. Its files may say more: aval import records that.")
    if answer.done == "move" and answer.entries and answer.source != answer.place:
        yield from _said(f"What is at {safe(answer.source)} stays as it is, and is read no more.")


def _headline(answer: Kept) -> str:
    place, source = safe(answer.place), safe(answer.source)
    match answer.done:
        case "backup":
            return f"Backed up to {place}."
        case "restore":
            return f"Restored from {source} to {place}: {_many(answer.copied)}."
        case "move" if answer.source == answer.place:
            return f"The ledger is at {place} already."
        case "move":
            return f"The ledger is at {place} now: {_many(answer.copied)} copied."
        case _ if answer.before == answer.version:
            return f"The ledger at {place} is of version {answer.version} already."
        case _:
            return f"Brought the ledger at {place} from version {answer.before} to {answer.version}. No entry was changed."


def _many(number: int) -> str:
    return "1 entry" if number == 1 else f"{number or 'no'} entries"


def _said(text: str) -> list[str]:
    return wrap(text, _WIDTH, break_on_hyphens=False, break_long_words=False)
