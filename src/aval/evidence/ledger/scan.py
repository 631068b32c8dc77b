"""One pass over a ledger, from its first entry: every byte that an answer can rest on is held against its hash on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from aval.evidence.ledger.columns import Columns
from aval.evidence.ledger.entry import Kind, written
from aval.evidence.ledger.ledger import Ask, Ledger
from aval.evidence.ledger.seal import Columns as Sealed
from aval.evidence.ledger.seal import chain, lines

_SQL = """
SELECT seq, batch, recorded, kind, id, name, path, withdraws, CASE kind WHEN 'statement' THEN body END
FROM entry WHERE seq <= ? ORDER BY seq
"""
_AT_ONCE = 4096


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
    try:
        with ledger.asking() as ask:
            return _scan(ask, upto)
    except (ValueError, TypeError) as error:
        raise ledger.damaged(f"It cannot be read: {str(error)[:200]}.") from None


def _scan(ask: Ask, upto: int) -> Scan:
    found = Scan()
    seals = {last: (recorded, link) for last, recorded, link in ask("SELECT last, recorded, link FROM seal WHERE last <= ?", (upto,))}
    link, at = chain(None), 0
    portion: list[tuple[int, bytes, bytes]] = []
    unsealed: list[Sealed] = []
    for seq, batch, recorded, kind, id_, name, path, withdraws, body in ask(_SQL, (upto,)):
        unsealed.append((seq, batch, recorded, kind, id_, name, path, withdraws))
        at = seq
        if kind == "statement":
            portion.append((seq, id_, body))
            if withdraws is not None:
                found.gone.add(withdraws)
        else:
            _keep(found, Kind(kind), id_, (name, path), withdraws)
        if len(unsealed) == _AT_ONCE or seq in seals:
            link.update(lines(unsealed))
            found.columns.add(portion)
            unsealed, portion = [], []
        if seq in seals:
            if seals.pop(seq) != (recorded, link.digest()):
                raise ValueError(f"the seal after entry {seq} is broken")
            link = chain(link.digest())
    if seals or unsealed or at != upto:
        raise ValueError(f"entries are missing before {upto}")
    return found


def _keep(found: Scan, kind: Kind, id_: bytes, name: tuple[str, str], withdraws: bytes | None) -> None:
    """Follow what the keeper did, and the versions of texts."""
    if withdraws is not None:
        found.gone.add(withdraws)
    if kind in (Kind.AGAIN, Kind.NAME):
        found.gone.discard(id_)
        found.names[id_] = name
    elif kind is not Kind.REMOVAL:
        found.versions[(kind, name[0])] = written(id_)
