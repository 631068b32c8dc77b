"""Write the vectors of our own making. `python -m tests.vectors.make` writes them where they are kept, the same every time."""

from __future__ import annotations

import hashlib
import json
import sys
from base64 import b64encode
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from tests.vectors import curve

HERE = Path(__file__).parent
SIZES = (1, 2, 3, 5, 8, 13)
Vector = dict[str, Any]


def root(leaves: list[bytes]) -> bytes:
    """The root, by its definition."""
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    cut = cut_of(len(leaves))
    return node(root(leaves[:cut]), root(leaves[cut:]))


def node(left: bytes, right: bytes) -> bytes:
    """A node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def cut_of(number: int) -> int:
    """The largest power of two below a number."""
    cut = 1
    while cut * 2 < number:
        cut *= 2
    return cut


def path(index: int, leaves: list[bytes]) -> list[bytes]:
    """The proof of inclusion, by its definition."""
    if len(leaves) == 1:
        return []
    cut = cut_of(len(leaves))
    if index < cut:
        return [*path(index, leaves[:cut]), root(leaves[cut:])]
    return [*path(index - cut, leaves[cut:]), root(leaves[:cut])]


def subproof(first: int, leaves: list[bytes], *, whole: bool = True) -> list[bytes]:
    """The proof of consistency, by its definition."""
    if first == len(leaves):
        return [] if whole else [root(leaves)]
    cut = cut_of(len(leaves))
    if first <= cut:
        return [*subproof(first, leaves[:cut], whole=whole), root(leaves[cut:])]
    return [*subproof(first - cut, leaves[cut:], whole=False), root(leaves[:cut])]


def merkle() -> list[Vector]:
    """Proofs, and what spoils them."""
    leaves = [hashlib.sha256(b"\x00" + f"leaf {number}".encode()).digest() for number in range(max(SIZES))]
    made: list[Vector] = []
    for size in SIZES:
        for index in sorted({0, size // 2, size - 1}):
            good = {"index": index, "size": size, "leaf": leaves[index], "root": root(leaves[:size]), "proof": path(index, leaves[:size])}
            made += ({"kind": "inclusion", **one} for one in spoilt(good, ("leaf", "root"), ("index", "size")))
        for first in (one for one in SIZES if one <= size):
            good = {"first": first, "second": size, "before": root(leaves[:first]), "after": root(leaves[:size])}
            good["proof"] = subproof(first, leaves[:size])
            made += ({"kind": "consistency", **one} for one in spoilt(good, ("before", "after"), ("first", "second")))
    return made


def spoilt(good: Vector, hashes: tuple[str, ...], numbers: tuple[str, ...]) -> Iterator[Vector]:
    """A good proof, and one of each way to spoil it that makes it another."""
    yield {"why": "sound", "sound": True, **good}
    proof: list[bytes] = good["proof"]
    for name in hashes:
        yield {"why": f"{name} flipped", "sound": False, **good, name: flipped(good[name])}
    for name in numbers:
        if not proof and name in ("first", "second"):
            continue  # trees of one size have no proof
        yield {"why": f"{name} doubled", "sound": False, **good, name: good[name] * 2 + 1}
        yield {"why": f"{name} zero", "sound": False, **good, name: -1}
    ways = {"garbage behind": [*proof, bytes(32)], "garbage before": [bytes(32), *proof]}
    if proof:
        ways |= {"last cut": proof[:-1], "first cut": proof[1:], "last twice": [*proof, proof[-1]]}
        ways |= {f"hash {at} flipped": [*proof[:at], flipped(proof[at]), *proof[at + 1 :]] for at in range(len(proof))}
    if len(proof) > 1 and proof != proof[::-1]:
        ways["backwards"] = proof[::-1]
    for why, changed in ways.items():
        yield {"why": why, "sound": False, **good, "proof": changed}


def flipped(data: bytes) -> bytes:
    """The same with one other bit."""
    return bytes([data[0] ^ 1]) + data[1:]


def ed25519() -> list[Vector]:
    """Signatures at the edges: whether each holds is told by the curve in whole numbers."""
    random = Random(20261122)
    made: list[Vector] = []
    small = curve.small_order()

    def put(why: str, key: bytes, signature: bytes, message: bytes) -> None:
        sound = curve.holds(key, signature, message)
        made.append({"why": why, "key": key.hex(), "signature": signature.hex(), "message": message.hex(), "sound": sound})

    for number in range(4):
        seed, message = random.randbytes(32), random.randbytes(number * 9)
        key, good = curve.sign(seed, message)
        put("sound", key, good, message)
        second = int.from_bytes(good[32:], "little")
        put("second half not reduced", key, good[:32] + (second + curve.ORDER).to_bytes(32, "little"), message)
        put("second half flipped", key, good[:40] + flipped(good[40:]), message)
        put("first half flipped", key, flipped(good), message)
        put("another message", key, good, message + b"x")
        put("another key", curve.sign(random.randbytes(32), b"")[0], good, message)
        put("cut", key, good[:-1], message)
        put("longer", key, good + b"\0", message)
        put("halves swapped", key, good[32:] + good[:32], message)
        for place, point in enumerate(small[1:], 1):
            put(f"key with small part {place}", *curve.sign(seed, message, key=point), message)
            put(f"nonce with small part {place}", *curve.sign(seed, message, nonce=point), message)
            put(f"both with small part {place}", *curve.sign(seed, message, key=point, nonce=small[-place]), message)
    for place, point in enumerate(small):
        weak = curve.encoded(point)
        put(f"key of small order {place}", weak, weak + bytes(32), b"any message at all")
        put(f"nonce of small order {place}", key, weak + bytes(32), b"any message at all")
    for number in (curve.PRIME, curve.PRIME + 1, 1 << 255 | 1, 1 << 255 | curve.PRIME - 1, 2**256 - 1, 2):
        put("key not canonical, or none", number.to_bytes(32, "little"), good, message)
        put("nonce not canonical, or none", key, number.to_bytes(32, "little") + good[32:], message)
    return made


def checkpoint() -> list[Vector]:
    """Texts that are a checkpoint, or are not; who signed is another question."""
    root_ = b64encode(hashlib.sha256(b"").digest()).decode()
    line = f"\u2014 example.org/log {b64encode(bytes(68)).decode()}"
    good = f"example.org/log\n5\n{root_}\n\n{line}\n"
    texts = {
        "as it has to be": good,
        "two signatures": f"{good}{line}\n",
        "size zero": good.replace("\n5\n", "\n0\n"),
        "a large size": good.replace("\n5\n", "\n9223372036854775807\n"),
        "letters of any script in the origin": good.replace("example.org/log\n", "\u0448\u043b\u044e\u0437\n", 1),
        "no signature": good.split("\n\n", maxsplit=1)[0] + "\n",
        "no empty line": good.replace("\n\n", "\n"),
        "two empty lines": good.replace("\n\n", "\n\n\n"),
        "carriage returns": good.replace("\n", "\r\n"),
        "no end": good[:-1],
        "a tab": good.replace("example.org/log\n", "example\torg/log\n", 1),
        "an extension line": good.replace("\n\n", "\nmore\n\n"),
        "no root": good.replace(f"{root_}\n", "", 1),
        "a leading zero": good.replace("\n5\n", "\n05\n"),
        "a sign": good.replace("\n5\n", "\n+5\n"),
        "a negative size": good.replace("\n5\n", "\n-5\n"),
        "a size with a point": good.replace("\n5\n", "\n5.0\n"),
        "digits of another script": good.replace("\n5\n", "\n\u0665\n"),
        "a size beyond 63 bits": good.replace("\n5\n", "\n9223372036854775808\n"),
        "a short root": good.replace(root_, b64encode(bytes(31)).decode()),
        "a long root": good.replace(root_, b64encode(bytes(33)).decode()),
        "a root without padding": good.replace(root_, root_[:-1]),
        "a root with loose bits": good.replace(root_, root_[:-2] + chr(ord(root_[-2]) + 1) + "="),
        "no origin": good.replace("example.org/log\n", "\n", 1),
        "a hyphen for the dash": good.replace("\u2014", "-"),
        "a plus in a name": good.replace("\u2014 example", "\u2014 ex+ample"),
        "a strange space in a name": good.replace("\u2014 example", "\u2014 ex\u2003ample"),
        "a signature of four bytes": good.replace(line, "\u2014 example.org/log AAAAAA=="),
        "a signature that is no base64": good.replace(line, "\u2014 example.org/log ????"),
        "a line that is no signature": f"{good}hello\n",
        "a hundred and one signatures": good + f"{line}\n" * 100,
    }
    reads = ("as it has to be", "two signatures", "size zero", "a large size", "letters of any script in the origin")
    return [{"why": why, "text": text, "sound": why in reads} for why, text in texts.items()]


def plain(value: object) -> Any:  # noqa: ANN401  whatever JSON has
    """Write bytes in hexadecimal digits."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, list):
        return [plain(one) for one in value]
    return {name: plain(one) for name, one in value.items()} if isinstance(value, dict) else value


@cache
def made() -> dict[str, str]:
    """Give every file of vectors with its text, one vector in each line."""
    files = {"merkle.json": merkle(), "ed25519.json": ed25519(), "checkpoint.json": checkpoint()}
    lines = {name: ",\n".join(json.dumps(plain(one), ensure_ascii=True) for one in vectors) for name, vectors in files.items()}
    return {name: f"[\n{text}\n]\n" for name, text in lines.items()}


if __name__ == "__main__":
    for file, text in made().items():
        (HERE / file).write_text(text, "utf-8")
        print(f"{file}: {text.count(chr(10)) - 2} vectors", file=sys.stderr)
