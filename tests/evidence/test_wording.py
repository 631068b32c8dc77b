"""Phrases of time become bounds, never a guess."""

from __future__ import annotations

import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aval.evidence.wording import read_wording

ZONE = "Europe/Paris"
TUESDAY = "2026-01-06"
THURSDAY = "2026-01-08"


def bounds(phrase: str, said: str = TUESDAY, *, throughout: bool = False) -> tuple[str, str] | None:
    when = read_wording(phrase, said, ZONE, throughout=throughout)
    assert when is None or when.wording == phrase
    return (when.first, when.last) if when else None


@pytest.mark.parametrize(
    ("phrases", "said", "first", "last"),
    [
        ("today, heute, Heute., this morning, heute Abend, derzeit", TUESDAY, TUESDAY, TUESDAY),
        ("yesterday, gestern, gestern Abend, yesterday evening", TUESDAY, "2026-01-05", "2026-01-05"),
        ("vorgestern, the day before yesterday, two days ago, vor 2 Tagen, vor zwei Tagen", TUESDAY, "2026-01-04", "2026-01-04"),
        ("tomorrow, morgen", TUESDAY, "2026-01-07", "2026-01-07"),
        ("last night", TUESDAY, "2026-01-05", "2026-01-06"),
        ("Tuesday, on Tuesday, am Dienstag, Dienstagabend, on  Tuesday morning", TUESDAY, TUESDAY, TUESDAY),
        ("Tuesday, am Dienstag", "2026-01-06T18:44+01:00", TUESDAY, TUESDAY),
        ("Tuesday, am Dienstag, diesen Dienstag", THURSDAY, TUESDAY, TUESDAY),
        ("am Mittwoch, Wednesday", TUESDAY, "2025-12-31", "2025-12-31"),
        ("Tuesday night, Dienstagnacht", THURSDAY, TUESDAY, "2026-01-07"),
        ("last Tuesday, am vergangenen Dienstag, letzten Dienstag", THURSDAY, "2025-12-30", TUESDAY),
        ("last Tuesday, am letzten Dienstag", TUESDAY, "2025-12-30", "2025-12-30"),
        ("in September, im September, September", "2025-09-04", "2025-09-01", "2025-09-30"),
        (
            "in September, im September, in September 2025, September 2025, early September, Ende September",
            TUESDAY,
            "2025-09-01",
            "2025-09-30",
        ),
        ("im Januar", TUESDAY, "2026-01-01", "2026-01-31"),
        ("4 September, am 4. September, September 4, on September 4th, September 4 2025", TUESDAY, "2025-09-04", "2025-09-04"),
        ("4 September 2024, am 4. September 2024, the 4th of September 2024", TUESDAY, "2024-09-04", "2024-09-04"),
        ("29 February, am 29. Februar", TUESDAY, "2024-02-29", "2024-02-29"),
        ("in 2022, im Jahr 2022", TUESDAY, "2022-01-01", "2022-12-31"),
        ("in 2022-02", TUESDAY, "2022-02-01", "2022-02-28"),
        ("last week, letzte Woche, in der vergangenen Woche", TUESDAY, "2025-12-28", "2026-01-04"),
        ("this week, diese Woche, in dieser Woche", TUESDAY, "2026-01-04", "2026-01-11"),
        ("next week, nächste Woche", TUESDAY, "2026-01-11", "2026-01-18"),
        ("last month, im vergangenen Monat, letzten Monat, im Vormonat", TUESDAY, "2025-12-01", "2025-12-31"),
        ("last year, letztes Jahr, im vergangenen Jahr, im Vorjahr", TUESDAY, "2025-01-01", "2025-12-31"),
        ("this year, in diesem Jahr, dieses Jahr", TUESDAY, "2026-01-01", "2026-12-31"),
        ("two weeks ago, vor zwei Wochen, vor 2 Wochen", TUESDAY, "2025-12-17", "2025-12-29"),
        ("a month ago, vor einem Monat", TUESDAY, "2025-11-07", "2026-01-05"),
        ("three years ago, vor drei Jahren", TUESDAY, "2022-01-07", "2024-01-05"),
        ("six hours ago, vor 6 Stunden", TUESDAY, "2026-01-05", TUESDAY),
        ("months ago, several months ago, vor Monaten, vor einigen Monaten", TUESDAY, "", "2025-12-06"),
        ("months ago, vor Monaten", "2026-03-31", "", "2026-02-28"),
        ("weeks ago, vor Wochen", TUESDAY, "", "2025-12-30"),
        ("years ago, vor vielen Jahren", TUESDAY, "", "2025-01-06"),
        ("recently, kürzlich, vor kurzem", TUESDAY, "", TUESDAY),
        ("since September, seit September", TUESDAY, "2025-09-01", TUESDAY),
        ("since 24 February 2022, seit dem 24. Februar 2022, seit 2022-02-24", TUESDAY, "2022-02-24", TUESDAY),
        ("for three months, seit drei Monaten", TUESDAY, "2025-09-07", TUESDAY),
        ("for months, seit Monaten", TUESDAY, "", TUESDAY),
        ("until 4 September 2025, bis zum 4. September 2025, by 4 September 2025", TUESDAY, "", "2025-09-04"),
        ("so far, bisher, bislang, until now", TUESDAY, "", TUESDAY),
        ("before 4 September 2025, vor dem 4. September 2025", TUESDAY, "", "2025-09-03"),
        ("before September 2025, vor September 2025", TUESDAY, "", "2025-08-31"),
        ("after 4 September 2025, nach dem 4. September 2025", TUESDAY, "2025-09-05", ""),
        ("from Monday to Wednesday, zwischen Montag und Mittwoch, von Montag bis Mittwoch", THURSDAY, "2026-01-05", "2026-01-07"),
        ("yesterday", "2026-01", "2025-12-31", "2026-01-30"),
        ("today", "2026-01-06T23:30-05:00", TUESDAY, "2026-01-07"),
    ],
)
def test_a_phrase_becomes_bounds(phrases: str, said: str, first: str, last: str) -> None:
    for phrase in phrases.split(", "):
        assert bounds(phrase, said) == (first, last), phrase


@pytest.mark.parametrize(
    "phrase",
    [
        "around Easter",
        "",
        "soon",
        "31 February",
        "29 February 2025",
        "in Septembre",
        "before September",
        "until Tuesday",
        "by September",
        "nach Dienstag",
        "vor",
        "since",
        "since tomorrow",
        "9999 years ago",
        "9999 weeks ago " * 9,
        "0000-00-00",
        "in 0000",
        "since " * 12 + "2022",
        "١ days ago",
    ],
)
def test_what_is_not_understood_gives_nothing(phrase: str) -> None:
    assert bounds(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "said", "sure"),
    [
        ("since September", TUESDAY, ("2025-09-30", TUESDAY)),
        ("since 2022", TUESDAY, ("2022-12-31", TUESDAY)),
        ("seit Monaten", TUESDAY, ("2025-12-06", TUESDAY)),
        ("until 4 September 2025", TUESDAY, ("", "2025-09-03")),
        ("bis heute", TUESDAY, ("", TUESDAY)),
        ("in September", TUESDAY, ("2025-09-01", "2025-09-30")),
        ("early September", TUESDAY, None),
        ("months ago", TUESDAY, None),
        ("last Tuesday", THURSDAY, None),
        ("last week", TUESDAY, None),
        ("yesterday", "2026-01", None),
    ],
)
def test_what_held_throughout_is_told_only_where_it_is_sure(phrase: str, said: str, sure: tuple[str, str] | None) -> None:
    assert bounds(phrase, said, throughout=True) == sure


PHRASES = some.sampled_from(
    [
        "Tuesday",
        "am Freitag",
        "last Monday",
        "in May",
        "yesterday",
        "last week",
        "3 weeks ago",
        "months ago",
        "since May",
        "4 July",
        "im Vorjahr",
    ]
)
DAYS = some.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


@given(phrase=PHRASES, day=DAYS)
def test_the_past_ends_on_the_day_of_the_report_or_in_its_month(phrase: str, day: date) -> None:
    found = bounds(phrase, day.isoformat())
    assert found is not None
    first, last = found
    assert first <= day.isoformat()
    assert last <= (day + timedelta(days=31)).isoformat()
    assert first <= last


@given(phrase=PHRASES, day=DAYS)
def test_a_coarser_report_never_narrows_the_bounds(phrase: str, day: date) -> None:
    fine, coarse = bounds(phrase, day.isoformat()), bounds(phrase, day.isoformat()[:7])
    assert fine is not None
    assert coarse is not None
    assert coarse[0] <= fine[0]
    assert fine[1] <= coarse[1]


@given(phrase=PHRASES, day=DAYS)
def test_what_is_sure_lies_inside_what_is_possible(phrase: str, day: date) -> None:
    outer, sure = bounds(phrase, day.isoformat()), bounds(phrase, day.isoformat(), throughout=True)
    assert outer is not None
    assert sure is None or (outer[0] <= sure[0] <= sure[1] <= outer[1])


@given(
    some.text(alphabet=string.ascii_letters + string.digits + " .,äöüß-", max_size=90),
    some.sampled_from([TUESDAY, "0001", "9999-12-31", "x"]),
)
def test_no_phrase_breaks_it(phrase: str, said: str) -> None:
    read_wording(phrase, said, ZONE)
    read_wording(phrase, said, ZONE, throughout=True)
