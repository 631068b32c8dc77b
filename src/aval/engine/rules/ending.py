"""How a duty begins and ends (semantics 2.6): triggered, and then done, waived or lapsed, whichever comes first.

A deed or a waiver ends a duty only where its conditions held just before. A duty lapses by its `until`, and where another that replaces it
comes to be owed; that ends it also while its conditions do not hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from aval.engine.algebra import Scale, covers_at, join_moments, moments, stored
from aval.engine.change import change
from aval.engine.frames import joined, spread, spread_moments
from aval.engine.logic import conjunction, constant, negation
from aval.engine.operators.days import by_day
from aval.engine.operators.edges import beginnings
from aval.engine.operators.turns import at_any_time
from aval.engine.protocol import At, Evaluation, Scope
from aval.engine.rows import rows_of
from aval.engine.rules.clauses import changes, guarded, members_only, scope_of, whiles
from aval.model.agreement import Duty
from aval.model.columns import Bools, Frame, Ints, Moments, Spans, Timeline
from aval.model.expression import Expression, Ref
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER

DISCHARGED, WAIVED, LAPSED = "discharged", "waived", "lapsed"
Ends = Mapping[str, Sequence[Moments]]


def ends_of(declared: Duty, scope: Scope, evaluation: Evaluation, *, alone: bool = False) -> Ends:
    """Give what ends a duty, by the word for it. `alone`: as if no other duty stood in for it.

    What is done or waived before the conditions of the duty hold ends nothing. Its `until` is a limit, whether or not they do.
    """

    def standing(column: Moments, *moments: Expression) -> Moments:
        if not declared.whiles:
            return column
        days = all(by_day(moment, evaluation) for moment in moments)
        return guarded(column, whiles(declared.whiles, replace(scope, at=At.DAY if days else At.INSTANT), evaluation))

    waived_by = [clause.item.moment for clause in declared.waivers]
    return {
        DISCHARGED: () if declared.continuing else tuple(standing(evaluation.moments(deed, scope), deed) for deed in declared.deeds),
        WAIVED: (standing(changes(declared.waivers, scope, evaluation), *waived_by),) if declared.waivers else (),
        LAPSED: (
            *((changes(declared.untils, scope, evaluation),) if declared.untils else ()),
            *(() if alone else replacements(declared.meta.name, scope, evaluation)),
        ),
    }


def bound(declared: Duty, scope: Scope, evaluation: Evaluation, ends: Sequence[Moments]) -> Timeline:
    """When the duty stands, if only these end it, whether or not an exception holds."""
    parts = [triggered(declared, scope, evaluation, ends)]
    if declared.whiles:
        parts.append(whiles(declared.whiles, scope, evaluation))
    return members_only(declared, conjunction(parts), evaluation)


def triggered(declared: Duty, scope: Scope, evaluation: Evaluation, ends: Sequence[Moments]) -> Timeline:
    """From the trigger until one of these; a duty without a trigger stands from the start."""
    begins = changes(declared.whens, scope, evaluation)
    frame = joined([begins.frame, *(column.frame for column in ends), Frame(tuple(scope.axes.values()))])
    if not declared.whens and all(len(column) == 0 for column in ends):
        return constant(frame, yes=True)
    end = join_moments(frame, [spread_moments(column, frame) for column in ends])
    return change(spread_moments(begins, frame), end, Value.NO if declared.whens else Value.YES)


def every(ends: Ends) -> list[Moments]:
    """Give all that ends a duty."""
    return [column for columns in ends.values() for column in columns]


def ended(word: str, stood: Timeline, ends: Ends, declared: Duty, evaluation: Evaluation) -> Timeline:
    """From what ended the duty in this way until the next trigger; what comes while it does not stand ends nothing."""
    scope = scope_of(declared, evaluation)
    begins = changes(declared.whens, scope, evaluation)
    frame = joined([stood.frame, begins.frame, *(column.frame for column in ends[word])])
    done = join_moments(frame, [spread_moments(column, frame) for column in ends[word]])
    if not len(done):
        return negation(change(spread_moments(begins, frame), done, Value.YES))
    others = bound(declared, scope, evaluation, [column for other, columns in ends.items() if other != word for column in columns])
    before, else_stood = spread(stood, frame), spread(others, frame)
    first = np.minimum(done.lo, done.hi)
    just = np.where(first > ALWAYS, first, ALWAYS + 1) - 1
    untimed = first == ALWAYS  # before the beginning of time it has not come
    yes, no = (
        np.where(untimed, covers_at(other, done.key, just), covers_at(own, done.key, just))
        for own, other in ((before.yes, else_stood.yes), (before.no, else_stood.no))
    )
    # what the ending itself ends is left out of what may change while it may come
    steady = ~(_changes_in(else_stood.yes, done.key, first, done.hi) | _changes_in(else_stood.no, done.key, first, done.hi))
    lo, hi = np.where(steady & yes & no, NEVER, done.lo), np.where(steady & yes, done.hi, NEVER)
    kept = yes | ~no | ~steady
    ending = moments(frame, done.key[kept], lo[kept], hi[kept], done.cause[kept])
    return negation(change(spread_moments(begins, frame), ending, Value.YES))


def _changes_in(part: Spans, key: Ints, start: Ints, end: Ints) -> Bools:
    """Whether a set begins or ends in each of these half-open stretches."""
    rows, found = stored(part), np.zeros(len(key), np.bool_)
    if not len(rows) or not len(key):
        return found
    scale = Scale.of(np.append(rows.key[-1:], key.max()), rows.start, rows.end, start, end)
    low, high = scale.place(key, start), scale.place(key, end)
    for edges in (rows.start, rows.end):
        told = edges > ALWAYS
        places = scale.place(rows.key[told], edges[told])
        found |= np.searchsorted(places, high) > np.searchsorted(places, low)
    return found


def stand_ins(name: str, evaluation: Evaluation) -> list[tuple[Duty, Ref]]:
    """Give the duties that stand in for a norm, each with the words that say so."""
    return [(duty, ref) for duty in evaluation.agreements.of(Duty) for ref in duty.replaces if ref.name == name]


def replacements(name: str, scope: Scope, evaluation: Evaluation) -> tuple[Moments, ...]:
    """Give the moments at which another duty that stands in for a norm comes to be owed."""
    found = ((ref, evaluation.state(duty.meta.name)) for duty, ref in stand_ins(name, evaluation))
    return tuple(_mapped(ref, beginnings(owed, partial(at_any_time, owed.frame)), scope) for ref, owed in found)


def _mapped(ref: Ref, begins: Moments, scope: Scope) -> Moments:
    """Bring the beginnings of what stands in onto the parameters of what it stands in for."""
    axes = tuple(axis for axis in begins.frame.axes if axis.is_question)
    frame = Frame((*scope.axes.values(), *axes), begins.frame.runs)
    rows = []
    for key, lo, hi, cause in zip(begins.key.tolist(), begins.lo.tolist(), begins.hi.tolist(), begins.cause.tolist(), strict=True):
        values = begins.frame.point(key)
        named = {name: values.get(text, text) for name, arg in zip(scope.axes, ref.args, strict=True) if (text := getattr(arg, "text", ""))}
        run = key * begins.frame.runs // max(1, begins.frame.size)
        target = frame.key({**values, **named}, run)
        if target is not None:
            rows.append((target, lo, hi, cause))
    return rows_of(frame, rows)
