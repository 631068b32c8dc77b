"""Contributions: where an offer stands on the ladder of rungs, from what the party itself has said (DESIGN 7).

Statements are taken in the order in which they were said; those of one instant together. A rung that holds something out is *at least*
that high, so a softer word later does not undo a firmer one; *refused*, *undecided* and *withdrawn* do. Both at one instant are contested.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from aval.engine.admit import nameless_or_low
from aval.engine.algebra import spans
from aval.model.claims import Claims
from aval.model.columns import Frame, Timeline
from aval.model.frozen import frozen
from aval.model.instant import NEVER, Instant, read_civil
from aval.model.reason import Alleged
from aval.model.statement import Rung, Says, Statement
from aval.model.term import Term

OFFER = "offer"


@frozen(kw_only=True)
class Standing:
    """How far one contribution stands.

    `stretches` are (from, rungs): from that instant it stood on those rungs; two or more are contested. `counted` are the statements
    that move
    it, `alleged` those that do not.
    """

    term: Term
    stretches: tuple[tuple[Instant, frozenset[Rung]], ...]
    counted: tuple[Statement, ...]
    alleged: tuple[Alleged, ...]

    def at(self, instant: Instant) -> tuple[Instant, frozenset[Rung]] | None:
        """Give the stretch that covers an instant."""
        return next((stretch for stretch in reversed(self.stretches) if stretch[0] <= instant), None)


def standings(statements: Iterable[Statement], zone: str) -> dict[Term, Standing]:
    """Give the standing of every contribution that anybody spoke of."""
    said: dict[Term, list[Statement]] = {}
    claims = Claims.of(statements)
    for statement in claims.where(claims.ask(claims.book.says, lambda says: says is Says.OFFERS)):
        if statement.rung is not None:
            said.setdefault(statement.term, []).append(statement)
    return {term: _standing(term, claims, zone) for term, claims in said.items()}


def _standing(term: Term, claims: list[Statement], zone: str) -> Standing:
    counted, alleged = [], []
    for claim in claims:
        why_not = _refusal(term, claim)
        if why_not:
            alleged.append(Alleged(statement=claim.id, why_not=why_not))
        else:
            counted.append(claim)
    counted.sort(key=lambda claim: (_said(claim, zone), claim.id))
    return Standing(term=term, stretches=tuple(_stretches(counted, zone)), counted=tuple(counted), alleged=tuple(alleged))


def _refusal(term: Term, claim: Statement) -> str:
    if claim.voice.speaks_for != term.args[0]:
        return f"not the word of {term.args[0]}"
    return nameless_or_low(claim)


def _said(claim: Statement, zone: str) -> Instant:
    found = read_civil(claim.said, zone)
    return NEVER if found is None else found.hi


def _stretches(counted: list[Statement], zone: str) -> Iterable[tuple[Instant, frozenset[Rung]]]:
    current: frozenset[Rung] = frozenset()
    for instant, claims in groupby(counted, lambda claim: _said(claim, zone)):
        before, current = current, _climb(current, {claim.rung for claim in claims if claim.rung is not None})
        if current != before:
            yield instant, current


def _climb(current: frozenset[Rung], said: set[Rung]) -> frozenset[Rung]:
    held_out = {rung for rung in said if rung.forthcoming}
    if held_out and held_out == said:
        before = {rung for rung in current if rung.forthcoming} if all(rung.forthcoming for rung in current) else set()
        return frozenset({max(held_out | before, key=lambda rung: rung.step)})
    return frozenset(said - held_out) | (frozenset({max(held_out, key=lambda rung: rung.step)}) if held_out else frozenset())


def at_least(standing: Standing | None, step: int) -> Timeline:
    """Told yes where it stands that high or higher, told no where it stands lower, contested where both, open before anybody spoke."""
    if standing is None or not standing.stretches:
        return Timeline(Frame())
    starts = [start for start, _ in standing.stretches]
    rows = list(zip(starts, [*starts[1:], NEVER], [rungs for _, rungs in standing.stretches], strict=True))
    high = [(0, start, end) for start, end, rungs in rows if any(rung.forthcoming and rung.step >= step for rung in rungs)]
    low = [(0, start, end) for start, end, rungs in rows if any(not rung.forthcoming or rung.step < step for rung in rungs)]
    return Timeline(Frame(), spans(high), spans(low))
