"""Stores: where the statements of a case are kept. Here is the one over its text files, read only; `ledger/store.py` has the other.

The contract is narrow so that every backend can pass one suite of tests (`tests/stores`): the statements, a hash of what is held, and
the same store as it was at an earlier recorded time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from typing import Protocol, Self

from aval.evidence.codes import stores as codes
from aval.model.claims import Book, Claims, bound, id_lines
from aval.model.instant import Instant
from aval.model.problem import Problem, Span, Unsupported
from aval.model.statement import Statement

_DOMAIN = b"aval.head/1\n"


class Store(Protocol):
    """The contract of every store."""

    @property
    def keeps_recorded(self) -> bool:
        """Whether it keeps when each statement was recorded, so that `at` can go back."""
        ...

    def statements(self) -> Claims:
        """Give all statements it holds, each once, in the order of their ids. Live or not is for the view to say."""
        ...

    def head(self) -> str:
        """Give the hash of all it holds: equal if and only if the same statements are held, in whatever order they came."""
        ...

    def at(self, recorded: Instant | None) -> Self:
        """Give the store as it was at a recorded time; `None` is now. Raises `Unsupported` where it does not keep that time."""
        ...


class TextStore:
    """The statements that were read from the text files of a case."""

    keeps_recorded = False

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Keep them, each content once."""
        self._given = statements

    @cached_property
    def _book(self) -> Book:
        return bound(self._given)

    def statements(self) -> Claims:
        """Give all statements in the order of their ids."""
        return self._book.all()

    def head(self) -> str:
        """Give the hash of what is held."""
        return head_of(self._book)

    def at(self, recorded: Instant | None) -> Self:
        """Give itself for now. Raises `Unsupported` for any other recorded time, which text files do not keep."""
        if recorded is None:
            return self
        message = "Text files do not keep when a statement was recorded."
        hint = "Make a ledger with `aval import`; it keeps that time from then on. For what was known on a day: --known."
        raise Unsupported((Problem(code=codes.NO_LEDGER, message=message, span=Span("--recorded"), hint=hint),))


def head_of(book: Book) -> str:
    """Give `sha256:` and the hash of `aval.head/1`, a line feed, and the sorted ids, each with a line feed after it."""
    made = hashlib.sha256(_DOMAIN)
    for lines in id_lines(book):
        made.update(lines)
    return f"sha256:{made.hexdigest()}"
