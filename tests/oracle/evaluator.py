"""A slow, naive evaluator, written from docs/semantics.md alone: one value at one instant on one choice of readings, by recursion.

It shares the model's plain values with the engine, and no code: no columns, no interval algebra, no numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import partial

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.statement import Statement
from aval.model.term import Term
from tests.oracle.calendar import moved
from tests.oracle.grid import moments_in
from tests.oracle.record import Record
from tests.oracle.told import NO, OPEN, YES, Rows, Told, both, changed, first_of, passed, turned

Place = tuple[str, tuple[str, ...], Instant]
Env = Mapping[str, str]
Clauses = Sequence[ag.Clause[ag.Change]]


class Oracle(Record):
    """What follows from agreements and live statements, on one reading of every question."""

    def __init__(self, agreements: ag.Agreements, statements: Sequence[Statement], readings: Mapping[str, str], zone: str) -> None:
        super().__init__(agreements, statements, zone)
        self.readings = readings
        self._told: dict[Place, Told] = {}
        self._rows: dict[tuple[int, tuple[tuple[str, str], ...]], Rows] = {}
        self._round: dict[Place, Told] = {}
        self._before: dict[Place, Told] = {}
        self._asked: list[Place] = []
        self.grid: set[Instant] = set()
        self._find_grid()

    def ask(self, term: Term, at: Instant) -> Told:
        """Whether a condition holds, or an event or moment has come."""
        declared = self.all.declarations[term.name]
        if isinstance(declared, ag.Event):
            return self._event_happened(term, at=at)
        if not isinstance(declared, ag.Moment):
            return self.condition(term, at)
        return self._directly(self._declared(term), [clause.item for clause in declared.means], at)

    def _find_grid(self) -> None:
        """Collect the ends of what was told, then the moments that these make, until there are no new ones."""
        times = {time for term in self.said for row in self._leaf(term) for time in row}
        while (grid := {edge for time in times for edge in (time - 1, time, time + 1) if ALWAYS < time < NEVER}) != self.grid:
            self.grid, self._told, self._rows = grid, {}, {}
            times |= set(moments_in(self))

    def _leaf(self, term: Term) -> Rows:
        spans = [(first, end) for first, end, _ in self._spans(term)]
        return spans + (self.occurrence(term) if isinstance(self.all.declarations.get(term.name), ag.Event) else [])

    # 2.3 conditions

    def value(self, node: ex.Expression, env: Env, at: Instant) -> Told:
        match node:
            case ex.Not(item=item):
                return turned(self.value(item, env, at))
            case ex.And(items=items):
                return both(self.value(item, env, at) for item in items)
            case ex.Or(items=items):
                return turned(both(turned(self.value(item, env, at)) for item in items))
            case ex.IsOneOf(item=item, options=options):
                return YES if _fill(item, env) in {option.text for option in options} else NO
            case ex.MemberOf(item=item, group=group):
                return self.member(_fill(item, env), group, at)
            case ex.NotSaid():
                return OPEN
            case ex.Happened(item=ex.Ref() as item) if isinstance(self.all.declarations[item.name], ag.Event):
                return self._any(item, env, partial(self._event_happened, at=at))
            case ex.Happened(item=item):
                return self._directly(self.moments(item, env), [item], at)
            case ex.Count():
                return self._count(node, env, at)
            case ex.Ref():
                return self._any(node, env, partial(self.condition, at=at))
            case _:
                raise TypeError(node)

    def _event_happened(self, term: Term, *, at: Instant) -> Told:
        declared = self.all.declarations[term.name]
        assert isinstance(declared, ag.Event)
        return passed(self.occurrence(term), at, unreported=NO if declared.constitutive else OPEN)

    def _directly(self, rows: Rows, parts: Sequence[object], at: Instant) -> Told:
        """Received-only events make it no; an unreported one that could bring it earlier makes a no impossible (2.3)."""
        kinds = [kind for part in parts for kind in self._counted_from(part)]
        received = [kind.constitutive for kind in kinds if isinstance(kind, ag.Event)]
        if received and all(received):
            return passed(rows, at, unreported=NO)
        yes, no = passed(rows, at, unreported=OPEN)
        return yes, no and "earlier" not in kinds

    def _counted_from(self, node: object) -> Iterator[ag.Event | str]:
        if isinstance(node, ex.Nth | ex.Latest | ex.Earlier | ex.Any):
            yield "earlier"
        declared = self.all.declarations.get(node.name) if isinstance(node, ex.Ref) else None
        if isinstance(declared, ag.Event):
            yield declared
        means = [clause.item for clause in declared.means] if isinstance(declared, ag.Moment) else []
        for part in (*means, *_inside(node)):
            yield from self._counted_from(part)

    def terms(self, node: ex.Ref, env: Env) -> list[Term]:
        found: list[tuple[str, ...]] = [()]
        for arg, param in zip(node.args, ag.params_of(self.all.declarations[node.name]), strict=True):
            names = [_fill(arg, env)] if isinstance(arg, ex.Name) else self.candidates(param.group)
            allowed = self.candidates(param.group)
            found = [(*one, name) for one in found for name in names if name in allowed]
        return [Term(node.name, args) for args in found]

    def _any(self, node: ex.Ref, env: Env, ask: Callable[[Term], Told]) -> Told:
        """`any` is *some*: told yes where one is, told no where all are and there can be no other."""
        values = [ask(term) for term in self.terms(node, env)]
        params = ag.params_of(self.all.declarations[node.name])
        free = [param.group for arg, param in zip(node.args, params, strict=True) if isinstance(arg, ex.Any)]
        whole = all(self.all_there_are(group) for group in free) and (bool(values) or bool(free))
        return any(yes for yes, _ in values), whole and all(no for _, no in values)

    def _count(self, node: ex.Count, env: Env, at: Instant) -> Told:
        binding, values = node.binding, []
        for name in self.candidates(binding.group):
            member, has = self.member(name, binding.group, at), YES
            if binding.condition is not None:
                has = self.value(binding.condition, {**env, binding.variable: name}, at)
            values.append(both([member, turned(has) if node.quantifier is ex.Quantifier.EVERY else has]))
        number = max(1, node.number) if node.quantifier is not ex.Quantifier.EVERY else 1
        able = sum(not no for _, no in values)
        found = sum(yes for yes, _ in values) >= number, self.all_there_are(binding.group) and able < number
        return found if node.quantifier is ex.Quantifier.AT_LEAST else turned(found)

    def condition(self, term: Term, at: Instant) -> Told:
        """A state, duty, power or process; those that need each other start from no and grow, round by round, to the least fixpoint."""
        place = (term.name, term.args, at)
        if place in self._told or place in self._round:
            return self._told.get(place) or self._round[place]
        if place in self._asked:
            return self._before.get(place, NO)
        self._asked.append(place)
        found = self._condition(self.all.declarations[term.name], term, at)
        self._asked.remove(place)
        self._round[place] = found
        if not self._asked:
            settled = all(self._before.get(one) == value for one, value in self._round.items())
            self._before, self._round = ({}, {}) if settled else (self._round, {})
            if not settled:
                return self.condition(term, at)
            self._told[place] = found
        return found

    def _condition(self, declared: ag.Declaration, term: Term, at: Instant) -> Told:
        env = dict(zip((param.name for param in ag.params_of(declared)), term.args, strict=True))
        parts = [self.member(env[param.name], param.group, at) for param in ag.params_of(declared) if not self.closed(param.group)]
        match declared:
            case ag.State() if declared.reported:
                return self.reported(term, declared.initial, at)
            case ag.State():
                if declared.froms or declared.untils:
                    parts.append(changed(self._changes(declared.froms, env), self._changes(declared.untils, env), declared.initial, at))
                parts += self._whiles(declared.whiles, env, at)
            case ag.Duty():
                deeds = [] if declared.continuing else [row for deed in declared.deeds for row in self.moments(deed, env)]
                initial = Value.NO if declared.whens else Value.YES
                parts.append(changed(self._changes(declared.whens, env), self._changes(declared.untils, env) + deeds, initial, at))
                parts += self._whiles(declared.whiles, env, at)
            case ag.Power():
                parts += self._whiles(declared.whiles, env, at)
            case ag.Process():
                parts += [
                    self._event_happened(Term(step.event, term.args), at=at)
                    for step in declared.steps
                    if not step.applies_to or term.args[0] in dict(step.applies_to)
                ]
                parts.append(YES if term.args[0] in declared.complete_for else OPEN)
            case _:
                raise TypeError(declared)
        return both(parts)

    def _whiles(self, clauses: Sequence[ag.Clause[ex.Expression]], env: Env, at: Instant) -> list[Told]:
        return [self.value(one.item, env, at) for one in clauses if self._stands(one.question, one.reading)]

    def _stands(self, question: str, reading: str) -> bool:
        return not question or self.readings.get(question) == reading

    # 2.5 guards

    def _changes(self, clauses: Clauses, env: Env) -> Rows:
        found: Rows = []
        for one in clauses:
            if self._stands(one.question, one.reading):
                rows = self.moments(one.item.moment, env)
                found += rows if one.item.guard is None else [self._guarded(row, one.item.guard, env) for row in rows]
        return found

    def _guarded(self, row: tuple[Instant, Instant], guard: ex.Expression, env: Env) -> tuple[Instant, Instant]:
        """Read just before the moment, wherever that may lie: yes keeps it, no drops it, open makes it only possible."""
        lo, hi = row
        ends = {time - 1 if time > ALWAYS else time for time in row if ALWAYS < time < NEVER} or {min(row)}
        within = {time for time in self.grid if lo < time < hi}
        seen = {self.value(guard, env, time) for time in ends | within}
        if seen == {YES}:
            return row
        if seen == {(True, True)}:
            return NEVER, hi
        return (NEVER, NEVER) if seen == {NO} else (lo, NEVER)

    # 2.2 moments

    def moments(self, node: ex.Expression, env: Env) -> Rows:
        place = (id(node), tuple(sorted(env.items())))
        if place not in self._rows:
            kept = self._asked, self._round, self._before
            self._asked, self._round, self._before = [], {}, {}  # a knot holds no moments
            self._rows[place] = self._moments(node, env)
            self._asked, self._round, self._before = kept
        return self._rows[place]

    def _moments(self, node: ex.Expression, env: Env) -> Rows:
        match node:
            case ex.Latest(item=item):
                return self.moments(item, env)
            case ex.Ref():
                return [row for term in self.terms(node, env) for row in self._declared(term)]
            case ex.Instant(text=text):
                return [self._range(text, exact=True)]
            case ex.Later(items=items) | ex.Earlier(items=items):
                pick, enough = (max, all) if isinstance(node, ex.Later) else (min, any)
                columns = [self.moments(item, env) for item in items]
                firsts = [first_of(rows, NEVER) for rows in columns]
                return [(pick(lo for lo, _ in firsts), pick(hi for _, hi in firsts))] if enough(columns) else []
            case ex.Nth(number=number, item=item):
                rows = self.moments(item, env)
                nth = [sorted(side)[number - 1] for side in zip(*rows, strict=True)] if len(rows) >= number else []
                return [(nth[0], nth[1])] if min(nth, default=NEVER) < NEVER else []
            case ex.Beginning(item=item):
                return self._edges(lambda time: self.value(item, env, time))
            case ex.End(item=item):
                return self._edges(lambda time: turned(self.value(item, env, time)))
            case ex.Held(item=item, duration=duration):
                return self._held(lambda time: self.value(item, env, time), ex.After(duration, item))
            case ex.After(item=item) | ex.Before(item=item) | ex.Expiry(item=item) | ex.MonthFirst(item=item):
                return [(moved(node, lo, self.zone), moved(node, hi, self.zone)) for lo, hi in self.moments(item, env)]
            case _:
                raise TypeError(node)

    def _declared(self, term: Term) -> Rows:
        declared = self.all.declarations[term.name]
        if isinstance(declared, ag.Event):
            return self.occurrence(term)
        assert isinstance(declared, ag.Moment)
        env = dict(zip((param.name for param in declared.params), term.args, strict=True))
        return [row for one in declared.means if self._stands(one.question, one.reading) for row in self.moments(one.item, env)]

    def _runs(self, holds: Callable[[Instant], bool]) -> list[tuple[Instant, Instant]]:
        """The runs of instants at which something holds; on the grid, since nothing changes between two of its instants."""
        times = [ALWAYS, *sorted(self.grid - {ALWAYS, NEVER})]
        found: list[tuple[Instant, Instant]] = []
        for start, end in zip(times, [*times[1:], NEVER], strict=True):
            if holds(start):
                joins = found and found[-1][1] == start
                found[-1:] = [(found[-1][0], end)] if joins else [*found[-1:], (start, end)]
        return found

    def _edges(self, ask: Callable[[Instant], Told]) -> Rows:
        """In each stretch that nobody denies: the first told run begins in it, a later one may; a denied run begins disputed (2.2)."""
        told, found = self._runs(lambda time: ask(time)[0]), []
        for start, end in self._runs(lambda time: not ask(time)[1]):
            inside = [run for run in told if start <= run[0] < end]
            sure = inside[0][0] if inside else NEVER
            if (sure if inside else start) > ALWAYS:
                found.append((start, sure))
            found += [(run[1], NEVER) for run in inside[:-1]]
        against = self._runs(lambda time: ask(time)[1])
        return found + [(end, run[0]) for run in told for first, end in against if run[0] > ALWAYS and first <= run[0] < end]

    def _held(self, ask: Callable[[Instant], Told], after: ex.After) -> Rows:
        """A told run that lasts so long, disputed where somebody denies it on the way; else a stretch that may have lasted (2.2)."""
        told, stretches = self._runs(lambda time: ask(time)[0]), self._runs(lambda time: not ask(time)[1])
        found, sure = [], []
        for start, end in told:
            then = moved(after, start, self.zone)
            if start > ALWAYS and then <= end:
                around = [stretch for stretch in stretches if stretch[0] <= start and then <= stretch[1]]
                sure += around
                found.append((moved(after, around[0][0], self.zone) if around else NEVER, then))
        always = any(start == ALWAYS for start, _ in told)
        for stretch in stretches:
            then = moved(after, stretch[0], self.zone)
            if stretch not in sure and (stretch[0] > ALWAYS or always) and then <= stretch[1]:
                found.append((then, NEVER))
        return found


def _fill(name: ex.Name, env: Env) -> str:
    return env.get(name.text, name.text)


def _inside(node: object) -> list[object]:
    """What an expression directly holds, tuples opened."""
    if isinstance(node, tuple):
        return list(node)
    return [getattr(node, field.name) for field in fields(node) if field.name != "span"] if isinstance(node, ex.Node | ex.Binding) else []
