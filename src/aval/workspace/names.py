"""Which names can be the arguments of a term: those that belong to a group, or may yet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from aval.evidence.vocabulary import DOMAINS
from aval.model.agreement import Agreements, Area, Body, Contribution, Group, Party
from aval.model.claims import Claims
from aval.model.statement import Says, Statement


class Names:
    """The names of all agreements of a case, by what they can be, in the order of the text."""

    def __init__(self, agreements: Agreements, statements: Iterable[Statement] = ()) -> None:
        """Collect whom a statement puts into a group; the rest is worked out when asked."""
        self._all = agreements
        self._claimed: dict[str, dict[str, None]] = {}
        claims = Claims.of(statements)
        for term in claims.where(claims.ask(claims.book.says, lambda says: says is Says.MEMBER)).by_term:
            if term.args:
                self._claimed.setdefault(term.name, {})[term.args[0]] = None

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """Every party."""
        return tuple(party.meta.name for party in self._all.of(Party))

    @cached_property
    def domains(self) -> tuple[str, ...]:
        """Every domain of an offer."""
        declared = self._all.get(DOMAINS, Group)
        names = [*(declared.members if declared else ()), *(one.domain for one in self._all.of(Contribution))]
        return tuple(dict.fromkeys(names))

    def may_be(self, group: str) -> tuple[str, ...]:
        """Give the names that a parameter over this group can have."""
        return tuple(self._members(group, frozenset()))

    def may_join(self, group: Group) -> tuple[str, ...]:
        """Give the names of which one can ask whether they are in this group; anybody can be said to be in a closed one too."""
        return tuple(self._members(group.meta.name, frozenset()) | self._rest(group, frozenset({group.meta.name})))

    def _members(self, name: str, above: frozenset[str]) -> dict[str, None]:
        group = self._all.get(name, Group)
        if group is None:
            return self._anybody(None)
        found = dict.fromkeys(group.members)
        for member in group.members:
            if member not in above and isinstance(self._all.declarations.get(member), Group):
                found |= self._members(member, above | {name})
        found |= self._claimed.get(name, {})
        is_open = group.others or not group.members or (group.size or 0) > len(found)
        return found | self._rest(group, above | {name}) if is_open else found

    def _rest(self, group: Group, above: frozenset[str]) -> dict[str, None]:
        """Give those whom a group does not name and who may be in it."""
        if not group.among:
            return self._anybody(group)
        return {} if group.among in above else self._members(group.among, above)

    def _anybody(self, group: Group | None) -> dict[str, None]:
        """Give every party; where a group names something else, such as places, everything that can be an argument."""
        parties = dict.fromkeys(self.parties)
        if group and parties.keys() >= set(group.members):
            return parties
        others = [item.meta.name for item in self._all.declarations.values() if isinstance(item, Body | Area)]
        named = [member for each in self._all.of(Group) for member in each.members]
        return parties | dict.fromkeys(others) | dict.fromkeys(named)
