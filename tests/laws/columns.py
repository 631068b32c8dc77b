"""Everything that a world answers, column by column, and where two worlds say the opposite of each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from aval.engine.algebra import settled
from aval.engine.lookup import look
from aval.engine.world import World
from aval.model import agreement as ag
from aval.model.columns import QUESTION, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant, show
from aval.model.statement import Statement
from aval.model.view import View
from tests.engine.support import ZONE
from tests.oracle.norms import words_of

Columns = dict[tuple[str, str], Timeline]


def columns(agreements: ag.Agreements, statements: Sequence[Statement]) -> Columns:
    """Give the column of every state, norm and moment, for each word in which it can stand; raises `Unsupported` as the engine does."""
    world = World(agreements, statements, View(at=0, known=NEVER), ZONE)
    found: Columns = {}
    for name, declared in agreements.declarations.items():
        if isinstance(declared, ag.Event | ag.Moment):
            found[name, ""] = world.happened(name)
        elif isinstance(declared, ag.State | ag.Duty | ag.Ban | ag.Power | ag.Process):
            found |= {(name, word): world.words(name)[word] for word in words_of(declared)}
            if not words_of(declared) or isinstance(declared, ag.Ban):
                found[name, ""] = world.state(name)
    return found


def opposites(agreements: ag.Agreements, before: Columns, after: Columns) -> Iterator[str]:
    """Yield where one says yes and the other no."""
    questions = [(QUESTION + one.meta.name, [reading.name for reading in one.readings]) for one in agreements.of(ag.Question)]
    members = {group.meta.name: group.members for group in agreements.of(ag.Group)}
    for (name, word), column in before.items():
        params = ag.params_of(agreements.declarations[name])
        axes = [(param.name, members[param.group]) for param in params] + questions
        times = edges(column) | edges(after[name, word])
        for chosen in product(*(names for _, names in axes)):
            point = dict(zip((axis for axis, _ in axes), chosen, strict=True))
            for at in times:
                pair = (look(column, point, at).value, look(after[name, word], point, at).value)
                if set(pair) == {Value.YES, Value.NO}:
                    yield f"{name} {point} {word} at {show(at, ZONE)}: {pair[0].value}, then {pair[1].value}"


def edges(column: Timeline) -> set[Instant]:
    """Give the instants around every edge of a column."""
    ends = {edge for part in (settled(column.yes), settled(column.no)) for side in (part.start, part.end) for edge in side.tolist()}
    return {time for edge in ends if ALWAYS < edge < NEVER for time in (edge - 1, edge)} or {0}
