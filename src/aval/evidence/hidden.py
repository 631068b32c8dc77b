"""Characters that hide, reorder or command: a text that has one can show something else than it says.

Refused are control characters (terminal escapes, tab and line ends too), Unicode's own line ends, marks that change the direction of
text, invisible characters, non-characters and halves of characters. Accepted are the two joiners U+200C and U+200D, which Persian, Hindi
and emoji need, and everything that can be seen.
"""

from __future__ import annotations

import re

_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
_NO_CHARACTER = "\ufdd0-\ufdef\ufffe\uffff"
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_HALF = "\ud800-\udfff"
HIDDEN = re.compile(f"[{_CONTROL}{_BIDI}{_INVISIBLE}{_NO_CHARACTER}{_HALF}]")
_DIRECTION = re.compile(f"[{_BIDI}]")

_NAMES = {
    "\x00": "NUL",
    "\x07": "BELL",
    "\x08": "BACKSPACE",
    "\t": "TAB",
    "\n": "LINE FEED",
    "\r": "CARRIAGE RETURN",
    "\x1b": "ESCAPE, which begins a terminal command",
    "\x7f": "DELETE",
    "\x9b": "CONTROL SEQUENCE INTRODUCER, which begins a terminal command",
}


def find_hidden(text: str) -> int | None:
    """Give the offset of the first such character; `None` where there is none."""
    if text.isprintable():
        return None
    match = HIDDEN.search(text)
    return match.start() if match else None


def is_half(character: str) -> bool:
    """Whether it is a lone surrogate, half of a character."""
    return "\ud800" <= character <= "\udfff"


def name_of(character: str) -> str:
    """Name a character: its number and its name, and what it does where the name does not say so."""
    import unicodedata  # noqa: PLC0415  only a mistake needs it

    name = _NAMES.get(character) or unicodedata.name(character, "a control character" if ord(character) < 256 else "no character")  # noqa: PLR2004
    turns = ", which turns the direction of text" if _DIRECTION.match(character) else ""
    return f"U+{ord(character):04X} ({name}{turns})"
