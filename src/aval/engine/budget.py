"""The step budget (semantics 2.10): costs are counted rows, never wall time, so that every machine gives the same verdict."""

from __future__ import annotations

from dataclasses import dataclass

from aval.engine.codes import TOO_COSTLY
from aval.model.problem import Problem, Span, Unsupported

DEFAULT_STEPS = 200_000_000
"""Rows that one evaluation may make. The Paris case uses fewer than a million."""


@dataclass(slots=True)
class Budget:
    """Counts the rows made so far and stops an evaluation that makes too many."""

    limit: int = DEFAULT_STEPS
    spent: int = 0

    def spend(self, steps: int, span: Span) -> None:
        """Count `steps` for the clause at `span`. Raises `Unsupported` past the limit."""
        self.spent += steps
        if self.spent > self.limit:
            message = f"this clause would take the evaluation past {self.limit} steps"
            hint = "give its parameters smaller groups, or ask about fewer readings at once"
            raise Unsupported((Problem(code=TOO_COSTLY, message=message, span=span, hint=hint),))
