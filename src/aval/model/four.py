"""The four values (semantics 2.3): Belnap's logic over *told yes* and *told no*."""

from __future__ import annotations

from enum import StrEnum


class Value(StrEnum):
    """What the accepted evidence says of a state at one instant.

    *open* means that nobody knows; *contested* that accepted evidence speaks for both sides.
    """

    YES = "yes"
    NO = "no"
    OPEN = "open"
    CONTESTED = "contested"

    @classmethod
    def of(cls, *, yes: bool, no: bool) -> Value:
        """Join what was told for a state and what was told against it."""
        if yes:
            return cls.CONTESTED if no else cls.YES
        return cls.NO if no else cls.OPEN

    @property
    def told_yes(self) -> bool:
        """Whether there is accepted evidence that it holds."""
        return self in (Value.YES, Value.CONTESTED)

    @property
    def told_no(self) -> bool:
        """Whether there is accepted evidence that it does not hold."""
        return self in (Value.NO, Value.CONTESTED)

    @property
    def settled(self) -> bool:
        """Whether the answer is a plain yes or a plain no."""
        return self in (Value.YES, Value.NO)
