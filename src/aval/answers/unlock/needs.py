"""The symbolic form of all sets: the formula as a tree of needs, with thresholds and weights as they stand in the text."""

from __future__ import annotations

from fractions import Fraction

from aval.answers.inquiry import Inquiry
from aval.answers.naming import label_of
from aval.answers.unlock.keys import Keys
from aval.answers.unlock.shapes import Need
from aval.engine.fixpoint import Equations
from aval.engine.relaxed import Early, Enough, Formula, Key, Name, Then
from aval.engine.relaxing import Place

DEEPEST = 40
"""levels that a tree is followed down; deeper, a term is only named"""


class Needs:
    """Makes the tree; a term that has been told in full is named again, not told again."""

    def __init__(self, equations: Equations, keys: Keys, inquiry: Inquiry) -> None:
        """Hold the equations."""
        self._equations, self._keys, self._inquiry = equations, keys, inquiry
        self._told: set[Place] = set()

    def of(self, formula: Formula, depth: int = 0) -> Need:
        """Make the need of a formula."""
        match formula:
            case Key():
                key = self._keys.make(formula.act, formula.span)
                return Need(op="key", term=key.term, label=key.does, key=key)
            case Name():
                return self._named(formula.place, depth)
            case Then():
                return Need(op="all", parts=(self.of(formula.first, depth + 1), self.of(formula.after, depth + 1)))
            case Early():
                return self.of(formula.part, depth)
            case Enough():
                return self._enough(formula, depth)
            case _:
                return Need(op="all")

    def _named(self, place: Place, depth: int) -> Need:
        term = place[0]
        label = label_of(self._inquiry.world.agreements.declarations.get(term.name), term, self._inquiry)
        if place in self._told or depth > DEEPEST:
            return Need(op="above", term=str(term), label=label)
        self._told.add(place)
        inner = self.of(self._equations[place], depth + 1)
        return Need(
            op=inner.op,
            term=str(term) if inner.op != "key" else inner.term,
            label=label if inner.op != "key" else inner.label,
            number=inner.number,
            weights=inner.weights,
            key=inner.key,
            parts=inner.parts,
        )

    def _enough(self, formula: Enough, depth: int) -> Need:
        parts = tuple(self.of(part, depth + 1) for _, part in formula.parts)
        if formula.every:
            return Need(op="all", parts=parts)
        if formula.any:
            return Need(op="any", parts=parts)
        if formula.counted:
            weight = formula.parts[0][0]
            return Need(op="count", number=str(-(-formula.need // weight)), parts=parts)
        return Need(op="weight", number=number(formula.need), weights=tuple(number(weight) for weight, _ in formula.parts), parts=parts)


def number(value: Fraction) -> str:
    """Write a number exactly where it has a short decimal form, else rounded up to two places, since less would not be enough."""
    for places in range(7):
        if (value * 10**places).denominator == 1:
            whole = int(value * 10**places)
            return f"{whole / 10**places:.{places}f}" if places else str(whole)
    return f"{float(-(-value * 100 // 1)) / 100:.2f}"
