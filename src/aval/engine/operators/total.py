"""`the total of tonnage(s) for (s in G with C)`: a quantity added up over a group, joined with a told total (semantics 2.5)."""

from __future__ import annotations

from dataclasses import replace

from aval.engine.amounts import value_of, written
from aval.engine.holdings import holdings, joined_with, told_total
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.engine.tally import members
from aval.model.agreement import Quantity
from aval.model.columns import Ends, Numbers
from aval.model.expression import Total
from aval.model.reason import Mode, Reason


class _Total:
    node = Total

    def compute(self, node: Total, scope: Scope, evaluation: Evaluation) -> Numbers:
        found = holdings(node.item, node.binding, scope, evaluation)
        column = found.summed(lambda one: one.adds)
        if not found.tally.whole:  # those whom nobody named may hold more
            column = replace(column, pieces={key: tuple(_low_only(rows)) for key, rows in column.pieces.items()})
        return joined_with(column, told_total(node.item, node.binding, evaluation)) if node.binding.condition is None else column

    def explain(self, node: Total, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        column = evaluation.numbers(node, scope)
        ends = column.at(column.frame.key(point.values), point.at)
        declared = evaluation.agreements.get(node.item.name, Quantity)
        text = f"the total of {node.item.name} is {written(ends, declared.unit if declared else '')}"
        parts = tuple(members(node.binding, scope, point, evaluation, of=node.item))
        return Reason(text=text, value=value_of(ends), mode=Mode.DERIVED, span=node.span, parts=parts)

    def relax(self, node: Total, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.obstacle("a number by itself is neither yes nor no", wish)


def _low_only(rows: tuple[tuple[int, int, Ends], ...]) -> list[tuple[int, int, Ends]]:
    return [(start, end, (low, None)) for start, end, (low, _) in rows]


TOTAL = _Total()
