"""One pass over a ledger, from its first entry: every byte that an answer can rest on is held against its hash on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import compress, islice
from operator import itemgetter
from typing import Any

from aval.evidence.ledger.columns import Columns
from aval.evidence.ledger.entry import TEXTS, Kind, written
from aval.evidence.ledger.ledger import Ask, Ledger
from aval.evidence.ledger.seal import Columns as Sealed
from aval.evidence.ledger.seal import chain, lines

_SQL = """
SELECT seq, batch, recorded, kind, id, name, path, withdraws, CASE kind WHEN 'statement' THEN body END
FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq
"""
_BARE = "SELECT seq, batch, recorded, kind, id, name, path, withdraws FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq"
_SEALS = "SELECT last, recorded, link FROM seal WHERE last > ? AND last <= ?"
_AT_ONCE = 4096
_STATEMENT = Kind.STATEMENT.value
_Row = tuple[Any, ...]
"""as `_SQL` names its columns"""
_sealed: Callable[[_Row], Sealed] = itemgetter(*range(8))


@dataclass(slots=True, kw_only=True)
class Scan:
    """What a ledger held after one of its entries.

    `names` are the label and the file of statements that did not keep their first; `gone` are withdrawn by the keeper. `versions` are the
    ids of the texts, by kind and path.
    """

    columns: Columns = field(default_factory=Columns)
    gone: set[bytes] = field(default_factory=set)
    names: dict[bytes, tuple[str, str]] = field(default_factory=dict)
    versions: dict[tuple[Kind, str], str] = field(default_factory=dict)


def scan(ledger: Ledger, upto: int) -> Scan:
    """Read a ledger up to an entry that closes a transaction. Raises `Fault` where anything is not what it was when it was sealed."""
    found = Scan()
    _walk(ledger, _SQL, upto, lambda batch: _take(found, batch))
    return found


def verify(ledger: Ledger, upto: int, since: int = 0) -> None:
    """Hold the entries after a sealed one against their seals, without the statements that they bring. Raises `Fault`."""
    _walk(ledger, _BARE, upto, lambda _: None, since)


def _walk(ledger: Ledger, sql: str, upto: int, take: Callable[[Sequence[_Row]], None], since: int = 0) -> None:
    try:
        with ledger.asking() as ask:
            _follow(ask, sql, (since, upto), take)
    except (ValueError, TypeError) as error:
        raise ledger.damaged(f"It cannot be read: {str(error)[:200]}.") from None


def _follow(ask: Ask, sql: str, span: tuple[int, int], take: Callable[[Sequence[_Row]], None]) -> None:
    at, upto = span
    seals = {last: (recorded, link) for last, recorded, link in ask(_SEALS, span)}
    link, unsealed = chain(next((one for (one,) in ask("SELECT link FROM seal WHERE last = ?", (at,))), None)), 0
    rows = iter(ask(sql, span))
    while batch := list(islice(rows, _AT_ONCE)):
        take(batch)
        sealed, start = list(map(_sealed, batch)), 0
        for end in [place + 1 for place, row in enumerate(batch) if row[0] in seals] if seals else ():
            link.update(lines(sealed[start:end]))
            at, _, recorded, *_ = sealed[end - 1]
            if seals.pop(at) != (recorded, link.digest()):
                raise ValueError(f"the seal after entry {at} is broken")
            link, start = chain(link.digest()), end
        link.update(lines(sealed[start:]))
        unsealed = len(sealed) - start
    if seals or unsealed or at != upto:
        raise ValueError(f"entries are missing before {upto}")


def _take(found: Scan, batch: Sequence[_Row]) -> None:
    """Take in some rows: statements as columns, what the keeper did one by one."""
    seqs, _, _, kinds, ids, _, _, withdraws, bodies = zip(*batch, strict=True)
    if kinds.count(_STATEMENT) < len(kinds):
        told = [kind == _STATEMENT for kind in kinds]
        seqs, ids, bodies = (tuple(compress(column, told)) for column in (seqs, ids, bodies))
    found.columns.add(seqs, ids, bodies)
    if len(seqs) < len(batch) or withdraws.count(None) < len(batch):
        for _, _, _, kind, id_, name, path, withdrawn, _ in batch:
            _keep(found, Kind(kind), id_, (name, path), withdrawn)


def _keep(found: Scan, kind: Kind, id_: bytes, name: tuple[str, str], withdraws: bytes | None) -> None:
    """Follow what the keeper did, and the versions of texts."""
    if withdraws is not None:
        found.gone.add(withdraws)
    if kind in (Kind.AGAIN, Kind.NAME):
        found.gone.discard(id_)
        found.names[id_] = name
    elif kind in TEXTS:
        found.versions[(kind, name[0])] = written(id_)
