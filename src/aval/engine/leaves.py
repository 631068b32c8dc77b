"""Leaves: what accepted statements tell of events and reported states, as columns (semantics 2.2, 2.3)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

from aval.engine.algebra import Scale, complement, difference, intersection, join_moments, laid_out, moments, union
from aval.model.claims import Book, Claims, Coded
from aval.model.columns import Bools, Frame, Ints, Moments, Spans, Timeline
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant, is_date, read_civil
from aval.model.statement import Statement, When

V = TypeVar("V")


@frozen(kw_only=True)
class Told:
    """The accepted statements of one instance of a declaration."""

    key: int
    statements: Sequence[Statement]


@frozen()
class Clock:
    """Reads the civil texts of statements in one zone; a legal act's bare date is one exact legal day (2.2)."""

    zone: str
    legal_act: bool = False

    def happened(self, claims: Claims) -> tuple[Ints, Ints]:
        """Give the first and last instants at which they may have happened; nothing can have happened after it was said."""
        book, when = claims.book, claims.book.when.codes[claims.rows]
        first, last = book.once(("happened", self.zone, self.legal_act), lambda: _ends(book, self, (ALWAYS, NEVER)))
        starts = first[when]
        return starts, np.maximum(starts, np.minimum(last[when], self._said(claims)))

    def held(self, claims: Claims) -> tuple[Ints, Ints]:
        """Give the half-open spans over which a state is told to have held; without dates, the instant at which it was said.

        Where only the end is known, the last instant is told: nobody said since when.
        """
        book, when, said = claims.book, claims.book.when.codes[claims.rows], self._said(claims)
        first, last = book.once(("held", self.zone), lambda: _ends(book, Clock(self.zone), (ALWAYS, ALWAYS)))
        starts, ends = (np.where(end[when] == ALWAYS, said, end[when]) for end in (first, last))
        starts = np.where((first[when] == ALWAYS) & (last[when] != ALWAYS), np.minimum(said, ends), starts)
        return starts, np.minimum(np.maximum(starts, ends), NEVER - 1) + 1

    def _said(self, claims: Claims) -> Ints:
        said = claims.book.said
        instants = claims.book.once(("said", self.zone), lambda: _each(said.values, lambda text: _range(text, self.zone, exact=False)[1]))
        return instants[said.codes[claims.rows]]


def _ends(book: Book, clock: Clock, absent: tuple[Instant, Instant]) -> tuple[Ints, Ints]:
    """Give the first and the last instant of each distinct time; `absent` where an end is not told."""

    def end(when: When | None, place: int) -> Instant:
        text = "" if when is None else (when.first, when.last)[place]
        exact = clock.legal_act and when is not None and when.first == when.last
        return _range(text, clock.zone, exact=exact)[place] if text else absent[place]

    return _each(book.when.values, lambda when: end(when, 0)), _each(book.when.values, lambda when: end(when, 1))


def _range(text: str, zone: str, *, exact: bool) -> tuple[Instant, Instant]:
    found = read_civil(text, zone)
    lo, hi = (ALWAYS, NEVER) if found is None else (found.lo, found.hi)
    return (lo, lo) if exact and is_date(text) else (lo, hi)


def _each(values: Sequence[V], number: Callable[[V], int]) -> Ints:
    return np.fromiter(map(number, values), np.int64, len(values))


def occurrences(frame: Frame, claims: Claims, keys: Ints, clock: Clock, *, repeats: bool = False) -> Moments:
    """Join what was told of each occurrence: the latest "not before", the earliest "by then" (2.2); a denial moves the first to never.

    `keys` are the instances that the statements are about, -1 for none on the frame. Of what `repeats`, each time that is told is an
    occurrence of its own: a denial of one time speaks of that one, "it has not happened" of all.
    """
    known = keys >= 0
    if not known.all():
        claims, keys = claims.where(np.flatnonzero(known)), keys[known]
    first, last = clock.happened(claims)
    yes, dated = claims.ask(claims.book.polarity, bool), _asked(claims, "dated", lambda when: when is not None)
    # "it has not happened" speaks up to its own day; "it did not happen then" denies the occurrence
    lo, hi = np.where(yes, first, np.where(dated, NEVER, last)), np.where(yes, last, NEVER)
    if not repeats:
        key, lo, hi = _joined(keys, lo, hi)
        return moments(frame, key, lo, hi, key)
    return _apart(frame, claims, keys, lo, hi, general=~yes & ~dated)


def not_yet(frame: Frame, claims: Claims, keys: Ints, clock: Clock) -> Moments:
    """Give up to when it was said that something had not happened at all, whenever that may be: "it has not happened", without a date."""
    dated = _asked(claims, "dated", lambda when: when is not None)
    general = (keys >= 0) & ~claims.ask(claims.book.polarity, bool) & ~dated
    return occurrences(frame, claims.where(np.flatnonzero(general)), keys[general], clock)


def one_by_one(frame: Frame, told: Sequence[Told], clock: Clock) -> Moments:
    """Join what was told of each occurrence where the statements of each stand apart."""
    return join_moments(frame, [occurrences(frame, claims, keys, clock) for claims, keys in apart(told)])


def apart(told: Sequence[Told]) -> list[tuple[Claims, Ints]]:
    """Give the statements of each instance as a part of its own."""
    return [(Claims.of(item.statements), np.full(len(item.statements), item.key)) for item in told]


def _joined(keys: Ints, lo: Ints, hi: Ints) -> tuple[Ints, Ints, Ints]:
    """Join the ends of each key."""
    order = np.argsort(keys)
    keys = keys[order]
    opens = np.ones(len(keys), np.bool_)
    opens[1:] = keys[1:] != keys[:-1]
    places = np.flatnonzero(opens)
    if not len(places):
        return keys, lo, hi
    return keys[places], np.maximum.reduceat(lo[order], places), np.minimum.reduceat(hi[order], places)


def _apart(frame: Frame, claims: Claims, keys: Ints, lo: Ints, hi: Ints, general: Bools) -> Moments:
    """Join what was told of each time; one of which there are only denials is none. `general` ones speak of every time."""
    when = claims.book.when
    times = claims.book.once("times", lambda: Coded.of(None if time is None else (time.first, time.last) for time in when.values))
    width = len(times.values)
    place, low, high = _joined(keys * width + times.codes[when.codes[claims.rows]], lo, hi)
    told = high < NEVER
    key, low, high = place[told] // width, low[told], high[told]
    own, since, _ = _joined(keys[general], lo[general], hi[general])
    if len(own):
        found = np.minimum(np.searchsorted(own, key), len(own) - 1)
        low = np.where(own[found] == key, np.maximum(low, since[found]), low)
        place = np.minimum(np.searchsorted(key, own), max(0, len(key) - 1))
        rest = key[place] != own if len(key) else np.ones(len(own), np.bool_)
        key, low = np.concatenate((key, own[rest])), np.concatenate((low, since[rest]))
        high = np.concatenate((high, np.full(int(rest.sum()), NEVER)))
    return moments(frame, key, low, high, key)


def reports(frame: Frame, parts: Sequence[tuple[Claims, Ints]], clock: Clock, initial: Value) -> Timeline:
    """Lay the reports of a state out in time, and carry each value on until something else is told (2.3).

    Each part is some reports and the instances that they are about, -1 for none on the frame.
    """
    yes, no = _reported(parts, clock, polarity=True), _reported(parts, clock, polarity=False)
    carried_yes, carried_no = _carry(frame, yes, no), _carry(frame, no, yes)
    covered = union(yes, no, carried_yes, carried_no)
    if initial is not Value.OPEN:
        before = _until_told(frame, union(yes, no))
        carried_yes, carried_no = (
            (union(carried_yes, before), carried_no) if initial is Value.YES else (carried_yes, union(carried_no, before))
        )
        covered = union(covered, before)
    return Timeline(frame, union(yes, carried_yes), union(no, carried_no), difference(covered, union(yes, no)))


def _reported(parts: Sequence[tuple[Claims, Ints]], clock: Clock, *, polarity: bool) -> Spans:
    found = []
    for claims, keys in parts:
        tells, starts, ends = _side(claims, clock, polarity=polarity)
        known = keys[tells] >= 0
        found.append((keys[tells][known], starts[known], ends[known]))
    return laid_out(found)


def _side(claims: Claims, clock: Clock, *, polarity: bool) -> tuple[Bools, Ints, Ints]:
    def told() -> tuple[Bools, Ints, Ints]:
        tells = claims.ask(claims.book.polarity, lambda side: side is polarity) & _asked(claims, "tells", _tells)
        return tells, *clock.held(claims.where(tells))

    return claims.once(("reported", clock, polarity), told)


def _asked(claims: Claims, name: str, question: Callable[[When | None], bool]) -> Bools:
    """Answer a question about the time of each; there may be many times, so that it is put to each of them once for all terms."""
    when = claims.book.when
    answers = claims.book.once((name, "when"), lambda: np.fromiter(map(question, when.values), np.bool_, len(when.values)))
    return answers[when.codes[claims.rows]]


def _tells(when: When | None) -> bool:
    """Whether a report tells the whole of its span; one of some time in it tells nothing yet."""
    return when is None or when.throughout


def _carry(frame: Frame, mine: Spans, others: Spans) -> Spans:
    """Fill the gap after each told span, if the next thing told is the same value, or nothing is told after it."""
    gaps = complement(union(mine, others), frame)
    if not len(gaps) or not len(mine):
        return intersection(gaps, mine)
    opens = _touching(gaps.key, gaps.start, mine.key, mine.end)
    closes = _touching(gaps.key, gaps.end, mine.key, mine.start) | (gaps.end == NEVER)
    kept = opens & closes & ~_touching(gaps.key, gaps.start, others.key, others.end)
    kept &= ~_touching(gaps.key, gaps.end, others.key, others.start)
    return Spans(gaps.key[kept], gaps.start[kept], gaps.end[kept])


def _touching(keys: Ints, times: Ints, other_keys: Ints, other_times: Ints) -> Bools:
    """Which of these keys and times are among the others, which are in order."""
    if not len(other_keys):
        return np.zeros(len(keys), np.bool_)
    scale = Scale.of(np.append(other_keys[-1:], keys.max(initial=0)), times, other_times)
    others, wanted = scale.place(other_keys, other_times), scale.place(keys, times)
    found: Bools = others[np.minimum(np.searchsorted(others, wanted), len(others) - 1)] == wanted
    return found


def _until_told(frame: Frame, told: Spans) -> Spans:
    """Cover every instance until the first that was told of it."""
    first = np.full(frame.size, NEVER)
    np.minimum.at(first, told.key, told.start)
    return laid_out([(np.arange(frame.size, dtype=np.int64), np.full(frame.size, ALWAYS), first)])
