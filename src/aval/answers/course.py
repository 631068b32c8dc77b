"""The course of a term: its answer over all time, on every choice of readings, by the very functions that `status` asks at one instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from aval.answers.inquiry import Inquiry
from aval.answers.items import word
from aval.engine.budget import Budget
from aval.engine.lookup import look
from aval.engine.protocol import Point, Scope
from aval.engine.rules import duty
from aval.engine.rules.clauses import scope_of, whiles
from aval.model.agreement import Ban, Contribution, Declaration, Duty, Event, Moment, Power, State, params_of
from aval.model.columns import Axis, Moments, Timeline
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.term import Term

STEPS = 2_000_000
"""values that one answer works out; the Paris case needs a few thousand"""
NO_DEADLINE = "no deadline"

Run = tuple[Instant, Instant, str]
Course = tuple[Run, ...]
"""(from, to, answer): the runs of one answer, together all of the time looked at"""
Ask = Callable[[Point], str]
Rows = tuple[object, ...]


@frozen(kw_only=True)
class Courses:
    """The course of one term on every choice of readings: one for each combination of the values of `axes`, the last axis fastest."""

    axes: tuple[Axis, ...]
    combos: tuple[tuple[str, ...], ...]
    courses: tuple[Course, ...]

    @property
    def alike(self) -> bool:
        """Whether all readings agree at every instant."""
        return len(set(self.courses)) == 1


@dataclass(slots=True, kw_only=True)
class Clock:
    """The time looked at, and the count of values worked out in it."""

    start: Instant = ALWAYS
    end: Instant = NEVER
    budget: Budget


def clock(start: Instant | None, end: Instant | None, steps: int) -> Clock:
    """Bound the time: from `start` until just after `end`."""
    last = NEVER if end is None else min(end + 1, NEVER)
    return Clock(start=ALWAYS if start is None else start, end=last, budget=Budget(steps))


def aspects(declared: Declaration, inquiry: Inquiry) -> Iterator[tuple[str, tuple[Axis, ...]]]:
    """Give what of a declaration can differ by reading, each with the axes of the questions that it can depend on."""
    world = inquiry.world
    if isinstance(declared, Contribution):
        axes = [axis for axis in _conditions(declared, inquiry).frame.axes if axis.is_question]
        yield from [("conditions", tuple(axes))] if axes else []
        return
    axes = list(world.questions_of(declared.meta.name))
    if not axes:
        return
    yield ("phase" if isinstance(declared, Duty) else "date" if isinstance(declared, Moment) else "value", tuple(axes))
    if isinstance(declared, Duty) and (declared.withins or declared.no_laters):
        yield "due", tuple(axes)


def courses(
    declared: Declaration, terms: Sequence[Term], aspect: str, axes: tuple[Axis, ...], inquiry: Inquiry, within: Clock
) -> Iterator[Courses]:
    """Work out the course of each term on every choice of readings. Raises `Unsupported` past the number of steps."""
    columns = list(_columns(declared, inquiry))
    params = [param.name for param in params_of(declared)]
    combos = tuple(product(*(axis.values for axis in axes)))
    points = [dict(zip((axis.name for axis in axes), combo, strict=True)) for combo in combos]
    known: dict[Rows, Course] = {}  # what reads the same rows of every column has the same answers
    for term in terms:
        ask = _asking(declared, term, aspect, inquiry)
        here = [{**dict(zip(params, term.args, strict=False)), **point} for point in points]
        yield Courses(axes=axes, combos=combos, courses=tuple(_course(point, ask, columns, within, known, declared) for point in here))


def _course(
    values: Mapping[str, str],
    ask: Ask,
    columns: Sequence[Timeline | Moments],
    within: Clock,
    known: dict[Rows, Course],
    declared: Declaration,
) -> Course:
    rows = tuple(_rows(column, values) for column in columns)
    within.budget.spend(1, declared.meta.span)
    if rows not in known:
        turns = _turns(rows, within)
        within.budget.spend(len(turns), declared.meta.span)
        known[rows] = tuple(_merged((start, end, ask(Point(values, start))) for start, end in pairwise((*turns, within.end))))
    return known[rows]


def _asking(declared: Declaration, term: Term, aspect: str, inquiry: Inquiry) -> Ask:
    if isinstance(declared, Contribution):
        column = _conditions(declared, inquiry)
        return lambda point: look(column, point.values, point.at).value.value
    if aspect == "due" and isinstance(declared, Duty):
        return lambda point: _due(declared, point, inquiry)
    return lambda point: word(declared, term, point, inquiry)


def _due(declared: Duty, point: Point, inquiry: Inquiry) -> str:
    found = duty.phase(declared, point, inquiry.world).due
    if found is None:
        return NO_DEADLINE
    lo, hi = (str(inquiry.date(end)) for end in found)
    return lo if lo == hi else f"{lo} to {hi}"


def _conditions(declared: Contribution, inquiry: Inquiry) -> Timeline:
    return whiles(declared.conditions, Scope(declared.meta.name, {}), inquiry.world)


def _columns(declared: Declaration, inquiry: Inquiry) -> Iterator[Timeline | Moments]:
    """Give every column that an answer about a declaration is read from."""
    world, name = inquiry.world, declared.meta.name
    match declared:
        case Contribution():
            yield _conditions(declared, inquiry)
        case Event():
            yield world.happened(name)
        case Moment():
            yield world.occurrences(name)
        case Duty() | Ban() | Power():
            yield world.state(name)
            yield from world.words(name).values()
            if isinstance(declared, Duty):
                yield world.deadlines(name)
            if isinstance(declared, Power):
                yield _deeds(declared, inquiry)
        case _:
            yield world.state(name)


def _deeds(declared: Power, inquiry: Inquiry) -> Timeline | Moments:
    """Give the deeds, valid or not; one that lasts is a state."""
    scope = scope_of(declared, inquiry.world)
    lasts = isinstance(inquiry.world.agreements.declarations[declared.deed.name], State)
    return inquiry.world.timeline(declared.deed, scope) if lasts else inquiry.world.moments(declared.deed, scope)


def _rows(column: Timeline | Moments, values: Mapping[str, str]) -> Rows:
    """Give the rows of one instance; of a deadline also the stretch in which it counts."""
    key = column.frame.key(values)
    if isinstance(column, Timeline):
        return () if key is None else (tuple(column.yes.of(key)), tuple(column.no.of(key)))
    low, high = (0, 0) if key is None else np.searchsorted(column.key, (key, key + 1)).tolist()
    counts = column.counts if isinstance(column, duty.Course) else ()
    return tuple((int(column.lo[row]), int(column.hi[row]), *(counts[column.cause[row]] if counts else ())) for row in range(low, high))


def _turns(rows: Rows, within: Clock) -> list[Instant]:
    """Give the instants at which an answer may turn, the first of the time looked at included."""
    inner = {turn for turn in _instants(rows) if within.start < turn < within.end}
    return [within.start, *sorted(inner)] if within.start < within.end else []


def _instants(rows: object) -> Iterator[Instant]:
    if isinstance(rows, tuple):
        for part in rows:
            yield from _instants(part)
    elif isinstance(rows, int):
        yield rows


def _merged(runs: Iterator[Run]) -> Iterator[Run]:
    """Join runs of one answer that touch."""
    last: Run | None = None
    for start, end, said in runs:
        if last is not None and last[2] == said:
            last = (last[0], end, said)
            continue
        if last is not None:
            yield last
        last = (start, end, said)
    if last is not None:
        yield last


def said_at(course: Course, at: Instant) -> str:
    """Read a course at an instant inside the time looked at."""
    return next(said for start, end, said in course if start <= at < end)
