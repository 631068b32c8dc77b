"""Many statements as columns (DESIGN 4): what decides is at hand for all of them at once, and a statement is made when one is asked for.

A *book* has every statement of a store, a row for each, in the order of their ids. *Claims* are some rows of a book, in an order of their
own; they are a sequence of statements like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from operator import attrgetter
from typing import Any, Generic, TypeVar, overload

import numpy as np
import numpy.typing as npt

from aval.model.columns import Bools, Ints
from aval.model.instant import Instant, read_civil
from aval.model.statement import Firmness, Form, Grade, Says, Statement, Voice, When
from aval.model.term import Term

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

PREFIX = "sha256:"
_PREFIX = np.frombuffer(PREFIX.encode(), np.uint8)
_DIGITS = np.frombuffer(b"0123456789abcdef", np.uint8)
_KEPT = 100_000
"""How many statements of a book are kept once they were made."""

_NOTHING = np.zeros(0, np.int64)

Digests = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Coded(Generic[K]):
    """One column: each row's value as its place among the distinct values."""

    codes: Ints
    values: tuple[K, ...]

    @classmethod
    def of(cls, values: Iterable[K]) -> Coded[K]:
        """Number the distinct values."""
        kept = list(values)  # which keeps them alive, so that no two have one identity
        ids = list(map(id, kept))
        seen: dict[K, int] = {}
        # each object is looked up by its identity, which is quicker than by what it is equal to; that is done once for each
        met = {identity: seen.setdefault(value, len(seen)) for identity, value in dict(zip(ids, kept, strict=True)).items()}
        codes = np.fromiter(map(met.__getitem__, ids), np.int64, len(ids))
        return cls(codes, tuple(seen))

    def number(self, number: Callable[[K], int]) -> Ints:
        """Give a number for every row, worked out once for each distinct value."""
        return np.fromiter(map(number, self.values), np.int64, len(self.values))[self.codes]


@dataclass(frozen=True, eq=False, kw_only=True)
class Book:
    """Every statement of a store. `digests` are the ids, 32 bytes each and rising; `make` makes the statement of a row."""

    digests: Digests
    says: Coded[Says]
    term: Coded[Term]
    polarity: Coded[bool]
    firmness: Coded[Firmness | None]
    grade: Coded[Grade]
    form: Coded[Form]
    voice: Coded[Voice]
    said: Coded[str]
    when: Coded[When | None]
    source: Coded[str]
    withdraws: Mapping[int, tuple[str, ...]]
    """what a row withdraws, for the few that do"""
    make: Callable[[int], Statement]
    _made: dict[int, Statement] = field(default_factory=dict)
    _kept: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Work something out about all rows the first time that it is asked for, and keep it."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    def __len__(self) -> int:
        """The number of rows."""
        return len(self.digests)

    def statement(self, row: int) -> Statement:
        """Give the statement of a row."""
        made = self._made.get(row)
        if made is None:
            if len(self._made) >= _KEPT:
                self._made.clear()
            made = self._made[row] = self.make(row)
        return made

    def id(self, row: int) -> str:
        """Give the content id of a row."""
        digest: bytes = self.digests[row].tobytes()
        return PREFIX + digest.hex()

    @cached_property
    def _keys(self) -> npt.NDArray[np.bytes_]:
        return np.ascontiguousarray(self.digests).view("S32").reshape(-1)

    def row(self, id_: str) -> int | None:
        """Find the row of a content id."""
        try:
            wanted = np.frombuffer(bytes.fromhex(id_.removeprefix(PREFIX)), "S32")
        except ValueError:
            return None
        if len(wanted) != 1 or not len(self):
            return None
        place = int(np.searchsorted(self._keys, wanted[0]))
        return place if place < len(self) and self.id(place) == id_ else None

    def said_by(self, zone: str) -> tuple[Ints, Ints]:
        """Give for every row the latest instant by which the public had it; and the rows in the order of that instant, then of their ids.

        Raises `ValueError` where `said` is no date, which intake refuses.
        """

        def made() -> tuple[Ints, Ints]:
            instants = self.said.number(lambda text: _said_by(text, zone))
            return instants, np.argsort(instants, kind="stable")

        return self.once(("said by", zone), made)

    def all(self) -> Claims:
        """Give all rows."""
        return Claims(self, np.arange(len(self), dtype=np.int64))


def _said_by(text: str, zone: str) -> Instant:
    span = read_civil(text, zone)
    if span is None:
        raise ValueError(f"said is no date: {text!r}")
    return span.hi


class Claims(Sequence[Statement]):
    """Some statements of a book."""

    def __init__(self, book: Book, rows: Ints, origin: object = None) -> None:
        """Keep the rows in their order; `origin` marks all that were picked from the same claims in their order."""
        self.book = book
        self.rows = rows
        self.origin = origin or object()
        self._kept: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Work something out about them the first time that it is asked for, and keep it."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: T = self._kept[key]
        return kept

    @property
    def all_anonymous(self) -> bool:
        """Whether there are any, and nobody stands behind one of them by name."""
        return self.once("anonymous", lambda: bool(len(self)) and bool(self.ask(self.book.form, lambda form: form.anonymous).all()))

    @property
    def all_low(self) -> bool:
        """Whether there are any, and all are from sources of grade low."""
        return self.once("low", lambda: bool(len(self)) and bool(self.ask(self.book.grade, lambda grade: grade is Grade.LOW).all()))

    @classmethod
    def of(cls, statements: Iterable[Statement]) -> Claims:
        """Give statements as columns, in their own order."""
        if isinstance(statements, Claims):
            return statements
        given = list(statements)
        book = bound(given)
        places = {statement.id: row for row, statement in enumerate(book.all())}
        return cls(book, np.fromiter((places[statement.id] for statement in given), np.int64, len(given)))

    def __len__(self) -> int:
        """The number of statements."""
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Statement: ...
    @overload
    def __getitem__(self, place: slice) -> Claims: ...
    def __getitem__(self, place: int | slice) -> Statement | Claims:
        """Give one statement, or some."""
        if isinstance(place, slice):
            return Claims(self.book, self.rows[place])
        return self.book.statement(int(self.rows[place]))

    def __iter__(self) -> Iterator[Statement]:
        """Yield the statements in order."""
        return map(self.book.statement, self.rows.tolist())

    def __contains__(self, statement: object) -> bool:
        """Whether a statement is among them."""
        return isinstance(statement, Statement) and self.find(statement.id) is not None

    def __eq__(self, other: object) -> bool:
        """Whether the other has equal statements in the same order."""
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """As their ids."""
        return hash(tuple(self.ids))

    def where(self, mask: Bools | Ints) -> Claims:
        """Give those for which a mask is true, or those at some places that rise."""
        return Claims(self.book, self.rows[mask], self.origin)

    def drawn_from(self, others: Claims) -> bool:
        """Whether they were picked from these others, and stand in their order."""
        return self.origin is others.origin

    def ask(self, column: Coded[K], question: Callable[[K], bool]) -> Bools:
        """Answer a question about a column of the book for each of them."""
        return np.fromiter(map(question, column.values), np.bool_, len(column.values))[column.codes[self.rows]]

    @cached_property
    def ranks(self) -> Ints:
        """For every row of the book its place among these, -1 for a row that is not."""
        ranks = np.full(len(self.book), -1, np.int64)
        ranks[self.rows] = np.arange(len(self.rows))
        return ranks

    @cached_property
    def ids(self) -> Ids:
        """Their content ids, in order."""
        return Ids(self)

    def find(self, id_: str) -> int | None:
        """Give the row of an id if it is among them."""
        row = self.book.row(id_)
        return row if row is not None and self.ranks[row] >= 0 else None

    @cached_property
    def by_term(self) -> Mapping[Term, Ints]:
        """The places of what was said of each term, by term in the order in which it first comes."""
        return _ByTerm(self)

    def about(self, term: Term) -> Claims:
        """Give all that was said of a term."""
        return self.where(self.by_term.get(term, _NOTHING))

    def of_name(self, name: str) -> Claims:
        """Give those about terms of one declaration."""
        book = self.book
        names = book.once("names", lambda: Coded.of(term.name for term in book.term.values))
        if name not in names.values:
            return self.where(np.zeros(0, np.int64))
        return self.where(np.flatnonzero(names.codes[book.term.codes[self.rows]] == names.values.index(name)))

    @cached_property
    def hashed(self) -> str:
        """The hash of their sorted ids with a line feed between them, in hexadecimal."""
        import hashlib  # noqa: PLC0415  it loads OpenSSL, for what few ask

        rows = np.sort(self.rows)
        made = hashlib.sha256()
        for start in range(0, len(rows), 65_536):
            lines = _lines(self.book.digests[rows[start : start + 65_536]])
            made.update(lines if start + 65_536 < len(rows) else lines[:-1])
        return made.hexdigest()

    @cached_property
    def by_id(self) -> Mapping[str, Statement]:
        """The statements by their ids."""
        return _ById(self)


class _ByTerm(Mapping[Term, Ints]):
    """Claims as the places of what was said of each term; a place is looked for when it is asked for."""

    def __init__(self, claims: Claims) -> None:
        self._terms = claims.book.term.values
        codes = claims.book.term.codes[claims.rows]
        self._order = np.argsort(codes, kind="stable")
        ordered = codes[self._order]
        opens = np.ones(len(ordered), np.bool_)
        opens[1:] = ordered[1:] != ordered[:-1]
        self._starts = np.flatnonzero(opens)
        self._codes = ordered[self._starts]
        self._ends = np.concatenate((self._starts[1:], np.full(min(1, len(self._starts)), len(ordered), np.int64)))
        self._first = np.argsort(self._order[self._starts], kind="stable")

    @cached_property
    def _groups(self) -> Mapping[Term, int]:
        return {self._terms[code]: group for group, code in enumerate(self._codes.tolist())}

    def __getitem__(self, term: Term) -> Ints:
        group = self._groups[term]
        return self._order[self._starts[group] : self._ends[group]]

    def __contains__(self, term: object) -> bool:
        return term in self._groups

    def __iter__(self) -> Iterator[Term]:
        return (self._terms[code] for code in self._codes[self._first].tolist())

    def __len__(self) -> int:
        return len(self._codes)


class _ById(Mapping[str, Statement]):
    """Claims as a mapping."""

    def __init__(self, claims: Claims) -> None:
        self.claims = claims

    def __getitem__(self, id_: str) -> Statement:
        row = self.claims.find(id_)
        if row is None:
            raise KeyError(id_)
        return self.claims.book.statement(row)

    def __contains__(self, id_: object) -> bool:
        return isinstance(id_, str) and self.claims.find(id_) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self.claims.ids)

    def __len__(self) -> int:
        return len(self.claims)


def merged(statements: Iterable[Sequence[str]], among: Claims) -> Claims:
    """Give those of some claims that any of these lists of ids names, in the order of the claims."""
    lists = list(leaves(statements))
    if len(lists) == 1 and isinstance(lists[0], Ids) and lists[0].claims.book is among.book and lists[0].claims.drawn_from(among):
        return lists[0].claims
    # not np.unique: it loads numpy's masked arrays, which costs more than most answers
    named = np.zeros(len(among) + 1, np.bool_)
    for ids in lists:
        named[among.ranks[_rows(ids, among.book)]] = True  # the last place is for those that are not among them
    return Claims(among.book, among.rows[named[:-1]])


def _rows(ids: Sequence[str], book: Book) -> Ints:
    if isinstance(ids, Ids) and ids.claims.book is book:
        return ids.claims.rows
    return np.array([row for id_ in ids if (row := book.row(id_)) is not None], np.int64)


def leaves(statements: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the lists that chained lists are made of."""
    for ids in statements:
        if isinstance(ids, Chained):
            yield from leaves(ids.parts)
        else:
            yield ids


class Listed(Sequence[T]):
    """A list whose items are made when they are asked for; equal to every sequence of the same items."""

    def __init__(self, length: int, make: Callable[[int], T]) -> None:
        """Keep how to make the item at a place."""
        self._length = length
        self._make = make

    def __len__(self) -> int:
        """The number of items."""
        return self._length

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T, ...]: ...
    def __getitem__(self, place: int | slice) -> T | tuple[T, ...]:
        """Make one item, or some."""
        if isinstance(place, slice):
            return tuple(self._make(one) for one in range(*place.indices(self._length)))
        if not -self._length <= place < self._length:
            raise IndexError(place)
        return self._make(place % self._length)

    def __eq__(self, other: object) -> bool:
        """Whether the other has the same items."""
        if not isinstance(other, Sequence) or isinstance(other, str):
            return NotImplemented
        return len(self) == len(other) and all(mine == theirs for mine, theirs in zip(self, other, strict=True))

    def __hash__(self) -> int:
        """As a tuple of the items."""
        return hash(tuple(self))


class Chained(Listed[T]):
    """Several lists as one."""

    def __init__(self, parts: Sequence[Sequence[T]]) -> None:
        """Keep the parts."""
        self.parts = [part for part in parts if len(part)]
        ends = np.cumsum([len(part) for part in self.parts], dtype=np.int64)

        def make(place: int) -> T:
            part = int(np.searchsorted(ends, place, side="right"))
            return self.parts[part][place - (int(ends[part - 1]) if part else 0)]

        super().__init__(int(ends[-1]) if len(ends) else 0, make)

    def __iter__(self) -> Iterator[T]:
        """Yield the items of the parts."""
        return chain.from_iterable(self.parts)


class Ids(Listed[str]):
    """The content ids of claims, each written when it is asked for."""

    def __init__(self, claims: Claims) -> None:
        """Keep the claims."""
        super().__init__(len(claims), lambda place: claims.book.id(int(claims.rows[place])))
        self.claims = claims


def ids_of(statements: Sequence[Statement]) -> Sequence[str]:
    """Give the content ids of statements, in order."""
    return statements.ids if isinstance(statements, Claims) else tuple(statement.id for statement in statements)


def _lines(digests: Digests) -> bytes:
    """Write ids, each with a line feed after it."""
    width = len(_PREFIX)
    table = np.empty((len(digests), width + 65), np.uint8)
    table[:, :width] = _PREFIX
    table[:, width:-1:2] = _DIGITS[digests >> 4]
    table[:, width + 1 : -1 : 2] = _DIGITS[digests & 15]
    table[:, -1] = ord("\n")
    return table.tobytes()


def id_lines(book: Book) -> Iterator[bytes]:
    """Yield the sorted ids of a book, each with a line feed after it, in pieces."""
    return (_lines(book.digests[start : start + 65_536]) for start in range(0, len(book), 65_536))


def bound(statements: Iterable[Statement]) -> Book:
    """Bind statements into a book, each content once."""
    held = {statement.id: statement for statement in statements}
    ordered = [held[id_] for id_ in sorted(held)]
    return Book(
        digests=_digests([statement.id for statement in ordered]),
        says=Coded.of(map(attrgetter("says"), ordered)),
        term=Coded.of(map(attrgetter("term"), ordered)),
        polarity=Coded.of(map(attrgetter("polarity"), ordered)),
        firmness=Coded.of(map(attrgetter("firmness"), ordered)),
        grade=Coded.of(map(attrgetter("grade"), ordered)),
        form=Coded.of(map(attrgetter("form"), ordered)),
        voice=Coded.of(map(attrgetter("voice"), ordered)),
        said=Coded.of(map(attrgetter("said"), ordered)),
        when=Coded.of(map(attrgetter("when"), ordered)),
        source=Coded.of(map(attrgetter("anchor.source"), ordered)),
        withdraws={row: statement.withdraws for row, statement in enumerate(ordered) if statement.withdraws},
        make=ordered.__getitem__,
    )


def _digests(ids: Sequence[str]) -> Digests:
    return np.frombuffer(b"".join(bytes.fromhex(id_.removeprefix(PREFIX)) for id_ in ids), np.uint8).reshape(-1, 32)
