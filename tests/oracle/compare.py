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
from tests.oracle.norms import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Where the two do not agree."""

    term: Term
    word: str
    at: Instant
    readings: dict[str, str]
    engine: Value
    oracle: Value

    def __str__(self) -> str:
        """Write it for a person."""
        word = f" is {self.word}" if self.word else ""
        where = f"{self.term}{word} at {show(self.at, ZONE)} on {self.readings}"
        return f"{where}: engine {self.engine.value}, oracle {self.oracle.value}"


def differences(agreements: ag.Agreements, statements: Sequence[Statement]) -> Iterator[Difference]:
    """Yield every difference between the engine and the oracle; raises what either raises where it cannot work something out."""
    questions = [(one.meta.name, [reading.name for reading in one.readings]) for one in agreements.of(ag.Question)]
    world = World(agreements, statements, View(at=0, known=NEVER), ZONE)
    columns = list(_columns(agreements, world))
    for chosen in product(*(readings for _, readings in questions)):
        readings = dict(zip((name for name, _ in questions), chosen, strict=True))
        oracle = Oracle(agreements, statements, readings, ZONE)
        for name, word, column in columns:
            yield from _compare(name, word, column, oracle)


def _columns(agreements: ag.Agreements, world: World) -> Iterator[tuple[str, str, Timeline]]:
    for name, declared in agreements.declarations.items():
        if isinstance(declared, ag.Event | ag.Moment):
            yield name, "", world.happened(name)
        elif isinstance(declared, ag.State | ag.Duty | ag.Power | ag.Process | ag.Ban):
            if not words_of(declared) or isinstance(declared, ag.Ban):
                yield name, "", world.state(name)
            for word in words_of(declared):
                yield name, word, world.words(name)[word]


def _compare(name: str, word: str, column: Timeline, oracle: Oracle) -> Iterator[Difference]:
    declared = oracle.all.declarations[name]
    names = [param.name for param in ag.params_of(declared)]
    own = {edge for part in (column.yes, column.no) for ends in (part.start, part.end) for edge in ends.tolist() if ALWAYS < edge < NEVER}
    times = sorted(oracle.grid | {time for edge in own for time in (edge - 1, edge, edge + 1)})
    for args in product(*(oracle.candidates(param.group) for param in ag.params_of(declared))):
        point = dict(zip(names, args, strict=True)) | {QUESTION + one: reading for one, reading in oracle.readings.items()}
        for at in times:
            yes, no = oracle.ask(Term(name, args), at, word)
            expected, found = Value.of(yes=yes, no=no), look(column, point, at).value
            if expected is not found:
                yield Difference(term=Term(name, args), word=word, at=at, readings=dict(oracle.readings), engine=found, oracle=expected)
