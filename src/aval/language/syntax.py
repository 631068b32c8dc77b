"""What was written, as frozen values with their places, before anybody asked whether it makes sense.

Expressions are those of `aval.model.expression` from the start. Only an argument with a name (`armed_attack(by: RUS)`) needs a node of its
own, until `lower` has put it in its place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from aval.model.expression import Duration, Expression, Name, Ref
from aval.model.problem import Span


@dataclass(frozen=True, slots=True)
class Named(Name):
    """An argument given by the name of its parameter; `anything` is true for `by: any`."""

    param: str = ""
    anything: bool = False


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text in quotes, without them. `sound` is false where the quotes are broken, which has been reported."""

    text: str
    span: Span
    sound: bool = True


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""

    value: int
    span: Span


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter: a variable and the group it ranges over."""

    name: Name
    group: Name


@dataclass(frozen=True, slots=True)
class Members:
    """What a group is: names, a size, others that are not named."""

    names: tuple[Name, ...]
    others: bool
    among: Name | None
    size: Number | None
    span: Span


@dataclass(frozen=True, slots=True)
class Owes:
    """Who owes whom what, and by whose choice where it is a menu."""

    bearer: Name
    counterparty: Name
    deeds: tuple[Ref, ...]
    chooser: Name | None


@dataclass(frozen=True, slots=True)
class May:
    """Who may do what."""

    bearer: Name
    deed: Ref


@dataclass(frozen=True, slots=True)
class Offer:
    """The term that a contribution declares, as it was written."""

    ref: Ref


@dataclass(frozen=True, slots=True)
class StepOf:
    """An event that a process declares as one of its steps."""

    process: str


Extra = Members | Owes | May | Offer | StepOf


@dataclass(frozen=True, slots=True)
class Voices:
    """`accepted from NAME`."""

    who: Name


@dataclass(frozen=True, slots=True)
class Sources:
    """`accepted from at least N independent sources of grade NAME`."""

    number: Number
    grade: Name


@dataclass(frozen=True, slots=True)
class FindingOf:
    """`accepted from a finding of NAME`."""

    body: Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A clause, `kind` being its opening words (see `reserved.CLAUSES`); nothing more to it: `legal act`, `constitutive`, `continuing`."""

    kind: str
    span: Span
    reading: Name | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition(Clause):
    """A clause around an expression: `while`, `from`, `until`, `when`, `means`, `subject to`, `no later than`."""

    expression: Expression
    guard: Expression | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Within(Clause):
    """`within 72 hours`."""

    duration: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class Names(Clause):
    """A clause around names, such as `seats`, `not said`, `binding`, `starts as`, `in`."""

    names: tuple[Name, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refs(Clause):
    """`may find breach(any), …`."""

    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted(Clause):
    """`accepted from … or …, at least FIRMNESS`."""

    ways: tuple[Voices | Sources | FindingOf, ...]
    firmness: Name | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts(Clause):
    """A clause around one or two texts: `source`, `dates run in`, `dated` (a date counts as a text)."""

    texts: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingOf(Clause):
    """`reading NAME "…" held by NAMES`, and the `source` clauses that stand directly after it."""

    name: Name
    label: str
    held_by: tuple[Name, ...]
    sources: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Clause):
    """`step EVENT(p) "…" for DEU "Bundestag"`, and the `source` clauses that stand directly after it."""

    event: Ref
    label: str
    applies: tuple[tuple[Name, str], ...]
    sources: tuple[Texts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A declaration. `heading` and `prose` are what stands above its block."""

    kind: str
    name: Name
    params: tuple[Param, ...] = ()
    label: str = ""
    extra: Extra | None = None
    clauses: tuple[Clause, ...] = ()
    span: Span
    page: int = field(default=0)
    heading: str = ""
    prose: str = ""
    agreement: str = ""
