"""Two lists of clauses of one kind, on one choice of readings: what came, what went, and which way the rest moved.

What a list means is its *role*: conditions that must all hold, alternatives that begin something, alternatives that end it, exceptions,
deadlines. The role decides which way is weaker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

from aval.model import expression as ex
from aval.model.agreement import Becomes, Change, Clause
from aval.model.expression import Expression
from aval.model.problem import Span
from aval.study.direction import narrower, no_later, not_longer, parts, same_length, shorter
from aval.study.normal import Naming, normal
from aval.study.shapes import Effect, Point

Words = Callable[[Span], str]
WEAKER, STRONGER, UNCLEAR = Effect.WEAKER, Effect.STRONGER, Effect.UNCLEAR


MOST_PAIRS = 10_000
"""pairs of clauses of one list that are held against each other; beyond that they are told as they come and go"""


class Role(Enum):
    """What a list of clauses means."""

    ALL = "all"
    """conditions that must all hold; none: it holds"""
    BEGINS = "begins"
    """alternatives that begin or wake it; none: always"""
    ENDS = "ends"
    """alternatives that end it; none: never"""
    EXCEPT = "except"
    """conditions, any of which takes it away for a while"""
    DEADLINE = "deadline"
    """lengths of time or moments, the first of which counts; none: no deadline"""
    MOMENT = "moment"
    """moments, the last of which is meant"""
    AMOUNT = "amount"
    """numbers: how much"""


@dataclass(frozen=True, slots=True)
class Part:
    """A condition, a way to begin or end, a deadline: in its normal form, with its text and its place."""

    value: object
    text: str
    at: str


@dataclass(frozen=True, slots=True)
class Way:
    """One alternative that begins or ends something: a moment, and a condition read just before it."""

    moment: Expression
    guard: Expression | None


def parts_of(role: Role, clauses: Sequence[Clause[object]], naming: Naming, words: Words) -> list[Part]:
    """Take the clauses apart: a chain of conditions into its links."""
    return [part for clause in clauses for part in _parts_of(role, clause, naming, words)]


def _parts_of(role: Role, clause: Clause[object], naming: Naming, words: Words) -> Iterator[Part]:
    place = at(clause.span)
    match clause.item:
        case Change():
            guard = None if clause.item.guard is None else normal(clause.item.guard, naming)
            yield Part(Way(normal(clause.item.moment, naming), guard), words(clause.span), place)
        case ex.Duration():
            yield Part(clause.item, words(clause.span), place)
        case ex.Node():
            item = normal(clause.item, naming)
            chain = ex.And if role is Role.ALL else ex.Or if role is Role.EXCEPT else None
            if chain is not None and isinstance(item, chain):
                yield from (Part(link, words(link.span) or words(clause.span), place) for link in item.items)
            else:
                yield Part(item, words(clause.span), place)
        case Becomes() as turn:
            guard = None if turn.guard is None else normal(turn.guard, naming)
            yield Part((normal(turn.to, naming), normal(turn.moment, naming), guard), words(clause.span), place)
        case other:
            yield Part(other, words(clause.span), place)


def at(span: Span) -> str:
    """Write a place as `path:line`."""
    return f"{span.path}:{span.line}" if span.path else ""


def differences(clause: str, role: Role, before: Sequence[Part], after: Sequence[Part]) -> Iterator[Point]:
    """Tell what differs between two lists. What says the same in another order or in other chains is passed over."""
    old, new = _apart(before, after), _apart(after, before)
    if not (old or new) or (old and new and _alike(role, before, after)):
        return
    shared = {part.value for part in after}
    common = [part for part in before if part.value in shared]
    old, new = (_unsaid(role, side, common) for side in (old, new))
    pairs, old, new = _paired(role, old, new)
    for was, now, step in pairs:
        yield _point(clause, step, was, now)
    if old and new:
        (was, now), old, new = (old[0], new[0]), old[1:], new[1:]
        yield _point(clause, ("says something else", UNCLEAR), was, now)
    first, last = not before, not after
    for part in old:
        yield _point(clause, _gone(role, last=last), part, None)
    for part in new:
        yield _point(clause, _come(role, first=first), None, part)


def _apart(these: Sequence[Part], those: Sequence[Part]) -> list[Part]:
    """Give the parts that have no equal on the other side, each once."""
    others = {part.value for part in those}
    return list({part.value: part for part in these if part.value not in others}.values())


def _alike(role: Role, before: Sequence[Part], after: Sequence[Part]) -> bool:
    """Whether two lists surely mean the same."""
    return _within(role, before, after) and _within(role, after, before)


def _within(role: Role, before: Sequence[Part], after: Sequence[Part]) -> bool:
    if role in (Role.ALL, Role.EXCEPT):
        one, other = (_joined(ex.And if role is Role.ALL else ex.Or, side) for side in (before, after))
        return narrower(one, other)
    ways = [way for part in after for way in _spread(part.value)]
    return all(any(step_of(role, was, now) == _SAME for now in ways) for part in before for was in _spread(part.value))


def _spread(value: object) -> Iterator[object]:
    """Write `M if (C or D)` as the two alternatives that it is."""
    written = parts(value.guard, conjunctions=True) if isinstance(value, Way) and value.guard is not None else None
    if isinstance(value, Way) and written is not None:
        yield from (Way(value.moment, _whole(term)) for term in written)
    else:
        yield value


def _whole(term: frozenset[tuple[bool, Expression]]) -> Expression:
    return ex.And(tuple(item if holds else ex.Not(item) for holds, item in sorted(term, key=repr)))


def _joined(chain: type[ex.And | ex.Or], side: Sequence[Part]) -> Expression:
    return chain(tuple(part.value for part in side if isinstance(part.value, Expression)))


def _unsaid(role: Role, side: list[Part], common: Sequence[Part]) -> list[Part]:
    """Leave out what adds nothing to what both sides say: a condition beside a narrower one, an exception beside a wider one."""
    if role not in (Role.ALL, Role.EXCEPT):
        return side
    pairs = {part.value: [(said.value, part.value) if role is Role.ALL else (part.value, said.value) for said in common] for part in side}
    return [part for part in side if not any(_implied(one, other) for one, other in pairs[part.value])]


def _implied(one: object, other: object) -> bool:
    return isinstance(one, Expression) and isinstance(other, Expression) and narrower(one, other)


Step = tuple[str, Effect]
_SAME: Step = ("", Effect.WORDS)
Pair = tuple[Part, Part, Step]


def _paired(role: Role, old: list[Part], new: list[Part]) -> tuple[list[Pair], list[Part], list[Part]]:
    """Pair the parts of which one is surely the other one moved; give the pairs and what is left."""
    pairs: list[Pair] = []
    if len(old) * len(new) > MOST_PAIRS:
        return pairs, old, new
    for was, now in product(list(old), list(new)):
        step = step_of(role, was.value, now.value) if was in old and now in new else None
        if step is not None:
            old, new = [one for one in old if one is not was], [one for one in new if one is not now]
            pairs += [(was, now, step)] if step != _SAME else []
    return pairs, old, new


def step_of(role: Role, was: object, now: object) -> Step | None:
    """Say which way a part moved; `None` where that is not sure."""
    match was, now:
        case (Way(), Way()):
            return _way(role, was, now)
        case (ex.Duration(), ex.Duration()):
            return _length(was, now)
        case (ex.Number(), ex.Number()) if was.percent == now.percent:
            return _SAME if was.value == now.value else ("more", STRONGER) if was.value < now.value else ("less", WEAKER)
        case _ if isinstance(was, Expression) and isinstance(now, Expression):
            return _moved(role, was, now) if role in (Role.DEADLINE, Role.MOMENT) else _condition(role, was, now)
        case _:
            return None


def _condition(role: Role, was: Expression, now: Expression) -> Step | None:
    less, more = narrower(now, was), narrower(was, now)
    if less and more:
        return _SAME
    narrow, wide = (WEAKER, STRONGER) if role is Role.ALL else (STRONGER, WEAKER)
    return ("narrower: it holds in fewer cases", narrow) if less else ("wider: it holds in more cases", wide) if more else None


def _length(was: ex.Duration, now: ex.Duration) -> Step | None:
    if same_length(was, now):
        return _SAME
    return ("a longer time", WEAKER) if shorter(was, now) else ("a shorter time", STRONGER) if not_longer(now, was) else None


def _moved(role: Role, was: Expression, now: Expression) -> Step | None:
    earlier, later = no_later(now, was), no_later(was, now)
    if earlier and later:
        return _SAME
    sooner, longer = (STRONGER, WEAKER) if role is Role.DEADLINE else (UNCLEAR, UNCLEAR)
    return ("earlier", sooner) if earlier else ("later", longer) if later else None


def _way(role: Role, was: Way, now: Way) -> Step | None:
    """Compare two ways to begin or to end: by the guard where the moment is one, by the moment where the guard is one."""
    begins = role is Role.BEGINS
    if was.moment == now.moment:
        less, more = _guarded(now, was), _guarded(was, now)
        if less and more:
            return _SAME
        if less or more:
            words = "narrower: in fewer cases" if less else "wider: in more cases"
            return words, WEAKER if less == begins else STRONGER
        return None
    if was.guard != now.guard:
        return None
    earlier, later = no_later(now.moment, was.moment), no_later(was.moment, now.moment)
    if earlier and later:
        return _SAME
    if earlier or later:
        return _sooner(was, now, earlier=earlier), STRONGER if earlier == begins else WEAKER
    return None


def _sooner(was: Way, now: Way, *, earlier: bool) -> str:
    same_kind = isinstance(was.moment, ex.Ref) and isinstance(now.moment, ex.Ref)
    if same_kind:
        return "wider: in more cases" if earlier else "narrower: in fewer cases"
    return "earlier" if earlier else "later"


def _guarded(one: Way, other: Way) -> bool:
    """Whether the guard of a way is the same as another or narrower; one without asks nothing."""
    return other.guard is None or (one.guard is not None and narrower(one.guard, other.guard))


_CAME: dict[Role, tuple[Step, Step]] = {
    Role.ALL: (("one more condition", WEAKER), ("one more condition", WEAKER)),
    Role.BEGINS: (("it begins only then, and no longer stands by itself", WEAKER), ("one more way in which it begins", STRONGER)),
    Role.ENDS: (("it can end now", WEAKER), ("one more way in which it ends", WEAKER)),
    Role.EXCEPT: (("an exception", WEAKER), ("one more exception", WEAKER)),
    Role.DEADLINE: (("it has a deadline", STRONGER), ("one more deadline", STRONGER)),
    Role.MOMENT: (("it is set", UNCLEAR), ("it waits for one more moment", UNCLEAR)),
    Role.AMOUNT: (("an amount is named", UNCLEAR), ("one more amount", UNCLEAR)),
}
_WENT: dict[Role, tuple[Step, Step]] = {
    Role.ALL: (("a condition less", STRONGER), ("a condition less", STRONGER)),
    Role.BEGINS: (("it needs nothing more to begin", STRONGER), ("one way less in which it begins", WEAKER)),
    Role.ENDS: (("it does not end any more", STRONGER), ("one way less in which it ends", STRONGER)),
    Role.EXCEPT: (("no exception any more", STRONGER), ("an exception less", STRONGER)),
    Role.DEADLINE: (("it has no deadline any more", WEAKER), ("a deadline less", WEAKER)),
    Role.MOMENT: (("it is not set any more", UNCLEAR), ("it waits for one moment less", UNCLEAR)),
    Role.AMOUNT: (("no amount is named any more", UNCLEAR), ("an amount less", UNCLEAR)),
}


def _come(role: Role, *, first: bool) -> Step:
    return _CAME[role][0 if first else 1]


def _gone(role: Role, *, last: bool) -> Step:
    return _WENT[role][0 if last else 1]


def _point(clause: str, step: Step, was: Part | None, now: Part | None) -> Point:
    return Point(
        clause=clause,
        what=step[0],
        effect=step[1],
        before=was.text if was else "",
        after=now.text if now else "",
        before_at=was.at if was else "",
        after_at=now.at if now else "",
    )
