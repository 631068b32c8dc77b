"""`beginning of S`, `end of S`: the edges of each run of a state, between the last instant told one way and the first told the other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from aval.engine.algebra import among, complement, distinct, last_at, moments, stored
from aval.engine.logic import negation
from aval.engine.operators.delay import moment_value
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.columns import Frame, Ints, Moments, Spans, Timeline
from aval.model.expression import Beginning, End
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Beginning:
    node = Beginning

    def compute(self, node: Beginning, scope: Scope, evaluation: Evaluation) -> Moments:
        return beginnings(evaluation.timeline(node.item, scope))

    def explain(self, node: Beginning, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("beginning of", node, scope, point, evaluation)

    def relax(self, node: Beginning, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.condition(node.item, scope, replace(wish, since=ALWAYS))


class _End:
    node = End

    def compute(self, node: End, scope: Scope, evaluation: Evaluation) -> Moments:
        return beginnings(negation(evaluation.timeline(node.item, scope)))

    def explain(self, node: End, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return _explain("end of", node, scope, point, evaluation)

    def relax(self, node: End, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("the end of a state")
        return relaxing.condition(node.item, scope, replace(wish.turned, since=ALWAYS))


def beginnings(timeline: Timeline) -> Moments:
    """Give the beginnings of a state, one stretch at a time in which nobody denies it.

    The first told run of a stretch began in it by then, and not before the stretch. Each later one may have begun anew, and a stretch
    without a told run that follows a no may hide a beginning: both are only possible. What always was, or was never spoken of, has no
    beginning.
    """
    spoken = distinct(stored(timeline.yes).key, stored(timeline.no).key)  # of the others no value ever changes
    yes, no = among(timeline.yes, spoken), among(timeline.no, spoken)
    stretches = complement(no, Frame((), len(spoken)))
    home = _stretch_of(yes, stretches)
    inside = np.flatnonzero(home >= 0)
    first = np.ones(len(inside), np.bool_)
    first[1:] = home[inside][1:] != home[inside][:-1]
    heads, later = inside[first], np.flatnonzero(~first)
    heads = heads[yes.start[heads] > ALWAYS]
    empty = stretches.start > ALWAYS
    empty[home[inside]] = False
    denied = _stretch_of(yes, no)
    disputed = np.flatnonzero((denied >= 0) & (yes.start > ALWAYS))
    parts = (
        (stretches.key[empty], stretches.start[empty], None),
        (yes.key[heads], stretches.start[home[heads]], yes.start[heads]),
        (yes.key[inside[later]], yes.end[inside[later - 1]], None),
        (yes.key[disputed], no.end[denied[disputed]], yes.start[disputed]),
    )
    key, lo = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    hi = np.concatenate([np.full(len(part[0]), NEVER) if part[2] is None else part[2] for part in parts])
    return moments(timeline.frame, spoken[key], lo, hi, np.full(len(key), -1))


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
