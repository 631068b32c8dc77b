"""Domains: which names a group's axis runs over, and whether there may be others (semantics 2.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy

from aval.engine.admit import Docket
from aval.model.agreement import Agreements, Group, Party, params_of
from aval.model.claims import Claims
from aval.model.columns import QUESTION, Axis
from aval.model.statement import Says, Statement
from aval.model.term import Term
from aval.model.view import View

MEMBER = "member"
"""The name of the axis of a membership column."""
OTHERS = "others not named"
"""The candidate that stands for any member whom nobody has named, of whom nothing was told; no name that a document can give."""
PARTIES = "parties"
"""The built-in group of every declared party."""


class Domains:
    """The candidates of every group: its named members, those it is drawn from, and those whom a statement puts in or out of it.

    Where nobody named the others, any party of which an accepted statement tells what only one of the group can do may be one of them.
    """

    def __init__(self, agreements: Agreements, statements: Iterable[Statement], view: View, admitted: Mapping[Term, Docket]) -> None:
        """Collect the candidates; cheap, the rest is worked out when asked."""
        self._agreements = agreements
        self._view = view
        self._admitted = admitted
        self._claimed: dict[str, dict[str, None]] = {}
        self._claims = claims = Claims.of(statements)
        for term in claims.where(claims.ask(claims.book.says, lambda says: says is Says.MEMBER)).by_term:
            if term.args:
                self._claimed.setdefault(term.name, {})[term.args[0]] = None
        self._members: dict[str, tuple[str, ...]] = {}
        self._others: tuple[str, ...] = ()

    def candidates(self, group: str) -> tuple[str, ...]:
        """Give every name that is or may be in the group, named members first."""
        if group not in self._members:
            others = () if self.exhaustive(group) else self._others
            self._members[group] = (*dict.fromkeys(self._names(group, frozenset())), *others)
        return self._members[group]

    def _names(self, group: str, above: frozenset[str]) -> list[str]:
        declared = self._agreements.get(group, Group)
        if declared is None:
            return [party.meta.name for party in self._agreements.of(Party)] if group == PARTIES else []
        names = [*declared.members, *self._claimed.get(group, ())]
        if declared.others and declared.among and declared.among not in above:
            names += self._names(declared.among, above | {group})
        elif declared.others:
            names += self._told(group)
        return names

    def _told(self, group: str) -> Iterator[str]:
        """Yield the parties that stand in the place of one of a group in a statement that counts."""
        for name, declared in self._agreements.declarations.items():
            places = [place for place, param in enumerate(params_of(declared)) if param.group == group]
            for term in self._claims.of_name(name).by_term if places else ():
                parties = [term.args[place] for place in places if place < len(term.args)]
                docket = self._admitted.get(term)
                if docket is not None and len(docket.accepted) and any(self._agreements.get(party, Party) for party in parties):
                    yield from (party for party in parties if self._agreements.get(party, Party))

    def with_others(self) -> Domains:
        """Give the same, with one more candidate in each group that may have others: it stands for any of whom nobody has spoken."""
        wide = copy(self)
        wide._members, wide._others = {}, (OTHERS,)  # noqa: SLF001  another of the same class
        return wide

    def closed(self, group: str) -> bool:
        """Whether the candidates are known to be all there are."""
        declared = self._agreements.get(group, Group)
        return declared is None or not (declared.others or (declared.size or 0) > len(declared.members))

    def exhaustive(self, group: str) -> bool:
        """Whether nobody can be in the group who is not a candidate: it is closed, or drawn from a group of which that is so."""
        seen: set[str] = set()
        while not self.closed(group):
            declared = self._agreements.get(group, Group)
            if declared is None or not (declared.others and declared.among) or group in seen:
                return False
            seen.add(group)
            group = declared.among
        return True

    def axis(self, variable: str, group: str) -> Axis:
        """Make the axis of a variable over a group."""
        return Axis(variable, self.candidates(group))

    def question(self, name: str, readings: tuple[str, ...]) -> Axis:
        """Make the axis of a question: its readings, or the one that the view chose."""
        chosen = self._view.reading_of(name)
        return Axis(QUESTION + name, readings if chosen is None else (chosen,))
