"""`the later of M and N`, `the earlier of M and N` (semantics 2.2): each side of the moment is chosen on its own.

What comes several times is the later each time that it comes after all the others have, and the earlier each time that none has.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aval.engine.algebra import join_moments, moments
from aval.engine.frames import joined, spread_moments
from aval.engine.operators.delay import moment_value
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula, any_of, every_of
from aval.model.columns import Bools, Frame, Ints, Moments
from aval.model.expression import Earlier, Later
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Later:
    node = Later

    def compute(self, node: Later, scope: Scope, evaluation: Evaluation) -> Moments:
        frame, columns = _columns(node, scope, evaluation)
        # what nobody has reported has not come (2.3, *Change*): the later of it and anything is never
        lo, hi, told = _firsts(frame, columns)
        first = _dense(frame, np.max(lo, axis=0), np.max(hi, axis=0), np.all(told, axis=0))
        again = []
        for place, column in enumerate(columns):
            rest = _repeats(column)
            others = [np.max(np.delete(side, place, axis=0), axis=0, initial=ALWAYS)[rest.key] for side in (lo, hi)]
            # before all the others have come, one more of the same makes nothing later
            kept = np.all(told, axis=0)[rest.key] & (rest.hi > np.minimum(*others))
            again.append(_picked(rest, np.maximum(rest.lo, others[0]), np.where(rest.lo >= others[1], rest.hi, NEVER), kept))
        return join_moments(frame, [first, *again])

    def explain(self, node: Later, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("the later of", node, scope, point, evaluation)

    def relax(self, node: Later, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        any_time = [relaxing.moment(item, scope, replace(wish, since=ALWAYS)) for item in node.items]
        if not wish.yes:
            return any_of(any_time)
        if wish.since == ALWAYS:
            return every_of(any_time)
        # one of them has to come in the time of the wish, the others may have come before
        ways = [[relaxing.moment(item, scope, wish), *any_time[:place], *any_time[place + 1 :]] for place, item in enumerate(node.items)]
        return any_of([every_of(parts) for parts in ways])


class _Earlier:
    node = Earlier

    def compute(self, node: Earlier, scope: Scope, evaluation: Evaluation) -> Moments:
        frame, columns = _columns(node, scope, evaluation)
        lo, hi, told = _firsts(frame, columns)
        first = _dense(frame, np.min(lo, axis=0), np.min(hi, axis=0), np.any(told, axis=0))
        again = []
        for place, column in enumerate(columns):
            rest = _repeats(column)
            others = [np.min(np.delete(side, place, axis=0), axis=0, initial=NEVER)[rest.key] for side in (lo, hi)]
            # once another has come, one more of the same makes nothing earlier
            again.append(_picked(rest, rest.lo, np.where(rest.hi <= others[0], rest.hi, NEVER), rest.lo <= others[1]))
        return join_moments(frame, [first, *again])

    def explain(self, node: Earlier, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("the earlier of", node, scope, point, evaluation)

    def relax(self, node: Earlier, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return (any_of if wish.yes else every_of)([relaxing.moment(item, scope, wish) for item in node.items])


def _columns(node: Later | Earlier, scope: Scope, evaluation: Evaluation) -> tuple[Frame, list[Moments]]:
    columns = [evaluation.moments(item, scope) for item in node.items]
    frame = joined(column.frame for column in columns)
    return frame, [spread_moments(column, frame) for column in columns]


def _firsts(frame: Frame, columns: list[Moments]) -> tuple[Ints, Ints, Bools]:
    """For each column and instance: the first `lo` and `hi`, never where nothing was told, and whether anything was."""
    lo, hi = (np.full((len(columns), frame.size), NEVER) for _ in range(2))
    told = np.zeros((len(columns), frame.size), np.bool_)
    for place, column in enumerate(columns):
        np.minimum.at(lo[place], column.key, column.lo)
        np.minimum.at(hi[place], column.key, column.hi)
        told[place, column.key] = True
    return lo, hi, told


def _repeats(column: Moments) -> Moments:
    """Give the occurrences of each instance but the first."""
    order = np.lexsort((column.lo, column.hi, column.key))
    key = column.key[order]
    rest = order[1:][key[1:] == key[:-1]] if len(key) else order
    return Moments(column.frame, column.key[rest], column.lo[rest], column.hi[rest], column.cause[rest])


def _picked(column: Moments, lo: Ints, hi: Ints, kept: Bools) -> Moments:
    kept = kept & ((lo < NEVER) | (hi < NEVER))
    return moments(column.frame, column.key[kept], lo[kept], hi[kept], np.full(int(kept.sum()), -1))


def _dense(frame: Frame, lo: Ints, hi: Ints, told: Bools) -> Moments:
    keys = np.flatnonzero(told)
    return moments(frame, keys, lo[keys], hi[keys], np.full(len(keys), -1))


def _explain(text: str, node: Later | Earlier, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    value, since = moment_value(evaluation.moments(node, scope), point)
    parts = tuple(evaluation.reason(item, scope, point) for item in node.items)
    return Reason(text=text, value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=parts)


LATER, EARLIER = _Later(), _Earlier()
