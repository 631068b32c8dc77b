"""Columns of numbers (semantics 2.5): ranges over time, brought together piece by piece.

Numbers are exact fractions, made of the decimals that were told: a float never comes in, and nothing is rounded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise

from aval.engine.algebra import spans
from aval.engine.leaves import Clock
from aval.model.claims import Claims
from aval.model.columns import UNTOLD, Ends, Frame, Ints, Numbers, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER
from aval.model.statement import Amount, Statement

Piece = tuple[int, int, Ends]
_PLACES = 40


def everywhere_at(ends: Ends) -> Numbers:
    """Give a number that never changes, without axes."""
    return Numbers(Frame(), {0: ((ALWAYS, NEVER, ends),)})


def rebase_numbers(column: Numbers, target: Frame, source: Ints) -> Numbers:
    """Re-key a column; instance i of the result is instance `source[i]`."""
    found = {key: column.pieces[old] for key, old in enumerate(source.tolist()) if old in column.pieces}
    return Numbers(target, found)


def joined_pieces(columns: Sequence[Sequence[Piece]], join: Callable[[Sequence[Ends]], Ends]) -> tuple[Piece, ...]:
    """Join several numbers of one instance wherever one of them changes; pieces of which nothing is told are left out."""
    if not columns or (len(columns) == len(columns[0]) == 1 and join is narrowest):
        return tuple(columns[0]) if columns and columns[0][0][2] != UNTOLD else ()
    cuts = sorted({ALWAYS, NEVER, *(time for pieces in columns for start, end, _ in pieces for time in (start, end))})
    places = [0] * len(columns)
    found: list[Piece] = []
    for start, end in pairwise(cuts):
        here = []
        for number, pieces in enumerate(columns):
            while places[number] < len(pieces) and pieces[places[number]][1] <= start:
                places[number] += 1
            piece = pieces[places[number]] if places[number] < len(pieces) else None
            here.append(piece[2] if piece is not None and piece[0] <= start else UNTOLD)
        _append(found, (start, end, join(here)))
    return tuple(found)


def _append(found: list[Piece], piece: Piece) -> None:
    start, end, ends = piece
    if found and found[-1][1] == start and found[-1][2] == ends:
        found[-1] = (found[-1][0], end, ends)
    elif ends != UNTOLD:
        found.append(piece)


def narrowest(ranges: Iterable[Ends]) -> Ends:
    """Join what is told of one number: the greatest of the least values, the least of the greatest; never a sum."""
    lows, highs = zip(*ranges, strict=True)
    return max((low for low in lows if low is not None), default=None), min((high for high in highs if high is not None), default=None)


def told(statements: Sequence[Statement], zone: str) -> Iterator[tuple[Piece, ...]]:
    """Give what statements tell of one number: for all time, then each end over time."""
    amounts = [(one, one.amount) for one in statements if one.amount is not None and (one.when is None or one.when.throughout)]
    always = [ends_of(amount) for one, amount in amounts if one.when is None]
    if always:
        yield ((ALWAYS, NEVER, always[0] if len(always) == 1 else narrowest(always)),)
    dated = [(one, ends_of(amount)) for one, amount in amounts if one.when is not None]
    if not dated:
        return
    starts, ends = Clock(zone).held(Claims.of(one for one, _ in dated))
    rows = [(int(start), int(end), here) for start, end, (_, here) in zip(starts, ends, dated, strict=True)]
    lows = _runs([(start, end, (low, None)) for start, end, (low, _) in rows if low is not None])
    highs = _runs([(start, end, (None, high)) for start, end, (_, high) in rows if high is not None])
    yield _carried(lows, highs)
    yield _carried(highs, lows)


@lru_cache(maxsize=4096)
def ends_of(amount: Amount) -> Ends:
    """Give an amount as an exact range."""
    return None if amount.low is None else Fraction(amount.low), None if amount.high is None else Fraction(amount.high)


def _runs(rows: Iterable[Piece]) -> tuple[Piece, ...]:
    """Join what is told of one end."""
    return joined_pieces([(row,) for row in rows], narrowest)


def _carried(runs: Sequence[Piece], others: Sequence[Piece]) -> tuple[Piece, ...]:
    """Carry one end on to the next that says the same, or for ever after the last, unless the other end as it is told excludes it.

    What excludes it is a number that differs: the end gives way to it, and is not carried across the gap that leads to it.
    """
    found = []
    for place, (start, end, here) in enumerate(runs):
        following = runs[place + 1] if place + 1 < len(runs) else (NEVER, NEVER, here)
        replaced = any(until > end and begin < following[0] and _excludes(here, other) for begin, until, other in others)
        found.append((start, max(end, following[0]) if following[2] == here and not replaced else end, here))
    return tuple(found)


def _excludes(one: Ends, other: Ends) -> bool:
    low, high = narrowest((one, other))
    return low is not None and high is not None and low > high


def where(column: Numbers, told_yes: Callable[[Ends], bool], told_no: Callable[[Ends], bool]) -> Timeline:
    """Give the timeline of a question about a number; of an untold one neither side is told."""
    rows = [(key, start, end, ends) for key, pieces in column.pieces.items() for start, end, ends in pieces]
    yes = spans((key, start, end) for key, start, end, ends in rows if told_yes(ends))
    no = spans((key, start, end) for key, start, end, ends in rows if told_no(ends))
    return Timeline(column.frame, yes, no)


def exceeds(margin: Numbers, *, strict: bool) -> Timeline:
    """Whether a number is 0 or more; `strict` is more than 0."""

    def over(end: Fraction) -> bool:
        return end > 0 if strict else end >= 0

    return where(margin, lambda ends: ends[0] is not None and over(ends[0]), lambda ends: ends[1] is not None and not over(ends[1]))


def value_of(ends: Ends) -> Value:
    """Say how far a number is known: contested where what was told excludes itself, open where an end is missing."""
    low, high = ends
    if low is not None and high is not None:
        return Value.CONTESTED if low > high else Value.YES
    return Value.OPEN


def written(ends: Ends, unit: str = "") -> str:
    """Write a range in a few words."""
    low, high = ends
    match low, high:
        case None, None:
            text = "not told"
        case None, _:
            text = f"at most {_plain(high)}"
        case _, None:
            text = f"at least {_plain(low)}"
        case _ if low == high:
            text = _plain(low)
        case _:
            text = f"{_plain(low)} to {_plain(high)}"
    return f"{text} {unit}" if unit and ends != UNTOLD else text


def as_amount(ends: Ends, unit: str) -> Amount:
    """Give a range of decimals as an amount."""
    low, high = (None if end is None else Decimal(_plain(end)) for end in ends)
    return Amount(low=low, high=high, unit=unit)


def _plain(number: Fraction | None) -> str:
    """Write a number exactly: as a decimal where it is one, else as a fraction."""
    if number is None:
        return ""
    places = 0
    while (10**places * number).denominator != 1 and places < _PLACES:
        places += 1
    scaled = 10**places * number
    if scaled.denominator != 1:
        return f"{number.numerator}/{number.denominator}"
    digits = str(abs(scaled.numerator)).rjust(places + 1, "0")
    text = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{text}" if number < 0 else text
