"""Where a condition may turn from no to yes (semantics 2.2, *Edges*): read off its parts, since its own column does not tell.

A column that is open between a yes and a no has turned once, if one change lies somewhere in between; if two do, it may have turned to and
fro. So the changes are looked at: the `from` of a state, the changes in the parts of a compound condition, what a state holds while.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from aval.engine.algebra import Rest, complement, difference, join_moments, moments, settled, union
from aval.engine.frames import any_moment, joined, spread_moments
from aval.engine.logic import negation
from aval.engine.operators.reference import moments_of
from aval.engine.protocol import ALL, Evaluation, Look, Scope
from aval.model.agreement import State
from aval.model.columns import Frame, Moments, Spans, Timeline
from aval.model.expression import (
    And,
    Count,
    Expression,
    Finds,
    Happened,
    HappenedIn,
    IsOneOf,
    MemberOf,
    Not,
    NotSaid,
    Or,
    Order,
    Quantifier,
    Ref,
)
from aval.model.instant import ALWAYS, NEVER

_LEAVES = (Happened, HappenedIn, Order, Finds, MemberOf, IsOneOf, NotSaid)
"""What has turned at most once in a stretch that is open between a yes and a no."""


def turns(node: Expression, scope: Scope, evaluation: Evaluation, *, falls: bool = False, look: Look = ALL) -> Moments:
    """Give where a condition may come to be so, or with `falls` cease to be so: each row from the first to the last instant of it."""
    return together([Frame(tuple(scope.axes.values()))], list(_turns(node, scope, evaluation, look, falls=falls)))


def _turns(node: Expression, scope: Scope, evaluation: Evaluation, look: Look, *, falls: bool) -> Iterator[Moments]:
    match node:
        case Not(item=item):
            yield turns(item, scope, evaluation, falls=not falls, look=look)
        case And(items=items) | Or(items=items):
            for item in items:
                yield turns(item, scope, evaluation, falls=falls, look=look)
        case Count(binding=binding) if binding.condition is not None and evaluation.closed(binding.group):
            wide = Scope(scope.owner, {**scope.axes, binding.variable: evaluation.axis(binding.variable, binding.group)}, at=scope.at)
            fewer = falls is not (node.quantifier is Quantifier.NONE)
            rows = turns(binding.condition, wide, evaluation, falls=fewer, look=look)
            yield any_moment(rows, binding.variable) if binding.variable in rows.frame.names else rows
        case Ref() if (declared := evaluation.agreements.get(node.name, State)) is not None and not declared.values:
            if not declared.reported:
                yield moments_of(node, evaluation.turns_of(declared, falls=falls, look=look), scope, evaluation)
            elif not look.only_rules:
                yield _windows(evaluation.timeline(node, scope), falls=falls)
        case _ if look.only_rules:
            return
        case _ if isinstance(node, _LEAVES):
            yield _windows(evaluation.timeline(node, scope), falls=falls)
        case _:
            yield at_any_time(Frame(tuple(scope.axes.values())))


def together(frames: list[Frame], parts: list[Moments]) -> Moments:
    """Put rows together on all axes that any of them has, or that are given."""
    frame = joined([*frames, *(part.frame for part in parts)])
    if not parts:
        return _rows_of(frame, np.zeros(0, np.int64), ALWAYS, NEVER)
    return join_moments(frame, [spread_moments(part, frame) for part in parts])


def at_any_time(frame: Frame) -> Moments:
    """Give a row of all time for every instance: what is not known may turn whenever it is open."""
    return _rows_of(frame, np.arange(frame.size), ALWAYS, NEVER)


def _rows_of(frame: Frame, key: object, lo: int, hi: int) -> Moments:
    keys = np.asarray(key, np.int64)
    return moments(frame, keys, np.full(len(keys), lo), np.full(len(keys), hi), np.full(len(keys), -1))


def _windows(column: Timeline, *, falls: bool) -> Moments:
    """Where a column of its own may turn to yes: where a told run begins, and where it is open but not from a yes to a no."""
    column = negation(column) if falls else column
    gaps, yes, no = (
        _laid(part, column.frame.size) for part in (complement(union(column.yes, column.no), column.frame), column.yes, column.no)
    )
    ended, denied = set(zip(yes.key.tolist(), yes.end.tolist(), strict=True)), set(zip(no.key.tolist(), no.start.tolist(), strict=True))
    rows = [
        (key, start, end)
        for key, start, end in zip(gaps.key.tolist(), gaps.start.tolist(), gaps.end.tolist(), strict=True)
        if (key, start) not in ended or (key, end) not in denied
    ]
    rows += [(key, start, start) for key, start in zip(yes.key.tolist(), yes.start.tolist(), strict=True) if start > ALWAYS]
    table = np.array(rows, np.int64).reshape(-1, 3)
    return moments(column.frame, table[:, 0], table[:, 1], table[:, 2], np.full(len(table), -1))


def _laid(part: Spans, size: int) -> Spans:
    """Give a set by its own rows."""
    part = settled(part)
    if not isinstance(part, Rest):
        return part
    keys = np.arange(size)
    return difference(Spans(keys, np.full(size, ALWAYS), np.full(size, NEVER)), part.but)
