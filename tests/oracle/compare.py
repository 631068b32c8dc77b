"""Both evaluators on one world: every declared condition, every instance, every reading, at every instant where anything can change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from aval.engine.lookup import look
from aval.engine.world import World
from aval.model import agreement as ag
from aval.model.columns import QUESTION, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant, show
from aval.model.statement import Statement
from aval.model.term import Term
from aval.model.view import View
from tests.engine.support import ZONE
from tests.oracle.evaluator import Oracle


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the two do not agree."""

    term: Term
    at: Instant
    readings: dict[str, str]
    engine: Value
    oracle: Value

    def __str__(self) -> str:
        """Write it for a person."""
        return f"{self.term} at {show(self.at, ZONE)} on {self.readings}: engine {self.engine.value}, oracle {self.oracle.value}"


def differences(agreements: ag.Agreements, statements: Sequence[Statement]) -> Iterator[Difference]:
    """Yield every difference between the engine and the oracle."""
    questions = [(one.meta.name, [reading.name for reading in one.readings]) for one in agreements.of(ag.Question)]
    world = World(agreements, statements, View(at=0, known=NEVER), ZONE)
    columns = dict(_columns(agreements, world))
    for chosen in product(*(readings for _, readings in questions)):
        readings = dict(zip((name for name, _ in questions), chosen, strict=True))
        oracle = Oracle(agreements, statements, readings, ZONE)
        for name, column in columns.items():
            yield from _compare(name, column, oracle)


def _columns(agreements: ag.Agreements, world: World) -> Iterator[tuple[str, Timeline]]:
    for name, declared in agreements.declarations.items():
        if isinstance(declared, ag.Event | ag.Moment):
            yield name, world.happened(name)
        elif isinstance(declared, ag.State | ag.Duty | ag.Power | ag.Process):
            yield name, world.state(name)


def _compare(name: str, column: Timeline, oracle: Oracle) -> Iterator[Difference]:
    declared = oracle.all.declarations[name]
    names = [param.name for param in ag.params_of(declared)]
    own = {edge for part in (column.yes, column.no) for ends in (part.start, part.end) for edge in ends.tolist() if ALWAYS < edge < NEVER}
    times = sorted(oracle.grid | {time for edge in own for time in (edge - 1, edge, edge + 1)})
    for args in product(*(oracle.candidates(param.group) for param in ag.params_of(declared))):
        point = dict(zip(names, args, strict=True)) | {QUESTION + one: reading for one, reading in oracle.readings.items()}
        for at in times:
            yes, no = oracle.ask(Term(name, args), at)
            expected, found = Value.of(yes=yes, no=no), look(column, point, at).value
            if expected is not found:
                yield Difference(term=Term(name, args), at=at, readings=dict(oracle.readings), engine=found, oracle=expected)
