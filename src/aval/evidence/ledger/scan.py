"""One pass over a ledger, from its first entry: every byte that an answer can rest on is held against its hash on the way."""

from __future__ import annotations

from dataclasses import dataclass, field

from aval.evidence.ledger.columns import Columns
from aval.evidence.ledger.entry import Kind, written
from aval.evidence.ledger.ledger import Ledger
from aval.evidence.ledger.seal import chain, line

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
        return _scan(ledger, upto)
    except (ValueError, TypeError) as error:
        raise ledger.damaged(f"It cannot be read: {str(error)[:200]}.") from None


def _scan(ledger: Ledger, upto: int) -> Scan:
    found = Scan()
    seals = {
        last: (recorded, link) for last, recorded, link in ledger.rows("SELECT last, recorded, link FROM seal WHERE last <= ?", (upto,))
    }
    link, at = chain(None), 0
    portion: list[tuple[int, bytes, bytes]] = []
    for seq, batch, recorded, kind, id_, name, path, withdraws, body in ledger.rows(_SQL, (upto,)):
        link.update(line(seq, batch, recorded, kind, id_, name, path, withdraws))  # type: ignore[arg-type]  # another type is a TypeError
        at = seq  # type: ignore[assignment]  # as above
        if kind == "statement":
            portion.append((at, id_, body))  # type: ignore[arg-type]  # as above
            if withdraws is not None:
                found.gone.add(withdraws)  # type: ignore[arg-type]  # as above
            if len(portion) == _AT_ONCE:
                found.columns.add(portion)
                portion = []
        else:
            _keep(found, Kind(str(kind)), id_, (str(name), str(path)), withdraws)  # type: ignore[arg-type]  # as above
        if seq in seals:
            if seals.pop(seq) != (recorded, link.digest()):
                raise ValueError(f"the seal after entry {seq} is broken")
            link = chain(link.digest())
    if seals or at != upto:
        raise ValueError(f"entries are missing before {upto}")
    found.columns.add(portion)
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
