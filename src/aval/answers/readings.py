"""Answers across readings (semantics 2.8): what all readings agree on, else which readings give which value."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import product

from aval.model.columns import QUESTION, Axis
from aval.model.frozen import frozen


@frozen(kw_only=True)
class Spread:
    """One value for every choice of readings. `by_reading` names only the questions that matter; it is empty where all agree."""

    value: str | None
    by_reading: Mapping[str, str]
    questions: tuple[str, ...]
    points: tuple[tuple[str, Mapping[str, str]], ...]
    """(readings in words, a point on them): one point for each line of `by_reading`, or a single one"""


def spread(axes: Sequence[Axis], value_at: Callable[[Mapping[str, str]], str]) -> Spread:
    """Ask for the value on every combination of readings and say what they agree on."""
    names = [axis.name for axis in axes]
    table = {combo: value_at(dict(zip(names, combo, strict=True))) for combo in product(*(axis.values for axis in axes))}
    values = set(table.values())
    if len(values) == 1:
        first = dict(zip(names, next(iter(table)), strict=True))
        return Spread(value=values.pop(), by_reading={}, questions=(), points=(("", first),))
    matter = [place for place in range(len(axes)) if _matters(table, place)]
    kept: dict[str, tuple[str, dict[str, str]]] = {}
    for combo, value in table.items():
        words = ", ".join(f"{names[place].removeprefix(QUESTION)}={combo[place]}" for place in matter)
        kept.setdefault(words, (value, dict(zip(names, combo, strict=True))))
    return Spread(
        value=None,
        by_reading={words: value for words, (value, _) in kept.items()},
        questions=tuple(names[place].removeprefix(QUESTION) for place in matter),
        points=tuple((words, point) for words, (_, point) in kept.items()),
    )


def _matters(table: Mapping[tuple[str, ...], str], place: int) -> bool:
    """Whether two combinations that differ only in this question have different values."""
    seen: dict[tuple[str, ...], str] = {}
    return any(seen.setdefault(combo[:place] + combo[place + 1 :], value) != value for combo, value in table.items())
