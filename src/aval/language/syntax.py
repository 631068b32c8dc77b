"""What was written, as frozen values with their places, before anybody asked whether it makes sense.

Expressions are those of `aval.model.expression` from the start. Only an argument with a name (`armed_attack(by: RUS)`) needs a node of its
own, until `lower` has put it in its place.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal

from aval.model.expression import Duration, Expression, Name, Ref
from aval.model.frozen import frozen
from aval.model.problem import Span


@frozen()
class Named(Name):
    """An argument given by the name of its parameter; `anything` is true for `by: any`."""

    param: str = ""
    anything: bool = False


@frozen()
class NamedSome(Named):
    """An argument given by name that binds a variable: `by: some c`."""


@frozen()
class Quoted:
    """A text in quotes, without them. `sound` is false where the quotes are broken, which has been reported."""

    text: str
    span: Span
    sound: bool = True


@frozen()
class Number:
    """A whole number."""

    value: int
    span: Span


@frozen()
class Amount:
    """So many, or with a `denominator` such a share."""

    number: int
    denominator: int
    span: Span


@frozen()
class Param:
    """A parameter: a variable and the group it ranges over."""

    name: Name
    group: Name


@frozen()
class Members:
    """What a group is: names, a size, others that are not named."""

    names: tuple[Name, ...]
    others: bool
    among: Name | None
    size: Number | None
    span: Span
    table: Quoted | None = None


@frozen()
class Values:
    """The values of a state that has several: `one of first, second`."""

    names: tuple[Name, ...]


@frozen()
class Owes:
    """Who owes whom what, and by whose choice where it is a menu."""

    bearer: Name
    counterparty: Name
    deeds: tuple[Ref, ...]
    chooser: Name | None


@frozen()
class May:
    """Who may do what."""

    bearer: Name
    deed: Ref


@frozen()
class MustNot:
    """Who must not do what."""

    bearer: Name
    deeds: tuple[Ref, ...]


@frozen()
class Offer:
    """The term that a contribution declares, as it was written."""

    ref: Ref


@frozen()
class StepOf:
    """An event that a process declares as one of its steps."""

    process: str


Extra = Members | Values | Owes | May | MustNot | Offer | StepOf


@frozen()
class Voices:
    """`accepted from NAME`."""

    who: Name


@frozen()
class Sources:
    """`accepted from at least N independent sources of grade NAME`."""

    number: Number
    grade: Name


@frozen()
class FindingOf:
    """`accepted from a finding of NAME`."""

    body: Name


@frozen(kw_only=True)
class Clause:
    """A clause, `kind` being its opening words (see `reserved.CLAUSES`); nothing more to it: `legal act`, `constitutive`, `continuing`.

    `parties` are those that it is `only for`, or where `others` is true, `not for`.
    """

    kind: str
    span: Span
    reading: Name | None = None
    parties: tuple[Name, ...] = ()
    others: bool = False


@frozen(kw_only=True)
class Condition(Clause):
    """A clause around an expression: `while`, `from`, `until`, `when`, `means`, `subject to`, `no later than` and so on."""

    expression: Expression
    guard: Expression | None = None


@frozen(kw_only=True)
class Becoming(Condition):
    """`becomes X at M if C`."""

    to: Expression


@frozen(kw_only=True)
class Within(Clause):
    """`within 72 hours`."""

    duration: Duration


@frozen(kw_only=True)
class Names(Clause):
    """A clause around names, such as `seats`, `not said`, `binding`, `starts as`, `in`."""

    names: tuple[Name, ...]


@frozen(kw_only=True)
class Refs(Clause):
    """A clause around references: `may find breach(any), …`, `breach proposed by`, `replaces`, `provisional for`."""

    refs: tuple[Ref, ...]


@frozen(kw_only=True)
class Accepted(Clause):
    """`accepted from … or …, at least FIRMNESS`."""

    ways: tuple[Voices | Sources | FindingOf, ...]
    firmness: Name | None


@frozen(kw_only=True)
class Texts(Clause):
    """A clause around texts: `source`, `dates run in`, `table`, `drawn by`, `seen …`, `dated` (a date counts as a text)."""

    texts: tuple[Quoted, ...]


@frozen(kw_only=True)
class Decides(Clause):
    """`decides by …`. `word` is the rule's own word or `""`; the numbers are votes and seats, the amounts as the text has them."""

    word: Name | None = None
    votes: Amount | None = None
    seats: Number | None = None
    silence: Duration | None = None
    objectors: Amount | None = None
    veto: Name | None = None
    quorum: Amount | None = None


@frozen(kw_only=True)
class CountedOnce(Clause):
    """`counted once within 1 km and 6 hours`."""

    distance: Decimal
    unit: Name
    duration: Duration


@frozen(kw_only=True)
class ReadingOf(Clause):
    """`reading NAME "…" held by NAMES`, and the `source` clauses that stand directly after it."""

    name: Name
    label: str
    held_by: tuple[Name, ...]
    sources: tuple[Texts, ...] = ()


@frozen(kw_only=True)
class Step(Clause):
    """`step EVENT(p) "…" for DEU "Bundestag"`, and the `source` clauses that stand directly after it."""

    event: Ref
    label: str
    applies: tuple[tuple[Name, str], ...]
    sources: tuple[Texts, ...] = ()


@frozen(kw_only=True)
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


@frozen(kw_only=True)
class ScenarioLine(Clause):
    """A line of a test; nothing more to it: `given the record`."""


@frozen(kw_only=True)
class Given(ScenarioLine):
    """`given TERM on DATE` and so on. `first` and `last` are the same date after `on`; `None` is an end that is not told.

    Without `throughout` it was at some time in there: after `in` and `between`. `body` stands before `finds`; another who tells it votes in
    it. Of a quantity, `low` and `high` are its ends.
    """

    ref: Ref
    polarity: bool
    first: Quoted | None = None
    last: Quoted | None = None
    throughout: bool = True
    said: Quoted | None = None
    told_by: Name | None = None
    body: Name | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    percent: Name | None = None
    text: str = ""
    """as it was written, without `given`, on one line"""

    @property
    def measured(self) -> bool:
        """Whether it gives an amount."""
        return self.low is not None or self.high is not None


@frozen(kw_only=True)
class GivenFile(ScenarioLine):
    """`given facts "statements/deposits.csv"`."""

    file: Quoted


@frozen(kw_only=True)
class Without(ScenarioLine):
    """`without "LABEL"`: whoever said it takes it back."""

    label: Quoted


@frozen(kw_only=True)
class About(ScenarioLine):
    """`about NAME`: the agreement that a supposition was written for."""

    name: Name


@frozen(kw_only=True)
class Format(ScenarioLine):
    """`format "aval.suppose/1"`."""

    text: Quoted


@frozen(kw_only=True)
class Expect(ScenarioLine):
    """`expect SUBJECT is ANSWER at DATE known DATE on reading NAMES`. `answer` is the word of a `scenario.Answer`."""

    subject: Expression
    subject_text: str
    answer: str
    expected: tuple[str, ...]
    answer_span: Span
    at: Quoted | None = None
    known: Quoted | None = None
    readings: tuple[Name, ...] = ()


@frozen(kw_only=True)
class Claim(ScenarioLine):
    """`must always C`, `can C`, `never C before D`, `on reading NAMES`; `texts` are the conditions as they are written."""

    conditions: tuple[Expression, ...]
    texts: tuple[str, ...]
    readings: tuple[Name, ...] = ()


@frozen(kw_only=True)
class ScenarioBlock:
    """`test "name"` or `suppose "name"` and its lines. The last lines of a test that did not parse as a whole may be missing."""

    name: Quoted
    lines: tuple[ScenarioLine, ...] = ()
    span: Span
