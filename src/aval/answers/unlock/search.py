"""The smallest sets of acts that grant a formula, one after the other: an integer program, solved by HiGHS, checked exactly.

Each act is 0 or 1, each node of the formula is bounded by its parts, and the number of acts is least. What comes out is held against the
formulas in exact arithmetic; where rules only hold each other up, their loop is forbidden and the search goes on. So a solver's rounding
can cost time, and never makes a set that does not suffice. Costs are counted in nodes of the search, not in seconds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from math import lcm
from typing import Any

import highspy

from aval.answers.unlock.families import Choice, Family
from aval.engine.codes import TOO_COSTLY
from aval.engine.fixpoint import Equations, follows, keys_in, knotted, reached_from, so
from aval.engine.relaxed import Act, Early, Enough, Formula, Key, Met, Name, Never, Then
from aval.engine.relaxing import Place
from aval.model.problem import Problem, Span, Unsupported

NODES = 1_000
"""nodes of the search tree that one question may take: seconds for a knot of thirty parties, far more than any treaty needs"""
_Highs: Any = highspy.Highs
_LARGE = 1_000_000
_REFUSED = 1 / 1024
"""what a refused act costs more: of two sets of one size, the one that nobody has refused comes first"""


class Search:
    """Gives sets of acts that suffice, the smallest first; none holds another."""

    def __init__(self, goal: Formula, equations: Equations, refused: Collection[Act], span: Span) -> None:
        """Lay out the program."""
        self.goal, self.equations, self._span = goal, reached_from(goal, equations), span
        self._solver: Any = _Highs()
        self._solver.silent()
        for option, value in (("threads", 1), ("random_seed", 0), ("mip_rel_gap", 0.0), ("mip_abs_gap", 1e-9)):
            self._solver.setOptionValue(option, value)
        self._integer = highspy.HighsVarType.kInteger
        self._optimal, self._infeasible = highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kInfeasible
        self._columns = 0
        self._left = NODES
        self.acts: dict[Act, int] = {}
        for formula in (goal, *self.equations.values()):
            for key in keys_in(formula):
                if key.act not in self.acts:
                    self.acts[key.act] = self._column(1 + (_REFUSED if key.act in refused else 0))
        self._places = {place: self._column() for place in self.equations}
        self._knots = knotted(self.equations)
        self._ranks = {place: self._rank(len(knot)) for place, knot in self._knots.items()}
        self._owner: Place | None = None
        for place, formula in self.equations.items():
            self._owner = place
            self._at_most(self._places[place], formula, frozenset())
        self._owner = None
        self._root = self._column()
        self._at_most(self._root, goal, frozenset())
        self._row([(self._root, 1)], least=1)

    def next(self) -> frozenset[Act] | None:
        """Give the next set, or `None` where there is no other. Raises `Unsupported` where that takes too many steps."""
        while (found := self._solved()) is not None:
            acts = frozenset(act for act, column in self.acts.items() if found[column] > 1 / 2)
            sure = follows(self.equations, acts)
            if so(self.goal, acts, sure):
                return acts
            loop = [place for place, column in self._places.items() if found[column] > 1 / 2 and place not in sure]
            if not self._forbid(loop):
                self._row([(column, 1) for act, column in self.acts.items() if act not in acts], least=1)
        return None

    def leave_out(self, family: Family) -> None:
        """Go on without the sets of a family, and without whatever holds one of them."""
        self._row([*self._lacking(family)], least=1 - len(family.fixed))

    def pass_over(self, family: Family) -> None:
        """Go on without the sets of a family; what holds more than one of them may still do."""
        inside = {*family.fixed, *(act for choice in family.choices for block in choice.blocks for act in block)}
        others = [(column, 1.0) for act, column in self.acts.items() if act not in inside]
        more = [self._more(choice) for choice in family.choices]
        self._row([*self._lacking(family), *others, *more], least=1 - len(family.fixed))

    def _lacking(self, family: Family) -> Iterator[tuple[int, float]]:
        """Yield terms that add up to more than minus the number of fixed acts where something of a family is lacking."""
        yield from ((self.acts[act], -1.0) for act in family.fixed)
        for choice in family.choices:
            fewer = self._column()
            blocks = [(self.acts[block[0]], 1.0) for block in choice.blocks]
            self._row([*blocks, (fewer, len(blocks))], most=choice.number - 1 + len(blocks))
            yield fewer, 1.0

    def _more(self, choice: Choice) -> tuple[int, float]:
        more = self._column()
        self._row([*((self.acts[block[0]], 1.0) for block in choice.blocks), (more, -(choice.number + 1))], least=0)
        return more, 1.0

    def _forbid(self, loop: Sequence[Place]) -> bool:
        """Ask that what only holds itself up be held from outside; nothing where nothing does."""
        if not loop:
            return False
        inside = frozenset(loop)
        outside = []
        for place in loop:
            support = self._column()
            self._at_most(support, self.equations[place], inside)
            outside.append((support, 1))
        for place in loop:
            self._row([*outside, (self._places[place], -1)], least=0)
        return True

    def _at_most(self, column: int, formula: Formula, without: Collection[Place]) -> None:
        """Let a column be 1 only where a formula is granted, without the help of some terms."""
        match formula:
            case Met():
                return
            case Never():
                self._row([(column, 1)], most=0)
            case Key():
                self._row([(self.acts[formula.act], 1), (column, -1)], least=0)
            case Name():
                if formula.place in without:
                    self._row([(column, 1)], most=0)
                else:
                    self._row([(self._named(formula.place), 1), (column, -1)], least=0)
            case Then():
                self._at_most(column, formula.first, without)
                self._at_most(column, formula.after, without)
            case Early():
                self._at_most(column, formula.part, without)
            case Enough():
                self._threshold(column, formula, without)

    def _threshold(self, column: int, formula: Enough, without: Collection[Place]) -> None:
        if formula.every:
            for _, part in formula.parts:
                self._at_most(column, part, without)
            return
        scale = lcm(formula.need.denominator, *(weight.denominator for weight, _ in formula.parts))
        weights = [int(weight * scale) for weight, _ in formula.parts]
        need = int(formula.need * scale)
        shrink = max(1, max(weights) / _LARGE)
        slack = 1e-9 * need / shrink if shrink > 1 else 0  # what rounding may lose is checked exactly afterwards
        terms: list[tuple[int, float]] = [
            (self._part(part, without), weight / shrink) for weight, (_, part) in zip(weights, formula.parts, strict=True)
        ]
        self._row([*terms, (column, -(need / shrink - slack))], least=0)

    def _part(self, part: Formula, without: Collection[Place]) -> int:
        """Give the column of a part."""
        if isinstance(part, Key):
            return self.acts[part.act]
        if isinstance(part, Name) and part.place not in without:
            return self._named(part.place)
        column = self._column()
        self._at_most(column, part, without)
        return column

    def _named(self, place: Place) -> int:
        """Give the column of a term; inside a knot, of the term as one that is so before the term that asks for it.

        Each term of a knot has a rank, and leans only on those of a lower one: so that nothing holds itself up.
        """
        owner = self._owner
        if owner is None or self._knots.get(owner) is None or self._knots[owner] is not self._knots.get(place):
            return self._places[place]
        column, most = self._column(), len(self._knots[owner])
        self._row([(self._places[place], 1), (column, -1)], least=0)
        self._row([(self._ranks[owner], 1), (self._ranks[place], -1), (column, -(most + 1))], least=-most)
        return column

    def _rank(self, most: int) -> int:
        self._solver.addCol(0, 0, most, 0, [], [])
        self._columns += 1
        return self._columns - 1

    def _column(self, cost: float = 0) -> int:
        self._solver.addCol(cost, 0, 1, 0, [], [])
        self._solver.changeColIntegrality(self._columns, self._integer)
        self._columns += 1
        return self._columns - 1

    def _row(self, terms: Sequence[tuple[int, float]], *, least: float = -1e30, most: float = 1e30) -> None:
        joined: dict[int, float] = {}
        for column, weight in terms:
            joined[column] = joined.get(column, 0) + weight
        self._solver.addRow(least, most, len(joined), list(joined), [float(weight) for weight in joined.values()])

    def _solved(self) -> Sequence[float] | None:
        self._solver.setOptionValue("mip_max_nodes", max(1, self._left))
        self._solver.run()
        status = self._solver.getModelStatus()
        self._left -= max(1, int(self._solver.getInfo().mip_node_count))
        if status == self._infeasible:
            return None
        if status != self._optimal or self._left <= 0:
            why = f", since {len(self._knots)} terms need each other" if self._knots else ""
            message = f"the search for the smallest sets among {len(self.acts)} acts would take more than {NODES:,} nodes{why}"
            hint = "choose readings, or ask about a term further down"
            raise Unsupported((Problem(code=TOO_COSTLY, message=message, span=self._span, hint=hint),))
        found: Sequence[float] = self._solver.getSolution().col_value
        return found
