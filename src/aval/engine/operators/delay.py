"""`90 days after M`, `90 days before M` (semantics 2.2): days and longer are civil in the agreement's zone, hours and shorter exact.

"N days after" is the date plus N, the day of the event excluded; months and years keep the day number and clamp to the month's end.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

import numpy as np

from aval.engine.algebra import distinct, join_moments, moments
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.engine.rows import rows_of
from aval.model.agreement import Moment
from aval.model.columns import Ints, Moments
from aval.model.expression import (
    After,
    AfterPaused,
    Any,
    Before,
    Duration,
    Expiry,
    Expression,
    ItsTrigger,
    Latest,
    Midnight,
    MonthFirst,
    Ref,
    Unit,
)
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant, day_start, from_datetime, next_day, to_datetime
from aval.model.reason import Mode, Reason

Moved = After | Before | Expiry | MonthFirst | Midnight
_EXACT = {Unit.HOUR: 3_600_000_000, Unit.MINUTE: 60_000_000}
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7}
_MONTHS = {Unit.MONTH: 1, Unit.YEAR: 12}


@frozen()
class Step:
    """One way to count on from an instant, in a zone. `move` keeps the ends of time.

    `exact` is the length where it is the same wherever it begins.
    """

    move: Callable[[Instant], Instant]
    zone: str
    exact: Duration | None = None


class _After:
    node = After

    def compute(self, node: After, scope: Scope, evaluation: Evaluation) -> Moments:
        return counted(node, scope, evaluation)

    def explain(self, node: After, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return explain_moved(f"{node.duration} after", node, scope, point, evaluation)

    def relax(self, node: After, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relax_moved(node, scope, wish, relaxing)


class _Before:
    node = Before

    def compute(self, node: Before, scope: Scope, evaluation: Evaluation) -> Moments:
        return counted(node, scope, evaluation)

    def explain(self, node: Before, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return explain_moved(f"{node.duration} before", node, scope, point, evaluation)

    def relax(self, node: Before, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relax_moved(node, scope, wish, relaxing)


def counted(node: Moved, scope: Scope, evaluation: Evaluation) -> Moments:
    """Count from a moment. From the latest of several, only what no newer one has overtaken by then is left."""
    steps, base, home = [step_of(node, evaluation.zone(scope.owner))], node.item, scope
    while not isinstance(base, Latest | ItsTrigger):
        named = _definition(base, evaluation)
        if isinstance(base, Moved):
            steps.append(step_of(base, evaluation.zone(home.owner)))
            base = base.item
        elif named is not None and isinstance(named.means[0].item, Latest):
            break
        elif named is not None and not named.params:
            home, base = Scope(named.meta.name, {}), named.means[0].item
        else:
            return moved(evaluation.moments(node.item, scope), steps[0])
    column = reached = evaluation.moments(base, home)
    for step in reversed(steps):
        reached = moved(reached, step, in_place=True)
    return not_overtaken(column, reached, inclusive=isinstance(base, ItsTrigger))


def _definition(node: Expression, evaluation: Evaluation) -> Moment | None:
    """Give the moment that a reference without `any` names, where it has one meaning on every reading."""
    if not isinstance(node, Ref) or any(isinstance(arg, Any) for arg in node.args):
        return None
    declared = evaluation.agreements.get(node.name, Moment)
    return declared if declared and len(declared.means) == 1 and not declared.means[0].question else None


def relax_moved(node: Moved, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for the moment that is counted from, so much earlier."""
    if relaxing.timeless:
        return relaxing.moment(node.item, scope, wish)
    move = step_of(node, relaxing.evaluation.zone(scope.owner)).move
    since = wish.since if wish.since == ALWAYS else latest(move, wish.since - 1) + 1
    return relaxing.moment(node.item, scope, replace(wish, by=latest(move, wish.by), since=since))


def latest(move: Callable[[Instant], Instant], by: Instant) -> Instant:
    """Give the last instant that a move brings no further than `by`."""
    low, high = by - _FAR, by + _FAR
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if move(middle) <= by else (low, middle)
    return low


_FAR = 3_000_000 * 86_400_000_000 // 40
"""microseconds, about two hundred years: no delay is longer"""


def step_of(node: Moved, zone: str) -> Step:
    """Give the way in which a moment is counted on from another."""
    match node:
        case After():
            return Step(lambda time: later(time, node.duration, zone), zone, _if_exact(node.duration))
        case Before():
            back = Duration(-node.duration.number, node.duration.unit)
            return Step(lambda time: later(time, back, zone), zone, _if_exact(back))
        case Expiry():
            return Step(lambda time: expiry(time, node.duration, zone), zone)
        case MonthFirst():
            return Step(lambda time: month_first(time, node.number, zone), zone)
        case Midnight():
            return Step(lambda time: _civil(time, zone, next_day), zone)


def delayed(column: Moments, duration: Duration, zone: str) -> Moments:
    """Give every occurrence a duration later."""
    return moved(column, Step(lambda time: later(time, duration, zone), zone, _if_exact(duration)))


def _if_exact(duration: Duration) -> Duration | None:
    return duration if duration.unit in _EXACT else None


def moved(column: Moments, step: Step, *, in_place: bool = False) -> Moments:
    """Move every occurrence, and with it the whole range in which it lies; each range is worked out once.

    `in_place` leaves the rows in the order of `column`.
    """
    make = Moments if in_place else moments
    if step.exact is not None:
        lo, hi = (later_each(times, step.exact, step.zone) for times in (column.lo, column.hi))
        return make(column.frame, column.key, lo, hi, column.cause)
    told = distinct(np.concatenate((column.lo, column.hi)))
    place = np.searchsorted(told, column.lo) * (len(told) + 1) + np.searchsorted(told, column.hi)
    pairs = distinct(place)
    ends = [(int(told[pair // (len(told) + 1)]), int(told[pair % (len(told) + 1)])) for pair in pairs.tolist()]
    table = np.array([span(*each, step) for each in ends], np.int64).reshape(-1, 2)[np.searchsorted(pairs, place)]
    return make(column.frame, column.key, table[:, 0], table[:, 1], column.cause)


def span(lo: Instant, hi: Instant, step: Step) -> tuple[Instant, Instant]:
    """Move a range: counting may turn back inside it, where days are clamped or clocks are put back, but its ends stay in order."""
    if lo == hi:
        return (step.move(lo),) * 2
    ends = sorted((lo, hi))
    inner = {turn for end in ends for turn in _turns(end, step) if ends[0] < turn < ends[1]} if lo < hi else set()
    times = [step.move(time) for time in (lo, hi, *inner)]
    return (min(times), max(times)) if lo < hi else (max(times), min(times))


def _turns(instant: Instant, step: Step) -> list[Instant]:
    """Give the instants within a day of another at which counting may turn back."""
    try:
        today = to_datetime(instant, step.zone).date()
        days = [today + timedelta(days=away) for away in (-1, 0, 1)]
        turns = [turn for day in days for turn in (day_start(day, step.zone), *_clock_changes(day, step.zone))]
        for day in days:
            reached = to_datetime(step.move(day_start(day, step.zone)), step.zone).date()
            for change in _clock_changes(reached, step.zone):
                walls = (to_datetime(change - 1, step.zone) + timedelta(microseconds=1), to_datetime(change, step.zone))
                turns += [from_datetime(wall.combine(day, wall.time(), wall.tzinfo)) for wall in walls]
    except (OverflowError, ValueError):
        return []
    return [time for turn in turns for time in (turn - 1, turn)]


@lru_cache(maxsize=1024)
def _clock_changes(day: date, zone: str) -> tuple[Instant, ...]:
    """Give the instant of the day at which its clocks are changed, if they are."""
    low, high = day_start(day, zone), day_start(next_day(day), zone)
    before, after = (to_datetime(time, zone).utcoffset() for time in (low, high))
    if before == after:
        return ()
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if to_datetime(middle, zone).utcoffset() == before else (low, middle)
    return (high,)


def not_overtaken(column: Moments, reached: Moments, *, inclusive: bool = False) -> Moments:
    """Keep what is counted from the latest of several, row by row: not from one that a newer one follows before its end is reached.

    Where that may be so, the end is only possible; where it is disputed, so is the end. Of those whose order is not known, the last
    that may have come is sure to be reached. `inclusive`: a newer one at the very end overtakes it too.
    """
    exact = (column.lo == column.hi) & (reached.lo == reached.hi)
    blurred = distinct(column.key[~exact])
    place = np.minimum(np.searchsorted(blurred, column.key), len(blurred) - 1)
    alone = blurred[place] != column.key if len(blurred) else np.ones(len(column), np.bool_)
    kept = alone & (reached.hi < NEVER)
    # the next later instant of the same instance; occurrences are sorted by key and instant
    key, hi = column.key, column.hi
    moves = np.flatnonzero((key[1:] != key[:-1]) | (hi[1:] != hi[:-1])) + 1
    following = np.concatenate((moves, np.full(1, len(key))))[np.searchsorted(moves, np.arange(len(key)), side="right")]
    has_next = following < len(key)
    has_next[has_next] = key[following[has_next]] == key[has_next]
    newer = np.where(has_next, hi[np.minimum(following, len(key) - 1)], NEVER) if len(key) else hi
    kept &= ~(has_next & ((newer <= reached.hi) if inclusive else (newer < reached.hi)))
    sure = Moments(column.frame, key[kept], reached.lo[kept], reached.hi[kept], column.cause[kept])
    rest = [Moments(column.frame, *(part[~alone] for part in (one.key, one.lo, one.hi, one.cause))) for one in (column, reached)]
    blurry = _not_overtaken(*rest, margin=1 if inclusive else 0) if len(blurred) else None
    return sure if blurry is None else join_moments(column.frame, [sure, blurry])


def _not_overtaken(column: Moments, reached: Moments, *, margin: int) -> Moments:
    """Compare all occurrences of an instance with each other; ends are put off by `margin`, so that one at the end counts as before it."""
    rows = list(zip(column.key.tolist(), column.lo.tolist(), column.hi.tolist(), strict=True))
    ends = [
        (lo + margin if lo < NEVER else lo, hi + margin if hi < NEVER else hi)
        for lo, hi in zip(reached.lo.tolist(), reached.hi.tolist(), strict=True)
    ]
    alike: dict[int, list[int]] = {}
    for place, (key, *_) in enumerate(rows):
        alike.setdefault(key, []).append(place)
    kept = []
    for place, (key, lo, hi) in enumerate(rows):
        end = ends[place]
        for other in alike[key]:
            if other != place:
                end = _overtaken((lo, hi), end, rows[other][1:], ends[other], last=(hi, place) > (rows[other][2], other))
        if min(end) < NEVER:
            kept.append((key, *(time - margin if time < NEVER else time for time in end), int(column.cause[place])))
    return rows_of(column.frame, kept)


Ends = tuple[Instant, Instant]


def _overtaken(own: Ends, end: Ends, newer: Ends, newer_end: Ends, *, last: bool) -> Ends:
    """Give what one other occurrence leaves of the end that is counted from an occurrence. `last`: the other cannot be the newer one."""
    lo, hi = end
    if newer[1] < newer[0]:
        overtakes = not last and min(own) < newer[1] < hi
        return (NEVER, hi) if overtakes else end
    if newer[1] < min(lo, hi):
        if newer[0] >= own[1]:
            # the newer one comes after this in any case; of one instant both are the latest
            return end if newer == own else (NEVER, NEVER)
        if lo <= hi:
            lo = max(lo, newer_end[0])  # from before the newer one nothing is reached
    return (lo, NEVER) if not last and newer[0] < hi else (lo, hi)


def explain_moved(text: str, node: Moved | AfterPaused, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    """Explain a moment that is counted from another."""
    part = evaluation.reason(node.item, scope, point)
    value, since = moment_value(evaluation.moments(node, scope), point)
    return Reason(text=f"{text} {part.text}", value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=(part,))


def later(instant: Instant, duration: Duration, zone: str) -> Instant:
    """Give the instant a duration after another; the ends of time stay where they are."""
    if instant in (ALWAYS, NEVER):
        return instant
    if duration.unit in _EXACT:
        return max(ALWAYS, min(NEVER, instant + duration.number * _EXACT[duration.unit]))
    try:
        here = to_datetime(instant, zone)
        return from_datetime(here.combine(add(here.date(), duration), here.timetz()))  # the same time of day, whatever the clocks do
    except (OverflowError, ValueError):
        return ALWAYS if duration.number < 0 else NEVER


def later_each(times: Ints, duration: Duration, zone: str) -> Ints:
    """Give the instant a duration after each of many."""
    if duration.unit not in _EXACT:
        known = distinct(times)
        found = np.fromiter((later(time, duration, zone) for time in known.tolist()), np.int64, len(known))
        return found[np.searchsorted(known, times)]
    length = duration.number * _EXACT[duration.unit]
    if abs(length) >= NEVER:
        return np.array([later(time, duration, zone) for time in times.tolist()], np.int64)
    # held back from the ends of time first, so that nothing overflows
    there = np.minimum(times, NEVER - length) + length if length >= 0 else np.maximum(times, ALWAYS - length) + length
    return np.where((times == ALWAYS) | (times == NEVER), times, there)


def expiry(instant: Instant, duration: Duration, zone: str) -> Instant:
    """Give the start of the day after the date plus the duration; hours and minutes run out exactly."""
    if duration.unit in _EXACT:
        return later(instant, duration, zone)
    return _civil(instant, zone, lambda day: next_day(add(day, duration)))


def month_first(instant: Instant, number: int, zone: str) -> Instant:
    """Give the first day of the nth month after the month of an instant; for 1 that is strictly the next first."""
    return _civil(instant, zone, lambda day: add(day.replace(day=1), Duration(number, Unit.MONTH)))


def _civil(instant: Instant, zone: str, count: Callable[[date], date]) -> Instant:
    if instant in (ALWAYS, NEVER):
        return instant
    try:
        return day_start(count(to_datetime(instant, zone).date()), zone)
    except (OverflowError, ValueError):
        return NEVER


def add(day: date, duration: Duration) -> date:
    """Add days, weeks, months or years to a civil day. Raises `OverflowError` or `ValueError` past the calendar's end."""
    if duration.unit in _DAYS:
        return day + timedelta(days=duration.number * _DAYS[duration.unit])
    month = day.month - 1 + duration.number * _MONTHS[duration.unit]
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def moment_value(column: Moments, point: Point) -> tuple[Value, Instant | None]:
    """Say whether a moment has come at a point, and when it last did."""
    key = column.frame.key(point.values)
    rows = [] if key is None else column.of(key)
    if not rows:
        return Value.OPEN, None
    lo, hi = min(low for low, _ in rows), min(high for _, high in rows)
    value = Value.of(yes=hi <= point.at, no=point.at < lo)
    return value, max(high for _, high in rows if high <= point.at) if value.told_yes else None


AFTER, BEFORE = _After(), _Before()
