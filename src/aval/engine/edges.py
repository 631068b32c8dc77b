"""Where a column changes: between two of its edges it has one value, whichever instance is asked."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aval.engine.algebra import stored
from aval.engine.rules.duty import Course
from aval.model.columns import Ints, Moments, Numbers, Timeline


def edges_of(column: Timeline | Moments | Numbers) -> Iterator[Ints]:
    """Yield every instant that a column holds, in any order and as often as it comes."""
    if isinstance(column, Timeline):
        for spans in map(stored, (column.yes, column.no, column.carried)):
            yield spans.start
            yield spans.end
        return
    if isinstance(column, Numbers):
        yield np.array([edge for pieces in column.pieces.values() for start, end, _ in pieces for edge in (start, end)], np.int64)
        return
    yield column.lo
    yield column.hi
    if isinstance(column, Course):
        yield np.array(column.counts, np.int64).reshape(-1)
        for part in column.words.values():
            yield from edges_of(part)
