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


@dataclass(slots=True)
class Columns:
    """The columns of a book as they grow. `seqs` are the entries, in the order in which the book will have its rows."""

    seqs: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    _seqs: list[int] = field(default_factory=list)
    _digests: list[bytes] = field(default_factory=list)
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
        start = len(self._seqs)
        self._seqs += seqs
        self._digests += found
        self._sort.add(list(map(_sort_of, read)))
        self._term.add(list(map(_term_of, read)))
        self._said.add(list(map(_said_of, read)))
        self._when.add(list(map(_time_of, read)))
        self._withdraws |= {start + place: body.withdraws for place, body in enumerate(read) if body.withdraws}

    def book(self, make: Callable[[int], Statement], gone: set[bytes]) -> Book:
        """Sort by id and bind, without those that are gone. Raises `ValueError` where a word, a term or a date is none."""
        digests = np.frombuffer(b"".join(self._digests), np.uint8).reshape(-1, 32)
        order = _by_id(digests)
        if gone:
            order = order[np.fromiter((digest not in gone for digest in self._digests), np.bool_)[order]]
        self._digests = []
        self.seqs = np.array(self._seqs, np.int64)[order]
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


def _by_id(digests: Digests) -> Ints:
    """Give the order of the ids: that of their first eight bytes, which are numbers, unless two of those are the same."""
    heads = digests[:, :8].copy().view(">u8").reshape(-1).astype(np.uint64)
    order = np.argsort(heads, kind="stable")
    if (np.diff(heads[order]) == 0).any():
        order = np.argsort(digests.view("S32").reshape(-1), kind="stable")
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
