"""What follows from suppositions: the answers of one view without and with them, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field

from aval.answers.changed import by_term, freshly_said, moves
from aval.answers.citing import cite, claim
from aval.answers.headline import what_is_missing
from aval.answers.inquiry import Inquiry
from aval.answers.items import NOT_SET, board
from aval.answers.naming import label_of, names, of_each
from aval.answers.owed import RUNNING, owed
from aval.answers.shapes import Cited, Coordinates, Debt, Item, Unanswered
from aval.engine.cast import VOTE
from aval.model.agreement import Body, Event
from aval.model.frozen import frozen
from aval.model.statement import Says, Statement

BEGINS, OWED, DATED, ENDS, SETTLED, UNSETTLED, PARTED, OTHER = [
    "begins",
    "owed",
    "dated",
    "ends",
    "settled",
    "unsettled",
    "parted",
    "other",
]
KINDS = (BEGINS, OWED, ENDS, DATED, SETTLED, PARTED, UNSETTLED, OTHER)
"""What can become of a line, in the order in which they are shown."""
_REST = (
    (DATED, "Dated then"),
    (ENDS, "Holds no longer"),
    (SETTLED, "No longer open"),
    (PARTED, "Depends on a reading then"),
    (UNSETTLED, "Open or contested then"),
)
_STANDS = ("yes", "available")
_MANY = 4
"""so many are named in the sentence"""


TYPED = "--that"
"""what stands in the place of a document where a supposition was typed"""


@frozen(kw_only=True)
class Paper:
    """A document of suppositions: the name of what it supposes, and its path as the user named it."""

    name: str
    path: str


@frozen(kw_only=True)
class Thought:
    """One thing that is supposed, as it was put, and whether it counts as evidence; `why_not` is the rule that says so."""

    id: str
    words: str
    term: str
    label: str
    claim: str
    day: str
    told_by: str
    counts: bool
    why_not: str = ""
    place: str
    """where it was put, `path:line`"""


@frozen(kw_only=True)
class Turn:
    """One line of the board that would be otherwise.

    `kind` is `begins` (it comes to hold, or is available), `owed` (a duty comes to be owed), `ends`, `dated` (an instant is set or moves),
    `settled` (it was open), `parted` (it comes to depend on a reading), `unsettled` (it comes to be open or contested) or `other`.
    `after` is `None` where it depends on a reading. `due` is a duty's deadline.
    """

    kind: str
    term: str
    label: str
    before: str | None
    after: str | None
    by_reading: Mapping[str, str] = field(default_factory=dict)
    since: str | None = None
    due: str | None = None
    because: str
    clause: str


@frozen(kw_only=True)
class Supposed:
    """What would be otherwise at one view if that were so which is supposed. Nothing of it is stored or forecast."""

    title: str
    coordinates: Coordinates
    """the view with the suppositions"""
    without: Coordinates
    headline: str
    documents: tuple[Paper, ...]
    thoughts: tuple[Thought, ...]
    withdrawn: tuple[Cited, ...]
    """statements of the record that are supposed to be taken back"""
    turns: tuple[Turn, ...]
    unanswered: tuple[Unanswered, ...] = ()
    """declarations of which nothing could be answered with or without; they are not compared"""
    names: Mapping[str, str] = field(default_factory=dict)


def differing(before: Inquiry, after: Inquiry, documents: Sequence[Paper], withdrawn: Iterable[Statement]) -> Supposed:
    """Compare the boards of one view without and with suppositions."""
    (first, missing), (second, lacking) = board(before), board(after)
    unanswered = {one.name: one for one in (*missing, *lacking)}
    was, now = (by_term(item for item in items if item.name not in unanswered) for items in (first, second))
    debts = {debt.term: debt for debt in owed(after).debts}
    thoughts = tuple(_thoughts(after))
    told = {one.term for one in thoughts if one.counts}
    found = [
        _turn(was.get(one.term), now[one.term], debts.get(one.term), after) for one in moves(was, now, freshly_said(before, after), after)
    ]
    turns = sorted((one for one in found if one.term not in told), key=lambda one: _rank(one, after))
    return Supposed(
        title=after.manifest.title,
        coordinates=after.coordinates(),
        without=before.coordinates(),
        headline=" ".join([*_sentences(turns, after), *what_is_missing(second, after)]),
        documents=tuple(documents),
        thoughts=thoughts,
        withdrawn=tuple(cite(one, before) for one in withdrawn),
        turns=tuple(turns),
        unanswered=tuple(unanswered.values()),
        names=names(after),
    )


def _thoughts(inquiry: Inquiry) -> Iterator[Thought]:
    """Say of each supposition what it claims, and whether that counts."""
    for one in inquiry.supposed:
        id_ = one.id
        alleged = {item.statement: item.why_not for item in inquiry.world.said_of(one.term)[1]}
        position = one.says in (Says.POSITION, Says.RETRACTS)
        body = inquiry.world.agreements.get(one.term.args[1], Body) if one.term.name == VOTE else None
        why_not = "the text does not say how it decides" if body is not None and body.decides is None else ""
        declared = inquiry.world.agreements.declarations.get(one.term.name)
        when = one.when
        days = dict.fromkeys((when.first or "…", when.last or "…")) if when else {}
        yield Thought(
            id=id_,
            words=one.note,
            term=str(one.term),
            label=label_of(declared, one.term, inquiry),
            claim=claim(one),
            day=" to ".join(days),
            told_by=one.voice.speaks_for,
            counts=not (position or why_not or id_ in alleged),
            why_not=alleged.get(id_, why_not),
            place=inquiry.clause(one.span),
        )


def _turn(old: Item | None, new: Item, debt: Debt | None, inquiry: Inquiry) -> Turn:
    before = old.value if old is not None else "open"
    return Turn(
        kind=_kind(old, new),
        term=new.term,
        label=new.label,
        before=before,
        after=new.value,
        by_reading=new.by_reading,
        since=new.since,
        due=debt.due if debt is not None and (new.value in RUNNING or new.value is None) else None,
        because=new.because,
        clause=inquiry.clause(inquiry.world.agreements.declarations[new.name].meta.span) if new.name != "offer" else new.clause,
    )


def _kind(old: Item | None, new: Item) -> str:
    before = old.value if old is not None else "open"
    if new.kind == "duty":
        return (
            OWED if new.value in RUNNING else PARTED if new.value is None else ENDS if before in RUNNING else _settling(before, new.value)
        )
    if new.kind == "moment":
        return DATED
    if new.value in _STANDS:
        return BEGINS
    if new.value is None:
        return PARTED
    if before in _STANDS:
        return ENDS
    return _settling(before, new.value)


def _settling(before: str | None, after: str) -> str:
    return UNSETTLED if after in ("open", "contested") else SETTLED if before == "open" else OTHER


def _rank(turn: Turn, inquiry: Inquiry) -> tuple[int, int]:
    first = inquiry.manifest.headlines
    name = turn.term.partition("(")[0]
    return (KINDS.index(turn.kind), first.index(name) if name in first else len(first))


def _sentences(turns: Sequence[Turn], inquiry: Inquiry) -> Iterator[str]:
    """Say first what comes into force, what becomes owed and by when, and what is open no longer."""
    begins = [one for one in turns if one.kind == BEGINS and not _is_event(one, inquiry)]
    yield f"Comes to hold: {_listed(begins, inquiry)}." if begins else "Nothing comes into force."
    due = [one for one in turns if one.kind == OWED]
    if due:
        yield f"Becomes owed: {_listed(due, inquiry)}."
    perhaps = [one for one in turns if one.kind == PARTED and set(one.by_reading.values()) & set(RUNNING)]
    if perhaps:
        yield f"Becomes owed on a reading: {_listed(perhaps, inquiry)}."
    if not due and not perhaps:
        yield "Nothing becomes owed."
    for kind, words in _REST:
        some = [one for one in turns if one.kind == kind]
        if some:
            yield f"{words}: {_listed(some, inquiry)}."


def _is_event(turn: Turn, inquiry: Inquiry) -> bool:
    return inquiry.world.agreements.get(turn.term.partition("(")[0], Event) is not None


def _listed(turns: Sequence[Turn], inquiry: Inquiry) -> str:
    """Name what would be otherwise, each declaration once."""
    pools: dict[str, list[Turn]] = {}
    for one in turns:
        pools.setdefault(one.term.partition("(")[0], []).append(one)
    words = [_named(name, pool, inquiry) for name, pool in pools.items()]
    return "; ".join(words[:_MANY]) + (f"; and {len(words) - _MANY} more" if len(words) > _MANY else "")


def _named(name: str, pool: Sequence[Turn], inquiry: Inquiry) -> str:
    declared = inquiry.world.agreements.declarations.get(name)
    words = pool[0].label if len(pool) == 1 or declared is None else f"{of_each(declared, inquiry)} ({len(pool)})"
    dues = dict.fromkeys(one.due for one in pool if one.due)
    dates = dict.fromkeys(date for one in pool if one.kind == DATED for date in _dates(one))
    return words + (f", due {' or '.join(dues)}" if dues else "") + (f", {' or '.join(dates)}" if dates else "")


def _dates(turn: Turn) -> list[str]:
    """Give when a moment comes; on each reading that sets it, where they differ."""
    if turn.after is not None:
        return [turn.after]
    return [f"{date} (reading {reading.partition('=')[2]})" for reading, date in turn.by_reading.items() if date != NOT_SET]
