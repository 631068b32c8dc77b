"""Term identity: how one instance of a declaration is named, such as `deployed(SWE, land)`.

One spelling per term: the declared name, then its arguments by position, a comma and a space between them, no brackets where there
are none. Two terms are the same if and only if their texts are equal.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NAME = r"[A-Za-z_][A-Za-z_0-9]*"
_TERM = re.compile(rf"\s*({_NAME})\s*(?:\(\s*({_NAME}(?:\s*,\s*{_NAME})*)?\s*\))?\s*")
MAX_LENGTH = 400


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """A declared name with its arguments, each a name."""

    name: str
    args: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the one spelling of this term."""
        return f"{self.name}({', '.join(self.args)})" if self.args else self.name

    @classmethod
    def parse(cls, text: str) -> Term | None:
        """Read a term, loose spaces allowed; `None` if the text is not one."""
        match = _TERM.fullmatch(text) if len(text) <= MAX_LENGTH else None
        if match is None:
            return None
        inner = match.group(2)
        return cls(match.group(1), tuple(part.strip() for part in inner.split(",")) if inner else ())
