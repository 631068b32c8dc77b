"""Which statements are live in a view (semantics 2.1)."""

from __future__ import annotations

from collections.abc import Iterable

from aval.model.instant import Instant, read_civil
from aval.model.statement import Statement


def live(statements: Iterable[Statement], known: Instant, zone: str) -> tuple[Statement, ...]:
    """Give the statements that had been said by `known` and that no live statement withdraws, by when they were said, then by id.

    What was said is so at the last instant of `said`, read in the zone of the case. A statement that is itself withdrawn withdraws
    nothing, so a retracted retraction revives what it had withdrawn. Of two live corrections of one statement both count. The order and
    the number of times in which statements come make no difference.
    """
    in_view = {statement.id: (said_by(statement, zone), statement) for statement in statements}
    in_view = {id_: pair for id_, pair in in_view.items() if pair[0] <= known}
    withdrawn = _withdrawn({id_: pair[1] for id_, pair in in_view.items()})
    kept = sorted((said, id_) for id_, (said, _) in in_view.items() if id_ not in withdrawn)
    return tuple(in_view[id_][1] for _, id_ in kept)


def said_by(statement: Statement, zone: str) -> Instant:
    """Give the latest instant by which the public had a statement. Raises `ValueError` if `said` is no date, which intake refuses."""
    span = read_civil(statement.said, zone)
    if span is None:
        raise ValueError(f"{statement.label}: said is no date: {statement.said!r}")
    return span.hi


def _withdrawn(in_view: dict[str, Statement]) -> set[str]:
    """Decide from the outside in: first those that nobody in view withdraws, then what hangs on them.

    Ids are hashes of content that holds the ids of what it withdraws, so there is no circle; one would be a defect of ours.
    """
    waiting = dict.fromkeys(in_view, 0)
    for statement in in_view.values():
        for target in statement.withdraws:
            if target in waiting:
                waiting[target] += 1
    order = [id_ for id_, number in waiting.items() if number == 0]
    withdrawn: set[str] = set()
    for id_ in order:  # grows while it is walked
        for target in in_view[id_].withdraws:
            if target not in waiting:
                continue
            if id_ not in withdrawn:
                withdrawn.add(target)
            waiting[target] -= 1
            if waiting[target] == 0:
                order.append(target)
    if len(order) < len(in_view):
        raise ValueError("statements withdraw each other in a circle")
    return withdrawn
