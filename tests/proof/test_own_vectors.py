"""Vectors of our own making (`tests/vectors`): a fresh clone tests the same rules as the public ones."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from aval.evidence.proof.checkpoint import read_checkpoint
from aval.evidence.proof.keys import holds, is_sound
from aval.evidence.proof.merkle import proves_consistency, proves_inclusion
from aval.evidence.proof.note import NoteError
from aval.evidence.proof.verify import judge
from aval.workspace.proving import Demands, verify_bundle
from tests.vectors import curve, make
from tools import verify as tool

HERE = Path(make.__file__).parent


def loaded(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((HERE / name).read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", ["merkle.json", "ed25519.json", "checkpoint.json"])
def test_they_are_what_make_writes(name: str) -> None:
    assert make.made()[name] == (HERE / name).read_text("utf-8")


def test_every_proof() -> None:
    seen = {True: 0, False: 0}
    for one in loaded("merkle.json"):
        proof = [bytes.fromhex(text) for text in one["proof"]]
        if one["kind"] == "inclusion":
            leaf, root = bytes.fromhex(one["leaf"]), bytes.fromhex(one["root"])
            assert proves_inclusion(leaf, one["index"], one["size"], proof, root) is one["sound"], one
        else:
            arguments = one["first"], one["second"], proof, bytes.fromhex(one["before"]), bytes.fromhex(one["after"])
            assert proves_consistency(*arguments) is one["sound"], one
            assert one["first"] == one["second"] or tool.grew(*arguments) is one["sound"], one
        seen[one["sound"]] += 1
    assert seen[True] > 30
    assert seen[False] > 300


def test_every_signature() -> None:
    given = loaded("ed25519.json")
    for one in given:
        key, signature, message = (bytes.fromhex(one[name]) for name in ("key", "signature", "message"))
        assert holds(key, signature, message) is tool.holds(key, signature, message) is one["sound"], one["why"]
        assert is_sound(key) is tool.good_point(key) is curve.is_sound(key), one["why"]
    assert sum(one["sound"] for one in given) == 4
    assert len(given) > 100


def test_every_checkpoint() -> None:
    for one in loaded("checkpoint.json"):
        data = one["text"].encode()
        if one["sound"]:
            assert bytes(read_checkpoint(data).note) == data
            assert tool.Note(data).text == read_checkpoint(data).note.text
            continue
        with pytest.raises(NoteError):
            read_checkpoint(data)
        with pytest.raises((tool.UnsoundError, ValueError)):
            tool.Note(data)


def test_a_bundle_that_was_made_long_ago() -> None:
    """What was exported once is sound for ever: the formats keep their meaning."""
    bundle = HERE / "bundle"
    found = verify_bundle(bundle, Demands(quorum=2))
    judged, counting = tool.judged(str(bundle), [], None)
    assert judge(bundle).checkpoint.root == judged.newest.root
    assert set(found.organisations) == counting == {"FRA", "GBR"}
    assert found.root == "b621df29381f296daa8689832460bf3fd480a83d7031e3cf967afd3b74436c7d"


def test_the_curve_is_the_one_of_the_library() -> None:
    random = Random(4)
    for _ in range(3):
        seed, message = random.randbytes(32), random.randbytes(20)
        secret = Ed25519PrivateKey.from_private_bytes(seed)
        assert curve.encoded(curve.times(curve.scalar(seed), curve.BASE)) == secret.public_key().public_bytes_raw()
        assert curve.holds(secret.public_key().public_bytes_raw(), secret.sign(message), message)
