"""Civil texts, legal days and date arithmetic (semantics 2.2)."""

from __future__ import annotations

from datetime import date

import pytest

from aval.engine.operators.delay import add, later
from aval.model.expression import Duration, Unit
from aval.model.instant import ALWAYS, NEVER, read_civil, show, to_datetime, zone

PARIS = "Europe/Paris"
DAY = 86_400_000_000


def test_a_day_a_month_and_a_year_are_ranges() -> None:
    day, month, year = (read_civil(text, PARIS) for text in ("2026-01-06", "2026-01", "2026"))
    assert day is not None
    assert month is not None
    assert year is not None
    assert day.hi - day.lo == DAY - 1
    assert month.hi - month.lo == 31 * DAY - 1
    assert year.lo == month.lo
    assert show(day.lo, PARIS) == "2026-01-06"
    assert show(year.hi + 1, PARIS) == "2027-01-01"


def test_a_day_of_changing_clocks_is_longer_or_shorter() -> None:
    spring, autumn = (read_civil(text, PARIS) for text in ("2026-03-29", "2026-10-25"))
    assert spring is not None
    assert autumn is not None
    assert (spring.hi - spring.lo + 1, autumn.hi - autumn.lo + 1) == (DAY * 23 // 24, DAY * 25 // 24)


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13", "06.01.2026", "2026-1-6", "2026-01-06T25:00Z", "", "tomorrow", "٢٠٢٦", "0000"])
def test_what_is_no_date_is_refused(text: str) -> None:
    assert read_civil(text, PARIS) is None


def test_a_time_with_an_offset_is_exact_and_its_zone_is_its_own() -> None:
    here, there = read_civil("2026-01-06T18:44+01:00", "Etc/UTC"), read_civil("2026-01-06T17:44Z", PARIS)
    assert here == there
    assert here is not None
    assert here.lo == here.hi


@pytest.mark.parametrize(
    ("start", "duration", "end"),
    [
        ("2020-10-24", Duration(90, Unit.DAY), "2021-01-22"),  # TPNW
        ("2008-04-03", Duration(30, Unit.DAY), "2008-05-03"),  # CRPD
        ("1993-12-21", Duration(90, Unit.DAY), "1994-03-21"),  # UNFCCC
        ("2016-10-27", Duration(12, Unit.MONTH), "2017-10-27"),  # Rome Statute, Burundi
        ("2023-06-26", Duration(24, Unit.MONTH), "2025-06-26"),  # Hong Kong Convention
        ("2026-08-31", Duration(6, Unit.MONTH), "2027-02-28"),  # clamps to the month's end
        ("2024-02-29", Duration(1, Unit.YEAR), "2025-02-28"),
        ("2026-01-06", Duration(2, Unit.WEEK), "2026-01-20"),
    ],
)
def test_days_and_months_after_come_out_as_history_counted_them(start: str, duration: Duration, end: str) -> None:
    assert add(date.fromisoformat(start), duration).isoformat() == end


def test_days_are_civil_and_hours_are_exact() -> None:
    evening = read_civil("2026-03-28T20:00", PARIS)
    assert evening is not None
    assert show(later(evening.lo, Duration(1, Unit.DAY), PARIS), PARIS) == "2026-03-29T20:00+02:00"
    assert show(later(evening.lo, Duration(24, Unit.HOUR), PARIS), PARIS) == "2026-03-29T21:00+02:00"


def test_the_ends_of_time_stay_where_they_are() -> None:
    assert [later(end, Duration(3, Unit.YEAR), PARIS) for end in (ALWAYS, NEVER)] == [ALWAYS, NEVER]
    assert later(read_civil_lo("9999-12-28"), Duration(9, Unit.DAY), PARIS) == NEVER


def read_civil_lo(text: str) -> int:
    found = read_civil(text, PARIS)
    assert found is not None
    return found.lo


EDGES = ["9999-12-31", "9999-12-29", "9999-12", "9999", "9999-12-31T23:59:59-23:59", "0001-01-01", "0001-01-03", "0001-01", "0001"]


@pytest.mark.parametrize("text", [*EDGES, "0001-01-01T00:00+23:59", "9999-12-29T00:00Z"])
def test_the_ends_of_the_calendar_are_no_dates(text: str) -> None:
    assert read_civil(text, PARIS) is None
    assert read_civil(text, "Pacific/Kiritimati") is None


@pytest.mark.parametrize("name", ["Etc/GMT+12", "Pacific/Kiritimati", "Asia/Manila", "America/Juneau", "Europe/Paris", "UTC"])
@pytest.mark.parametrize("text", ["0001-01-04", "0001-01-04T00:00+23:59", "9999-12-28", "9999-12-28T23:59:59-23:59"])
def test_every_date_that_can_be_written_can_be_shown_in_every_zone(text: str, name: str) -> None:
    found = read_civil(text, name)
    assert found is not None
    assert found.lo <= found.hi
    for other in ("Etc/GMT+12", "Pacific/Kiritimati", name):
        for instant in (found.lo, found.hi, found.hi + 1):
            assert show(instant, other)[:2] in ("00", "99")


def test_what_is_counted_past_the_calendar_is_shown_as_never_and_before_it_as_always() -> None:
    last, first = read_civil_lo("9999-12-28"), read_civil_lo("0001-01-04")
    for days in (3, 4, 9, 10_000_000):
        shown = show(last + days * DAY, "Pacific/Kiritimati")
        assert shown == "never" or shown.startswith("9999-12-31")
        shown = show(first - days * DAY, "Etc/GMT+12")
        assert shown == "always" or shown.startswith("0001-01-01")
    assert (show(NEVER - 1, PARIS), show(ALWAYS + 1, PARIS)) == ("never", "always")
    with pytest.raises(OverflowError):
        to_datetime(NEVER - 1, PARIS)
    with pytest.raises(OverflowError):
        to_datetime(last + 4 * DAY, "Pacific/Kiritimati")


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "posix/Europe/Paris", "right/Europe/Paris", "LOCALTIME"])
def test_a_zone_that_is_another_one_on_another_machine_is_none(name: str) -> None:
    with pytest.raises(KeyError):
        zone(name)
