"""Claims that have grown by a few statements and lost a few, beside a great many that are shared and not copied (decision 19).

What was said of one term is put together in a small book of its own. The whole is laid out only where somebody asks for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar

import numpy as np

from aval.model.claims import Book, Claims, Coded, Digests, bound
from aval.model.columns import Ints
from aval.model.statement import Statement
from aval.model.term import Term

K = TypeVar("K", bound=Hashable)
_COLUMNS = ("says", "term", "polarity", "firmness", "grade", "form", "voice", "said", "when", "source")


class Grown(Claims):
    """The claims `root`, which are in the order of `live`, without some of their rows and with further statements."""

    def __init__(self, root: Claims, zone: str, added: Mapping[Term, Mapping[str, Statement]], gone: Mapping[Term, frozenset[int]]) -> None:
        """Keep what differs. `gone` are rows of the book of `root`."""
        self.root = root
        self.zone = zone
        self.added = added
        self.gone = gone
        self.origin = self
        self._kept = {}
        self._of_term: dict[Term, Claims] = {}

    def about(self, term: Term) -> Claims:
        """Give all that was said of a term."""
        if term not in self.added and term not in self.gone:
            return self.root.about(term)
        if term not in self._of_term:
            rows, gone = self.root.about(term).rows, self.gone.get(term, frozenset())
            kept = np.array([row not in gone for row in rows.tolist()], np.bool_)
            book = _part(self.root.book, rows[kept], list(self.added.get(term, {}).values()))
            self._of_term[term] = Claims(book, book.said_by(self.zone)[1])
        return self._of_term[term]

    def __len__(self) -> int:
        """The number of statements."""
        return len(self.root) + sum(map(len, self.added.values())) - sum(map(len, self.gone.values()))

    @cached_property
    def _laid_out(self) -> tuple[Book, Ints]:
        new = [one for said in self.added.values() for one in said.values()]
        book, moved, rows = _whole(self.root.book, [one for one in new if self.root.book.row(one.id) is None], self.zone)
        held = np.zeros(len(book), np.bool_)
        held[moved[self.root.rows]] = True
        held[moved[[row for rows in self.gone.values() for row in rows]]] = False
        held[rows] = True
        held[[moved[row] for one in new if (row := self.root.book.row(one.id)) is not None]] = True
        order = book.said_by(self.zone)[1]
        return book, order[held[order]]

    @cached_property
    def book(self) -> Book:  # type: ignore[override]  # made when it is asked for
        """Every statement, those of the root's book that are not among these included."""
        return self._laid_out[0]

    @cached_property
    def rows(self) -> Ints:  # type: ignore[override]
        """The rows of these statements."""
        return self._laid_out[1]


def grown(claims: Claims, zone: str, statements: Iterable[Statement], withdrawn: Iterable[str] = ()) -> Grown:
    """Add statements to claims, and take away those with some ids. A statement that is among them already adds nothing."""
    old = claims if isinstance(claims, Grown) else Grown(claims, zone, {}, {})
    root = old.root
    added, gone = dict(old.added), dict(old.gone)
    for one in statements:
        row = root.find(one.id)
        away = gone.get(one.term, frozenset())
        if row is None:
            added[one.term] = {**added.get(one.term, {}), one.id: one}
        elif row in away:
            gone[one.term] = away - {row}
    for id_ in withdrawn:
        row = root.find(id_)
        if row is not None:
            term = root.book.term.values[root.book.term.codes[row]]
            gone[term] = gone.get(term, frozenset()) | {row}
            continue
        for term, said in added.items():
            if id_ in said:
                added[term] = {other: one for other, one in said.items() if other != id_}
                break
    return Grown(root, zone, added, gone)


def _part(book: Book, rows: Ints, more: Sequence[Statement]) -> Book:
    """Make a small book of some rows of another and of further statements."""
    new = bound(more)
    digests = np.concatenate((book.digests[rows], new.digests))
    order = np.argsort(_sortable(digests), kind="stable")
    place = order.tolist()
    make = _maker(book, rows, new)
    return Book(
        digests=digests[order],
        withdraws={here: one for here, there in enumerate(place) if (one := _withdraws(book, rows, new, there))},
        make=lambda row: make(place[row]),
        **_columns(book, new, lambda one, other: _coded(one, rows, other, order)),
    )


def _columns(book: Book, new: Book, join: Callable[[Coded[Any], Coded[Any]], Coded[Any]]) -> dict[str, Any]:
    return {name: join(getattr(book, name), getattr(new, name)) for name in _COLUMNS}


def _sortable(digests: Digests) -> np.ndarray[tuple[int], np.dtype[np.bytes_]]:
    return np.ascontiguousarray(digests).view("S32").reshape(-1)


def _withdraws(book: Book, rows: Ints, new: Book, place: int) -> tuple[str, ...]:
    return book.withdraws.get(int(rows[place]), ()) if place < len(rows) else new.withdraws.get(place - len(rows), ())


def _maker(book: Book, rows: Ints, new: Book) -> Callable[[int], Statement]:
    return lambda place: book.statement(int(rows[place])) if place < len(rows) else new.statement(place - len(rows))


def _coded(old: Coded[K], rows: Ints, new: Coded[K], order: Ints) -> Coded[K]:
    """Number the values of some rows of one column and of all of another anew."""
    codes, own = np.unique(old.codes[rows], return_inverse=True)
    seen = {old.values[code]: number for number, code in enumerate(codes.tolist())}
    others = np.array([seen.setdefault(value, len(seen)) for value in new.values], np.int64)
    return Coded(np.concatenate((own.reshape(-1).astype(np.int64), others[new.codes]))[order], tuple(seen))


def _whole(book: Book, more: Sequence[Statement], zone: str) -> tuple[Book, Ints, Ints]:
    """Put statements into a book; also give the new rows of the old ones, and those of the new ones."""
    new = bound(more)
    before = np.searchsorted(_sortable(book.digests), _sortable(new.digests))
    rows = before + np.arange(len(new))
    moved = np.delete(np.arange(len(book) + len(new)), rows)
    instants, told = book.said_by(zone)[0], new.said_by(zone)[0]
    make, all_rows = _maker(book, np.arange(len(book)), new), np.empty(len(book) + len(new), np.int64)
    all_rows[moved], all_rows[rows] = np.arange(len(book)), len(book) + np.arange(len(new))
    found = Book(
        digests=np.insert(book.digests, before, new.digests, axis=0),
        withdraws={
            **{int(moved[row]): ids for row, ids in book.withdraws.items()},
            **{int(rows[row]): ids for row, ids in new.withdraws.items()},
        },
        make=lambda row: make(int(all_rows[row])),
        **_columns(book, new, lambda one, other: _joined(one, other, before)),
    )
    said = np.insert(instants, before, told)
    found.once(("said by", zone), lambda: (said, np.argsort(said, kind="stable")))
    return found, moved, rows


def _joined(old: Coded[K], new: Coded[K], before: Ints) -> Coded[K]:
    seen = {value: code for code, value in enumerate(old.values)}
    others = np.array([seen.setdefault(value, len(seen)) for value in new.values], np.int64)
    return Coded(np.insert(old.codes, before, others[new.codes]), tuple(seen))
