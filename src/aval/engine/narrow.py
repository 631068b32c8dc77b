"""The evaluation of a few instances: the same functions, over parameters that range over a few values (decision 19).

Only parameters are narrowed. What a clause binds or counts ranges over everybody, and what it reads of other declarations is their whole
column. Operators see that wide world; the rules see the narrow one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any, TypeVar

import numpy as np

from aval.engine.exact import is_exact, parts_of
from aval.engine.protocol import Point, Scope
from aval.engine.reach import Box
from aval.engine.splice import cut_out, places_in
from aval.engine.widening import Made
from aval.engine.world import World
from aval.model.agreement import Declaration, Event, Param, params_of
from aval.model.claims import Claims
from aval.model.columns import Axis, Frame, Moments, Numbers, Timeline
from aval.model.expression import Expression
from aval.model.reason import Reason
from aval.model.term import Term

C = TypeVar("C")
_MANY = 5_000
"""instances of a box from which on the terms that were spoken of are gone through instead"""


class Narrow(World):
    """Some instances of one declaration, or of the declarations of a knot.

    One that `solves` works their columns out. Any other takes them from the world that it is part of, and works out what rests on them.
    """

    def __init__(self, later: World, boxes: Mapping[str, Box], *, solves: bool, starts: Mapping[str, Made] | None = None) -> None:
        """Keep whose instances are meant. `starts`: the columns with which the rounds of a knot start, if not with what it is at first."""
        self.__dict__ |= later.__dict__
        self._later, self.boxes, self._solves, self._starts = later, boxes, solves, starts or {}
        self.asked: dict[tuple[str, Any], Callable[[World], Any]] = {}
        self.cut = False
        self._making = ""
        self._columns, self._stacked, self._happened, self._deadlines = {}, {}, {}, {}
        self._words, self._quantities, self._claimed, self._nodes = {}, {}, {}, {}
        self._readers, self._named, self._kept, self._cut, self._restless = {}, {}, [], set(), {}
        self._knots = {name: tuple(one for one in knot if one in boxes) for name, knot in later.knotted.items() if name in boxes}
        self._axes: dict[tuple[str, str], Axis] = {}
        self._wide = Wide(self, later)

    def beyond(self) -> World:
        """Give the evaluation that operators see: the wide one."""
        return self._wide

    def ranges(self, owner: str, param: Param) -> Axis:
        """Make the axis of a declaration's parameter: the values of its box."""
        if owner not in self.boxes:
            return self._later.ranges(owner, param)
        if (owner, param.name) not in self._axes:
            axis = self._later.axis(param.name, param.group)
            place = [one.name for one in params_of(self.agreements.declarations[owner])].index(param.name)
            wanted = self.boxes[owner][place]
            if wanted is not None:
                axis = Axis(axis.name, tuple(sorted((value for value in wanted if value in axis.values), key=axis.values.index)))
            self._axes[owner, param.name] = axis
        return self._axes[owner, param.name]

    def axes(self, name: str) -> tuple[Axis, ...]:
        """Give the axes of a declaration's parameters."""
        return tuple(self.ranges(name, param) for param in params_of(self.agreements.declarations[name]))

    def knowing_others(self, item: object, groups: Iterable[str]) -> World:
        """Give the evaluation in which to ask about members of groups: that of the whole, where it is another."""
        found = self._later.knowing_others(item, groups)
        return self if found is self._later else found

    # what was said

    def _inside(self, name: str) -> list[Term]:
        """Give the terms of the box that somebody spoke of."""
        axes = self.axes(name)
        if np.prod([len(axis.values) for axis in axes], dtype=np.float64) <= _MANY:
            terms = (Term(name, args) for args in product(*(axis.values for axis in axes)))
            return [term for term in terms if term in self.admitted or any(term == voted for _, voted in self._ballots)]
        among = [frozenset(axis.values) for axis in axes]
        return [term for term in self._later.terms_of(name) if all(arg in values for arg, values in zip(term.args, among, strict=True))]

    def terms_of(self, name: str) -> list[Term]:
        """Give every term of a declaration that somebody spoke of; of its own, those of the box."""
        return self._inside(name) if name in self.boxes else self._later.terms_of(name)

    def counted(self, name: str) -> Sequence[Claims]:
        """Give all that counts for the terms of a declaration."""
        if name not in self.boxes:
            return self._later.counted(name)
        return [self.admitted[term].accepted for term in self._inside(name) if term in self.admitted]

    def spoken_of(self, name: str) -> Sequence[Claims]:
        """Give all that was said of the terms of a declaration, whether or not it counts."""
        return [self.claims.about(term) for term in self._inside(name)] if name in self.boxes else self._later.spoken_of(name)

    # columns

    def column(self, node: Expression, scope: Scope) -> Timeline | Moments | Numbers:
        """Give the column of an expression. One that stands elsewhere, or of other instances, is that of the whole."""
        if scope.owner not in self.boxes or any(scope.axes.get(axis.name, axis).values != axis.values for axis in self.axes(scope.owner)):
            return self._later.column(node, scope)
        return super().column(node, scope)

    def solved(self, name: str) -> Made:
        """Give the column that was worked out of a declaration."""
        column = self._column(name)
        self.cut = self.cut or bool(self._cut)
        return column

    def _column(self, name: str) -> Made:
        if not self._is_mine(name):
            return self._later.whole(name)
        if name not in self._columns and not self._solves:
            self._columns[name] = cut_out(self._later.whole(name), self.axes(name))
        return super()._column(name)

    def of(self, name: str, ask: Callable[[World], C]) -> C:
        """Ask for what rests on one of its declarations, whichever is being made."""
        making, self._making = self._making, name
        try:
            return ask(self)
        finally:
            self._making = making

    def _is_mine(self, name: str) -> bool:
        """Whether a declaration is asked for as far as the box goes: what is being made reads the whole column of every other."""
        return name in self.boxes and self._making in ("", name)

    def make(self, name: str) -> Made:
        """Work a declaration's column out. An occurrence is numbered as in the whole column."""
        made = self.of(name, lambda _: World.make(self, name))
        return self._numbered(name, made) if isinstance(self.agreements.declarations[name], Event) and isinstance(made, Moments) else made

    def start(self, name: str) -> Made:
        """Give the column that a declaration of a knot starts the rounds with."""
        return cut_out(self._starts[name], self.axes(name)) if name in self._starts else super().start(name)

    def all_exact(self) -> bool:
        """Whether all that was read and worked out is known to the instant, and before the horizon.

        Then it is the only solution of its rules (decision 18), wherever the rounds began.
        """
        made = [column for part in self._columns.values() for column in parts_of(part)]
        return all(map(is_exact, [*made, *self._nodes.values()]))

    def _numbered(self, name: str, column: Moments) -> Moments:
        params = params_of(self.agreements.declarations[name])
        every = Frame(tuple(self._later.axis(param.name, param.group) for param in params))
        places = places_in(every, Frame(self.axes(name)))
        cause = np.where(column.cause >= 0, places[column.cause], -1)
        return Moments(column.frame, column.key, column.lo, column.hi, cause)

    def _check_size(self, declared: Declaration) -> None:
        """A box is smaller than what was checked."""

    def itself(self, scope: Scope) -> Timeline:
        """Give the column of the owner of a scope, as far as the scope goes."""
        return self.state(scope.owner) if self._is_mine(scope.owner) else self._later.itself(scope)

    def state(self, name: str) -> Timeline:
        """Give the column of a declared state, process, duty, ban or power."""
        return super().state(name) if self._is_mine(name) else self._later.state(name)

    def happened(self, name: str) -> Timeline:
        """Give the column of whether a declared event or moment has come."""
        return super().happened(name) if self._is_mine(name) else self._later.happened(name)

    def occurrences(self, name: str) -> Moments:
        """Give the column of a declared event or moment, or of the valid exercise of a power."""
        return super().occurrences(name) if self._is_mine(name) else self._later.occurrences(name)

    def claimed(self, name: str) -> Moments:
        """Give the column of an event as anybody has claimed it."""
        if not self._is_mine(name):
            return self._later.claimed(name)
        if name not in self._claimed:
            self._claimed[name] = self._numbered(name, super().claimed(name))
        return self._claimed[name]

    def findings(self, body: str, name: str) -> Moments:
        """Give the column of what a body itself found of a declared event."""
        if not self._is_mine(name):
            return self._later.findings(body, name)
        place = f"{body} finds {name}"
        if place not in self._columns:
            self._columns[place] = self._numbered(name, super().findings(body, name))
        return super().findings(body, name)

    def words(self, name: str, *, alone: bool = False) -> Mapping[str, Timeline]:
        """Give, for each word in which a norm can stand or each value of a state, the column of when it does."""
        return super().words(name, alone=alone) if self._is_mine(name) else self._later.words(name, alone=alone)

    def deadlines(self, name: str) -> Moments:
        """Give the column of a duty's deadlines."""
        return super().deadlines(name) if self._is_mine(name) else self._later.deadlines(name)

    def quantity(self, name: str) -> Numbers:
        """Give the column of a declared quantity."""
        return super().quantity(name) if self._is_mine(name) else self._later.quantity(name)

    def membership(self, group_name: str) -> Timeline:
        """Give the column of who belongs to a group."""
        return self._later.membership(group_name)

    # reasons

    def reason_of(self, term: Term, point: Point) -> Reason:
        """Explain a declared term."""
        return self._later.reason_of(term, point)

    def explained(self, declared: Declaration, term: Term, point: Point) -> Reason:
        """Explain a term of the box."""
        return self._explain(declared, term, point)


class Wide(World):
    """The world as the operators of a narrow one see it: whole columns, and the expressions of the narrow one."""

    def __init__(self, narrow: Narrow, later: World) -> None:
        """Keep both."""
        self.__dict__ |= later.__dict__
        self._narrow, self._later = narrow, later

    def knowing_others(self, item: object, groups: Iterable[str]) -> World:
        """Give the evaluation in which to ask about members of groups: that of the whole, where it is another."""
        found = self._later.knowing_others(item, groups)
        return self if found is self._later else found

    def column(self, node: Expression, scope: Scope) -> Timeline | Moments | Numbers:
        """Give the column of an expression."""
        return self._narrow.column(node, scope)

    def itself(self, scope: Scope) -> Timeline:
        """Give the column of the owner of a scope, as far as the scope goes."""
        return self._narrow.itself(scope)

    def ranges(self, owner: str, param: Param) -> Axis:
        """Make the axis of a declaration's parameter."""
        return self._later.ranges(owner, param)

    def state(self, name: str) -> Timeline:
        """Give the column of a declared state, process, duty, ban or power."""
        return self._later.state(name)

    def happened(self, name: str) -> Timeline:
        """Give the column of whether a declared event or moment has come."""
        return self._later.happened(name)

    def occurrences(self, name: str) -> Moments:
        """Give the column of a declared event or moment, or of the valid exercise of a power."""
        return self._later.occurrences(name)

    def claimed(self, name: str) -> Moments:
        """Give the column of an event as anybody has claimed it."""
        return self._later.claimed(name)

    def findings(self, body: str, name: str) -> Moments:
        """Give the column of what a body itself found of a declared event."""
        return self._later.findings(body, name)

    def words(self, name: str, *, alone: bool = False) -> Mapping[str, Timeline]:
        """Give, for each word in which a norm can stand or each value of a state, the column of when it does."""
        return self._later.words(name, alone=alone)

    def deadlines(self, name: str) -> Moments:
        """Give the column of a duty's deadlines."""
        return self._later.deadlines(name)

    def quantity(self, name: str) -> Numbers:
        """Give the column of a declared quantity."""
        return self._later.quantity(name)

    def membership(self, group_name: str) -> Timeline:
        """Give the column of who belongs to a group."""
        return self._later.membership(group_name)

    def terms_of(self, name: str) -> list[Term]:
        """Give every term of a declaration that somebody spoke of."""
        return self._later.terms_of(name)

    def spoken_of(self, name: str) -> Sequence[Claims]:
        """Give all that was said of the terms of a declaration."""
        return self._later.spoken_of(name)

    def reason_of(self, term: Term, point: Point) -> Reason:
        """Explain a declared term."""
        return self._later.reason_of(term, point)
