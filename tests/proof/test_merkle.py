"""The tree of RFC 9162: against its own definition, written down naively, and against vectors."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aval.evidence.proof.merkle import (
    EMPTY,
    Grower,
    Hash,
    Nodes,
    consistency,
    inclusion,
    leaf_hash,
    proves_consistency,
    proves_inclusion,
    root,
    root_of,
)

LEAVES = [leaf_hash(f"leaf {number}".encode()) for number in range(140)]


def naive(leaves: list[Hash]) -> Hash:
    """The definition of the RFC, word by word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    cut = 1
    while cut * 2 < len(leaves):
        cut *= 2
    return hashlib.sha256(b"\x01" + naive(leaves[:cut]) + naive(leaves[cut:])).digest()


def nodes_of(leaves: list[Hash]) -> Nodes:
    def nodes(level: int, number: int) -> Hash:
        part = leaves[number << level : number + 1 << level]
        assert len(part) == 1 << level  # no part is asked for that is not full
        return naive(part)

    return nodes


NODES = nodes_of(LEAVES)
ROOTS = [naive(LEAVES[:size]) for size in range(len(LEAVES) + 1)]


def test_a_leaf_is_never_a_node() -> None:
    assert leaf_hash(b"") == hashlib.sha256(b"\x00").digest()
    assert ROOTS[0] == EMPTY


def test_a_growing_tree_has_the_roots_of_the_definition() -> None:
    grower = Grower()
    for size, leaf in enumerate(LEAVES):
        assert grower.root() == ROOTS[size] == root(NODES, size)
        grower.add(leaf)
    assert root_of(LEAVES) == ROOTS[-1]


def test_every_inclusion_is_proven_and_at_no_other_place() -> None:
    for size in range(1, 40):
        for index in range(size):
            proof = inclusion(NODES, index, size)
            assert proves_inclusion(LEAVES[index], index, size, proof, ROOTS[size])
            for other in range(size):
                assert proves_inclusion(LEAVES[index], other, size, proof, ROOTS[size]) is (other == index)


def test_every_consistency_is_proven() -> None:
    for second in range(1, len(LEAVES)):
        for first in range(1, second + 1):
            proof = consistency(NODES, first, second)
            assert proves_consistency(first, second, proof, ROOTS[first], ROOTS[second])


@given(some.integers(1, 139), some.integers(1, 139), some.data())
def test_no_changed_proof_is_believed(one: int, other: int, data: some.DataObject) -> None:
    first, second = sorted((one, other))
    proof = consistency(NODES, first, second)
    changed = _changed(proof, data)
    if changed != proof:
        assert not proves_consistency(first, second, changed, ROOTS[first], ROOTS[second])
    index = data.draw(some.integers(0, second - 1))
    path = inclusion(NODES, index, second)
    changed = _changed(path, data)
    if changed != path:
        assert not proves_inclusion(LEAVES[index], index, second, changed, ROOTS[second])


def _changed(proof: list[Hash], data: some.DataObject) -> list[Hash]:
    place = data.draw(some.integers(0, len(proof)))
    garbage = data.draw(some.sampled_from([b"", b"x" * 32, *ROOTS[:20], *LEAVES[:20]]))
    return data.draw(some.sampled_from([proof[:place], proof[place:], [*proof[:place], garbage, *proof[place:]], [*proof[:-1], garbage]]))


@pytest.mark.parametrize("sizes", [(0, 0), (0, 5), (5, 4), (-1, 3)])
def test_what_proves_nothing_is_refused(sizes: tuple[int, int]) -> None:
    assert not proves_consistency(*sizes, [], EMPTY, EMPTY)


def test_a_tree_that_was_rewritten_is_not_consistent() -> None:
    other = [*LEAVES[:5], leaf_hash(b"forged"), *LEAVES[6:]]
    for first in range(6, 100):
        for nodes, before, after in ((nodes_of(other), ROOTS[first], naive(other[:100])), (NODES, naive(other[:first]), ROOTS[100])):
            assert not proves_consistency(first, 100, consistency(nodes, first, 100), before, after)
