"""Expressions: the one tree of conditions and moments that clauses are made of.

The parser makes it and the engine runs it. Whether an expression is a state, an event, a moment or a number is a question of type,
asked after parsing (semantics 2.5). Every node knows its place; places take no part in equality.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from aval.model.frozen import frozen
from aval.model.problem import Span
from aval.model.statement import Rung

NOWHERE = Span("")


@frozen(kw_only=True)
class Node:
    """What every expression has."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@frozen()
class Name(Node):
    """An argument: a variable of the declaration, or a constant such as `FRA`."""

    text: str


@frozen()
class Some(Name):
    """The argument `some c`: a variable that this argument binds, for the rest of its clause."""


@frozen()
class Any(Node):
    """The argument `any`: every instance, whichever."""


@frozen()
class Ref(Node):
    """A declared name with its arguments in the order of the declaration (named arguments have been put in place)."""

    name: str
    args: tuple[Name | Any, ...] = ()


@frozen()
class Finds(Node):
    """`special_commission finds breach(RUS)`: a body's decision."""

    body: str
    what: Ref


@frozen()
class NotSaid(Node):
    """`not said steps`, as a condition: nobody has said it, so the condition is open."""

    what: str


@frozen()
class Not(Node):
    """`not C`."""

    item: Expression


@frozen()
class And(Node):
    """`C and D and …`."""

    items: tuple[Expression, ...]


@frozen()
class Or(Node):
    """`C or D or …`."""

    items: tuple[Expression, ...]


@frozen()
class Happened(Node):
    """`E happened`: asked directly, so what is unreported is open (2.3, *Absence*)."""

    item: Expression


@frozen()
class IsOneOf(Node):
    """`p is FRA` or `p is one of (FRA, GBR)`: a question about names, settled before any evidence."""

    item: Name
    options: tuple[Name, ...]


@frozen()
class MemberOf(Node):
    """`p in coalition`: membership, which can itself be claimed and contested."""

    item: Name
    group: str


@frozen()
class Binding(Node):
    """`s in coalition with C`: a variable over a group, and the condition asked of it (`None` is: belongs to it).

    `fixed_on` is the day whose members a share is a share of (`""`: the members at each instant).
    """

    variable: str
    group: str
    condition: Expression | None
    fixed_on: str = ""


class Quantifier(StrEnum):
    """How many of a group: all, none, or a count."""

    AT_LEAST = "at least"
    EVERY = "every"
    NONE = "no"


@frozen()
class Count(Node):
    """`at least 2 s in coalition with C`, `some s in …` (at least 1), `every s in … has C`, `no s in … with C`."""

    quantifier: Quantifier
    number: int
    binding: Binding


class Unit(StrEnum):
    """A unit of duration. Days and longer are civil, hours and shorter are exact."""

    YEAR = "year"
    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    MINUTE = "minute"


@frozen()
class Duration:
    """A length of time, such as 90 days."""

    number: int
    unit: Unit

    def __str__(self) -> str:
        """Write it in words."""
        return f"{self.number} {self.unit.value}{'' if self.number == 1 else 's'}"


@frozen()
class After(Node):
    """`90 days after M`: the date plus 90 (2.2)."""

    duration: Duration
    item: Expression


@frozen()
class Before(Node):
    """`90 days before M`."""

    duration: Duration
    item: Expression


@frozen()
class Expiry(Node):
    """`expiry of 90 days after M`: the start of the day after the last of them (2.2)."""

    duration: Duration
    item: Expression


@frozen()
class MonthFirst(Node):
    """`first day of the month after M`, strictly the next first; `first day of the 6th month after M` counts months."""

    number: int
    item: Expression


@frozen()
class Nth(Node):
    """`50th deposit(any)`: the nth of all occurrences ever, whoever stands today (2.5)."""

    number: int
    item: Ref


@frozen()
class Latest(Node):
    """`latest notice(p)`: the last occurrence so far; each new one moves it."""

    item: Ref


@frozen()
class Held(Node):
    """`once S has held 12 months`: the first end of that length inside one unbroken run of S (2.2)."""

    item: Expression
    duration: Duration


@frozen()
class Later(Node):
    """`the later of M and N`."""

    items: tuple[Expression, ...]


@frozen()
class Earlier(Node):
    """`the earlier of M and N`."""

    items: tuple[Expression, ...]


@frozen()
class Beginning(Node):
    """`beginning of S`: the first instant of each run of a state."""

    item: Expression


@frozen()
class End(Node):
    """`end of S`: the instant at which a run of a state ends."""

    item: Expression


@frozen()
class Instant(Node):
    """A civil date written in the agreement."""

    text: str


@frozen()
class RungIs(Node):
    """`offer(SWE, air) is at least announced`: a contribution stands on that rung or higher."""

    item: Ref
    rung: Rung


class Bound(StrEnum):
    """Which side of a number is meant, and whether the number itself belongs to it."""

    AT_LEAST = "at least"
    MORE_THAN = "more than"
    AT_MOST = "at most"
    LESS_THAN = "less than"


@frozen()
class Share(Node):
    """`at least 3/4 of s in G with C`: so large a part of a group (2.5)."""

    bound: Bound
    numerator: int
    denominator: int
    binding: Binding


@frozen()
class Weight(Node):
    """`at least 55 percent of emissions held by s in G with C`, or `at least 2/3 of`: so large a part of what the whole group holds.

    `part` is a decimal where the text says percent, and a fraction where it says one: two thirds are no number of percent.
    """

    bound: Bound
    part: Decimal | Fraction
    quantity: str
    binding: Binding

    @property
    def fraction(self) -> Fraction:
        """The part of one."""
        return self.part if isinstance(self.part, Fraction) else Fraction(self.part) / 100

    @property
    def written(self) -> str:
        """The part as the text has it: `2/3`, `55 percent`."""
        return str(self.part) if isinstance(self.part, Fraction) else f"{self.part} percent"


@frozen()
class Rate(Node):
    """`at least 3 times E within 30 days`: so many occurrences in one window of that length that ends now."""

    bound: Bound
    number: int
    item: Expression
    duration: Duration


@frozen()
class Number(Node):
    """A number written in the agreement; `percent` where it is one of a hundred."""

    value: Decimal
    percent: bool = False


@frozen()
class PercentOf(Node):
    """`5 percent of price`."""

    percent: Decimal
    item: Expression


@frozen()
class Total(Node):
    """`the total of tonnage(s) for (s in G with C)`: a quantity added up over a group (2.5)."""

    item: Ref
    binding: Binding


@frozen()
class Compare(Node):
    """`force_size is at least 10000`: two numbers side by side."""

    left: Expression
    bound: Bound
    right: Expression


@frozen()
class Order(Node):
    """`M is before N` or, where `after` is true, `M is after N`."""

    left: Expression
    right: Expression
    after: bool


class Window(StrEnum):
    """The part of time that `happened` asks about. `by` and `between` hold their limits, `before` and `after` do not."""

    BY = "by"
    BEFORE = "before"
    AFTER = "after"
    BETWEEN = "between"


@frozen()
class HappenedIn(Node):
    """`E happened by M`, `before M`, `after M`, `between M and N`: whether it has, in that window."""

    item: Expression
    window: Window
    limits: tuple[Expression, ...]


@frozen()
class Stands(Node):
    """`pay(c) is overdue`, `phase is one of (first, second)`: a norm stands there, a state has one of these values."""

    item: Ref
    words: tuple[str, ...]


@frozen()
class AfterPaused(Node):
    """`3 months (not counting C) after M`: the clock stands still while the condition holds (2.2)."""

    duration: Duration
    pause: Expression
    item: Expression


@frozen()
class Midnight(Node):
    """`midnight after M`: the start of the next day."""

    item: Expression


@frozen()
class ItsBeginning(Node):
    """`its beginning`: when the present run of this very state began; a trigger during the run does not move it."""


@frozen()
class ItsTrigger(Node):
    """`its latest trigger`: the last moment named by a `from` of this very state; each new one moves it."""


Expression = (
    Ref
    | Finds
    | NotSaid
    | Not
    | And
    | Or
    | Happened
    | IsOneOf
    | MemberOf
    | Count
    | After
    | Before
    | Expiry
    | MonthFirst
    | Nth
    | Latest
    | Held
    | Later
    | Earlier
    | Beginning
    | End
    | Instant
    | RungIs
    | Share
    | Weight
    | Rate
    | Number
    | PercentOf
    | Total
    | Compare
    | Order
    | HappenedIn
    | Stands
    | AfterPaused
    | Midnight
    | ItsBeginning
    | ItsTrigger
)
