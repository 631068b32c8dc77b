"""Acceptance after news: what was said of a few terms is sorted anew, and laid over how all else was sorted (decision 19)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from aval.engine.admit import CLAIMS, Admitted, Docket, Firmest, docket_of
from aval.engine.rules import offer
from aval.model.agreement import Agreements
from aval.model.claims import Claims
from aval.model.statement import Firmness, Says
from aval.model.term import Term

Said = Mapping[Term, Claims]
"""All that was said of each term that the news are about."""


class Readmitted(Admitted):
    """What was sorted before, but for some terms. A term of which nothing is said any more has no docket."""

    _base: Admitted
    _anew: dict[Term, Docket | None]

    def __init__(self, before: Admitted, agreements: Agreements, said: Said) -> None:
        """Sort what was said of these terms."""
        self._base, self._anew = (before._base, dict(before._anew)) if isinstance(before, Readmitted) else (before, {})  # noqa: SLF001  of this class
        self._counting: dict[str, list[Claims]] = {}
        finders = before.finders
        for term, claims in said.items():
            told = claims.where(claims.ask(claims.book.says, lambda says: says in CLAIMS))
            self._anew[term] = docket_of(agreements, term, told, finders) if len(told) else None

    @property
    def anew(self) -> frozenset[Term]:
        """The terms that were sorted anew since everything was."""
        return frozenset(self._anew)

    def __getitem__(self, term: Term) -> Docket:
        """Give what was said of a term."""
        if term not in self._anew:
            return self._base[term]
        docket = self._anew[term]
        if docket is None:
            raise KeyError(term)
        return docket

    def __setitem__(self, term: Term, docket: Docket) -> None:
        """Put what was worked out about a term in the place of what was said of it."""
        self._anew[term] = docket
        self._counting.pop(term.name, None)

    def __contains__(self, term: object) -> bool:
        """Whether anything was said of a term."""
        return self._anew[term] is not None if isinstance(term, Term) and term in self._anew else term in self._base

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms that somebody spoke of."""
        yield from (term for term in self._base if term not in self._anew)
        yield from (term for term, docket in self._anew.items() if docket is not None)

    def __len__(self) -> int:
        """The number of terms that somebody spoke of."""
        return sum(1 for _ in self)

    @property
    def finders(self) -> Mapping[str, frozenset[str]]:
        """For each declared event or state the bodies whose findings settle it."""
        return self._base.finders

    def counted(self, name: str) -> list[Claims]:
        """Give all that counts for the terms of one declaration; each term's in one piece."""
        if name not in self._counting:
            anew = {term: docket for term, docket in self._anew.items() if term.name == name}
            kept = [one.where(np.flatnonzero(~one.ask(one.book.term, lambda term: term in anew))) for one in self._base.counted(name)]
            self._counting[name] = [*kept, *(docket.accepted for docket in anew.values() if docket is not None)]
        return self._counting[name]


class Refirmed(Mapping[Term, Firmness]):
    """The firmest words, looked for anew of a few terms."""

    _base: Mapping[Term, Firmness]
    _anew: dict[Term, Firmness | None]

    def __init__(self, before: Mapping[Term, Firmness], said: Said) -> None:
        """Keep what was said of these terms."""
        self._base, self._anew = (before._base, dict(before._anew)) if isinstance(before, Refirmed) else (before, {})  # noqa: SLF001  of this class
        self._anew |= {term: Firmest(claims).get(term) for term, claims in said.items()}

    def __getitem__(self, term: Term) -> Firmness:
        """Give the firmest word for a term."""
        found = self._anew[term] if term in self._anew else self._base[term]
        if found is None:
            raise KeyError(term)
        return found

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms of which somebody said how firm they are."""
        yield from (term for term in self._base if term not in self._anew)
        yield from (term for term, found in self._anew.items() if found is not None)

    def __len__(self) -> int:
        """The number of such terms."""
        return sum(1 for _ in self)


def standings(before: dict[Term, offer.Standing], said: Said, claims: Claims, zone: str) -> dict[Term, offer.Standing]:
    """Give where every contribution stands, in the order in which somebody first spoke of each."""
    offers = {term for term in said if term.name == offer.OFFER}
    if not offers:
        return before
    found = {**before}
    for term in offers:
        found.pop(term, None)
        found |= offer.standings(said[term], zone)
    first = {term: first_of(claims.about(term), zone, frozenset({Says.OFFERS})) or (0, "") for term in found}
    return dict(sorted(found.items(), key=lambda one: first[one[0]]))


def first_of(said: Claims, zone: str, kinds: frozenset[Says]) -> tuple[int, str] | None:
    """Give when the first statement of some kinds was said, and its id: the place that it has among all of them."""
    told = said.where(np.flatnonzero(said.ask(said.book.says, lambda says: says in kinds)))
    if not len(told):
        return None
    row = int(told.rows[0])
    return int(said.book.said_by(zone)[0][row]), said.book.id(row)
