"""From tokens to lines.

A line of the author's is kept broken where it reads well (before `and`, before `for`, …), and is broken there where it is too long; all
other line ends inside a clause go, those of lists among them. What goes on is indented further. So a second run finds nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from aval.language.layout.spacing import LAST, gaps, plain_kinds, ranks
from aval.language.layout.starts import CLAUSE, INSIDE, ON, TOP, Start, Starts
from aval.language.tokens import COMMENT, Token

WIDTH = 140
"""How many characters a line may have."""
PARAGRAPH = 2
"""So many line ends make an empty line."""


@dataclass(slots=True)
class Line:
    """A line before it is broken: its tokens, and for each the line ends that its author put before it."""

    indent: int
    blank: bool
    tokens: list[Token] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    soft: dict[int, int] = field(default_factory=dict)
    """the indentation of what may begin a line here, by index"""

    def add(self, token: Token, ends: int, indent: int | None = None) -> None:
        """Add a token."""
        if indent is not None:
            self.soft[len(self.tokens)] = indent
        self.tokens.append(token)
        self.ends.append(ends)


def laid_out(text: str, tokens: Sequence[Token], starts: Starts) -> str:
    """Write the tokens and comments of a block in the one layout."""
    lines = list(_gathered(text, tokens, starts))
    wide = _aligned(lines)
    made: list[str] = []
    for number, line in enumerate(lines):
        if line.blank and made:
            made.append("")
        made += _written(line, wide.get(number, {}))
    return "\n".join([*made, ""]) if made else ""


def _gathered(text: str, tokens: Sequence[Token], starts: Starts) -> Iterator[Line]:
    """Put tokens on lines."""
    line: Line | None = None
    past = tokens[0].start if tokens else 0
    commented = _commented(tokens, starts) if any(token[0] == COMMENT for token in tokens) else {}
    for token in tokens:
        ends = text.count("\n", past, token.start)
        past = token.end
        start = starts.get(token.start)
        if token.kind == COMMENT and (ends or line is None):
            start = _of_comment(text, token, commented[token.start], first=line is None)
        if start is None and line is not None:
            line.tokens.append(token)
            line.ends.append(ends)
        elif line is None or (start is not None and (ends or not start.soft)):
            if line is not None:
                yield line
            start = start or Start(TOP)
            line = Line(start.indent, start.indent == TOP and ends >= PARAGRAPH)
            line.add(token, ends)
        else:
            line.add(token, ends, start.indent if start else None)
    if line is not None:
        yield line


def _commented(tokens: Sequence[Token], starts: Starts) -> dict[int, Start | None]:
    """Say for each comment, by its offset, what begins after it: a line, or none because it stands inside one."""
    found: dict[int, Start | None] = {}
    following: Start | None = Start(TOP)
    for token in reversed(tokens):
        if token.kind == COMMENT:
            found[token.start] = following
        else:
            following = starts.get(token.start)
    return found


def _of_comment(text: str, comment: Token, following: Start | None, *, first: bool) -> Start | None:
    """Say where a comment on a line of its own stands: with what follows it, or further in where its author put it there."""
    if following is None:
        return None
    at_margin = text[comment.start - 1 : comment.start] in ("", "\n")
    return Start(following.indent if following.indent != TOP or at_margin or first else CLAUSE)


def _aligned(lines: Sequence[Line]) -> dict[int, dict[int, int]]:
    """Say how many spaces more stand before which token of which line.

    What stands on a reading is aligned with its neighbours on other readings, and so is one `from` above one `until`.
    """
    wide: dict[int, dict[int, int]] = {}
    number = 0
    while number < len(lines):
        last = number
        if lines[number].indent == CLAUSE:
            kind = lines[number].tokens[0].kind
            if kind == "ON":
                last = _run(lines, number, ("ON",))
                _align_readings(lines, range(number, last), wide)
            elif kind in ("FROM", "UNTIL"):
                last = _run(lines, number, ("FROM", "UNTIL"))
                if [line.tokens[0].kind for line in lines[number:last]] == ["FROM", "UNTIL"]:
                    wide[number] = {1: 1}
        number = max(last, number + 1)
    return wide


def _run(lines: Sequence[Line], first: int, kinds: tuple[str, ...]) -> int:
    last = first
    while last < len(lines) and lines[last].indent == CLAUSE and lines[last].tokens[0].kind in kinds:
        last += 1
    return last


def _align_readings(lines: Sequence[Line], numbers: range, wide: dict[int, dict[int, int]]) -> None:
    fit = [number for number in numbers if len(lines[number].tokens) >= _KINDS and not _comment_within(lines[number].tokens[:_KINDS])]
    longest = max((len(lines[number].tokens[_NAME].text) for number in fit), default=0)
    for number in fit:
        wide[number] = {_NAME + 1: longest - len(lines[number].tokens[_NAME].text)}


_NAME = 2
"""Where the name stands in `on reading NAME while`."""
_KINDS = 4


def _comment_within(tokens: Sequence[Token]) -> bool:
    return any(token.kind == COMMENT for token in tokens)


def _written(line: Line, wide: dict[int, int]) -> list[str]:
    """Write one line, broken where it has to be."""
    spaces, plain = gaps(line.tokens), plain_kinds()
    for index, more in wide.items():
        spaces[index] += " " * more
    pieces = [space + (token[1] if token[0] in plain else _normal(token)) for space, token in zip(spaces, line.tokens, strict=True)]
    pieces[0] = pieces[0].lstrip()
    whole = " " * line.indent + "".join(pieces)
    if len(whole) <= WIDTH and not any(line.ends[1:]) and not _comment_within(line.tokens):
        return [whole]
    return list(_broken(line, pieces))


def _normal(token: Token) -> str:
    """Write a token of two words with one space, and a comment without spaces at its end."""
    return token.text.rstrip() if token.kind == COMMENT else " ".join(token.text.split()) if token.kind.startswith("_") else token.text


def _broken(line: Line, pieces: list[str]) -> Iterator[str]:
    rank = ranks(line.tokens, head=line.indent == TOP)
    for index in line.soft:
        rank[index] = 1
    place, indent, on = 0, line.indent, ON if line.indent == TOP else INSIDE
    breaks = _author_breaks(line, rank)
    while place < len(pieces):
        while breaks[-1] <= place:
            breaks.pop()
        end = breaks[-1]
        end = _fitting(line, pieces, rank, range(place, end), WIDTH - indent)
        yield _joined(line, pieces, place, end, indent)
        place = end
        indent = line.soft.get(place, on)


def _author_breaks(line: Line, rank: list[int]) -> list[int]:
    """Give the tokens that begin a line because its author began one there, or because a comment ends the line before; the last first."""
    found = [len(rank)]
    for index in range(len(rank) - 1, 0, -1):
        comment = line.tokens[index].kind == COMMENT
        kept = line.ends[index] and (comment or 0 < rank[index] < LAST)
        if kept or line.tokens[index - 1].kind == COMMENT:
            found.append(index)
    return found


def _fitting(line: Line, pieces: list[str], rank: list[int], places: range, room: int) -> int:
    """Give where to break so that a line fits: at the best place that is near enough to its end. Comments may stick out."""
    used, best = 0, 0
    for index in places:
        if line.tokens[index].kind == COMMENT:
            break
        used += len(pieces[index]) if index > places.start else len(pieces[index].lstrip())
        if used > room and best:
            return best
        after = index + 1
        if after in places and rank[after] and (not best or rank[after] <= rank[best] or used > room):
            best = after
            if used > room:
                return best
    return places.stop


def _joined(line: Line, pieces: list[str], first: int, last: int, indent: int) -> str:
    body = pieces[first].lstrip()
    for index in range(first + 1, last):
        body += f"  {pieces[index].lstrip()}" if line.tokens[index].kind == COMMENT else pieces[index]
    return " " * indent + body
