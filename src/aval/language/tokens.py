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

COMMENT = "COMMENT"
"""From `#` to the end of its line."""

INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # controls other than tab and line end
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # direction of writing
    "\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb"  # no width, or a line end
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"  # no characters, and tags
)
"""Characters that do not show, or that make a line read otherwise than it is written."""


class Token(NamedTuple):
    """A token: its terminal, how it is written, and its offsets in the document, the end exclusive."""

    kind: str
    text: str
    start: int
    end: int


_WORDS = frozenset(("NAME", "SIGN"))
"""What may be a word or a sign of the grammar."""


@cache
def _pattern() -> re.Pattern[str]:
    own = tables().patterns
    kinds = {
        "_FIRST_DAY": own["_FIRST_DAY"],
        "_A_FINDING": own["_A_FINDING"],
        "_TIMES": own["_TIMES"],
        "_DAY_AFTER": own["_DAY_AFTER"],
        "_MIDNIGHT_AFTER": own["_MIDNIGHT_AFTER"],
        "NAME": own["NAME"] + r"(?!\w)",
        "STRING": own["STRING"],
        "COMMENT": own["COMMENT"],
        "DATE": own["DATE"],
        "ORDINAL": own["ORDINAL"],
        "FRACTION": own["FRACTION"],
        "NUMBER": own["NUMBER"],
        "INT": own["INT"],
        "SIGN": r"[(),:]",
        CURLY: '[“”„«][^“”„«»"\n]*[“”»"]',
        UNCLOSED: r'["“”„«][^\n]*',
        STRANGE: r"\w+|[\s\S]",
    }
    one = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items())
    return re.compile(rf"(?:{own['WHITE']})?+(?:{one}|\Z)")  # possessive: no white space is given back to be strange, or looked at twice


def tokenize(text: str, start: int, end: int, *, comments: bool = False) -> list[Token]:
    """Give the tokens between two offsets, white space and characters that do not show left out, and comments unless they are wanted."""
    words, make = tables().words, tuple.__new__  # a named tuple's own way takes twice as long
    found: list[Token] = []
    for match in _pattern().finditer(text, start, end):
        kind = match.lastgroup
        if kind is None:  # white space at the end
            break
        written, (first, last) = match[kind], match.span(kind)
        if kind in _WORDS:
            kind = words.get(written, kind)
        elif (kind == COMMENT and not comments) or (kind == STRANGE and INVISIBLE.match(written)):
            continue
        elif kind == "_DAY_AFTER" and not (found and found[-1].kind == "ORDINAL"):
            # only a 30th day is counted by one word; in `1 day after` the day is a unit
            day, after = written[: len("day")], written[-len("after") :]
            found.append(Token(words.get(day, "NAME"), day, first, first + len(day)))
            found.append(Token(words.get(after, "NAME"), after, last - len(after), last))
            continue
        found.append(make(Token, (kind, written, first, last)))
    return found
