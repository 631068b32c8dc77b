"""`S has held 12 months`: the end of that length inside one unbroken run (semantics 2.2), for every run that lasts so long.

A run that is told no nowhere may have lasted: it gives the first possible instant. The told run inside it gives the certain one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from aval.engine.algebra import complement, last_at, moments, settled
from aval.engine.operators.delay import later, later_each, latest, moment_value
from aval.engine.operators.edges import hidden
from aval.engine.operators.turns import turns
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.columns import Bools, Ints, Moments, Timeline
from aval.model.expression import Duration, Held
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Held:
    node = Held

    def compute(self, node: Held, scope: Scope, evaluation: Evaluation) -> Moments:
        column = evaluation.timeline(node.item, scope)
        return held(column, node.duration, evaluation.zone(scope.owner), lambda: turns(node.item, scope, evaluation))

    def explain(self, node: Held, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        part = evaluation.reason(node.item, scope, point)
        value, since = moment_value(evaluation.moments(node, scope), point)
        text = f"{part.text} has held {node.duration}"
        return Reason(text=text, value=value, mode=Mode.DERIVED, since=since, span=node.span, parts=(part,))

    def relax(self, node: Held, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if not wish.yes:
            return relaxing.obstacle("only time can keep it from having held", wish)
        zone = relaxing.evaluation.zone(scope.owner)
        by = wish.by if relaxing.timeless else latest(lambda time: later(time, node.duration, zone), wish.by)
        return relaxing.condition(node.item, scope, replace(wish, by=by, since=ALWAYS))


def held(timeline: Timeline, duration: Duration, zone: str, changes: Callable[[], Moments]) -> Moments:
    """Give one occurrence for every run that lasted the duration, or may have.

    A told run that somebody denies on the way is disputed; a stretch that nobody denies, with no told run long enough, is only possible.
    What was never spoken of has not held (2.3, *Change*). After a told run that lasted long enough, a further one of its stretch may have,
    where one can have begun: for good, or by one of the `changes`.
    """
    stretches, yes = settled(complement(timeline.no, timeline.frame)), settled(timeline.yes)
    until = later_each(yes.start, duration, zone)
    sure = (yes.start > ALWAYS) & (until <= yes.end)
    key, start, until = yes.key[sure], yes.start[sure], until[sure]
    around = last_at(stretches.key, stretches.start, key, start)
    inside = np.flatnonzero(around >= 0)
    around[inside[stretches.end[around[inside]] < until[inside]]] = -1
    first = later_each(stretches.start, duration, zone)
    lo = np.full(len(key), NEVER)
    lo[around >= 0] = first[around[around >= 0]]
    always = np.zeros(timeline.frame.size, np.bool_)
    always[yes.key[yes.start == ALWAYS]] = True
    rest = (first <= stretches.end) & ((stretches.start > ALWAYS) | always[stretches.key])
    rest[around[around >= 0]] = False
    key, lo, until = (
        np.concatenate(parts) for parts in zip((key, lo, until), _again(timeline, sure, duration, zone, changes), strict=True)
    )
    count = int(rest.sum())
    return moments(
        timeline.frame,
        np.concatenate((key, stretches.key[rest])),
        np.concatenate((lo, first[rest])),
        np.concatenate((until, np.full(count, NEVER))),
        np.full(len(key) + count, -1),
    )


def _again(timeline: Timeline, sure: Bools, duration: Duration, zone: str, changes: Callable[[], Moments]) -> tuple[Ints, Ints, Ints]:
    """Give for each stretch in which a told run lasted when a later one of it may have."""
    stretches, yes = settled(complement(timeline.no, timeline.frame)), settled(timeline.yes)
    home = last_at(stretches.key, stretches.start, yes.key, yes.start)
    lasted = np.flatnonzero(sure & (home >= 0))
    last = lasted[np.append(home[lasted][1:] != home[lasted][:-1], np.ones(min(len(lasted), 1), np.bool_))]
    last = last[yes.end[last] < stretches.end[home[last]]]
    key, start, end = yes.key[last], yes.end[last], stretches.end[home[last]]
    told = np.zeros(len(last), np.bool_)
    follows = last + 1 < len(yes)
    told[follows] = home[last[follows] + 1] == home[last[follows]]
    free = told | (end == NEVER)
    turned = hidden(key[~free], start[~free], end[~free], changes, timeline.frame)
    keys, begins = np.concatenate((key[free], turned[0])), np.concatenate((start[free], turned[1]))
    return keys, later_each(begins, duration, zone), np.full(len(keys), NEVER)


HELD = _Held()
