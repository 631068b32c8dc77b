"""One evaluation: agreements, live statements and a view in; columns and reasons out (semantics 2.10, 2.11).

Columns are worked out when they are first asked for and then kept. Nothing here reads a clock, a file or the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from math import prod

import numpy as np

from aval.engine.admit import Admitted, admit, firmest
from aval.engine.budget import DEFAULT_STEPS, Budget
from aval.engine.codes import TOO_COSTLY, TURNING_CYCLE
from aval.engine.domains import MEMBER, Domains
from aval.engine.edges import edges_of
from aval.engine.logic import constant, same
from aval.engine.lookup import look
from aval.engine.not_yet import refuse, refuse_declaration, refuse_node
from aval.engine.operators import OPERATORS
from aval.engine.operators.happened import asked, happened
from aval.engine.order import knots, questions_of, reads_of, ways_of
from aval.engine.protocol import Operator, Point, Scope
from aval.engine.rules import ban, duty, event, group, moment, offer, power, process, quantity, state
from aval.engine.rules.clauses import scope_of
from aval.model.agreement import (
    Agreements,
    Ban,
    Declaration,
    Duty,
    Event,
    Group,
    Moment,
    Power,
    Process,
    Quantity,
    Question,
    State,
    params_of,
)
from aval.model.claims import Claims
from aval.model.columns import QUESTION, Axis, Frame, Moments, Numbers, Timeline
from aval.model.expression import Expression
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.problem import Problem, Unsupported
from aval.model.reason import Alleged, Mode, Reason
from aval.model.statement import Firmness, Statement
from aval.model.term import Term
from aval.model.view import View

_BY_NODE = {operator.node: operator for operator in OPERATORS}
_NOBODY = np.zeros(0, np.int64)
_ROUNDS = 10_000
MAX_CHOICES = 512
"""combinations of readings that one answer looks at; the Paris case needs at most a few"""


def _operator(node: Expression) -> Operator:
    """Give the operator of a node; one that no operator is written for yet is refused with its place."""
    operator = _BY_NODE.get(type(node))
    if operator is None:
        refuse(node.span, f"this (`{type(node).__name__}`)")
    return operator


class World:
    """What follows from the agreements and the statements, at a view. Implements `aval.engine.protocol.Evaluation`."""

    def __init__(
        self,
        agreements: Agreements,
        statements: Sequence[Statement],
        view: View,
        zone: str,
        steps: int = DEFAULT_STEPS,
        heard: World | None = None,
    ) -> None:
        self.agreements = agreements
        self.claims = Claims.of(statements)
        self.view = view
        self.known = view.known
        self.budget = Budget(steps)
        self.admitted: Admitted = admit(agreements, self.claims) if heard is None else heard.admitted
        self.firmest: dict[Term, Firmness] = firmest(self.claims) if heard is None else heard.firmest
        self.standings: dict[Term, offer.Standing] = offer.standings(self.claims, zone) if heard is None else heard.standings
        self._zone = zone
        self._domains = Domains(agreements, self.claims, view)
        self._knots = knots(agreements)
        self._columns: dict[str, Timeline | Moments] = {}
        self._happened: dict[str, Timeline] = {}
        self._deadlines: dict[str, Moments] = {}
        self._words: dict[tuple[str, bool], Mapping[str, Timeline]] = {}
        self._reasons: dict[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]], Reason] = {}
        self._read: dict[str, tuple[set[str], set[str]]] = {}
        self._nodes: dict[tuple[str, int], Timeline | Moments | Numbers] = {}
        self._quantities: dict[str, Numbers] = {}
        self._kept: list[Expression] = []
        self._explaining: list[str] = []
        self._met: set[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]]] = set()
        self._terms: dict[str, list[Term]] = {}
        for term in self.admitted:
            self._terms.setdefault(term.name, []).append(term)

    def seen_from(self, view: View) -> World:
        """Give the same evaluation from another instant. No column depends on `at` or `known`, so what is worked out stays; reasons go.

        The view has to have the same readings, suppositions and viewer, and the same statements have to be in it.
        """
        other = copy(self)
        other.view, other.known = view, view.known
        other.__dict__ |= {"_reasons": {}, "_explaining": [], "_met": set()}
        return other

    def stretch(self) -> tuple[Instant, Instant]:
        """Give the half-open stretch around `at` in which nothing that was worked out so far changes: all of it is read by comparing."""
        columns = [
            *self._columns.values(),
            *self._happened.values(),
            *self._deadlines.values(),
            *self._nodes.values(),
            *self._quantities.values(),
        ]
        columns += [column for words in self._words.values() for column in words.values()]
        starts = [stretch[0] for standing in self.standings.values() for stretch in standing.stretches]
        edges = np.concatenate([np.array([ALWAYS, NEVER, *starts], np.int64), *(edge for column in columns for edge in edges_of(column))])
        return int(edges[edges <= self.view.at].max(initial=ALWAYS)), int(edges[edges > self.view.at].min(initial=NEVER))

    # columns

    def timeline(self, node: Expression, scope: Scope) -> Timeline:
        """Give the column of a condition; a finding asked as a condition is whether it has been made."""
        column = self._node(node, scope)
        if isinstance(column, Numbers):
            raise TypeError(f"{node!r} is not a condition")
        return happened(column, constitutive=False) if isinstance(column, Moments) else column

    def moments(self, node: Expression, scope: Scope) -> Moments:
        """Give the column of a moment."""
        column = self._node(node, scope)
        if not isinstance(column, Moments):
            raise TypeError(f"{node!r} is not a moment")
        return column

    def numbers(self, node: Expression, scope: Scope) -> Numbers:
        """Give the column of a number."""
        column = self._node(node, scope)
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

    def _node(self, node: Expression, scope: Scope) -> Timeline | Moments | Numbers:
        place = (scope.owner, id(node))
        if place not in self._nodes:
            refuse_node(node)
            column = _operator(node).compute(node, scope, self)
            rows = len(column.yes) + len(column.no) if isinstance(column, Timeline) else len(column)
            self.budget.spend(rows + 1, node.span)
            self._nodes[place] = column
            self._kept.append(node)
        return self._nodes[place]

    def state(self, name: str) -> Timeline:
        """Give the column of a declared state, process, duty (owed) or power (available)."""
        if name not in self._columns:
            if name in self._knots:
                self._untie(self._knots[name])
            else:
                self._columns[name] = self._derive(self.agreements.declarations[name])
        column = self._columns[name]
        if not isinstance(column, Timeline):
            raise TypeError(name)
        return column

    def _derive(self, declared: Declaration) -> Timeline:
        refuse_declaration(declared)
        self._check_size(declared)
        match declared:
            case State():
                return state.compute(declared, self)
            case Process():
                return process.compute(declared, self)
            case Duty():
                return duty.compute(declared, self)
            case Power():
                return power.compute(declared, self)
            case Ban():
                return ban.compute(declared, self)
            case _:
                raise TypeError(declared.meta.name)

    def _check_size(self, declared: Declaration) -> None:
        """Refuse, before anything is laid out, a declaration with more instances than the budget has steps."""
        size = 1
        for param in params_of(declared):
            size *= max(1, len(self._domains.candidates(param.group)))
        choices = self._choices(declared.meta.name)
        if choices > MAX_CHOICES:
            message = f"this depends on {choices} combinations of readings; {MAX_CHOICES} are looked at"
            hint = "choose some of the readings: --reading QUESTION=READING"
            raise Unsupported((Problem(code=TOO_COSTLY, message=message, span=declared.meta.span, hint=hint),))
        self.budget.spend(size * choices, declared.meta.span)

    def _choices(self, name: str) -> int:
        """Count the combinations of readings that a declaration can depend on, before any column is laid out."""
        found, ahead = set(), {name}
        seen: set[str] = set()
        while ahead:
            here = ahead.pop()
            seen.add(here)
            if here in self.agreements.declarations:
                reads, questions = self._reads_of(here)
                found |= questions
                ahead |= reads - seen
        asked = [self.agreements.get(question, Question) for question in found]
        return prod(len(one.readings) for one in asked if one is not None and self.view.reading_of(one.meta.name) is None)

    def _reads_of(self, name: str) -> tuple[set[str], set[str]]:
        if name not in self._read:
            declared = self.agreements.declarations[name]
            self._read[name] = set(reads_of(declared)), set(questions_of(declared))
        return self._read[name]

    def occurrences(self, name: str) -> Moments:
        """Give the column of a declared event or moment, or of the valid exercise of a power."""
        declared = self.agreements.declarations[name]
        if isinstance(declared, Power):
            name = f"exercise of {name}"
        if name not in self._columns:
            refuse_declaration(declared)
            self._check_size(declared)
            if isinstance(declared, Event):
                self._columns[name] = event.compute(declared, self)
            elif isinstance(declared, Moment):
                self._columns[name] = moment.compute(declared, self)
            elif isinstance(declared, Power):
                self._columns[name] = power.exercise(declared, self)
            else:
                raise TypeError(name)
        column = self._columns[name]
        if not isinstance(column, Moments):
            raise TypeError(name)
        return column

    def happened(self, name: str) -> Timeline:
        """Give the column of whether a declared event or moment has come."""
        if name not in self._happened:
            declared = self.agreements.declarations[name]
            if isinstance(declared, Moment):
                parts = [clause.item for clause in declared.means]
                self._happened[name] = asked(self.occurrences(name), parts, self.agreements)
            else:
                constitutive = isinstance(declared, Event) and declared.constitutive
                self._happened[name] = happened(self.occurrences(name), constitutive=constitutive)
        return self._happened[name]

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
        """Give, for each word in which a norm can stand, the column of when it does. `alone`: as if no other duty stood in for it."""
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
                    refuse(declared.meta.span, f"which value `{name}` has")
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

    def _untie(self, knot: tuple[str, ...]) -> None:
        """Rules that need each other at one instant: start from no everywhere and grow, to the least fixpoint (2.5)."""
        self._refuse_turns(knot)
        for name in knot:
            declared = self.agreements.declarations[name]
            self._columns[name] = constant(Frame(tuple(scope_of(declared, self).axes.values())), yes=False)
        try:
            self._grow(knot)
        except BaseException:
            for name in knot:  # what is half grown must not be read
                del self._columns[name]
            self._nodes = {place: column for place, column in self._nodes.items() if place[0] not in knot}
            raise

    def _grow(self, knot: tuple[str, ...]) -> None:
        for _ in range(_ROUNDS):
            self._nodes = {place: column for place, column in self._nodes.items() if place[0] not in knot}  # a knot holds no moments
            before = {name: self.state(name) for name in knot}
            for name in knot:
                self._columns[name] = self._derive(self.agreements.declarations[name])
            if all(before[name].frame == self.state(name).frame and same(before[name], self.state(name)) for name in knot):
                return

    def _refuse_turns(self, knot: tuple[str, ...]) -> None:
        edges = ways_of(self.agreements)
        turning = [name for name in knot if any(turned for other, turned in edges[name].items() if other in knot)]
        if turning:
            declared = self.agreements.declarations[turning[0]]
            message = f"{' and '.join(knot)} wait for each other's change"
            hint = "let one of them begin with an event instead"
            raise Unsupported((Problem(code=TURNING_CYCLE, message=message, span=declared.meta.span, hint=hint),))

    # names

    def axis(self, variable: str, group: str) -> Axis:
        """Make the axis of a variable over a group."""
        declared = self.agreements.get(group, Group)
        if declared is not None:
            refuse_declaration(declared)
        return self._domains.axis(variable, group)

    def question(self, name: str, readings: tuple[str, ...]) -> Axis:
        """Make the axis of a question's readings."""
        return self._domains.question(name, readings)

    def closed(self, group: str) -> bool:
        """Whether nobody else can be in the group."""
        return self._domains.closed(group)

    def exhaustive(self, group: str) -> bool:
        """Whether everybody who can be in the group is on its axis."""
        return self._domains.exhaustive(group)

    def zone(self, owner: str) -> str:
        """Give the time zone of the agreement that a declaration stands in."""
        return self.agreements.document_of(self.agreements.declarations[owner]).zone

    def terms_of(self, name: str) -> list[Term]:
        """Give every term of a declaration that somebody spoke of."""
        return self._terms.get(name, [])

    def said_of(self, term: Term) -> tuple[Sequence[Statement], Sequence[Alleged]]:
        """Give what counts for a term, and what does not."""
        if term in self.standings:
            return self.standings[term].counted, self.standings[term].alleged
        docket = self.admitted.get(term)
        return ((), ()) if docket is None else (docket.accepted, docket.alleged)

    def found_of(self, term: Term) -> Sequence[Statement]:
        """Give what bodies themselves found of a term."""
        return self.admitted[term].findings if term in self.admitted else ()

    def rung_at_least(self, term: Term, step: int) -> Timeline:
        """Give the column of a contribution that stands on that rung or higher."""
        return offer.at_least(self.standings.get(term), step)

    # reasons

    def reason(self, node: Expression, scope: Scope, point: Point) -> Reason:
        """Explain a condition at a point."""
        return _operator(node).explain(node, scope, point, self)

    def reason_of(self, term: Term, point: Point) -> Reason:
        """Explain a declared term. The point gives the instant and the readings; its other values are the caller's own."""
        declared = self.agreements.declarations[term.name]
        readings = {name: value for name, value in point.values.items() if name.startswith(QUESTION)}
        place = (term, point.at, point.branches, tuple(sorted(readings.items())))
        if place in self._reasons:
            return self._reasons[place]
        values = readings | dict(zip((param.name for param in params_of(declared)), term.args, strict=False))
        here = Point(values, point.at, point.branches)
        if not self._explaining:
            self._met.clear()
        if str(term) in self._explaining or (term.name in self._knots and place in self._met):
            return Reason(text=str(term), term=str(term), value=self._value(declared, here), mode=Mode.DERIVED, note="as above")
        self._met.add(place)
        self._explaining.append(str(term))
        try:
            reason = self._explain(declared, term, here)
        finally:
            self._explaining.pop()
        if not self._knots or not self._explaining:
            self._reasons[place] = reason  # inside a knot a reason may be cut short, and must not be kept
        return reason

    def _value(self, declared: Declaration, point: Point) -> Value:
        return look(self.state(declared.meta.name), point.values, point.at).value

    def _explain(self, declared: Declaration, term: Term, point: Point) -> Reason:
        match declared:
            case State():
                return state.explain(declared, term, point, self)
            case Process():
                return process.explain(declared, term, point, self)
            case Duty():
                return duty.explain(declared, term, point, self)
            case Ban():
                return ban.explain(declared, term, point, self)
            case Power():
                return power.explain(declared, term, point, self)
            case Event():
                return event.explain(declared, term, point, self)
            case Moment():
                return moment.explain(declared, term, point, self)
            case Group():
                return group.explain(declared, term, point, self)
            case Quantity():
                return quantity.explain(declared, term, point, self)
            case _:
                raise TypeError(term.name)

    def questions_of(self, name: str) -> tuple[Axis, ...]:
        """Give the axes of the questions that an answer about this declaration can depend on."""
        declared = self.agreements.declarations[name]
        column: Timeline | Moments
        column = self.occurrences(name) if isinstance(declared, Event | Moment) else self.state(name)
        axes = {axis.name: axis for axis in column.frame.axes if axis.is_question}
        if isinstance(declared, Duty | Ban | Power):
            axes |= {axis.name: axis for column in self.words(name).values() for axis in column.frame.axes if axis.is_question}
        if isinstance(declared, Duty):
            axes |= {axis.name: axis for axis in self.deadlines(name).frame.axes if axis.is_question}
        return tuple(axes.values())

    def at(self) -> Instant:
        """Give the instant in the world that this view asks for."""
        return self.view.at
