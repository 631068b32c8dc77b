"""What an answer is made of: plain values that every renderer reads and that the answer JSON spells out (`docs/answers.md`).

Instants are already written out in the case's time zone; values and rungs are their words. `None` is: there is none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from aval.model.frozen import frozen


@frozen(kw_only=True)
class Coordinates:
    """Where an answer stands (its view), and what it was computed from, so that it can be computed again."""

    at: str
    known: str
    recorded: str | None
    readings: Mapping[str, str]
    suppositions: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()
    """the same suppositions, in the words and the order in which they were put"""
    viewer: str = ""
    """the party who looks, and sees its draft statements too; empty is the public"""
    zone: str
    agreements: Mapping[str, str]
    """agreement name to version"""
    statements: str
    """content hash of the live statements in view"""
    engine: str
    time_zone_data: str


@frozen(kw_only=True)
class Cited:
    """One statement as an answer cites it: who said it, how, when, and where that stands."""

    id: str
    label: str
    says: str
    term: str
    summary: str
    """in plain words, such as "Merz, for DEU: offer(DEU, land) signalled" """
    voice: str
    speaks_for: str
    through: tuple[str, ...]
    outlet: str
    form: str
    firmness: str | None
    grade: str
    said: str
    happened: str
    """when in the world, in the words of the range; empty where nobody said"""
    anchor: str
    """source id and paragraph, `dpa-2025-09-04#P5`"""
    quote: str
    source_title: str
    conditions: tuple[str, ...] = ()
    place: str = ""
    amount: str = ""
    note: str = ""
    visibility: str = "public"
    """the party whose draft statement it is, which nobody else sees; or *public*"""
    why_not: str = ""
    """where it does not count here: why"""


@frozen(kw_only=True)
class Item:
    """One line of the board.

    `value` is `None` where it depends on a reading; `by_reading` then lists each. `since` is when the present value began; `bounds`
    where that
    lies if it is not known exactly. `mode` is told, carried, projected, derived or untold. `source` is the anchor of the statement or
    clause
    that it rests on most, `clause` the place in the agreement. `anonymous`: it rests on a voice without a name; `low`: only low-grade
    sources speak of it.
    """

    term: str
    kind: str
    name: str
    args: tuple[str, ...]
    label: str
    value: str | None
    by_reading: Mapping[str, str] = field(default_factory=dict)
    mode: str
    since: str | None
    since_by_reading: Mapping[str, str] = field(default_factory=dict)
    """where all readings agree on the value and not on since when it holds: the date on each; `since` and `bounds` are then `None`"""
    bounds: tuple[str | None, str | None] | None = None
    times: int = 1
    """how many dates a moment is told to have; its value is the last that has come, or else the first that is to come"""
    last_told: str | None = None
    because: str
    source: str
    clause: str
    agreement: str
    heading: str
    anonymous: bool = False
    low: bool = False
    firmness: str | None = None
    """the firmest that anybody has put it, in view, whether or not that is enough to count"""
    force: tuple[str, ...] = ()
    cited: Sequence[Cited] = ()
    missing: tuple[str, ...] = ()
    """conditions that are not yes, by term, for what is not in force"""


@frozen(kw_only=True)
class OpenQuestion:
    """A question of the agreements, its rival readings, and the reading that the view chose."""

    name: str
    label: str
    chosen: str | None
    readings: tuple[tuple[str, str, tuple[str, ...]], ...]
    """(name, label, anchors)"""
    clause: str
    moves: tuple[str, ...]
    """terms whose value differs between the readings"""


@frozen(kw_only=True)
class Gap:
    """Something that nobody said: of which declaration, in which agreement."""

    what: str
    of: str
    label: str
    agreement: str
    clause: str


@frozen(kw_only=True)
class Unanswered:
    """A declaration of which nothing could be answered: the problem that stands in the way, and its place."""

    name: str
    kind: str
    label: str
    code: str
    message: str
    place: str
    """where the problem is, in this declaration or in one that it rests on"""
    agreement: str
    clause: str
    """where the declaration is"""


@frozen(kw_only=True)
class Status:
    """What is in force, owed, open and refused at one view.

    `items` are states, moments, quantities, duties, powers and contributions in the order of the text. `refusals` are statements by
    which a voice
    refuses, objects to or threatens something, offers refused included; `anonymous` and `low` the statements in view that rest on nobody's
    name, or on low-grade sources. `gaps` is what nobody said.
    """

    title: str
    coordinates: Coordinates
    headline: str
    """a few sentences: what is in force, what is missing"""
    notes: tuple[str, ...] = ()
    """what a reader must know of this view: the newest statement, agreements dated later"""
    headlines: tuple[str, ...]
    """names of the declarations that the case puts first"""
    items: tuple[Item, ...]
    questions: tuple[OpenQuestion, ...]
    refusals: Sequence[Cited]
    positions: Sequence[Cited] = ()
    """every other stance: supports, demands, expects, reserves, undecided"""
    anonymous: Sequence[Cited]
    low: Sequence[Cited]
    gaps: tuple[Gap, ...]
    unanswered: tuple[Unanswered, ...] = ()
    """declarations of which nothing could be answered, and why; everything else is"""
    counts: Mapping[str, int]
    """statements in view, sources, gaps, questions, items by value"""
    names: Mapping[str, str] = field(default_factory=dict)
    """labels of the parties, groups and areas that the terms name, by code: `{"FRA": "France"}`"""


@frozen(kw_only=True)
class WhyNode:
    """One line of an explanation, with what it rests on; `parts` are the lines below it."""

    text: str
    term: str
    value: str
    mode: str
    since: str | None
    last_told: str | None
    note: str
    clause: str
    """place in the agreement, `agreements/framework.md:41`"""
    anchors: tuple[tuple[str, str], ...]
    """(source and paragraph, a few words) that the clause itself names"""
    question: str
    reading: str
    cited: Sequence[Cited]
    alleged: Sequence[Cited]
    parts: tuple[WhyNode, ...]
    by: str | None = None
    """when it had begun, where `since` is not known exactly"""


@frozen(kw_only=True)
class Why:
    """Why one term has the value it has; where readings differ, one tree for each (`roots`: reading words, tree)."""

    term: str
    label: str
    kind: str
    value: str | None
    by_reading: Mapping[str, str]
    prose: str
    """the clause above the formal text, as the agreement's author wrote it"""
    coordinates: Coordinates
    roots: tuple[tuple[str, WhyNode], ...]
    gaps: tuple[Gap, ...]
    positions: Sequence[Cited] = ()
    """what voices want of it: supports, demands, refuses…; never evidence"""


@frozen(kw_only=True)
class Debt:
    """One duty of one bearer: what, to whom, in which phase, by when, and the first cause."""

    term: str
    label: str
    bearer: str
    counterparty: str
    phase: str | None
    """dormant, owed, overdue, suspended, discharged, waived, lapsed, breached, open or contested; `None`: depends on reading"""
    by_reading: Mapping[str, str]
    since: str | None
    since_by_reading: Mapping[str, str] = field(default_factory=dict)
    due: str | None
    amounts: tuple[str, ...] = ()
    """how much is owed, one for each clause that says so"""
    deeds: tuple[str, ...]
    discretion: str
    because: str
    clause: str
    force: tuple[str, ...]
    missing: tuple[str, ...]


@frozen(kw_only=True)
class Owed:
    """Who owes what to whom by when, and what would wake the rest."""

    title: str
    coordinates: Coordinates
    debts: tuple[Debt, ...]
    bans: tuple[Item, ...] = ()
    powers: tuple[Item, ...]
    unanswered: tuple[Unanswered, ...] = ()
    """declarations of which nothing could be answered, and why; everything else is"""
    names: Mapping[str, str] = field(default_factory=dict)
    """labels of the parties, groups and areas that the terms name, by code: `{"FRA": "France"}`"""


@frozen(kw_only=True)
class Difference:
    """One thing that two views see differently.

    `kind` is `new` (first told between them), `moved` (the value or rung differs), `said` (told again, unchanged), `gone` (the later report
    no longer mentions it), `firmer` or `softer` (the same promise, differently firm).
    """

    kind: str
    term: str
    label: str
    before: str | None
    after: str | None
    because: str
    source: str
    anonymous: bool = False
    low: bool = False
    cited: Sequence[Cited] = ()


@frozen(kw_only=True)
class Changed:
    """What changed between two views, and what the later report of a series no longer mentions."""

    title: str
    earlier: Coordinates
    later: Coordinates
    differences: tuple[Difference, ...]
    reports: tuple[str, str] | None
    """titles of the two reports compared for what is no longer mentioned"""
    unanswered: tuple[Unanswered, ...] = ()
    """declarations of which nothing could be answered at one of the views, and why; they are not compared"""
    names: Mapping[str, str] = field(default_factory=dict)
    """labels of the parties, groups and areas that the terms name, by code: `{"FRA": "France"}`"""
