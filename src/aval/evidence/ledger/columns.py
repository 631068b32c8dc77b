"""From the bodies in a ledger to columns, without making a statement of any of them (DESIGN 4).

Each body is held against its id and read by its types. What a million bodies say in the same words is one value with a million codes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Generic, TypeVar

import msgspec
import numpy as np

from aval.evidence.canonical import DOMAIN
from aval.evidence.ledger.decode import Body, when_of
from aval.model.claims import Book, Coded, Digests
from aval.model.columns import Ints
from aval.model.statement import Firmness, Form, Grade, Says, Statement, Voice, When
from aval.model.term import Term

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


@dataclass(slots=True)
class _Column(Generic[K]):
    """One column as it grows: a code for each row, and the distinct values so far."""

    codes: list[Ints] = field(default_factory=list)
    seen: dict[K, int] = field(default_factory=dict)

    def add(self, values: Sequence[K]) -> None:
        """Add a portion of values. Most have nothing new among them, and run at the speed of the dictionary."""
        seen = self.seen
        try:
            codes = np.fromiter(map(seen.__getitem__, values), np.int64, len(values))
        except KeyError:
            for value in dict.fromkeys(values):
                seen.setdefault(value, len(seen))
            codes = np.fromiter(map(seen.__getitem__, values), np.int64, len(values))
        self.codes.append(codes)

    def coded(self, order: Ints, value: Callable[[K], V]) -> Coded[V]:
        """Finish: the rows in their order, the distinct values as what they stand for."""
        numbers = np.concatenate([np.zeros(0, np.int64), *self.codes])
        self.codes = []
        return Coded(numbers[order], tuple(map(value, self.seen)))


_Time = tuple[str, str, str, str]
_Sort = tuple[str, str, str, str, str, str, str, str]
"""says, polarity, firmness, grade, form, voice, speaks_for, source: of these there are few combinations"""


class Said(msgspec.Struct, frozen=True, array_like=True):
    """What codes stand for, in the order of the codes, and what withdraws what, by row."""

    count: int
    sort: list[_Sort]
    term: list[str]
    said: list[str]
    when: list[_Time]
    withdraws: dict[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Columns as they are kept: what codes stand for, the numbers and the ids of the entries, and four columns of codes."""

    said: Said
    seqs: Ints
    digests: Digests
    codes: Sequence[Ints]


@dataclass(slots=True)
class Columns:
    """The columns of a book as they grow. `seqs` are the entries, in the order in which the book will have its rows."""

    seqs: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    count: int = 0
    _seqs: list[Ints] = field(default_factory=list)
    _digests: list[Digests] = field(default_factory=list)
    _sort: _Column[_Sort] = field(default_factory=_Column)
    _term: _Column[str] = field(default_factory=_Column)
    _said: _Column[str] = field(default_factory=_Column)
    _when: _Column[_Time] = field(default_factory=_Column)
    _withdraws: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def add(self, seqs: Sequence[int], digests: Sequence[bytes], bodies: Sequence[bytes]) -> None:
        """Take in some rows. Raises `ValueError` where a body is not what its id says, or no statement."""
        sha256 = hashlib.sha256
        found = [sha256(DOMAIN + body).digest() for body in bodies]
        if found != list(digests):
            wrong = next(seq for seq, given, digest in zip(seqs, digests, found, strict=True) if given != digest)
            raise ValueError(f"entry {wrong} is not what its id says")
        read = list(map(_decode, bodies))
        start = self.count
        self.count += len(found)
        self._seqs.append(np.array(seqs, np.int64))
        self._digests.append(_rows(b"".join(found)))
        self._sort.add(list(map(_sort_of, read)))
        self._term.add(list(map(_term_of, read)))
        self._said.add(list(map(_said_of, read)))
        self._when.add(list(map(_time_of, read)))
        self._withdraws |= {start + place: body.withdraws for place, body in enumerate(read) if body.withdraws}

    def book(self, make: Callable[[int], Statement], gone: set[bytes]) -> Book:
        """Sort by id and bind, without those that are gone. Raises `ValueError` where a word, a term or a date is none."""
        digests = np.concatenate([_rows(b""), *self._digests])
        order = _by_id(digests)
        if gone:
            order = order[~np.isin(_names(digests), _names(_rows(b"".join(gone))))[order]]
        self._digests = []
        self.seqs = np.concatenate([np.zeros(0, np.int64), *self._seqs])[order]
        self._seqs = []
        rows = {int(was): row for row, was in enumerate(order.tolist())} if self._withdraws else {}
        sort = self._sort.coded(order, _same)
        return Book(
            digests=digests[order],
            says=_part(sort, lambda one: Says(one[0])),
            term=self._term.coded(order, _term),
            polarity=_part(sort, lambda one: one[1] != "no"),
            firmness=_part(sort, lambda one: Firmness(one[2]) if one[2] else None),
            grade=_part(sort, lambda one: Grade(one[3])),
            form=_part(sort, lambda one: Form(one[4])),
            voice=_part(sort, lambda one: Voice(name=one[5], speaks_for=one[6])),
            said=self._said.coded(order, _same),
            when=self._when.coded(order, _when),
            source=_part(sort, lambda one: one[7]),
            withdraws={rows[was]: ids for was, ids in self._withdraws.items() if was in rows},
            make=make,
        )

    def parts(self) -> Parts:
        """Give what was taken in, before it is bound (`derived.py` keeps it)."""
        codes = [np.concatenate([np.zeros(0, np.int64), *column.codes]) for column in self._columns()]
        return Parts(
            said=Said(
                self.count, list(self._sort.seen), list(self._term.seen), list(self._said.seen), list(self._when.seen), self._withdraws
            ),
            seqs=np.concatenate([np.zeros(0, np.int64), *self._seqs]),
            digests=np.concatenate([_rows(b""), *self._digests]),
            codes=codes,
        )

    @classmethod
    def of_parts(cls, parts: Parts) -> Columns:
        """Go on from what was taken in before."""
        said = parts.said
        made = cls(count=said.count, _seqs=[parts.seqs], _digests=[parts.digests], _withdraws=dict(said.withdraws))
        made._sort.seen = {key: number for number, key in enumerate(said.sort)}
        made._term.seen, made._said.seen = _numbered(said.term), _numbered(said.said)
        made._when.seen = {key: number for number, key in enumerate(said.when)}
        for codes, kept in zip((column.codes for column in made._columns()), parts.codes, strict=True):
            codes.append(kept)
        return made

    def _columns(self) -> tuple[_Column[_Sort], _Column[str], _Column[str], _Column[_Time]]:
        return self._sort, self._term, self._said, self._when


def _numbered(keys: Sequence[str]) -> dict[str, int]:
    return {key: number for number, key in enumerate(keys)}


def _rows(joined: bytes) -> Digests:
    """Give hashes one after the other as rows."""
    return np.frombuffer(joined, np.uint8).reshape(-1, 32)


def _names(digests: Digests) -> np.ndarray[tuple[int], np.dtype[np.bytes_]]:
    """Give each row as one value."""
    return np.ascontiguousarray(digests).view("S32").reshape(-1)


def _by_id(digests: Digests) -> Ints:
    """Give the order of the ids: that of their first eight bytes, which are numbers, unless two of those are the same."""
    heads = digests[:, :8].copy().view(">u8").reshape(-1).astype(np.uint64)
    order = np.argsort(heads, kind="stable")
    if (np.diff(heads[order]) == 0).any():
        order = np.argsort(_names(digests), kind="stable")
    return order.astype(np.int64)


_decode = msgspec.json.Decoder(Body).decode
_sort_of: Callable[[Body], _Sort] = attrgetter("says", "polarity", "firmness", "grade", "form", "voice", "speaks_for", "source")
_term_of: Callable[[Body], str] = attrgetter("term")
_said_of: Callable[[Body], str] = attrgetter("said")
_time_of: Callable[[Body], _Time] = attrgetter("first", "last", "throughout", "wording")


def _part(sorts: Coded[_Sort], value: Callable[[_Sort], V]) -> Coded[V]:
    """Give one column of the combinations."""
    parts = Coded.of([value(sort) for sort in sorts.values])
    return Coded(parts.codes[sorts.codes], parts.values)


def _same(value: V) -> V:
    return value


def _term(text: str) -> Term:
    term = Term.parse(text)
    if term is None:
        raise ValueError("a term is none")
    return term


def _when(time: _Time) -> When | None:
    return when_of(*time)
