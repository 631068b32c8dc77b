"""Times in words, read against the day of the report (semantics 2.2): bounds, never a guess.

A phrase names a span of days. Where usage differs, or a word is vague, the span is as wide as any usage makes it: "last Tuesday" covers
the latest Tuesday before the report and the one in the week before; "months ago" ends a month before the report and begins nowhere.
The phrase is kept beside the bounds. What is not understood gives nothing, and the author writes `first`, `last` and `wording`.

*Past.* A weekday, a day or a month without a year is the latest such one that has begun by the day of the report, because reports mostly
tell what was. For a plan write the year. After "until", "by", "before" and "after", which look either way, a date has to have its year.

*The day of the report* is the day in `said`: as it is written, and as it is in the zone of the case, should the two differ; with only a
month or a year in `said`, any day in it. Every phrase is read for the first and for the last such day, and the bounds reach from one to
the other.

*Outside and inside.* "Since September" begins at some time in September. For what lies somewhere in the span, the bounds reach out to
1 September. For what held throughout, they draw in to 30 September, from which day on it surely held. So too with "until".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from re import Match

from aval.evidence.calendar_words import MONTHS, NUMBERS, UNITS, WEEKDAYS
from aval.evidence.days import Days, add_days, ago, back, latest_day, named, vague, whole_month, whole_year
from aval.model.instant import read_civil, to_datetime
from aval.model.statement import When

EXAMPLES = '"Tuesday", "am Dienstag", "in September", "4 September 2025", "gestern", "last week", "vor 3 Tagen", "months ago", "seit 2022"'
"""What to show to someone whose phrase was not understood."""

_LONGEST = 80

_WEEKDAY = "|".join(WEEKDAYS)
_MONTH = "|".join(MONTHS)
_NUMBER = rf"\d{{1,4}}|{'|'.join(NUMBERS)}"
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_FEW = "a few|a couple of|some|several|many|einigen|ein paar|mehreren|wenigen|vielen"
_HOUR = r"\s?(?:morning|afternoon|evening|früh|morgen|vormittag|mittag|nachmittag|abend)"
_PERIOD = "week|month|year|woche|monat|jahr"
_THIS = "this|diese[rnsm]?|in diese[rm]"
_LAST = "last|(?:letzte|vergangene|vorige)[rsn]?|(?:in der|im|am) (?:letzten|vergangenen|vorigen)"
_NEXT = "next|(?:nächste|kommende)[rsn]?|(?:in der|im) (?:nächsten|kommenden)"

Reader = Callable[[Match[str], date], Days | None]


def read_wording(phrase: str, said: str, zone: str, *, throughout: bool = False) -> When | None:
    """Read a phrase against the day in `said`; `None` if it is not understood, or names no span that a state held throughout.

    `throughout` asks for the span that is sure, else the bounds are what is possible. The texts of the result are days.
    """
    whole = read_civil(said, zone)
    words = " ".join(phrase.lower().split()).rstrip(".,")
    if whole is None or not words or len(words) > _LONGEST:
        return None
    try:
        days = [to_datetime(end, zone).date() for end in (whole.lo, whole.hi)] + _written_day(said)
        early, late = _read(words, min(days)), _read(words, max(days))
    except (ValueError, OverflowError):  # a day that is in no calendar
        return None
    if early is None or late is None:
        return None
    first, last = early.first, late.last
    if throughout:
        if early.sure is None or late.sure is None:
            return None
        first, last = late.sure[0], early.sure[1]
        if first and last and first > last:
            return None
    return When(first=_text(first), last=_text(last), throughout=throughout, wording=phrase)


def _written_day(said: str) -> list[date]:
    return [date.fromisoformat(said[:10])] if len(said) >= len("2026-01-06") else []


def _text(day: date | None) -> str:
    return day.isoformat() if day else ""


def _read(words: str, today: date) -> Days | None:
    return _first_match(words, today, _PLAIN + _AROUND)


def _plain(words: str, today: date) -> Days | None:
    return _first_match(words, today, _PLAIN)


def _first_match(words: str, today: date, phrases: tuple[tuple[str, Reader], ...]) -> Days | None:
    for pattern, reader in phrases:
        match = re.compile(pattern, re.ASCII).fullmatch(words)  # compiled when first needed: `re` keeps it
        if match is not None:
            return reader(match, today)
    return None


def _day(shift: int) -> Reader:
    return lambda _, today: named(add_days(today, shift), add_days(today, shift))


def _night(shift: int) -> Reader:
    return lambda _, today: vague(add_days(today, shift), add_days(today, shift + 1))


def _weekday(match: Match[str], today: date) -> Days:
    day = add_days(today, -((today.weekday() - WEEKDAYS[match["weekday"]]) % 7))
    return named(day, day) if not match["night"] else vague(day, add_days(day, 1))


def _last_weekday(match: Match[str], today: date) -> Days:
    """The latest one before today, or the one of the week before: people mean either."""
    latest = add_days(today, -((today.weekday() - WEEKDAYS[match["weekday"]] - 1) % 7) - 1)
    earlier = add_days(latest, -7) if latest.isocalendar()[:2] == today.isocalendar()[:2] else latest
    return named(latest, latest) if earlier == latest else vague(earlier, latest)


def _calendar_unit(shift: int) -> Reader:
    """This, last or next week, month or year. A week may begin on Sunday or on Monday."""

    def read(match: Match[str], today: date) -> Days:
        unit = UNITS[match["unit"]]
        if unit == "week":
            monday = add_days(today, 7 * shift - today.weekday())
            return vague(add_days(monday, -1), add_days(monday, 6))
        moved = back(today.replace(day=1), -shift, unit)
        return whole_year(moved.year) if unit == "year" else whole_month(moved.year, moved.month)

    return read


def _ago(match: Match[str], today: date) -> Days:
    return ago(today, _number(match["number"]), UNITS[match["unit"]])


def _some_ago(match: Match[str], today: date) -> Days:
    """No number: at least one unit ago, and no telling how long."""
    return vague(None, back(today, 1, UNITS[match["unit"]]))


def _number(word: str) -> int:
    return NUMBERS.get(word) or max(int(word), 1)


def _month(match: Match[str], today: date) -> Days:
    month = MONTHS[match["month"]]
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    whole = whole_month(year, month)
    return vague(whole.first, whole.last) if match["part"] else whole


def _date(match: Match[str], today: date) -> Days:
    month, number = MONTHS[match["month"]], int(match["day"])
    day = date(int(match["year"]), month, number) if match["year"] else latest_day(today, month, number)
    return named(day, day)


def _civil(match: Match[str], _: date) -> Days:
    year, month, day = match["year"], match["number_of_month"], match["day"]
    if not month:
        return whole_year(int(year))
    if not day:
        return whole_month(int(year), int(month))
    exact = date(int(year), int(month), int(day))
    return named(exact, exact)


def _since(match: Match[str], today: date) -> Days | None:
    start = _plain(match["rest"], today) or _plain(f"vor {match['rest']}", today)
    if start is None or start.last is None or (start.first or date.min) > today:
        return None
    return Days(first=start.first, last=today, sure=(start.last, today) if start.last <= today else None)


def _until(match: Match[str], today: date) -> Days | None:
    end = _dated(match["rest"], today)
    return end and Days(first=None, last=end.last, sure=(None, end.first and add_days(end.first, -1)))


def _until_now(_: Match[str], today: date) -> Days:
    return Days(first=None, last=today, sure=(None, today))


def _before(match: Match[str], today: date) -> Days | None:
    end = _dated(match["rest"], today)
    return end and vague(None, end.first and add_days(end.first, -1))


def _after(match: Match[str], today: date) -> Days | None:
    start = _dated(match["rest"], today)
    return start and vague(start.last and add_days(start.last, 1), None)


def _by(match: Match[str], today: date) -> Days | None:
    end = _dated(match["rest"], today)
    return end and vague(None, end.last)


def _between(match: Match[str], today: date) -> Days | None:
    """From one date to another; without a year the first is the latest such one before the second."""
    end = _plain(match["end"], today)
    start = _plain(match["start"], end.first) if end and end.first else None
    if start is None or end is None or start.first is None or end.last is None:
        return None
    return Days(first=start.first, last=end.last, sure=(start.last, end.first))


def _dated(words: str, today: date) -> Days | None:
    """Read a date that cannot be taken for a later or an earlier one: it has its year, or is today."""
    return _plain(words, today) if _YEAR.search(words) or words in ("today", "heute") else None


_YEAR = re.compile(r"\b\d{4}\b", re.ASCII)


_PLAIN: tuple[tuple[str, Reader], ...] = (
    (rf"today|heute|now|currently|jetzt|derzeit|(?:this|heute){_HOUR}", _day(0)),
    (rf"yesterday|gestern|(?:yesterday|gestern){_HOUR}", _day(-1)),
    (r"(?:the )?day before yesterday|vorgestern", _day(-2)),
    (r"tomorrow|morgen", _day(1)),
    (r"tonight", _night(0)),
    (r"last night|yesterday night|gestern nacht", _night(-1)),
    (rf"(?:on |am |this |diesen )?(?P<weekday>{_WEEKDAY})(?:{_HOUR}|(?P<night>\s?(?:night|nacht)))?", _weekday),
    (rf"(?:on )?(?:{_LAST}) (?P<weekday>{_WEEKDAY})", _last_weekday),
    (r"(?:im )?vor(?P<unit>monat|jahr)", _calendar_unit(-1)),
    (rf"(?:{_THIS}) (?P<unit>{_PERIOD})", _calendar_unit(0)),
    (rf"(?:{_LAST}) (?P<unit>{_PERIOD})", _calendar_unit(-1)),
    (rf"(?:{_NEXT}) (?P<unit>{_PERIOD})", _calendar_unit(1)),
    (rf"(?P<number>{_NUMBER}) (?P<unit>{_UNIT}) (?:ago|earlier)", _ago),
    (rf"vor (?P<number>{_NUMBER}) (?P<unit>{_UNIT})", _ago),
    (rf"(?:(?:{_FEW}) )?(?P<unit>{_UNIT}) (?:ago|earlier)", _some_ago),
    (rf"vor (?:(?:{_FEW}) )?(?P<unit>{_UNIT})", _some_ago),
    (r"recently|lately|kürzlich|vor kurzem|jüngst|unlängst", lambda _, today: vague(None, today)),
    (rf"(?:in |im )?(?P<part>(?:early|mid|late|anfang|mitte|ende)[ -])?(?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?", _month),
    (rf"(?:on |am )?(?:the )?(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?", _date),
    (rf"(?:on )?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?", _date),
    (r"(?:in |im jahr |im jahre |on |am )?(?P<year>\d{4})(?:-(?P<number_of_month>\d\d)(?:-(?P<day>\d\d))?)?", _civil),
)
"""Phrases that name a time, in the order in which they are tried."""

_AROUND: tuple[tuple[str, Reader], ...] = (
    (r"until (?:now|today)|so far|bis (?:heute|jetzt)|bisher|bislang", _until_now),
    (rf"for (?P<rest>(?:(?:{_NUMBER}|{_FEW}) )?(?:{_UNIT}))", _since),
    (r"(?:since|seit) (?:dem |the )?(?P<rest>.+)", _since),
    (r"(?:by|bis spätestens|spätestens) (?:zum |am )?(?P<rest>.+)", _by),
    (r"(?:until|till|bis zum|bis) (?P<rest>.+)", _until),
    (r"(?:before|vor dem|vor) (?P<rest>.+)", _before),
    (r"(?:after|nach dem|nach) (?P<rest>.+)", _after),
    (r"(?:from|between|von|zwischen|vom) (?P<start>.+?) (?:to|and|until|bis zum|bis|und) (?:dem )?(?P<end>.+)", _between),
)
"""Phrases that name a time by another, in the order in which they are tried."""
