"""Calendar: deadlines and moments, for each party, as exactly as they are known and no more exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field

from aval.answers.inquiry import Inquiry
from aval.answers.items import terms
from aval.answers.naming import label_of, names
from aval.answers.readings import spread
from aval.answers.shapes import Coordinates, Unanswered
from aval.answers.unanswered import answered
from aval.engine.lookup import look
from aval.model.agreement import Duty, Moment, Party, params_of
from aval.model.columns import Moments
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant, read_civil
from aval.model.term import Term

DEADLINE, MOMENT = "deadline", "moment"
_NOBODY = "-"


@frozen(kw_only=True)
class Entry:
    """One deadline or one occurrence of a moment, on one choice of readings.

    It lies from `earliest` to `latest`, both included; `earliest` is `None` where nobody told before when it cannot have come, `latest`
    where nothing tells that it comes. A text of ten characters is a day in the zone of its agreement, a longer one an instant. `sure` says
    how: `exact` (one day or one instant), `range`, `latest` (by then), `earliest` (not before), `contested` (told to have come by `latest`,
    and not before `earliest`).
    """

    kind: str
    term: str
    number: int
    """which occurrence of the term on these readings, from 1; with the term and the readings it names the entry"""
    label: str
    bearer: str
    """who has to keep a deadline; empty for a moment"""
    counterparty: str
    parties: tuple[str, ...]
    """whom it is about; empty for everybody"""
    reading: str
    """the readings on which it is so; empty where all agree"""
    sure: str
    earliest: str | None
    latest: str | None
    standing: str
    """of a deadline: whether the duty is owed when it falls: owed, open or contested"""
    passed: bool
    """whether it has come for certain at the view"""
    agreement: str
    clause: str


@frozen(kw_only=True)
class Calendar:
    """Deadlines and moments at one view, the earliest first.

    `unset` are the terms whose instant nothing tells, and which have no entry; `party`, `start` and `end` are what was asked for.
    """

    title: str
    coordinates: Coordinates
    party: str | None
    start: str | None
    end: str | None
    entries: tuple[Entry, ...]
    unset: tuple[str, ...] = ()
    unanswered: tuple[Unanswered, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)


@frozen()
class _Row:
    """An entry, and where it lies."""

    lo: Instant
    hi: Instant
    entry: Entry


def calendar(inquiry: Inquiry, party: str | None = None, start: Instant | None = None, end: Instant | None = None) -> Calendar:
    """Give every deadline and every moment, of one party or of all, that may lie between two instants, both included."""
    agreements = inquiry.world.agreements
    wanted: list[Duty | Moment] = [one for one in agreements.declarations.values() if isinstance(one, Duty | Moment)]
    found, unanswered = answered(wanted, inquiry, lambda one: [(term, _rows(one, term, inquiry)) for term in terms(one, inquiry)])
    rows = [row for _, some in found for row in some if _concerns(row.entry, party) and _within(row, start, end)]
    asked = [(term, some) for term, some in found if party is None or party in term.args or not _parties(term, inquiry)]
    return Calendar(
        title=inquiry.manifest.title,
        coordinates=inquiry.coordinates(),
        party=party,
        start=inquiry.date(start),
        end=inquiry.date(end),
        entries=tuple(row.entry for row in sorted(rows, key=_rank)),
        unset=tuple(str(term) for term, some in asked if not some),
        unanswered=tuple(unanswered),
        names=names(inquiry),
    )


def _rank(row: _Row) -> tuple[object, ...]:
    """By the first instant at which it can come, then by the last, by term and reading."""
    first = min(row.lo, row.hi) if row.lo > ALWAYS else row.hi
    return (first, row.hi, row.entry.term, row.entry.reading, row.entry.number)


def _concerns(entry: Entry, party: str | None) -> bool:
    return party is None or not entry.parties or party in entry.parties


def _within(row: _Row, start: Instant | None, end: Instant | None) -> bool:
    """Whether it may lie in a span of time."""
    lo, hi = min(row.lo, row.hi), max(row.lo, row.hi)
    return (start is None or hi >= start) and (end is None or lo <= end)


def _parties(term: Term, inquiry: Inquiry) -> tuple[str, ...]:
    return tuple(arg for arg in term.args if inquiry.world.agreements.get(arg, Party) is not None)


def _rows(declared: Duty | Moment, term: Term, inquiry: Inquiry) -> list[_Row]:
    """Give the entries of one term, on each reading where they differ."""
    world, name = inquiry.world, declared.meta.name
    values = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
    column = world.deadlines(name) if isinstance(declared, Duty) else world.occurrences(name)

    def rows_at(readings: Mapping[str, str]) -> str:
        at = {**values, **readings}
        rows = [(lo, hi, _standing(declared, at, lo, hi, inquiry)) for lo, hi in _told(column, at)]
        return ";".join(f"{lo},{hi},{word}" for lo, hi, word in rows if word != _NOBODY)

    found = spread(world.questions_of(name), rows_at)
    by_reading = found.by_reading if found.value is None else {"": found.value}
    return [row for reading, text in by_reading.items() for row in _made(declared, term, reading, text, inquiry)]


def _told(column: Moments, values: Mapping[str, str]) -> Iterator[tuple[Instant, Instant]]:
    """Yield where an instance lies, once for each instant; what is denied, or only possible without any bound, lies nowhere."""
    key = column.frame.key(values)
    rows = dict.fromkeys(column.of(key) if key is not None else [])
    yield from ((lo, hi) for lo, hi in rows if lo < NEVER and not (lo <= ALWAYS and hi >= NEVER))


def _standing(declared: Duty | Moment, values: Mapping[str, str], lo: Instant, hi: Instant, inquiry: Inquiry) -> str:
    """Say whether a duty is owed just before its deadline; a deadline of what is not owed then is none."""
    if isinstance(declared, Moment):
        return ""
    before = (hi if hi < NEVER else lo) - 1
    value = look(inquiry.world.state(declared.meta.name), values, before).value
    return {Value.NO: _NOBODY, Value.YES: "owed"}.get(value, value.value)


def _made(declared: Duty | Moment, term: Term, reading: str, text: str, inquiry: Inquiry) -> Iterator[_Row]:
    values = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
    bearer, counterparty = (
        (values.get(name.text, name.text) for name in (declared.bearer, declared.counterparty)) if isinstance(declared, Duty) else ("", "")
    )
    zone = inquiry.world.zone(declared.meta.name)
    parties = dict.fromkeys(one for one in (bearer, counterparty, *_parties(term, inquiry)) if one)
    for number, piece in enumerate(filter(None, text.split(";")), start=1):
        lo, hi, word = piece.split(",")
        sure, earliest, latest = _bounds(int(lo), int(hi), zone)
        entry = Entry(
            kind=DEADLINE if isinstance(declared, Duty) else MOMENT,
            term=str(term),
            number=number,
            label=label_of(declared, term, inquiry),
            bearer=bearer,
            counterparty=counterparty,
            parties=tuple(parties),
            reading=reading,
            sure=sure,
            earliest=earliest,
            latest=latest,
            standing=word,
            passed=int(lo) <= int(hi) < NEVER and _end(latest, zone) <= inquiry.at,
            agreement=declared.meta.agreement,
            clause=inquiry.clause(declared.meta.span),
        )
        yield _Row(int(lo), int(hi), entry)


def _end(latest: str | None, zone: str) -> Instant:
    """Give the last instant at which it can come: of a day its end, so that what falls today has not passed."""
    found = read_civil(latest, zone) if latest else None
    return found.hi if found else NEVER


def _bounds(lo: Instant, hi: Instant, zone: str) -> tuple[str, str | None, str | None]:
    """Say how surely an instant is known, and its bounds, in the zone of its agreement, whose days are days of the law."""
    earliest = None if lo <= ALWAYS else Inquiry.day(lo, zone)
    latest = None if hi >= NEVER else Inquiry.day(hi, zone)
    if hi < lo:
        return "contested", earliest, latest
    if earliest is None or latest is None:
        return ("latest" if earliest is None else "earliest"), earliest, latest
    return ("exact" if earliest == latest else "range"), earliest, latest
