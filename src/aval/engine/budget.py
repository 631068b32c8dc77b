"""The step budget (semantics 2.10): costs are counted rows, never wall time, so that every machine gives the same verdict."""

from __future__ import annotations

from dataclasses import dataclass

from aval.engine.codes import TOO_COSTLY
from aval.model.problem import Problem, Span, Unsupported

DEFAULT_STEPS = 200_000_000
"""Rows that one evaluation may make, whatever was said. The Paris case uses fewer than a million."""
STEPS_EACH = 100
"""How many more it may make for every statement: much evidence is no explosion."""


def allowance(statements: int) -> int:
    """Give how many rows one evaluation of so many statements may make."""
    return DEFAULT_STEPS + STEPS_EACH * statements


@dataclass(slots=True)
class Budget:
    """Counts the rows made so far and stops an evaluation that makes too many."""

    limit: int = DEFAULT_STEPS
    spent: int = 0

    def spend(self, steps: int, span: Span) -> None:
        """Count `steps` for the clause at `span`. Raises `Unsupported` past the limit."""
        self.foresee(steps, span, "this clause")
        self.spent += steps

    def foresee(self, steps: int, span: Span, what: str) -> None:
        """Look whether `what` can take so many steps, without counting them. Raises `Unsupported` where it cannot."""
        if self.spent + steps > self.limit:
            message = f"{what} would take {steps:,} steps, beside {self.spent:,} before it; one evaluation may take {self.limit:,}"
            hint = "give its parameters smaller groups, or ask about fewer readings at once"
            raise Unsupported((Problem(code=TOO_COSTLY, message=message, span=span, hint=hint),))
