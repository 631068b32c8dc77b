"""What some acts could bring about if times did not matter: a monotone relaxation over *told yes* and *told no* (semantics 2.9).

It never says no to what is possible. So what it rules out with every act allowed can never be, and what it rules out with some acts need
not be run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from aval.answers.explore.acts import Act, Env, deeds_of, few, members
from aval.model import expression as ex
from aval.model.agreement import (
    Agreements,
    Ban,
    Becomes,
    Change,
    Clause,
    Declaration,
    Duty,
    Event,
    Group,
    Moment,
    Power,
    Process,
    State,
    params_of,
)
from aval.model.four import Value
from aval.model.statement import Statement
from aval.model.term import Term

Literal = tuple[str, str, tuple[str, ...]]
"""A sign (`+` told yes, `-` told no, `!` comes, or a word for a norm), a declared name and its arguments."""


@dataclass(slots=True, kw_only=True)
class Relaxed:
    """What is possible with some acts, on the chosen readings; `acts` as `None` allows everything that counts at all.

    `dead` are the events that no voice which is named can tell. `strict` asks for the conditions of every reading of a question that is
    left open, so that what is possible is so on all of them; else it need not be so on more than one.
    """

    agreements: Agreements
    acts: frozenset[tuple[Term, bool, str]] | None
    readings: Mapping[str, str] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    dead: frozenset[str] = frozenset()
    strict: bool = False
    _known: set[Literal] = field(default_factory=set)
    _asked: dict[Literal, None] = field(default_factory=dict)

    @classmethod
    def with_acts(
        cls,
        agreements: Agreements,
        acts: Iterable[Act],
        readings: Mapping[str, str],
        named: tuple[str, ...],
        told: Iterable[Statement] = (),
    ) -> Relaxed:
        """Give what is possible with these acts, what was told before, and nothing else."""
        known = {(one.term, one.polarity, by) for one in told for by in ("", one.voice.speaks_for)}
        made = known | {(act.term, act.polarity, act.body) for act in acts}
        return cls(agreements=agreements, acts=frozenset(made), readings=readings, named=named)

    def possible(self, node: ex.Expression, env: Env, *, yes: bool = True) -> bool:
        """Whether a condition could be told yes (or no), or a moment come."""
        rule = self._yes if yes else self._no
        while True:
            before = len(self._asked), len(self._known)
            if rule(node, env):
                return True
            self._known.update([one for one in [*self._asked] if one not in self._known and self._holds(one)])
            if before == (len(self._asked), len(self._known)):
                return False

    def _ask(self, sign: str, name: str, args: tuple[str, ...]) -> bool:
        literal = (sign, name, args)
        self._asked.setdefault(literal)
        return literal in self._known

    def _holds(self, literal: Literal) -> bool:
        sign, name, args = literal
        declared = self.agreements.declarations.get(name)
        if declared is None:
            return True
        env = dict(zip((param.name for param in params_of(declared)), args, strict=False))
        if sign == "!":
            return self._comes(declared, args, env)
        if sign == "-":
            return self._ends(declared, args, env)
        if sign == "+":
            return self._begins(declared, args, env)
        return self._word(declared, sign, args, env)

    # declarations

    def _act(self, name: str, args: tuple[str, ...], *, polarity: bool = True, body: str | None = None) -> bool:
        if self.acts is None:
            return name not in self.dead
        found = [(term, by) for term, sign, by in self.acts if sign is polarity and term.name == name and _fits(term.args, args)]
        return any(body is None or by == body for _, by in found)

    def _comes(self, declared: Declaration, args: tuple[str, ...], env: Env) -> bool:
        match declared:
            case Event():
                return self._act(declared.meta.name, args)
            case Moment():
                clauses = [clause for clause in declared.means if self._on(clause)]
                return any(self._yes(clause.item, env) for clause in clauses) or any(self._on(clause) for clause in declared.becomes)
            case Power():
                return self._comes_ref(declared.deed, env) and self._ask("+", declared.meta.name, args)
            case _:
                return True

    def _comes_ref(self, ref: ex.Ref, env: Env) -> bool:
        return self._ask("!", ref.name, self._args(ref, env))

    def _begins(self, declared: Declaration, args: tuple[str, ...], env: Env) -> bool:
        match declared:
            case State() if declared.reported:
                return declared.initial is Value.YES or self._act(declared.meta.name, args)
            case State():
                if not self._all_of(declared.whiles, env):
                    return False
                started = declared.initial is Value.YES or not (declared.froms or declared.untils) or not declared.froms
                return started or self._any(declared.froms, env)
            case Duty():
                held = self._all_of(declared.whiles, env)
                return held and (not declared.whens or self._any(declared.whens, env))
            case Ban():
                held = self._all_of(declared.whiles, env)
                return held and (not declared.froms or self._any(declared.froms, env))
            case Power():
                return self._all_of(declared.whiles, env)
            case Process():
                asked = [step for step in declared.steps if not step.applies_to or args[0] in dict(step.applies_to)]
                return bool(asked) and all(self._ask("!", step.event, args) for step in asked) and args[0] in declared.complete_for
            case _:
                return True

    def _ends(self, declared: Declaration, args: tuple[str, ...], env: Env) -> bool:
        match declared:
            case State() if declared.reported:
                return declared.initial is Value.NO or self._act(declared.meta.name, args, polarity=False)
            case State() if declared.froms or declared.untils or declared.becomes:
                return True
            case State() | Power() if declared.whiles:
                return any(self._no(clause.item, env) for clause in declared.whiles if self._on(clause))
            case Event():
                may_lack = declared.constitutive or bool(declared.complete_until)
                return may_lack or self._act(declared.meta.name, args, polarity=False) or self._act(declared.meta.name, args)
            case _:
                return True

    def _word(self, declared: Declaration, word: str, args: tuple[str, ...], env: Env) -> bool:
        name = declared.meta.name
        match declared, word:
            case Duty() | Ban(), "breached" | "found":
                return bool(declared.found_by) and (self.acts is None or self._act(name, args, body=declared.found_by))
            case Duty(), "discharged":
                return self._ask("+", name, args) and any(self._comes_ref(deed, env) for deed in deeds_of(declared))
            case Duty(), "overdue":
                return self._ask("+", name, args) and bool(declared.withins or declared.no_laters)
            case Duty(), "owed":
                return self._ask("+", name, args)
            case Duty(), "suspended":
                return self._ask("+", name, args) and any(self._yes(clause.item, env) for clause in declared.suspendeds)
            case Duty(), "waived":
                return self._any(declared.waivers, env)
            case Power(), "available":
                return self._ask("+", name, args)
            case Power(), "exercised":
                return self._ask("!", name, args)
            case Power(), "void":
                return self._comes_ref(declared.deed, env)
            case _:
                return True

    def _on(self, clause: Clause[ex.Expression] | Clause[Change] | Clause[Becomes]) -> bool:
        chosen = self.readings.get(clause.question)
        return not clause.question or chosen is None or chosen == clause.reading

    def _any(self, clauses: tuple[Clause[Change], ...], env: Env) -> bool:
        here = [clause.item for clause in clauses if self._on(clause)]
        return any(self._yes(one.moment, env) and (one.guard is None or self._yes(one.guard, env)) for one in here)

    def _all_of(self, clauses: tuple[Clause[ex.Expression], ...], env: Env) -> bool:
        asked = (clause for clause in clauses if self._on(clause) and (self.strict or clause.question in ("", *self.readings)))
        return all(self._yes(clause.item, env) for clause in asked)

    # expressions

    def _args(self, ref: ex.Ref, env: Env) -> tuple[str, ...]:
        return tuple("" if isinstance(arg, ex.Any | ex.Some) else env.get(arg.text, arg.text) for arg in ref.args)

    def _yes(self, node: ex.Expression, env: Env) -> bool:
        match node:
            case ex.Ref():
                return self._ref(node, env, "+")
            case ex.Happened() | ex.HappenedIn() | ex.Held() | ex.Beginning() | ex.Latest() | ex.Nth():
                return self._yes(node.item, env)
            case ex.After() | ex.AfterPaused() | ex.Expiry() | ex.MonthFirst() | ex.Midnight():
                return self._yes(node.item, env)
            case ex.Not():
                return self._no(node.item, env)
            case ex.And() | ex.Later():
                return all(self._yes(item, env) for item in node.items)
            case ex.Or() | ex.Earlier():
                return any(self._yes(item, env) for item in node.items)
            case ex.IsOneOf():
                return _is_one(node, env)
            case ex.Stands():
                return self._stands(node, env)
            case ex.Finds():
                return self.acts is None or self._act(node.what.name, self._args(node.what, env), body=node.body)
            case ex.Count():
                return self._count(node, env)
            case _:
                return True

    def _no(self, node: ex.Expression, env: Env) -> bool:
        match node:
            case ex.Ref():
                return self._ref(node, env, "-")
            case ex.Happened():
                return self._lacks(node, env)
            case ex.Not():
                return self._yes(node.item, env)
            case ex.And():
                return any(self._no(item, env) for item in node.items)
            case ex.Or():
                return all(self._no(item, env) for item in node.items)
            case ex.IsOneOf():
                return not _is_one(node, env)
            case _:
                return True

    def _stands(self, node: ex.Stands, env: Env) -> bool:
        if isinstance(self.agreements.declarations.get(node.item.name), State):
            return True
        return any(self._ask(word, node.item.name, self._args(node.item, env)) for word in node.words)

    def _ref(self, node: ex.Ref, env: Env, sign: str) -> bool:
        declared = self.agreements.declarations.get(node.name)
        comes = isinstance(declared, Event | Moment | Power)
        args = self._args(node, env)
        if "" in args and declared is not None:
            return any(self._ask("!" if comes else sign, node.name, full) for full in self._filled(declared, args))
        return self._ask("!" if comes else sign, node.name, args)

    def _lacks(self, node: ex.Happened, env: Env) -> bool:
        event = self.agreements.get(node.item.name, Event) if isinstance(node.item, ex.Ref) else None
        if event is None or self.acts is None or event.constitutive or event.complete_until:
            return True
        args = self._args(node.item, env) if isinstance(node.item, ex.Ref) else ()
        return self._act(event.meta.name, args) or self._act(event.meta.name, args, polarity=False)

    def _filled(self, declared: Declaration, args: tuple[str, ...]) -> list[tuple[str, ...]]:
        full: list[tuple[str, ...]] = [()]
        for arg, param in zip(args, params_of(declared), strict=False):
            full = [(*one, name) for one in full for name in ((arg,) if arg else few(param.group, self.agreements, self.named))]
        return full

    def _of_many(self, binding: ex.Binding, env: Env, wanted: Callable[[ex.Expression, Env], bool]) -> int:
        if binding.condition is None:
            return len(members(binding.group, self.agreements))
        return sum(wanted(binding.condition, {**env, binding.variable: one}) for one in members(binding.group, self.agreements))

    def _count(self, node: ex.Count, env: Env) -> bool:
        group = self.agreements.get(node.binding.group, Group)
        if self.acts is None and (group is None or group.others or group.table):
            return True
        match node.quantifier:
            case ex.Quantifier.AT_LEAST:
                return self._of_many(node.binding, env, self._yes) >= node.number
            case ex.Quantifier.EVERY:
                return self._of_many(node.binding, env, self._yes) >= len(members(node.binding.group, self.agreements))
            case _:
                return self._of_many(node.binding, env, self._no) >= len(members(node.binding.group, self.agreements))


def _fits(have: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(have) == len(wanted) and all(want in ("", one) for one, want in zip(have, wanted, strict=True))


def _is_one(node: ex.IsOneOf, env: Env) -> bool:
    return env.get(node.item.text, node.item.text) in [env.get(option.text, option.text) for option in node.options]
