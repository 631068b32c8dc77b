"""What stood before of all that news can reach: it stands on, where all that it reads turned out as it was (decision 19).

What news can reach is read off the text. Whether they do shows in columns: a report that does not count yet moves nothing, and what
reads only columns that came out the same is not worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from aval.engine.knots import alike
from aval.engine.order import edges_in
from aval.engine.reach import Links, Reached, reads_box
from aval.engine.rules.duty import Course
from aval.model.agreement import Agreements, Ban, Duty, Event, Moment, Power, Process, Quantity, State
from aval.model.columns import Moments, Numbers, Timeline
from aval.model.instant import NEVER

Place = tuple[str, Any]
"""A column: which of the caches of an evaluation holds it, and its key there."""
Kept = Mapping[Place, Any]
_READ_BY_COLUMN = (Event, State, Moment, Duty, Ban, Power, Process, Quantity)


class Asked(Protocol):
    """The evaluation that is asked for columns."""

    agreements: Agreements
    solving: dict[str, Any]

    @property
    def knotted(self) -> Mapping[str, tuple[str, ...]]:
        """The knot of every declaration that depends on itself."""
        ...

    @property
    def links(self) -> tuple[Links, frozenset[int]]:
        """Who reads what, and which expressions stand in declarations."""
        ...

    def ask(self, place: Place) -> object:
        """Give the column of a place."""
        ...

    def restore(self, kept: Kept) -> None:
        """Take columns as they were."""
        ...


@dataclass(slots=True)
class Former:
    """The columns of all that is reached, as they were.

    `inputs` are those that news reached and that a declaration reads; `ahead` has the declarations that nobody has looked at yet, `stands`
    those that are as they were, and `unknown` those of which an older column stands, or one has been forgotten. Of what is `narrow`, a
    column that came out the same is the old one itself.
    """

    was: Mapping[str, Kept]
    narrow: frozenset[str]
    unknown: frozenset[str]
    inputs: Mapping[str, frozenset[str]]
    knots: Mapping[str, tuple[str, ...]]
    ahead: set[str]
    stands: set[str] = field(default_factory=set)
    looked: dict[str, bool] = field(default_factory=dict)
    busy: set[str] = field(default_factory=set)

    def settle(self, name: str, world: Asked) -> None:
        """Find out whether a declaration stands as it was; then its columns are taken back."""
        if name not in self.ahead:
            return
        unit = self.knots.get(name, (name,))
        self.ahead.difference_update(unit)
        self.busy.update(unit)
        read = {one for own in unit for one in self.inputs.get(own, ())}.difference(unit)
        try:
            stands = all(self._is_as_it_was(one, world) for one in sorted(read))
        finally:
            self.busy.difference_update(unit)
        if stands:
            self.stands.update(unit)
            world.restore({place: column for one in unit for place, column in self.was.get(one, {}).items()})

    def _is_as_it_was(self, name: str, world: Asked) -> bool:
        if name in self.busy or name in world.solving:
            return False
        self.settle(name, world)
        if name in self.stands:
            return True
        if name not in self.looked:
            self.looked[name] = self._came_out(name, world)
        return self.looked[name]

    def _came_out(self, name: str, world: Asked) -> bool:
        kept = self.was.get(name, {})
        if not kept or name in self.unknown or not isinstance(world.agreements.declarations.get(name), _READ_BY_COLUMN):
            return False
        columns = ((column, world.ask(place)) for place, column in kept.items())
        return all(now is column or (name not in self.narrow and _same(column, now)) for column, now in columns)


def former(
    was: Mapping[str, Kept], reach: Reached, narrow: frozenset[str], unknown: frozenset[str], moved: set[str], world: Asked
) -> Former:
    """Set out what may stand as it was: of what did not move itself, all that was worked out from what was there just before."""
    declared, knots = world.agreements.declarations, world.knotted
    ahead = {name for name in was if isinstance(declared.get(name), _READ_BY_COLUMN) and moved.isdisjoint(knots.get(name, (name,)))}
    return Former(was, narrow, unknown, inputs_of(reach, world.links[0], world.agreements), knots, ahead)


def inputs_of(reach: Reached, reads: Links, agreements: Agreements) -> dict[str, frozenset[str]]:
    """Give for each declaration the others from which it is reached."""
    found: dict[str, set[str]] = {}
    for name, reader in _pairs(reach, reads, agreements):
        found.setdefault(reader, set()).add(name)
    looked = {reader: edges_in(agreements.declarations[reader], agreements) for reader in found if reader in agreements.declarations}
    for reader, states in looked.items():
        # what changes a state whose edge is asked is looked at, too
        found[reader] = found[reader].union(*(found.get(name, set()) for name in states))
    return {name: frozenset(read) for name, read in found.items()}


def _pairs(reach: Reached, reads: Links, agreements: Agreements) -> Iterator[tuple[str, str]]:
    for name, box in reach.items():
        for link in reads.get(name, ()):
            if reads_box(link, box, agreements):
                yield name, link.reader


def _same(before: object, now: object) -> bool:
    """Whether two columns say the same, to what occurrences come from and when deadlines count."""
    match before, now:
        case Course(), Course():
            return _same_moments(before, now) and list(before.counts) == list(now.counts) and _same_words(before.words, now.words)
        case Moments(), Moments():
            return _same_moments(before, now)
        case Timeline(), Timeline():
            return alike(before, now, NEVER)
        case Numbers(), Numbers():
            return before.frame == now.frame and before.pieces == now.pieces
        case Mapping(), Mapping():
            return _same_words(before, now)
        case _:
            return False


def _same_moments(before: Moments, now: Moments) -> bool:
    return alike(before, now, NEVER) and bool((before.cause == now.cause).all())


def _same_words(before: Mapping[str, Timeline], now: Mapping[str, Timeline]) -> bool:
    return before.keys() == now.keys() and all(now[word] is column or alike(column, now[word], NEVER) for word, column in before.items())
