"""Values and rows for the oracle: Belnap's logic point by point, change, and when a statement counts (semantics 2.3, 2.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar

from aval.model import agreement as ag
from aval.model.four import Value
from aval.model.instant import NEVER, Instant
from aval.model.statement import Grade, Statement
from aval.model.term import Term

Told = tuple[bool, bool]
Row = tuple[Instant, Instant]
Rows = list[Row]

OPEN, YES, NO, CONTESTED = (False, False), (True, False), (False, True), (True, True)


Ask = TypeVar("Ask", bound=Callable[..., Any])


def once(ask: Ask) -> Ask:
    """Work out once for each question what never changes: what the record and the text alone say."""

    @wraps(ask)
    def answer(self: Any, *asked: object) -> object:  # noqa: ANN401  any part of the oracle
        kept = self.__dict__.setdefault("once", {})
        place = (ask.__name__, *(one if isinstance(one, str | Term | int) else id(one) for one in asked))
        if place not in kept:
            kept[place] = (ask(self, *asked), asked)  # what is asked about stays, so that no other ever has its identity
        return kept[place][0]

    return answer  # type: ignore[return-value]


def turned(value: Told) -> Told:
    """`not`: what was told for it is told against it."""
    return value[1], value[0]


def both(parts: Iterable[Told]) -> Told:
    """`and`: told yes where all are, told no where one is; of nothing, yes."""
    kept = list(parts)
    return all(yes for yes, _ in kept), any(no for _, no in kept)


def either(parts: Iterable[Told]) -> Told:
    """`or`: told yes where one is, told no where all are; of nothing, no."""
    return turned(both(turned(one) for one in parts))


def passed(rows: Rows, at: Instant, unreported: Told) -> Told:
    """Whether any of these moments has come."""
    if not rows:
        return unreported
    return min(hi for _, hi in rows) <= at, at < min(lo for lo, _ in rows)


def kept(row: Row, seen: set[Told]) -> Row:
    """What a guard leaves of a moment: yes keeps it, no drops it, a denied yes disputes it, anything else makes it only possible (2.5)."""
    if all(yes for yes, _ in seen):
        return (NEVER if any(no for _, no in seen) else row[0]), row[1]
    return (NEVER, NEVER) if all(no for _, no in seen) else (row[0], NEVER)


def changed(begins: Rows, ends: Rows, initial: Value, at: Instant, *, renews: bool = False) -> Told:
    """A state from its beginnings and ends, by the four rules of 2.3; at one instant an end wins, unless the state renews."""
    yes = _stands(begins, ends, at, tie=not renews) or (initial is Value.YES and not _may_have_come(ends, at))
    no = _stands(ends, begins, at, tie=renews) or (initial is Value.NO and not _may_have_come(begins, at))
    return yes, no


def _stands(setters: Rows, clearers: Rows, at: Instant, *, tie: bool) -> bool:
    """Whether a setter told to have come stands, cleared by nothing that may have come after it."""
    for lo, hi in setters:
        since = min(lo, hi)
        after = [row for row in clearers if row[0] <= row[1] and (row[1] >= since if tie else row[1] > since)]
        if hi <= at and not _may_have_come(after, at):
            return True
    return False


def _may_have_come(rows: Rows, at: Instant) -> bool:
    """Whether an undisputed change may have come by then."""
    return any(lo <= at for lo, hi in rows if lo <= hi)


def counts(
    way: ag.FromVoice | ag.FromSources | ag.FromFinding, one: Statement, firm: Sequence[Statement], names: Mapping[str, str]
) -> bool:
    """Whether a statement counts by one way; `firm` are those firm enough, `names` the arguments of its term."""
    match way:
        case ag.FromVoice(who=who):
            return one.voice.speaks_for == names.get(who.text, who.text) and stood_behind(one)
        case ag.FromFinding(body=body):
            return one.voice.speaks_for == body and stood_behind(one)
        case ag.FromSources(number=number, grade=grade):
            sound = [other for other in firm if other.polarity is one.polarity and other.grade.step >= grade.step and not other.anonymous]
            return one in sound and len({other.voice.speaks_for or other.voice.name for other in sound}) >= number


def stood_behind(one: Statement) -> bool:
    """A named voice, through a source above grade low."""
    return one.grade is not Grade.LOW and not one.anonymous


def first_of(rows: Rows, never: Instant) -> Row:
    """The first of several occurrences, each side on its own; never where there is none."""
    return min((lo for lo, _ in rows), default=never), min((hi for _, hi in rows), default=never)
