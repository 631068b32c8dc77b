"""From the text of a block to tokens, with their places in the whole document. Nothing a user can write makes this fail."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from aval.language.tables import tables

UNCLOSED = "UNCLOSED"
"""A text that is not closed on its line."""
CURLY = "CURLY"
"""A text in curly quotes."""
STRANGE = "STRANGE"
"""A character, or a word with letters outside A to Z, that the language does not know."""

INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]")
"""Characters that do not show, or that make a line read otherwise than it is written."""


class Token(NamedTuple):
    """A token: its terminal, how it is written, and its offsets in the document, the end exclusive."""

    kind: str
    text: str
    start: int
    end: int


@cache
def _pattern() -> re.Pattern[str]:
    own = tables().patterns
    kinds = {
        "WHITE": own["WHITE"],
        "NAME": own["NAME"] + r"(?!\w)",
        "STRING": own["STRING"],
        "COMMENT": own["COMMENT"],
        "DATE": own["DATE"],
        "INT": own["INT"],
        "SIGN": r"[(),:]",
        CURLY: "[“”„«][^“”„«»\"\n]*[“”»\"]",
        UNCLOSED: r'["“”„«][^\n]*',
        STRANGE: r"\w+|[\s\S]",
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Give the tokens between two offsets, comments and white space left out."""
    words = tables().words
    found = []
    for match in _pattern().finditer(text, start, end):
        kind = match.lastgroup or STRANGE
        if kind in ("WHITE", "COMMENT"):
            continue
        written = match.group()
        if kind in ("NAME", "SIGN"):
            kind = words.get(written, kind)
        found.append(Token(kind, written, match.start(), match.end()))
    return found
