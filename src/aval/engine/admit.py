"""Acceptance (semantics 2.4): which statements count as evidence for their term, and why the others do not.

What is supposed counts as accepted, whatever the agreement asks for, and adds no voice to what others said (decision 21).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import prod
from typing import Protocol, TypeVar

import numpy as np

from aval.engine.algebra import distinct
from aval.model.agreement import (
    Acceptance,
    Agreements,
    Ban,
    Body,
    Declaration,
    Duty,
    Event,
    FromFinding,
    FromSources,
    FromVoice,
    Group,
    Power,
    Process,
    Quantity,
    State,
    params_of,
)
from aval.model.claims import Book, Claims, Listed
from aval.model.columns import SMALL, Bools, Ints
from aval.model.frozen import frozen
from aval.model.reason import Alleged
from aval.model.statement import Firmness, Form, Grade, Says, Statement, Voice
from aval.model.term import Term

T = TypeVar("T")


@dataclass(slots=True)
class Docket:
    """All that was said of one term: what counts, and what does not and why."""

    accepted: Claims
    alleged: Sequence[Alleged]
    findings: Sequence[Statement] = ()
    """what bodies themselves found, each an act of its own, whether or not a later finding has taken its place"""


Finders = Mapping[str, frozenset[str]]
"""For each declared event or state the bodies whose findings settle it."""

CLAIMS = {Says.HAPPENED: (Event, Duty, Ban), Says.HOLDS: (State, Process, Duty, Power), Says.MEMBER: (Group,), Says.AMOUNT: (Quantity,)}
"""The claims about the world, and the kinds of declarations that they can be about."""
_OPEN_DOOR = Acceptance()
NAMELESS = "nobody stands behind it by name"


@frozen()
class _Sort:
    """All that acceptance looks at in a statement. A million statements are of a few sorts, and each sort is judged once."""

    says: Says
    polarity: bool
    firmness: Firmness | None
    grade: Grade
    form: Form
    voice: Voice

    @property
    def anonymous(self) -> bool:
        """Whether nobody stands behind it by name."""
        return self.form.anonymous


class Admitted(Mapping[Term, Docket]):
    """What was said of each term, sorted when it is asked for."""

    def __init__(self, agreements: Agreements, statements: Iterable[Statement]) -> None:
        """Keep what can count at all."""
        given = Claims.of(statements)
        self._agreements = agreements
        self._finding = finders_of(agreements)
        self._claims = given.where(given.ask(given.book.says, lambda says: says in CLAIMS))
        self._dockets: dict[Term, Docket] = {}
        self._replaced: dict[str, dict[Term, None]] = {}
        self._kept: dict[Hashable, object] = {}

    @property
    def finders(self) -> Finders:
        """For each declared event or state the bodies whose findings settle it."""
        return self._finding

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Work something out the first time that it is asked for, and keep it for every evaluation of the same statements."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]  # type: ignore[assignment]  # a key always keeps what its one maker makes
        return kept

    def __getitem__(self, term: Term) -> Docket:
        """Give what was said of a term."""
        if term not in self._dockets:
            self._dockets[term] = docket_of(self._agreements, term, self._claims.where(self._claims.by_term[term]), self._finding)
        return self._dockets[term]

    def __setitem__(self, term: Term, docket: Docket) -> None:
        """Put what was worked out about a term in the place of what was said of it."""
        self._dockets[term] = docket
        self._replaced.setdefault(term.name, {})[term] = None

    def __contains__(self, term: object) -> bool:
        """Whether anything was said of a term."""
        return term in self._dockets or term in self._claims.by_term

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms that somebody spoke of, in the order in which each first comes."""
        added = (term for terms in self._replaced.values() for term in terms if term not in self._claims.by_term)
        return chain(self._claims.by_term, added)

    def __len__(self) -> int:
        """The number of terms that somebody spoke of."""
        return sum(1 for _ in self)

    def counted(self, name: str) -> list[Claims]:
        """Give all that counts for the terms of one declaration; each term's in one piece."""
        replaced = self._replaced.get(name, {})
        found = self.once(("counted", name), lambda: self._counted(name))
        if replaced:
            found = found.where(np.flatnonzero(~found.ask(found.book.term, lambda term: term in replaced)))
        return [found, *(self._dockets[term].accepted for term in replaced)]

    def _counted(self, name: str) -> Claims:
        said = self._claims.of_name(name)
        declared = self._agreements.declarations.get(name)
        if declared is not None and not self._finding.get(name) and _by_sort(declared):
            sorts, number = _sorts(said)
            counts = [not _Judge(declared, Term(name), [sort], ()).refusal(sort) for sort in sorts]
            return said.where(np.flatnonzero(np.array(counts, np.bool_)[number]))
        rows = [docket_of(self._agreements, term, said.where(places), self._finding).accepted.rows for term, places in said.by_term.items()]
        kept = np.zeros(len(said.book), np.bool_)
        kept[np.concatenate(rows) if rows else np.zeros(0, np.int64)] = True
        return said.where(np.flatnonzero(kept[said.rows]))


def _by_sort(declared: Declaration) -> bool:
    """Whether a statement counts by itself: whatever its term's arguments are, and whatever else was said of it."""
    params = {param.name for param in params_of(declared)}
    return all(
        way.number <= 1 if isinstance(way, FromSources) else not (isinstance(way, FromVoice) and way.who.text in params)
        for way in _acceptance(declared).ways
    )


class Firmest(Mapping[Term, Firmness]):
    """The firmest word that a source above grade low has given for each term, whether or not it counts; looked for when asked."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        """Keep what has a firmness at all."""
        claims = Claims.of(statements)
        book = claims.book
        above = claims.ask(book.firmness, lambda step: step is not None) & claims.ask(book.grade, lambda grade: grade is not Grade.LOW)
        self._firm = claims.where(above & claims.ask(book.polarity, bool))

    def __getitem__(self, term: Term) -> Firmness:
        """Give the firmest word for a term."""
        book, rows = self._firm.book, self._firm.rows[self._firm.by_term[term]]
        said = {book.firmness.values[code] for code in book.firmness.codes[rows].tolist()}
        found: Firmness = max((step for step in said if step is not None), key=lambda step: step.step)
        return found

    def __iter__(self) -> Iterator[Term]:
        """Yield the terms of which somebody said how firm they are."""
        return iter(self._firm.by_term)

    def __len__(self) -> int:
        """The number of such terms."""
        return len(self._firm.by_term)


def hear(agreements: Agreements, term: Term, statements: Iterable[Statement]) -> Docket:
    """Sort what was said of one term."""
    return docket_of(agreements, term, Claims.of(statements), finders_of(agreements))


def docket_of(agreements: Agreements, term: Term, said: Claims, finding: Finders) -> Docket:
    """Sort what was said of one term."""
    declared = agreements.declarations.get(term.name)
    sorts, number = _sorts(said)
    finders = finding.get(term.name, frozenset())
    judge = _Judge(declared, term, sorts, finders)
    refusals = [judge.refusal(sort) for sort in sorts]
    counts = np.array([not why_not for why_not in refusals], np.bool_)[number]
    reasons = number
    found = np.array([bool(agreements.get(sort.voice.speaks_for, Body)) for sort in sorts], np.bool_)[number] & counts
    findings = said.where(found)
    if isinstance(declared, Event) and finders and len(findings):
        refusals, reasons, counts = _settled(agreements.document_of(declared).zone, said, [*refusals], number, counts, finders)
    others, reasons = said.where(~counts), reasons[~counts]

    def alleged(place: int) -> Alleged:
        return Alleged(statement=others.ids[place], why_not=refusals[int(reasons[place])])

    return Docket(accepted=said.where(counts), alleged=Listed(len(others), alleged), findings=findings)


def _settled(
    zone: str, said: Claims, refusals: list[str], reasons: Ints, counts: Bools, finders: Collection[str]
) -> tuple[list[str], Ints, Bools]:
    """Let what bodies found stand in the place of all else that was said of an event (2.7); of one body, what it found last."""
    instants = said.book.said_by(zone)[0][said.rows]
    speakers = [voice.speaks_for for voice in said.book.voice.values]
    speaker = said.book.voice.codes[said.rows]
    standing = np.zeros(len(said), np.bool_)
    for body in finders:
        mine = np.array([name == body for name in speakers], np.bool_)[speaker] & counts
        if mine.any():
            standing |= mine & (instants == instants[mine].max())
    if not standing.any():
        return refusals, reasons, counts
    bodies = sorted({speakers[code] for code in speaker[standing].tolist()})
    reasons = np.where(counts & ~standing, len(refusals), reasons)
    return [*refusals, f"a finding of {' and '.join(bodies)} stands in its place"], reasons, standing


def finders_of(agreements: Agreements) -> Finders:
    """Give the bodies whose findings settle each event and state: those it is accepted from, and those that may find it."""
    found: dict[str, set[str]] = {}
    for body in agreements.of(Body):
        for ref in body.may_find:
            found.setdefault(ref.name, set()).add(body.meta.name)
    for name, declared in agreements.declarations.items():
        if isinstance(declared, Event | State):
            found.setdefault(name, set()).update(way.body for way in declared.acceptance.ways if isinstance(way, FromFinding))
        else:
            found.pop(name, None)
    return {name: frozenset(bodies) for name, bodies in found.items() if bodies}


def _sorts(said: Claims) -> tuple[list[_Sort], Ints]:
    """Give the sorts of statements there are, and for each statement the number of its sort."""
    book, rows = said.book, said.rows
    columns = (book.says, book.polarity, book.firmness, book.grade, book.form, book.voice)
    mixed = np.zeros(len(rows), np.int64)
    for column in columns:
        mixed = mixed * len(column.values) + column.codes[rows]
    most = prod(len(column.values) for column in columns)
    if most > max(SMALL, len(rows)):
        known = distinct(mixed)
        mixed, most = np.searchsorted(known, mixed), len(known)
    example = np.full(most, -1)
    example[mixed] = rows  # any row of a sort will do
    kinds = np.flatnonzero(example >= 0)
    numbers = np.zeros(most, np.int64)
    numbers[kinds] = np.arange(len(kinds))
    return [_sort(book, row) for row in example[kinds].tolist()], numbers[mixed]


def _sort(book: Book, row: int) -> _Sort:
    return _Sort(
        says=book.says.values[book.says.codes[row]],
        polarity=book.polarity.values[book.polarity.codes[row]],
        firmness=book.firmness.values[book.firmness.codes[row]],
        grade=book.grade.values[book.grade.codes[row]],
        form=book.form.values[book.form.codes[row]],
        voice=book.voice.values[book.voice.codes[row]],
    )


class _Judge:
    """Says why a sort of statements about a term does not count, in view of all that was said of it."""

    def __init__(self, declared: Declaration | None, term: Term, sorts: Sequence[_Sort], finders: Collection[str]) -> None:
        self._declared = declared
        self._finders = finders
        self._term = term
        self._acceptance = _acceptance(declared)
        self._firm = [sort for sort in sorts if self._is_firm(sort)]
        self._voices: dict[tuple[bool, Grade], int] = {}

    def refusal(self, sort: _Sort) -> str:
        """Give the rule by which it does not count; `""` where it counts."""
        declared, acceptance = self._declared, self._acceptance
        if declared is None or not isinstance(declared, CLAIMS[sort.says]):
            return "it speaks of another kind of thing"
        if sort.voice.speaks_for in self._finders and self._is_firm(sort):
            return nameless_or_low(sort)
        if sort.says is Says.HOLDS and not (isinstance(declared, State) and declared.reported):
            return "the agreement's own rule decides, not a report"
        if isinstance(declared, Group) and not sort.polarity and not declared.table and self._term.args[0] in declared.members:
            return "the agreement names it as a member, and nobody's word moves that"
        if not acceptance.ways:
            return "no body is named to find it"
        if sort.form is Form.SUPPOSED:
            return ""
        refusals = [self._refused_by(way, declared, sort) for way in acceptance.ways]
        reasons = [] if "" in refusals else refusals
        if not self._is_firm(sort):
            reasons = [f"it says {(sort.firmness or Firmness.DONE).value}, {acceptance.firmness.value} is needed", *reasons]
        return "; ".join(dict.fromkeys(reasons))

    def _is_firm(self, sort: _Sort) -> bool:
        """Whether it is firm enough to count; a denial is as firm as any."""
        return not sort.polarity or (sort.firmness or Firmness.DONE).step >= self._acceptance.firmness.step

    def _refused_by(self, way: FromVoice | FromSources | FromFinding, declared: Declaration, sort: _Sort) -> str:
        match way:
            case FromVoice(who=who):
                wanted = _argument(declared, self._term, who.text)
                if sort.voice.speaks_for != wanted:
                    return f"not the word of {wanted}"
                return nameless_or_low(sort)
            case FromFinding(body=body):
                return nameless_or_low(sort) if sort.voice.speaks_for == body else f"not a finding of {body}"
            case FromSources(number=number, grade=grade):
                return self._refused_by_sources(number, grade, sort)

    def _refused_by_sources(self, number: int, grade: Grade, sort: _Sort) -> str:
        if sort.grade.step < grade.step:
            return f"its source is of grade {sort.grade.value}, {grade.value} is needed"
        if sort.anonymous:
            return NAMELESS
        voices = self._independent(sort.polarity, grade)
        return "" if voices >= number else f"{number} independent sources are needed, there is {voices}"

    def _independent(self, polarity: bool, grade: Grade) -> int:  # noqa: FBT001  a side, not a switch
        """Count whom the named and firm voices of one side speak for, from that grade up."""
        if (polarity, grade) not in self._voices:
            named = [other for other in self._firm if not other.anonymous and other.form is not Form.SUPPOSED]
            alike = [other for other in named if other.polarity == polarity and other.grade.step >= grade.step]
            self._voices[(polarity, grade)] = len({(other.voice.speaks_for or other.voice.name) for other in alike})
        return self._voices[(polarity, grade)]


def _acceptance(declared: Declaration | None) -> Acceptance:
    """Give when a statement counts; that a norm was broken, counts only from the body that the agreement names for it."""
    if isinstance(declared, Duty | Ban):
        return Acceptance(ways=(FromFinding(body=declared.found_by),) if declared.found_by else ())
    return getattr(declared, "acceptance", _OPEN_DOOR)


class Nameable(Protocol):
    """A statement, or a sort of them."""

    @property
    def anonymous(self) -> bool:
        """Whether nobody stands behind it by name."""
        ...

    @property
    def grade(self) -> Grade:
        """How far its source can be relied on."""
        ...


def nameless_or_low(statement: Nameable) -> str:
    """Say why a party's own word does not count: nobody gives a name for it, or its source is of grade low."""
    if statement.anonymous:
        return NAMELESS
    return "its source is of grade low" if statement.grade is Grade.LOW else ""


def _argument(declared: Declaration, term: Term, variable: str) -> str:
    """Give the argument that a parameter stands for in this term; a plain name stands for itself."""
    names = [param.name for param in params_of(declared)]
    return term.args[names.index(variable)] if variable in names and len(term.args) == len(names) else variable
