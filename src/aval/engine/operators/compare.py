"""`force_size is at least 10000`: two ranges side by side, in four values (semantics 2.5).

Told yes where the least of the one suffices against the greatest of the other; told no where its greatest does not against the least.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import lcm

from aval.engine.amounts import exceeds, joined_pieces, rebase_numbers
from aval.engine.frames import joined, source_keys
from aval.engine.logic import negation
from aval.engine.lookup import look
from aval.engine.operators.weight import held_by
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Act, Formula, Sort, any_of, enough, every_of
from aval.model.columns import Ends, Numbers, Timeline
from aval.model.expression import Bound, Compare, Number, Ref, Total
from aval.model.reason import Mode, Reason


class _Compare:
    node = Compare

    def compute(self, node: Compare, scope: Scope, evaluation: Evaluation) -> Timeline:
        sides = [evaluation.numbers(node.left, scope), evaluation.numbers(node.right, scope)]
        frame = joined(side.frame for side in sides)
        left, right = (rebase_numbers(side, frame, source_keys(side.frame, frame, {})) for side in sides)
        both = left.pieces.keys() & right.pieces.keys()
        apart = Numbers(frame, {key: joined_pieces([left.pieces[key], right.pieces[key]], lambda two: _apart(*two)) for key in both})
        enough = exceeds(apart, strict=node.bound in (Bound.MORE_THAN, Bound.AT_MOST))
        return negation(enough) if node.bound in (Bound.AT_MOST, Bound.LESS_THAN) else enough

    def explain(self, node: Compare, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        seen = look(evaluation.timeline(node, scope), point.values, point.at)
        left, right = (evaluation.reason(side, scope, point) for side in (node.left, node.right))
        text = f"{left.text}, {node.bound.value} {right.text}" if left.value.told_yes else f"{left.text} is {node.bound.value} {right.text}"
        return Reason(text=text, value=seen.value, mode=Mode.DERIVED, since=seen.since, span=node.span, parts=(left, right))

    def relax(self, node: Compare, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        if relaxing.holds(node, scope, wish):
            return MET
        relaxing.beyond("numbers side by side")
        if isinstance(node.left, Total) and isinstance(node.right, Number):
            return _total(node, node.left, node.right, scope, wish, relaxing)
        upward = (node.bound in (Bound.AT_LEAST, Bound.MORE_THAN)) is wish.yes
        if not isinstance(node.left, Ref) or not isinstance(node.right, Number):
            return relaxing.obstacle("sums and parts of numbers are not searched for", wish)
        beyond = node.right.value + (1 if upward else -1) * (0 if (node.bound in (Bound.AT_LEAST, Bound.AT_MOST)) is wish.yes else 1)
        ends = (beyond, None) if upward else (None, beyond)
        terms = relaxing.instances(node.left, wish)
        return any_of([relaxing.key(Act(Sort.AMOUNTS, term, low=ends[0], high=ends[1]), wish) for term in terms])


def _apart(left: Ends, right: Ends) -> Ends:
    """By how much the one is above the other, as a range; each end needs one end of each side."""
    (low, high), (least, greatest) = left, right
    return None if low is None or greatest is None else low - greatest, None if high is None or least is None else high - least


def _total(node: Compare, left: Total, right: Number, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for so many of a group that what they hold adds up; where it has to be less, nobody can take away what is held."""
    if (node.bound in (Bound.AT_LEAST, Bound.MORE_THAN)) is not wish.yes:
        return relaxing.obstacle("that a sum becomes less is not searched for", wish)
    group = relaxing.each(left.binding, scope, replace(wish, yes=True), replace(wish, yes=True))
    held = held_by(left.item.name, [name for name, _, _ in group], wish, relaxing)
    least = Fraction(1, lcm(*(one.denominator for one in held)))
    need = Fraction(right.value) + (least if node.bound in (Bound.MORE_THAN, Bound.AT_MOST) else 0)
    return enough(need, [(one, every_of([member, has])) for one, (_, member, has) in zip(held, group, strict=True)])


COMPARE = _Compare()
