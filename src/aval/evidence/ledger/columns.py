"""From the bodies in a ledger to columns, without making a statement of any of them (DESIGN 4).

Each body is held against its id and read by its types. What a million bodies say in the same words is one value with a million codes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import msgspec
import numpy as np

from aval.evidence.canonical import DOMAIN
from aval.evidence.ledger.decode import Body, when_of
from aval.model.claims import Book, Coded
from aval.model.columns import Ints
from aval.model.statement import Firmness, Form, Grade, Says, Statement, Voice, When
from aval.model.term import Term

Portion = Sequence[tuple[int, bytes, bytes]]
"""(seq, digest, body)"""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V", bound=Hashable)


@dataclass(slots=True)
class _Column(Generic[K]):
    """One column as it grows: a code for each row, and the distinct values so far."""

    codes: list[int] = field(default_factory=list)
    seen: dict[K, int] = field(default_factory=dict)

    def add(self, values: Iterable[K]) -> None:
        seen = self.seen
        self.codes += [seen.setdefault(value, len(seen)) for value in values]

    def coded(self, order: Ints, value: Callable[[K], V]) -> Coded[V]:
        """Finish: the rows in their order, the distinct values as what they stand for."""
        numbers = np.array(self.codes, np.int64)
        self.codes = []
        return Coded(numbers[order], tuple(map(value, self.seen)))


_Time = tuple[str, str, str, str]


@dataclass(slots=True)
class Columns:
    """The columns of a book as they grow. `seqs` are the entries, in the order in which the book will have its rows."""

    seqs: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    _seqs: list[int] = field(default_factory=list)
    _digests: list[bytes] = field(default_factory=list)
    _says: _Column[Says] = field(default_factory=_Column)
    _term: _Column[str] = field(default_factory=_Column)
    _polarity: _Column[str] = field(default_factory=_Column)
    _firmness: _Column[Firmness | None] = field(default_factory=_Column)
    _grade: _Column[Grade] = field(default_factory=_Column)
    _form: _Column[Form] = field(default_factory=_Column)
    _voice: _Column[tuple[str, str]] = field(default_factory=_Column)
    _said: _Column[str] = field(default_factory=_Column)
    _when: _Column[_Time] = field(default_factory=_Column)
    _source: _Column[str] = field(default_factory=_Column)
    _withdraws: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def add(self, portion: Portion) -> None:
        """Take in some rows. Raises `ValueError` where a body is not what its id says, or no statement."""
        decode, sha256 = _decode, hashlib.sha256
        bodies = []
        for seq, digest, body in portion:
            if sha256(DOMAIN + body).digest() != digest:
                raise ValueError(f"entry {seq} is not what its id says")
            bodies.append(decode(body))
        start = len(self._seqs)
        self._seqs += [seq for seq, _, _ in portion]
        self._digests += [digest for _, digest, _ in portion]
        self._says.add(body.says for body in bodies)
        self._term.add(body.term for body in bodies)
        self._polarity.add(body.polarity for body in bodies)
        self._firmness.add(body.firmness for body in bodies)
        self._grade.add(body.grade for body in bodies)
        self._form.add(body.form for body in bodies)
        self._voice.add((body.voice, body.speaks_for) for body in bodies)
        self._said.add(body.said for body in bodies)
        self._when.add((body.first, body.last, body.throughout, body.wording) for body in bodies)
        self._source.add(body.source for body in bodies)
        self._withdraws |= {start + place: body.withdraws for place, body in enumerate(bodies) if body.withdraws}

    def book(self, make: Callable[[int], Statement], gone: set[bytes]) -> Book:
        """Sort by id and bind, without those that are gone. Raises `ValueError` where a term or a date is none."""
        digests = np.frombuffer(b"".join(self._digests), np.uint8).reshape(-1, 32)
        order = np.argsort(digests.view("S32").reshape(-1), kind="stable").astype(np.int64)
        if gone:
            order = order[np.fromiter((digest not in gone for digest in self._digests), np.bool_)[order]]
        self._digests = []
        self.seqs = np.array(self._seqs, np.int64)[order]
        self._seqs = []
        rows = {int(was): row for row, was in enumerate(order.tolist())} if self._withdraws else {}
        return Book(
            digests=digests[order],
            says=self._says.coded(order, _same),
            term=self._term.coded(order, _term),
            polarity=self._polarity.coded(order, _yes),
            firmness=self._firmness.coded(order, _same),
            grade=self._grade.coded(order, _same),
            form=self._form.coded(order, _same),
            voice=self._voice.coded(order, _voice),
            said=self._said.coded(order, _same),
            when=self._when.coded(order, _when),
            source=self._source.coded(order, _same),
            withdraws={rows[was]: ids for was, ids in self._withdraws.items() if was in rows},
            make=make,
        )


_decode = msgspec.json.Decoder(Body).decode


def _same(value: V) -> V:
    return value


def _yes(word: str) -> bool:
    return word != "no"


def _term(text: str) -> Term:
    term = Term.parse(text)
    if term is None:
        raise ValueError("a term is none")
    return term


def _voice(pair: tuple[str, str]) -> Voice:
    return Voice(name=pair[0], speaks_for=pair[1])


def _when(time: _Time) -> When | None:
    return when_of(*time)
