"""One evaluation: agreements, live statements and a view in; columns and reasons out (semantics 2.10, 2.11).

Columns are worked out when they are first asked for and then kept. Nothing here reads a clock, a file or the network.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

from aval.engine.admit import Admitted, admit, firmest
from aval.engine.algebra import held
from aval.engine.budget import DEFAULT_STEPS, Budget
from aval.engine.codes import TOO_COSTLY
from aval.engine.domains import Domains
from aval.engine.frames import stacked
from aval.engine.knots import Made, untie
from aval.engine.logic import constant
from aval.engine.lookup import look
from aval.engine.not_yet import refuse, refuse_declaration, refuse_moment, refuse_node
from aval.engine.operators import OPERATORS
from aval.engine.operators.happened import asked, happened
from aval.engine.order import asks_triggers, knots, questions_of, reads, reads_of
from aval.engine.protocol import Operator, Point, Scope
from aval.engine.rules import duty, event, group, moment, offer, power, process, state
from aval.engine.rules.clauses import changes, scope_of
from aval.model.agreement import Agreements, Ban, Declaration, Duty, Event, Group, Moment, Party, Power, Process, Question, State, params_of
from aval.model.claims import Claims
from aval.model.columns import QUESTION, VALUE, Axis, Frame, Moments, Timeline
from aval.model.expression import Expression, Ref
from aval.model.four import Value
from aval.model.instant import Instant
from aval.model.problem import Problem, Unsupported
from aval.model.reason import Alleged, Mode, Reason
from aval.model.statement import Firmness, Statement
from aval.model.term import Term
from aval.model.view import View

_BY_NODE = {operator.node: operator for operator in OPERATORS}
MAX_CHOICES = 512
"""combinations of readings that one answer looks at; the Paris case needs at most a few"""


def _operator(node: Expression) -> Operator:
    """Give the operator of a node; one that no operator is written for yet is refused with its place."""
    operator = _BY_NODE.get(type(node))
    if operator is None:
        refuse(node.span, f"this (`{type(node).__name__}`)")
    return operator


def _rows(column: Timeline | Moments) -> int:
    return len(column.key) if isinstance(column, Moments) else held(column.yes) + held(column.no)


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
        self.latest = max(view.at, view.known)
        self.budget = Budget(steps)
        self.admitted: Admitted = admit(agreements, self.claims) if heard is None else heard.admitted
        self.firmest: dict[Term, Firmness] = firmest(self.claims) if heard is None else heard.firmest
        self.standings: dict[Term, offer.Standing] = offer.standings(self.claims, zone) if heard is None else heard.standings
        self._zone = zone
        self._domains = Domains(agreements, self.claims, view)
        self._knots = knots(agreements)
        self._uncounted = [party for party in agreements.of(Party) if not party.counted]
        self._columns: dict[str, Made] = {}
        self._stacked: dict[str, Timeline] = {}
        self._sized: set[str] = set()
        self._readers: dict[str, list[tuple[str, int]]] = {}
        self._happened: dict[str, Timeline] = {}
        self._deadlines: dict[str, Moments] = {}
        self._reasons: dict[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]], Reason] = {}
        self._read: dict[str, tuple[set[str], set[str]]] = {}
        self._nodes: dict[tuple[str, int], Timeline | Moments] = {}
        self._kept: list[Expression] = []
        self._explaining: list[str] = []
        self._met: set[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]]] = set()
        self._terms: dict[str, list[Term]] = {}
        for term in self.admitted:
            self._terms.setdefault(term.name, []).append(term)

    # columns

    def timeline(self, node: Expression, scope: Scope) -> Timeline:
        """Give the column of a condition; a finding asked as a condition is whether it has been made."""
        column = self.column(node, scope)
        return happened(column, constitutive=False) if isinstance(column, Moments) else column

    def moments(self, node: Expression, scope: Scope) -> Moments:
        """Give the column of a moment."""
        if isinstance(node, Ref) and isinstance(declared := self.agreements.declarations[node.name], Power):
            refuse_moment(declared)
        column = self.column(node, scope)
        if not isinstance(column, Moments):
            raise TypeError(f"{node!r} is not a moment")
        return column

    def column(self, node: Expression, scope: Scope) -> Timeline | Moments:
        """Give the column of a condition or a moment."""
        if scope.rows is not None:
            column = _operator(node).compute(node, scope, self)
            self.budget.spend(_rows(column) + 1, node.span)
            return column
        place = (scope.owner, id(node))
        if place not in self._nodes:
            refuse_node(node, self._uncounted)
            column = _operator(node).compute(node, scope, self)
            self.budget.spend(_rows(column) + 1, node.span)
            self._nodes[place] = column
            self._kept.append(node)
            if scope.owner in self._knots:
                for name in self._names_in(node, scope.owner):
                    self._readers.setdefault(name, []).append(place)
        return self._nodes[place]

    def _names_in(self, node: Expression, owner: str) -> set[str]:
        """Give the names whose columns an expression reads; `its latest trigger` reads what the `from` clauses do."""
        names = {name or owner for name, _ in reads(node)}
        return names | set(self._reads_of(owner)[0]) if asks_triggers(node) else names

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

    def words(self, name: str, *, alone: bool = False) -> Mapping[str, Timeline]:  # noqa: ARG002
        """Give, for each value of a state, the column of when it has it."""
        column = self._column(name)
        if not isinstance(column, Mapping):
            refuse(self.agreements.declarations[name].meta.span, f"where `{name}` stands")
        return column

    def triggers(self, scope: Scope) -> Moments:
        """Give the moments that the `from` clauses of the owner of a scope name, where their guards let them."""
        declared = self.agreements.declarations[scope.owner]
        if not isinstance(declared, State | Ban):
            raise TypeError(scope.owner)
        return changes(declared.froms, scope, self)

    def _column(self, name: str) -> Made:
        if name not in self._columns:
            if name in self._knots:
                untie(self._knots[name], self)
            else:
                self._columns[name] = self.make(name)
        return self._columns[name]

    def _derive(self, declared: Declaration) -> Made:
        refuse_declaration(declared)
        self._check_size(declared)
        match declared:
            case State(values=(_, *_)):
                return state.values(declared, self)
            case State():
                return state.compute(declared, self)
            case Process():
                return process.compute(declared, self)
            case Duty():
                return duty.compute(declared, self)
            case Power():
                return power.compute(declared, self)
            case _:
                raise TypeError(declared.meta.name)

    def _check_size(self, declared: Declaration) -> None:
        """Refuse, before anything is laid out, a declaration with more instances than the budget has steps."""
        if declared.meta.name in self._sized:
            return
        self._sized.add(declared.meta.name)
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
        """Give the column of a declared event or moment."""
        column = self._column(name)
        if not isinstance(column, Moments):
            raise TypeError(name)
        return column

    def _arise(self, declared: Event | Moment) -> Moments:
        refuse_moment(declared)
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
                raise TypeError(name)
        return self._happened[name]

    def findings(self, body: str, name: str) -> Moments:
        """Give the column of what a body itself found of a declared event."""
        place = f"{body} finds {name}"
        if place not in self._columns:
            declared = self.agreements.get(name, Event)
            if declared is None:
                raise TypeError(name)
            self._columns[place] = event.findings(declared, body, self)
        column = self._columns[place]
        if not isinstance(column, Moments):
            raise TypeError(place)
        return column

    def deadlines(self, name: str) -> Moments:
        """Give the column of a duty's deadlines."""
        if name not in self._deadlines:
            declared = self.agreements.get(name, Duty)
            if declared is None:
                raise TypeError(name)
            refuse_declaration(declared)
            self._deadlines[name] = duty.deadlines(declared, self)
        return self._deadlines[name]

    def membership(self, group_name: str) -> Timeline:
        """Give the column of who belongs to a group, over the axis `member`."""
        if group_name not in self._columns:
            declared = self.agreements.get(group_name, Group)
            if declared is None:
                self._columns[group_name] = constant(Frame((self.axis(group.MEMBER, group_name),)), yes=True)
            else:
                self._columns[group_name] = group.compute(declared, self)
        column = self._columns[group_name]
        if not isinstance(column, Timeline):
            raise TypeError(group_name)
        return column

    # knots (`aval.engine.knots`)

    def set_out(self, name: str) -> Frame:
        """Give the frame of a declaration's parameters."""
        return Frame(tuple(scope_of(self.agreements.declarations[name], self).axes.values()))

    def make(self, name: str) -> Made:
        """Work a declaration's column out from the present columns."""
        declared = self.agreements.declarations[name]
        return self._arise(declared) if isinstance(declared, Event | Moment) else self._derive(declared)

    def present(self, name: str) -> Made:
        """Give the present column of a declaration."""
        return self._columns[name]

    def put(self, name: str, made: Made) -> None:
        """Take a column as the present one, and forget what was worked out from the one before."""
        self._columns[name] = made
        for column in (self._happened, self._deadlines, self._stacked):
            column.pop(name, None)
        for place in self._readers.pop(name, ()):
            self._nodes.pop(place, None)

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
            case Power():
                return power.explain(declared, term, point, self)
            case Event():
                return event.explain(declared, term, point, self)
            case Moment():
                return moment.explain(declared, term, point, self)
            case Group():
                return group.explain(declared, term, point, self)
            case _:
                raise TypeError(term.name)

    def questions_of(self, name: str) -> tuple[Axis, ...]:
        """Give the axes of the questions that an answer about this declaration can depend on."""
        declared = self.agreements.declarations[name]
        column: Timeline | Moments
        column = self.occurrences(name) if isinstance(declared, Event | Moment) else self.state(name)
        axes = {axis.name: axis for axis in column.frame.axes if axis.is_question}
        if isinstance(declared, Duty):
            axes |= {axis.name: axis for axis in self.deadlines(name).frame.axes if axis.is_question}
        return tuple(axes.values())

    def at(self) -> Instant:
        """Give the instant in the world that this view asks for."""
        return self.view.at
