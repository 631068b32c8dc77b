"""Looking for a sequence of acts that leads to something: the fewest acts first, each sequence run by the engine itself.

Sets of acts are tried by their number; those that could not lead there if times did not matter are passed over. Each other set is run in
every order and with the gaps that the text's own times suggest, until the steps are used up. What is not found was not found within so
many acts: nothing more is claimed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import chain, combinations, islice, permutations, product
from math import ceil

from aval.answers.explore.acts import Act, acts_of, amounts_of, constants, days, durations, findings_of, moments_in
from aval.answers.explore.cone import cone, narrowed, reads
from aval.answers.explore.relaxed import Relaxed
from aval.answers.explore.touching import touching
from aval.answers.invented import invented
from aval.engine.lookup import look
from aval.engine.protocol import Scope
from aval.engine.world import World
from aval.model.agreement import Agreements
from aval.model.columns import Timeline
from aval.model.expression import Expression, Ref
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant, read_civil, to_datetime
from aval.model.problem import Unsupported
from aval.model.statement import Statement
from aval.model.view import View

HORIZON = 40
"""years after the first act in which an effect is looked for"""
MOST_GAPS = 6
"""gaps between two acts that are tried"""
PAST = 2
"""days after the last day of a time by which its having passed was so already the day before, as a guard reads it"""
MOST_CHOICES = 32
"""combinations of readings that are looked at"""
_SLACK = 400
"""days around the dates that a text names"""


@frozen(kw_only=True)
class Wanted:
    """A condition about named parties, in the words of a test, and the value that it should have.

    `answer` is the word that a test expects for it, where that is not the value itself.
    """

    text: str
    node: Expression
    value: Value = Value.YES
    answer: str = ""

    def line(self, day: str, readings: Sequence[str]) -> str:
        """Write it as an expected answer."""
        subject = self.text if isinstance(self.node, Ref) else f"({self.text})"
        on = f" on reading {', '.join(readings)}" if readings else ""
        return f"expect {subject} is {self.answer or self.value} at {day}{on}"


Dated = tuple[Act, str]


@frozen(kw_only=True)
class Witness:
    """A sequence of acts with their days, the day on which all that was wanted is so, and the readings on which it is."""

    acts: tuple[Dated, ...]
    day: str
    wanted: tuple[Wanted, ...]
    readings: tuple[str, ...] = ()

    def lines(self) -> tuple[str, ...]:
        """Write it as the lines of a test: the facts, then the answers."""
        facts = [line for act, day in self.acts for line in act.lines(day)]
        return (*facts, *(one.line(self.day, self.readings) for one in self.wanted))


@frozen(kw_only=True)
class Sought:
    """What came of a search: a witness, or the number of acts up to which every sequence was looked at."""

    witness: Witness | None
    within: int
    runs: int


@dataclass(slots=True)
class Steps:
    """How many sequences may still be run."""

    left: int

    def take(self) -> bool:
        """Take one; say whether there was one."""
        self.left -= 1
        return self.left >= 0


@dataclass(slots=True)
class Ground:
    """The agreements that are explored, and what is worked out of them once."""

    agreements: Agreements
    zone: str
    below: Mapping[str, frozenset[str]] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    _stages: dict[frozenset[str], Stage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Work out who rests on what, and whom the text names."""
        self.below = reads(self.agreements)
        self.named = tuple(constants(self.agreements.declarations.values()))

    def stage(self, names: Iterable[str]) -> Stage:
        """Give the part of the agreements that these names rest on, with the acts that matter there."""
        key = frozenset(names)
        if key not in self._stages:
            self._stages[key] = Stage.of(self, key)
        return self._stages[key]


@dataclass(slots=True, kw_only=True)
class Stage:
    """A part of the agreements, the acts that it knows of, and the days on which they may come.

    `told` is on record before any act. With `unless`, only days are looked at up to which that has not been so.
    """

    ground: Ground
    agreements: Agreements
    acts: tuple[Act, ...]
    gaps: tuple[int, ...]
    dates: tuple[date, ...]
    start: date
    told: tuple[Statement, ...] = ()
    unless: Wanted | None = None

    @classmethod
    def of(cls, ground: Ground, names: frozenset[str]) -> Stage:
        """Make the stage of some names."""
        part = narrowed(ground.agreements, names, ground.below)
        inside = cone(names, ground.below)
        declared = [one for name, one in part.declarations.items() if name in inside]
        acts = [act for one in declared for act in acts_of(one, part, ground.named)]
        acts += findings_of(declared, part, ground.named)
        acts += amounts_of(declared, part, ground.named)
        dates = tuple(dict.fromkeys(date.fromisoformat(text[:10]) for text in moments_in(declared) if len(text) >= len("2026-01-06")))
        lengths = dict.fromkeys(ceil(days(one)) for one in durations(declared))
        more = (length + extra for extra in (PAST, 0, 1) for length in lengths)
        gaps = tuple(dict.fromkeys((1, *more)))
        return cls(
            ground=ground, agreements=part, acts=tuple(dict.fromkeys(acts)), gaps=gaps, dates=dates, start=_start(ground.agreements, dates)
        )

    def _until_then(
        self, days_: list[tuple[str, Instant]], world: World, choices: Sequence[Mapping[str, str]]
    ) -> list[tuple[str, Instant]]:
        """Keep the days on which something has not been so yet, on any reading."""
        if self.unless is None:
            return days_
        column = world.timeline(self.unless.node, Scope(self.owner, {}))
        all_choices = [dict(choice) | other for choice in choices for other in _choices([column], {})]
        starts = [start for choice in all_choices if (key := column.frame.key(choice)) is not None for start, _ in column.yes.of(key)]
        begun = min(starts, default=NEVER)
        return [(day, instant) for day, instant in days_ if instant < begun]

    @property
    def owner(self) -> str:
        """Give a declaration, in whose time zone a date would be read."""
        return next(iter(self.agreements.declarations), "")

    # running

    def world(self, acts: Sequence[Dated]) -> World:
        """Run a sequence, as known long after it."""
        facts = [given for act, day in acts for given in act.givens(day)]
        first = len(self.told) + 1
        statements = [*self.told, *(invented(given, number, self.agreements, "test") for number, given in enumerate(facts, start=first))]
        last = max([date.fromisoformat(day) for _, day in acts] + [self.start])
        until = read_civil(date(min(last.year + HORIZON, 9990), 1, 1).isoformat(), self.ground.zone)
        end = until.hi if until else NEVER
        return World(self.agreements, statements, View(at=end, known=end), self.ground.zone)

    def seen(self, acts: Sequence[Dated], wanted: Sequence[Wanted], readings: Mapping[str, str] | None = None) -> Witness | None:
        """Run a sequence, and give the first day on which all that is wanted is so; `None` where there is none."""
        try:
            world = self.world(acts)
            columns = [world.timeline(one.node, Scope(self.owner, {})) for one in wanted]
        except (Unsupported, KeyError, TypeError):
            return None
        choices = _choices(columns, readings or {})
        first = min((day for _, day in acts), default=self.start.isoformat())
        days_ = list(_turns(columns, first, self.ground.zone))
        if self.unless is not None:
            days_ = self._until_then(days_, world, choices)
        for day, instant in days_:
            if all(_are(columns, wanted, choice, instant=instant) for choice in choices):
                return Witness(acts=tuple(acts), day=day, wanted=tuple(wanted), readings=tuple((readings or {}).values()))
        for day, instant in days_:
            for choice in choices:
                if _are(columns, wanted, choice, instant=instant):
                    chosen = _needed(choice, choices, partial(_are, columns, wanted, instant=instant))
                    return Witness(acts=tuple(acts), day=day, wanted=tuple(wanted), readings=tuple(chosen))
        return None

    def settled(self, acts: Sequence[Dated], names: Iterable[str]) -> date:
        """Give the first day after which nothing changes any more, if nobody does anything further."""
        world = self.world(acts)
        for name in names:
            world.questions_of(name)
        before, _ = world.stretch()
        last = max([date.fromisoformat(day) for _, day in acts] + [self.start])
        return max(last, to_datetime(before, self.ground.zone).date()) if before > ALWAYS else last

    def always(self, acts: Sequence[Dated], wanted: Wanted, after: str) -> bool:
        """Whether a condition has its value on every day from one on, on some choice of readings."""
        column, days_ = self._course(acts, wanted, after)
        return any(all(look(column, choice, day).value is wanted.value for day in days_) for choice in _choices([column], {}))

    def sometime(self, acts: Sequence[Dated], wanted: Wanted, after: str) -> bool:
        """Whether a condition has its value on some day from one on, on some choice of readings."""
        column, days_ = self._course(acts, wanted, after)
        return any(look(column, choice, day).value is wanted.value for day in days_ for choice in _choices([column], {}))

    def _course(self, acts: Sequence[Dated], wanted: Wanted, after: str) -> tuple[Timeline, list[Instant]]:
        column = self.world(acts).timeline(wanted.node, Scope(self.owner, {}))
        return column, [instant for _, instant in _turns([column], after, self.ground.zone)]

    # looking

    def search(
        self,
        wanted: Sequence[Wanted],
        *,
        most: int,
        steps: Steps,
        acts: Sequence[Act] | None = None,
        before: Sequence[Dated] = (),
        readings: Mapping[str, str] | None = None,
    ) -> Sought:
        """Look for a sequence of up to `most` acts, on top of those that came `before`, after which all that is wanted is so."""
        pool = tuple(self.touching(wanted) if acts is None else acts)
        given, runs = [act for act, _ in before], 0
        for number in range(most + 1):
            looked = 0
            for some in combinations(pool, number):
                looked += 1
                if looked > steps.left * 20:
                    return Sought(witness=None, within=number - 1, runs=runs)
                if not self.could((*given, *some), wanted, readings or {}):
                    continue
                for dated in self.dated(some, before):
                    if not steps.take():
                        return Sought(witness=None, within=number - 1, runs=runs)
                    runs += 1
                    found = self.seen((*before, *dated), wanted, readings)
                    if found is not None:
                        return Sought(witness=found, within=number, runs=runs)
        return Sought(witness=None, within=most, runs=runs)

    def could(self, acts: Sequence[Act], wanted: Sequence[Wanted], readings: Mapping[str, str], *, strict: bool = False) -> bool:
        """Whether these acts could lead there if times did not matter, on some reading or, if `strict`, on all of them."""
        made = Relaxed.with_acts(self.agreements, acts, readings, self.ground.named, self.told)
        made.strict = strict
        return all(
            made.possible(one.node, {}, yes=one.value is not Value.NO)
            and (one.value is not Value.CONTESTED or made.possible(one.node, {}, yes=False))
            for one in wanted
            if one.value is not Value.OPEN
        )

    def touching(self, wanted: Sequence[Wanted]) -> tuple[Act, ...]:
        """Give the acts that can make a difference to what is wanted."""
        return touching([one.node for one in wanted], self.acts, self.agreements)

    def supports(
        self, wanted: Sequence[Wanted], readings: Mapping[str, str] | None = None, *, strict: bool = True
    ) -> tuple[Act, ...] | None:
        """Give acts of which none can be left out if times did not matter; `None` where not even all acts could lead there."""
        kept = list(self.touching(wanted))
        if not self.could(kept, wanted, readings or {}, strict=strict):
            return None
        for act in [*kept[::-1]]:
            fewer = [one for one in kept if one is not act]
            if self.could(fewer, wanted, readings or {}, strict=strict):
                kept = fewer
        return tuple(kept)

    def find(self, wanted: Sequence[Wanted], *, steps: Steps, readings: Mapping[str, str] | None = None) -> Witness | None:
        """Look for a sequence among the acts that are needed in any case, without those that turn out not to be.

        One that needs no choice of readings is looked for first.
        """
        every, some = (self.supports(wanted, readings, strict=strict) for strict in (True, False))
        for kept in dict.fromkeys((every, some)):
            half = Steps(steps.left // 2 if kept is every and every != some else steps.left)
            steps.left -= half.left
            found = None if kept is None or len(kept) > MOST_ACTS else self._ordered(kept, wanted, half, readings)
            steps.left += max(0, half.left)
            if found is not None:
                return found
        return None

    def _ordered(self, acts: Sequence[Act], wanted: Sequence[Wanted], steps: Steps, readings: Mapping[str, str] | None) -> Witness | None:
        """Run acts in every order, then with one more at the end: what has to end is not among the acts that are needed in any case."""
        more = sorted((act for act in self.touching(wanted) if act not in acts), key=lambda act: not (act.polarity or act.holds))
        plain = ((*order, act) for act in more for order in (acts, acts[::-1]))
        ending = (tuple(zip(order, _days(self.start, [1] * len(acts), on=False), strict=True)) for order in plain)
        for dated in chain(islice(self.dated(acts, ()), steps.left // 2), ending):
            if not steps.take():
                return None
            found = self.seen(dated, wanted, readings)
            if found is not None:
                return self._shortest(found, steps, readings)
        return None

    def _shortest(self, found: Witness, steps: Steps, readings: Mapping[str, str] | None) -> Witness:
        """Leave out one act after the other, as long as the rest does."""
        for act in found.acts:
            if len(found.acts) > 1 and steps.take():
                fewer = self.seen([one for one in found.acts if one is not act], found.wanted, readings)
                found = fewer if fewer is not None and len(fewer.readings) <= len(found.readings) else found
        return found

    def dated(self, acts: Sequence[Act], before: Sequence[Dated]) -> Iterator[tuple[Dated, ...]]:
        """Yield sequences of acts: every order, with the gaps that the text suggests; the plainest first."""
        first = date.fromisoformat(before[-1][1]) if before else None
        if not acts:
            yield ()
            return
        wide = product(*[self.gaps[:MOST_GAPS]] * (len(acts) - (0 if first else 1)))
        for gaps in sorted(wide, key=lambda some: sum(gap != 1 for gap in some)):
            for order in permutations(acts):
                for start in (first,) if first else self._starts():
                    yield tuple(zip(order, _days(start, gaps, on=first is not None), strict=True))

    def _starts(self) -> tuple[date, ...]:
        return (self.start, *dict.fromkeys(day + timedelta(days=extra) for day in self.dates for extra in (-1, 0, 1)))


MOST_ACTS = 8
"""acts that a sequence may need"""


def _days(start: date, gaps: Sequence[int], *, on: bool) -> list[str]:
    days_ = [] if on else [start]
    for gap in gaps:
        start += timedelta(days=gap)
        days_.append(start)
    return [day.isoformat() for day in days_]


def _start(agreements: Agreements, dates: Sequence[date]) -> date:
    """Give the day of the first act: well before the dates that the text names, else in the year after the agreements were made."""
    if dates:
        return dates[0] - timedelta(days=_SLACK)
    dated = [document.dated[:4] for document in agreements.documents if document.dated]
    return date(int(max(dated)) + 1 if dated else 2027, 3, 1)


def _choices(columns: Iterable[Timeline], readings: Mapping[str, str]) -> list[dict[str, str]]:
    axes = {axis.name: axis for column in columns for axis in column.frame.axes if axis.is_question}
    made = [[readings[name[1:]]] if name[1:] in readings else list(axis.values) for name, axis in axes.items()]
    return [dict(zip(axes, values, strict=True)) for values in islice(product(*made), MOST_CHOICES)]


def _needed(choice: Mapping[str, str], choices: Sequence[Mapping[str, str]], holds: Callable[[Mapping[str, str]], bool]) -> list[str]:
    """Give the readings of a choice without which it would not be so."""
    kept = dict(choice)
    for name in choice:
        fewer = {one: value for one, value in kept.items() if one != name}
        if all(holds(other) for other in choices if all(other[one] == value for one, value in fewer.items())):
            kept = fewer
    return list(kept.values())


def _are(columns: Sequence[Timeline], wanted: Sequence[Wanted], choice: Mapping[str, str], *, instant: Instant) -> bool:
    return all(look(column, choice, instant).value is one.value for column, one in zip(columns, wanted, strict=True))


def _turns(columns: Sequence[Timeline], first: str, zone: str) -> Iterator[tuple[str, Instant]]:
    """Yield the days on which something may turn, each with its last instant: the day of each change, and the ones around it."""
    begin = read_civil(first, zone)
    edges = {begin.lo if begin else 0}
    for column in columns:
        for spans in (column.yes, column.no):
            edges.update(edge for edge in (*spans.start.tolist(), *spans.end.tolist()) if ALWAYS < edge < NEVER)
    found: dict[date, None] = {}
    for edge in sorted(edges):
        try:
            day = to_datetime(edge, zone).date()
        except OverflowError:
            continue
        found |= dict.fromkeys((day - timedelta(days=1), day, day + timedelta(days=1)))
    for day in sorted(found):
        if day.isoformat() >= first and (range_ := read_civil(day.isoformat(), zone)):
            yield day.isoformat(), range_.hi
