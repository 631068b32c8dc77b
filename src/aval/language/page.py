"""A document, with what it takes to say where something stands in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import field
from hashlib import sha256
from itertools import accumulate

from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.problem import Span

LONGEST = 400
"""How many characters of a line are shown."""


@frozen()
class Page:
    """A document. Offsets and columns count characters."""

    path: str
    text: str
    starts: list[int] = field(repr=False)
    """the offset of each line's first character"""

    @classmethod
    def of(cls, text: Text) -> Page:
        """Make a page of a text."""
        lines = text.content.split("\n")
        return cls(text.path, text.content, [0, *accumulate(len(line) + 1 for line in lines)][: len(lines)])

    def span(self, first: int, last: int) -> Span:
        """Give the place between two offsets, the end exclusive."""
        starts = self.starts
        line = bisect_right(starts, first)
        begins = starts[line - 1]
        if line == len(starts) or last < starts[line]:
            return Span(self.path, line, first - begins + 1, line, last - begins + 1)
        end = bisect_right(starts, last)
        return Span(self.path, line, first - begins + 1, end, last - starts[end - 1] + 1)

    def start_of(self, line: int) -> int:
        """Give the offset of a line's first character, or what lies past the end of the text."""
        return self.starts[line - 1] if line <= len(self.starts) else len(self.text) + 1

    def line(self, number: int) -> str:
        """Give a line, from 1, without its end."""
        return self.text[self.start_of(number) : self.start_of(number + 1) - 1] if 0 < number <= len(self.starts) else ""

    def text_of(self, span: Span) -> str:
        """Give the text of a span."""
        return self.text[self.start_of(span.line) + span.column - 1 : self.start_of(span.end_line) + span.end_column - 1]

    def excerpt(self, span: Span) -> str:
        """Give the line that a span starts on; nothing where it starts far to the right of a very long line."""
        return self.line(span.line)[:LONGEST] if span.column <= LONGEST else ""

    @property
    def version(self) -> str:
        """The SHA-256 of the text, by which answers name it."""
        return "sha256:" + sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()
