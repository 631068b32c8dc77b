"""A clock that stands still, against one that counts day by day (semantics 2.2)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from aval.engine.algebra import complement, spans
from aval.engine.operators.paused import delayed_by
from aval.engine.rows import rows_of
from aval.model.columns import Frame, Timeline
from aval.model.expression import Duration, Unit
from aval.model.instant import from_datetime

START = datetime(2026, 1, 1, tzinfo=UTC)
DAYS = 40
HOUR = timedelta(hours=1)


def instant(hours: int) -> int:
    return from_datetime(START + hours * HOUR)


def counted(hours: int, number: int, stands_still: list[bool]) -> int:
    """Count on day by day: a day on which the clock stands still is not counted."""
    day = hours // 24
    while number:
        number -= not (day < len(stands_still) and stands_still[day])
        day += 1
    return day * 24


WHICH = st.lists(st.sampled_from(["yes", "no", "open"]), min_size=DAYS, max_size=DAYS)


@given(WHICH, st.integers(0, 20), st.integers(0, 12), st.integers(1, 15), st.data())
def test_every_way_in_which_it_can_have_stood_still_lies_in_the_range(
    told: list[str], first: int, width: int, number: int, data: st.DataObject
) -> None:
    yes, no = (spans((0, instant(day * 24), instant(day * 24 + 24)) for day in range(DAYS) if told[day] == side) for side in ("yes", "no"))
    ever = spans([(0, instant(0), instant(DAYS * 24))])
    pauses = Timeline(Frame(), yes, complement(spans([(0, *span) for span in _but(ever.of(0), no.of(0))]), Frame()))
    base = rows_of(Frame(), [(0, instant(24 * first), instant(24 * (first + width)), -1)])
    ((lo, hi),) = delayed_by(base, Duration(number, Unit.DAY), pauses, "Etc/UTC").of(0)
    stood = [one == "yes" or (one == "open" and data.draw(st.booleans())) for one in told]
    began = 24 * (first + data.draw(st.integers(0, width)))
    assert lo <= instant(counted(began, number, stood)) <= hi
    if width == 0 and "open" not in told:
        assert lo == hi


def _but(whole: list[tuple[int, int]], parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of one stretch without the parts, which is where the clock may have stood still."""
    (start, end) = whole[0]
    edges = [start, *(edge for part in parts for edge in part), end]
    return [(begin, until) for begin, until in zip(edges[::2], edges[1::2], strict=True) if begin < until]
