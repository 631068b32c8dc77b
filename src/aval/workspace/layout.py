"""Bring documents into the one layout."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from aval.language.edits import Edit
from aval.language.layout.blocks import format_text
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.problem import Problem
from aval.workspace.documents import open_all
from aval.workspace.writing import rewrite


@frozen(kw_only=True)
class LaidOut:
    """A document, and what its layout would change; with problems, nothing."""

    text: Text
    content: str
    edits: tuple[Edit, ...]
    problems: tuple[Problem, ...]

    @property
    def differs(self) -> bool:
        """Whether it is not in the one layout yet."""
        return bool(self.edits)

    def write(self) -> None:
        """Write the layout into the file. Raises `Incorrect` or `Fault`."""
        if self.edits:
            rewrite(self.text, self.edits)

    def diff(self) -> str:
        """Give the change as a unified diff."""
        before, after = (content.splitlines(keepends=True) for content in (self.text.content, self.content))
        return "".join(unified_diff(before, after, self.text.path, self.text.path))


def lay_out(paths: Sequence[str]) -> tuple[list[LaidOut], tuple[Problem, ...]]:
    """Lay out documents, cases, and every case in a folder, each document once; with the problems of files that could not be read.

    Raises `Incorrect` where nothing can be read at all.
    """
    found: dict[Path, Text] = {}
    opened, unread = open_all(paths)
    problems = list(unread)
    for documents in opened:
        problems += documents.problems
        found |= {Path(text.path).resolve(): text for text in documents.wanted}
    return [_laid_out(text) for text in found.values()], tuple(problems)


def _laid_out(text: Text) -> LaidOut:
    made = format_text(text)
    return LaidOut(text=text, content=made.content, edits=made.edits, problems=made.problems)
