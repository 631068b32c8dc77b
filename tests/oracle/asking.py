"""What the parts of the oracle ask of each other: values of conditions, rows of moments, and which clauses stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from itertools import product
from typing import TypeVar

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.statement import Statement
from aval.model.term import Term
from tests.oracle.record import Record
from tests.oracle.told import NO, Row, Rows, Told, both, either, kept, once, turned

Env = Mapping[str, str]
T = TypeVar("T")
ITS = "its"
"""The entry of an environment that names whose clause is read."""
GUARDS = "guards"
"""The entry that says that a guard is read, of an instant or of a day."""
OF_EVENTS = (ex.Happened, ex.HappenedIn, ex.Rate, ex.Finds)


class Asking(Record):
    """One choice of readings, and the instants at which anything can change."""

    def __init__(self, agreements: ag.Agreements, statements: Sequence[Statement], readings: Mapping[str, str], zone: str) -> None:
        super().__init__(agreements, statements, zone)
        self.readings = readings
        self.grid: set[Instant] = set()

    def value(self, node: ex.Expression, env: Env, at: Instant) -> Told:
        """Whether a condition holds."""
        raise NotImplementedError

    def moments(self, node: ex.Expression, env: Env) -> Rows:
        """Give the occurrences of a moment."""
        raise NotImplementedError

    def remembered(self, what: tuple[object, ...], env: Env, find: Callable[[], Rows]) -> Rows:
        """Work rows out once; where they need themselves, through time, take those of the round before."""
        raise NotImplementedError

    def condition(self, term: Term, at: Instant, word: str = "") -> Told:
        """Whether a state holds or has a value, or a norm stands at a word."""
        raise NotImplementedError

    # names

    def env_of(self, term: Term) -> dict[str, str]:
        names = [param.name for param in ag.params_of(self.all.declarations[term.name])]
        return dict(zip(names, term.args, strict=True)) | {ITS: term.name}

    def its(self, env: Env) -> Term:
        """Give the term whose clause is read."""
        return Term(env[ITS], tuple(env[param.name] for param in ag.params_of(self.all.declarations[env[ITS]])))

    def terms(self, node: ex.Ref, env: Env, *, counting: bool = False) -> list[Term]:
        """Give the terms that a reference stands for; when counting, without those that add nothing."""
        found: list[tuple[str, ...]] = [()]
        for arg, param in zip(node.args, ag.params_of(self.all.declarations[node.name]), strict=True):
            allowed = self.candidates(param.group)
            names = [fill(arg, env)] if isinstance(arg, ex.Name) else [one for one in allowed if not counting or self.counted(one)]
            found = [(*one, name) for one in found for name in names if name in allowed]
        return [Term(node.name, args) for args in found]

    @once
    def somes(self, node: object) -> list[tuple[str, str]]:
        """Give each `some c` of a clause with its group."""
        found: list[tuple[str, str]] = []
        if isinstance(node, ex.Ref):
            pairs = zip(node.args, ag.params_of(self.all.declarations[node.name]), strict=False)
            found = [(arg.text, param.group) for arg, param in pairs if isinstance(arg, ex.Some)]
        return [*found, *(one for part in inside(node) for one in self.somes(part))]

    def choices(self, node: object, env: Env) -> tuple[list[dict[str, str]], bool]:
        """Give the environment once for each who can be meant by `some`, and whether these are all."""
        bound = dict(self.somes(node))
        names = product(*(self.candidates(group) for group in bound.values()))
        return [{**env, **dict(zip(bound, chosen, strict=True))} for chosen in names], all(map(self.all_there_are, bound.values()))

    def on_record(self, declared: ag.Event, at: Instant) -> bool:
        """Whether every occurrence up to then is on record; the moments up to which it is name no parameter."""
        return any(at < lo for node in declared.complete_until for lo, _ in self.moments(node, {}))

    # clauses

    def standing(self, clauses: Sequence[ag.Clause[T]]) -> list[T]:
        """Give what the clauses of this reading say."""
        return [one.item for one in clauses if not one.question or self.readings.get(one.question) == one.reading]

    def all_of(self, clauses: Sequence[ag.Clause[ex.Expression]], env: Env, at: Instant) -> Told:
        return both(self.clause(one, env, at) for one in self.standing(clauses))

    def one_of(self, clauses: Sequence[ag.Clause[ex.Expression]], env: Env, at: Instant) -> Told:
        return either(self.clause(one, env, at) for one in self.standing(clauses))

    def clause(self, node: ex.Expression, env: Env, at: Instant) -> Told:
        """Whether it holds for some choice of those whom it leaves open."""
        choices, whole = self.choices(node, env)
        yes, no = either(self.value(node, one, at) for one in choices)
        return yes, no and whole

    def changes(self, clauses: Sequence[ag.Clause[ag.Change]], env: Env) -> Rows:
        return [row for one in self.standing(clauses) for row in self.change(one.moment, one.guard, env)]

    def change(self, moment: ex.Expression, guard: ex.Expression | None, env: Env) -> Rows:
        return self.remembered(("under", guard, moment), env, lambda: self._change(moment, guard, env))

    def _asker(self, guard: ex.Expression, env: Env, moment: ex.Expression) -> Callable[[Instant], Told]:
        return lambda time: self.value(guard, self.guarding(env, [moment]), time)

    def _change(self, moment: ex.Expression, guard: ex.Expression | None, env: Env) -> Rows:
        choices, _ = self.choices((moment, guard), env)
        found = []
        for one in choices:
            rows = self.moments(moment, one)
            found += rows if guard is None else [self.guarded(row, self._asker(guard, one, moment)) for row in rows]
        return found

    def is_day(self, node: ex.Expression) -> bool:
        """Whether a moment is a day rather than an instant."""
        raise NotImplementedError

    def guarding(self, env: Env, moments: Sequence[ex.Expression]) -> dict[str, str]:
        """Give the environment of a guard of these moments: it sees what happens at them."""
        return {**env, GUARDS: "day" if all(map(self.is_day, moments)) else "instant"}

    def guarded(self, row: Row, ask: Callable[[Instant], Told]) -> Row:
        """Read just before the moment, wherever that may lie: yes keeps it, no drops it, open makes it only possible (2.5)."""
        lo, hi = row
        ends = {time - 1 if time > ALWAYS else time for time in row if ALWAYS < time < NEVER} or {min(row)}
        return kept(row, {ask(time) for time in ends | {time for time in self.grid if lo < time < hi}})

    # runs

    def runs(self, holds: Callable[[Instant], bool]) -> Rows:
        """The runs of instants at which something holds; on the grid, since nothing changes between two of its instants."""
        times = [ALWAYS, *sorted(self.grid - {ALWAYS, NEVER})]
        found: Rows = []
        for start, end in zip(times, [*times[1:], NEVER], strict=True):
            if holds(start):
                joins = found and found[-1][1] == start
                found[-1:] = [(found[-1][0], end)] if joins else [*found[-1:], (start, end)]
        return found

    def edges(self, ask: Callable[[Instant], Told], turns: Instant = NEVER, changes: Rows = []) -> Rows:  # noqa: B006  only read
        """In each stretch that nobody denies: the first told run begins in it, a later one may; a denied run begins disputed (2.2).

        What stays open for good may have begun anew, and so may what a change can have begun before a no; and what was never told, once a
        window of it can have closed.
        """
        told, found = self.runs(lambda time: ask(time)[0]), []
        against = self.runs(lambda time: ask(time)[1])
        for start, end in self.runs(lambda time: not ask(time)[1]):
            inner = [run for run in told if start <= run[0] < end]
            sure = inner[0][0] if inner else NEVER
            if (sure if inner else start) > ALWAYS:
                found.append((start, sure))
            found += [(run[1], NEVER) for run in inner[:-1]]
            found += [(run[1], NEVER) for run in inner[-1:] if run[1] < end == NEVER]
            found += [(max(lo, run[1]), NEVER) for run in inner[-1:] for lo, hi in changes if lo <= hi > run[1] and lo < end < NEVER]
        if not told and not against and turns < NEVER:
            found.append((turns, NEVER))
        return found + [(end, run[0]) for run in told for first, end in against if run[0] > ALWAYS and first <= run[0] < end]

    def ends(self, ask: Callable[[Instant], Told], turns: Instant = NEVER, changes: Rows = []) -> Rows:  # noqa: B006  only read
        return self.edges(lambda time: turned(ask(time)), turns, changes)

    def may_turn(self, node: ex.Expression, env: Env, *, falls: bool, above: tuple[str, ...] = (), rules: bool = False) -> Rows:
        """Where a condition may come to be so, or with `falls` cease to be so: from the first to the last instant of it."""
        match node:
            case ex.Not(item=item):
                return self.may_turn(item, env, falls=not falls, above=above, rules=rules)
            case ex.And(items=items) | ex.Or(items=items):
                return [row for item in items for row in self.may_turn(item, env, falls=falls, above=above, rules=rules)]
            case ex.Count(binding=binding) if binding.condition is not None and self.closed(binding.group):
                fewer = falls is not (node.quantifier is ex.Quantifier.NONE)
                inner = [{**env, binding.variable: name} for name in self.candidates(binding.group)]
                return [row for one in inner for row in self.may_turn(binding.condition, one, falls=fewer, above=above, rules=rules)]
            case ex.Ref() if (declared := self.all.get(node.name, ag.State)) is not None and not declared.values:
                if declared.reported:
                    return [] if rules else self.windows(node, env, falls=falls)
                return [row for term in self.terms(node, env) for row in self.state_turns(term, falls=falls, above=above, rules=rules)]
            case _ if rules:
                return []
            case ex.Happened() | ex.HappenedIn() | ex.Order() | ex.Finds() | ex.MemberOf() | ex.IsOneOf() | ex.NotSaid():
                return self.windows(node, env, falls=falls)
            case _:
                return [(ALWAYS, NEVER)]

    def state_turns(self, term: Term, *, falls: bool, above: tuple[str, ...] = (), rules: bool = False) -> Rows:
        """Where a state may begin, or end, by its `from` and `until`, by what it holds while, and by what it stands in for."""
        declared = self.all.get(term.name, ag.State)
        assert declared is not None
        env = self.env_of(term)
        found = self.changes(declared.untils if falls else declared.froms, env)
        if term.name in above:
            return found
        above = (*above, term.name)
        for item in self.standing(declared.whiles):
            found = found + [
                row for one in self.choices(item, env)[0] for row in self.may_turn(item, one, falls=falls, above=above, rules=rules)
            ]
        if declared.provisional_for is not None and (falls or not declared.froms):
            found = found + self.may_turn(declared.provisional_for, env, falls=not falls, above=above, rules=rules)
        return found if rules or all(self.closed(param.group) for param in declared.params) else [*found, (ALWAYS, NEVER)]

    def windows(self, node: ex.Expression, env: Env, *, falls: bool) -> Rows:
        """Where a told run begins, and where it is open, but not from a yes to a no: there it has turned once."""
        side = 1 if falls else 0
        yes, no = (self.runs(lambda time, one=one: self.value(node, env, time)[one]) for one in (side, 1 - side))  # type: ignore[misc]
        unknown = self.runs(lambda time: not any(self.value(node, env, time)))
        ended, denied = {end for _, end in yes}, {start for start, _ in no}
        gaps = [(start, end) for start, end in unknown if start not in ended or end not in denied]
        return gaps + [(start, start) for start, _ in yes if start > ALWAYS]

    def closes(self, node: object, env: Env) -> Instant:
        """From when on a window in it can have closed."""
        if isinstance(node, ex.Binding | ex.Ref):
            if self.has_window(node, ()):
                return ALWAYS
            rows = (
                [row for falls in (False, True) for row in self.may_turn(node, env, falls=falls, rules=True)]
                if isinstance(node, ex.Ref)
                else []
            )
            return min([min(row) for row in rows], default=NEVER)
        limits = node.limits[-1:] if isinstance(node, ex.HappenedIn) and node.window is not ex.Window.AFTER else ()
        found = [lo for limit in limits for lo, _ in self.moments(limit, env)]
        return min([*found, *(self.closes(part, env) for part in inside(node))], default=NEVER)

    def has_window(self, node: object, above: tuple[str, ...]) -> bool:
        """Whether a window that closes stands in it, or in what a state that it names holds while."""
        if isinstance(node, ex.HappenedIn) and node.window is not ex.Window.AFTER:
            return True
        parts = inside(node)
        declared = self.all.get(node.name, ag.State) if isinstance(node, ex.Ref) and node.name not in above else None
        if declared is not None:
            parts += [clause.item for clause in declared.whiles]
            above = (*above, declared.meta.name)
        return any(self.has_window(part, above) for part in parts)


def fill(name: ex.Name, env: Env) -> str:
    """Put the name in the place of a variable."""
    return env.get(name.text, name.text)


def inside(node: object) -> list[object]:
    """What an expression directly holds, tuples opened."""
    if isinstance(node, tuple):
        return list(node)
    return [getattr(node, field.name) for field in fields(node) if field.name != "span"] if isinstance(node, ex.Node | ex.Binding) else []


__all__ = ["GUARDS", "ITS", "NO", "OF_EVENTS", "Asking", "Env", "fill", "inside"]
