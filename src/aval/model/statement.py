"""Statements: what somebody said, when, and on whose word (semantics 2.1, 2.4). Nothing here decides whether it counts."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from aval.model.frozen import frozen
from aval.model.problem import Span
from aval.model.term import Term


class Says(StrEnum):
    """What kind of claim a statement makes of its term."""

    HAPPENED = "happened"
    """an event happened (polarity no: it did not)"""
    HOLDS = "holds"
    """a state held over a span (polarity no: it did not)"""
    MEMBER = "member"
    """the term's argument belongs to the group that the term names"""
    AMOUNT = "amount"
    """a quantity had this value"""
    OFFERS = "offers"
    """a party's contribution stands at a rung; the term is `offer(PARTY, DOMAIN)`"""
    POSITION = "position"
    """a voice takes a stance to the term; a stance is never a fact of the world"""
    RETRACTS = "retracts"
    """the voice takes back what `withdraws` names, and says nothing in its place"""


class Form(StrEnum):
    """How a claim was put, from a published text down to an editor's own words."""

    DOCUMENT = "document"
    QUOTED = "quoted"
    REPORTED = "reported"
    SPOKESMAN = "spokesman"
    UNNAMED_OFFICIAL = "unnamed official"
    CIRCLES = "circles"
    EDITOR = "editor"
    SUPPOSED = "supposed"
    """nobody put it: it is supposed, and no file of statements can hold it"""

    @property
    def anonymous(self) -> bool:
        """Whether nobody stands behind the claim by name."""
        return self in (Form.UNNAMED_OFFICIAL, Form.CIRCLES)


class Firmness(StrEnum):
    """How firm a promise is, from the softest to the done deed."""

    ENVISAGED = "envisaged"
    READY = "ready"
    PROMISED = "promised"
    INTENT_SIGNED = "intent signed"
    AGREED = "agreed"
    APPROVED = "approved"
    RATIFIED = "ratified"
    DONE = "done"

    @property
    def step(self) -> int:
        """Its place on the ladder, 0 the softest."""
        return _STEPS[self]


class Rung(StrEnum):
    """How far a contribution stands. Rungs are never summed across."""

    REFUSED = "refused"
    UNDECIDED = "undecided"
    SIGNALLED = "signalled"
    ANNOUNCED = "announced"
    INTENT_SIGNED = "intent signed"
    APPROVED = "approved"
    COMMITTED = "committed"
    DEPLOYED = "deployed"
    WITHDRAWN = "withdrawn"

    @property
    def forthcoming(self) -> bool:
        """Whether the party holds something out on this rung."""
        return self not in (Rung.REFUSED, Rung.UNDECIDED, Rung.WITHDRAWN)

    @property
    def step(self) -> int:
        """Its place on the ladder, 0 is *refused*."""
        return _STEPS[self]


class Stance(StrEnum):
    """A voice's position towards a term."""

    SUPPORTS = "supports"
    UNDECIDED = "undecided"
    DEMANDS = "demands"
    EXPECTS = "expects"
    RESERVES = "reserves"
    OBJECTS = "objects"
    REFUSES = "refuses"
    THREATENS = "threatens"


class Grade(StrEnum):
    """How far a source can be relied on. *low* never moves a headline."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def step(self) -> int:
        """Its place, 0 is *low*."""
        return _STEPS[self]


_STEPS: dict[StrEnum, int] = {}
for _ladder in (Firmness, Rung, Grade):
    _STEPS.update((_step, _place) for _place, _step in enumerate(_ladder))


@frozen(kw_only=True)
class When:
    """When in the world: civil texts for the first and the last possible date, `""` where that end is not known.

    `throughout` says of a state that it held during the whole span, not only at some time in it. `wording` keeps the words that the
    bounds were read from.
    """

    first: str
    last: str
    throughout: bool = True
    wording: str = ""


@frozen(kw_only=True)
class Amount:
    """A number known as a range; an end that nobody gave is `None`. Units are words of the agreement."""

    low: Decimal | None
    high: Decimal | None
    unit: str


@frozen(kw_only=True)
class Voice:
    """Who says it: a name or description, and the party or body it speaks for (`""` where it speaks for none)."""

    name: str
    speaks_for: str = ""


@frozen(kw_only=True)
class Anchor:
    """Where in a source: its id, the paragraph (non-empty line, from 1; 0 is the whole), and a few words as they stand there."""

    source: str
    paragraph: int = 0
    quote: str = ""

    def __str__(self) -> str:
        """Write `source#P5`."""
        return f"{self.source}#P{self.paragraph}" if self.paragraph else self.source


@frozen(kw_only=True)
class Statement:
    """One dated, attributed claim by a voice.

    `id` is the hash of its canonical form; `label` a handle for people, unique in its case and no part of the claim. `said` is the civil
    text
    whose last instant is the latest by which the public had it; `through` and `outlet` are how the voice reached us. `withdraws` holds ids
    of statements that this one takes back (a correction, or with `Says.RETRACTS` a retraction). `place` and `conditions` keep the
    voice's words; `area` names a declared area. `span` is where it was written, no part of the claim.
    """

    id: str
    label: str
    says: Says
    term: Term
    polarity: bool = True
    when: When | None = None
    said: str
    voice: Voice
    through: tuple[str, ...] = ()
    outlet: str = ""
    form: Form
    firmness: Firmness | None = None
    grade: Grade
    anchor: Anchor
    value: str = ""
    amount: Amount | None = None
    rung: Rung | None = None
    stance: Stance | None = None
    area: str = ""
    place: str = ""
    conditions: tuple[str, ...] = ()
    note: str = ""
    withdraws: tuple[str, ...] = ()
    visibility: str = "public"
    span: Span = Span("")

    @property
    def anonymous(self) -> bool:
        """Whether nobody stands behind it by name."""
        return self.form.anonymous
