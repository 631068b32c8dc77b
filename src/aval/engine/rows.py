"""Making a column of occurrences from rows that were worked out one by one."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from aval.engine.algebra import moments
from aval.model.columns import Frame, Moments


def rows_of(frame: Frame, rows: Iterable[tuple[int, int, int, int]]) -> Moments:
    """Make occurrences from (key, lo, hi, cause) rows."""
    table = np.array(list(rows), np.int64).reshape(-1, 4)
    return moments(frame, table[:, 0], table[:, 1], table[:, 2], table[:, 3])
