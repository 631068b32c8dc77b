"""The coordinates of an answer (semantics 2.1): at, known, recorded, readings, suppositions, viewer."""

from __future__ import annotations

from dataclasses import field

from aval.model.frozen import frozen
from aval.model.instant import Instant


@frozen(kw_only=True)
class View:
    """Where an answer stands.

    `at` is the instant in the world; `known` keeps what had been said by then; `recorded` what the ledger held by then (`None` is
    now). `readings` are (question, reading) pairs, sorted; a question that is not named is left open. `suppositions` are content ids of
    hypothetical statements; `viewer` is the party who looks (`""` is the public).
    """

    at: Instant
    known: Instant
    recorded: Instant | None = None
    readings: tuple[tuple[str, str], ...] = ()
    suppositions: tuple[str, ...] = ()
    viewer: str = field(default="")

    def reading_of(self, question: str) -> str | None:
        """Give the reading chosen for a question, if one is."""
        return dict(self.readings).get(question)
