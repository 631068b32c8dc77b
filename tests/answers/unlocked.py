"""Small agreements for tests of `unlock`, and brute force: every subset of acts, on every combination of days, through the engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations, product

from aval.answers.inquiry import Inquiry
from aval.answers.unlock.asking import unlock
from aval.answers.unlock.goal import Goal
from aval.answers.unlock.running import Runner, at_horizon
from aval.answers.unlock.shapes import Unlock, Way
from aval.engine.relaxed import Act
from aval.model.instant import read_civil
from aval.model.term import Term
from tests.engine.support import ZONE

Sets = set[frozenset[str]]


def parties(*codes: str) -> str:
    """Declare parties and the group `ps` of them."""
    return "".join(f'party {code} "{code}"\n' for code in codes) + f'group ps "ps" is {", ".join(codes)}\n'


def instant(day: str) -> int:
    """Give the last instant of a day."""
    found = read_civil(day, ZONE)
    assert found is not None
    return found.hi


def asked(inquiry: Inquiry, term: str, by: str = "", *, lose: bool = False, ways: int = 40) -> Unlock:
    """Ask what it would take."""
    parsed = Term.parse(term)
    assert parsed is not None
    return unlock(Goal(term=parsed, yes=not lose), inquiry, instant(by) if by else None, ways)


def spelt(way: Way) -> Iterator[frozenset[str]]:
    """Spell a family out: every set of it, by terms."""
    fixed = [key.term for key in way.keys]
    for chosen in product(*(combinations(choice.blocks, choice.number) for choice in way.choices)):
        yield frozenset([*fixed, *(key.term for blocks in chosen for block in blocks for key in block)])


def sets_of(answer: Unlock, reading: str = "") -> Sets:
    """Give all sets of the answer on one reading."""
    return {one for branch in answer.branches if branch.reading == reading for way in branch.ways for one in spelt(way)}


def brute(
    inquiry: Inquiry,
    term: str,
    by: str,
    acts: Sequence[Act],
    days: Sequence[date],
    *,
    lose: bool = False,
    readings: Mapping[str, str] | None = None,
) -> Sets:
    """Try every subset of acts, smaller ones first, on all combinations of days; what holds a set that works is left out."""
    parsed = Term.parse(term)
    assert parsed is not None
    runner = Runner(Goal(term=parsed, yes=not lose), at_horizon(inquiry, instant(by)), [readings or {}], days[0])
    found: list[tuple[Act, ...]] = []
    for number in range(len(acts) + 1):
        for some in combinations(acts, number):
            if not any(set(smaller) <= set(some) for smaller in found) and _works(runner, some, days):
                found.append(some)
    return {frozenset(str(act.term) for act in some) for some in found}


def _works(runner: Runner, some: Sequence[Act], days: Sequence[date]) -> bool:
    tried = days if len(some) > 1 else days[:1]
    return any(runner.works(dict(zip(some, dated, strict=True))) for dated in product(tried, repeat=len(some)))
