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


@pytest.mark.parametrize("number", [1030, 66_000])
def test_tiles_change_no_root_and_no_proof(tmp_path: Path, number: int) -> None:
    with filled(tmp_path, 1) as ledger:
        sizes = [1, 2, 255, 256, 257, number // 2 + 1, number - 1, number]
        for size in sizes:
            add(ledger, size - ledger.upto(None))
            with ledger.writing() as pen:
                grow(ledger, pen, size)
            assert kept(ledger) == size // 256
        hashes = [hash_of(leaf) for leaf in leaves(ledger, 0, number)]
        tree = Tree(ledger, number)
        for size in (*sizes, 3, 7, 64, 768):
            assert root(tree.node, size) == root_of(hashes[:size]) == root(Tree(ledger, size).node, size)
            proof = consistency(tree.node, size, number)
            assert proves_consistency(size, number, proof, root_of(hashes[:size]), root_of(hashes))
            assert proves_inclusion(hashes[size - 1], size - 1, number, inclusion(tree.node, size - 1, number), root_of(hashes))


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
