"""What two drafts answer to one supposed history, over all time; and where the answers are not the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from aval.answers.course import STEPS, Courses, aspects, clock, courses, said_at
from aval.answers.inquiry import Inquiry
from aval.answers.items import KINDS, terms
from aval.answers.naming import label_of
from aval.answers.readings import spread
from aval.engine.world import World
from aval.evidence.live import live
from aval.model.agreement import Agreements, Contribution, Declaration, Event, Group, Quantity, State
from aval.model.case import Manifest
from aval.model.columns import Axis
from aval.model.instant import ALWAYS, NEVER, Instant, read_civil
from aval.model.problem import Unsupported
from aval.model.statement import Statement
from aval.model.term import Term
from aval.model.view import View
from aval.study.declarations import Matched, kind_of
from aval.study.shapes import Answers, Decided
from aval.study.supposed import History, statements

YEARS = 10 * 366 * 86_400 * 1_000_000
"""how long after the last word the two are asked, in microseconds"""
ENOUGH = 6
"""instances of one declaration that are asked in one history"""
_SILENT = frozenset({"no", "open", "dormant", "not available", "not set", "not in force", "no breach on record"})
"""words of which one in the place of another is not worth a history of its own"""
IDLE = _SILENT | {"available"}
"""words that tell no more than the lack of a term"""
_RAN = 1_000_000
"""steps that one draft may take over one history"""

_NONE = "\x1f"
"""stands between two answers that are looked at together; no answer has it"""

Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Line:
    """The answer of one draft about one term: over all time, on every choice of its readings."""

    found: Courses

    @property
    def turns(self) -> set[Instant]:
        """The instants at which it may turn."""
        return {start for course in self.found.courses for start, _, _ in course}

    def said(self, readings: Mapping[str, str], at: Instant) -> str | None:
        """Give the answer on a choice of readings; nothing where this draft does not have the reading."""
        combo = tuple(readings[axis.name] for axis in self.found.axes)
        return said_at(self.found.courses[self.found.combos.index(combo)], at) if combo in self.found.combos else None


Stretch = tuple[Instant, Instant, tuple[Answers, ...]]


@dataclass(slots=True, kw_only=True)
class Judge:
    """Asks both drafts. `names` are the declarations to ask about, as the later draft calls them, or the earlier where only it has them."""

    matched: Matched
    manifest: Manifest
    names: Sequence[str]
    unasked: dict[str, None] = field(default_factory=dict)

    def decided(self, history: History) -> list[Decided]:
        """Give what the two answer differently."""
        try:
            before, after = (self._inquiry(one, statements(history, one, self.matched.either)) for one in self.matched.both)
        except Unsupported:
            self.unasked |= dict.fromkeys(self.names)
            return []
        who = {arg for fact in history.facts for given in fact.givens for arg in given.term.args}
        return [found for name in self.names for found in self._asked(name, before, after, who)]

    def _inquiry(self, agreements: Agreements, said: Sequence[Statement]) -> Inquiry:
        zone = self.manifest.zone
        spoken = [found.hi for one in said if (found := read_civil(one.said, zone)) is not None]
        known = max(spoken, default=0) + YEARS
        in_view = live(said, known, zone)
        world = World(agreements, in_view, View(at=known, known=known), zone, _RAN)
        return Inquiry(world=world, manifest=self.manifest, statements={one.id: one for one in in_view})

    def _asked(self, name: str, before: Inquiry, after: Inquiry, who: set[str]) -> Iterator[Decided]:
        was = self.matched.backwards.get(name, name)
        old, new = before.world.agreements.declarations.get(was), after.world.agreements.declarations.get(name)
        try:
            lines = _lines(old, before, who), _lines(new, after, who)
        except Unsupported:
            self.unasked[name] = None
            return
        for args in dict.fromkeys((*lines[1], *lines[0])):
            one, other = lines[0].get(args), lines[1].get(args)
            found = list(_apart(one, other, alike=type(old) is type(new)))
            if found and new is not None:
                yield _decided(new, args, found, after, was if was != name else "")
            elif found and old is not None:
                yield _decided(old, args, found, before, "")


def _lines(declared: Declaration | None, inquiry: Inquiry, who: set[str]) -> dict[tuple[str, ...], Line]:
    """Give the answer over all time for some instances of a declaration, those first whom the history is about."""
    if (
        declared is None
        or (type(declared) not in KINDS and not isinstance(declared, Contribution))
        or isinstance(declared, Group | Quantity)
    ):
        return {}
    if isinstance(declared, Contribution):
        asked = [Term("offer", (declared.party, declared.domain))]
    elif isinstance(declared, Event) or (isinstance(declared, State) and declared.reported):
        asked = terms(declared, inquiry)
    else:
        asked = sorted(terms(declared, inquiry), key=lambda term: who.isdisjoint(term.args))[:ENOUGH]
    return {term.args: _line(declared, term, inquiry) for term in asked}


def _line(declared: Declaration, term: Term, inquiry: Inquiry) -> Line:
    axes = () if isinstance(declared, Contribution) else tuple(inquiry.world.questions_of(term.name))
    aspect = "conditions" if isinstance(declared, Contribution) else "value"
    if isinstance(declared, Contribution):
        axes = next((found for _, found in aspects(declared, inquiry)), ())
    return Line(next(iter(courses(declared, [term], aspect, axes, inquiry, clock(None, None, STEPS)))))


def _apart(one: Line | None, other: Line | None, *, alike: bool) -> Iterator[Stretch]:
    """Yield the stretches in which two answers differ; a missing term, or another kind of norm, only from what tells something."""
    turns = sorted((one.turns if one else set()) | (other.turns if other else set()) | {NEVER})
    last: Stretch | None = None
    for start, end in pairwise(turns):
        told = tuple(answers for answers in _answers(one, other, start) if _differ(answers, alike=alike and None not in (one, other)))
        if last is not None and last[2] == told:
            last = (last[0], end, told)
            continue
        if last is not None and last[2]:
            yield last
        last = (start, end, told)
    if last is not None and last[2]:
        yield last


def _answers(one: Line | None, other: Line | None, at: Instant) -> Iterator[Answers]:
    """Give both answers at an instant, on each choice of the readings that matter to either."""
    axes: dict[str, Axis] = {}
    for line in (one, other):
        for axis in line.found.axes if line else ():
            mine = axes.get(axis.name)
            axes[axis.name] = axis if mine is None else replace(mine, values=tuple(dict.fromkeys((*mine.values, *axis.values))))

    def both(readings: Mapping[str, str]) -> str:
        return _NONE.join((line.said(readings, at) if line else None) or "" for line in (one, other))

    told = spread(list(axes.values()), both)
    for readings, pair in told.by_reading.items() if told.value is None else [("", told.value)]:
        before, _, after = pair.partition(_NONE)
        yield Answers(readings=readings, before=before or None, after=after or None)


def _differ(answers: Answers, *, alike: bool) -> bool:
    words = {answers.before, answers.after}
    return len(words) > 1 and not ((not alike or None in words) and words - {None} <= IDLE)


def telling(decided: Decided) -> bool:
    """Whether one of two answers tells more than that nothing has begun."""
    return any(not {one.before, one.after} - {None} <= _SILENT for one in decided.answers)


def keys(decided: Decided) -> Iterator[Key]:
    """Give what is new about a difference once: the declaration, and the two answers."""
    yield from ((decided.term.partition("(")[0], one.before, one.after) for one in decided.answers)


def _decided(declared: Declaration, args: tuple[str, ...], found: list[Stretch], inquiry: Inquiry, was: str) -> Decided:
    name = "offer" if isinstance(declared, Contribution) else declared.meta.name
    term = Term(name, args)

    def made(stretch: Stretch) -> Decided:
        start, end, answers = stretch
        return Decided(
            term=str(term),
            was=str(Term(was, args)) if was else "",
            kind=kind_of(declared),
            label=label_of(declared, term, inquiry),
            start=None if start == ALWAYS else inquiry.date(start),
            end=None if end == NEVER else inquiry.date(end),
            answers=answers,
            others=len(found) - 1,
        )

    first = made(found[0])
    return next((one for one in map(made, found) if telling(one)), first)
