"""Whether conditions can all be so at once, whatever comes about: a search over their parts, with every rule without a clock written out.

What a condition implies is written out: a state without a `from` is its conditions, one with a `from` has begun by one of them, what has
come has happened. Everything else is free. So conditions that clash here clash always; those that do not may clash all the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from aval.answers.explore.acts import Env, deeds_of
from aval.model import expression as ex
from aval.model.agreement import Agreements, Change, Clause, Duty, Event, Group, Moment, Power, State, params_of
from aval.model.four import Value
from aval.model.frozen import frozen

Key = tuple[object, ...]
MOST = 4000
"""branches that are looked at; beyond, nothing is said to clash"""


@frozen()
class _Part:
    """A condition with its variables filled, and whether it is to hold."""

    node: ex.Expression
    env: tuple[tuple[str, str], ...]
    yes: bool


@dataclass(slots=True)
class _Told:
    """What is taken to be so on one branch."""

    facts: dict[Key, bool] = field(default_factory=dict)
    values: dict[Key, frozenset[str]] = field(default_factory=dict)
    numbers: dict[Key, tuple[Decimal, bool, Decimal, bool]] = field(default_factory=dict)

    def copy(self) -> _Told:
        return _Told(dict(self.facts), dict(self.values), dict(self.numbers))


class _TooMany(Exception):
    pass


@dataclass(slots=True)
class Clash:
    """The search. `readings` are chosen; clauses of other readings of the same questions are left out."""

    agreements: Agreements
    readings: Mapping[str, str] = field(default_factory=dict)
    _left: int = MOST

    def together(self, conditions: Iterable[ex.Expression], env: Env) -> bool:
        """Whether nothing shows that these conditions cannot all hold at once."""
        self._left = MOST
        try:
            return self._go([_Part(one, tuple(env.items()), yes=True) for one in conditions], _Told())
        except _TooMany:
            return True

    def _go(self, parts: list[_Part], told: _Told) -> bool:
        self._left -= 1
        if self._left < 0:
            raise _TooMany
        parts = list(parts)
        while parts:
            part = parts.pop()
            options = self._options(part, told)
            if options is None or not options:
                return False
            if len(options) == 1:
                parts += options[0]
            else:
                return any(self._go([*parts, *option], told.copy()) for option in options)
        return True

    def _options(self, part: _Part, told: _Told) -> list[list[_Part]] | None:
        """Give the ways in which a part can be so, each as further parts; `None` or none at all where it cannot."""
        node, yes = part.node, part.yes
        match node:
            case ex.Not():
                return [[replace(part, node=node.item, yes=not yes)]]
            case ex.And() | ex.Or():
                below = [replace(part, node=item) for item in node.items]
                return [below] if isinstance(node, ex.And) is yes else [[one] for one in below]
            case ex.IsOneOf():
                env = dict(part.env)
                same = env.get(node.item.text, node.item.text) in [env.get(one.text, one.text) for one in node.options]
                return [[]] if same is yes else None
            case ex.MemberOf():
                return self._member(node, part)
            case ex.Happened():
                return self._happened(node, part, told)
            case ex.HappenedIn() if yes:
                return [[replace(part, node=ex.Happened(node.item))]]
            case ex.Ref():
                return self._ref(node, part, told)
            case ex.Stands():
                return self._stands(node, part, told)
            case ex.Compare():
                return [[]] if _compared(node, part, told) else None
            case _:
                return [[]]

    def _member(self, node: ex.MemberOf, part: _Part) -> list[list[_Part]] | None:
        group = self.agreements.get(node.group, Group)
        name = dict(part.env).get(node.item.text, node.item.text)
        if group is None or group.others or group.table:
            return [[]]
        return [[]] if (name in group.members) is part.yes else None

    def _args(self, ref: ex.Ref, part: _Part) -> tuple[str, ...]:
        env = dict(part.env)
        return tuple("" if isinstance(arg, ex.Any | ex.Some) else env.get(arg.text, arg.text) for arg in ref.args)

    def _fact(self, key: Key, *, yes: bool, told: _Told) -> bool:
        """Take a fact to be so; say whether that goes together with the others."""
        if "" in key[2:] and yes:
            return not any(other[:2] == key[:2] and other[2:] == key[2:] and not value for other, value in told.facts.items())
        for other, value in told.facts.items():
            if value is not yes and other[:2] == key[:2] and len(other) == len(key):
                wide, narrow = (key, other) if not yes else (other, key)
                if all(w in ("", n) for w, n in zip(wide[2:], narrow[2:], strict=True)):
                    return False
        told.facts[key] = yes
        return True

    def _happened(self, node: ex.Happened, part: _Part, told: _Told) -> list[list[_Part]] | None:
        if not isinstance(node.item, ex.Ref):
            return [self._come(node.item, part)] if part.yes else [[]]
        declared = self.agreements.declarations.get(node.item.name)
        args = self._args(node.item, part)
        if not self._fact(("come", node.item.name, *args), yes=part.yes, told=told):
            return None
        if part.yes and isinstance(declared, Moment) and "" not in args:
            env = tuple(zip((param.name for param in declared.params), args, strict=True))
            means = [clause.item for clause in declared.means if self._on(clause)]
            return [self._come(one, replace(part, env=env)) for one in means] if means and not declared.becomes else [[]]
        if part.yes and isinstance(declared, Power) and "" not in args:
            env = tuple(zip((param.name for param in declared.params), args, strict=True))
            return [self._come(declared.deed, replace(part, env=env))]
        return [[]]

    def _come(self, node: ex.Expression, part: _Part) -> list[_Part]:
        """Give what has happened once a moment has come."""
        match node:
            case ex.Ref():
                return [replace(part, node=ex.Happened(node), yes=True)]
            case ex.After() | ex.AfterPaused() | ex.Expiry() | ex.MonthFirst() | ex.Midnight() | ex.Latest() | ex.Nth():
                return self._come(node.item, part)
            case ex.Later():
                return [found for item in node.items for found in self._come(item, part)]
            case _:
                return []

    def _on(self, clause: Clause[ex.Expression] | Clause[Change]) -> bool:
        return not clause.question or self.readings.get(clause.question) == clause.reading

    def _begun(self, changes: Sequence[Clause[Change]], part: _Part) -> list[list[_Part]]:
        here = [clause.item.moment for clause in changes if self._on(clause)]
        return [self._come(one, part) for one in here] if here else []

    def _ref(self, node: ex.Ref, part: _Part, told: _Told) -> list[list[_Part]] | None:
        declared, args = self.agreements.declarations.get(node.name), self._args(node, part)
        if isinstance(declared, Event | Moment | Power):
            return [[replace(part, node=ex.Happened(node))]]
        key = ("holds", node.name, *args)
        known = told.facts.get(key)
        if not self._fact(key, yes=part.yes, told=told):
            return None
        if known is not None or not isinstance(declared, State) or declared.reported or declared.values or "" in args:
            return [[]]
        inner = replace(part, env=tuple(zip((param.name for param in params_of(declared)), args, strict=True)))
        whiles = [replace(inner, node=clause.item, yes=part.yes) for clause in declared.whiles if self._on(clause)]
        if not part.yes:
            changing = declared.froms or declared.untils or declared.becomes or declared.provisional_for
            return [[]] if changing or not whiles else [[one] for one in whiles]
        if declared.initial is Value.YES or not declared.froms:
            return [whiles]
        return [[*whiles, *one] for one in self._begun(declared.froms, replace(inner, yes=True))]

    def _stands(self, node: ex.Stands, part: _Part, told: _Told) -> list[list[_Part]] | None:
        declared, args = self.agreements.declarations.get(node.item.name), self._args(node.item, part)
        if isinstance(declared, State):
            wanted = frozenset(node.words) if part.yes else frozenset(declared.values) - frozenset(node.words)
            key = ("value", node.item.name, *args)
            told.values[key] = told.values.get(key, frozenset(declared.values)) & wanted
            return [[]] if told.values[key] else None
        if len(node.words) > 1:
            each = [replace(part, node=ex.Stands(node.item, (word,))) for word in node.words]
            return [[one] for one in each] if part.yes else [each]
        if not self._fact((node.words[0], node.item.name, *args), yes=part.yes, told=told):
            return None
        if not part.yes or "" in args or not isinstance(declared, Duty | Power):
            return [[]]
        inner = replace(part, env=tuple(zip((param.name for param in params_of(declared)), args, strict=True)), yes=True)
        whiles = [replace(inner, node=clause.item) for clause in declared.whiles if self._on(clause)]
        match declared, node.words[0]:
            case Power(), "available":
                return [whiles]
            case Duty(), "owed" | "overdue" | "suspended":
                return [[*whiles, *one] for one in self._begun(declared.whens, inner)] if declared.whens else [whiles]
            case _, "discharged" | "exercised" | "void":
                return [self._come(deed, inner) for deed in deeds_of(declared)]
            case _:
                return [[]]


def _compared(node: ex.Compare, part: _Part, told: _Told) -> bool:
    """Take a comparison with a number to be so; say whether some number is left."""
    if not isinstance(node.left, ex.Ref) or not isinstance(node.right, ex.Number):
        return True
    env = dict(part.env)
    key = (node.left.name, *(env.get(arg.text, arg.text) if isinstance(arg, ex.Name) else "" for arg in node.left.args))
    low, low_in, high, high_in = told.numbers.get(key, (Decimal("-Infinity"), False, Decimal("Infinity"), False))
    value, bound = node.right.value, node.bound
    upward = bound in (ex.Bound.AT_LEAST, ex.Bound.MORE_THAN)
    inside = bound in (ex.Bound.AT_LEAST, ex.Bound.AT_MOST)
    upward, inside = (upward, inside) if part.yes else (not upward, not inside)
    if upward and (value > low or (value == low and not inside)):
        low, low_in = value, inside
    if not upward and (value < high or (value == high and not inside)):
        high, high_in = value, inside
    told.numbers[key] = (low, low_in, high, high_in)
    return low < high or (low == high and low_in and high_in)
