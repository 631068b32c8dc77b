"""Questions about names: `p is FRA`, `p is one of (…)`, `p in coalition`."""

from __future__ import annotations

import numpy as np

from aval.engine.algebra import spans, union
from aval.engine.frames import rebase, source_keys
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, NEVER_MET, Formula
from aval.model.columns import Bools, Frame, Ints, Spans, Timeline
from aval.model.expression import IsOneOf, MemberOf
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason
from aval.model.term import Term


class _IsOneOf:
    node = IsOneOf

    def compute(self, node: IsOneOf, scope: Scope, evaluation: Evaluation) -> Timeline:
        names = (node.item, *node.options)
        axes = {axis.name: axis for name in names if (axis := scope.axes.get(name.text)) is not None}
        frame = Frame(tuple(axes.values()))
        codes: dict[str, int] = {}
        item, *options = (_codes(name.text, frame, codes) for name in names)
        same = np.zeros(frame.shape, np.bool_)
        for option in options:
            same |= item == option
        return Timeline(frame, _always(same.reshape(-1)), _always(~same.reshape(-1)))

    def explain(self, node: IsOneOf, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        name, *options = (point.values.get(one.text, one.text) for one in (node.item, *node.options))
        text = f"{name} is {'one of ' if len(options) > 1 else ''}{', '.join(options)}"
        return Reason(text=text, value=seen.value, mode=Mode.DERIVED, span=node.span)

    def relax(self, node: IsOneOf, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        name, *options = (wish.values.get(one.text, one.text) for one in (node.item, *node.options))
        return MET if (name in options) is wish.yes else NEVER_MET


def _codes(text: str, frame: Frame, codes: dict[str, int]) -> Ints:
    """Number the names that a variable stands for, along its axis of the frame; a name that is no variable has its one number."""
    place = frame.names.index(text) + 1 if text in frame.names else 0
    values = frame.axes[place - 1].values if place else (text,)
    numbers = np.array([codes.setdefault(value, len(codes)) for value in values], np.int64)
    return numbers.reshape([len(values) if here == place and place else 1 for here in range(len(frame.shape))])


def _always(which: Bools) -> Spans:
    """Cover all time for some instances."""
    keys = np.flatnonzero(which)
    return Spans(keys, np.full(len(keys), ALWAYS), np.full(len(keys), NEVER))


class _MemberOf:
    node = MemberOf

    def compute(self, node: MemberOf, scope: Scope, evaluation: Evaluation) -> Timeline:
        column = evaluation.membership(node.group)
        axis = scope.axes.get(node.item.text)
        target = Frame((axis,) if axis else (), column.frame.runs)
        keys = source_keys(column.frame, target, {"member": axis or node.item.text})
        found = rebase(column, target, keys)
        if not evaluation.closed(node.group):
            return found
        outside = spans((key, ALWAYS, NEVER) for key, source in enumerate(keys.tolist()) if source < 0)
        return Timeline(target, found.yes, union(found.no, outside), found.carried)

    def explain(self, node: MemberOf, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        return evaluation.reason_of(Term(node.group, (point.values.get(node.item.text, node.item.text),)), point)

    def relax(self, node: MemberOf, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.member(node.group, wish.values.get(node.item.text, node.item.text), wish)


IS_ONE_OF, MEMBER_OF = _IsOneOf(), _MemberOf()
