"""The statements of a ledger behind the store contract: as it held them by a recorded time, each made when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import Self

from aval.evidence.ledger.decode import statement_of
from aval.evidence.ledger.entry import PREFIX
from aval.evidence.ledger.ledger import Ledger
from aval.evidence.ledger.scan import Scan, scan
from aval.evidence.store import head_of
from aval.model.claims import Book, Claims
from aval.model.instant import Instant
from aval.model.statement import Statement


class LedgerStore:
    """A ledger as it was after one of its transactions. It stays that way, whatever is recorded later."""

    keeps_recorded = True

    def __init__(self, ledger: Ledger, upto: int | None = None) -> None:
        """Stand after an entry that closes a transaction, by default the last one there is now."""
        self.ledger = ledger
        self.upto = ledger.upto(None) if upto is None else upto

    def statements(self) -> Claims:
        """Give all statements in the order of their ids. Raises `Fault` where the ledger is not what was sealed."""
        return self._book.all()

    def head(self) -> str:
        """Give the hash of what is held."""
        return head_of(self._book)

    def at(self, recorded: Instant | None) -> Self:
        """Give the store as it was at a recorded time; `None` is as it stands."""
        return self if recorded is None else type(self)(self.ledger, min(self.upto, self.ledger.upto(recorded)))

    @cached_property
    def scan(self) -> Scan:
        """What one pass over the ledger found."""
        return scan(self.ledger, self.upto)

    @cached_property
    def _book(self) -> Book:
        columns = self.scan.columns
        try:
            return columns.book(lambda row: self._made(int(columns.seqs[row])), self.scan.gone)
        except ValueError as error:
            raise self.ledger.damaged(f"It cannot be read: {str(error)[:200]}.") from None

    def _made(self, seq: int) -> Statement:
        for id_, name, path, body in self.ledger.rows("SELECT id, name, path, body FROM entry WHERE seq = ?", (seq,)):
            if isinstance(id_, bytes) and isinstance(body, bytes):
                label, file = self.scan.names.get(id_, (str(name), str(path)))
                try:
                    return statement_of(PREFIX + id_.hex(), label, file, body)
                except ValueError as error:
                    raise self.ledger.damaged(f"Entry {seq} is no statement: {error}.") from None
        raise self.ledger.damaged(f"Entry {seq} is gone.")
