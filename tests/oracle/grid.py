"""The instants at which anything can change: every moment that stands anywhere in a declaration, for each of its instances."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Protocol

from aval.model import agreement as ag
from aval.model import expression as ex
from aval.model.instant import Instant
from aval.model.term import Term
from tests.oracle.told import Rows

MOMENTS = (ex.After, ex.Before, ex.Expiry, ex.MonthFirst, ex.Later, ex.Earlier, ex.Nth, ex.Beginning, ex.End, ex.Held, ex.Instant)


class Asked(Protocol):
    """What is needed of the oracle."""

    all: ag.Agreements

    def terms(self, node: ex.Ref, env: Mapping[str, str]) -> list[Term]:
        """Give the terms that a reference stands for."""

    def candidates(self, group: str) -> list[str]:
        """Give who may be in a group."""

    def moments(self, node: ex.Expression, env: Mapping[str, str]) -> Rows:
        """Give the occurrences of a moment."""


def moments_in(oracle: Asked) -> Iterator[Instant]:
    """Yield both ends of every moment."""
    for name, declared in oracle.all.declarations.items():
        params = ag.params_of(declared)
        for term in oracle.terms(ex.Ref(name, tuple(ex.Any() for _ in params)), {}):
            env = dict(zip((param.name for param in params), term.args, strict=True))
            yield from (time for row in _inside(declared, env, oracle) for time in row)


def _inside(item: object, env: Mapping[str, str], oracle: Asked) -> Iterator[tuple[Instant, Instant]]:
    named = isinstance(item, ex.Ref) and isinstance(oracle.all.declarations[item.name], ag.Event | ag.Moment)
    if isinstance(item, MOMENTS) or (isinstance(item, ex.Ref) and named):
        yield from oracle.moments(item, env)
    if isinstance(item, ex.Binding):
        for name in oracle.candidates(item.group):
            yield from _inside(item.condition, {**env, item.variable: name}, oracle)
    elif isinstance(item, tuple):
        for part in item:
            yield from _inside(part, env, oracle)
    elif is_dataclass(item) and not isinstance(item, ag.Meta):
        for field in fields(item):
            yield from _inside(getattr(item, field.name), env, oracle)
