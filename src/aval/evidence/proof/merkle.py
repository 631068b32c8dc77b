"""The Merkle tree of RFC 9162, section 2.1: roots, proofs of inclusion and of consistency, with SHA-256.

A tree of n leaves is cut at the largest power of two below n, so that every left part is *full*, and never changes again. What a proof has
to name are roots of full parts, and of the last, growing one. `Nodes` gives the roots of full parts, wherever they are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence

Hash = bytes
Nodes = Callable[[int, int], Hash]
"""`nodes(level, number)` gives the root of the leaves from `number * 2**level` on, 2**level of them: all have to be there"""

MOST_HASHES = 63
"""No proof of a tree that can exist has more hashes."""
EMPTY = hashlib.sha256(b"").digest()
"""The root of a tree without leaves."""


def leaf_hash(data: bytes) -> Hash:
    """Hash a leaf."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: Hash, right: Hash) -> Hash:
    """Hash two parts into the one above them; the first byte keeps a node from ever being a leaf."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Grower:
    """A tree that grows leaf by leaf. It remembers the roots of its full parts only, the largest first."""

    def __init__(self) -> None:
        """Begin with the empty tree."""
        self.size = 0
        self._parts: list[Hash] = []

    def add(self, leaf: Hash) -> None:
        """Add the hash of a leaf."""
        number = self.size
        while number & 1:
            leaf = node_hash(self._parts.pop(), leaf)
            number >>= 1
        self._parts.append(leaf)
        self.size += 1

    def root(self) -> Hash:
        """Give the root of what there is."""
        return _joined(self._parts)


def _joined(parts: Sequence[Hash]) -> Hash:
    if not parts:
        return EMPTY
    *rest, found = parts
    for part in reversed(rest):
        found = node_hash(part, found)
    return found


def root_of(leaves: Iterable[Hash]) -> Hash:
    """Give the root over hashes of leaves."""
    grower = Grower()
    for leaf in leaves:
        grower.add(leaf)
    return grower.root()


def root(nodes: Nodes, size: int) -> Hash:
    """Give the root of the first `size` leaves."""
    return _root(nodes, 0, size)


def _root(nodes: Nodes, start: int, end: int) -> Hash:
    """Give the root of the leaves from `start` to `end`, which is a part as the RFC cuts them."""
    if start == end:
        return EMPTY
    parts, at = [], start
    while at < end:
        level = (end - at).bit_length() - 1
        parts.append(nodes(level, at >> level))
        at += 1 << level
    return _joined(parts)


def inclusion(nodes: Nodes, index: int, size: int) -> list[Hash]:
    """Give the proof that the leaf of that number, from 0, is in the tree of that size (RFC 9162, 2.1.3.1)."""
    start, end, found = 0, size, []
    while end - start > 1:
        cut = start + _cut(end - start)
        if index < cut:
            found.append(_root(nodes, cut, end))
            end = cut
        else:
            found.append(_root(nodes, start, cut))
            start = cut
    return found[::-1]


def consistency(nodes: Nodes, first: int, second: int) -> list[Hash]:
    """Give the proof that the tree of `second` leaves begins with that of `first` (RFC 9162, 2.1.4.1)."""
    start, end, whole, found = 0, second, True, []
    while 0 < first < second and first != end:
        cut = start + _cut(end - start)
        if first <= cut:
            found.append(_root(nodes, cut, end))
            end = cut
        else:
            found.append(_root(nodes, start, cut))
            start, whole = cut, False
    return ([] if whole or not found else [_root(nodes, start, end)]) + found[::-1]


def _cut(number: int) -> int:
    """Give the largest power of two below a number."""
    return 1 << (number - 1).bit_length() - 1


def proves_inclusion(leaf: Hash, index: int, size: int, proof: Sequence[Hash], wanted: Hash) -> bool:
    """Whether a proof shows that a leaf stands at an index of the tree with that root (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size or len(proof) > MOST_HASHES or len(leaf) != len(EMPTY):
        return False
    at, last, found = index, size - 1, leaf
    for one in proof:
        if not last:
            return False
        if at & 1 or at == last:
            found = node_hash(one, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, one)
        at, last = at >> 1, last >> 1
    return not last and found == wanted


def proves_consistency(first: int, second: int, proof: Sequence[Hash], before: Hash, after: Hash) -> bool:
    """Whether a proof shows that the tree with the root `after` begins with the one with the root `before` (RFC 9162, 2.1.4.2).

    A tree without leaves begins every tree, so that it proves nothing: a first size of 0 is refused.
    """
    return first > 0 and proves_part(0, first, second, proof, (before, after))


def proves_part(start: int, end: int, size: int, proof: Sequence[Hash], roots: tuple[Hash, Hash]) -> bool:
    """Whether a proof shows that the leaves from `start` to `end` with the first root are those of the tree with the second.

    A part begins at a multiple of the power of two that holds it; one that begins at 0 is a smaller tree. One without leaves is in every
    tree, and proves nothing of it.
    """
    if not 0 <= start <= end <= size or len(proof) > MOST_HASHES:
        return False
    if start == end:
        return not proof and roots[0] == EMPTY
    if start % (1 << (end - start - 1).bit_length()):
        return False
    first, at, last = start, end - 1, size - 1
    while first != at and (at & 1 or at == last):
        first, at, last = first >> 1, at >> 1, last >> 1
    path = [roots[0], *proof] if first == at else list(proof)
    if not path:
        return False
    part = whole = path[0]
    for one in path[1:]:
        if not last:
            return False
        if at & 1 or at == last:
            part = node_hash(one, part) if first < at else part
            whole = node_hash(one, whole)
            while not at & 1 and at:
                first, at, last = first >> 1, at >> 1, last >> 1
        else:
            whole = node_hash(whole, one)
        first, at, last = first >> 1, at >> 1, last >> 1
    return not last and (part, whole) == roots
