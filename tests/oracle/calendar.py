"""Counting days for the oracle (semantics 2.2), with the standard library alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from aval.model import expression as ex
from aval.model.instant import ALWAYS, NEVER, Instant

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)
_EXACT = {ex.Unit.HOUR: timedelta(hours=1), ex.Unit.MINUTE: timedelta(minutes=1)}
_DAYS = {ex.Unit.DAY: 1, ex.Unit.WEEK: 7}
_MONTHS = {ex.Unit.MONTH: 1, ex.Unit.YEAR: 12}


def moved(node: ex.After | ex.Before | ex.Expiry | ex.MonthFirst | ex.Midnight, time: Instant, zone: str) -> Instant:
    """Give the instant that a moment counted from `time` comes at; the ends of time stay."""
    if time in (ALWAYS, NEVER):
        return time
    here = _civil(time, zone)
    match node:
        case ex.MonthFirst(number=number):
            return _instant(_day_start(_months_on(here.date().replace(day=1), number), zone))
        case ex.Midnight():
            return _instant(_day_start(here.date() + timedelta(days=1), zone))
        case ex.Expiry(duration=duration) if duration.unit not in _EXACT:
            return _instant(_day_start(_days_on(here.date(), duration, 1) + timedelta(days=1), zone))
        case ex.After(duration=duration) | ex.Before(duration=duration) | ex.Expiry(duration=duration):
            sign = -1 if isinstance(node, ex.Before) else 1
            if duration.unit in _EXACT:
                return time + sign * duration.number * _EXACT[duration.unit] // _STEP
            day = _days_on(here.date(), duration, sign)
            return _instant(datetime.combine(day, here.time(), here.tzinfo))


def stretched(
    duration: ex.Duration, time: Instant, zone: str, stops: Sequence[tuple[Instant, Instant]], *, whole_days: bool | None = None
) -> Instant:
    """Count a time that stands still in `stops` (in order, apart): days lose the days between the dates, hours the time itself."""
    if time in (ALWAYS, NEVER):
        return time
    first = moved(ex.After(duration, ex.Instant("")), time, zone)
    in_days = in_whole_days(duration) if whole_days is None else whole_days
    end, lost = first, 0
    for begin, stop in stops:
        start = max(begin, time)
        if start >= stop or start >= end:
            continue
        if stop == NEVER:
            return NEVER
        lost += (_civil(stop, zone).date() - _civil(start, zone).date()).days if in_days else stop - start
        end = moved(ex.After(ex.Duration(lost, ex.Unit.DAY), ex.Instant("")), first, zone) if in_days else first + lost
    return end


def in_whole_days(duration: ex.Duration) -> bool:
    """Whether it is counted in days or longer."""
    return duration.unit not in _EXACT


def day_of(time: Instant, zone: str) -> Instant:
    """Give the start of the day on which an instant lies."""
    return time if time in (ALWAYS, NEVER) else _instant(_day_start(_civil(time, zone).date(), zone))


def day_after(time: Instant, zone: str) -> Instant:
    """Give the start of the day after that on which an instant lies; what is past the calendar's end stays where it is."""
    try:
        return time if time in (ALWAYS, NEVER) else _instant(_day_start(_civil(time, zone).date() + timedelta(days=1), zone))
    except OverflowError:
        return time


def _civil(time: Instant, zone: str) -> datetime:
    return (_EPOCH + time * _STEP).astimezone(ZoneInfo(zone))


def _day_start(day: date, zone: str) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))


def _instant(moment: datetime) -> Instant:
    return (moment - _EPOCH) // _STEP


def _days_on(day: date, duration: ex.Duration, sign: int) -> date:
    if duration.unit in _DAYS:
        return day + timedelta(days=sign * duration.number * _DAYS[duration.unit])
    return _months_on(day, sign * duration.number * _MONTHS[duration.unit])


def _months_on(day: date, number: int) -> date:
    """The same day of a later month, or the last day of that month where it has no such day."""
    months = day.year * 12 + day.month - 1 + number
    for back in range(4):
        try:
            return date(months // 12, months % 12 + 1, day.day - back)
        except ValueError:
            continue
    raise AssertionError
