"""Problems on their way: a sentence about one field of one row, before it has its place."""

from __future__ import annotations

from collections.abc import Collection

from aval.evidence.words import near
from aval.model.frozen import frozen
from aval.model.problem import Code, Span


@frozen(kw_only=True)
class Complaint:
    """What is wrong with one field (`key`; `""` is the row as a whole).

    `miss` asks for a did-you-mean: the word, and what it may have meant. It is looked up only if the problem is listed. `offset` is a place
    in the row where no field is known.
    """

    code: Code
    message: str
    key: str = ""
    hint: str = ""
    miss: tuple[str, Collection[str]] | None = None
    offset: int | None = None
    notes: tuple[tuple[Span, str], ...] = ()

    def full_hint(self) -> str:
        """Give the hint, the near miss before it."""
        found = near(*self.miss) if self.miss else ""
        return " ".join(part for part in (found, self.hint) if part)
