"""The instants at which anything can change: every moment that stands anywhere in a declaration, for each of its instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from itertools import product

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.instant import NEVER, Instant
from aval.model.term import Term
from tests.oracle.calendar import day_after, day_of, moved
from tests.oracle.norms import Norms
from tests.oracle.told import Rows

MOMENTS = (
    *(ex.After, ex.Before, ex.Expiry, ex.MonthFirst, ex.Later, ex.Earlier, ex.Nth, ex.Beginning, ex.End, ex.Held, ex.Instant),
    *(ex.AfterPaused, ex.Midnight, ex.ItsBeginning, ex.ItsTrigger, ex.Latest, ex.Finds),
)
NAMED = (ag.Event, ag.Moment, ag.Power)


def moments_in(oracle: Norms) -> Iterator[Instant]:
    """Yield both ends of every moment, and the ends of their days, which windows and deadlines ask for."""
    for name, declared in oracle.all.declarations.items():
        params = ag.params_of(declared)
        for args in product(*(oracle.candidates(param.group) for param in params)):
            env = oracle.env_of(Term(name, args))
            for row in _inside(declared, env, oracle):
                for time in row:
                    yield from (time, day_of(time, oracle.zone), day_after(time, oracle.zone))
            if isinstance(declared, ag.Duty):
                yield from _deadlines(oracle, declared, env)


def _deadlines(oracle: Norms, declared: ag.Duty, env: Mapping[str, str]) -> Iterator[Instant]:
    for row in oracle.changes(declared.whens, env):
        for duration in oracle.standing(declared.withins):
            for time in oracle.stretch(duration, row, oracle.standing(declared.pauseds), env):
                yield from (time, day_after(time, oracle.zone))


def _inside(item: object, env: Mapping[str, str], oracle: Norms) -> Iterator[tuple[Instant, Instant]]:
    for one in oracle.choices(item, env)[0] if isinstance(item, ag.Change | ag.Becomes) else [env]:
        yield from _within(item, one, oracle)


def _within(item: object, env: Mapping[str, str], oracle: Norms) -> Iterator[tuple[Instant, Instant]]:
    named = isinstance(item, ex.Ref) and isinstance(oracle.all.declarations.get(item.name), NAMED)
    if isinstance(item, MOMENTS) or (isinstance(item, ex.Ref) and named):
        yield from _rows(item, env, oracle)
    if isinstance(item, ex.Rate):
        for row in oracle.occurrences(item.item, env):
            yield (
                moved(ex.After(item.duration, item.item), row[0], oracle.zone),
                moved(ex.After(item.duration, item.item), row[1], oracle.zone),
            )
    if isinstance(item, ex.Binding):
        for name in oracle.candidates(item.group):
            yield from _inside(item.condition, {**env, item.variable: name}, oracle)
    elif isinstance(item, tuple):
        for part in item:
            yield from _inside(part, env, oracle)
    elif is_dataclass(item) and not isinstance(item, ag.Meta | ag.Acceptance):
        for field in fields(item):
            yield from _inside(getattr(item, field.name), env, oracle)


def _rows(item: ex.Expression, env: Mapping[str, str], oracle: Norms) -> Rows:
    return [(lo, hi) for lo, hi in oracle.moments(item, env) if min(lo, hi) < NEVER]
