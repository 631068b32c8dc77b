"""Where a column changes: between two of its edges it has one value, whichever instance is asked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aval.engine.rules.duty import Course
from aval.model.columns import Ints, Moments, Timeline


def edges_of(column: Timeline | Moments) -> Iterator[Ints]:
    """Yield every instant that a column holds, in any order and as often as it comes."""
    if isinstance(column, Timeline):
        for spans in (column.yes, column.no, column.carried):
            yield spans.start
            yield spans.end
        return
    yield column.lo
    yield column.hi
    if isinstance(column, Course):
        yield np.array(column.counts, np.int64).reshape(-1)
        yield from edges_of(column.discharged)
