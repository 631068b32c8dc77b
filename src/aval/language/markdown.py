"""Find the `aval` blocks of a Markdown document, and the words that stand above each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aval.language.page import Page
from aval.model.frozen import frozen

LANGUAGE = "aval"
TESTS = "aval-test"
SUPPOSITIONS = "aval-suppose"

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*([^\s`]*)([^`\n]*|[^\n]*)$")
_HIDDEN_FENCE = re.compile(
    r"(?:[ \t]{4,}|[ \t]*(?:[>*+-]|\d+[.)])[ \t>*+-]*)(?:`{3,}|~{3,})[ \t]*(aval(?:-test|-suppose)?)[ \t]*$", re.IGNORECASE
)
_HEADING = re.compile(r" {0,3}#{1,6}(?![^ \t\n])")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)[ \t]*$")


@frozen()
class Block:
    """An `aval` block: the offsets of its content, the nearest heading above and the first paragraph between that and the block.

    Where no prose stands between two blocks under one heading, the later one keeps the prose of the earlier. `closed` is false where
    the block runs to the end of the document for want of a closing fence.
    """

    start: int
    end: int
    heading: str = ""
    prose: str = ""
    closed: bool = True


@frozen()
class Hidden:
    """A fence that looks like an `aval` block and is none, since it is indented or in a list or a quotation."""

    start: int
    end: int


def blocks(page: Page, language: str = LANGUAGE) -> Iterator[Block | Hidden]:
    """Yield the blocks of a document in a language (`aval`, `aval-test`, `aval-suppose`), and what only looks like one, in their order."""
    lines = page.text.split("\n")
    heading, prose, paragraph = "", "", list[str]()
    number = 0
    while number < len(lines):
        line = lines[number]
        if fence := _opening(line):
            prose = " ".join(paragraph).strip() or prose
            last = _closing(lines, number, fence.group(1))
            if fence.group(2).lower() == language:
                yield Block(page.start_of(number + 2), _end(page, last), heading, prose, last < len(lines))
            paragraph, number = [], last + 1
            continue
        if title := _heading(lines, number):
            heading, prose, paragraph = title[0], "", []
            number += title[1]
            continue
        if (hidden := _HIDDEN_FENCE.match(line)) and hidden.group(1).lower() == language:
            yield Hidden(page.starts[number], page.starts[number] + len(line))
        _add(paragraph, line)
        number += 1


def _opening(line: str) -> re.Match[str] | None:
    """Match a line that opens a fenced block. A backtick fence has no backtick after it."""
    match = _FENCE.match(line)
    return match if match and (match.group(1)[0] == "~" or "`" not in line[match.end(1) :]) else None


def _closing(lines: list[str], opening: int, fence: str) -> int:
    """Give the number of the line that closes a fence; the number of lines if none does."""
    close = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}}[ \t]*$")
    return next((number for number in range(opening + 1, len(lines)) if close.match(lines[number])), len(lines))


def _end(page: Page, last: int) -> int:
    return min(page.start_of(last + 1), len(page.text))


def _heading(lines: list[str], number: int) -> tuple[str, int] | None:
    """Give a heading that starts on a line, and how many lines it takes."""
    if match := _HEADING.match(lines[number]):
        title = lines[number][match.end() :].strip()
        bare = title.rstrip("#")
        return (bare.rstrip() if bare[-1:] in ("", " ", "\t") else title), 1
    text = lines[number].strip()
    if text and text[0] not in "-=>*|" and number + 1 < len(lines) and _UNDERLINE.match(lines[number + 1]):
        return text, 2
    return None


def _add(paragraph: list[str], line: str) -> None:
    """Take a line into the first paragraph; `""` at its end marks it as complete."""
    words = " ".join(line.split())
    if paragraph and paragraph[-1] == "":
        return
    if words or paragraph:
        paragraph.append(words)
