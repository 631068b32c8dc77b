"""The walk through declarations that finds every use of a name, and everything else that the checks ask about."""

from __future__ import annotations

from collections.abc import Mapping

from aval.language import roles, syntax
from aval.language.nodes.expressions import OFFER
from aval.language.roles import Role
from aval.language.scope import Scope
from aval.language.sorts import NEEDS_CONDITION, misplaced, sort_of
from aval.language.syntax import Clause, Declaration
from aval.language.uses import Bound, Offered, Shape, SomeArg, Use, Uses, group_of_argument, is_norm
from aval.model import expression as ex
from aval.model.problem import Span

Moment = (
    ex.Beginning
    | ex.End
    | ex.Held
    | ex.Later
    | ex.Earlier
    | ex.After
    | ex.Before
    | ex.Expiry
    | ex.MonthFirst
    | ex.Midnight
    | ex.AfterPaused
    | ex.Nth
    | ex.Latest
    | ex.Instant
    | ex.ItsBeginning
    | ex.ItsTrigger
)
"""The expressions that are moments by their own words."""

_NAME_ROLES = {
    "seats": roles.SEAT,
    "parties": roles.SEAT,
    "depositary": roles.DEPOSITARY,
    "breach found by": roles.BODY,
    "complete for": roles.PARTY_ONLY,
}
_AT_MOMENTS = ("from", "until", "when", "means", "no later than", "becomes", "waived when", "complete until")
_CONDITION_ROLES = dict.fromkeys(_AT_MOMENTS, roles.MOMENT) | {"amounting to": roles.NUMBER}
_REF_ROLES = {
    "may find": roles.FINDING,
    "breach proposed by": roles.OCCURRENCE,
    "replaces": roles.REPLACED,
    "provisional for": roles.STATE,
}
_ANSWER_ROLES = {"date": roles.MOMENT, "range": roles.MOMENT, "never": roles.MOMENT}


def uses_of(declarations: list[Declaration], named: Mapping[str, Declaration]) -> Uses:
    """Walk declarations; `named` gives what each name is declared as."""
    found = Uses()
    for declaration in declarations:
        _Walk(found, declaration, named).run()
    return found


TEST = "test"
"""The kind of a test, which is walked like a declaration."""


class _Walk:
    """A walk through one declaration."""

    def __init__(self, found: Uses, declaration: Declaration, named: Mapping[str, Declaration]) -> None:
        self.found, self.declaration, self.named = found, declaration, named
        self.narrow = False
        self.clause: Clause | None = None
        self.variables = Scope()

    def run(self) -> None:
        for param in self.declaration.params:
            self.name(param.group, roles.GROUP)
            self.bind(param.name.text, param.name.span, param.group.text)
        if self.declaration.extra is not None:
            self.walk_extra(self.declaration.extra)
        outer = self.variables
        for clause in self.declaration.clauses:
            self.clause, self.variables = clause, outer.inner()
            for party in clause.parties:
                self.name(party, roles.PARTY_ONLY)
            self.walk_clause(clause)

    def name(self, name: ex.Name, role: Role) -> None:
        self.use(name.text, name.span, role)

    def use(self, name: str, span: Span, role: Role, ref: ex.Ref | None = None) -> None:
        self.found.names.append(Use(name, span, role, self.declaration, self.clause, self.variables, ref))

    def bind(self, name: str, span: Span, group: str) -> None:
        self.found.bound.append(Bound(name, span, self.declaration, self.clause, name in self.variables))
        self.variables = self.variables.with_one(name, group)

    def walk_extra(self, extra: syntax.Extra) -> None:
        match extra:
            case syntax.Members():
                for name in extra.names:
                    self.name(name, roles.MEMBER)
                if extra.among:
                    self.name(extra.among, roles.GROUP)
            case syntax.MustNot():
                self.name(extra.bearer, roles.ACTOR)
                for deed in extra.deeds:
                    self.ref(deed, roles.DEED)
            case syntax.Owes():
                self.name(extra.bearer, roles.ACTOR)
                self.name(extra.counterparty, roles.ACTOR)
                for deed in extra.deeds:
                    self.ref(deed, roles.DEED)
                if extra.chooser:
                    self.name(extra.chooser, roles.ACTOR)
            case syntax.May():
                self.name(extra.bearer, roles.ACTOR)
                self.ref(extra.deed, roles.POWER_DEED)
            case syntax.Offer() | syntax.StepOf() | syntax.Values():
                pass  # the first is checked by itself, the second stands for no words of its own, values are words

    def walk_clause(self, clause: Clause) -> None:
        match clause:
            case syntax.Condition():
                self.condition(clause)
            case syntax.ScenarioLine():
                self.line(clause)
            case syntax.Decides() if clause.veto is not None:
                self.name(clause.veto, roles.SEAT)
            case syntax.Accepted():
                self.ways(clause)
            case syntax.Refs():
                for ref in clause.refs:
                    self.ref(ref, _REF_ROLES[clause.kind])
            case syntax.ReadingOf():
                for name in clause.held_by:
                    self.name(name, roles.HOLDER)
            case syntax.Step():
                for name, _ in clause.applies:
                    self.name(name, roles.PARTY_ONLY)
            case syntax.Names():
                self.names(clause)
            case _:
                pass

    def condition(self, clause: syntax.Condition) -> None:
        if isinstance(clause, syntax.Becoming) and self.declaration.kind == "moment":
            self.expression(clause.to, roles.MOMENT)
        self.expression(clause.expression, _CONDITION_ROLES.get(clause.kind, roles.CONDITION))
        if clause.guard is not None:
            self.expression(clause.guard, roles.CONDITION)

    def line(self, clause: syntax.ScenarioLine) -> None:
        if isinstance(clause, syntax.Claim):
            for one in clause.conditions:
                self.expression(one, roles.CONDITION)
        elif isinstance(clause, syntax.Expect):
            self.expected(clause)
        elif isinstance(clause, syntax.Given):
            if clause.body is not None:
                self.name(clause.body, roles.BODY)
            if clause.told_by is not None and clause.told_by is not clause.body:
                self.name(clause.told_by, roles.HOLDER)
            if clause.ref.name == OFFER:
                self.found.offers.append(Offered(clause.ref, self.declaration, clause, self.variables))
            else:
                self.ref(clause.ref, roles.NUMBER if clause.measured else roles.GIVEN)

    def expected(self, clause: syntax.Expect) -> None:
        if isinstance(clause.subject, ex.Ref) and clause.subject.name == OFFER:
            self.found.offers.append(Offered(clause.subject, self.declaration, clause, self.variables))
        elif isinstance(clause.subject, ex.Ref) and clause.answer not in _ANSWER_ROLES:
            self.ref(clause.subject, roles.SUBJECT)
        else:
            self.expression(clause.subject, _ANSWER_ROLES.get(clause.answer, roles.SUBJECT))

    def names(self, clause: syntax.Names) -> None:
        role = roles.AREA if clause.kind == "in" and self.declaration.kind != "quantity" else _NAME_ROLES.get(clause.kind)
        if role is not None:
            for name in clause.names:
                self.name(name, role)

    def ways(self, clause: syntax.Accepted) -> None:
        for way in clause.ways:
            if isinstance(way, syntax.Voices):
                self.name(way.who, roles.VOICE)
            elif isinstance(way, syntax.FindingOf):
                self.name(way.body, roles.BODY)

    def ref(self, ref: ex.Ref, role: Role) -> None:
        self.use(ref.name, ref.span, role, ref)
        self.arguments(ref)

    def arguments(self, ref: ex.Ref) -> None:
        for position, arg in enumerate(ref.args):
            if isinstance(arg, ex.Some | syntax.NamedSome):
                narrow = self.narrow or self.clause is None or self.declaration.kind == TEST
                self.found.somes.append(SomeArg(arg, self.declaration, self.clause, narrow))
                self.bind(arg.text, arg.span, group_of_argument(self.named, ref, position))
            elif isinstance(arg, ex.Name) and not (isinstance(arg, syntax.Named) and arg.anything):
                found = Use(arg.text, arg.span, roles.ARGUMENT, self.declaration, self.clause, self.variables, None, ref, position)
                self.found.names.append(found)

    def option(self, name: ex.Name, group: str) -> None:
        found = Use(name.text, name.span, roles.ARGUMENT, self.declaration, self.clause, self.variables, None, None, 0, group)
        self.found.names.append(found)

    def expression(self, node: ex.Expression, role: Role) -> None:
        """Walk an expression. It nests no deeper than `lalr.DEPTH`, so recursion is safe."""
        if misplaced(node, role.sort):
            self.found.shapes.append(Shape(node.span, role, self.declaration, self.clause, sort_of(node) or NEEDS_CONDITION))
        match node:
            case ex.Ref():
                self.ref(node, role)
            case ex.Finds():
                self.use(node.body, node.span, roles.BODY)
                self.ref(node.what, roles.FINDING)
            case ex.And() | ex.Or() | ex.Not():
                self.connective(node)
            case ex.Count() | ex.Share() | ex.Weight() | ex.Total():
                self.many(node)
            case ex.IsOneOf() | ex.MemberOf() | ex.RungIs() | ex.NotSaid() | ex.Stands():
                self.question(node)
            case ex.Happened() | ex.HappenedIn():
                self.expression(node.item, roles.PAST)
                for limit in node.limits if isinstance(node, ex.HappenedIn) else ():
                    self.expression(limit, roles.MOMENT)
            case ex.Number() | ex.PercentOf() | ex.Compare() | ex.Order() | ex.Rate():
                self.measure(node)
            case _:
                self.moment(node)

    def connective(self, node: ex.And | ex.Or | ex.Not) -> None:
        match node:
            case ex.And():
                for item in node.items:
                    self.expression(item, roles.CONDITION)
            case ex.Or():
                for item in node.items:
                    self.narrowly(item, roles.CONDITION)
            case ex.Not():
                self.narrowly(node.item, roles.CONDITION)

    def moment(self, node: Moment) -> None:
        match node:
            case ex.Beginning() | ex.End() | ex.Held():
                self.expression(node.item, roles.CONDITION)
            case ex.Later() | ex.Earlier():
                for item in node.items:
                    self.expression(item, roles.MOMENT)
            case ex.After() | ex.Before() | ex.Expiry() | ex.MonthFirst() | ex.Midnight():
                self.expression(node.item, roles.MOMENT)
            case ex.AfterPaused():
                self.narrowly(node.pause, roles.CONDITION)
                self.expression(node.item, roles.MOMENT)
            case ex.Nth() | ex.Latest():
                self.ref(node.item, roles.OCCURRENCE)
            case ex.Instant():
                self.found.dates.append((node, self.declaration, self.clause))
            case ex.ItsBeginning() | ex.ItsTrigger():
                self.found.its.append((node, self.declaration, self.clause))

    def narrowly(self, node: ex.Expression, role: Role) -> None:
        """Walk a part in which an argument `some c` could be read in two ways."""
        outer, self.narrow = self.narrow, True
        self.expression(node, role)
        self.narrow = outer

    def many(self, node: ex.Count | ex.Share | ex.Weight | ex.Total) -> None:
        binding = node.binding
        self.use(binding.group, binding.span, roles.GROUP)
        outer, self.variables = self.variables, self.variables.inner()
        self.bind(binding.variable, binding.span, binding.group)
        if isinstance(node, ex.Weight):
            self.use(node.quantity, node.span, roles.NUMBER)
        if isinstance(node, ex.Total):
            self.ref(node.item, roles.NUMBER)
        if binding.condition is not None:
            self.narrowly(binding.condition, roles.CONDITION)
        if binding.fixed_on:
            self.found.dates.append((ex.Instant(binding.fixed_on, span=binding.span), self.declaration, self.clause))
        self.found.many.append((node, self.declaration, self.clause))
        self.variables = outer

    def measure(self, node: ex.Number | ex.PercentOf | ex.Compare | ex.Order | ex.Rate) -> None:
        match node:
            case ex.Number():
                pass
            case ex.PercentOf():
                self.expression(node.item, roles.NUMBER)
            case ex.Compare() | ex.Order():
                inner = roles.NUMBER if isinstance(node, ex.Compare) else roles.MOMENT
                self.expression(node.left, inner)
                self.expression(node.right, inner)
                self.found.pairs.append((node, self.declaration, self.clause))
            case ex.Rate() if isinstance(node.item, ex.Ref | ex.Finds):
                self.narrowly(node.item, roles.PAST)
            case ex.Rate():
                self.found.shapes.append(Shape(node.item.span, roles.PAST, self.declaration, self.clause, sort_of(node.item)))

    def question(self, node: ex.IsOneOf | ex.MemberOf | ex.RungIs | ex.NotSaid | ex.Stands) -> None:
        match node:
            case ex.IsOneOf() if is_norm(node.item.text, self.named):
                self.ref(ex.Ref(node.item.text, span=node.item.span), roles.NORM)
                self.found.stands.append((node, self.declaration, self.clause))
            case ex.Stands():
                self.ref(node.item, roles.NORM)
                self.found.stands.append((node, self.declaration, self.clause))
            case ex.IsOneOf():
                self.name(node.item, roles.VARIABLE)
                for option in node.options:
                    self.option(option, self.variables.get(node.item.text, ""))
            case ex.MemberOf():
                self.name(node.item, roles.ARGUMENT)
                self.use(node.group, node.span, roles.GROUP)
            case ex.RungIs():
                self.found.offers.append(Offered(node.item, self.declaration, self.clause, self.variables))
            case ex.NotSaid():
                pass  # the gap is a word of its own
