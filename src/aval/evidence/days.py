"""Spans of days, and the little arithmetic that phrases of time need."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from aval.model.frozen import frozen


@frozen(kw_only=True)
class Days:
    """What a phrase names: the first and the last day that it can mean (`None`: no such end).

    `sure` is the span that it names for certain, by which a state that held throughout is told: the same span for "in September",
    a narrower one for "since September", and none for "months ago".
    """

    first: date | None
    last: date | None
    sure: tuple[date | None, date | None] | None


def named(first: date, last: date) -> Days:
    """A span that everybody understands alike."""
    return Days(first=first, last=last, sure=(first, last))


def vague(first: date | None, last: date | None) -> Days:
    """A span in which it lies somewhere."""
    return Days(first=first, last=last, sure=None)


def add_days(day: date, number: int) -> date:
    """Give the day so many days later. Raises `OverflowError` beyond the calendar."""
    return day + timedelta(days=number)


def add_months(day: date, number: int) -> date:
    """Give the same day so many months later, or the last of that month (2.2: clamps). Raises `ValueError` beyond the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def whole_month(year: int, month: int) -> Days:
    """Give a month."""
    return named(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def whole_year(year: int) -> Days:
    """Give a year."""
    return named(date(year, 1, 1), date(year, 12, 31))


def latest_day(today: date, month: int, day: int) -> date:
    """Give the latest such day of a year that is not after today. Raises `ValueError` if no year has it."""
    years = (today.year - back for back in range(9))  # 29 February can be eight years back
    found = (date(year, month, day) for year in years if year > 0 and 0 < day <= calendar.monthrange(year, month)[1])
    latest = next((candidate for candidate in found if candidate <= today), None)
    if latest is None:
        raise ValueError(f"no year has a day {day} in month {month}")
    return latest


def ago(today: date, number: int, unit: str) -> Days:
    """Give the bounds of "three weeks ago". Days are counted exactly; of longer units people drop a part, to either side."""
    if unit == "day":
        return named(add_days(today, -number), add_days(today, -number))
    if unit == "hour":
        return vague(add_days(today, -(number // 24 + 1)), today)
    return vague(add_days(back(today, number + 1, unit), 1), add_days(back(today, number - 1, unit), -1))


def back(today: date, number: int, unit: str) -> date:
    """Give the day so many days, weeks, months or years before."""
    if unit in ("day", "hour"):
        return add_days(today, -number)
    if unit == "week":
        return add_days(today, -7 * number)
    return add_months(today, -number * (12 if unit == "year" else 1))
