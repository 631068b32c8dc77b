"""Instants and legal days (semantics 2.2).

An instant is an int64 count of microseconds since 1970-01-01T00:00Z. Intervals are half-open. A civil text (`2026`, `2026-01`,
`2026-01-06`, `2026-01-06T18:44+01:00`) names a *range* of instants in a time zone; only a legal day is taken as exact.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from aval.model.frozen import frozen

Instant = int

NEVER: Instant = 2**63 - 1
"""After everything: what has this instant does not come."""
ALWAYS: Instant = -(2**63)
"""Before everything: what has this instant was always so."""

FIRST_DAY, LAST_DAY = date(1, 1, 4), date(9999, 12, 28)
"""The days that can be written. The calendar ends a few days further on, so that each can be shown in every zone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_MACHINES = frozenset({"localtime", "posixrules", "factory", "posix", "right"})
_CIVIL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}:\d{2})?)?)?)?", re.ASCII)


@frozen()
class Range:
    """The instants from `lo` to `hi`, both included: where an imprecise occurrence lies."""

    lo: Instant
    hi: Instant


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """Give the time zone of that IANA name. Raises `KeyError` or `ValueError` for one that is unknown or a machine's own."""
    if is_machines(name):
        raise KeyError(name)
    return ZoneInfo(name)


def is_machines(name: str) -> bool:
    """Whether a zone is another one on another machine, as `localtime` is, or is missing there."""
    return name.partition("/")[0].casefold() in _MACHINES


def from_datetime(moment: datetime) -> Instant:
    """Turn an aware datetime into an instant."""
    return (moment - _EPOCH) // _MICROSECOND


def to_datetime(instant: Instant, zone_name: str = "UTC") -> datetime:
    """Turn a finite instant into an aware datetime in that zone. Raises `OverflowError` where the zone's calendar has no such day."""
    where = zone(zone_name)
    try:
        return (_EPOCH + instant * _MICROSECOND).astimezone(where)
    except ValueError as error:  # Python says either: a year 0 is wrong, a year 10000 too large
        raise OverflowError(str(error)) from None


def day_start(day: date, zone_name: str) -> Instant:
    """Give the first instant of a civil day in a zone."""
    return from_datetime(datetime(day.year, day.month, day.day, tzinfo=zone(zone_name)))


def next_day(day: date) -> date:
    """Give the civil day after, or the last one there is."""
    return day if day == date.max else day + timedelta(days=1)


@lru_cache(maxsize=200_000)
def read_civil(text: str, zone_name: str) -> Range | None:
    """Give the range of instants that a civil text names in a zone; `None` if it is not one, not a real date, or at the calendar's end."""
    match = _CIVIL.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, _, second, offset = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last = first if day else date(first.year, first.month if month else 12, _month_length(first, whole_year=not month))
        if first < FIRST_DAY or last > LAST_DAY:
            return None
        if hour is not None:
            return _read_time(text if second else f"{text[:16]}:00{text[16:]}", has_offset=offset is not None, zone_name=zone_name)
        return Range(day_start(first, zone_name), day_start(next_day(last), zone_name) - 1)
    except (ValueError, OverflowError):
        return None


def _read_time(text: str, *, has_offset: bool, zone_name: str) -> Range:
    moment = datetime.fromisoformat(text)
    instant = from_datetime(moment if has_offset else moment.replace(tzinfo=zone(zone_name)))
    return Range(instant, instant)


def _month_length(first: date, *, whole_year: bool) -> int:
    return 31 if whole_year else calendar.monthrange(first.year, first.month)[1]


def is_date(text: str) -> bool:
    """Whether a civil text names one whole day."""
    match = _CIVIL.fullmatch(text)
    return match is not None and match.group(3) is not None and match.group(4) is None


def show(instant: Instant, zone_name: str) -> str:
    """Write an instant: the day where it is the first instant of one in that zone, else day and time; `always`, `never` at the ends.

    What a rule counts past the end of the calendar is `never` too, and what it counts back before the beginning `always`.
    """
    if instant >= NEVER:
        return "never"
    if instant <= ALWAYS:
        return "always"
    try:
        moment = to_datetime(instant, zone_name)
    except OverflowError:
        return "never" if instant > 0 else "always"
    if moment.time() == datetime.min.time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes" if moment.second == 0 and moment.microsecond == 0 else "seconds")
