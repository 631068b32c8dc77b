"""A calendar as iCalendar (RFC 5545): what is known to the day is a day; what is not is a span, or two entries, with words that say so.

Two exports of one answer are the same to the byte: the stamp is the date known, and an entry is named by its term.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from types import ModuleType
from typing import Any

from aval.answers.calendar import DEADLINE, Calendar, Entry
from aval.model.instant import read_civil, to_datetime
from aval.model.problem import Incorrect, Problem, Span
from aval.render.calendar import when
from aval.render.codes import NO_ICALENDAR
from aval.render.safe import safe

PRODUCT = "-//Aval//aval.calendar 1//EN"
_DAY = len("2026-01-06")
_NOTE = "Worked out by Aval from the texts and from what was said. Aval decides nothing."


def ics(found: Calendar) -> bytes:
    """Write a calendar as an iCalendar file. Raises `Incorrect` without the package `icalendar`."""
    made = _library()
    sheet = made.Calendar()
    sheet.add("prodid", PRODUCT)
    sheet.add("version", "2.0")
    sheet.add("name", safe(found.title))
    sheet.add("x-wr-calname", safe(found.title))
    sheet.add("description", _view(found))
    for one in found.entries:
        for part, begins, ends, words in _parts(one, found.coordinates.zone):
            sheet.add_component(_event(made, one, found, part=part, span=(begins, ends), words=words))
    written: bytes = sheet.to_ical()
    return written


def _library() -> ModuleType:
    try:
        import icalendar  # noqa: PLC0415  only this export needs it, and it may not be there
    except ImportError:
        message, hint = "iCalendar files need icalendar, which is not installed.", 'Install it: python -m pip install "aval[ics]"'
        raise Incorrect((Problem(code=NO_ICALENDAR, message=message, span=Span("--ics"), hint=hint),)) from None
    return icalendar


Stamp = date | datetime


def _parts(one: Entry, zone: str) -> Iterator[tuple[str, Stamp, Stamp | None, str]]:
    """Yield what stands in the calendar for one entry: a part's name, its beginning, its end (of days: the day after), and words."""
    first, last = one.earliest, one.latest
    if one.sure == "exact" and last is not None:
        begins = _stamp(last, zone)
        yield "", begins, _after(last) if not isinstance(begins, datetime) else None, ""
    elif one.sure == "range" and first is not None and last is not None:
        yield "", _day(first), _after(last), f"at some time from {first} to {last}, not known when"
    elif one.sure == "latest" and last is not None:
        yield "", _day(last), _after(last), f"by {last} at the latest, not known when"
    elif one.sure == "earliest" and first is not None:
        yield "", _day(first), _after(first), f"not before {first}, and it may never come"
    elif first is not None and last is not None:
        yield "told", _day(last), _after(last), f"contested: told to have come by {last}, and denied until {first}"
        yield "denied", _day(first), _after(first), f"contested: told to have come by {last}, and denied until {first}"


def _stamp(text: str, zone: str) -> Stamp:
    """Read a day as a day, and an instant as one in UTC, to the second."""
    if len(text) == _DAY:
        return date.fromisoformat(text)
    found = read_civil(text, zone)
    return to_datetime(found.lo, "UTC").replace(microsecond=0) if found else date.fromisoformat(text[:_DAY])


def _day(text: str) -> date:
    """Give the day of an instant; its text is written in the zone of the case already."""
    return date.fromisoformat(text[:_DAY])


def _after(text: str) -> date:
    return _day(text) + timedelta(days=1)


def _event(made: ModuleType, one: Entry, found: Calendar, *, part: str, span: tuple[Stamp, Stamp | None], words: str) -> Any:  # noqa: ANN401  the library's own
    event = made.Event()
    event.add("uid", uid(one, part, found))
    event.add("dtstamp", _known(found))
    event.add("dtstart", span[0])
    if span[1] is not None:
        event.add("dtend", span[1])
    event.add("summary", _summary(one, found, words))
    event.add("description", _description(one, found, words))
    if one.parties:
        event.add("categories", [safe(found.names.get(party, party)) for party in one.parties])
    vague = bool(words or one.reading or found.coordinates.suppositions or one.standing not in ("", "owed"))
    event.add("status", "TENTATIVE" if vague else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def uid(one: Entry, part: str, found: Calendar) -> str:
    """Name an entry by its term, so that the same date of a later export takes its place in a calendar."""
    names = (one.agreement, one.kind, one.term, one.reading, str(one.number), part, *sorted(found.coordinates.suppositions))
    return f"{sha256(chr(0).join(names).encode('utf-8', 'surrogatepass')).hexdigest()[:32]}@aval.invalid"


def _known(found: Calendar) -> datetime:
    read = read_civil(found.coordinates.known, found.coordinates.zone)
    return to_datetime(read.hi, "UTC").replace(microsecond=0) if read else datetime(1970, 1, 1, tzinfo=UTC)


def _summary(one: Entry, found: Calendar, words: str) -> str:
    """Write what it is in a line: whether it is only supposed, what, whose, and how vaguely it is known."""
    supposed = "[supposed] " if found.coordinates.suppositions else ""
    due = "due: " if one.kind == DEADLINE else ""
    bearer = found.names.get(one.bearer, one.bearer)
    who = f" ({bearer})" if bearer and bearer not in one.label else ""
    said = [f"{one.label or one.term}{who}", *([words] if words else []), *([f"only on {one.reading}"] if one.reading else [])]
    return supposed + due + ", ".join(map(safe, said))


def _description(one: Entry, found: Calendar, words: str) -> str:
    owed = (
        f"{found.names.get(one.bearer, one.bearer)} owes it to {found.names.get(one.counterparty, one.counterparty)}" if one.bearer else ""
    )
    standing = f"Whether it is owed then: {one.standing}" if one.standing not in ("", "owed") else ""
    reading = f"Only on the reading {one.reading}" if one.reading else ""
    lines = [when(one), words, owed, standing, reading, f"{one.term} in {one.agreement}, {PurePath(one.clause).name}", _view(found), _NOTE]
    return "\n".join(safe(text) for text in lines if text)


def _view(found: Calendar) -> str:
    at = found.coordinates
    readings = ", ".join(f"{question}={reading}" for question, reading in at.readings.items())
    pieces = [f"true on {at.at}", f"as known on {at.known}", *([f"as recorded on {at.recorded}"] if at.recorded else [])]
    pieces += [f"readings: {readings or 'none chosen'}", *([f"supposing {'; '.join(at.supposed)}"] if at.supposed else [])]
    return safe(", ".join(pieces))
