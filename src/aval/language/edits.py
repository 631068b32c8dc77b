"""Changes to a text: pieces of it, each with what goes in its place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from aval.language.page import Page
from aval.model.problem import Fix, Span


class Edit(NamedTuple):
    """What stands between two offsets, the end exclusive, becomes `text`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Iterable[Edit]) -> str:
    """Give a text with its pieces replaced. Of two edits that overlap the later one is left out."""
    parts, past = [], 0
    for edit in apart(edits):
        parts += [text[past : edit.start], edit.text]
        past = edit.end
    return "".join([*parts, text[past:]])


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Sort edits by their places, and leave out what overlaps one before it."""
    kept: list[Edit] = []
    for edit in sorted(edits):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return kept


def edit_of(page: Page, fix: Fix) -> Edit:
    """Give a fix as an edit of its page."""
    return Edit(*offsets(page, fix.span), fix.replacement)


def offsets(page: Page, span: Span) -> tuple[int, int]:
    """Give the offsets of a span, the end exclusive."""
    return page.start_of(span.line) + span.column - 1, page.start_of(span.end_line) + span.end_column - 1
