"""Locks that nothing opens: a duty that is suspended or stopped, while nobody can do any more what would set it going again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import permutations

from aval.answers.drafting.desk import Desk, awake, holds, stands, text_of, told
from aval.answers.explore.acts import Act, deeds_of, nodes
from aval.answers.explore.search import Dated, Stage, Wanted, Witness
from aval.language.problems import quote
from aval.model import expression as ex
from aval.model.agreement import Duty, Power, State
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.problem import Code, Problem, Severity, Span, Unsupported

CODE = Code(
    code="AV714",
    title="A lock that nothing opens",
    what="A sequence of acts leaves a duty suspended, stopped or without a running clock, though the text lets that come to an end; and "
    "no further acts, up to the number that is told, end it or the duty. The duty's own deed is not counted: nobody has to do what is "
    "suspended.",
    why="Nobody may go on and nobody gets out, for ever: delivery is suspended for a payment that can no longer be made in time, say.",
    bad="duty deliver: FRA owes GBR delivered\n  when ordered\n  suspended while on_hold\nstate on_hold\n  from hold_back\n"
    "  until resume if paid happened by 2026-06-30",
    good="duty deliver: FRA owes GBR delivered\n  when ordered\n  suspended while on_hold\nstate on_hold\n  from hold_back\n  until resume",
    severity=Severity.WARNING,
)
FURTHER = 2
"""further acts that are tried as a way out"""
RUNS = 400
"""sequences that one lock may run"""


class _How(StrEnum):
    """How a duty is held up, in the words of a message."""

    SUSPENDED = "stays suspended"
    PAUSED = "has a clock that stands still"
    STOPPED = "is stopped"


@frozen()
class _Lock:
    """What holds a duty up, the place of the clause, and what it looks like when it does."""

    duty: Duty
    condition: ex.Expression
    span: Span
    how: _How


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each duty that acts can lock."""
    for duty in desk.agreements.of(Duty):
        for lock in _locks(duty, desk):
            try:
                found = _locked(lock, desk)
            except (Unsupported, KeyError, TypeError):
                continue
            if found is not None:
                yield found
                break


def _locks(duty: Duty, desk: Desk) -> Iterator[_Lock]:
    for clause in duty.suspendeds:
        yield _Lock(duty, clause.item, clause.span, how=_How.SUSPENDED)
    for clause in duty.pauseds:
        if _ends(clause.item, desk):
            yield _Lock(duty, clause.item, clause.span, how=_How.PAUSED)
    for clause in duty.excepts:
        if _ends(clause.item, desk):
            yield _Lock(duty, clause.item, clause.span, how=_How.STOPPED)
    for clause in duty.whiles:
        parts = clause.item.items if isinstance(clause.item, ex.And) else (clause.item,)
        for part in parts:
            if isinstance(part, ex.Not) and _ends(part.item, desk):
                yield _Lock(duty, part.item, clause.span, how=_How.STOPPED)


def _ends(condition: ex.Expression, desk: Desk) -> bool:
    """Whether a condition is a state that the text lets begin and end."""
    declared = desk.agreements.get(condition.name, State) if isinstance(condition, ex.Ref) else None
    return declared is not None and bool(declared.untils) and bool(declared.froms)


def _locked(lock: _Lock, desk: Desk) -> Problem | None:
    """Look for acts that lock the duty, and for a way out of them."""
    cast = desk.cast(lock.duty)
    names = {lock.duty.meta.name} | {node.name for node in nodes(lock.condition) if isinstance(node, ex.Ref)}
    stage = desk.ground.stage(names)
    suspends = lock.how is _How.SUSPENDED
    shut = stands(lock.duty, cast, "suspended") if suspends else _shut(lock, cast)
    begun, entry = desk.find([awake(lock.duty, cast)]), desk.find([shut])
    if entry is None or begun is None:
        return None
    before = entry.acts if suspends else _joined(begun.acts, entry.acts)
    own = {deed.name for deed in deeds_of(lock.duty)}
    free = [act for act in stage.acts if act.term.name not in own and (act.polarity or act.holds)]  # to deny what was done is no way out
    runs = [RUNS]
    for more in (None, *free):
        start = _after(stage, before, more, names)
        if start is None or (more is not None and _void(stage, start[0], more)) or not stage.always(start[0], shut, start[1].isoformat()):
            continue
        way_out = _way_out(stage, start, free, shut, runs)
        if runs[0] <= 0:
            return None
        if not way_out:
            return _tell(lock, start, [shut, *_barred(stage, start, cast)], entry)
    return None


def _void(stage: Stage, acts: Sequence[Dated], more: Act) -> bool:
    """Whether an act is the deed of powers of which none allowed it: it would be used up for nothing, and nobody would do that."""
    powers = [power for power in stage.agreements.of(Power) if power.deed.name == more.term.name]
    exercised = (stands(power, dict(zip(_params(power), more.term.args, strict=False)), "exercised") for power in powers)
    return bool(powers) and not any(stage.sometime(acts, one, acts[-1][1]) for one in exercised)


def _params(power: Power) -> list[str]:
    return [param.name for param in power.params]


def _barred(stage: Stage, start: tuple[tuple[Dated, ...], date], cast: Mapping[str, str]) -> list[Wanted]:
    """Give the powers that are not available any more."""
    powers = [power for power in stage.agreements.of(Power) if set(_params(power)) <= set(cast)]
    found = [stands(power, cast, "available", Value.NO) for power in powers]
    return [one for one in found if stage.always(start[0], one, start[1].isoformat())]


def _shut(lock: _Lock, cast: Mapping[str, str]) -> Wanted:
    ref = lock.condition
    if not isinstance(ref, ex.Ref):
        raise TypeError(ref)
    return holds(ex.Ref(ref.name, tuple(ex.Name(cast.get(arg.text, arg.text)) for arg in ref.args if isinstance(arg, ex.Name))))


def _joined(first: Sequence[Dated], then: Sequence[Dated]) -> tuple[Dated, ...]:
    """Put acts before others, on the days before theirs; without those that are among them."""
    had = {act for act, _ in then}
    rest = [act for act, _ in first if act not in had]
    day = date.fromisoformat(then[0][1]) if then else date.fromisoformat(first[0][1])
    days = [(day - timedelta(days=number)).isoformat() for number in range(len(rest), 0, -1)]
    return (*zip(rest, days, strict=True), *then)


def _after(stage: Stage, before: Sequence[Dated], more: Act | None, names: set[str]) -> tuple[tuple[Dated, ...], date] | None:
    """Give acts, one more of them if asked, and the day from which on nothing changes by itself."""
    acts = tuple(before)
    if more is not None:
        if any(act == more for act, _ in acts):
            return None
        last = date.fromisoformat(acts[-1][1]) if acts else stage.start
        acts = (*acts, (more, (last + timedelta(days=1)).isoformat()))
    return acts, stage.settled(acts, names) + timedelta(days=1)


def _way_out(stage: Stage, start: tuple[tuple[Dated, ...], date], free: Sequence[Act], shut: Wanted, runs: list[int]) -> bool:
    """Whether some further acts end it."""
    before, day = start
    had = {act for act, _ in before}
    for number in range(1, FURTHER + 1):
        for some in permutations([act for act in free if act not in had], number):
            runs[0] -= 1
            if runs[0] <= 0:
                return False
            acts = (*before, *((act, (day + timedelta(days=place)).isoformat()) for place, act in enumerate(some)))
            if stage.sometime(acts, replace(shut, value=Value.NO), day.isoformat()):
                return True
    return False


def _tell(lock: _Lock, start: tuple[tuple[Dated, ...], date], wanted: Sequence[Wanted], entry: Witness) -> Problem:
    acts, day = start
    name = quote(lock.duty.meta.name)
    by = f" by {quote(text_of(lock.condition))}" if lock.how is _How.STOPPED and isinstance(lock.condition, ex.Ref) else ""
    message = f"{name} {lock.how.value}{by} for ever: after these acts, no way out was found within {FURTHER} further acts."
    hint = "Give whoever is bound a way out: a resumption that can still come, a time after which it ends, or a power to end the agreement."
    witness = Witness(acts=acts, day=day.isoformat(), wanted=tuple(wanted), readings=entry.readings)
    return told(CODE, message, lock.duty, hint, span=lock.span, example=witness, title=f"{lock.duty.meta.name} is locked")
