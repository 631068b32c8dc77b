"""`beginning of S`, `end of S`: the edges of each run of a state, between the last instant told one way and the first told the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce

import numpy as np

from aval.engine.algebra import Rest, among, complement, distinct, last_at, moments, settled, stored
from aval.engine.frames import any_moment, bring_moments, spread_moments
from aval.engine.logic import negation
from aval.engine.operators.delay import moment_value
from aval.engine.operators.turns import turns
from aval.engine.order import parts_of
from aval.engine.protocol import Evaluation, Look, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.agreement import State
from aval.model.columns import Bools, Frame, Ints, Moments, Spans, Timeline
from aval.model.expression import And, Beginning, Binding, End, HappenedIn, MemberOf, Not, Or, Order, Ref, Window
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Beginning:
    node = Beginning

    def compute(self, node: Beginning, scope: Scope, evaluation: Evaluation) -> Moments:
        column = evaluation.timeline(node.item, scope)
        return beginnings(
            column,
            lambda: turns(node.item, scope, evaluation),
            lambda frame: closing(node.item, frame, scope, evaluation),
            lambda frame: timeless(node.item, frame, scope, evaluation),
        )

    def explain(self, node: Beginning, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("beginning of", node, scope, point, evaluation)

    def relax(self, node: Beginning, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.condition(node.item, scope, replace(wish, since=ALWAYS))


class _End:
    node = End

    def compute(self, node: End, scope: Scope, evaluation: Evaluation) -> Moments:
        column = negation(evaluation.timeline(node.item, scope))
        return beginnings(
            column,
            lambda: turns(node.item, scope, evaluation, falls=True),
            lambda frame: closing(node.item, frame, scope, evaluation),
            lambda frame: timeless(node.item, frame, scope, evaluation),
        )

    def explain(self, node: End, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("end of", node, scope, point, evaluation)

    def relax(self, node: End, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("the end of a state")
        return relaxing.condition(node.item, scope, replace(wish.turned, since=ALWAYS))


def _never(frame: Frame) -> Ints:
    return np.full(frame.size, NEVER)


def _nowhere(frame: Frame) -> Bools:
    return np.zeros(frame.size, np.bool_)


def beginnings(
    timeline: Timeline,
    changes: Callable[[], Moments],
    closes: Callable[[Frame], Ints] = _never,
    always: Callable[[Frame], Bools] = _nowhere,
) -> Moments:
    """Give the beginnings of a state, one stretch at a time in which nobody denies it.

    The first told run of a stretch began in it by then, and not before the stretch. Only possible are: each later one; a stretch without a
    told run that follows a no; what is open for good after the last told run; and what one of the `changes` may have begun between that
    run and a no. What always was, or was never spoken of, has no beginning; but what was never told may have begun from the instant on
    that `closes` gives. Where it may `always` have been so, a first run that nothing denied before is only possible as a beginning.
    """
    spoken = distinct(stored(timeline.yes).key, stored(timeline.no).key)  # of the others no value ever changes
    yes, no = among(timeline.yes, spoken), among(timeline.no, spoken)
    stretches = complement(no, Frame((), len(spoken)))
    home = _stretch_of(yes, stretches)
    silent = _silent(timeline)
    since = closes(timeline.frame)[silent] if len(silent) else silent
    untold, since = silent[since < NEVER], since[since < NEVER]
    inside = np.flatnonzero(home >= 0)
    first = np.ones(len(inside), np.bool_)
    first[1:] = home[inside][1:] != home[inside][:-1]
    heads, later = inside[first], np.flatnonzero(~first)
    heads = heads[yes.start[heads] > ALWAYS]
    from_the_start = stretches.start[home[heads]] == ALWAYS
    latest = yes.start[heads].copy()
    if from_the_start.any():
        latest[from_the_start & always(timeline.frame)[spoken[yes.key[heads]]]] = NEVER
    empty = stretches.start > ALWAYS
    empty[home[inside]] = False
    last = np.append(home[inside][1:] != home[inside][:-1], np.ones(min(len(inside), 1), np.bool_))
    ends = inside[last]
    gaps = ends[yes.end[ends] < stretches.end[home[ends]]]
    ends = gaps[stretches.end[home[gaps]] == NEVER]
    further = hidden(spoken[yes.key[gaps]], yes.end[gaps], stretches.end[home[gaps]], changes, timeline.frame)
    denied = _stretch_of(yes, no)
    disputed = np.flatnonzero((denied >= 0) & (yes.start > ALWAYS))
    parts = (
        (stretches.key[empty], stretches.start[empty], None),
        (yes.key[heads], stretches.start[home[heads]], latest),
        (yes.key[inside[later]], yes.end[inside[later - 1]], None),
        (yes.key[ends], yes.end[ends], None),
        (yes.key[disputed], no.end[denied[disputed]], yes.start[disputed]),
    )
    key, lo = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    hi = np.concatenate([np.full(len(part[0]), NEVER) if part[2] is None else part[2] for part in parts])
    key, lo = np.concatenate((spoken[key], untold, further[0])), np.concatenate((lo, since, further[1]))
    hi = np.concatenate((hi, np.full(len(untold) + len(further[0]), NEVER)))
    return moments(timeline.frame, key, lo, hi, np.full(len(key), -1))


def _silent(timeline: Timeline) -> Ints:
    """Give the instances of which nothing is told at any instant."""
    found: Ints | None = None
    for part in map(settled, (timeline.yes, timeline.no)):
        rows = stored(part)
        if isinstance(part, Rest):
            here = rows.key[(rows.start == ALWAYS) & (rows.end == NEVER)]
            found = here if found is None else found[np.isin(found, here)]
    for part in map(settled, (timeline.yes, timeline.no)):
        if not isinstance(part, Rest) and (found is None or len(found)):
            found = np.arange(timeline.frame.size) if found is None else found
            found = found[~np.isin(found, part.key)]
    return np.zeros(0, np.int64) if found is None else found


def hidden(key: Ints, start: Ints, end: Ints, changes: Callable[[], Moments], frame: Frame) -> tuple[Ints, Ints]:
    """Give the keys and instants of beginnings that changes may hide in gaps that end with a no."""
    bounded = [place for place, last in enumerate(end.tolist()) if last < NEVER]
    column = changes() if bounded else None
    found: list[tuple[int, int]] = []
    if column is not None:
        for axis in column.frame.axes:
            column = column if axis.name in frame.names else any_moment(column, axis.name)
        # what was worked out anew for a few instances is asked of those alone
        wide = column if column.frame == frame else bring_moments(column, frame, {axis.name: axis for axis in frame.axes})
        for place in bounded:
            first, last = int(start[place]), int(end[place])
            rows = wide.of(int(key[place]))
            found += [(int(key[place]), max(lo, first)) for lo, hi in rows if lo <= hi and lo < last and hi > first]
    return np.array([one for one, _ in found], np.int64), np.array([time for _, time in found], np.int64)


def closing(item: object, frame: Frame, scope: Scope, evaluation: Evaluation) -> Ints:
    """For each instance, from when on a window that closes, or a rule, may turn a condition of which nothing may be told at any instant."""
    if isinstance(item, Binding | Ref):
        # a variable that is bound there is not of this scope, nor is that of another declaration
        if _has_window(item, evaluation):
            return np.full(frame.size, ALWAYS)
        return _stirred(item, frame, scope, evaluation) if isinstance(item, Ref) else _never(frame)
    since = _never(frame)
    for part in parts_of(item):
        since = np.minimum(since, closing(part, frame, scope, evaluation))
    if isinstance(item, HappenedIn) and item.window is not Window.AFTER:
        limit = spread_moments(evaluation.moments(item.limits[-1], scope), frame)
        np.minimum.at(since, limit.key, limit.lo)
    return since


def _stirred(item: Ref, frame: Frame, scope: Scope, evaluation: Evaluation) -> Ints:
    """For each instance, from when on a moment that a rule names may begin or end a state."""
    since = _never(frame)
    for falls in (False, True):
        rows = turns(item, scope, evaluation, falls=falls, look=Look(only_rules=True))
        for axis in rows.frame.axes:
            rows = rows if axis.name in frame.names else any_moment(rows, axis.name)
        wide = spread_moments(rows, frame)
        np.minimum.at(since, wide.key, np.minimum(wide.lo, wide.hi))
    return since


def timeless(item: object, frame: Frame, scope: Scope, evaluation: Evaluation) -> Bools:
    """For each instance, whether a part of a condition is so at every instant or at none, and nobody knows which."""
    match item:
        case And(items=items) | Or(items=items):
            return anywhere([timeless(one, frame, scope, evaluation) for one in items], frame)
        case Not(item=one):
            return timeless(one, frame, scope, evaluation)
        case Order() | MemberOf():
            return _untold(evaluation.timeline(item, scope), frame)
        case _:
            return np.full(frame.size, _has(item, evaluation, lambda one: isinstance(one, Order | MemberOf)))


def anywhere(masks: Iterable[Bools], frame: Frame) -> Bools:
    """For each instance, whether one of several masks has it."""
    return reduce(np.logical_or, masks, _nowhere(frame))


def _untold(column: Timeline, frame: Frame) -> Bools:
    """For each instance of a frame, whether one of a column that it takes in is told at no instant."""
    silent = _silent(column)
    rows = moments(column.frame, silent, np.full(len(silent), ALWAYS), np.full(len(silent), NEVER), np.full(len(silent), -1))
    for axis in rows.frame.axes:
        rows = rows if axis.name in frame.names else any_moment(rows, axis.name)
    found = _nowhere(frame)
    found[spread_moments(rows, frame).key] = True
    return found


def _has_window(item: object, evaluation: Evaluation) -> bool:
    """Whether a window that closes stands in a condition, or in what a state that it names holds while."""
    return _has(item, evaluation, lambda one: isinstance(one, HappenedIn) and one.window is not Window.AFTER)


def _has(item: object, evaluation: Evaluation, sort: Callable[[object], bool]) -> bool:
    """Whether an expression of a sort stands in a condition, or in what a state that it names holds while."""
    ahead, seen = [item], set[str]()
    while ahead:
        one = ahead.pop()
        if sort(one):
            return True
        ahead += parts_of(one)
        declared = evaluation.agreements.get(one.name, State) if isinstance(one, Ref) and one.name not in seen else None
        if declared is not None:
            seen.add(declared.meta.name)
            ahead += [clause.item for clause in declared.whiles]
    return False


def _stretch_of(runs: Spans, stretches: Spans) -> Ints:
    """For every run, the place of the stretch in which it starts, -1 where there is none."""
    found = last_at(stretches.key, stretches.start, runs.key, runs.start)
    inside = (found >= 0) & (stretches.end[found] > runs.start) if len(stretches) else np.zeros(len(runs), np.bool_)
    return np.where(inside, found, -1)


def _explain(text: str, node: Beginning | End, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    part = evaluation.reason(node.item, scope, point)
    value, since = moment_value(evaluation.moments(node, scope), point)
    return Reason(text=f"{text} {part.text}", value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=(part,))


BEGINNING, END = _Beginning(), _End()
