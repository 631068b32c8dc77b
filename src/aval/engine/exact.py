"""What is known to the instant: of rules that depend on each other through time, it has one solution only (decision 18)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from aval.engine.algebra import complement, settled
from aval.engine.at_once import Available
from aval.engine.edges import edges_of
from aval.engine.knots import HORIZON
from aval.engine.widening import Made
from aval.model.columns import Moments, Numbers, Timeline
from aval.model.instant import NEVER


def parts_of(made: Made) -> Iterable[Timeline | Moments]:
    """Give the columns of a declaration: one, or one for each of its values."""
    return made.values() if isinstance(made, Mapping) else (made,)


def is_exact(column: Timeline | Moments | Numbers) -> bool:
    """Whether all that a column says is known to the instant, and before the horizon."""
    if any(bool(((edge > HORIZON) & (edge < NEVER)).any()) for edge in edges_of(column)):
        return False
    if isinstance(column, Moments):
        return np.array_equal(column.lo, column.hi)
    if isinstance(column, Numbers):
        return True
    if isinstance(column, Available) and not is_exact(column.allowed):
        return False
    rest, no = settled(complement(column.yes, column.frame)), settled(column.no)
    return all(np.array_equal(getattr(rest, name), getattr(no, name)) for name in ("key", "start", "end"))
