"""A slow, naive evaluator, written from docs/semantics.md alone: one value at one instant on one choice of readings, by recursion.

It shares the model's plain values with the engine, and no code: no columns, no interval algebra, no numpy. Rules that depend on each
other through time have the one timeline that follows from itself: the rows of their moments are guessed, and worked out again until
they are what was guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.statement import Statement
from aval.model.term import Term
from tests.oracle.asking import GUARDS, OF_EVENTS, Env, fill
from tests.oracle.calendar import day_after
from tests.oracle.grid import moments_in
from tests.oracle.norms import Norms
from tests.oracle.told import NO, OPEN, YES, Rows, Told, both, changed, either, passed, turned

Place = tuple[str, str, tuple[str, ...], Instant]
Node = tuple[object, ...]
ROUNDS = 40


class Unsettled(Exception):
    """Rules that drive each other on and on."""


class Oracle(Norms):
    """What follows from agreements and live statements, on one reading of every question."""

    def __init__(self, agreements: ag.Agreements, statements: Sequence[Statement], readings: Mapping[str, str], zone: str) -> None:
        super().__init__(agreements, statements, readings, zone)
        self._told: dict[Place, Told] = {}
        self._round: dict[Place, Told] = {}
        self._before: dict[Place, Told] = {}
        self._asked: list[Place] = []
        self._rows: dict[Node, Rows] = {}
        self._guessed: dict[Node, Rows] = {}
        self._used: dict[Node, Rows] = {}
        self._open: set[Node] = set()
        self._alive: list[object] = []
        self._settle()

    def ask(self, term: Term, at: Instant, word: str = "") -> Told:
        """Whether a condition holds, a norm stands at a word, or an event or moment has come."""
        declared = self.all.declarations[term.name]
        if isinstance(declared, ag.Event):
            return self._event_happened(term, at=at)
        if not isinstance(declared, ag.Moment):
            return self.condition(term, at, word)
        parts: list[object] = [clause.item for clause in declared.means]
        parts += [item for clause in declared.becomes for item in (clause.item.to, clause.item.moment)]
        return self._directly(self.declared(term), parts, at)

    def _settle(self) -> None:
        """Find all moments and the instants that they make, again and again, until both are what was guessed."""
        told = {time for term in self.said for row in self.told_times(term) for time in row}
        for _ in range(ROUNDS):
            self._told, self._rows, self._used = {}, {}, {}
            times = told | set(moments_in(self))
            grid = {edge for time in times for edge in (time - 1, time) if ALWAYS < time < NEVER}
            if grid == self.grid and all(self._rows[node] == rows for node, rows in self._used.items()):
                return
            self.grid, self._guessed = grid, self._rows
        raise Unsettled

    # 2.3 conditions

    def value(self, node: ex.Expression, env: Env, at: Instant) -> Told:  # noqa: C901, PLR0912  a case for each construct
        if GUARDS in env and isinstance(node, OF_EVENTS):
            return self.value(node, {name: text for name, text in env.items() if name != GUARDS}, self._seen_at(node, env, at + 1))
        match node:
            case ex.Not(item=item):
                return turned(self.value(item, env, at))
            case ex.And(items=items):
                return both(self.value(item, env, at) for item in items)
            case ex.Or(items=items):
                return either(self.value(item, env, at) for item in items)
            case ex.IsOneOf(item=item, options=options):
                return YES if fill(item, env) in {fill(option, env) for option in options} else NO
            case ex.MemberOf(item=item, group=group):
                return self.member(fill(item, env), group, at)
            case ex.NotSaid():
                return OPEN
            case ex.Happened() | ex.HappenedIn() | ex.Order() | ex.Finds() | ex.Rate():
                return self._in_time(node, env, at)
            case ex.Count():
                return self.count(node, env, at)
            case ex.Share():
                return self.share(node, env, at)
            case ex.Compare():
                return self.compare(node, env, at)
            case ex.Stands(item=item, words=words):
                return either(self._any(item, env, partial(self.condition, at=at, word=word)) for word in words)
            case ex.Ref():
                return self._any(node, env, partial(self.condition, at=at))
            case _:
                raise TypeError(node)

    def _seen_at(self, node: ex.Happened | ex.HappenedIn | ex.Rate | ex.Finds, env: Env, at: Instant) -> Instant:
        """A guard, which is read just before an instant, sees what happens at it; where both are days, what happens on its day."""
        day = env[GUARDS] == "day" and self.is_day(node if isinstance(node, ex.Finds) else node.item)
        return day_after(at, self.zone) - 1 if day else at

    def _in_time(self, node: ex.Happened | ex.HappenedIn | ex.Order | ex.Finds | ex.Rate, env: Env, at: Instant) -> Told:
        match node:
            case ex.Happened(item=ex.Ref() as item) if isinstance(self.all.declarations[item.name], ag.Event):
                return self._any(item, env, partial(self._event_happened, at=at))
            case ex.Happened(item=item):
                return self._directly(self.moments(item, env), [item], at)
            case ex.HappenedIn(item=ex.Ref() as item) if isinstance(self.all.declarations[item.name], ag.Event):
                return self._any(item, env, lambda term: self.in_window(partial(self._happened_at, term), node, env, at))
            case ex.HappenedIn(item=item):
                return self.in_window(lambda time: self.value(ex.Happened(item), env, time), node, env, at)
            case ex.Order():
                return self.order(node, env)
            case ex.Rate():
                return self.rate(node, env, at)
            case ex.Finds(body=body, what=what):
                kind = self.all.declarations[what.name]
                unreported = NO if isinstance(kind, ag.Event) and kind.constitutive else OPEN
                return self._any(what, env, lambda term: passed(self.found(body, term), at, unreported=unreported))

    def _happened_at(self, term: Term, at: Instant) -> Told:
        return self._event_happened(term, at=at)

    def _event_happened(self, term: Term, *, at: Instant) -> Told:
        declared = self.all.declarations[term.name]
        assert isinstance(declared, ag.Event)
        complete = self.on_record(declared, at)
        recorded = declared.constitutive or complete  # what only may have happened was then not received
        rows = [row for row in self.occurrence(term) if not recorded or row[1] < NEVER or row[0] == NEVER]
        yes, no = passed(rows, at, unreported=NO if recorded else OPEN)
        return yes, no and (complete or self.nothing_else(term, at))

    def _directly(self, rows: Rows, parts: Sequence[object], at: Instant) -> Told:
        """Received-only events make it no; an unreported one that could bring it earlier makes a no impossible (2.3)."""
        kinds = [kind for part in parts for kind in self.kinds(part)]
        received = [isinstance(kind, ag.Event) and kind.constitutive for kind in kinds if kind != "earlier"]
        if received and all(received):
            return passed(rows, at, unreported=NO)
        yes, no = passed(rows, at, unreported=OPEN)
        never = len(parts) == 1 and isinstance(parts[0], ex.Nth) and all(lo == NEVER for lo, _ in rows)  # too many were denied
        return yes, no and ("earlier" not in kinds or never)

    def _any(self, node: ex.Ref, env: Env, ask: Callable[[Term], Told]) -> Told:
        """`any` is *some*: told yes where one is, told no where all are and there can be no other."""
        values = [ask(term) for term in self.terms(node, env)]
        params = ag.params_of(self.all.declarations[node.name])
        free = [param.group for arg, param in zip(node.args, params, strict=True) if isinstance(arg, ex.Any)]
        whole = all(self.all_there_are(group) for group in free) and (bool(values) or bool(free))
        return any(yes for yes, _ in values), whole and all(no for _, no in values)

    # 2.5 rules

    def condition(self, term: Term, at: Instant, word: str = "") -> Told:
        """A state, norm or process; those that need each other start from no and grow, round by round, to the least fixpoint."""
        place = (term.name, word, term.args, at)
        if place in self._told or place in self._round:
            return self._told.get(place) or self._round[place]
        if place in self._asked:
            return self._before.setdefault(place, NO)
        self._asked.append(place)
        found = self._condition(self.all.declarations[term.name], term, word, at)
        self._asked.remove(place)
        self._round[place] = found
        if self._asked:
            return found
        needed, this = {one: self._round[one] for one in self._before if one in self._round}, self._round
        settled = needed == {one: self._before[one] for one in needed}
        self._before, self._round = ({}, {}) if settled else (needed, {})
        if not settled:
            return self.condition(term, at, word)
        self._told |= this
        return found

    def _condition(self, declared: ag.Declaration, term: Term, word: str, at: Instant) -> Told:
        match declared:
            case ag.State():
                found = None if word else self.settled(term, at)
                return self._state(declared, term, word, at) if found is None else found
            case ag.Duty() | ag.Ban() | ag.Power():
                return self.norm(declared, term, word, at)
            case ag.Process():
                steps = [one for one in declared.steps if not one.applies_to or term.args[0] in dict(one.applies_to)]
                parts = self.belonging(declared, self.env_of(term), at)
                parts += [self._event_happened(Term(step.event, term.args), at=at) for step in steps]
                return both([*parts, YES if term.args[0] in declared.complete_for else OPEN])
            case _:
                raise TypeError(declared)

    def _state(self, declared: ag.State, term: Term, word: str, at: Instant) -> Told:
        env = self.env_of(term)
        if declared.reported:
            return self.reported(term, declared.initial, at)
        parts = self.belonging(declared, env, at)
        if word:
            return both([*parts, self._has_value(declared, env, word, at)])
        if declared.froms or declared.untils:
            begins, ends = self.changes(declared.froms, env), self.changes(declared.untils, env)
            if (other := declared.provisional_for) is not None:
                ends = ends + self.remembered(("instead", other), env, lambda: self._begins_of(other, env))
                begins = [self.guarded(row, lambda time: turned(self.value(other, env, time))) for row in begins]
            parts.append(changed(begins, ends, declared.initial, at, renews=declared.renews))
        return both([*parts, self.all_of(declared.whiles, env, at)])

    def _begins_of(self, node: ex.Expression, env: Env) -> Rows:
        return self.edges(lambda time: self.value(node, env, time), changes=self.may_turn(node, env, falls=False))

    def _has_value(self, declared: ag.State, env: Env, word: str, at: Instant) -> Told:
        """A state has a value from where it becomes so until it becomes another; of two at one instant it has neither."""
        begins: Rows = []
        ends: Rows = []
        for one in self.standing(declared.becomes):
            rows = self.change(one.moment, one.guard, env)
            if isinstance(one.to, ex.Ref) and one.to.name == word:
                begins += rows
            else:
                ends += rows
        initial = Value.OPEN if not declared.initial_value else Value.YES if declared.initial_value == word else Value.NO
        return changed(begins, ends, initial, at)

    # 2.2 moments

    def moments(self, node: ex.Expression, env: Env) -> Rows:
        return self.remembered(("", node), env, lambda: [self.resolved(one) for one in self.raw(node, env)])

    def remembered(self, what: tuple[object, ...], env: Env, find: Callable[[], Rows]) -> Rows:
        name, *nodes = what
        place = (name, *map(id, nodes), tuple(sorted(env.items())))
        if place in self._rows:
            return self._rows[place]
        if place in self._open:
            return self._used.setdefault(place, self._guessed.get(place, []))
        kept = self._asked, self._round, self._before
        self._asked, self._round, self._before = [], {}, {}  # what needs itself at one instant holds no moments
        self._alive += nodes  # so that no other ever has one of their identities
        self._open.add(place)
        found = find()
        self._open.remove(place)
        self._rows[place] = found
        self._asked, self._round, self._before = kept
        return found
