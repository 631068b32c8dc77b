"""Formulas that need each other (semantics 2.9): what follows from some acts, and what may hold itself up."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction

from aval.engine.relaxed import Act, Early, Enough, Formula, Key, Met, Name, Never, Then
from aval.engine.relaxing import Place

Equations = Mapping[Place, Formula]


def so(formula: Formula, acts: Collection[Act] | None, named: Collection[Place]) -> bool:
    """Whether a formula is so, given these acts (`None` is all of them) and these terms."""
    match formula:
        case Met():
            return True
        case Never():
            return False
        case Key():
            return acts is None or formula.act in acts
        case Name():
            return formula.place in named
        case Then():
            return so(formula.first, acts, named) and so(formula.after, acts, named)
        case Early():
            return so(formula.part, acts, named)
        case Enough():
            return sum((weight for weight, part in formula.parts if so(part, acts, named)), Fraction(0)) >= formula.need


def follows(equations: Equations, acts: Collection[Act] | None, given: Collection[Place] = ()) -> dict[Place, int]:
    """Give what follows from acts, each with the round in which it does: the least solution. What is `given` is so in round 0."""
    found = dict.fromkeys(given, 0)
    ahead = [place for place in equations if place not in found]
    for rounds in range(1, len(equations) + 2):
        fresh = [place for place in ahead if so(equations[place], acts, found)]
        if not fresh:
            break
        found.update(dict.fromkeys(fresh, rounds))
        ahead = [place for place in ahead if place not in found]
    return found


def may_hold(equations: Equations, acts: Collection[Act] | None, among: Collection[Place]) -> set[Place]:
    """Give what of `among` may hold each other up: the greatest solution, in which the rest is as it follows from the acts."""
    sure = set(follows(equations, acts))
    held = set(among) - sure
    while lost := [place for place in held if not so(equations[place], acts, sure | held)]:
        held.difference_update(lost)
    return held


def names_in(formula: Formula) -> Iterator[Place]:
    """Yield the terms that a formula names."""
    match formula:
        case Name():
            yield formula.place
        case Then():
            yield from names_in(formula.first)
            yield from names_in(formula.after)
        case Early():
            yield from names_in(formula.part)
        case Enough():
            for _, part in formula.parts:
                yield from names_in(part)
        case _:
            return


def keys_in(formula: Formula) -> Iterator[Key]:
    """Yield the keys that stand in a formula itself."""
    match formula:
        case Key():
            yield formula
        case Then():
            yield from keys_in(formula.first)
            yield from keys_in(formula.after)
        case Early():
            yield from keys_in(formula.part)
        case Enough():
            for _, part in formula.parts:
                yield from keys_in(part)
        case _:
            return


def reached_from(formula: Formula, equations: Equations) -> dict[Place, Formula]:
    """Give the equations that a formula rests on."""
    found: dict[Place, Formula] = {}
    ahead = list(names_in(formula))
    while ahead:
        place = ahead.pop()
        if place not in found:
            found[place] = equations[place]
            ahead += names_in(equations[place])
    return found


def knotted(equations: Equations) -> dict[Place, frozenset[Place]]:
    """Give, for each term that rests on itself, all that hang together with it."""
    below = {place: frozenset(reached_from(formula, equations)) for place, formula in equations.items()}
    found: dict[Place, frozenset[Place]] = {}
    for place in equations:
        if place in below[place] and place not in found:
            knot = frozenset(other for other in below[place] if place in below[other])
            found.update(dict.fromkeys(knot, knot))
    return found
