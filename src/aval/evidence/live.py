"""Which statements are live in a view (semantics 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from aval.model.claims import Claims
from aval.model.columns import Ints
from aval.model.instant import Instant, read_civil
from aval.model.statement import Statement


def live(statements: Iterable[Statement], known: Instant, zone: str) -> Claims:
    """Give the statements that had been said by `known` and that no live statement withdraws, by when they were said, then by id.

    What was said is so at the last instant of `said`, read in the zone of the case. A statement that is itself withdrawn withdraws
    nothing, so a retracted retraction revives what it had withdrawn. Of two live corrections of one statement both count. The order and
    the number of times in which statements come make no difference. Raises `ValueError` where `said` is no date, which intake refuses.
    """
    claims = Claims.of(statements)
    book = claims.book
    instants, order = book.said_by(zone)
    held = np.zeros(len(book), np.bool_)
    held[claims.rows] = True
    said = order[: int(np.searchsorted(instants[order], known, side="right"))]
    withdrawals = {row: targets for row, targets in book.withdraws.items() if held[row] and instants[row] <= known}
    if withdrawals:
        held[list(_withdrawn(_in_view(withdrawals, claims, instants, known)))] = False
    return Claims(book, said[held[said]])


def said_by(statement: Statement, zone: str) -> Instant:
    """Give the latest instant by which the public had a statement. Raises `ValueError` if `said` is no date, which intake refuses."""
    span = read_civil(statement.said, zone)
    if span is None:
        raise ValueError(f"{statement.label}: said is no date: {statement.said!r}")
    return span.hi


def _in_view(withdrawals: Mapping[int, tuple[str, ...]], claims: Claims, instants: Ints, known: Instant) -> dict[int, list[int]]:
    """Give for each row that withdraws something the rows in view that it withdraws."""
    found: dict[int, list[int]] = {}
    for row, ids in withdrawals.items():
        targets = [target for id_ in ids if (target := claims.find(id_)) is not None and instants[target] <= known]
        found[row] = targets
    return found


def _withdrawn(targets: Mapping[int, list[int]]) -> set[int]:
    """Decide from the outside in: first those that nobody in view withdraws, then what hangs on them.

    Ids are hashes of content that holds the ids of what it withdraws, so there is no circle; one would be a defect of ours.
    """
    waiting = dict.fromkeys(targets, 0)
    for inner in targets.values():
        for target in inner:
            waiting[target] = waiting.get(target, 0) + 1
    order = [row for row, number in waiting.items() if number == 0]
    withdrawn: set[int] = set()
    for row in order:  # grows while it is walked
        for target in targets.get(row, ()):
            if row not in withdrawn:
                withdrawn.add(target)
            waiting[target] -= 1
            if waiting[target] == 0:
                order.append(target)
    if len(order) < len(waiting):
        raise ValueError("statements withdraw each other in a circle")
    return withdrawn
