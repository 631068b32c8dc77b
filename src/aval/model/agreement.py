"""Agreements as the engine and the answers see them: checked, resolved, frozen.

A case may hold several agreements; they share one namespace, so that a guarantee can wait for another instrument's ceasefire.
`language` makes these values from text and leaves out what is unsound; everything in here can be asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

from aval.model.expression import Duration, Expression, Name, Ref
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.problem import Span
from aval.model.statement import Anchor, Firmness, Grade
from aval.model.table import Table

T = TypeVar("T")
D = TypeVar("D")


class Force(StrEnum):
    """The way a norm is meant to bind."""

    POLITICALLY = "politically"
    LEGALLY = "legally"


@frozen(kw_only=True)
class Meta:
    """What every declaration carries: its name, its words, its agreement and heading, where it stands, what it rests on, its gaps.

    `prose` is the first paragraph of the clause above the block, as the agreement's author wrote it. `not_said` are the gaps that the
    text makes explicit (`not said who_certifies`), as names.
    """

    name: str
    label: str = ""
    agreement: str = ""
    heading: str = ""
    prose: str = ""
    span: Span
    anchors: tuple[Anchor, ...] = ()
    not_said: tuple[str, ...] = ()


@frozen(kw_only=True)
class Param:
    """A parameter: its variable and the group it ranges over."""

    name: str
    group: str


@frozen(kw_only=True)
class Clause(Generic[T]):
    """One clause, valid on every reading (`question` is `""`) or on one reading of one question."""

    item: T
    span: Span
    question: str = ""
    reading: str = ""


@frozen(kw_only=True)
class Change:
    """`from M [if C]` or `until M [if C]`: a moment that changes a state, and the condition read just before it."""

    moment: Expression
    guard: Expression | None = None


@frozen(kw_only=True)
class Becomes:
    """`becomes X at M [if C]`: from that moment on, a state has the value, or a moment lies at the date, that stands in `to`."""

    to: Expression
    moment: Expression
    guard: Expression | None = None


@frozen(kw_only=True)
class FromVoice:
    """`accepted from g`: a voice that speaks for this party or body (a parameter or a name)."""

    who: Name


@frozen(kw_only=True)
class FromSources:
    """`accepted from at least n independent sources of grade g`."""

    number: int
    grade: Grade


@frozen(kw_only=True)
class FromFinding:
    """`accepted from a finding of special_commission`."""

    body: str


@frozen(kw_only=True)
class Acceptance:
    """When a statement counts (2.4): any one of `ways`, and at least this firm (*done* where the text names none).

    `declared` is false where the text is silent and the printed default stands: one named voice of grade medium.
    """

    ways: tuple[FromVoice | FromSources | FromFinding, ...] = (FromSources(number=1, grade=Grade.MEDIUM),)
    firmness: Firmness = Firmness.DONE
    declared: bool = False


@frozen(kw_only=True)
class Document:
    """One agreement: its words, date and zone, and the version that answers name (SHA-256 of its text with LF line ends)."""

    meta: Meta
    version: str
    dated: str = ""
    zone: str = "Etc/UTC"
    depositary: str = ""
    parties: tuple[str, ...] = ()
    force: tuple[Force, ...] = ()


@frozen(kw_only=True)
class Party:
    """A party or a country, by its ISO 3166-1 alpha-3 code, or an organisation by its usual short name.

    `counted` is false for an organisation whose acts add nothing to those of its members, in number or in weight.
    """

    meta: Meta
    organisation: bool = False
    counted: bool = True


@frozen(kw_only=True)
class Group:
    """A group: named members, a size, or both. `among` names the group that the unnamed members are drawn from (`""`: nobody said).

    `table` is the file of the case that lists the members instead.
    """

    meta: Meta
    members: tuple[str, ...] = ()
    size: int | None = None
    others: bool = False
    among: str = ""
    table: str = ""
    acceptance: Acceptance = field(default_factory=Acceptance)


@frozen(kw_only=True)
class Amount:
    """So many, or (with a `denominator` above 0) such a share, as 2/3."""

    number: int
    denominator: int = 0


class Rule(StrEnum):
    """The way a body decides."""

    MAJORITY = "majority"
    CONSENSUS = "consensus"
    UNANIMITY = "unanimity"
    VOTES = "votes"
    SHARE = "share"
    SILENCE = "silence"


@frozen(kw_only=True)
class Decision:
    """How a body decides (2.7).

    `votes` are needed of `seats` for `Rule.VOTES`, or such a share of all votes for `Rule.SHARE`. Silence for the time `silence` accepts,
    unless `objectors` object (`None`: unless anybody does). `veto` is the group whose members can each stop it; `quorum` must be present.
    """

    rule: Rule
    votes: Amount | None = None
    seats: int = 0
    silence: Duration | None = None
    objectors: Amount | None = None
    veto: str = ""
    quorum: Amount | None = None


@frozen(kw_only=True)
class Body:
    """A body that decides: who sits in it, what it may find and how it decides (`None`: not said). `seats` are groups or parties."""

    meta: Meta
    seats: tuple[str, ...] = ()
    may_find: tuple[Ref, ...] = ()
    decides: Decision | None = None


@frozen(kw_only=True)
class Area:
    """An area, as coarse as the agreement's own words; `drawn_by` is the file of the case that draws it."""

    meta: Meta
    drawn_by: str = ""


@frozen(kw_only=True)
class Reading:
    """One rival answer to a question, in our words, with the places it rests on and those who hold it."""

    name: str
    label: str
    span: Span
    anchors: tuple[Anchor, ...] = ()
    held_by: tuple[str, ...] = ()


@frozen(kw_only=True)
class Question:
    """A point on which the text is disputed or silent, and the rival answers."""

    meta: Meta
    readings: tuple[Reading, ...]


@frozen(kw_only=True)
class Event:
    """Something that happens at an instant. One tuple of arguments is one occurrence.

    `legal_act`: a bare date is one exact legal day. `constitutive`: only what was received exists, so the unreported is a carried no.
    `step_of` names the process it is a step of. An event that `repeats` has one occurrence for each that is told apart. Until the moments
    of `complete_until` every occurrence is on record, so that no report means that it has not happened.
    """

    meta: Meta
    params: tuple[Param, ...] = ()
    acceptance: Acceptance = field(default_factory=Acceptance)
    legal_act: bool = False
    constitutive: bool = False
    step_of: str = ""
    repeats: bool = False
    complete_until: tuple[Expression, ...] = ()


@frozen(kw_only=True)
class Apart:
    """How far reports may lie apart and still be of one incident."""

    distance: Decimal
    unit: str
    duration: Duration


@frozen(kw_only=True)
class Incident:
    """An event that is put together from reports of the ground: of which kinds, where, and what counts as one of it."""

    meta: Meta
    params: tuple[Param, ...] = ()
    kinds: tuple[str, ...] = ()
    area: str = ""
    apart: Apart | None = None
    acceptance: Acceptance = field(default_factory=Acceptance)


@frozen(kw_only=True)
class State:
    """Something that holds over time: reported where it has no rule, else derived.

    All `whiles` that apply must hold; `froms` and `untils` are alternatives. `initial` is *no* for what an agreement creates, *open* for
    the world. `force` and the firmness that each sort of bindingness needs belong to what is meant to bind.

    A state with `values` has exactly one of them at each instant: `initial_value` (`""`: open) until a `becomes` gives it another, whose
    `to` is a `Ref` with the name of the value. `provisional_for` names the state for which this one stands in until that one begins.
    A state that `renews` goes on where a beginning and an end fall on one instant.
    """

    meta: Meta
    params: tuple[Param, ...] = ()
    initial: Value = Value.OPEN
    whiles: tuple[Clause[Expression], ...] = ()
    froms: tuple[Clause[Change], ...] = ()
    untils: tuple[Clause[Change], ...] = ()
    acceptance: Acceptance = field(default_factory=Acceptance)
    force: tuple[Force, ...] = ()
    values: tuple[str, ...] = ()
    initial_value: str = ""
    becomes: tuple[Clause[Becomes], ...] = ()
    provisional_for: Ref | None = None
    renews: bool = False

    @property
    def reported(self) -> bool:
        """Whether it has no rule, so that only statements say whether it holds."""
        return not (self.whiles or self.froms or self.untils or self.becomes)


@frozen(kw_only=True)
class Moment:
    """A derived instant; from the moment of a `becomes` on it is another."""

    meta: Meta
    params: tuple[Param, ...] = ()
    means: tuple[Clause[Expression], ...]
    becomes: tuple[Clause[Becomes], ...] = ()


@frozen(kw_only=True)
class Quantity:
    """A number over time, possibly known only as a range.

    `table` is the file of the case that gives it, `fixed_on` the day on which that table was laid down (`""`: it is kept up to date).
    """

    meta: Meta
    params: tuple[Param, ...] = ()
    unit: str = ""
    table: str = ""
    fixed_on: str = ""
    acceptance: Acceptance = field(default_factory=Acceptance)


@frozen(kw_only=True)
class Duty:
    """What `bearer` must do for `counterparty`. Several `deeds` are a menu, one or more of which discharge it.

    `deeds` are events. `whens` trigger it; without one it is owed while every `whiles` that applies holds. `withins` count from the
    trigger, `no_laters` are moments of their own.

    While one of `excepts` holds it is not owed; while one of `suspendeds` does it need not be done and its clock runs on; while one of
    `pauseds` does its clock stands still. `waivers` let the counterparty's act end it undone. `amounts` say how much, `replaces` which norm
    it stands in for.
    """

    meta: Meta
    params: tuple[Param, ...] = ()
    bearer: Name
    counterparty: Name
    deeds: tuple[Ref, ...]
    discretion: str = ""
    continuing: bool = False
    whens: tuple[Clause[Change], ...] = ()
    whiles: tuple[Clause[Expression], ...] = ()
    untils: tuple[Clause[Change], ...] = ()
    withins: tuple[Clause[Duration], ...] = ()
    no_laters: tuple[Clause[Expression], ...] = ()
    found_by: str = ""
    force: tuple[Force, ...] = ()
    excepts: tuple[Clause[Expression], ...] = ()
    pauseds: tuple[Clause[Expression], ...] = ()
    suspendeds: tuple[Clause[Expression], ...] = ()
    waivers: tuple[Clause[Change], ...] = ()
    amounts: tuple[Clause[Expression], ...] = ()
    replaces: tuple[Ref, ...] = ()


@frozen(kw_only=True)
class Ban:
    """What `bearer` must not do: none of `deeds`.

    It runs from one of `froms` (without one, always) until one of `untils`, while every `whiles` that applies holds and none of `excepts`
    does. What happens of `proposed_by` proposes a breach; only `found_by` can find one.
    """

    meta: Meta
    params: tuple[Param, ...] = ()
    bearer: Name
    deeds: tuple[Ref, ...]
    area: str = ""
    whiles: tuple[Clause[Expression], ...] = ()
    froms: tuple[Clause[Change], ...] = ()
    untils: tuple[Clause[Change], ...] = ()
    excepts: tuple[Clause[Expression], ...] = ()
    proposed_by: tuple[Ref, ...] = ()
    found_by: str = ""
    force: tuple[Force, ...] = ()


@frozen(kw_only=True)
class Power:
    """What `bearer` can bring about by `deed`, while every condition that applies holds."""

    meta: Meta
    params: tuple[Param, ...] = ()
    bearer: Name
    deed: Ref
    area: str = ""
    whiles: tuple[Clause[Expression], ...] = ()
    force: tuple[Force, ...] = ()


@frozen(kw_only=True)
class Contribution:
    """The conditions that one party sets for what it holds out in one domain.

    What it holds out, how much and on which rung are statements about `offer(PARTY, DOMAIN)`, the term of this contribution.
    """

    meta: Meta
    party: str
    domain: str
    area: str = ""
    conditions: tuple[Clause[Expression], ...] = ()


@frozen(kw_only=True)
class Step:
    """One step of a process: the event, and for whom it is known to be asked (`()` is everybody), each with the name it has there."""

    event: str
    applies_to: tuple[tuple[str, str], ...] = ()


@frozen(kw_only=True)
class Process:
    """A path that several parties go, each in its own way; a state of the same name holds once all its steps have been done.

    For a party for whom no step is known the state stays open; `complete_for` names those whose list of steps is known to be whole.
    """

    meta: Meta
    params: tuple[Param, ...]
    steps: tuple[Step, ...]
    complete_for: tuple[str, ...] = ()


Declaration = (
    Party | Group | Body | Area | Question | Event | Incident | State | Moment | Quantity | Duty | Ban | Power | Contribution | Process
)
Norm = Duty | Ban | Power


def params_of(declaration: Declaration) -> tuple[Param, ...]:
    """Give the parameters of a declaration; none where its kind has none."""
    return getattr(declaration, "params", ())


@frozen(kw_only=True)
class Agreements:
    """The sound declarations of all agreements of a case, by name, in the order of the text; and the tables they name, by declaration."""

    documents: tuple[Document, ...] = ()
    declarations: Mapping[str, Declaration] = field(default_factory=lambda: MappingProxyType({}))
    tables: Mapping[str, Table] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, kind: type[D]) -> Iterator[D]:
        """Yield the declarations of one kind, in the order of the text."""
        return (item for item in self.declarations.values() if isinstance(item, kind))

    def get(self, name: str, kind: type[D]) -> D | None:
        """Give the declaration of that name if it is of that kind."""
        found = self.declarations.get(name)
        return found if isinstance(found, kind) else None

    def document_of(self, declaration: Declaration) -> Document:
        """Give the agreement that a declaration stands in."""
        return next(doc for doc in self.documents if doc.meta.name == declaration.meta.agreement)
