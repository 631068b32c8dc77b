"""Tallies over a group (semantics 2.5): how many of it, or how large a part, where membership and condition are each told, denied or open.

A tally is a range (lo, hi): lo from what is told yes, hi from what is not told no. Who is told to belong and to have the condition adds;
who may belong may add, and may be missing from the whole. Each side is a sum of weights that is compared with a number, so that every
verdict is one sweep over sorted boundaries. Where lo > hi, some tell what others deny, and the verdict is contested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from aval.engine.algebra import difference, drop, everywhere, intersection, reaches, spans, union
from aval.engine.domains import MEMBER, OTHERS
from aval.engine.frames import bring, joined, rebase, source_keys, spread, without
from aval.engine.logic import conjunction, constant
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point, Scope
from aval.model.agreement import Agreements, Group, Party
from aval.model.columns import EMPTY, Axis, Frame, Ints, Spans, Timeline
from aval.model.expression import Binding, Expression, Ref
from aval.model.instant import ALWAYS, NEVER, Instant, read_civil
from aval.model.reason import Mode, Reason
from aval.model.term import Term

_SHOWN = 12


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Tally:
    """Who belongs and for whom the condition holds, on one frame that has the variable's axis.

    `size` is how many belong in all, where the agreement says so; `whole` is whether nobody can belong who is not on the axis. `others` is
    whether the condition holds for any who are not, where that is known.
    """

    axis: Axis
    member: Timeline
    condition: Timeline
    size: int | None
    whole: bool
    others: Timeline | None = None

    @property
    def smaller(self) -> tuple[Frame, Ints]:
        """Give the frame without the variable, and for every key its key there."""
        return without(self.member.frame, self.axis.name)

    def at_least(self, number: int) -> Timeline:
        """Whether at least so many belong and have the condition."""
        frame, keys = self.smaller
        if number <= 0:
            return constant(frame, yes=True)
        both, length = conjunction([self.member, self.condition], self.member.frame), len(self.axis.values)
        yes, no = drop(both.yes, keys, number), EMPTY
        if self.whole or self.others is not None:
            no = self._without(_reached(both.no, keys, frame, length - number + 1), frame)
        if self.size is not None:
            sure = difference(self.member.yes, self.member.no)
            # whoever the others are, there are no more than the rest of the size
            others = _reached(intersection(sure, self.condition.no), keys, frame, self.size - number + 1)
            no = union(no, difference(others, drop(difference(sure, self.condition.no), keys, number)))
            if self.whole:
                yes = union(yes, _reached(union(self.member.no, self.condition.yes), keys, frame, number + length - self.size))
        return Timeline(frame, yes, no, drop(both.carried, keys))

    def share(self, numerator: int, denominator: int, *, strict: bool) -> Timeline:
        """Whether those with the condition are at least such a part of all that belong; `strict` is more than that. Of nobody it is no.

        With c of m members, it asks whether `denominator * c - numerator * m` is 0 or more: a sum over the axis, in which a member with the
        condition adds `denominator - numerator`, one without it takes `numerator`, and who does not belong does neither.
        """
        frame, keys = self.smaller
        if self.size is not None:
            needed = self.size * numerator // denominator + 1 if strict else -(-self.size * numerator // denominator)
            return self.at_least(max(1, needed))
        if not self.whole and self.others is None:
            return Timeline(frame)
        length, rest = len(self.axis.values), denominator - numerator
        have, lack = intersection(self.condition.yes, self.member.yes), intersection(self.condition.no, self.member.yes)
        spared = difference(union(self.condition.yes, self.member.no), have)
        lost = difference(union(self.condition.no, self.member.no), lack)
        yes = _weighed(frame, keys, numerator * length + strict, [(have, denominator), (spared, numerator)])
        no = _weighed(frame, keys, rest * length + 1 - strict, [(lack, denominator), (lost, rest)])
        nobody = _reached(union(self.member.no, self.condition.no), keys, frame, length)
        carried = drop(union(self.member.carried, self.condition.carried), keys)
        yes = self._with(intersection(yes, drop(self.member.yes, keys)), frame)
        return Timeline(frame, yes, self._without(union(no, nobody), frame), carried)

    def _with(self, part: Spans, frame: Frame) -> Spans:
        """What is so whoever else belongs, if all others have the condition."""
        return part if self.whole or self.others is None else intersection(part, spread(self.others, frame).yes)

    def _without(self, part: Spans, frame: Frame) -> Spans:
        """What is so whoever else belongs, if none of the others has the condition."""
        return part if self.whole or self.others is None else intersection(part, spread(self.others, frame).no)


def _reached(part: Spans, keys: Ints, frame: Frame, number: int) -> Spans:
    """Where at least so many of a part cover; everywhere for none."""
    return everywhere(frame) if number <= 0 else drop(part, keys, number)


def _weighed(frame: Frame, keys: Ints, number: int, parts: Sequence[tuple[Spans, int]]) -> Spans:
    """Where the parts, each with the weight of one of its rows, add up to a number."""
    if number <= 0:
        return everywhere(frame)
    return reaches(number, [(rekeyed(part, keys), np.full(len(part), weight)) for part, weight in parts])


def rekeyed(part: Spans, keys: Ints) -> Spans:
    """Give rows their keys in a smaller frame; they may then overlap, and are only good for sums."""
    return Spans(keys[part.key], part.start, part.end)


def tally(binding: Binding, scope: Scope, evaluation: Evaluation, *, apart: bool = True) -> Tally:
    """Lay out who belongs to the group of a binding and has its condition.

    Who stands for those whom nobody named may be any number; he is kept `apart`, unless it does not matter of how many a sum is made.
    """
    inner = inner_scope(binding, scope, evaluation)
    axis, declared = inner.axes[binding.variable], evaluation.agreements.get(binding.group, Group)
    member = _member(binding, axis, evaluation)
    condition = constant(Frame((axis,)), yes=True) if binding.condition is None else evaluation.timeline(binding.condition, inner)
    frame = joined([member.frame, condition.frame])
    size = declared.size if declared else None
    if declared is not None and size is not None:
        size -= len(set(declared.members) & uncounted(evaluation.agreements))
    found = Tally(
        axis=axis, member=spread(member, frame), condition=spread(condition, frame), size=size, whole=evaluation.all_on_axis(binding.group)
    )
    return _apart(found) if apart and OTHERS in axis.values else found


def _apart(found: Tally) -> Tally:
    axis, smaller = Axis(found.axis.name, tuple(name for name in found.axis.values if name != OTHERS)), found.smaller[0]
    frame = Frame(tuple(axis if own.name == axis.name else own for own in found.member.frame.axes), found.member.frame.runs)
    member, condition = (bring(column, frame, {axis.name: axis}) for column in (found.member, found.condition))
    others = bring(found.condition, smaller, {axis.name: OTHERS})
    return replace(found, axis=axis, member=member, condition=condition, whole=False, others=others)


def uncounted(agreements: Agreements) -> frozenset[str]:
    """Give the organisations whose acts add nothing to those of their members, in number or in weight."""
    return frozenset(party.meta.name for party in agreements.of(Party) if not party.counted)


def inner_scope(binding: Binding, scope: Scope, evaluation: Evaluation) -> Scope:
    """Give the scope inside a binding: its variable runs over those who are counted."""
    axis, left_out = evaluation.axis(binding.variable, binding.group), uncounted(evaluation.agreements)
    if left_out:
        axis = Axis(axis.name, tuple(value for value in axis.values if value not in left_out))
    return replace(scope, axes={**scope.axes, axis.name: axis})


def _member(binding: Binding, axis: Axis, evaluation: Evaluation) -> Timeline:
    membership = evaluation.membership(binding.group)
    target = Frame((axis,), membership.frame.runs)
    column = rebase(membership, target, source_keys(membership.frame, target, {MEMBER: axis}))
    day = read_civil(binding.fixed_on, evaluation.zone(binding.group)) if binding.fixed_on else None
    return column if day is None else Timeline(target, _frozen(column.yes, day.hi), _frozen(column.no, day.hi))


def _frozen(part: Spans, at: Instant) -> Spans:
    """Make what covers an instant cover all time."""
    keys = part.key[(part.start <= at) & (at < part.end)]
    return spans((key, ALWAYS, NEVER) for key in keys.tolist())


def explain_over(
    text: str, node: Expression, binding: Binding, scope: Scope, point: Point, evaluation: Evaluation, of: Ref | None = None
) -> Reason:
    """Explain a verdict over a group by its members, one after the other; with `of` also by the number of each."""
    seen = look(evaluation.timeline(node, scope), point.values, point.at)
    parts = tuple(members(binding, scope, point, evaluation, of))
    note = "" if evaluation.exhaustive(binding.group) else "others may belong to the group; nobody has named them"
    return Reason(text=text, value=seen.value, mode=Mode.DERIVED, since=seen.since, note=note, span=node.span, parts=parts)


def members(binding: Binding, scope: Scope, point: Point, evaluation: Evaluation, of: Ref | None = None) -> Iterator[Reason]:
    """Explain the first members of a binding: that they belong, where somebody had to say so, their condition, their number."""
    inner = inner_scope(binding, scope, evaluation)
    for name in inner.axes[binding.variable].values[:_SHOWN]:
        here = Point({**point.values, binding.variable: name}, point.at, point.branches)
        member = evaluation.reason_of(Term(binding.group, (name,)), here)
        if (binding.condition is None and of is None) or member.mode is not Mode.DERIVED:
            yield member
        if binding.condition is not None:
            yield evaluation.reason(binding.condition, inner, here)
        if of is not None:
            yield evaluation.reason(of, inner, here)
