"""Moments for the oracle: their rows, what is counted from the latest, days, windows and order (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import NamedTuple

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.term import Term
from tests.oracle.asking import GUARDS, Asking, Env, inside
from tests.oracle.calendar import day_after, day_of, in_whole_days, moved, stretched
from tests.oracle.told import NO, YES, Row, Rows, Told, both, either, first_of, kept, once, turned


class Counted(NamedTuple):
    """A moment, and where it is counted from the latest of several: from which, and which there are."""

    row: Row
    start: Row | None = None
    others: tuple[Row, ...] = ()


class Timing(Asking):
    """Where moments lie."""

    def raw(self, node: ex.Expression, env: Env) -> list[Counted]:
        """Give the occurrences; those that a newer one moves say so, through every step in which they are counted on."""
        match node:
            case ex.Latest(item=item):
                return _moving(self.moments(item, env))
            case ex.ItsTrigger():
                owner = self.all.declarations[env["its"]]
                assert isinstance(owner, ag.State | ag.Ban)
                return _moving(self.changes(owner.froms, env))
            case ex.ItsBeginning():
                return _moving(self.edges(lambda time: self.condition(self.its(env), time), changes=self.its_turns(env)))
            case ex.Ref() if isinstance(declared := self.all.declarations[node.name], ag.Moment) and not declared.becomes:
                envs = [self.env_of(term) for term in self.terms(node, env)]
                return [one for inner in envs for item in self.standing(declared.means) for one in self.raw(item, inner)]
            case ex.After() | ex.Before() | ex.Expiry() | ex.MonthFirst() | ex.Midnight():
                return [
                    Counted((moved(node, one.row[0], self.zone), moved(node, one.row[1], self.zone)), one.start, one.others)
                    for one in self.raw(node.item, env)
                ]
            case ex.AfterPaused(duration=duration, pause=pause):
                return [self._paused(one, duration, pause, env) for one in self.raw(node.item, env)]
            case _:
                return [Counted(row) for row in self.plain(node, env)]

    def _paused(self, one: Counted, duration: ex.Duration, pause: ex.Expression, env: Env) -> Counted:
        return Counted(self.stretch(duration, one.row, [pause], env), one.start, one.others)

    def stretch(self, duration: ex.Duration, row: Row, pauses: Sequence[ex.Expression], env: Env) -> Row:
        """Not before the clock has run out with all that is told of C; surely once it has with all that is not told outside C."""
        told = self.runs(lambda time: any(self.clause(one, env, time)[0] for one in pauses))
        possible = self.runs(lambda time: any(not self.clause(one, env, time)[1] for one in pauses))
        return stretched(duration, row[0], self.zone, told), stretched(duration, row[1], self.zone, possible)

    def resolved(self, one: Counted) -> Row:
        """Let a newer occurrence move what is counted from the latest: it does where it has come by then."""
        if one.start is None or one.row == one.start:
            return one.row  # at its own instant it is the latest
        start, others = one.start, list(one.others)
        others.remove(start)
        times = {time for time in one.row if ALWAYS < time < NEVER} | {time for time in self.grid if one.row[0] < time < one.row[1]}
        return kept(one.row, {turned(either(_newer(other, start, time) for other in others)) for time in times or {min(one.row)}})

    def plain(self, node: ex.Expression, env: Env) -> Rows:
        match node:
            case ex.Ref():
                return [row for term in self.terms(node, env) for row in self.declared(term)]
            case ex.Finds(body=body, what=what):
                return [row for term in self.terms(what, env) for row in self.found(body, term)]
            case ex.Instant(text=text):
                return [self._range(text, exact=True)]
            case ex.Later(items=items) | ex.Earlier(items=items):
                columns = [self.moments(item, env) for item in items]
                return _later(columns) if isinstance(node, ex.Later) else _earlier(columns)
            case ex.Nth(number=number, item=item):
                rows = [row for term in self.terms(item, env, counting=True) for row in self.declared(term)]
                nth = [sorted(side)[number - 1] for side in zip(*rows, strict=True)] if len(rows) >= number else []
                return [(nth[0], nth[1])] if min(nth, default=NEVER) < NEVER else []
            case ex.Beginning(item=item):
                return self.edges(lambda time: self.value(item, env, time), self.closes(item, env), self.may_turn(item, env, falls=False))
            case ex.End(item=item):
                return self.ends(lambda time: self.value(item, env, time), self.closes(item, env), self.may_turn(item, env, falls=True))
            case ex.Held(item=item, duration=duration):
                return self._held(item, env, ex.After(duration, item))
            case _:
                raise TypeError(node)

    def declared(self, term: Term) -> Rows:
        """Give when something with a name happens: an event, a moment that may move, or the valid exercise of a power."""
        declared = self.all.declarations[term.name]
        match declared:
            case ag.Event():
                return self.occurrence(term)
            case ag.Power():
                return self.exercise(term)
            case ag.Moment():
                env = self.env_of(term)
                rows = [row for item in self.standing(declared.means) for row in self.moments(item, env)]
                return self._shifted(declared, rows, env) if declared.becomes else rows
            case _:
                raise TypeError(declared)

    def exercise(self, term: Term) -> Rows:
        """A deed while the power was available, read just before."""
        declared = self.all.get(term.name, ag.Power)
        assert declared is not None
        env = self.env_of(term)
        deed = self.all.declarations[declared.deed.name]
        if isinstance(deed, ag.State):
            rows = [row for one in self.terms(declared.deed, env) for row in self._begins(one)]
        else:
            rows = self.moments(declared.deed, env)
        return [self.guarded(row, lambda time: self.condition(term, time)) for row in rows]

    def _begins(self, term: Term) -> Rows:
        return self.edges(lambda time: self.condition(term, time), changes=self.state_turns(term, falls=False))

    def its_turns(self, env: Env) -> Rows:
        """Where what a clause of its own asks about may begin."""
        owner = self.all.declarations[env["its"]]
        return self.state_turns(self.its(env), falls=False) if isinstance(owner, ag.State) else self.changes(owner.froms, env)  # type: ignore[union-attr]

    def found(self, body: str, term: Term) -> Rows:
        """Give a body's own finding."""
        return self.acts(body, term)

    def _shifted(self, declared: ag.Moment, rows: Rows, env: Env) -> Rows:
        """A moment lies where it was last moved to before it came: wherever it can lie, whenever the changes can have come.

        Of a disputed change, some tell that it came and others that it did not: what follows from the one and from the other is told.
        """
        moves = [
            (when, first_of(self.moments(one.to, env), NEVER))
            for one in self.standing(declared.becomes)
            for when in self.change(one.moment, one.guard, env)
        ]
        found = []
        for row in rows:
            ends = {time for place in (row, *(row for move in moves for row in move)) for time in place}
            times = ends | {time - 1 for time in ends if time > ALWAYS} | {time + 1 for time in ends if time < NEVER}
            told = []
            for claimed in product(*([(end, end) for end in when] if when[1] < when[0] else [when] for when, _ in moves)):
                whens = [[time for time in times if min(when) <= time <= max(when)] for when in claimed]
                lies = [[_moved_on(end, chosen, moves) for chosen in product(*whens)] for end in row]
                early, late = lies[0] if row[0] <= row[1] else lies[1], lies[1] if row[0] <= row[1] else lies[0]
                told.append((min(lo for lo, _ in early), max(hi for _, hi in late)))
            found.append((max(lo for lo, _ in told), min(hi for _, hi in told)))
        return found

    def _held(self, item: ex.Expression, env: Env, after: ex.After) -> Rows:
        """A told run that lasts so long, disputed where somebody denies it on the way; else a stretch that may have lasted (2.2)."""
        told = self.runs(lambda time: self.value(item, env, time)[0])
        stretches = self.runs(lambda time: not self.value(item, env, time)[1])
        found, sure = [], []
        for start, end in told:
            then = moved(after, start, self.zone)
            if start > ALWAYS and then <= end:
                around = [stretch for stretch in stretches if stretch[0] <= start and then <= stretch[1]]
                sure += around
                found.append((moved(after, around[0][0], self.zone) if around else NEVER, then))
        always = any(start == ALWAYS for start, _ in told)
        for stretch in stretches:
            inner = [run for run in told if stretch[0] <= run[0] < stretch[1]]
            long = [run for run in inner if run[0] > ALWAYS and moved(after, run[0], self.zone) <= run[1]]
            ended = long[-1][1] if long else NEVER
            if ended < stretch[1]:
                free = stretch[1] == NEVER or inner[-1] is not long[-1]
                rows = self.may_turn(item, env, falls=False) if not free else []
                begins = [ended] if free else [max(lo, ended) for lo, hi in rows if lo <= hi > ended and lo < stretch[1]]
                found += [(moved(ex.After(after.duration, item), begin, self.zone), NEVER) for begin in begins]
            then = moved(after, stretch[0], self.zone)
            if stretch not in sure and (stretch[0] > ALWAYS or always) and then <= stretch[1]:
                found.append((then, NEVER))
        return found

    # days, windows, order

    @once
    def is_day(self, node: ex.Expression) -> bool:
        """Whether it is a day rather than an instant."""
        match node:
            case ex.Instant(text=text):
                return len(text) <= len("2026-01-01")
            case ex.Finds():
                return True
            case ex.After(duration=duration) | ex.Before(duration=duration) | ex.AfterPaused(duration=duration):
                return in_whole_days(duration)
            case ex.Held(duration=duration):
                return in_whole_days(duration)
            case ex.MonthFirst():
                return True
            case ex.Later(items=items) | ex.Earlier(items=items):
                return all(self.is_day(item) for item in items)
            case ex.Nth(item=item) | ex.Latest(item=item):
                return self.is_day(item)
            case ex.Ref():
                declared = self.all.declarations[node.name]
                if isinstance(declared, ag.Moment):
                    return all(self.is_day(item) for item in self.standing(declared.means))
                if isinstance(declared, ag.Power):
                    return self.is_day(declared.deed)
                return isinstance(declared, ag.Event) and declared.legal_act
            case _:
                return False

    def known(self, node: ex.Expression, env: Env) -> Row:
        """Before which instant it is told not to have come, and from which it is told to have: asked directly (2.3, *Absence*)."""
        return self.remembered(("known", node), env, lambda: [self._known(node, env)])[0]

    def _known(self, node: ex.Expression, env: Env) -> Row:
        asked, plain = ex.Happened(node), {name: text for name, text in env.items() if name != GUARDS}
        seen = [(time, self.value(asked, plain, time)) for time in (ALWAYS, *sorted(self.grid))]
        lo = next((time for time, (_, no) in seen if not no), NEVER)
        return lo, next((time for time, (yes, _) in seen if yes), NEVER)

    def in_window(self, ask: Callable[[Instant], Told], node: ex.HappenedIn, env: Env, at: Instant) -> Told:
        """Yes where it has come and came inside wherever the limits lie; no once the window is over, where it came outside (2.2).

        A window that never closes is told not to hold it as long as that has not come.
        """
        yes, outside, last = ask(at)[0], False, ALWAYS
        opens = node.window in (ex.Window.AFTER, ex.Window.BETWEEN)
        for limit in node.limits:
            lo, hi = self.known(limit, env)
            whole = node.window in (ex.Window.BY, ex.Window.BETWEEN)
            early, last = (self._up_to(time, days=self.is_day(limit), whole=whole is not opens) for time in (lo, hi))
            if opens:
                yes, outside = yes and ask(last)[1], outside or ask(early)[0]
            else:
                yes, outside = yes and ask(early)[0], outside or ask(last)[1]
            opens = False
        if node.window is ex.Window.AFTER:
            return yes, outside or ask(at)[1]
        return yes, outside and at >= last

    def _up_to(self, time: Instant, *, days: bool, whole: bool) -> Instant:
        """The last instant up to and with a limit, or before it."""
        if time in (ALWAYS, NEVER):
            return time if time == ALWAYS else NEVER - 1
        return (day_after(time, self.zone) if whole else day_of(time, self.zone)) - 1 if days else time if whole else time - 1

    def order(self, node: ex.Order, env: Env) -> Told:
        """At every instant or at none: yes where M is told to have come by an instant before which N is told not to have come."""
        left, right = (node.right, node.left) if node.after else (node.left, node.right)
        one, two = self.known(left, env), self.known(right, env)
        if self.is_day(left) or self.is_day(right):
            one, two = ((day_of(lo, self.zone), day_of(hi, self.zone)) for lo, hi in (one, two))
        return (one[1] < two[0], two[1] <= one[0])

    # what could have come unreported (2.3, Absence)

    @once
    def kinds(self, node: object) -> list[ag.Event | str]:
        found: list[ag.Event | str] = ["earlier"] if isinstance(node, ex.Nth | ex.Latest | ex.Earlier | ex.Any) else []
        declared = self.all.declarations.get(node.name) if isinstance(node, ex.Ref) else None
        if isinstance(declared, ag.Event):
            found += [declared, "earlier"] if declared.repeats else [declared]
        means: list[object] = []
        if isinstance(declared, ag.Moment):
            means = [clause.item for clause in declared.means]
            means += [item for clause in declared.becomes for item in (clause.item.to, clause.item.moment)]
        if isinstance(declared, ag.Power):
            means = [declared.deed]
        return [*found, *(kind for part in (*means, *inside(node)) for kind in self.kinds(part))]

    @once
    def all_received(self, node: object) -> bool:
        """Whether it rests on events, and all of them exist only if they were received."""
        kinds = [kind for kind in self.kinds(node) if kind != "earlier"]
        return bool(kinds) and all(isinstance(kind, ag.Event) and kind.constitutive for kind in kinds)

    @once
    def could_be_earlier(self, node: object) -> bool:
        """Whether an unreported event could bring it earlier."""
        return "earlier" in self.kinds(node) and not self.all_received(node)


def _moved_on(date: Instant, whens: Sequence[Instant], moves: Sequence[tuple[Row, Row]]) -> Row:
    """Where a date lies when the changes came then; where it was moved to a day that had passed, it comes at once."""
    lo = hi = date
    for when, (_, to) in sorted(zip(whens, moves, strict=True), key=lambda one: one[0]):
        if when <= lo and when < NEVER:
            lo = max(to[0], when)
        if when <= hi and when < NEVER:
            hi = max(to[1], when)
    return lo, hi


def _later(columns: Sequence[Rows]) -> Rows:
    """The later of all firsts; what comes again is the later again where it comes after all the others have come (2.2)."""
    if not all(columns):
        return []  # what was never told of has not come
    firsts = [first_of(rows, NEVER) for rows in columns]
    found = [(max(lo for lo, _ in firsts), max(hi for _, hi in firsts))]
    for place, rows in enumerate(columns):
        others = [first for one, first in enumerate(firsts) if one != place]
        all_lo, all_hi = max(lo for lo, _ in others), max(hi for _, hi in others)
        for lo, hi in _again(rows):
            if hi > min(all_lo, all_hi):
                found.append((max(lo, all_lo), hi if all_hi <= lo else NEVER))
    return _real(found)


def _earlier(columns: Sequence[Rows]) -> Rows:
    """The earlier of all firsts; what comes again is the earlier again where it comes before any other has."""
    if not any(columns):
        return []
    firsts = [first_of(rows, NEVER) for rows in columns]
    found = [(min(lo for lo, _ in firsts), min(hi for _, hi in firsts))]
    for place, rows in enumerate(columns):
        others = [first for one, first in enumerate(firsts) if one != place]
        any_lo, any_hi = min(lo for lo, _ in others), min(hi for _, hi in others)
        for lo, hi in _again(rows):
            if lo <= any_hi:
                found.append((lo, hi if hi <= any_lo else NEVER))
    return _real(found)


def _again(rows: Rows) -> Rows:
    """Give all but the first."""
    return sorted(rows, key=lambda row: (row[1], row[0]))[1:]


def _real(rows: Rows) -> Rows:
    """Leave out what is told never to come, but for the first."""
    return rows[:1] + [row for row in rows[1:] if min(row) < NEVER]


def _moving(rows: Rows) -> list[Counted]:
    return [Counted(row, row, tuple(rows)) for row in rows]


def _newer(other: Row, start: Row, at: Instant) -> Told:
    """Whether another occurrence lies after this one and has come."""
    come = (other[1] <= at, at < other[0])
    return both([_order(start, other), come])


def _order(one: Row, two: Row) -> Told:
    """Whether one lies before the other."""
    return min(two) > one[1], two[1] <= one[0] and two[1] < NEVER


__all__ = ["NO", "YES", "Timing"]
