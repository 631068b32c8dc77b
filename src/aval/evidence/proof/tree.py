"""The tree of a ledger: kept in tiles of 256 hashes that are written once, so that it grows without hashing what it has anew (TRUST 0.6).

Level 0 has the hashes of leaves, level 1 the roots of the tiles of level 0, and so on. What is in no whole tile yet, at most 255 leaves, is
hashed from the entries. Tiles are no evidence: what is signed is the root, and an export counts it out from the entries again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from aval.evidence.ledger.entry import Entry, Kind, written
from aval.evidence.ledger.ledger import Ledger, Pen
from aval.evidence.proof.leaf import hash_of, leaf_of, origin_of
from aval.evidence.proof.merkle import Hash, node_hash

WIDTH = 256
_LEVELS = 8
"""levels of the tree in one level of tiles"""
_HASH = 32
_ROW = "SELECT seq, batch, recorded, kind, id, name, path, withdraws FROM entry WHERE seq > ? AND seq <= ? ORDER BY seq"


class Tree:
    """The tree over the first `size` entries of a ledger. What it has in tiles is read from there, the rest from the entries."""

    def __init__(self, ledger: Ledger, size: int) -> None:
        """Read the leaves that are in no tile."""
        self.size = size
        self._ledger = ledger
        self._kept = min(kept(ledger), size // WIDTH)
        self._tail = [hash_of(leaf) for leaf in leaves(ledger, self._kept * WIDTH, size)]
        self._tiles: dict[tuple[int, int], bytes] = {}

    def node(self, level: int, number: int) -> Hash:
        """Give the root of a full part (`merkle.Nodes`)."""
        tiles, rest = divmod(level, _LEVELS)
        if not rest:
            if number // WIDTH < self._whole(tiles):
                return self._from_tile(tiles, number)
            if not tiles:
                return self._tail[number - self._kept * WIDTH]
        return node_hash(self.node(level - 1, number * 2), self.node(level - 1, number * 2 + 1))

    def _whole(self, tiles: int) -> int:
        """Give how many tiles of a level are whole within the size."""
        return self._kept // int(WIDTH**tiles)

    def _from_tile(self, tiles: int, number: int) -> Hash:
        place = tiles, number // WIDTH
        if place not in self._tiles:
            self._tiles[place] = self._read(*place)
        start = number % WIDTH * _HASH
        return self._tiles[place][start : start + _HASH]

    def _read(self, level: int, number: int) -> bytes:
        for (hashes,) in self._ledger.rows("SELECT hashes FROM tile WHERE level = ? AND number = ?", (level, number)):
            if isinstance(hashes, bytes):
                return hashes
        raise self._ledger.damaged(f"Tile {number} of level {level} of its tree is gone.")


def has_proofs(ledger: Ledger) -> bool:
    """Whether a ledger has the tables of this; one that was last written by an older Aval has not, and no keys either."""
    return any(True for _ in ledger.rows("SELECT 1 FROM sqlite_schema WHERE name = 'checkpoint'"))


def kept(ledger: Ledger) -> int:
    """Give how many tiles of leaves there are."""
    for (number,) in ledger.rows("SELECT coalesce(max(number) + 1, 0) FROM tile WHERE level = 0"):
        return number if isinstance(number, int) else 0
    return 0


def grow(ledger: Ledger, pen: Pen, size: int) -> None:
    """Write the tiles that have become whole by a size."""
    start = kept(ledger)
    hashes = (hash_of(leaf) for leaf in leaves(ledger, start * WIDTH, size // WIDTH * WIDTH))
    number = start
    while tile := list(islice(hashes, WIDTH)):
        _write(ledger, pen, 0, number, tile)
        number += 1


def _write(ledger: Ledger, pen: Pen, level: int, number: int, tile: Sequence[Hash]) -> None:
    """Write a tile, and the one above it where this one makes that whole."""
    pen.put("INSERT INTO tile (level, number, hashes) VALUES (?, ?, ?)", (level, number, b"".join(tile)))
    if (number + 1) % WIDTH:
        return
    rows = ledger.rows("SELECT hashes FROM tile WHERE level = ? AND number > ? ORDER BY number", (level, number - WIDTH))
    above = [_folded(hashes) for (hashes,) in rows if isinstance(hashes, bytes)]
    _write(ledger, pen, level + 1, number // WIDTH, above)


def _folded(tile: bytes) -> Hash:
    hashes = [tile[at : at + _HASH] for at in range(0, len(tile), _HASH)]
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[at : at + 2]) for at in range(0, len(hashes), 2)]
    return hashes[0]


def leaves(ledger: Ledger, after: int, upto: int) -> Iterator[bytes]:
    """Yield the lines of entries after one, up to one. Raises `Fault` where one has a value that none can have."""
    return map(leaf_of, bare_entries(ledger, after, upto))


def bare_entries(ledger: Ledger, after: int, upto: int) -> Iterator[Entry]:
    """Yield entries without their bodies."""
    try:
        with ledger.asking() as ask:
            for seq, batch, recorded, kind, id_, name, path, withdraws in ask(_ROW, (after, upto)):
                yield Entry(
                    seq=seq,
                    batch=batch,
                    recorded=recorded,
                    kind=Kind(kind),
                    id=written(id_),
                    name=name,
                    path=path,
                    withdraws=written(withdraws) if withdraws else "",
                )
    except (ValueError, TypeError, AttributeError) as error:
        raise ledger.damaged(f"It cannot be read: {str(error)[:200]}.") from None


def name_of(ledger: Ledger) -> str:
    """Give the name of a ledger. Raises `Fault` for one that holds nothing."""
    for leaf in leaves(ledger, 0, 1):
        return origin_of(hash_of(leaf))
    raise ledger.damaged("It holds nothing.")
