"""Every place where a declaration names something, with what should stand there: one walk, for all checks and for what depends on what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from aval.language import roles, syntax
from aval.language.roles import Role
from aval.language.syntax import Clause, Declaration
from aval.model import expression as ex
from aval.model.problem import Span

DOMAINS = "domains"
"""The group that says what contributions are made of (land, air, …)."""


@dataclass(frozen=True, slots=True)
class Use:
    """A name in its place.

    `ref` is there where it may have arguments; `variables` are those in scope, each with its group.

    `of` is the reference that an argument belongs to, and `position` which of its arguments it is; `group` is that of the variable
    that it is compared with.
    """

    name: str
    span: Span
    role: Role
    declaration: Declaration
    clause: Clause | None
    variables: Mapping[str, str]
    ref: ex.Ref | None = None
    of: ex.Ref | None = None
    position: int = 0
    group: str = ""

    def stands_for_itself(self, members: Collection[str]) -> bool:
        """Whether it is a variable in scope, or an argument that some group lists: no declaration is asked for."""
        return (self.role.variable and self.name in self.variables) or (self.role is roles.ARGUMENT and self.name in members)


@dataclass(frozen=True, slots=True)
class Shape:
    """An expression that is a moment where a condition should stand, or the other way round."""

    span: Span
    role: Role
    declaration: Declaration
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class Bound:
    """A variable that is brought in; `clashes` if there is one of that name already."""

    name: str
    span: Span
    declaration: Declaration
    clause: Clause | None
    clashes: bool


@dataclass(frozen=True, slots=True)
class Offered:
    """A question about an offer, such as `offer(SWE, air) is at least announced`."""

    ref: ex.Ref
    declaration: Declaration
    clause: Clause | None
    variables: Mapping[str, str]


@dataclass(slots=True)
class Uses:
    """All that was found."""

    names: list[Use] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)
    offers: list[Offered] = field(default_factory=list)
    dates: list[tuple[ex.Instant, Declaration, Clause | None]] = field(default_factory=list)


_COUNTED = (ex.Before, ex.Expiry, ex.MonthFirst, ex.Nth, ex.Latest, ex.Held)
_CONDITIONS = (ex.Not, ex.And, ex.Or, ex.Happened, ex.IsOneOf, ex.MemberOf, ex.Count, ex.RungIs, ex.NotSaid)
_MOMENTS = (ex.After, ex.Later, ex.Earlier, ex.Beginning, ex.End, ex.Instant, *_COUNTED)
_MOMENT_ROLES = (roles.MOMENT, roles.PAST)
_NAME_ROLES = {
    "seats": roles.SEAT,
    "parties": roles.SEAT,
    "depositary": roles.DEPOSITARY,
    "breach found by": roles.BODY,
    "complete for": roles.PARTY_ONLY,
}
_CONDITION_ROLES = {"from": roles.MOMENT, "until": roles.MOMENT, "when": roles.MOMENT, "means": roles.MOMENT, "no later than": roles.MOMENT}


def uses_of(declarations: list[Declaration]) -> Uses:
    """Walk all declarations."""
    found = Uses()
    for declaration in declarations:
        _Walk(found, declaration).run()
    return found


class _Walk:
    """A walk through one declaration."""

    def __init__(self, found: Uses, declaration: Declaration) -> None:
        self.found, self.declaration = found, declaration
        self.clause: Clause | None = None
        self.variables: dict[str, str] = {}

    def run(self) -> None:
        for param in self.declaration.params:
            self.name(param.group, roles.GROUP)
            self.bind(param.name.text, param.name.span, param.group.text)
        if self.declaration.extra is not None:
            self.walk_extra(self.declaration.extra)
        for clause in self.declaration.clauses:
            self.clause = clause
            self.walk_clause(clause)

    def name(self, name: ex.Name, role: Role) -> None:
        self.use(name.text, name.span, role)

    def use(self, name: str, span: Span, role: Role, ref: ex.Ref | None = None) -> None:
        self.found.names.append(Use(name, span, role, self.declaration, self.clause, self.variables, ref))

    def bind(self, name: str, span: Span, group: str) -> None:
        self.found.bound.append(Bound(name, span, self.declaration, self.clause, name in self.variables))
        self.variables[name] = group

    def walk_extra(self, extra: syntax.Extra) -> None:
        match extra:
            case syntax.Members():
                for name in extra.names:
                    self.name(name, roles.MEMBER)
                if extra.among:
                    self.name(extra.among, roles.GROUP)
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
            case syntax.Offer() | syntax.StepOf():
                pass  # the first is checked by itself, the second stands for no words of its own

    def walk_clause(self, clause: Clause) -> None:
        match clause:
            case syntax.Condition():
                self.expression(clause.expression, _CONDITION_ROLES.get(clause.kind, roles.CONDITION))
                if clause.guard is not None:
                    self.expression(clause.guard, roles.CONDITION)
            case syntax.Accepted():
                self.ways(clause)
            case syntax.Refs():
                for ref in clause.refs:
                    self.ref(ref, roles.FINDING)
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
            if isinstance(arg, ex.Name) and not (isinstance(arg, syntax.Named) and arg.anything):
                found = Use(arg.text, arg.span, roles.ARGUMENT, self.declaration, self.clause, self.variables, None, ref, position)
                self.found.names.append(found)

    def option(self, name: ex.Name, group: str) -> None:
        found = Use(name.text, name.span, roles.ARGUMENT, self.declaration, self.clause, self.variables, None, None, 0, group)
        self.found.names.append(found)

    def expression(self, node: ex.Expression, role: Role) -> None:
        """Walk an expression. It nests no deeper than `lalr.DEPTH`, so recursion is safe."""
        if isinstance(node, _CONDITIONS if role in _MOMENT_ROLES else _MOMENTS):
            self.found.shapes.append(Shape(node.span, role, self.declaration, self.clause))
        match node:
            case ex.Ref():
                self.ref(node, role)
            case ex.Finds():
                self.use(node.body, node.span, roles.BODY)
                self.ref(node.what, roles.FINDING)
            case ex.Not() | ex.Beginning() | ex.End() | ex.Held():
                self.expression(node.item, roles.CONDITION)
            case ex.Happened():
                self.expression(node.item, roles.PAST)
            case ex.And() | ex.Or() | ex.Later() | ex.Earlier():
                inner = roles.CONDITION if isinstance(node, ex.And | ex.Or) else roles.MOMENT
                for item in node.items:
                    self.expression(item, inner)
            case ex.After() | ex.Before() | ex.Expiry() | ex.MonthFirst():
                self.expression(node.item, roles.MOMENT)
            case ex.Nth() | ex.Latest():
                self.ref(node.item, roles.DEED)
            case ex.Instant():
                self.found.dates.append((node, self.declaration, self.clause))
            case ex.Count():
                self.count(node.binding)
            case _:
                self.question(node)

    def count(self, binding: ex.Binding) -> None:
        self.use(binding.group, binding.span, roles.GROUP)
        outer, self.variables = self.variables, dict(self.variables)
        self.bind(binding.variable, binding.span, binding.group)
        if binding.condition is not None:
            self.expression(binding.condition, roles.CONDITION)
        self.variables = outer

    def question(self, node: ex.IsOneOf | ex.MemberOf | ex.RungIs | ex.NotSaid) -> None:
        match node:
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
