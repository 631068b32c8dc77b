"""Text from a case, made inert: what could move a cursor, turn the writing around or hide is spelt out, such as `<U+202E>`."""

from __future__ import annotations

import re

LIMIT = 2000
"""how many characters of one field are shown; no honest name or sentence is longer"""

_SPACE = re.compile(r"[ \t\r\n]+")
_HIDDEN = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # control characters, the escape of ANSI sequences among them
    "\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u3164\ufeff\uffa0"  # invisible, or marks of direction
    "\u2028-\u202e\u2060-\u206f\ufff9-\ufffb"  # line and paragraph ends, embeddings, overrides, isolates
    "\ud800-\udfff"  # halves of a character, which no encoding can write
    "\U000e0000-\U000e0fff"  # tags
    "]"
)
_ACCENT = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_ACCENT}{{4}}){_ACCENT}+")


def spelt(text: str) -> str:
    """Spell out every character that is not to reach a screen; everything else stays, each character by itself."""
    return _HIDDEN.sub(lambda hit: f"<U+{ord(hit[0]):04X}>", text)


def safe(text: str, limit: int = LIMIT) -> str:
    """Make a field fit for one line of any screen: white space is one space, hidden characters show, the rest of a flood is counted.

    Of the accents piled on one letter four are left.
    """
    head, rest = text[:limit], len(text) - limit
    shown = _PILE.sub(r"\1", spelt(_SPACE.sub(" ", head).strip()))
    return f"{shown} … ({rest} more characters)" if rest > 0 else shown


def escaped(document: str) -> str:
    """Write hidden characters of a JSON text as JSON escapes: the same document, and inert on a terminal."""
    return _HIDDEN.sub(lambda hit: _json_escape(hit[0]) if hit[0] != "\n" else "\n", document)


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[place : place + 4]}" for place in range(0, len(units), 4))
