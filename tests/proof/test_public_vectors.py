"""Public vectors: Merkle proofs, Ed25519 at its edges, a signed note, RFC 8785. They lie beside the repository, never in it.

`tests/vectors` has some of our own making, so that a fresh clone tests the same rules.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import rfc8785

from aval.evidence.proof.keys import holds, is_sound
from aval.evidence.proof.merkle import proves_consistency, proves_inclusion, proves_part
from aval.evidence.proof.note import key_id, read_key, read_note
from aval.evidence.proof.verify import _canonical
from tools import verify as tool

VECTORS = Path(__file__).parents[2].parent / "shared" / "vectors"
pytestmark = pytest.mark.skipif(not VECTORS.is_dir(), reason="the public vectors do not lie beside the repository, in ../shared/vectors")


def loaded(path: str) -> Any:  # noqa: ANN401  whatever JSON has
    return json.loads((VECTORS / path).read_text("utf-8"))


def found(pattern: str) -> list[dict[str, Any]]:
    return [{"file": path.name, **json.loads(path.read_text("utf-8"))} for path in sorted(VECTORS.glob(pattern))]


def hashes(texts: list[str] | None) -> list[bytes]:
    return [b64decode(text) for text in texts or ()]


def test_every_vector_of_inclusion() -> None:
    given = found("merkle-rfc6962/testdata/inclusion/**/*.json")
    for one in given:
        root, leaf = hashes([one["root"] or "", one["leafHash"] or ""])
        proven = proves_inclusion(leaf, one["leafIdx"], one["treeSize"], hashes(one["proof"]), root)
        assert proven is not one["wantErr"], one["file"]
    assert (len(given), sum(one["wantErr"] for one in given)) == (98, 92)


def test_every_vector_of_consistency() -> None:
    given = found("merkle-rfc6962/testdata/consistency/**/*.json")
    for one in given:
        before, after = hashes([one["root1"] or "", one["root2"] or ""])
        arguments = one["size1"], one["size2"], hashes(one["proof"]), before, after
        assert proves_consistency(*arguments) is not one["wantErr"], one["file"]
        same_size = one["size1"] == one["size2"]  # the tool never has two checkpoints of one size to compare
        assert same_size or tool.grew(*arguments) is not one["wantErr"], one["file"]
    assert (len(given), sum(one["wantErr"] for one in given)) == (98, 92)


def test_every_vector_of_inclusion_in_a_part() -> None:
    given = found("merkle-rfc6962/testdata/subtreeinclusion/**/*.json")
    for one in given:
        root, leaf = hashes([one["root"] or "", one["leafHash"] or ""])
        start, end = one["start"], one["end"]
        is_part = start < end and not start % (1 << (end - start - 1).bit_length())
        proven = is_part and proves_inclusion(leaf, one["leafIdx"] - start, end - start, hashes(one["proof"]), root)
        assert proven is not one["wantErr"], one["file"]
    assert (len(given), sum(one["wantErr"] for one in given)) == (204, 192)


def test_every_vector_of_consistency_of_a_part() -> None:
    given = found("merkle-rfc6962/testdata/subtreeconsistency/**/*.json")
    for one in given:
        part, whole = hashes([one["root1"] or "", one["root2"] or ""])
        proven = proves_part(one["start"], one["end"], one["size"], hashes(one["proof"]), (part, whole))
        assert proven is not one["wantErr"], one["file"]
    assert (len(given), sum(one["wantErr"] for one in given)) == (118, 106)


def test_every_vector_of_wycheproof() -> None:
    """A signature that the RFC takes is taken, one that it refuses is refused; no vector has a weak key."""
    verdicts: Counter[str] = Counter()
    for group in loaded("ed25519/wycheproof-ed25519_test.json")["testGroups"]:
        key = bytes.fromhex(group["publicKey"]["pk"])
        for one in group["tests"]:
            given = key, bytes.fromhex(one["sig"]), bytes.fromhex(one["msg"])
            assert holds(*given) is tool.holds(*given) is (one["result"] == "valid"), one["tcId"]
            verdicts[one["result"]] += 1
    assert verdicts.total() == 151


def test_every_edge_of_the_curve() -> None:
    """A vector with a flag has a point of small order in it, or with one added: our rule takes none, whatever a library would do."""
    given = loaded("ed25519/cctv-ed25519vectors.json")
    taken = 0
    for one in given:
        key, signature, message = bytes.fromhex(one["key"]), bytes.fromhex(one["sig"]), one["msg"].encode()
        flags = set(one["flags"] or ())
        assert holds(key, signature, message) is tool.holds(key, signature, message) is (not flags), one["number"]
        weak = bool(flags & {"low_order_A", "non_canonical_A", "low_order_component_A"})
        assert is_sound(key) is tool.good_point(key) is (not weak), one["number"]
        taken += not flags
    assert (len(given), taken) == (914, 1)


def test_the_signed_note() -> None:
    one = loaded("c2sp/signed-note-example.json")
    note, key = read_note(one["note"].encode()), read_key(one["vkey"])
    (signature,) = note.signatures
    assert signature.name == key.name
    assert signature.key_id == key.key_id == key_id(key.name, key.type, key.key)
    assert holds(key.key, signature.data, note.text.encode())
    assert bytes(note).decode() == one["note"]
    assert str(key) == one["vkey"]
    assert tool.vkey(one["vkey"]) == (key.name, key.key)


@pytest.mark.parametrize("path", sorted(VECTORS.glob("jcs-rfc8785/testdata/input/*.json")), ids=lambda path: path.name)
def test_the_canonical_form(path: Path) -> None:
    """Ours holds where JSON has texts, whole numbers, lists and objects with names in ASCII: other vectors are refused, never changed."""
    wanted = (path.parents[1] / "output" / path.name).read_bytes()
    outhex = (path.parents[1] / "outhex" / path.name).with_suffix(".txt").read_text("ascii")
    assert bytes.fromhex(outhex) == wanted
    value = json.loads(path.read_text("utf-8"))
    assert rfc8785.dumps(value) == wanted
    if isinstance(value, dict) and _ours(value):
        assert _canonical(value) == tool.canonical(value) == wanted


def _ours(value: object) -> bool:
    if isinstance(value, dict):
        return all(name.isascii() and _ours(one) for name, one in value.items())
    return all(map(_ours, value)) if isinstance(value, list) else not isinstance(value, float)
