"""Quantities: told totals join by the greatest lower and the least upper end, never by addition (semantics 2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aval.model.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What accepted statements leave of a number. An end that nobody gave is `None`; `contested` where they exclude each other."""

    low: Decimal | None
    high: Decimal | None

    @property
    def contested(self) -> bool:
        """Whether the statements exclude each other."""
        return self.low is not None and self.high is not None and self.low > self.high

    def __str__(self) -> str:
        """Write the number or range in words."""
        if self.low is None and self.high is None:
            return "open"
        if self.contested:
            return f"contested: {self.high} or {self.low}"
        if self.low == self.high:
            return str(self.low)
        return f"{self.low} to {self.high}" if None not in (self.low, self.high) else _one_end(self.low, self.high)


def _one_end(low: Decimal | None, high: Decimal | None) -> str:
    return f"at least {low}" if high is None else f"at most {high}"


def join(statements: Sequence[Statement]) -> Told:
    """Join what accepted statements tell of one quantity."""
    amounts = [statement.amount for statement in statements if statement.amount is not None]
    lows = [amount.low for amount in amounts if amount.low is not None]
    highs = [amount.high for amount in amounts if amount.high is not None]
    return Told(low=max(lows, default=None), high=min(highs, default=None))
