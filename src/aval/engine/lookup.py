"""Reading a column at one instance and instant."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from aval.model.columns import Moments, Spans, Timeline
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant


@frozen(kw_only=True)
class Seen:
    """A value at an instant: when its present run began, where that beginning may lie, when the run ends, and whether it is carried.

    `since` is `None` for a run without a beginning. `earliest` is before `since` where an open stretch leads up to it.
    """

    value: Value
    since: Instant | None
    earliest: Instant | None
    until: Instant | None
    carried: bool

    @property
    def exactly(self) -> Instant | None:
        """The beginning, where it is known exactly."""
        return self.since if self.since == self.earliest else None

    @property
    def by(self) -> Instant | None:
        """The instant by which it had begun, where the beginning is not known exactly."""
        return self.since if self.since != self.earliest else None


def look(timeline: Timeline, values: Mapping[str, str], at: Instant, run: int = 0) -> Seen:
    """Read the value of one instance at an instant; an instance that is not on the frame is open."""
    key = timeline.frame.key(values, run)
    if key is None:
        return Seen(value=Value.OPEN, since=None, earliest=None, until=None, carried=False)
    yes, no = timeline.yes.of(key), timeline.no.of(key)
    value, start, end = _value(yes, no, at)
    earliest = start
    if value is not Value.OPEN and start > ALWAYS:
        before, opened, _ = _value(yes, no, start - 1)
        earliest = opened if before is Value.OPEN else start
    return Seen(
        value=value,
        since=None if start == ALWAYS else start,
        earliest=None if earliest == ALWAYS else earliest,
        until=None if end == NEVER else end,
        carried=_covering(timeline.carried.of(key), at)[0],
    )


def covers(spans: Spans, key: int, at: Instant) -> bool:
    """Whether the set of one instance covers an instant."""
    return _covering(spans.of(key), at)[0]


def _value(yes: list[tuple[int, int]], no: list[tuple[int, int]], at: Instant) -> tuple[Value, Instant, Instant]:
    told_yes, yes_start, yes_end = _covering(yes, at)
    told_no, no_start, no_end = _covering(no, at)
    return Value.of(yes=told_yes, no=told_no), max(yes_start, no_start), min(yes_end, no_end)


def _covering(rows: list[tuple[int, int]], at: Instant) -> tuple[bool, Instant, Instant]:
    """Whether an interval covers the instant, and the edges of the stretch around it."""
    place = bisect_right(rows, (at, NEVER)) - 1
    if place >= 0 and rows[place][1] > at:
        return True, rows[place][0], rows[place][1]
    start = rows[place][1] if place >= 0 else ALWAYS
    end = rows[place + 1][0] if place + 1 < len(rows) else NEVER
    return False, start, end


def moment_at(column: Moments, values: Mapping[str, str], at: Instant) -> tuple[tuple[Instant, Instant], int] | None:
    """Give (lo, hi) of the last occurrence that has come by an instant, else of the first that is to come; and how many are told."""
    key = column.frame.key(values)
    rows = [] if key is None else column.of(key)
    if not rows:
        return None
    told = {row for row in rows if row[1] < NEVER}
    come = [row for row in told if row[1] <= at]
    chosen = max(come, key=lambda row: (row[1], row[0])) if come else min(rows, key=lambda row: (row[1], row[0]))
    return chosen, len(told)


def first_moment(column: Moments, values: Mapping[str, str], run: int = 0) -> tuple[Instant, Instant] | None:
    """Give (lo, hi) of the first occurrence of an instance, or `None`."""
    key = column.frame.key(values, run)
    rows = [] if key is None else column.of(key)
    return min(rows, key=lambda row: (row[1], row[0])) if rows else None
