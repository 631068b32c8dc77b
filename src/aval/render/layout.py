"""Lines of a fixed width: words stay whole, what goes on is indented under its beginning, and nothing is cut off.

Rich could wrap too, but not with a hanging indent, and it pads what it prints; a line made here is a line on the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.text import Text

from aval.model.frozen import frozen

Part = str | Text | tuple[str, str]
Lines = list[Text]

NARROWEST = 16
"""cells that a column of running text always has, however deep it is indented"""

GLUE = "\ue000"
"""a space at which no line is broken (the real one would be copied into a shell as something else)"""


def line(*parts: Part) -> Text:
    """Join parts: bare text, text with a style, or a finished piece."""
    made = Text()
    for part in parts:
        made.append_text(part) if isinstance(part, Text) else made.append(*((part,) if isinstance(part, str) else part))
    return made


def joined(between: Part, pieces: Iterable[Text]) -> Text:
    """Join pieces with a separator."""
    made = Text()
    for number, piece in enumerate(pieces):
        made = line(made, between, piece) if number else line(piece)
    return made


def glued(text: str) -> str:
    """Keep a command, or anything else with spaces, on one line."""
    return text.replace(" ", GLUE)


def unglued(made: Text) -> Text:
    """Turn glue into the spaces that it stands for, once all lines are broken."""
    made.plain = made.plain.replace(GLUE, " ")
    return made


def wrapped(text: Text, width: int) -> Lines:
    """Break a text into lines of at most so many cells, at spaces; a word that is wider than a line is broken where it must be."""
    room = max(width, NARROWEST)
    if cell_len(text.plain) <= room:
        return [text]
    lines = text.divide(_breaks(text.plain, room))
    for made in lines:
        made.rstrip()
    return [made for made in lines if made.plain]


def _breaks(plain: str, room: int) -> list[int]:
    breaks: list[int] = []
    used = place = 0
    for word in _words(plain):
        size = cell_len(word.rstrip(" "))
        if used and used + size > room:
            breaks.append(place)
            used = 0
        if size > room:
            cuts = _cuts(word, room)
            breaks += [place + cut for cut in cuts]
            used = cell_len(word[cuts[-1] :])
        else:
            used += cell_len(word)
        place += len(word)
    return breaks


def _words(plain: str) -> Iterable[str]:
    """Split after each run of spaces, so that the words together are the text."""
    start = 0
    for place in range(1, len(plain)):
        if plain[place - 1] == " " and plain[place] != " ":
            yield plain[start:place]
            start = place
    yield plain[start:]


def _cuts(word: str, room: int) -> list[int]:
    """Where to break a word wider than a line: after the last of `/ ( , # _ -` in the line, else where the line is full."""
    cuts: list[int] = []
    used = start = soft = 0
    for place, character in enumerate(word):
        size = cell_len(character)
        if used + size > room:
            cuts.append(soft if soft > start else place)
            start = cuts[-1]
            used = cell_len(word[start:place])
        used += size
        soft = place + 1 if character in "/(,#_-" else soft
    return cuts or [len(word)]


def hung(first: Part, body: Text, width: int, rest: Part | None = None) -> Lines:
    """Put `body` after `first`, and go on under it (or after `rest`)."""
    lead = line(first)
    under = Text(" " * lead.cell_len) if rest is None else line(rest)
    rows = wrapped(body, width - max(lead.cell_len, under.cell_len))
    return [line(under if number else lead, row) for number, row in enumerate(rows)]


@frozen()
class Cell:
    """A column of a row: its text, and how wide it is."""

    text: Text
    width: int


def columns(cells: Sequence[Cell], indent: int = 0, gap: int = 2) -> Lines:
    """Lay cells side by side, each wrapped in its own width."""
    stacks = [wrapped(cell.text, cell.width) for cell in cells]
    return [_row(stacks, cells, number, indent, gap) for number in range(max(len(stack) for stack in stacks))]


def _row(stacks: Sequence[Lines], cells: Sequence[Cell], number: int, indent: int, gap: int) -> Text:
    made = Text(" " * indent)
    for stack, cell in zip(stacks, cells, strict=True):
        piece = stack[number] if number < len(stack) else Text()
        made.append_text(piece)
        made.append(" " * (cell.width - cell_len(piece.plain) + gap))
    made.rstrip()
    return made
