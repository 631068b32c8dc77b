"""Duties, bans and powers for the oracle (semantics 2.6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.term import Term
from tests.oracle.asking import Env
from tests.oracle.calendar import day_after, in_whole_days
from tests.oracle.counting import Counting
from tests.oracle.timing import Timing
from tests.oracle.told import NO, YES, Row, Rows, Told, both, changed, either, kept, passed, turned

DEEDS, WAIVERS, LAPSES = "discharged", "waived", "lapsed"
DUTY = ("dormant", "owed", "overdue", DEEDS, WAIVERS, "suspended", LAPSES, "breached")
BAN = ("alleged", "proposed", "found")
POWER = ("available", "exercised", "void")


class Norms(Counting, Timing):
    """Where norms stand."""

    def norm(self, declared: ag.Duty | ag.Ban | ag.Power, term: Term, word: str, at: Instant) -> Told:
        """Whether a norm stands at a word; without a word, whether it is owed, in force or available."""
        match declared:
            case ag.Duty():
                return self._duty(declared, term, word or "owed", at)
            case ag.Ban():
                return self._ban(declared, term, word, at)
            case ag.Power():
                return self._power(declared, term, word or "available", at)

    def belonging(self, declared: ag.Declaration, env: Env, at: Instant) -> list[Told]:
        params = [param for param in ag.params_of(declared) if not self.closed(param.group)]
        return [self.member(env[param.name], param.group, at) for param in params]

    def found_breach(self, declared: ag.Duty | ag.Ban, term: Term) -> Rows:
        return self.found(declared.found_by, term) if declared.found_by else []

    # duties

    def _duty(self, declared: ag.Duty, term: Term, word: str, at: Instant) -> Told:
        env = self.env_of(term)
        owed = partial(self._owed, declared, term, env)
        match word:
            case "owed":
                return owed(at)
            case "suspended":
                return both([owed(at), self.one_of(declared.suspendeds, env, at)])
            case "overdue":
                return both([owed(at), turned(self.one_of(declared.suspendeds, env, at)), self._late(declared, term, env, at)])
            case "breached":
                anew = self.remembered(
                    ("anew", declared),
                    env,
                    lambda: self.edges(partial(self._run, declared, term, env), changes=self.changes(declared.whens, env)),
                )
                return changed(self.found_breach(declared, term), anew, Value.NO, at)
            case "dormant":
                others = (DEEDS, WAIVERS, LAPSES)
                return both([turned(owed(at)), *(turned(self.condition(term, at, one)) for one in others)])
            case _:
                return self._ended(declared, term, env, word, at)

    def _owed(self, declared: ag.Duty, term: Term, env: Env, at: Instant) -> Told:
        parts = [*self.belonging(declared, env, at), self._run(declared, term, env, at), self.all_of(declared.whiles, env, at)]
        return both([*parts, turned(self.one_of(declared.excepts, env, at))])

    def _run(self, declared: ag.Duty, term: Term, env: Env, at: Instant, without: tuple[str, Row] | None = None) -> Told:
        """Whether it was brought about and has not ended, as if one of its ends were not there."""
        ends = [(kind, row) for kind in (DEEDS, WAIVERS, LAPSES) for row in self._ends(declared, term, env, kind)]
        if without in ends:
            ends.remove(without)
        initial = Value.NO if declared.whens else Value.YES
        return changed(self.changes(declared.whens, env), [row for _, row in ends], initial, at)

    def _ends(self, declared: ag.Duty, term: Term, env: Env, kind: str) -> Rows:
        """What may end it by its kind: what comes while its conditions do not hold ends nothing."""
        return self.remembered((kind, declared), env, lambda: self._find_ends(declared, term, env, kind))

    def _find_ends(self, declared: ag.Duty, term: Term, env: Env, kind: str) -> Rows:
        if kind == DEEDS:
            rows = [] if declared.continuing else [row for deed in declared.deeds for row in self.moments(deed, env)]
        elif kind == WAIVERS:
            rows = self.changes(declared.waivers, env)
        else:
            return self.changes(declared.untils, env) + self._replaced(term)
        return [self.guarded(row, lambda time: self.all_of(declared.whiles, env, time)) for row in rows]

    def _replaced(self, term: Term) -> Rows:
        """Where a duty that stands in for this one comes to be owed."""
        found: Rows = []
        for other in self.all.of(ag.Duty):
            for ref in other.replaces:
                for mine in self.terms(ex.Ref(other.meta.name, tuple(ex.Any() for _ in other.params)), {}):
                    if ref.name == term.name and term in self.terms(ref, self.env_of(mine)):
                        found += self.edges(partial(self.condition, mine, word="owed"), changes=[(ALWAYS, NEVER)])
        return found

    def _ended(self, declared: ag.Duty, term: Term, env: Env, kind: str, at: Instant) -> Told:
        ends = self.remembered((f"{kind} it", declared), env, lambda: self._endings(declared, term, env, kind))
        return turned(changed(self.changes(declared.whens, env), ends, Value.YES, at))

    def _endings(self, declared: ag.Duty, term: Term, env: Env, kind: str) -> Rows:
        """What ended it in this way: it stood just before, as far as the others tell."""

        def stood(row: Row) -> Callable[[Instant], Told]:
            def stood_at(time: Instant) -> Told:
                conditions = [self.all_of(declared.whiles, env, time), *self.belonging(declared, env, time)]
                return both([self._run(declared, term, env, time, (kind, row)), *conditions])

            return stood_at

        return [self.guarded(row, stood(row)) for row in self._ends(declared, term, env, kind)]

    def _starts(self, declared: ag.Duty, term: Term, env: Env) -> Rows:
        """The triggers that begin a run: those that come while it does not stand."""
        return self.remembered(("starts", declared), env, lambda: self._find_starts(declared, term, env))

    def _find_starts(self, declared: ag.Duty, term: Term, env: Env) -> Rows:
        return [self.guarded(row, lambda time: turned(self._run(declared, term, env, time))) for row in self.changes(declared.whens, env)]

    def _late(self, declared: ag.Duty, term: Term, env: Env, at: Instant) -> Told:
        starts = self._starts(declared, term, env)
        limits = [(row, self._limit(declared, one, row, env)) for one in self.standing(declared.withins) for row in starts]
        rows: list[Told] = []
        for start, limit in limits:
            others = [other for other in starts if other != start]
            newer = either(both([(min(other) > start[1], other[1] <= start[0]), (other[1] <= at, at < other[0])]) for other in others)
            rows.append(both([(limit[1] <= at, at < limit[0]), turned(newer)]))
        for one in self.standing(declared.no_laters):
            day = self.is_day(one)
            for lo, hi in self.moments(one, env):
                last = (day_after(lo, self.zone), day_after(hi, self.zone)) if day else (lo, hi)
                rows.append((last[1] <= at, at < last[0]))
        return either(rows)

    def _limit(self, declared: ag.Duty, duration: ex.Duration, row: Row, env: Env) -> Row:
        lo, hi = self.stretch(duration, row, self.standing(declared.pauseds), env)
        return (day_after(lo, self.zone), day_after(hi, self.zone)) if in_whole_days(duration) else (lo, hi)

    # bans

    def _ban(self, declared: ag.Ban, term: Term, word: str, at: Instant) -> Told:
        env = self.env_of(term)
        if not word:
            return self._in_force(declared, env, at)
        if word == "found":
            return passed(self.found_breach(declared, term), at, NO)
        if word == "proposed":
            proposing = [row for ref in declared.proposed_by for row in self.moments(ref, env)]
            return passed([self._under(declared, term, row) for row in proposing], at, NO)
        return passed(self._claims(declared, term, env), at, NO)

    def _in_force(self, declared: ag.Ban, env: Env, at: Instant) -> Told:
        parts = [*self.belonging(declared, env, at), self.all_of(declared.whiles, env, at), turned(self.one_of(declared.excepts, env, at))]
        if declared.froms or declared.untils:
            initial = Value.NO if declared.froms else Value.YES
            parts.append(changed(self.changes(declared.froms, env), self.changes(declared.untils, env), initial, at))
        return both(parts)

    def _under(self, declared: ag.Ban, term: Term, row: Row) -> Row:
        return self.guarded(row, lambda time: self._in_force(declared, self.env_of(term), time))

    def _claims(self, declared: ag.Ban, term: Term, env: Env) -> Rows:
        """What was said of the deed, unless the ban was told not to be in force then; and that the ban was broken."""

        def possible(time: Instant) -> Told:
            return NO if self._in_force(declared, env, time) == NO else YES

        deeds = [row for ref in declared.deeds for deed in self.terms(ref, env) for row in self.claimed(deed)]
        return [self.guarded(row, possible) for row in deeds] + self.claimed(term)

    # powers

    def _power(self, declared: ag.Power, term: Term, word: str, at: Instant) -> Told:
        env = self.env_of(term)
        if word == "available":
            return both([*self.belonging(declared, env, at), self.all_of(declared.whiles, env, at)])
        if word == "exercised":
            return passed(self.exercise(term), at, NO)
        rows = self.moments(declared.deed, env)
        return passed([self.guarded(row, lambda time: turned(self.condition(term, time))) for row in rows], at, NO)


def words_of(declared: ag.Declaration) -> Sequence[str]:
    """Give the words at which a norm can stand, or the values of a state."""
    match declared:
        case ag.Duty():
            return DUTY
        case ag.Ban():
            return BAN
        case ag.Power():
            return POWER
        case ag.State():
            return declared.values
        case _:
            return ()


__all__ = ["YES", "Norms", "kept", "words_of"]
