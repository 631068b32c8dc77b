"""`at least 3/4 of s in G with C`: so large a part of a group, whose members may be open on both sides (semantics 2.5)."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

from aval.engine.logic import negation
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, any_of, enough, every_of
from aval.engine.tally import explain_over, tally
from aval.model.columns import Timeline
from aval.model.expression import Bound, Share
from aval.model.reason import Reason


class _Share:
    node = Share

    def compute(self, node: Share, scope: Scope, evaluation: Evaluation) -> Timeline:
        found = tally(node.binding, scope, evaluation)
        reverse = node.bound in (Bound.AT_MOST, Bound.LESS_THAN)
        enough = found.share(node.numerator, node.denominator, strict=node.bound in (Bound.MORE_THAN, Bound.AT_MOST))
        return negation(enough) if reverse else enough

    def explain(self, node: Share, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        fixed = f" fixed on {node.binding.fixed_on}" if node.binding.fixed_on else ""
        text = f"{node.bound.value} {node.numerator}/{node.denominator} of {node.binding.variable} in {node.binding.group}{fixed}"
        return explain_over(text, node, node.binding, scope, point, evaluation)

    def relax(self, node: Share, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("ratios")
        if relaxing.holds(node, scope, wish):
            return MET
        strict = node.bound in (Bound.MORE_THAN, Bound.AT_MOST)
        wanted = wish.turned if node.bound in (Bound.AT_MOST, Bound.LESS_THAN) else wish
        group = relaxing.each(node.binding, scope, wanted, wanted)
        needed = Fraction(len(group) * node.numerator, node.denominator)
        number = int(needed) + 1 if strict else ceil(needed)
        if wanted.yes:
            return enough(max(1, number), [(1, every_of([member, has])) for _, member, has in group])
        return enough(len(group) - number + 1, [(1, any_of([member, has])) for _, member, has in group])


SHARE = _Share()
