"""English for lists and sentences: "A, B and C", a capital letter."""

from __future__ import annotations

import re
from collections.abc import Sequence


def listed(things: Sequence[str], last: str = "and") -> str:
    """Join a list: `A`, `A and B`, `A, B and C`."""
    return f"{', '.join(things[:-1])} {last} {things[-1]}" if len(things) > 1 else "".join(things)


def first_sentence(text: str) -> str:
    """Give a note's first sentence, without its full stop."""
    return re.split(r"(?<=[.;])\s", text.strip(), maxsplit=1)[0].rstrip(".;")


def capital(text: str) -> str:
    """Begin with a capital letter."""
    return text[:1].upper() + text[1:]
