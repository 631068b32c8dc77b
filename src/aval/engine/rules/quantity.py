"""Quantities: a number over time, as a range (semantics 2.5).

What accepted statements tell of one instant joins by the greatest lower and the least upper end, never by addition. Each end is carried
on by itself, like a reported state: until another is told, and not across a gap between two that differ. A statement without a date
tells it of all time. A table that is kept up to date gives each row from its day on; one fixed on a day gives the rows of that day always.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aval.engine.amounts import Piece, ends_of, joined_pieces, narrowest, told, value_of, written
from aval.engine.protocol import Evaluation, Point
from aval.engine.rules.clauses import scope_of
from aval.engine.rules.event import keys_of
from aval.model.agreement import Quantity
from aval.model.claims import ids_of
from aval.model.columns import UNTOLD, Ends, Frame, Numbers
from aval.model.instant import ALWAYS, NEVER, Instant, read_civil
from aval.model.reason import Mode, Reason
from aval.model.statement import Amount, Statement
from aval.model.table import TableRow
from aval.model.term import Term


def compute(declared: Quantity, evaluation: Evaluation) -> Numbers:
    """Give the number of every instance over all time."""
    frame = Frame(tuple(scope_of(declared, evaluation).axes.values()))
    zone = evaluation.zone(declared.meta.name)
    columns: dict[int, list[Sequence[Piece]]] = {}
    for claims in evaluation.counted(declared.meta.name):
        statements: dict[int, list[Statement]] = {}
        for key, statement in zip(keys_of(claims, frame).tolist(), claims, strict=True):
            if key >= 0:
                statements.setdefault(key, []).append(statement)
        for key, said in statements.items():
            columns.setdefault(key, []).extend(told(said, zone))
    for args, pieces in _of_table(declared, evaluation):
        key = frame.key(dict(zip(frame.names, args, strict=True)))
        if key is not None:
            columns.setdefault(key, []).append(pieces)
    return Numbers(frame, {key: joined_pieces(found, narrowest) for key, found in columns.items()})


def _of_table(declared: Quantity, evaluation: Evaluation) -> Iterator[tuple[tuple[str, ...], tuple[Piece, ...]]]:
    table = evaluation.agreements.tables.get(declared.meta.name)
    zone = evaluation.zone(declared.meta.name)
    rows: dict[tuple[str, ...], list[tuple[Instant, Ends]]] = {}
    for row in table.rows if table else ():
        rows.setdefault(row.args, []).append((_from(row, zone), ends_of(Amount(low=row.low, high=row.high, unit=declared.unit))))
    for args, found in rows.items():
        found.sort(key=lambda one: one[0])
        if declared.fixed_on:
            day = read_civil(declared.fixed_on, zone)
            standing = [ends for start, ends in found if day is None or start <= day.hi]
            yield args, ((ALWAYS, NEVER, standing[-1]),) if standing else ()
            continue
        until = [start for start, _ in found[1:]] + [NEVER]
        yield args, tuple((start, end, ends) for (start, ends), end in zip(found, until, strict=True))


def _from(row: TableRow, zone: str) -> Instant:
    day = read_civil(row.start, zone) if row.start else None
    return ALWAYS if day is None else day.lo


def at(declared: Quantity, term: Term, instant: Instant, evaluation: Evaluation) -> Ends:
    """Give the range of one term at an instant."""
    column = evaluation.quantity(declared.meta.name)
    return column.at(column.frame.key(dict(zip(column.frame.names, term.args, strict=False))), instant)


def explain(declared: Quantity, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say what was told of the number, and what does not count."""
    ends = at(declared, term, point.at, evaluation)
    counted, alleged = evaluation.said_of(term)
    table = evaluation.agreements.tables.get(declared.meta.name)
    listed = table is not None and any(row.args == term.args for row in table.rows)
    gap = "" if counted else "what was said of it does not count" if alleged else "nobody has told it"
    return Reason(
        text=f"{term} is {written(ends, declared.unit)}" if ends != UNTOLD else str(term),
        term=str(term),
        value=value_of(ends),
        mode=Mode.TOLD if counted or listed else Mode.UNTOLD,
        note=f"from {declared.table}" if listed else gap,
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        statements=ids_of(counted),
        alleged=alleged,
    )
