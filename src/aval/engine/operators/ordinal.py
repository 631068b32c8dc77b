"""`50th deposit(any)`, `latest notice(p)`: among all occurrences ever, each side of the moment on its own (semantics 2.2, 2.5).

Told to have passed from the nth least `hi` on. Told not to have passed before the nth least `lo`, what nobody has reported being taken
not to
have happened. Several on one day are all counted; nobody is "the nth".
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from aval.engine.algebra import moments
from aval.engine.operators.delay import moment_value
from aval.engine.operators.reference import MOMENTS, REFERENCE, explain_any, groups_of, moments_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula, enough
from aval.engine.tally import uncounted
from aval.model.agreement import params_of
from aval.model.columns import Bools, Ints, Moments
from aval.model.expression import Any, Latest, Nth, Ref
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason


class _Nth:
    node = Nth

    def compute(self, node: Nth, scope: Scope, evaluation: Evaluation) -> Moments:
        column = counted_of(node.item, scope, evaluation)
        lo, hi = (_ranked(column.frame.size, column.key, times, node.number) for times in (column.lo, column.hi))
        keys = np.flatnonzero((lo < NEVER) | (hi < NEVER) | _denied(node, column, evaluation))
        return moments(column.frame, keys, lo[keys], hi[keys], np.full(len(keys), -1))

    def explain(self, node: Nth, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        column = counted_of(node.item, scope, evaluation)
        key = column.frame.key(point.values)
        passed = 0 if key is None else sum(hi <= point.at for _, hi in column.of(key))
        value, since = moment_value(evaluation.moments(node, scope), point)
        part = explain_any(node.item, scope, point, evaluation, day=since, left_out=uncounted(evaluation.agreements))
        text = f"{ordinal(node.number)} {part.text}"
        return Reason(text=text, value=value, mode=Mode.DERIVED, since=since, note=f"{passed} so far", span=node.span, parts=(part,))

    def relax(self, node: Nth, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        left_out = uncounted(relaxing.evaluation.agreements)
        terms = [term for term in relaxing.instances(node.item, wish) if left_out.isdisjoint(term.args)]
        number = node.number if wish.yes else len(terms) - node.number + 1
        # what came before counts too: only the last of them has to come in the time of the wish
        found = enough(number, [(1, relaxing.happening(term, replace(wish, since=ALWAYS))) for term in terms])
        return relaxing.of_named(found, groups_of(node.item, relaxing.evaluation.agreements), wish)


class _Latest:
    node = Latest

    def compute(self, node: Latest, scope: Scope, evaluation: Evaluation) -> Moments:
        # every occurrence is the latest from its own instant on, so all of them stay; what is counted from it is not (`delay.counted`)
        return evaluation.moments(node.item, scope)

    def explain(self, node: Latest, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        part = REFERENCE.explain(node.item, scope, point, evaluation)
        _, since = moment_value(evaluation.moments(node, scope), point)
        return replace(part, text=f"latest {part.text}", since=since)

    def relax(self, node: Latest, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.moment(node.item, scope, wish)


def ordinal(number: int) -> str:
    """Write 1st, 2nd, 3rd, 11th, 50th."""
    last = number % 10
    return f"{number}{'th' if number // 10 % 10 == 1 or last not in (1, 2, 3) else ('st', 'nd', 'rd')[last - 1]}"


def counted_of(node: Ref, scope: Scope, evaluation: Evaluation) -> Moments:
    """Give the occurrences that are counted: not those of an organisation that is `not counted`, where `any` stands for it."""
    left_out = uncounted(evaluation.agreements)
    if not left_out or not isinstance(evaluation.agreements.declarations[node.name], MOMENTS):
        return evaluation.moments(node, scope)
    column = evaluation.occurrences(node.name)
    params = params_of(evaluation.agreements.declarations[node.name])
    places = [param.name for arg, param in zip(node.args, params, strict=True) if isinstance(arg, Any)]
    keep = [left_out.isdisjoint(column.frame.point(key)[name] for name in places) for key in column.key.tolist()]
    kept = Moments(column.frame, column.key[keep], column.lo[keep], column.hi[keep], column.cause[keep])
    return moments_of(node, kept, scope, evaluation)


def _denied(node: Nth, column: Moments, evaluation: Evaluation) -> Bools:
    """Where so many occurrences are denied that there are not enough left for the nth."""
    count = np.bincount(column.key[(column.lo == NEVER) & (column.hi == NEVER)], minlength=column.frame.size)
    params = params_of(evaluation.agreements.declarations[node.item.name])
    groups = [param.group for arg, param in zip(node.item.args, params, strict=True) if isinstance(arg, Any)]
    if not all(evaluation.exhaustive(group) for group in groups):
        return np.zeros(column.frame.size, np.bool_)
    left_out = uncounted(evaluation.agreements)
    most = math.prod(len(set(evaluation.axis("any", group).values) - left_out) for group in groups)
    return (count > 0) & (most - count < node.number)


def _ranked(size: int, key: Ints, times: Ints, number: int) -> Ints:
    """Give the nth least time of every instance; `NEVER` where so many have not come."""
    finite = times < NEVER
    key, times = key[finite], times[finite]
    order = np.lexsort((times, key))
    key, times = key[order], times[order]
    first = np.searchsorted(key, key, side="left")
    nth = np.arange(len(key)) - first == number - 1
    ranked = np.full(size, NEVER)
    ranked[key[nth]] = times[nth]
    return ranked


NTH, LATEST = _Nth(), _Latest()
