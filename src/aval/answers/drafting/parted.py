"""Triggers that are meant alike and part: one half of an agreement wakes, the other sleeps on."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from aval.answers.drafting.desk import Desk, awake, told
from aval.answers.explore.acts import nodes
from aval.answers.explore.cone import cone
from aval.answers.explore.search import Witness
from aval.language.problems import quote
from aval.model import expression as ex
from aval.model.agreement import Declaration, Event, Norm, State
from aval.model.four import Value
from aval.model.problem import Code, Problem, Severity

CODE = Code(
    code="AV709",
    title="Triggers meant alike, that part",
    what="Rival readings of a question take two conditions for each other. Elsewhere a norm, or what is meant to bind, waits for one of "
    "them alone. Where that one comes without the other, one half wakes and the other may sleep on.",
    why="A ceasefire without a peace agreement, say: the guarantees begin, and the force that they lean on may not go.",
    bad="state in_force\n  while ceasefire\n  binding politically\nquestion trigger\n  reading after_ceasefire\n  reading after_peace\n"
    "power deploy: FRA may deployed\n  on reading after_ceasefire while ceasefire\n  on reading after_peace while peace",
    good="state in_force\n  while ceasefire\n  binding politically\npower deploy: FRA may deployed\n  while ceasefire",
    severity=Severity.WARNING,
)
Pair = tuple[str, str]


def check(desk: Desk) -> Iterator[Problem]:
    """Yield one finding for each pair of such triggers that a run shows to part."""
    for (one, other), where in _pairs(desk).items():
        found = _parting(one, other, where, desk) or _parting(other, one, where, desk)
        if found is not None:
            yield found


def _pairs(desk: Desk) -> dict[Pair, Norm]:
    """Give the pairs of states that a norm takes for alternatives, each with that norm."""
    found: dict[Pair, Norm] = {}
    for norm in desk.norms:
        by_question: dict[str, list[frozenset[str]]] = {}
        for clause in getattr(norm, "whiles", ()):
            if clause.question and (names := _states(clause.item, desk)):
                by_question.setdefault(clause.question, []).append(names)
        for sets in by_question.values():
            for first, second in combinations(sets, 2):
                for pair in ((a, b) for a in sorted(first - second) for b in sorted(second - first)):
                    found.setdefault(pair if pair[::-1] not in found else pair[::-1], norm)
    return {pair: norm for pair, norm in found.items() if not _roots(pair[0], desk) & _roots(pair[1], desk)}


def _states(condition: ex.Expression, desk: Desk) -> frozenset[str]:
    """Give the states that stand in a condition by themselves, without a `not`."""
    if any(isinstance(node, ex.Not) for node in nodes(condition)):
        return frozenset()
    named = (node.name for node in nodes(condition) if isinstance(node, ex.Ref))
    return frozenset(name for name in named if isinstance(desk.agreements.declarations.get(name), State))


def _roots(name: str, desk: Desk) -> set[str]:
    """Give the events and reported states that a state rests on."""
    found = {one: desk.agreements.declarations.get(one) for one in cone([name], desk.ground.below)}
    return {one for one, what in found.items() if isinstance(what, Event) or (isinstance(what, State) and what.reported)}


def _parting(one: str, other: str, where: Norm, desk: Desk) -> Problem | None:
    """Tell what wakes with the one alone, and sleeps without the other."""
    ours, theirs = _roots(one, desk), _roots(other, desk)
    rests = {norm.meta.name: _roots(norm.meta.name, desk) for norm in _binding(desk)}
    waking = [norm for norm in _binding(desk) if ours & rests[norm.meta.name] and not theirs & rests[norm.meta.name]]
    sleeping = [norm for norm in desk.norms if theirs & rests[norm.meta.name]]
    for awake_ in waking:
        for asleep in sorted(sleeping, key=lambda norm: norm is not where):
            witness = _shown(awake_, asleep, desk)
            if witness is not None:
                return _tell(one, other, [awake_, *(norm for norm in waking if norm is not awake_)], asleep, witness, desk)
    return None


def _binding(desk: Desk) -> list[Declaration]:
    bound = (one for one in desk.agreements.of(State) if one.force)
    return [*bound, *desk.norms]


def _shown(waking: Declaration, asleep: Norm, desk: Desk) -> Witness | None:
    return desk.find([awake(waking, desk.cast(waking)), awake(asleep, desk.cast(asleep), Value.NO)])


def _tell(one: str, other: str, waking: list[Declaration], asleep: Norm, witness: Witness, desk: Desk) -> Problem:
    names = [norm.meta.name for norm in waking]
    on = f", on reading {' and '.join(map(quote, witness.readings))}" if witness.readings else ""
    message = f"With {quote(one)} and without {quote(other)}, {quote(names[0])} wakes while {quote(asleep.meta.name)} sleeps{on}."
    both = [norm for norm in desk.norms if norm is not asleep and {one, other} <= cone([norm.meta.name], desk.ground.below)]
    notes = (
        *((norm.meta.span, f"{quote(norm.meta.name)} does not wait for {quote(other)}.") for norm in waking),
        *((norm.meta.span, f"{quote(norm.meta.name)} may wait for {quote(other)}.") for norm in (asleep, *both)),
    )
    hint = "Say whether the one or the other is meant, in both places; or that they are meant to part."
    return told(CODE, message, asleep, hint, notes=notes, example=witness, title=f"{one} without {other}")
