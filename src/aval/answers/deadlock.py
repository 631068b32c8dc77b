"""Deadlocks (semantics 2.9): rules that wait for each other, so that nobody can move first; and the joint move, where there is one.

Time is ignored, and nobody is taken to act before the text lets him. A deadlock is what would hold each other up, and follows from nothing
that anybody could do alone: in the greatest solution of the rules, and not in the least. The joint move is what those on the cycle would
have to do as one act; it is run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from itertools import product

from aval.answers.acting import acting
from aval.answers.holders import holder_of
from aval.engine.fixpoint import Equations, follows, keys_in, may_hold, names_in, reached_from, so
from aval.engine.lookup import look
from aval.engine.order import Way, Ways, knots, questions_of, reads, ways_of
from aval.engine.protocol import Scope, Wish
from aval.engine.relaxed import Act, Formula, every_of
from aval.engine.relaxing import Place, Relaxing
from aval.engine.rules.clauses import whiles
from aval.engine.rules.offer import OFFER
from aval.engine.world import World
from aval.model.agreement import Agreements, Ban, Clause, Contribution, Declaration, Duty, Power, Process, Question, State, params_of
from aval.model.columns import QUESTION
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import NEVER, day_start
from aval.model.problem import Span
from aval.model.statement import Statement
from aval.model.term import Term
from aval.model.view import View

BEFORE, TOGETHER = "2990-01-01", "2991-01-01"
"""The days on which a joint move is run: what has to have come before, and the move itself. Late, so that all dates of a text have come."""
MAX_CHOICES = 64
"""combinations of readings that are looked at for one knot"""


@frozen(kw_only=True)
class Deadlock:
    """Terms that wait for each other.

    `cycle` is a shortest way round, each term waiting for the next; `clauses` are where the text says so, in the same order. `terms` are
    all that wait for each other in this knot. `readings` are the choices of readings under which it exists (question, reading); `()`
    alone is: on all. `joint` is the smallest joint move found that was run and works, one act for each: `None` where no act of theirs
    makes it so, however many move together. `parties` move; `before` has to have come first.
    """

    cycle: tuple[Term, ...]
    clauses: tuple[Span, ...]
    terms: tuple[Term, ...]
    readings: tuple[tuple[tuple[str, str], ...], ...]
    joint: tuple[Act, ...] | None
    parties: tuple[str, ...]
    before: tuple[Act, ...] = ()
    brings: tuple[Term, ...] = ()


def deadlocks(agreements: Agreements, zone: str = "Etc/UTC", *, moves: bool = True) -> tuple[Deadlock, ...]:
    """Give the deadlocks of agreements, whatever has been said so far; without `moves` no joint move is looked for.

    Raises `Unsupported` where that takes too many steps.
    """
    found: dict[tuple[Term, ...], list[Deadlock]] = {}
    for knot in _knots(agreements):
        for readings in _choices(knot, agreements):
            for one in _under(knot, readings, agreements, zone, moves=moves):
                found.setdefault(tuple(sorted(one.terms)), []).append(one)
    return tuple(replace(alike[0], readings=tuple(one.readings[0] for one in alike)) for alike in found.values())


def _knots(agreements: Agreements) -> list[tuple[str, ...]]:
    """Give the declarations that may wait for each other, if a deed waits for its power and a rung for its conditions."""
    ways: dict[str, dict[str, frozenset[Way]]] = {name: dict(found) for name, found in ways_of(agreements).items()}
    plain = frozenset({Way.PLAIN})
    for power in agreements.of(Power):
        ways.setdefault(power.deed.name, {})[power.meta.name] = plain
    ways[OFFER] = {one.meta.name: plain for one in agreements.of(Contribution)}
    return list(dict.fromkeys(knots(agreements, _closed(ways)).values()))


def _closed(ways: Mapping[str, Mapping[str, frozenset[Way]]]) -> Ways:
    return {name: {other: way for other, way in found.items() if other in ways} for name, found in ways.items()}


def _choices(knot: Iterable[str], agreements: Agreements) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the choices of readings that clauses of a knot stand on."""
    names = list(dict.fromkeys(question for name in knot for question in questions_of(agreements.declarations[name])))
    asked = [question for name in names if (question := agreements.get(name, Question)) is not None]
    for number, combination in enumerate(product(*(question.readings for question in asked))):
        if number < MAX_CHOICES:
            yield tuple((question.meta.name, reading.name) for question, reading in zip(asked, combination, strict=True))


def _under(
    knot: Sequence[str], readings: tuple[tuple[str, str], ...], agreements: Agreements, zone: str, *, moves: bool
) -> Iterator[Deadlock]:
    world = World(agreements, (), View(at=NEVER - 1, known=NEVER - 1, readings=readings), zone)
    relaxing = Relaxing(world, {QUESTION + question: reading for question, reading in readings}, timeless=True, lawful=True)
    for name in knot:
        _relax_all(agreements.declarations[name], relaxing)
    equations = relaxing.equations
    held = may_hold(equations, None, equations)
    for part in _strands(held, equations):
        if any(place[0].name in knot or place[0].name == OFFER for place in part):
            yield _deadlock(part, equations, readings, agreements, zone, moves=moves)


def _relax_all(declared: Declaration, relaxing: Relaxing) -> None:
    """Relax every instance of a declaration."""
    wish = Wish({}, NEVER - 1)
    if isinstance(declared, Contribution):
        relaxing.standing(declared.party, declared.domain, "committed", wish)
    if not isinstance(declared, State | Process | Duty | Ban | Power) or (isinstance(declared, State) and declared.values):
        return
    axes = [relaxing.evaluation.axis(param.name, param.group).values for param in params_of(declared)]
    for args in product(*axes):
        relaxing.term(Term(declared.meta.name, args), wish)


def _strands(held: set[Place], equations: Equations) -> list[list[Place]]:
    """Give the parts of what holds itself up that hang together, those first that rest on no other."""
    edges = {place: tuple(other for other in dict.fromkeys(names_in(equations[place])) if other in held) for place in held}
    order = [place for place in equations if place in held]
    found, seen = [], set[Place]()
    for place in order:
        if place in seen:
            continue
        ahead = _reach(place, edges)
        part = [other for other in order if other in ahead and place in _reach(other, edges)]
        seen.update(part or [place])
        if place in part:
            found.append(part)
    return found


def _reach(place: Place, edges: Mapping[Place, Sequence[Place]]) -> set[Place]:
    """Give what can be reached from a place in one step or more."""
    found: set[Place] = set()
    ahead = list(edges[place])
    while ahead:
        other = ahead.pop()
        if other not in found:
            found.add(other)
            ahead += edges[other]
    return found


def _deadlock(
    part: Sequence[Place],
    equations: Equations,
    readings: tuple[tuple[str, str], ...],
    agreements: Agreements,
    zone: str,
    *,
    moves: bool,
) -> Deadlock:
    cycle = _shortest(part, equations)
    small = _smallest(part, equations) if moves else []
    before, together = _moves(small, equations) if moves else ([], [])
    works = bool(together) and _run(small, before, together, readings, agreements, zone)
    return Deadlock(
        cycle=tuple(dict.fromkeys(place[0] for place in cycle)),
        clauses=tuple(_clause(place, following, agreements) for place, following in zip(cycle, [*cycle[1:], cycle[0]], strict=True)),
        terms=tuple(dict.fromkeys(place[0] for place in part)),
        readings=(readings,),
        joint=tuple(together) if works else None,
        parties=tuple(dict.fromkeys(who for act in together if (who := holder_of(act, agreements)))),
        before=tuple(before),
        brings=tuple(dict.fromkeys(place[0] for place in small)) if works else (),
    )


def _shortest(part: Sequence[Place], equations: Equations) -> list[Place]:
    """Give a shortest way round (breadth first from each place)."""
    inside = set(part)
    best: list[Place] = []
    for start in part[:200]:
        came: dict[Place, Place] = {}
        ahead = [start]
        for place in ahead:
            for other in names_in(equations[place]):
                if other == start:
                    way = [place]
                    while way[-1] != start:
                        way.append(came[way[-1]])
                    if not best or len(way) < len(best):
                        best = way[::-1]
                    ahead = []
                    break
                if other in inside and other not in came:
                    came[other] = place
                    ahead.append(other)
            if not ahead:
                break
    return best


def _smallest(part: Sequence[Place], equations: Equations) -> list[Place]:
    """Leave out of what holds itself up whatever can be spared; tried from both ends."""
    sure = set(follows(equations, None))

    def kept(order: Sequence[Place]) -> list[Place]:
        held = set(part)
        for place in order:
            fewer = held - {place}
            while lost := [one for one in fewer if not so(equations[one], None, sure | fewer)]:
                fewer.difference_update(lost)
            held = fewer or held
        return [place for place in part if place in held]

    return min((kept(part), kept(part[::-1])), key=len)


def _moves(small: Sequence[Place], equations: Equations) -> tuple[list[Act], list[Act]]:
    """Give the acts that have to have come before, and those on the cycle itself; none can be left out."""
    goal = every_of([equations[place] for place in small])
    standing = dict.fromkeys(key.act for place in small for key in keys_in(equations[place]))
    own = {act: None for act in standing if any(place[0] == act.term for place in small)} or standing
    below = reached_from(goal, equations)
    acts = dict.fromkeys([*standing, *(key.act for formula in below.values() for key in keys_in(formula))])
    for act in reversed(list(acts)):
        fewer = acts.keys() - {act}
        if _enough(goal, small, fewer, below):
            del acts[act]
    return [act for act in acts if act not in own], [act for act in acts if act in own]


def _enough(goal: Formula, given: Sequence[Place], acts: Collection[Act], equations: Equations) -> bool:
    return so(goal, acts, follows(equations, acts, given))


def _run(
    small: Sequence[Place],
    before: Sequence[Act],
    together: Sequence[Act],
    readings: tuple[tuple[str, str], ...],
    agreements: Agreements,
    zone: str,
) -> bool:
    """Whether all of them are so once these acts have come on one day."""
    statements: list[Statement] = []
    for day, acts in ((BEFORE, before), (TOGETHER, together)):
        for act in acts:
            statements += acting(act, day, agreements, len(statements))
    at = day_start(_next_year(TOGETHER), zone)
    world = World(agreements, statements, View(at=at, known=at, readings=readings), zone)
    return all(_is_so(place, world, readings, at) for place in small)


def _next_year(day: str) -> date:
    return date(int(day[:4]) + 1, 1, 1)


def _is_so(place: Place, world: World, readings: tuple[tuple[str, str], ...], at: int) -> bool:
    term, _, _, _, _ = place
    declared = world.agreements.declarations.get(term.name)
    values = {QUESTION + question: reading for question, reading in readings}
    if declared is None:
        found = next(one for one in world.agreements.of(Contribution) if (one.party, one.domain) == term.args)
        return look(whiles(found.conditions, Scope(found.meta.name, {}), world), values, at).value is Value.YES
    values |= dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
    if isinstance(declared, Power):
        return look(world.words(term.name)["exercised"], values, at).value is Value.YES
    column = world.state(term.name) if isinstance(declared, State | Process | Duty | Ban) else world.happened(term.name)
    return look(column, values, at).value is Value.YES


def _clause(place: Place, following: Place, agreements: Agreements) -> Span:
    """Give the clause by which one term waits for another."""
    declared = agreements.declarations.get(place[0].name)
    if declared is None:
        declared = next(one for one in agreements.of(Contribution) if (one.party, one.domain) == place[0].args)
    wanted = {following[0].name}
    for field in fields(declared):
        value = getattr(declared, field.name)
        for clause in value if isinstance(value, tuple) else ():
            if isinstance(clause, Clause) and not wanted.isdisjoint(name for name, _ in reads(clause)):
                return clause.span
    return declared.meta.span
