"""Whether two evaluations say the same: every column, every explanation, and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from aval.answers.inquiry import Inquiry
from aval.answers.status import status
from aval.answers.why import why
from aval.engine.algebra import settled
from aval.engine.protocol import Point
from aval.engine.rules.duty import Course
from aval.engine.world import World
from aval.model import agreement as ag
from aval.model.case import Manifest
from aval.model.columns import QUESTION, Axis, Frame, Moments, Numbers, Spans, Timeline
from aval.model.instant import Instant
from aval.model.problem import Unsupported
from aval.model.statement import Statement
from aval.model.term import Term
from aval.model.view import View
from aval.render.json import dumps
from tests.engine.support import SOURCES, ZONE

NORMS = ag.Duty | ag.Ban | ag.Power


def columns(world: World) -> Iterator[tuple[str, object]]:
    """Yield all that is worked out of every declaration, in plain numbers; what is refused, as its message."""
    for name, declared in world.agreements.declarations.items():
        try:
            yield from _columns(name, declared, world)
        except Unsupported as refused:
            yield name, [problem.message for problem in refused.problems]


def _columns(name: str, declared: ag.Declaration, world: World) -> Iterator[tuple[str, object]]:
    match declared:
        case ag.Group():
            yield name, plain(world.membership(name))
        case ag.Quantity():
            yield name, plain(world.quantity(name))
        case ag.Event() | ag.Moment():
            yield name, plain(world.occurrences(name))
            yield f"{name} happened", plain(world.happened(name))
        case ag.State() | ag.Process() | ag.Duty() | ag.Ban() | ag.Power():
            yield name, plain(world.state(name))
        case _:
            pass
    if isinstance(declared, NORMS):
        yield f"{name} in words", {word: plain(column) for word, column in world.words(name).items()}
    if isinstance(declared, ag.Power):
        yield f"exercise of {name}", plain(world.occurrences(name))
    if isinstance(declared, ag.Duty):
        yield f"{name} by", plain(world.deadlines(name))
    if isinstance(declared, ag.Event | ag.State):
        for body in world.agreements.of(ag.Body):
            yield f"{body.meta.name} finds {name}", plain(world.findings(body.meta.name, name))
    yield f"said of {name}", sorted(world.terms_of(name)) if isinstance(declared, ag.Group) else world.terms_of(name)
    for term in world.terms_of(name):
        accepted, alleged = world.said_of(term)
        yield f"said of {term}", ([one.id for one in accepted], [(one.statement, one.why_not) for one in alleged])


def plain(column: object) -> object:
    """Give a column as numbers that can be compared."""
    match column:
        case Timeline():
            return _named(column.frame), [_rows(part) for part in (column.yes, column.no, column.carried)]
        case Course():
            places = [column.counts[cause] for cause in column.cause.tolist()]
            return _named(column.frame), list(zip(column.key.tolist(), column.lo.tolist(), column.hi.tolist(), places, strict=True))
        case Moments():
            parts = (column.key, column.lo, column.hi, column.cause)
            return _named(column.frame), sorted(zip(*(part.tolist() for part in parts), strict=True))
        case Numbers():
            return _named(column.frame), {key: list(pieces) for key, pieces in column.pieces.items() if pieces}
        case _:
            raise TypeError(column)


def _named(frame: Frame) -> list[tuple[str, tuple[str, ...]]]:
    return [(axis.name, axis.values) for axis in frame.axes]


def _rows(part: Spans) -> list[tuple[int, int, int]]:
    part = settled(part)
    return list(zip(part.key.tolist(), part.start.tolist(), part.end.tolist(), strict=True))


def reasons(world: World, instants: list[Instant]) -> Iterator[tuple[str, object]]:
    """Yield the explanation of every term of a state, a norm, a moment and an event at some instants, on some reading."""
    for name, declared in world.agreements.declarations.items():
        if not isinstance(declared, ag.State | ag.Process | ag.Moment | ag.Event | NORMS):
            continue
        axes = [world.axis(param.name, param.group) for param in ag.params_of(declared)]
        for args in product(*(axis.values for axis in axes)):
            for at in instants:
                try:
                    chosen = _first(world.questions_of(name))
                    yield f"{name}{args} at {at}", world.reason_of(Term(name, args), Point(chosen, at))
                except Unsupported as refused:
                    yield f"{name}{args} at {at}", [problem.message for problem in refused.problems]


def _first(axes: tuple[Axis, ...]) -> Mapping[str, str]:
    return {axis.name: axis.values[0] for axis in axes if axis.name.startswith(QUESTION)}


def answers(world: World, at: Instant) -> Iterator[tuple[str, object]]:
    """Yield the board as JSON, and why each of its lines is so: as it is, since writing it costs more than working it out."""
    seen = world.seen_from(View(at=at, known=world.known, readings=world.view.readings))
    asked = Inquiry(world=seen, manifest=Manifest(title="A test", zone=ZONE, sources=SOURCES), statements=seen.claims.by_id)
    board = status(asked)
    yield "status", dumps(board)
    for line in board.items:
        term = Term.parse(line.term)
        if term is not None:
            yield f"why {term}", why(term, asked)


def scratch(agreements: ag.Agreements, statements: list[Statement], known: Instant) -> World:
    """Evaluate everything anew."""
    from aval.evidence.live import live

    return World(agreements, live(statements, known, ZONE), View(at=known, known=known), ZONE)
