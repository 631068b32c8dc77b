"""The draft statements of one party, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from textwrap import wrap
from typing import Any

from aval.answers.drafts import DraftLine, Drafts
from aval.render.safe import safe

SCHEMA = "aval.drafts/1"
WIDTH = 80


def drafts_document(found: Drafts) -> dict[str, Any]:
    """Give the drafts as plain values, the schema first."""
    lines = [{field.name: getattr(line, field.name) for field in fields(line)} for line in found.drafts]
    return {"schema": SCHEMA, "title": found.title, "party": found.party, "zone": found.zone, "drafts": lines}


def drafts_text(found: Drafts, *, plain: bool = False) -> str:
    """Write the drafts for people."""
    return "".join(f"{line}\n" for line in _lines(found, plain=plain))


def _lines(found: Drafts, *, plain: bool) -> Iterator[str]:
    yield safe(found.title)
    number = len(found.drafts)
    it, s = ("it", "") if number == 1 else ("them", "s")
    told = f"has {number} draft statement{s}. Nobody else is shown {it}." if number else "has no draft statements."
    yield f"{safe(found.party)} {told}"
    for line in found.drafts:
        yield ""
        yield f"{safe(line.label)}{' - ' if plain else ' · '}drafted {safe(line.drafted)}"
        yield from wrap(_said(line), WIDTH, initial_indent="  ", subsequent_indent="  ")


def _said(line: DraftLine) -> str:
    if line.why_not:
        return f"Left out, for it does not fit the case any more. {safe(line.why_not)}"
    return f"{safe(line.summary)} (said {safe(line.said)})"
