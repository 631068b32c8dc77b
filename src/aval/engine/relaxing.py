"""Working out what it would take (semantics 2.9): from a term that is wanted to formulas over acts.

A relaxation belongs to one choice of readings. Each derived term is worked out once for each instant at which it is wanted; rules that
need each other meet as equations, of which the least solution counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from types import MappingProxyType

from aval.engine.at_once import OF_EVENTS, by_days
from aval.engine.budget import Budget
from aval.engine.domains import MEMBER, OTHERS
from aval.engine.lookup import look
from aval.engine.operators import OPERATORS
from aval.engine.operators.reference import term_of
from aval.engine.protocol import At, Evaluation, Point, Scope, Wish
from aval.engine.relaxed import MET, NEVER_MET, Act, Formula, Key, Met, Name, Never, Sort, any_of, early, every_of
from aval.engine.rules import ballot, kinds
from aval.engine.rules.clauses import relax_whiles
from aval.engine.rules.offer import OFFER
from aval.engine.tally import inner_scope
from aval.engine.world import World
from aval.model.agreement import Body, Contribution, Declaration, Event, Group, Power, params_of
from aval.model.columns import QUESTION, Timeline
from aval.model.expression import And, Any, Binding, Count, Expression, IsOneOf, Not, Or, Ref, Share
from aval.model.four import Value
from aval.model.instant import ALWAYS, Instant
from aval.model.statement import Rung
from aval.model.term import Term

JOINING = (And, Or, Not, Count, Share)
"""The conditions that hand the instant at which they are read on to their parts."""
SETTLED = (And, Or, Not, IsOneOf)
"""The conditions of which a no can be looked into with time ignored; any other may be a no at some time or other."""
STEPS = 2_000_000
"""nodes that one relaxation may look at"""
_BY_NODE = {operator.node: operator for operator in OPERATORS}
Place = tuple[Term, str, bool, Instant, Instant]


class Relaxing:
    """What is asked for what, on one choice of readings. Implements `aval.engine.protocol.Relaxation`."""

    def __init__(
        self,
        world: World,
        readings: Mapping[str, str] = MappingProxyType({}),
        start: Instant = ALWAYS,
        *,
        timeless: bool = False,
        lawful: bool = False,
        tag: str = "",
    ) -> None:
        """Begin. `readings` are by the names of the questions' axes; acts come at `start` at the earliest.

        `tag` keeps the terms of several relaxations apart, where their equations are put together.
        """
        self._tag = tag
        self.questions: dict[str, None] = {}
        self.evaluation: Evaluation = world
        self.timeless, self.lawful, self.start = timeless, lawful, start
        self.equations: dict[Place, Formula] = {}
        self.features: dict[str, None] = {}
        self.obstacles: dict[str, None] = {}
        self.budget = Budget(STEPS)
        self._readings = readings
        self._ahead: set[Place] = set()

    # what operators ask

    def condition(self, node: Expression, scope: Scope, wish: Wish) -> Formula:
        """Relax a condition."""
        if self.timeless and not wish.yes and not isinstance(node, SETTLED):
            return MET
        self.budget.spend(1, node.span)
        if scope.at and isinstance(node, OF_EVENTS):
            found = self.condition(node, replace(scope, at=At.BEFORE), wish)
            return found if by_days(node, scope, self.evaluation) else early(found)
        found = _BY_NODE[type(node)].relax(node, scope, wish, self)
        return early(found) if scope.at and not isinstance(node, JOINING) else found

    def moment(self, node: Expression, scope: Scope, wish: Wish) -> Formula:
        """Relax a moment: nothing is needed where it has come."""
        if self.timeless and not wish.yes:
            return MET
        self.budget.spend(1, node.span)
        if wish.yes and not self.timeless and self.when(node, scope, wish) is not None:
            return MET
        found = _BY_NODE[type(node)].relax(node, scope, wish, self)
        if isinstance(found, Met) and wish.since > ALWAYS and not self.timeless:
            return self.obstacle("a moment that has come already would have to come anew", wish)
        return found

    def holds(self, node: Expression, scope: Scope, wish: Wish) -> bool:
        """Whether a condition is as it is wanted, if nothing else happens."""
        return not self.timeless and self.reads(self.evaluation.timeline(node, scope), wish)

    def reads(self, column: Timeline, wish: Wish) -> bool:
        """Whether a column has the wanted value."""
        wanted = Value.YES if wish.yes else Value.NO
        return look(column, {**wish.values, **self._readings}, wish.by).value is wanted

    def when(self, node: Expression, scope: Scope, wish: Wish) -> Instant | None:
        """Give the last instant in the time of the wish at which a moment comes, if nothing else happens."""
        column = self.evaluation.moments(node, scope)
        key = column.frame.key({**wish.values, **self._readings})
        come = [] if key is None else [hi for lo, hi in column.of(key) if lo <= hi and wish.since <= hi <= wish.by]
        return max(come, default=None)

    def stands(self, question: str, reading: str) -> bool:
        """Whether a clause on that reading stands."""
        if question:
            self.questions[question] = None
        return not question or self._readings.get(QUESTION + question, reading) == reading

    def instances(self, ref: Ref, wish: Wish) -> Iterator[Term]:
        """Yield the terms that a reference stands for."""
        params = params_of(self.evaluation.agreements.declarations[ref.name])
        choices = [
            self._names(param.group) if isinstance(arg, Any) else (wish.values.get(arg.text, arg.text),)
            for arg, param in zip(ref.args, params, strict=True)
        ]
        yield from (Term(ref.name, args) for args in product(*choices))

    def _names(self, group: str) -> Sequence[str]:
        return [name for name in self.evaluation.axis(MEMBER, group).values if name != OTHERS]

    def each(self, binding: Binding, scope: Scope, belongs: Wish, has: Wish) -> list[tuple[str, Formula, Formula]]:
        """Give who may belong to the group of a binding, and what both halves of it take."""
        inner = inner_scope(binding, scope, self.evaluation)
        found = []
        for name in inner.axes[binding.variable].values:
            here = has.of({**has.values, binding.variable: name})
            able = (MET if has.yes else NEVER_MET) if binding.condition is None else self.condition(binding.condition, inner, here)
            found.append((name, self.member(binding.group, name, belongs), able))
        return found

    def of_named(self, formula: Formula, groups: Iterable[str], wish: Wish) -> Formula:
        """Give a formula back; where it is *never*, say if that may be because nobody named who else can act."""
        for group in groups if isinstance(formula, Never) and wish.yes else ():
            if not self.evaluation.exhaustive(group):
                self.obstacle(f"too few of {group} are named: others would have to act, and nobody has said who they are", wish)
        return formula

    def key(self, act: Act, wish: Wish) -> Formula:
        """Make the key to an act."""
        if not self.timeless and (wish.by < self.start or wish.since > wish.by):
            return self.obstacle(f"{act.term} would have had to come earlier", wish)
        return Key(act, wish.by, wish.span)

    def beyond(self, what: str) -> None:
        """Note that something was met of which the answer may be incomplete."""
        self.features[what] = None

    def obstacle(self, what: str, wish: Wish) -> Formula:
        """Note why something cannot be brought about."""
        del wish
        self.obstacles[what] = None
        return NEVER_MET

    # declared terms

    def term(self, term: Term, wish: Wish) -> Formula:
        """Relax a declared condition."""
        declared = self.evaluation.agreements.declarations[term.name]
        here = wish.of(_values(declared, term))
        if not self.timeless and self.reads(self.evaluation.state(term.name), here):
            return MET
        return self._named((term, "", here.yes, here.by, ALWAYS), lambda: kinds.relax(declared, term, here, self))

    def word(self, term: Term, word: str, wish: Wish) -> Formula:
        """Relax that a norm stands in a word, or that a state has a value."""
        declared = self.evaluation.agreements.declarations[term.name]
        here = wish.of(_values(declared, term))
        return self._named((term, word, here.yes, here.by, here.since), lambda: kinds.relax_word(declared, term, word, here, self))

    def happening(self, term: Term, wish: Wish) -> Formula:
        """Relax a declared event or moment, or the valid exercise of a power."""
        declared = self.evaluation.agreements.declarations[term.name]
        here = wish.of(_values(declared, term))
        if not self.timeless and self._has_come(term, here):
            return MET
        if isinstance(declared, Event) and not self.lawful:
            return kinds.relax_happening(declared, term, here, self)
        place = (term, "happens", here.yes, here.by, here.since)
        return self._named(place, lambda: every_of([kinds.relax_happening(declared, term, here, self), self._allowed(term, here)]))

    def _has_come(self, term: Term, wish: Wish) -> bool:
        column = self.evaluation.occurrences(term.name)
        key = column.frame.key({**wish.values, **self._readings})
        rows = [] if key is None else column.of(key)
        if wish.yes:
            return any(lo <= hi and wish.since <= hi <= wish.by for lo, hi in rows)
        return look(self.evaluation.happened(term.name), {**wish.values, **self._readings}, wish.by).value is Value.NO

    def _allowed(self, term: Term, wish: Wish) -> Formula:
        """Where nobody acts before the text lets him: one of the powers to this deed has to be available."""
        ways = [self.term(power, replace(wish, since=ALWAYS)) for power in self.powers(term)] if self.lawful else []
        return any_of(ways) if ways else MET

    def powers(self, deed: Term) -> list[Term]:
        """Give the powers, each with its arguments, that are to a deed."""
        powers = [one for one in self.evaluation.agreements.of(Power) if one.deed.name == deed.name]
        return [Term(one.meta.name, args) for one in powers for args in self._of_deed(one, deed)]

    def _of_deed(self, power: Power, term: Term) -> Iterator[tuple[str, ...]]:
        """Yield the arguments with which a power is to that deed."""
        for args in product(*(self._names(param.group) for param in power.params)):
            values = dict(zip((param.name for param in power.params), args, strict=True))
            if term_of(power.deed, Point(values, 0)) == term:
                yield args

    def finding(self, body: str, term: Term, wish: Wish) -> Formula:
        """Relax a body's finding."""
        declared = self.evaluation.agreements.get(body, Body)
        if declared is not None and declared.decides is not None and wish.yes:
            return ballot.relax(declared, declared.decides, term, wish, self)
        return self.key(Act(Sort.FINDS, term, wish.yes, body=body), wish)

    def member(self, group: str, name: str, wish: Wish) -> Formula:
        """Relax somebody's belonging to a group."""
        declared = self.evaluation.agreements.get(group, Group)
        if declared is None or (name in declared.members and not declared.table):
            return MET if wish.yes else NEVER_MET
        if not self.timeless:
            seen = look(self.evaluation.membership(group), {MEMBER: name}, wish.by).value
            if seen is (Value.YES if wish.yes else Value.NO):
                return MET
        if self.evaluation.closed(group) and not declared.table:
            return NEVER_MET if wish.yes else MET
        return self.key(Act(Sort.BELONGS, Term(group, (name,)), wish.yes), wish)

    def standing(self, party: str, domain: str, rung: str, wish: Wish) -> Formula:
        """Relax how far a contribution stands; where nobody acts before the text lets him, also its conditions."""
        wanted = Rung(rung) if wish.yes else Rung.WITHDRAWN
        own = self.key(Act(Sort.STANDS, Term(OFFER, (party, domain)), rung=wanted.value), wish)
        found = contribution(self.evaluation, party, domain)
        if not self.lawful or found is None or not wish.yes:
            return own
        place = (Term(OFFER, (party, domain)), "conditions", True, wish.by, ALWAYS)
        return every_of([own, self._named(place, lambda: self.conditions(found, wish))])

    def conditions(self, declared: Contribution, wish: Wish) -> Formula:
        """Relax the conditions that a party has set for what it holds out."""
        return relax_whiles(declared.conditions, Scope(declared.meta.name, {}), wish.of({}), self)

    def _named(self, place: Place, make: Callable[[], Formula]) -> Formula:
        """Work the formula of a term out once. What is being worked out already is named, and so is what has many parts."""
        place = (place[0], self._tag + place[1], *place[2:])
        if place in self._ahead:
            return Name(place)
        if place not in self.equations:
            self._ahead.add(place)
            try:
                self.equations[place] = make()
            finally:
                self._ahead.discard(place)
        found = self.equations[place]
        return found if isinstance(found, Met | Never | Key) else Name(place)


def contribution(evaluation: Evaluation, party: str, domain: str) -> Contribution | None:
    """Give the conditions that a party has set for what it holds out in one domain."""
    return next((one for one in evaluation.agreements.of(Contribution) if (one.party, one.domain) == (party, domain)), None)


def _values(declared: Declaration, term: Term) -> dict[str, str]:
    return dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
