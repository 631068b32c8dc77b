"""All declarations of a case side by side, as the checks see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import field

from aval.language.problems import Hints
from aval.language.syntax import Declaration, Members, ReadingOf
from aval.language.uses import DOMAINS, Uses
from aval.language.walk import uses_of
from aval.model.frozen import frozen


@frozen(kw_only=True)
class Case:
    """What the checks look at.

    `named` gives the first declaration of each name, `broken` the names that a mistake of syntax took away, each with the number of its
    problem, `readings` the first reading of each name with its question. `members` are the words that some group lists.
    """

    declarations: list[Declaration]
    named: Mapping[str, Declaration]
    broken: Mapping[str, int]
    readings: Mapping[str, tuple[Declaration, ReadingOf]]
    members: frozenset[str]
    uses: Uses
    known_sources: Collection[str] | None = None
    hints: Hints = field(default_factory=Hints)
    _of_kinds: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, declarations: list[Declaration], broken: Mapping[str, int], known_sources: Collection[str] | None) -> Case:
        """Make a case of what was parsed."""
        named: dict[str, Declaration] = {}
        readings: dict[str, tuple[Declaration, ReadingOf]] = {}
        members: set[str] = set()
        for declaration in declarations:
            if declaration.kind != "contribution":
                named.setdefault(declaration.name.text, declaration)
            if declaration.kind == "question":
                for clause in declaration.clauses:
                    if isinstance(clause, ReadingOf):
                        readings.setdefault(clause.name.text, (declaration, clause))
            if isinstance(declaration.extra, Members):
                members.update(name.text for name in declaration.extra.names)
        return cls(
            declarations=declarations,
            named=named,
            broken=broken,
            readings=readings,
            members=frozenset(members),
            uses=uses_of(declarations, named),
            known_sources=known_sources,
        )

    def names_of(self, kinds: frozenset[str]) -> tuple[str, ...]:
        """Give the names of the declarations of some kinds."""
        if kinds not in self._of_kinds:
            self._of_kinds[kinds] = tuple(name for name, declaration in self.named.items() if declaration.kind in kinds)
        return self._of_kinds[kinds]

    @property
    def domains(self) -> frozenset[str] | None:
        """The words of the group `domains`; `None` if there is no such group."""
        found = self.named.get(DOMAINS)
        return frozenset(name.text for name in found.extra.names) if found and isinstance(found.extra, Members) else None
