"""What an evaluation has heard: who is in which group, what was said of what, and which of it counts. It works nothing out."""

from __future__ import annotations

from collections.abc import Sequence

from aval.engine.admit import Admitted, Finders
from aval.engine.cast import Ballot
from aval.engine.domains import Domains
from aval.engine.not_yet import refuse_declaration
from aval.engine.rules import offer
from aval.model.agreement import Agreements, Group, Param
from aval.model.claims import Claims
from aval.model.columns import Axis, Timeline
from aval.model.reason import Alleged
from aval.model.statement import Statement
from aval.model.term import Term


class Heard:
    """The part of an evaluation that reads names and statements alone."""

    agreements: Agreements
    claims: Claims
    admitted: Admitted
    standings: dict[Term, offer.Standing]
    _finders: Finders
    _domains: Domains
    _knows_others: bool
    _terms: dict[str, list[Term]]
    _ballots: dict[tuple[str, Term], list[Ballot]]

    def axis(self, variable: str, group: str) -> Axis:
        """Make the axis of a variable over a group."""
        declared = self.agreements.get(group, Group)
        if declared is not None:
            refuse_declaration(declared)
        return self._domains.axis(variable, group)

    def ranges(self, owner: str, param: Param) -> Axis:  # noqa: ARG002  a narrow evaluation asks whose it is
        """Make the axis of a declaration's parameter."""
        return self.axis(param.name, param.group)

    def question(self, name: str, readings: tuple[str, ...]) -> Axis:
        """Make the axis of a question's readings."""
        return self._domains.question(name, readings)

    def closed(self, group: str) -> bool:
        """Whether nobody else can be in the group."""
        return self._domains.closed(group)

    def exhaustive(self, group: str) -> bool:
        """Whether everybody who can be in the group is on its axis."""
        return self._domains.exhaustive(group)

    def all_on_axis(self, group: str) -> bool:
        """Whether the axis of a group has everybody who can be in it, be it by one that stands for all whom nobody named."""
        return self._knows_others or self._domains.exhaustive(group)

    def zone(self, owner: str) -> str:
        """Give the time zone of the agreement that a declaration stands in."""
        return self.agreements.document_of(self.agreements.declarations[owner]).zone

    def terms_of(self, name: str) -> list[Term]:
        """Give every term of a declaration that somebody spoke of."""
        return self._terms.get(name, [])

    def spoken_of(self, name: str) -> Sequence[Claims]:
        """Give all that was said of the terms of a declaration, whether or not it counts; each term's in one piece."""
        return [self.claims.of_name(name)]

    def counted(self, name: str) -> Sequence[Claims]:
        """Give all that counts for the terms of a declaration; each term's in one piece."""
        return self.admitted.counted(name)

    def said_of(self, term: Term) -> tuple[Sequence[Statement], Sequence[Alleged]]:
        """Give what counts for a term, and what does not."""
        if term in self.standings:
            return self.standings[term].counted, self.standings[term].alleged
        docket = self.admitted.get(term)
        return ((), ()) if docket is None else (docket.accepted, docket.alleged)

    def finders(self, name: str) -> frozenset[str]:
        """Give the bodies whose findings settle a declared event or state."""
        return self._finders.get(name, frozenset())

    def found_of(self, term: Term) -> Sequence[Statement]:
        """Give what bodies themselves found of a term."""
        return self.admitted[term].findings if term in self.admitted else ()

    def ballots(self, body: str, term: Term) -> Sequence[Ballot]:
        """Give the ballots of a body on a term."""
        return self._ballots.get((body, term), ())

    def rung_at_least(self, term: Term, step: int) -> Timeline:
        """Give the column of a contribution that stands on that rung or higher."""
        return offer.at_least(self.standings.get(term), step)
