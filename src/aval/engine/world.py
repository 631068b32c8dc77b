"""One evaluation: agreements, live statements and a view in; columns and reasons out (semantics 2.10, 2.11).

Columns are worked out when they are first asked for and then kept. Nothing here reads a clock, a file or the network.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from copy import copy

import numpy as np

from aval.engine import at_once
from aval.engine.admit import CLAIMS, Admitted, Firmest, finders_of, hear
from aval.engine.algebra import held
from aval.engine.budget import Budget, allowance
from aval.engine.cast import Ballot
from aval.engine.codes import TOO_COSTLY
from aval.engine.domains import MEMBER, Domains
from aval.engine.edges import edges_of
from aval.engine.exact import is_exact, parts_of
from aval.engine.explained import Explained
from aval.engine.extent import choices_of, extents
from aval.engine.frames import stacked
from aval.engine.knots import alike, ground, untie
from aval.engine.logic import constant
from aval.engine.not_yet import refuse_declaration
from aval.engine.operators import operator_of
from aval.engine.operators.happened import asked, happened
from aval.engine.operators.reference import groups_of, instances
from aval.engine.order import Ways, asks_triggers, edged, knots, questions_of, reads, ways_of
from aval.engine.patched import PatchedMoments
from aval.engine.protocol import ALL, Look, Scope
from aval.engine.reach import Links, links, written
from aval.engine.rules import ballot, ban, duty, event, group, kinds, moment, offer, power, quantity, state, turning
from aval.engine.rules.clauses import changes, scope_of
from aval.engine.seats import seated_only
from aval.engine.widening import Made
from aval.model.agreement import (
    Agreements,
    Ban,
    Declaration,
    Duty,
    Event,
    Group,
    Moment,
    Power,
    Quantity,
    State,
)
from aval.model.claims import Claims
from aval.model.columns import VALUE, Axis, Frame, Moments, Numbers, Timeline
from aval.model.expression import Expression, Finds
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.problem import Problem, Unsupported
from aval.model.reason import Reason
from aval.model.statement import Firmness, Statement
from aval.model.term import Term
from aval.model.view import View

_NOBODY = np.zeros(0, np.int64)
MAX_CHOICES = 512
"""combinations of readings that one answer looks at; the Paris case needs at most a few"""


def _rows(column: Timeline | Moments | Numbers) -> int:
    if isinstance(column, PatchedMoments):
        return len(column.patch)
    return held(column.yes) + held(column.no) if isinstance(column, Timeline) else len(column)


class World(Explained):
    """What follows from the agreements and the statements, at a view. Implements `aval.engine.protocol.Evaluation`."""

    def __init__(
        self,
        agreements: Agreements,
        statements: Sequence[Statement],
        view: View,
        zone: str,
        steps: int | None = None,
        heard: World | None = None,
    ) -> None:
        self.agreements = agreements
        self.steps = steps
        self.claims = Claims.of(statements)
        self.view = view
        self.known = view.known
        self.budget = Budget(allowance(len(self.claims)) if steps is None else steps)
        self.admitted: Admitted = Admitted(agreements, self.claims) if heard is None else heard.admitted
        self.firmest: Mapping[Term, Firmness] = Firmest(self.claims) if heard is None else heard.firmest
        self.standings: dict[Term, offer.Standing] = offer.standings(self.claims, zone) if heard is None else heard.standings
        self._finders = finders_of(agreements)
        self.case_zone = zone
        self._domains = Domains(agreements, self.claims, view, self.admitted)
        self.ways: Ways = ways_of(agreements)
        self._knots = knots(agreements, self.ways)
        self._columns: dict[str, Made] = {}
        self._stacked: dict[str, Timeline] = {}
        self._sized: set[str] = set()
        self._readers: dict[str, list[tuple[str, int, Hashable]]] = {}
        self._happened: dict[str, Timeline] = {}
        self._deadlines: dict[str, Moments] = {}
        self._questions_of: dict[str, tuple[Axis, ...]] = {}
        self._words: dict[tuple[str, bool], Mapping[str, Timeline]] = {}
        self._reasons: dict[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]], Reason] = {}
        self._read: dict[str, tuple[set[str], set[str]]] = {}
        self._nodes: dict[tuple[str, int, Hashable], Timeline | Moments | Numbers] = {}
        self._named: dict[tuple[str, int], set[str]] = {}
        self._quantities: dict[str, Numbers] = {}
        self._claimed: dict[str, Moments] = {}
        self._cut: set[str] = set()
        self._restless: dict[tuple[str, ...], tuple[Problem, ...]] = {}
        self._standing: dict[tuple[str, int], tuple[Moments, Moments]] = {}
        self._hurried: dict[str, dict[str, Moments]] = {}
        self._links: tuple[Links, frozenset[int]] | None = None
        self._kept: list[object] = []
        self._recorded: dict[int, bool] = {}
        self._others: World | None = None
        self._knows_others = False
        self._explaining: list[str] = []
        self._met: set[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]]] = set()
        self._terms: dict[str, list[Term]] = {}
        for term in self.admitted:
            self._terms.setdefault(term.name, []).append(term)
        if heard is None:
            seated_only(self.admitted, self)
        self._ballots: dict[tuple[str, Term], list[Ballot]] = {}
        self._ballots = self._decide() if heard is None else heard._ballots  # noqa: SLF001  another of the same class
        for _, term in self._ballots:
            if term not in self._terms.setdefault(term.name, []):
                self._terms[term.name].append(term)

    def _decide(self) -> dict[tuple[str, Term], list[Ballot]]:
        """Count the votes, and hear what was passed as the findings that it is."""
        counted = ballot.ballots(self.claims, self)
        for (_, term), found in counted.items():
            passed = [ballot.finding_of(one, self) for one in found if one.value is Value.YES]
            if passed:
                said = self.claims.where(self.claims.by_term[term]) if term in self.claims.by_term else ()
                told = [one for one in said if one.says in CLAIMS]
                self.admitted[term] = hear(self.agreements, term, [*told, *passed])
        return counted

    def seen_from(self, view: View) -> World:
        """Give the same evaluation from another instant. No column depends on `at` or `known`, so what is worked out stays; reasons go.

        The view has to have the same readings, suppositions and viewer, and the same statements have to be in it.
        """
        other = copy(self)
        other.view, other.known = view, view.known
        other.__dict__ |= {"_reasons": {}, "_explaining": [], "_met": set()}
        return other

    def knowing_others(self, item: object, groups: Iterable[str]) -> World:
        """Give the evaluation in which to ask about members of groups.

        Of those whom nobody named, nothing was told. That is a no where only what was received exists, or where the record is complete; so
        where the item rests on such an event, it is asked in an evaluation that has one more candidate, who stands for them.
        """
        if self._knows_others or all(map(self.exhaustive, groups)) or not self._on_record(item):
            return self
        if self._others is None:
            self._others = other = World(self.agreements, self.claims, self.view, self.case_zone, heard=self)
            other.budget, other._knows_others = self.budget, True
            other._domains = self._domains.with_others()
        return self._others

    def _on_record(self, item: object) -> bool:
        """Whether something rests on an event of which the unreported is told not to have happened."""
        if id(item) not in self._recorded:
            ahead, seen = {name for name, _ in reads(item)}, set[str]()
            while ahead:
                name = ahead.pop()
                seen.add(name)
                ahead |= self._reads_of(name)[0] - seen if name in self.agreements.declarations else set()
            events = [self.agreements.get(name, Event) for name in seen]
            self._recorded[id(item)] = any(one is not None and (one.constitutive or one.complete_until) for one in events)
            self._kept.append(item)
        return self._recorded[id(item)]

    @property
    def links(self) -> tuple[Links, frozenset[int]]:
        """Who reads what, and which expressions stand in declarations."""
        if self._links is None:
            self._links = links(self.agreements), written(self.agreements)
        return self._links

    def stretch(self) -> tuple[Instant, Instant]:
        """Give the half-open stretch around `at` in which nothing that was worked out so far changes: all of it is read by comparing."""
        columns = self.worked_out()
        starts = [stretch[0] for standing in self.standings.values() for stretch in standing.stretches]
        edges = np.concatenate([np.array([ALWAYS, NEVER, *starts], np.int64), *(edge for column in columns for edge in edges_of(column))])
        return int(edges[edges <= self.view.at].max(initial=ALWAYS)), int(edges[edges > self.view.at].min(initial=NEVER))

    def worked_out(self) -> list[Timeline | Moments | Numbers]:
        """Give every column that was worked out so far."""
        columns = [
            *(part for made in self._columns.values() for part in parts_of(made)),
            *self._happened.values(),
            *self._deadlines.values(),
            *self._nodes.values(),
            *self._quantities.values(),
            *self._claimed.values(),
        ]
        columns += [column for words in self._words.values() for column in words.values()]
        return columns if self._others is None else columns + self._others.worked_out()

    # columns

    def timeline(self, node: Expression, scope: Scope) -> Timeline:
        """Give the column of a condition; a finding asked as a condition is whether it has been made."""
        if scope.at and isinstance(node, at_once.OF_EVENTS):
            return at_once.brought_forward(self.timeline(node, at_once.plain(node, scope, self)), node, scope, self)
        if isinstance(node, Finds):
            found = self.agreements.get(node.what.name, Event)
            made = happened(self.findings(node.body, node.what.name), constitutive=found is not None and found.constitutive)
            return instances(node.what, made, scope, self)
        column = self.column(node, scope)
        if not isinstance(column, Timeline):
            raise TypeError(f"{node!r} is not a condition")
        return column

    def moments(self, node: Expression, scope: Scope) -> Moments:
        """Give the column of a moment."""
        column = self.column(node, scope)
        if not isinstance(column, Moments):
            raise TypeError(f"{node!r} is not a moment")
        return column

    def numbers(self, node: Expression, scope: Scope) -> Numbers:
        """Give the column of a number."""
        column = self.column(node, scope)
        if not isinstance(column, Numbers):
            raise TypeError(f"{node!r} is not a number")
        return column

    def quantity(self, name: str) -> Numbers:
        """Give the column of a declared quantity."""
        if name not in self._quantities:
            declared = self.agreements.get(name, Quantity)
            if declared is None:
                raise TypeError(name)
            self._check_size(declared)
            self._quantities[name] = quantity.compute(declared, self)
        return self._quantities[name]

    def column(self, node: Expression, scope: Scope) -> Timeline | Moments | Numbers:
        """Give the column of an expression. One that is read at occurrences alone is read once."""
        groups = groups_of(node, self.agreements)
        if groups and (wide := self.knowing_others(node, groups)) is not self:
            return wide.column(node, scope)
        if scope.rows is not None:
            column = operator_of(node).compute(node, scope, self.beyond())
            self.budget.spend(_rows(column) + 1, node.span)
            return column
        place = (scope.owner, id(node), self._asked_from(scope))
        if place not in self._nodes:
            column = operator_of(node).compute(node, scope, self.beyond())
            self.budget.spend(_rows(column) + 1, node.span)
            self._nodes[place] = column
            if place[:2] not in self._named:
                self._kept.append(node)
            if scope.owner in self._knots:
                for name in self._names_in(node, scope.owner):
                    self._readers.setdefault(name, []).append(place)
        return self._nodes[place]

    def _asked_from(self, scope: Scope) -> Hashable:
        """Say from where an expression is asked. One that knows of others is asked from narrow axes, too, and from ones without them."""
        return (scope.at, *(axis.values for axis in scope.axes.values())) if self._knows_others else scope.at

    def _names_in(self, node: Expression, owner: str) -> set[str]:
        """Give the names whose columns an expression reads; `its latest trigger`, and an edge, read what a state's clauses do."""
        place = (owner, id(node))
        if place not in self._named:
            names = {name or owner for name, _ in reads(node)}
            through = {owner} if asks_triggers(node) else set()
            for one in through | set(edged(node, self.agreements)):
                names |= set(self._reads_of(one)[0])
            self._named[place] = names
        return self._named[place]

    def state(self, name: str) -> Timeline:
        """Give the column of a declared state, process, duty (owed) or power (available); one with values has the axis `=` of them."""
        column = self._column(name)
        if isinstance(column, Mapping):
            if name not in self._stacked:
                self._stacked[name] = stacked(Axis(VALUE, tuple(column)), list(column.values()))
            return self._stacked[name]
        if not isinstance(column, Timeline):
            raise TypeError(name)
        return column

    def while_it_stands(self, place: tuple[str, int], column: Moments, make: Callable[[Moments], Moments]) -> Moments:
        """Make something of a column; in a knot, whose rules are read again and again, it is kept as long as the column stands."""
        if place[0] not in self._knots:
            return make(column)
        whole, made = self._standing.get(place, (None, None))
        if made is None or whole is not column:
            made = make(column)
            self._standing[place] = column, made
        return made

    def itself(self, scope: Scope) -> Timeline:
        """Give the column of the owner of a scope, as far as the scope goes."""
        return self.state(scope.owner)

    def triggers(self, scope: Scope) -> Moments:
        """Give the moments that the `from` clauses of the owner of a scope name, where their guards let them."""
        declared = self.agreements.declarations[scope.owner]
        if not isinstance(declared, State | Ban):
            raise TypeError(scope.owner)
        return changes(declared.froms, scope, self)

    def turns_of(self, declared: State, *, falls: bool = False, look: Look = ALL) -> Moments:
        """Give where a state may begin, or with `falls` end, by its rules."""
        return turning.of_state(declared, self, falls=falls, look=look)

    def _column(self, name: str) -> Made:
        if name not in self._columns:
            if name in self._knots:
                self._untie(self._knots[name])
            else:
                self._columns[name] = self.make(name)
        return self._columns[name]

    def _untie(self, knot: tuple[str, ...]) -> None:
        """Solve a knot. One that does not come to rest is tried once: it takes long to find out."""
        if knot in self._restless:
            raise Unsupported(self._restless[knot])
        try:
            if not untie(knot, self):
                self._cut.update(knot)
        except Unsupported as refused:
            self._restless[knot] = refused.problems
            raise

    def _derive(self, declared: Declaration) -> Made:
        refuse_declaration(declared)
        self._check_size(declared)
        return kinds.derive(declared, self)

    def _check_size(self, declared: Declaration) -> None:
        """Refuse, before anything is laid out, a declaration with more instances than the budget has steps."""
        if declared.meta.name in self._sized:
            return
        self._sized.add(declared.meta.name)
        size = 1
        for one in extents(declared, self.agreements, lambda group: max(1, len(self._domains.candidates(group)))):
            size = max(size, one.count if one.span == declared.meta.span else 1)
            self.budget.foresee(one.count, one.span, f"{one.what}, which ranges over all of {', '.join(one.names)},")
        choices = choices_of(declared.meta.name, self._reads_of, self.agreements, self.view)
        if choices > MAX_CHOICES:
            message = f"this depends on {choices} combinations of readings; {MAX_CHOICES} are looked at"
            hint = "choose some of the readings: --reading QUESTION=READING"
            raise Unsupported((Problem(code=TOO_COSTLY, message=message, span=declared.meta.span, hint=hint),))
        self.budget.spend(size * choices, declared.meta.span)

    def _reads_of(self, name: str) -> tuple[set[str], set[str]]:
        if name not in self._read:
            declared = self.agreements.declarations[name]
            self._read[name] = set(self.ways[name]), set(questions_of(declared))
        return self._read[name]

    def occurrences(self, name: str) -> Moments:
        """Give the column of a declared event or moment, or of the valid exercise of a power."""
        declared = self.agreements.declarations[name]
        if isinstance(declared, Power):
            place = f"exercise of {name}"
            if place not in self._columns:
                refuse_declaration(declared)
                self._columns[place] = power.exercise(declared, self)
            column = self._columns[place]
        else:
            column = self._column(name)
        if not isinstance(column, Moments):
            raise TypeError(name)
        return column

    def _arise(self, declared: Event | Moment) -> Moments:
        refuse_declaration(declared)
        self._check_size(declared)
        return event.compute(declared, self) if isinstance(declared, Event) else moment.compute(declared, self)

    def happened(self, name: str) -> Timeline:
        """Give the column of whether a declared event or moment has come."""
        if name not in self._happened:
            declared = self.agreements.declarations[name]
            if isinstance(declared, Moment):
                parts = [*(clause.item for clause in declared.means), *(clause.item for clause in declared.becomes)]
                self._happened[name] = asked(self.occurrences(name), parts, self.agreements)
            elif isinstance(declared, Event):
                self._happened[name] = event.whether(declared, self)
            else:
                self._happened[name] = happened(self.occurrences(name), constitutive=False)
        return self._happened[name]

    def claimed(self, name: str) -> Moments:
        """Give the column of an event as anybody has claimed it, whether or not that counts."""
        if name not in self._claimed:
            self._claimed[name] = ban.spoken(self.agreements.declarations[name], self)
        return self._claimed[name]

    def findings(self, body: str, name: str) -> Moments:
        """Give the column of what a body itself found of a declared event."""
        place = f"{body} finds {name}"
        if place not in self._columns:
            declared = self.agreements.declarations[name]
            if not isinstance(declared, Event | State | Duty | Ban):
                raise TypeError(name)
            self._columns[place] = event.findings(declared, body, self)
        column = self._columns[place]
        if not isinstance(column, Moments):
            raise TypeError(place)
        return column

    def words(self, name: str, *, alone: bool = False) -> Mapping[str, Timeline]:
        """Give, for each word in which a norm can stand or each value of a state, the column of when it does.

        `alone`: as if no other duty stood in for it.
        """
        if (name, alone) not in self._words:
            declared = self.agreements.declarations[name]
            refuse_declaration(declared)
            match declared:
                case Duty():
                    self._words[name, alone] = duty.words(declared, self, alone=alone)
                case Ban():
                    self._words[name, alone] = ban.words(declared, self)
                case Power():
                    self._words[name, alone] = power.words(declared, self)
                case _:
                    column = self._column(name)
                    if not isinstance(column, Mapping):
                        raise TypeError(name)
                    return column
        return self._words[name, alone]

    def spoken(self, term: Term) -> Claims:
        """Give all that was said of a term, whether or not it counts."""
        return self.claims.where(self.claims.by_term.get(term, _NOBODY))

    def deadlines(self, name: str) -> Moments:
        """Give the column of a duty's deadlines."""
        if name not in self._deadlines:
            declared = self.agreements.get(name, Duty)
            if declared is None:
                raise TypeError(name)
            refuse_declaration(declared)
            self._deadlines[name] = duty.course(declared, self)
        return self._deadlines[name]

    def membership(self, group_name: str) -> Timeline:
        """Give the column of who belongs to a group, over the axis `member`."""
        if group_name not in self._columns:
            declared = self.agreements.get(group_name, Group)
            if declared is None:
                self._columns[group_name] = constant(Frame((self.axis(MEMBER, group_name),)), yes=True)
            else:
                self._columns[group_name] = group.compute(declared, self)
        column = self._columns[group_name]
        if not isinstance(column, Timeline):
            raise TypeError(group_name)
        return column

    def whole(self, name: str) -> Made:
        """Give the column of a declaration."""
        return self._column(name)

    # knots (`aval.engine.knots`)

    @property
    def knotted(self) -> Mapping[str, tuple[str, ...]]:
        """The knot of every declaration that depends on itself."""
        return self._knots

    def set_out(self, name: str) -> Frame:
        """Give the frame of a declaration's parameters."""
        return Frame(tuple(scope_of(self.agreements.declarations[name], self).axes.values()))

    def start(self, name: str) -> Made:
        """Give the column that a declaration of a knot starts the rounds with."""
        return ground(name, self)

    def make(self, name: str) -> Made:
        """Work a declaration's column out from the present columns."""
        declared = self.agreements.declarations[name]
        if isinstance(declared, Duty | Ban | Power):
            self._forget(name)  # its words may change where its column does not
        if isinstance(declared, State) and name in self._hurried:
            return self._hurry_on(declared)
        return self._arise(declared) if isinstance(declared, Event | Moment) else self._derive(declared)

    def hurry(self, names: Iterable[str]) -> None:
        """Let each value of these states of a knot see, within a round, what those before it have become."""
        self._hurried = {name: {} for name in names}

    def _hurry_on(self, declared: State) -> Made:
        """Make the values of a state one after the other, each from what those before it have become."""
        name = declared.meta.name
        for made in state.in_turn(declared, self._hurried[name], self):
            present = self._columns[name]
            columns = {**present, **made} if isinstance(present, Mapping) else made
            if not alike(present, columns, NEVER):
                self.put(name, columns)
        return self._columns[name]

    def exact(self, knot: Iterable[str]) -> bool:
        """Whether all that a knot read and made is known to the instant, and before the horizon."""
        names = set(knot)
        made = [part for name in names for part in parts_of(self._columns[name])]
        return all(map(is_exact, [*made, *(node for (owner, *_), node in self._nodes.items() if owner in names)]))

    def present(self, name: str) -> Made:
        """Give the present column of a declaration."""
        return self._columns[name]

    def put(self, name: str, made: Made) -> None:
        """Take a column as the present one, and forget what was worked out from the one before."""
        self._forget(name)
        self._columns[name] = made

    def drop(self, names: Iterable[str]) -> None:
        """Forget the columns of a knot that is not solved: what is half made must not be read."""
        for name in names:
            self._forget(name)
            self._columns.pop(name, None)

    def _forget(self, name: str) -> None:
        self._happened.pop(name, None)
        self._deadlines.pop(name, None)
        self._stacked.pop(name, None)
        self._columns.pop(f"exercise of {name}", None)
        for alone in (False, True):
            self._words.pop((name, alone), None)
        for place in self._readers.pop(name, ()):
            self._nodes.pop(place, None)

    def at(self) -> Instant:
        """Give the instant in the world that this view asks for."""
        return self.view.at
