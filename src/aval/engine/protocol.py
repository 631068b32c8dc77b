"""What an operator is: one file with what it computes and how it explains, side by side (semantics 2.11).

An operator belongs to one kind of expression node. It computes a column for every instance at once, and it explains one instance at
one moment from the columns that were computed, never by computing again. And it relaxes: from what is wanted of it to what that asks of
its parts (2.9). *Yes* and *no* are separate wishes, and nothing is ever taken back to grant one, so that ends and ratios are relaxed; what
comes out is run before it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import IntEnum
from typing import Any, Protocol

from aval.engine.cast import Ballot
from aval.engine.relaxed import Act, Formula
from aval.engine.sampling import Rows
from aval.model.agreement import Agreements, Param, State
from aval.model.claims import Claims
from aval.model.columns import QUESTION, Axis, Moments, Numbers, Timeline
from aval.model.expression import NOWHERE, Binding, Expression, Ref
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, Instant
from aval.model.problem import Span
from aval.model.reason import Alleged, Reason
from aval.model.statement import Statement
from aval.model.term import Term


class At(IntEnum):
    """From when on an expression sees what happens; a guard, which is read just before an instant, sees what happens at it (2.5)."""

    BEFORE = 0
    """from its own instant on"""
    INSTANT = 1
    """from just before it on"""
    DAY = 2
    """from just before its day on, where it is a day"""


@frozen()
class Scope:
    """Where an expression stands: its declaration, and the axis of each variable in sight.

    With `rows` it is read only at these occurrences, each of which is an instance of its own. `at` says when what happens at an instant
    counts there.
    """

    owner: str
    axes: Mapping[str, Axis]
    rows: Rows | None = None
    at: At = At.BEFORE


@frozen()
class Point:
    """Where an explanation looks: a value for each axis, and the instant.

    `branches`: the value is the same on all readings, so clauses of every reading are shown, each at its own.
    """

    values: Mapping[str, str]
    at: Instant
    branches: bool = False

    def on(self, question: str, reading: str) -> Point:
        """Give the same point on a reading of a question."""
        return Point({**self.values, QUESTION + question: reading}, self.at, self.branches)


@frozen()
class Look:
    """How far to look: not again through the states that are looked at already, and `only_rules` not at what is reported or not known."""

    inside: frozenset[str] = frozenset()
    only_rules: bool = False


ALL = Look()


class Evaluation(Protocol):
    """What operators see of an evaluation."""

    agreements: Agreements
    known: Instant

    def column(self, node: Expression, scope: Scope) -> Timeline | Moments | Numbers:
        """Give the column of an expression."""
        ...

    def timeline(self, node: Expression, scope: Scope) -> Timeline:
        """Give the column of a condition."""
        ...

    def moments(self, node: Expression, scope: Scope) -> Moments:
        """Give the column of a moment."""
        ...

    def numbers(self, node: Expression, scope: Scope) -> Numbers:
        """Give the column of a number."""
        ...

    def quantity(self, name: str) -> Numbers:
        """Give the column of a declared quantity."""
        ...

    def state(self, name: str) -> Timeline:
        """Give the column of a declared state, process, duty (owed), ban (in force) or power (available)."""
        ...

    def words(self, name: str, *, alone: bool = False) -> Mapping[str, Timeline]:
        """Give, for each word in which a norm can stand or each value of a state, the column of when it does.

        `alone`: as if no other duty stood in for it.
        """
        ...

    def while_it_stands(self, place: tuple[str, int], column: Moments, make: Callable[[Moments], Moments]) -> Moments:
        """Make something of a column; in a knot it is made once as long as the column is the same one."""
        ...

    def itself(self, scope: Scope) -> Timeline:
        """Give the column of the owner of a scope, as far as the scope goes."""
        ...

    def triggers(self, scope: Scope) -> Moments:
        """Give the moments that the `from` clauses of the owner of a scope name, where their guards let them."""
        ...

    def turns_of(self, declared: State, *, falls: bool = False, look: Look = ALL) -> Moments:
        """Give where a state may begin, or with `falls` end, by its rules."""
        ...

    def occurrences(self, name: str) -> Moments:
        """Give the column of a declared event or moment, or of the valid exercise of a power."""
        ...

    def happened(self, name: str) -> Timeline:
        """Give the column of whether a declared event or moment has come."""
        ...

    def deadlines(self, name: str) -> Moments:
        """Give the column of a duty's deadlines."""
        ...

    def spoken(self, term: Term) -> Claims:
        """Give all that was said of a term, whether or not it counts."""
        ...

    def claimed(self, name: str) -> Moments:
        """Give the column of an event as anybody has claimed it, whether or not that counts."""
        ...

    def findings(self, body: str, name: str) -> Moments:
        """Give the column of what a body itself found of a declared event."""
        ...

    def membership(self, group: str) -> Timeline:
        """Give the column of who belongs to a group, over the axis `member`."""
        ...

    def axis(self, variable: str, group: str) -> Axis:
        """Make the axis of a variable over a group."""
        ...

    def ranges(self, owner: str, param: Param) -> Axis:
        """Make the axis of a declaration's parameter."""
        ...

    def question(self, name: str, readings: tuple[str, ...]) -> Axis:
        """Make the axis of a question's readings."""
        ...

    def closed(self, group: str) -> bool:
        """Whether nobody else can be in the group."""
        ...

    def exhaustive(self, group: str) -> bool:
        """Whether everybody who can be in the group is on its axis, even where some of them may not be."""
        ...

    def all_on_axis(self, group: str) -> bool:
        """Whether the axis of a group has everybody who can be in it, be it by one that stands for all whom nobody named."""
        ...

    def knowing_others(self, item: object, groups: Iterable[str]) -> Evaluation:
        """Give the evaluation in which to ask about members of groups: one that knows of those whom nobody named, where that can tell."""
        ...

    def zone(self, owner: str) -> str:
        """Give the time zone of the agreement that a declaration stands in."""
        ...

    def reason(self, node: Expression, scope: Scope, point: Point) -> Reason:
        """Explain a condition at a point."""
        ...

    def reason_of(self, term: Term, point: Point) -> Reason:
        """Explain a declared term at an instant; the point also names the readings."""
        ...

    def said_of(self, term: Term) -> tuple[Sequence[Statement], Sequence[Alleged]]:
        """Give what counts for a term, and what does not."""
        ...

    def finders(self, name: str) -> frozenset[str]:
        """Give the bodies whose findings settle a declared event or state."""
        ...

    def spoken_of(self, name: str) -> Sequence[Claims]:
        """Give all that was said of the terms of a declaration, whether or not it counts; each term's in one piece."""
        ...

    def counted(self, name: str) -> Sequence[Claims]:
        """Give all that counts for the terms of a declaration; each term's in one piece."""
        ...

    def found_of(self, term: Term) -> Sequence[Statement]:
        """Give what bodies themselves found of a term."""
        ...

    def ballots(self, body: str, term: Term) -> Sequence[Ballot]:
        """Give the ballots of a body on a term."""
        ...

    def votes_of(self, body: str, term: Term) -> tuple[Reason, ...]:
        """Explain the ballots of a body on a term."""
        ...

    def terms_of(self, name: str) -> list[Term]:
        """Give every term of a declaration that somebody spoke of."""
        ...

    def rung_at_least(self, term: Term, step: int) -> Timeline:
        """Give the column, without axes, of a contribution that stands on that rung of the ladder or higher."""
        ...


@frozen()
class Wish:
    """That a condition is *yes* (or *no*) at `by`; that a moment has come by then (or has not), and not before `since`.

    `values` names the instance, by variable; `span` is the clause that asks.
    """

    values: Mapping[str, str]
    by: Instant
    yes: bool = True
    since: Instant = ALWAYS
    span: Span = NOWHERE

    @property
    def turned(self) -> Wish:
        """The opposite wish."""
        return replace(self, yes=not self.yes)

    def of(self, values: Mapping[str, str]) -> Wish:
        """Give the same wish of another instance."""
        return replace(self, values=values)


class Relaxation(Protocol):
    """What operators and rules see when they relax.

    `timeless`: time is ignored, so that what can come has come; `lawful`: nobody acts before the text lets him. `start` is the earliest
    instant at which an act can come.
    """

    evaluation: Evaluation
    timeless: bool
    lawful: bool
    start: Instant

    def condition(self, node: Expression, scope: Scope, wish: Wish) -> Formula:
        """Relax a condition."""
        ...

    def moment(self, node: Expression, scope: Scope, wish: Wish) -> Formula:
        """Relax a moment."""
        ...

    def holds(self, node: Expression, scope: Scope, wish: Wish) -> bool:
        """Whether a condition is as it is wanted, if nothing else happens."""
        ...

    def when(self, node: Expression, scope: Scope, wish: Wish) -> Instant | None:
        """Give the last instant in the time of the wish at which a moment comes, if nothing else happens."""
        ...

    def reads(self, column: Timeline, wish: Wish) -> bool:
        """Whether a column has the wanted value."""
        ...

    def stands(self, question: str, reading: str) -> bool:
        """Whether a clause on that reading stands."""
        ...

    def term(self, term: Term, wish: Wish) -> Formula:
        """Relax a declared condition."""
        ...

    def word(self, term: Term, word: str, wish: Wish) -> Formula:
        """Relax that a norm stands in a word, or that a state has a value."""
        ...

    def happening(self, term: Term, wish: Wish) -> Formula:
        """Relax a declared event or moment, or the valid exercise of a power."""
        ...

    def finding(self, body: str, term: Term, wish: Wish) -> Formula:
        """Relax a body's finding: its own, or that of its members by their votes."""
        ...

    def member(self, group: str, name: str, wish: Wish) -> Formula:
        """Relax somebody's belonging to a group."""
        ...

    def standing(self, party: str, domain: str, rung: str, wish: Wish) -> Formula:
        """Relax how far a contribution stands."""
        ...

    def each(self, binding: Binding, scope: Scope, belongs: Wish, has: Wish) -> Sequence[tuple[str, Formula, Formula]]:
        """Give who may belong to the group of a binding, with what it takes that he does (or does not), and that he has its condition."""
        ...

    def of_named(self, formula: Formula, groups: Iterable[str], wish: Wish) -> Formula:
        """Give a formula back; where it is *never*, note whether others, whom nobody named, would have to act."""
        ...

    def instances(self, ref: Ref, wish: Wish) -> Iterator[Term]:
        """Yield the terms that a reference stands for; more than one where `any` stands in it."""
        ...

    def key(self, act: Act, wish: Wish) -> Formula:
        """Make the key to an act; where it would come too late, nothing can bring it about."""
        ...

    def beyond(self, what: str) -> None:
        """Note that something was met of which the answer may be incomplete."""
        ...

    def obstacle(self, what: str, wish: Wish) -> Formula:
        """Note why something cannot be brought about; gives *never*."""
        ...


class Operator(Protocol):
    """One kind of expression. `node` is its class."""

    node: type[Any]

    def compute(self, node: Any, scope: Scope, evaluation: Evaluation) -> Timeline | Moments | Numbers:
        """Compute its column."""
        ...

    def explain(self, node: Any, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        """Explain its value at a point."""
        ...

    def relax(self, node: Any, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        """Say what a wish of it asks for."""
        ...
