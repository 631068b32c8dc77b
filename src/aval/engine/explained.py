"""The part of an evaluation that explains what it worked out, from the very columns (semantics 2.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aval.engine import at_once
from aval.engine.heard import Heard
from aval.engine.lookup import look
from aval.engine.operators import operator_of
from aval.engine.operators.delay import moment_value
from aval.engine.protocol import At, Evaluation, Point, Scope
from aval.engine.rules import ballot, kinds
from aval.model.agreement import Ban, Declaration, Duty, Event, Moment, Power, params_of
from aval.model.columns import QUESTION, Axis, Moments, Timeline
from aval.model.expression import Expression
from aval.model.four import Value
from aval.model.instant import Instant
from aval.model.reason import Mode, Reason
from aval.model.term import Term


class Explained(Heard, Evaluation):
    """The reasons of values, and the questions that an answer can depend on."""

    _knots: Mapping[str, tuple[str, ...]]
    _questions_of: dict[str, tuple[Axis, ...]]
    _reasons: dict[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]], Reason]
    _explaining: list[str]
    _met: set[tuple[Term, Instant, bool, tuple[tuple[str, str], ...]]]

    def beyond(self) -> Evaluation:
        """Give the evaluation that operators see."""
        return self

    def votes_of(self, body: str, term: Term) -> tuple[Reason, ...]:
        """Explain the ballots of a body on a term."""
        return tuple(ballot.explain(one, self) for one in self.ballots(body, term))

    def reason(self, node: Expression, scope: Scope, point: Point) -> Reason:
        """Explain a condition at a point."""
        if scope.at and isinstance(node, at_once.OF_EVENTS):
            return self.reason(node, replace(scope, at=At.BEFORE), at_once.later_point(node, scope, point, self))
        return operator_of(node).explain(node, scope, point, self.beyond())

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
        name = declared.meta.name
        if isinstance(declared, Moment):
            return moment_value(self.occurrences(name), point)[0]
        return look(self.happened(name) if isinstance(declared, Event) else self.state(name), point.values, point.at).value

    def _explain(self, declared: Declaration, term: Term, point: Point) -> Reason:
        return kinds.explain(declared, term, point, self)

    def questions_of(self, name: str) -> tuple[Axis, ...]:
        """Give the axes of the questions that an answer about this declaration can depend on."""
        if name in self._questions_of:
            return self._questions_of[name]
        declared = self.agreements.declarations[name]
        column: Timeline | Moments
        column = self.occurrences(name) if isinstance(declared, Event | Moment) else self.state(name)
        axes = {axis.name: axis for axis in column.frame.axes if axis.is_question}
        if isinstance(declared, Duty | Ban | Power):
            axes |= {axis.name: axis for column in self.words(name).values() for axis in column.frame.axes if axis.is_question}
        if isinstance(declared, Duty):
            axes |= {axis.name: axis for axis in self.deadlines(name).frame.axes if axis.is_question}
        self._questions_of[name] = tuple(axes.values())
        return self._questions_of[name]
