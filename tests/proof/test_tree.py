"""The tree of a ledger: whatever it has in tiles, it is the tree over its entries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import rfc8785

from aval.evidence.ledger.ledger import Ledger
from aval.evidence.proof import tree as kept_tree
from aval.evidence.proof.leaf import hash_of
from aval.evidence.proof.merkle import consistency, inclusion, proves_consistency, proves_inclusion, root, root_of
from aval.evidence.proof.tree import Tree, grow, kept, leaves, name_of
from tests.proof.ledgers import add, filled


@pytest.mark.parametrize("sizes", [[1, 2, 255, 256, 257, 515, 1029, 1030], [300, 65_537, 66_000]])
def test_tiles_change_no_root_and_no_proof(tmp_path: Path, sizes: list[int]) -> None:
    number = sizes[-1]
    with filled(tmp_path, 1) as ledger:
        for size in sizes:
            add(ledger, size - ledger.upto(None))
            with ledger.writing() as pen:
                grow(ledger, pen, size)
            assert kept(ledger) == size // 256
        hashes = [hash_of(leaf) for leaf in leaves(ledger, 0, number)]
        tree = Tree(ledger, number)
        last = root_of(hashes)
        for size in (*sizes, 3, 7, 64, 768):
            wanted = root_of(hashes[:size])
            assert root(tree.node, size) == root(Tree(ledger, size).node, size) == wanted
            assert proves_consistency(size, number, consistency(tree.node, size, number), wanted, last)
            assert proves_inclusion(hashes[size - 1], size - 1, number, inclusion(tree.node, size - 1, number), last)


def test_a_leaf_is_the_canonical_form_of_an_entry(tmp_path: Path) -> None:
    with filled(tmp_path, 3) as ledger:
        for seq, leaf in enumerate(leaves(ledger, 0, 3), 1):
            fields = json.loads(leaf)
            assert rfc8785.dumps(fields) == leaf
            assert fields["seq"] == seq


def test_a_ledger_is_named_by_its_first_entry(tmp_path: Path) -> None:
    with filled(tmp_path / "a", 3) as one, filled(tmp_path / "b", 5) as grown, filled(tmp_path / "c", 3, now=7) as other:
        assert name_of(one) == name_of(grown) == "aval.ledger/" + hash_of(next(leaves(one, 0, 1))).hex()
        assert name_of(one) != name_of(other)


def test_a_tree_grows_by_reading_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with filled(tmp_path, 1030) as ledger:
        with ledger.writing() as pen:
            grow(ledger, pen, 1030)
        read: list[tuple[int, int]] = []
        given = kept_tree.leaves

        def watched(ledger: Ledger, after: int, upto: int) -> Iterator[bytes]:
            read.append((after, upto))
            return given(ledger, after, upto)

        monkeypatch.setattr(kept_tree, "leaves", watched)
        add(ledger, 10)
        with ledger.writing() as pen:
            grow(ledger, pen, 1040)
        root(Tree(ledger, 1040).node, 1040)
        assert read == [(1024, 1024), (1024, 1040)]
