"""Every place where a declaration names something, with what should stand there: one walk, for all checks and for what depends on what."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from aval.language import roles, syntax
from aval.language.roles import Role
from aval.language.syntax import Clause, Declaration
from aval.model import expression as ex
from aval.model.frozen import frozen
from aval.model.problem import Span

DOMAINS = "domains"
"""The group that says what contributions are made of (land, air, …)."""


@frozen()
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


@frozen()
class Shape:
    """An expression of the wrong sort: a moment where a condition should stand, and so on. `found` says what it is."""

    span: Span
    role: Role
    declaration: Declaration
    clause: Clause | None
    found: str


@frozen()
class Bound:
    """A variable that is brought in; `clashes` if there is one of that name already."""

    name: str
    span: Span
    declaration: Declaration
    clause: Clause | None
    clashes: bool


@frozen()
class Offered:
    """A question about an offer, such as `offer(SWE, air) is at least announced`."""

    ref: ex.Ref
    declaration: Declaration
    clause: Clause | None
    variables: Mapping[str, str]


@frozen()
class SomeArg:
    """An argument `some c`; `narrow` where it could be read in two ways, or stands in no clause."""

    arg: ex.Name
    declaration: Declaration
    clause: Clause | None
    narrow: bool


@dataclass(slots=True)
class Uses:
    """All that was found."""

    names: list[Use] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)
    bound: list[Bound] = field(default_factory=list)
    offers: list[Offered] = field(default_factory=list)
    dates: list[tuple[ex.Instant, Declaration, Clause | None]] = field(default_factory=list)
    somes: list[SomeArg] = field(default_factory=list)
    stands: list[tuple[ex.IsOneOf | ex.Stands, Declaration, Clause | None]] = field(default_factory=list)
    its: list[tuple[ex.ItsBeginning | ex.ItsTrigger, Declaration, Clause | None]] = field(default_factory=list)
    many: list[tuple[ex.Count | ex.Share | ex.Weight | ex.Total, Declaration, Clause | None]] = field(default_factory=list)
    pairs: list[tuple[ex.Compare | ex.Order, Declaration, Clause | None]] = field(default_factory=list)


def is_norm(name: str, named: Mapping[str, Declaration]) -> bool:
    """Whether `NAME is WORD` asks where that norm stands, or which value that state has, and not which one a variable stands for."""
    return name in named and named[name].kind in roles.NORM.kinds


def group_of_argument(named: Mapping[str, Declaration], ref: ex.Ref, position: int) -> str:
    """Give the group that an argument is taken from; `""` where that is not known."""
    declared = named.get(ref.name)
    if declared is None:
        return ""
    arg = ref.args[position]
    if isinstance(arg, syntax.Named):
        return next((param.group.text for param in declared.params if param.name.text == arg.param), "")
    return declared.params[position].group.text if position < len(declared.params) else ""
