"""What is wanted: a term, and which value of it; as a formula over acts, and as the engine sees it (semantics 2.9)."""

from __future__ import annotations

from collections.abc import Mapping

from aval.answers.inquiry import Inquiry
from aval.engine.domains import MEMBER
from aval.engine.lookup import look
from aval.engine.protocol import Scope, Wish
from aval.engine.relaxed import MET, Formula, every_of
from aval.engine.relaxing import Relaxing, contribution
from aval.engine.rules.clauses import whiles
from aval.engine.rules.offer import OFFER
from aval.model.agreement import Contribution, Declaration, Event, Group, Moment, params_of
from aval.model.columns import Timeline
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.statement import Rung
from aval.model.term import Term


@frozen(kw_only=True)
class Goal:
    """A term, and whether it is to be yes or no.

    With `rung`, the term is `deployed(SWE, air)`: that the contribution stands on that rung, that its conditions hold, and that the party
    may do what is called by the name of the rung, where there is a power to it.
    """

    term: Term
    yes: bool
    rung: Rung | None = None

    @property
    def offer(self) -> Term:
        """The contribution, where it is about one."""
        return Term(OFFER, self.term.args)

    def declared(self, inquiry: Inquiry) -> Declaration | None:
        """Give the declaration that it is about; `None` for a contribution without conditions."""
        if self.rung is not None:
            return contribution(inquiry.world, *self.term.args)
        return inquiry.world.agreements.declarations[self.term.name]

    def formula(self, relaxing: Relaxing, inquiry: Inquiry) -> Formula:
        """Say what it takes, at the instant of the inquiry."""
        declared = self.declared(inquiry)
        wish = Wish({}, inquiry.at, self.yes)
        match declared:
            case Contribution() | None:
                return self._contribution(declared, wish, relaxing, inquiry)
            case Group():
                return relaxing.member(self.term.name, self.term.args[0], wish)
            case Event() | Moment():
                return relaxing.happening(self.term, wish)
            case _:
                return relaxing.term(self.term, wish)

    def _contribution(self, declared: Contribution | None, wish: Wish, relaxing: Relaxing, inquiry: Inquiry) -> Formula:
        party, domain = self.term.args
        stands = look(self._rung(inquiry), {}, inquiry.at).value is Value.YES
        parts = [MET if stands else relaxing.standing(party, domain, self._word, wish)]
        if declared is not None:
            parts.append(relaxing.conditions(declared, wish))
        parts += [relaxing.term(power, wish) for power in self._powers(relaxing, inquiry)]
        return every_of(parts)

    @property
    def _word(self) -> str:
        return self.rung.value if self.rung is not None else ""

    def _rung(self, inquiry: Inquiry) -> Timeline:
        return inquiry.world.rung_at_least(self.offer, self.rung.step if self.rung else 0)

    def _powers(self, relaxing: Relaxing, inquiry: Inquiry) -> list[Term]:
        """Give the powers of the party to what is called by the name of the rung: `deployed(g)`."""
        deed = Term(self.term.name, self.term.args[:1])
        declared = inquiry.world.agreements.get(deed.name, Event)
        return relaxing.powers(deed) if declared is not None and len(declared.params) == 1 else []

    def value(self, inquiry: Inquiry, readings: Mapping[str, str]) -> Value:
        """Give the value at the instant of the inquiry, on some readings (by the names of the axes)."""
        found = [look(column, {**values, **readings}, inquiry.at).value for column, values in self._columns(inquiry)]
        return Value.of(yes=all(one.told_yes for one in found), no=any(one.told_no for one in found))

    def questions(self, inquiry: Inquiry) -> list[str]:
        """Give the names of the axes of the questions that the value can depend on."""
        return [axis.name for column, _ in self._columns(inquiry) for axis in column.frame.axes if axis.is_question]

    def _columns(self, inquiry: Inquiry) -> list[tuple[Timeline, Mapping[str, str]]]:
        """Give the columns all of which have to be yes, each with where to look in it."""
        world, declared = inquiry.world, self.declared(inquiry)
        if self.rung is not None:
            own = () if not isinstance(declared, Contribution) else (whiles(declared.conditions, Scope(declared.meta.name, {}), world),)
            powers = self._powers(Relaxing(world), inquiry)
            return [
                (self._rung(inquiry), {}),
                *((column, {}) for column in own),
                *((world.state(power.name), _values(world.agreements.declarations[power.name], power)) for power in powers),
            ]
        if isinstance(declared, Group):
            return [(world.membership(self.term.name), {MEMBER: self.term.args[0]})]
        column = world.happened(self.term.name) if isinstance(declared, Event | Moment) else world.state(self.term.name)
        return [(column, _values(declared, self.term))]


def _values(declared: Declaration | None, term: Term) -> dict[str, str]:
    params = () if declared is None else params_of(declared)
    return dict(zip((param.name for param in params), term.args, strict=True))
