"""`at least 55 percent of emissions held by s in G with C`: so large a part of what the group holds (semantics 2.5); also `2/3 of`.

Where the quantity is in percent, each number is a part of the whole already, and the whole is 100. Else the whole is what the group holds:
the sum over it, joined with a told total. Of nothing, no part is reached.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm

from aval.engine.algebra import intersection, union
from aval.engine.amounts import exceeds, joined_pieces, narrowest
from aval.engine.holdings import Holdings, holdings, told_total
from aval.engine.logic import negation
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, any_of, enough, every_of
from aval.engine.tally import explain_over
from aval.model.agreement import Quantity
from aval.model.columns import Ends, Numbers, Timeline
from aval.model.expression import Bound, Name, Ref, Weight
from aval.model.reason import Reason

PERCENT = "percent"


class _Weight:
    node = Weight

    def compute(self, node: Weight, scope: Scope, evaluation: Evaluation) -> Timeline:
        declared = evaluation.agreements.get(node.quantity, Quantity)
        item = Ref(node.quantity, (Name(node.binding.variable),), span=node.span)
        found = holdings(item, node.binding, scope, evaluation)
        part, strict = node.fraction, node.bound in (Bound.MORE_THAN, Bound.AT_MOST)
        margin = _of_hundred(found, part) if declared and declared.unit == PERCENT else _of_all(found, part, item, node, evaluation)
        enough, held = exceeds(margin, strict=strict), exceeds(_bounded(found), strict=True)
        yes, no = intersection(enough.yes, held.yes), union(enough.no, held.no)
        result = Timeline(enough.frame, yes, no)
        return negation(result) if node.bound in (Bound.AT_MOST, Bound.LESS_THAN) else result

    def explain(self, node: Weight, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        text = f"{node.bound.value} {node.written} of {node.quantity} held by {node.binding.variable} in {node.binding.group}"
        item = Ref(node.quantity, (Name(node.binding.variable),), span=node.span)
        return explain_over(text, node, node.binding, scope, point, evaluation, of=item)

    def relax(self, node: Weight, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        relaxing.beyond("ratios")
        if relaxing.holds(node, scope, wish):
            return MET
        wanted = wish.turned if node.bound in (Bound.AT_MOST, Bound.LESS_THAN) else wish
        group = relaxing.each(node.binding, scope, wanted, wanted)
        held = held_by(node.quantity, [name for name, _, _ in group], wish, relaxing)
        declared = relaxing.evaluation.agreements.get(node.quantity, Quantity)
        whole = Fraction(100) if declared and declared.unit == PERCENT else sum(held, Fraction(0))
        least = Fraction(1, lcm(*(one.denominator for one in (*held, node.fraction * whole))))
        need = node.fraction * whole + (least if node.bound in (Bound.MORE_THAN, Bound.AT_MOST) else 0)
        if wanted.yes:
            return enough(need, [(one, every_of([member, has])) for one, (_, member, has) in zip(held, group, strict=True)])
        return enough(whole - need + least, [(one, any_of([member, has])) for one, (_, member, has) in zip(held, group, strict=True)])


def _bounded(found: Holdings) -> Numbers:
    """Give what those with the condition hold; where others may belong whom nobody named, without an upper end."""
    return found.summed(lambda one: one.adds if found.tally.whole else (one.adds[0], None))


def _of_hundred(found: Holdings, part: Fraction) -> Numbers:
    """Give by how much they are above that part of 100: at most by what the others are not told to hold."""
    held, lacking, needed = _bounded(found), found.summed(lambda one: one.withholds), 100 * part

    def above(two: tuple[Ends, ...] | list[Ends]) -> Ends:
        (low, high), (others, _) = two
        most = [end for end in (high, None if others is None else 100 - others) if end is not None]
        return None if low is None else low - needed, min(most) - needed if most else None

    pieces = {key: joined_pieces([rows, lacking.pieces.get(key, ())], lambda two: above(list(two))) for key, rows in held.pieces.items()}
    return Numbers(held.frame, pieces)


def _of_all(found: Holdings, part: Fraction, item: Ref, node: Weight, evaluation: Evaluation) -> Numbers:
    """Give by how much they are above that part of what all hold."""
    whole = found.tally.whole
    leaning = found.summed(lambda one: one.leans(part) if whole else (None, None))
    held, total = _bounded(found), told_total(item, node.binding, evaluation)

    def against(two: list[Ends]) -> Ends:
        (low, high), (least, greatest) = two
        return (
            None if low is None or greatest is None else low - part * greatest,
            None if high is None or least is None else high - part * least,
        )

    pieces = {}
    for key in {*leaning.pieces, *held.pieces}:
        told = joined_pieces([held.pieces.get(key, ()), total], lambda two: against(list(two)))
        pieces[key] = joined_pieces([leaning.pieces.get(key, ()), told], narrowest)
    return Numbers(held.frame, pieces)


def held_by(quantity: str, names: Sequence[str], wish: Wish, relaxing: Relaxation) -> list[Fraction]:
    """Give what each holds for certain at the time of the wish; of what nobody told, nothing."""
    column = relaxing.evaluation.quantity(quantity)
    ends = [column.at(column.frame.key(dict.fromkeys(column.frame.names, name)), wish.by) for name in names]
    return [low or Fraction(0) for low, _ in ends]


WEIGHT = _Weight()
