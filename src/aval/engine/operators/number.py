"""`10000`, `3 percent`, `5 percent of NUMBER` (semantics 2.5). `3 percent` by itself is the number 3 in percent."""

from __future__ import annotations

from fractions import Fraction

from aval.engine.amounts import everywhere_at, joined_pieces, value_of, written
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula
from aval.model.columns import Ends, Numbers
from aval.model.expression import Number, PercentOf
from aval.model.reason import Mode, Reason


class _Number:
    node = Number

    def compute(self, node: Number, scope: Scope, evaluation: Evaluation) -> Numbers:
        number = Fraction(node.value)
        return everywhere_at((number, number))

    def explain(self, node: Number, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        ends = evaluation.numbers(node, scope).at(0, point.at)
        return Reason(text=written(ends, "percent" if node.percent else ""), value=value_of(ends), mode=Mode.DERIVED, span=node.span)

    def relax(self, node: Number, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.obstacle("a number by itself is neither yes nor no", wish)


class _PercentOf:
    node = PercentOf

    def compute(self, node: PercentOf, scope: Scope, evaluation: Evaluation) -> Numbers:
        column, part = evaluation.numbers(node.item, scope), Fraction(node.percent) / 100

        def scaled(ends: Ends) -> Ends:
            low, high = ends
            return None if low is None else low * part, None if high is None else high * part

        pieces = {key: joined_pieces([rows], lambda here: scaled(here[0])) for key, rows in column.pieces.items()}
        return Numbers(column.frame, pieces)

    def explain(self, node: PercentOf, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        column, part = evaluation.numbers(node, scope), evaluation.reason(node.item, scope, point)
        ends = column.at(column.frame.key(point.values), point.at)
        text = f"{node.percent} percent of {part.text}: {written(ends)}"
        return Reason(text=text, value=value_of(ends), mode=Mode.DERIVED, span=node.span, parts=(part,))

    def relax(self, node: PercentOf, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        return relaxing.obstacle("a number by itself is neither yes nor no", wish)


NUMBER, PERCENT_OF = _Number(), _PercentOf()
