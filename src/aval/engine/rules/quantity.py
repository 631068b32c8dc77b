"""Quantities: told totals join by the greatest lower and the least upper end, never by addition (semantics 2.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aval.model.statement import Amount, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What accepted statements leave of a number. An end that nobody gave is `None`; `contested` where they exclude each other."""

    low: Decimal | None
    high: Decimal | None

    @property
    def contested(self) -> bool:
        """Whether the statements exclude each other."""
        return self.low is not None and self.high is not None and self.low > self.high

    def amount(self, unit: str) -> Amount:
        """Give it as an amount in that unit."""
        return Amount(low=self.low, high=self.high, unit=unit)


def join(statements: Sequence[Statement]) -> Told:
    """Join what accepted statements tell of one quantity."""
    amounts = [statement.amount for statement in statements if statement.amount is not None]
    lows = [amount.low for amount in amounts if amount.low is not None]
    highs = [amount.high for amount in amounts if amount.high is not None]
    return Told(low=max(lows, default=None), high=min(highs, default=None))
