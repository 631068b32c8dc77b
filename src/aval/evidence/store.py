"""Stores: where the statements of a case are kept. Today over its text files, read only; the ledger keeps to the same contract.

The contract is narrow so that every backend can pass one suite of tests (`tests/stores`): the statements, a hash of what is held, and
the same store as it was at an earlier recorded time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Protocol, Self

from aval.evidence.codes import stores as codes
from aval.model.instant import Instant
from aval.model.problem import Problem, Span, Unsupported
from aval.model.statement import Statement

_DOMAIN = b"aval.head/1\n"


class Store(Protocol):
    """The contract of every store."""

    def statements(self) -> tuple[Statement, ...]:
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

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Keep them, each content once."""
        self._statements = {statement.id: statement for statement in statements}

    def statements(self) -> tuple[Statement, ...]:
        """Give all statements in the order of their ids."""
        return tuple(self._statements[id_] for id_ in sorted(self._statements))

    def head(self) -> str:
        """Give `sha256:` and the hash of `aval.head/1`, a line feed, and the sorted ids, each with a line feed after it."""
        ids = "".join(f"{id_}\n" for id_ in sorted(self._statements))
        return "sha256:" + hashlib.sha256(_DOMAIN + ids.encode()).hexdigest()

    def at(self, recorded: Instant | None) -> Self:
        """Give itself for now. Raises `Unsupported` for any other recorded time, which text files do not keep."""
        if recorded is None:
            return self
        message = "Text files do not keep when a statement was recorded."
        hint = "Ask for what was known on a day instead: --known. The recorded clock comes with the ledger, in a later version."
        raise Unsupported((Problem(code=codes.NO_LEDGER, message=message, span=Span("--recorded"), hint=hint),))
