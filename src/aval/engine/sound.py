"""What can be evaluated: knots that turn are taken out before anything runs, with whatever rests on them (semantics 2.5)."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from aval.engine.codes import TURNING_CYCLE
from aval.engine.order import knots, reads_of, turning, ways_of
from aval.model.agreement import Agreements
from aval.model.problem import Problem


def without_turns(agreements: Agreements) -> tuple[Agreements, tuple[Problem, ...]]:
    """Leave out every knot in which a rule waits for another's change, and what reads it; tell each knot once."""
    ways = ways_of(agreements)
    found = [turning(knot, ways) for knot in dict.fromkeys(knots(agreements, ways).values())]
    strands = [strand for strand in found if strand]
    if not strands:
        return agreements, ()
    gone = _resting_on(agreements, {name for strand in strands for name in strand})
    kept = {name: declared for name, declared in agreements.declarations.items() if name not in gone}
    problems = tuple(_problem(agreements, strand, gone) for strand in strands)
    return replace(agreements, declarations=MappingProxyType(kept)), problems


def _resting_on(agreements: Agreements, names: set[str]) -> set[str]:
    gone, edges = set(names), ways_of(agreements)
    rests = {name: {*edges[name], *reads_of(declared)} for name, declared in agreements.declarations.items()}
    while True:
        more = {name for name, reads in rests.items() if name not in gone and gone & reads}
        if not more:
            return gone
        gone |= more


def _problem(agreements: Agreements, knot: tuple[str, ...], gone: set[str]) -> Problem:
    first = agreements.declarations[knot[0]].meta.span
    others = sorted(gone - set(knot))
    notes = ((first, f"Left out as well, since it rests on this: {', '.join(f'`{name}`' for name in others)}."),) if others else ()
    message = f"{' and '.join(f'`{name}`' for name in knot)} wait for each other's change."
    return Problem(code=TURNING_CYCLE, message=message, span=first, hint="Let one of them begin with an event instead.", notes=notes)
