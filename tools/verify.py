"""Judge a bundle of Aval without Aval: the standard library, and PyNaCl for Ed25519. `python tools/verify.py BUNDLE`.

It was written from docs/decisions/0025 and 0026, shares no line with the package, and imports nothing of it. Where the two ever say
different things of one bundle, one of them is wrong; `tests/proof/test_independent.py` looks for such bundles.

Exit codes: 0 the bundle proves what it says, 1 it does not, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nacl.bindings
import nacl.exceptions

ENTRY, STATEMENT, KEY, SIGNATURE = b"aval.entry/1\n", b"aval.statement/1\n", b"aval.key/1\n", b"aval.signature/1\n"
FILES = {"bundle.json", "entries.jsonl", "statements.jsonl", "keys.jsonl", "signatures.jsonl", "checkpoint"}
FOLDERS = {"checkpoints": "0|[1-9][0-9]{0,17}", "proofs": "0|[1-9][0-9]{0,17}", "stamps": "0|[1-9][0-9]{0,17}", "texts": "[0-9a-f]{64}"}
KINDS = {"statement", "again", "name", "removal", "agreement", "manifest", "file", "key", "signature"}
LONGEST_LINE, LARGEST_NOTE, LARGEST_TEXT, MOST_ENTRIES = 2 << 20, 64 << 10, 64 << 20, 1_500_000
GROUP = 2**252 + 27742317777372353535851937790883648493

Fields = dict[str, Any]


class UnsoundError(Exception):
    """The bundle does not prove what it says."""


def need(holds: object, message: str) -> None:
    """Stop where something does not hold."""
    if not holds:
        raise UnsoundError(message)


# ---------------------------------------------------------------- reading


def names(folder: str) -> dict[str, int]:
    """Give what stands in a folder: the names with their kinds; links and devices are refused."""
    found = {one.name: one.lstat().st_mode for one in Path(folder).iterdir()}
    need(len(found) <= 100_000, f"{folder}: too many names")
    need(all(stat.S_ISREG(mode) or stat.S_ISDIR(mode) for mode in found.values()), f"{folder}: a link or a device")
    return found


def whole(path: str, most: int) -> bytes:
    """Read a file of that many bytes at most."""
    with Path(path).open("rb") as stream:
        data = stream.read(most + 1)
    need(len(data) <= most, f"{path}: too large")
    return data


def lines(path: str) -> Iterator[bytes]:
    """Yield lines without their ends."""
    with Path(path).open("rb") as stream:
        while line := stream.readline(LONGEST_LINE + 2):
            need(line.endswith(b"\n") and len(line) <= LONGEST_LINE + 1, f"{path}: a line is too long or has no end")
            yield line[:-1]


def canonical(fields: Any) -> bytes:
    """Write JSON as RFC 8785 does, as far as bundles have it: texts, whole numbers, lists and objects, with names in ASCII."""
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


def fields_of(line: bytes) -> Fields:
    """Read an object that is written in its canonical form."""
    fields = json.loads(line)
    need(isinstance(fields, dict) and canonical(fields) == line, "a line is no canonical JSON object")
    return dict(fields)


def digits(text: object, number: int) -> bool:
    """Whether a text is so many hexadecimal digits."""
    return isinstance(text, str) and re.fullmatch(f"[0-9a-f]{{{number}}}", text) is not None


def is_id(text: object) -> bool:
    """Whether a text is a content id."""
    return isinstance(text, str) and text.startswith("sha256:") and digits(text[7:], 64)


def decoded(text: str) -> bytes:
    """Read base64 that is spelt in its one way."""
    data = base64.b64decode(text, validate=True)
    need(base64.b64encode(data).decode() == text, "base64 is spelt oddly")
    return data


# ---------------------------------------------------------------- signatures


def good_point(data: bytes) -> bool:
    """Whether 32 bytes are the canonical encoding of a point of the group of prime order, other than its neutral element."""
    return len(data) == 32 and bool(nacl.bindings.crypto_core_ed25519_is_valid_point(data))


def holds(key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature holds: both points good, the number below the group's order, and RFC 8032's equation."""
    if len(signature) != 64 or not good_point(key) or not good_point(signature[:32]):
        return False
    if int.from_bytes(signature[32:], "little") >= GROUP:
        return False
    try:
        nacl.bindings.crypto_sign_open(signature + message, key)
    except nacl.exceptions.BadSignatureError:
        return False
    return True


# ---------------------------------------------------------------- the tree


def above(left: bytes, right: bytes) -> bytes:
    """Hash two nodes."""
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """The hashes of full subtrees, smallest last, with their sizes."""

    def __init__(self) -> None:
        """Begin empty."""
        self.parts: list[tuple[int, bytes]] = []

    def add(self, leaf: bytes) -> None:
        """Add a leaf's data."""
        size, made = 1, hashlib.sha256(b"\0" + leaf).digest()
        while self.parts and self.parts[-1][0] == size:
            made, size = above(self.parts.pop()[1], made), size * 2
        self.parts.append((size, made))

    def root(self) -> bytes:
        """Give the root."""
        if not self.parts:
            return hashlib.sha256().digest()
        made = self.parts[-1][1]
        for _, part in self.parts[-2::-1]:
            made = above(part, made)
        return made


def grew(old: int, new: int, proof: list[bytes], before: bytes, after: bytes) -> bool:
    """Whether a consistency proof holds: rebuild both roots by the recursion of RFC 9162, 2.1.4, taking hashes from its end."""
    if not 0 < old < new or len(proof) > 63:
        return False
    rest = list(proof)

    def rebuilt(first: int, size: int, known: bool) -> tuple[bytes, bytes]:  # noqa: FBT001
        if first == size:
            if known:
                return before, before
            one = rest.pop(0)
            return one, one
        cut = 1
        while cut * 2 < size:
            cut *= 2
        if first <= cut:
            small, large = rebuilt(first, cut, known)
            return small, above(large, rest.pop(0))
        small, large = rebuilt(first - cut, size - cut, False)  # noqa: FBT003
        left = rest.pop(0)
        return above(left, small), above(left, large)

    try:
        return rebuilt(old, new, True) == (before, after) and not rest  # noqa: FBT003
    except IndexError:
        return False


# ---------------------------------------------------------------- notes


class Note:
    """A checkpoint: its text, what it says, and the lines below it."""

    def __init__(self, data: bytes) -> None:
        """Read it."""
        need(len(data) <= LARGEST_NOTE, "a checkpoint is too large")
        text = data.decode("utf-8")
        need(not re.search("[\0-\x09\x0b-\x1f]", text), "a checkpoint has a control character")
        body, gap, below = text.rpartition("\n\n")
        need(gap and body and below.endswith("\n"), "a checkpoint has no signatures")
        self.text = f"{body}\n"
        rows = self.text.split("\n")
        need(len(rows) == 4 and rows[0].strip() and re.fullmatch("0|[1-9][0-9]{0,19}", rows[1], re.ASCII), "it is no checkpoint")
        self.origin, self.size, self.root = rows[0], int(rows[1]), decoded(rows[2])
        need(len(self.root) == 32 and self.size < 1 << 63, "it is no checkpoint")
        self.lines: list[tuple[str, bytes, bytes]] = []
        for line in below.split("\n")[:-1]:
            match = re.fullmatch("\u2014 ([^\\s+]+) (\\S+)", line)
            need(match, "a signature of a checkpoint is none")
            data = decoded(match[2] if match else "")
            need(len(data) > 4, "a signature of a checkpoint is too short")
            self.lines.append((match[1] if match else "", data[:4], data[4:]))
        need(len(self.lines) <= 100, "a checkpoint has too many signatures")

    def signed(self, key: bytes) -> bool:
        """Whether the ledger signed it by this key."""
        wanted = key_id(self.origin, 1, key)
        return any(line[:2] == (self.origin, wanted) and holds(key, line[2], self.text.encode()) for line in self.lines)

    def cosigned(self, name: str, key: bytes) -> list[int]:
        """Give the seconds at which a cosigner cosigned; a line in its name that does not hold is refused."""
        found = []
        for who, id_, data in self.lines:
            if (who, id_) == (name, key_id(name, 4, key)):
                seconds = int.from_bytes(data[:8], "big")
                message = f"cosignature/v1\ntime {seconds}\n{self.text}".encode()
                need(len(data) == 72 and seconds < 1 << 63 and holds(key, data[8:], message), f"a cosignature of {name} does not hold")
                found.append(seconds)
        return found


def key_id(name: str, kind: int, key: bytes) -> bytes:
    """Give the four bytes that name a key in a note."""
    return hashlib.sha256(name.encode() + b"\n" + bytes([kind]) + key).digest()[:4]


def vkey(line: str) -> tuple[str, bytes]:
    """Read `name+id+key`."""
    name, id_, coded = line.split("+", 2)
    data = decoded(coded)
    need(len(data) == 33 and data[0] in (1, 4) and key_id(name, data[0], data[1:]).hex() == id_, f"{name}: this is no public key")
    need(good_point(data[1:]), f"{name}: this key is weak")
    return name, data[1:]


# ---------------------------------------------------------------- keys


class Keys:
    """Who had which key when. A key: its organisation, entry, instant, voucher, and from when on it counts no more."""

    def __init__(self) -> None:
        """Begin without any."""
        self.ledger = ""
        self.all: dict[str, Fields] = {}
        self.last: dict[str, str] = {}

    @property
    def keeper(self) -> str:
        """Who enrolled the first key."""
        return next((str(one["organisation"]) for one in self.all.values()), "")

    def live(self, organisation: str) -> set[str]:
        """Give the keys of an organisation that count."""
        return {key for key, one in self.all.items() if one["organisation"] == organisation and one["ended"] is None}

    def at(self, size: int, *, keeps: bool) -> list[str]:
        """Give the keys that could sign (or cosign) a checkpoint of that size."""
        return [
            key
            for key, one in self.all.items()
            if (one["organisation"] == self.keeper) is keeps
            and one["since"] <= size
            and (one["ended"] is None or one["ended"] > size)
            and one["mistrusted"] is None
        ]

    def act(self, line: bytes, seq: int, recorded: int) -> str:
        """Take an act in; give its organisation."""
        act = fields_of(line)
        signatures = act.pop("signatures", None)
        optional = {"previous", "replaces", "since"}
        must = {"act", "key", "ledger", "organisation", "schema"}
        need(must <= set(act) <= must | optional and act["schema"] == "aval.key/1", "an act about a key has other fields")
        need(isinstance(signatures, dict) and 0 < len(signatures) <= 2, "an act about a key is not signed once or twice")
        signatures = dict(signatures or {})
        need(all(digits(key, 64) and digits(one, 128) for key, one in signatures.items()), "a signature of an act is none")
        who, key, deed = act["organisation"], act["key"], act["act"]
        need(
            isinstance(who, str) and re.fullmatch("[A-Za-z0-9][A-Za-z0-9._-]{0,63}", who, re.ASCII) and digits(key, 64),
            "an act names no key",
        )
        need(act["ledger"] == self.ledger, "an act about a key is of another ledger")
        need("previous" not in act or is_id(act["previous"]), "an act follows nothing")
        need(act.get("previous", "") == self.last.get(who, ""), "an act does not follow the one before it")
        need(len(line) <= 1 << 20, "an act is too large")
        message = KEY + canonical(act)
        need(
            all(holds(bytes.fromhex(by), bytes.fromhex(one), message) for by, one in signatures.items()), "an act's signature does not hold"
        )
        match deed:
            case "add":
                need(not {"replaces", "since"} & set(act), "an act has a field too many")
                vouchers = self.live(who)
                by = self._enrol(key, signatures, vouchers)
                need(by or not vouchers, "nobody vouched for a further key")
                self._keep(who, key, seq, recorded, by)
            case "rotate":
                old = act.get("replaces")
                need(old in self.live(who) and "since" not in act, "what is replaced does not count")
                need(self._enrol(key, signatures, {str(old)}), "the key that is replaced has not signed")
                self.all[str(old)] |= {"ended": seq, "how": "rotate"}
                self._keep(who, key, seq, recorded, str(old))
            case "revoke":
                self._revoke(act, set(signatures), seq, recorded)
            case _:
                need(False, "an act does what nobody knows")  # noqa: FBT003
        self.last[who] = "sha256:" + hashlib.sha256(KEY + line).hexdigest()
        return str(who)

    def _enrol(self, key: str, signatures: Fields, vouchers: set[str]) -> str:
        need(key not in self.all, "a key is enrolled twice")
        need(good_point(bytes.fromhex(key)), "a key is weak")
        need(key in signatures, "an owner has not shown the key")
        others = set(signatures) - {key}
        need(others <= vouchers, "a stranger signed")
        return min(others, default="")

    def _keep(self, who: str, key: str, seq: int, recorded: int, by: str) -> None:
        self.all[key] = {
            "organisation": who,
            "since": seq,
            "instant": recorded,
            "by": by,
            "ended": None,
            "how": "",
            "mistrusted": None,
        }

    def _revoke(self, act: Fields, signers: set[str], seq: int, recorded: int) -> None:
        one = self.all.get(act["key"])
        need(
            one and one["organisation"] == act["organisation"] and one["how"] != "revoke" and "replaces" not in act, "no such key to revoke"
        )
        need(signers <= self.live(act["organisation"]) | self.live(self.keeper), "who revoked may not")
        since = None
        if "since" in act:
            need(isinstance(act["since"], str) and re.fullmatch("-?[1-9][0-9]{0,18}|0", act["since"]), "since when is no instant")
            since = int(act["since"])
            need(self.all[act["key"]]["instant"] <= since <= recorded, "since when cannot be")
        self._end(act["key"], seq, since)

    def _end(self, key: str, seq: int, since: int | None) -> None:
        one = self.all[key]
        one |= {"ended": seq if one["ended"] is None else one["ended"], "how": "revoke", "mistrusted": since}
        fallen = [name for name, other in self.all.items() if other["by"] == key and since is not None and other["instant"] >= since]
        for name in fallen:
            if self.all[name]["mistrusted"] is None:
                self._end(name, seq, self.all[name]["instant"])

    def counts(self, key: str, seq: int, recorded: int) -> bool:
        """Whether what a key signed counts in an entry."""
        one = self.all[key]
        return (
            one["since"] <= seq
            and (one["ended"] is None or seq < one["ended"])
            and not (one["mistrusted"] is not None and recorded >= one["mistrusted"])
        )

    def reached(self, pinned: set[str]) -> set[str]:
        """Give the keys that pinned ones vouch for, or that vouch for them, in any number of steps."""
        found: set[str] = set()
        more = set(pinned)
        while more - found:
            found |= more
            links = [{key, one["by"]} for key, one in self.all.items() if one["by"]]
            more = {key for link in links if link & found for key in link}
        return found


# ---------------------------------------------------------------- the bundle


class Bundle:
    """A bundle, judged as it is read."""

    def __init__(self, folder: str, sizes: set[int]) -> None:
        """Read and judge. Raises `UnsoundError`."""
        self.folder = folder
        self.inside = self._listed()
        need(whole(self.path("bundle.json"), 1000) == b'{"schema":"aval.bundle/1"}\n', "bundle.json: not of this version")
        self.newest = Note(whole(self.path("checkpoint"), LARGEST_NOTE))
        need(self.newest.size <= MOST_ENTRIES, "checkpoint: too many entries to judge")
        large = sum(Path(self.path("checkpoints", name)).lstat().st_size for name in self.inside["checkpoints"])
        need(large <= 16 << 20, "checkpoints: too large together")
        self.earlier = {int(name): Note(whole(self.path("checkpoints", name), LARGEST_NOTE)) for name in self.inside["checkpoints"]}
        for size, note in self.earlier.items():
            need(note.size == size and 0 < size < self.newest.size and note.origin == self.newest.origin, f"checkpoints/{size}: misplaced")
        self.keys = Keys()
        self.known: set[bytes] = set()
        self.signed: list[tuple[Fields, int, int]] = []
        self.roots: dict[int, bytes] = {}
        self._entries({*self.earlier, self.newest.size, *sizes})
        self._notes()
        self._proofs()

    def path(self, *names: str) -> str:
        """Give the path of a file in it."""
        return "/".join((self.folder, *names))

    def _listed(self) -> dict[str, set[str]]:
        found = names(self.folder)
        need(set(found) >= FILES and {"checkpoints", "proofs", "texts"} <= set(found), "it is no bundle: a file is missing")
        need(set(found) <= FILES | set(FOLDERS), "it is no bundle: a name belongs to none")
        need(all(stat.S_ISDIR(mode) == (name in FOLDERS) for name, mode in found.items()), "it is no bundle: a folder for a file")
        inside = {}
        for name in set(FOLDERS) & set(found):
            below = names(self.path(name))
            fits = all(stat.S_ISREG(mode) and re.fullmatch(FOLDERS[name], one, re.ASCII) for one, mode in below.items())
            need(fits, f"{name}: a name belongs to no bundle")
            inside[name] = set(below)
        return inside

    def _entries(self, sizes: set[int]) -> None:
        tree, last, texts = Tree(), None, set()
        beside = {kind: lines(self.path(f"{kind}s.jsonl")) for kind in ("statement", "key", "signature")}
        number = 0
        for number, line in enumerate(lines(self.path("entries.jsonl")), 1):
            need(number <= self.newest.size, "entries.jsonl: more entries than the checkpoint has")
            try:
                entry = fields_of(line)
                recorded = self._shape(entry, number, last)
                tree.add(ENTRY + line)
                if number == 1:
                    self.keys.ledger = f"aval.ledger/{tree.root().hex()}"
                texts |= self._content(entry, recorded, beside)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
                raise UnsoundError(f"entries.jsonl:{number}: {error}") from None
            except UnsoundError as error:
                raise UnsoundError(f"entries.jsonl:{number}: {error}") from None
            if number in sizes:
                self.roots[number] = tree.root()
            last = (entry["batch"], recorded)
        need(number == self.newest.size, "entries.jsonl: fewer entries than the checkpoint has")
        need(all(next(rest, None) is None for rest in beside.values()), "more stands beside the entries than they bring in")
        need(texts == self.inside["texts"], "texts: one that no entry brings in")

    def _shape(self, entry: Fields, number: int, last: tuple[int, int] | None) -> int:
        """Check the fields of an entry; give its instant."""
        must = {"batch", "id", "kind", "name", "path", "recorded", "seq"}
        need(must <= set(entry) <= must | {"withdraws"} and entry["kind"] in KINDS, "it is no entry")
        need(all(isinstance(entry[name], str) for name in must - {"batch", "seq"}), "it is no entry")
        need(type(entry["seq"]) is int and type(entry["batch"]) is int and entry["seq"] == number, "it is not the next entry")
        need(is_id(entry["id"]), "it is no entry")
        if "withdraws" in entry:
            need(is_id(entry["withdraws"]) and entry["kind"] in ("statement", "again", "removal"), "it withdraws what it cannot")
        need(entry["kind"] != "removal" or entry.get("withdraws") == entry["id"], "it removes something else")
        need(entry["kind"] not in ("key", "signature") or not entry["path"], "it is no entry")
        need(re.fullmatch("-?[1-9][0-9]{0,18}|0", entry["recorded"]), "it has no instant")
        recorded = int(entry["recorded"])
        need(-(1 << 63) <= recorded < 1 << 63, "it has no instant")
        if last is None:
            need(entry["batch"] == 1, "it is not the first entry")
        else:
            need(recorded > last[1] and entry["batch"] in (last[0], number), "it cannot follow the entry before it")
        return recorded

    def _content(self, entry: Fields, recorded: int, beside: dict[str, Iterator[bytes]]) -> set[str]:
        """Hold what an entry brings in against its id; give the text that it needs."""
        kind, id_ = entry["kind"], entry["id"]
        digest = bytes.fromhex(id_[7:])
        texts = set()
        if kind in beside:
            line = next(beside[kind], None)
            domain = {"statement": STATEMENT, "key": KEY, "signature": SIGNATURE}[kind]
            need(line is not None and hashlib.sha256(domain + line).digest() == digest, "what it brings in is not what its id says")
            getattr(self, f"_{kind}")(entry, line, recorded, digest)
        elif kind in ("agreement", "manifest"):
            need(id_[7:] in self.inside["texts"], "its text is missing")
            need(hashlib.sha256(whole(self.path("texts", id_[7:]), LARGEST_TEXT)).digest() == digest, "its text is not what its id says")
            texts.add(id_[7:])
        named = ({digest} if kind in ("again", "name", "removal") else set()) | (
            {bytes.fromhex(entry["withdraws"][7:])} if "withdraws" in entry else set()
        )
        need(named <= self.known, "it is about a statement that never came in")
        return texts

    def _statement(self, _: Fields, line: bytes, __: int, digest: bytes) -> None:
        fields_of(line)
        need(digest not in self.known, "its statement came in before")
        self.known.add(digest)

    def _key(self, entry: Fields, line: bytes, recorded: int, _: bytes) -> None:
        need(self.keys.act(line, entry["seq"], recorded) == entry["name"], "its name is another organisation")

    def _signature(self, entry: Fields, line: bytes, recorded: int, _: bytes) -> None:
        one = fields_of(line)
        need(set(one) == {"key", "ledger", "organisation", "schema", "signature", "statements"}, "a signature has other fields")
        need(
            one["schema"] == "aval.signature/1" and one["ledger"] == self.keys.ledger and digits(one["key"], 64), "a signature is misplaced"
        )
        ids = one["statements"]
        need(isinstance(ids, list) and 0 < len(ids) <= 10_000 and all(map(is_id, ids)), "a signature names no statements")
        need(ids == sorted(set(ids)) and {bytes.fromhex(id_[7:]) for id_ in ids} <= self.known, "it signs what the ledger did not hold")
        held = self.keys.all.get(one["key"])
        need(held and held["organisation"] == one["organisation"] == entry["name"], "its key is not that organisation's")
        need(held and held["ended"] is None and self.keys.counts(one["key"], entry["seq"], recorded), "its key does not count")
        need(digits(one["signature"], 128) and len(line) <= 1 << 20, "a signature is none")
        bare = {name: value for name, value in one.items() if name != "signature"}
        need(holds(bytes.fromhex(one["key"]), bytes.fromhex(one["signature"]), SIGNATURE + canonical(bare)), "a signature does not hold")
        self.signed.append((one, entry["seq"], recorded))

    def _notes(self) -> None:
        need(self.newest.origin == self.keys.ledger, "checkpoint: it is of another ledger")
        for note in (self.newest, *self.earlier.values()):
            need(self.roots[note.size] == note.root, f"the checkpoint of {note.size} entries has another root")
            need(
                any(note.signed(bytes.fromhex(key)) for key in self.keys.at(note.size, keeps=True)),
                "the keeper has not signed a checkpoint",
            )
            for key in self.keys.at(note.size, keeps=False):
                note.cosigned(self.keys.all[key]["organisation"], bytes.fromhex(key))

    def _proofs(self) -> None:
        need(self.inside["proofs"] == {str(size) for size in (0, *self.earlier)}, "proofs: not one for each earlier checkpoint")
        for size in (0, *self.earlier):
            head, gap, rest = whole(self.path("proofs", str(size)), LARGEST_NOTE * 2).partition(b"\n\n")
            need(gap and rest == whole(self.path("checkpoint"), LARGEST_NOTE), f"proofs/{size}: of another checkpoint")
            first, *coded = head.decode("ascii").split("\n")
            proof = [decoded(one) for one in coded]
            need(first == f"old {size}" and all(len(one) == 32 for one in proof), f"proofs/{size}: it is none")
            old = self.earlier.get(size)
            need(grew(size, self.newest.size, proof, old.root, self.newest.root) if old else not proof, f"proofs/{size}: it does not hold")
        stamps = self.inside.get("stamps", set())
        need(stamps <= {str(size) for size in (self.newest.size, *self.earlier)}, "stamps: one of no checkpoint")


def judged(folder: str, pinned: list[tuple[str, bytes]], seen: Note | None) -> tuple[Bundle, set[str]]:
    """Judge a bundle; give it with the organisations that count as cosigners."""
    bundle = Bundle(folder, {seen.size} if seen else set())
    for name, key in pinned:
        held = bundle.keys.all.get(key.hex())
        need(held and held["organisation"] == name, f"the ledger does not have the key of {name} that you know")
    if seen:
        need(seen.origin == bundle.newest.origin, "the checkpoint that you saw is of another ledger")
        need(any(seen.signed(bytes.fromhex(key)) for key in bundle.keys.all), "no key of this ledger signed the checkpoint that you saw")
        need(seen.size <= bundle.newest.size, "its history is shorter than what you saw")
        need(bundle.roots.get(seen.size) == seen.root, "its history is not the one that you saw")
    reached = bundle.keys.reached({key.hex() for _, key in pinned})
    counting = {
        bundle.keys.all[key]["organisation"]
        for key in bundle.keys.at(bundle.newest.size, keeps=False)
        if bundle.newest.cosigned(bundle.keys.all[key]["organisation"], bytes.fromhex(key)) and (not pinned or key in reached)
    }
    return bundle, counting


def main() -> int:
    """Judge, and say what holds."""
    parser = argparse.ArgumentParser(description="Judge a bundle of Aval without Aval.")
    parser.add_argument("bundle", help="the folder that `aval export --output` wrote")
    parser.add_argument("--trust", help="a file with public keys that you know, one in each line")
    parser.add_argument("--quorum", type=int, default=0, help="so many organisations have to have cosigned")
    parser.add_argument("--seen", help="a checkpoint that you saw before")
    given = parser.parse_args()
    try:
        rows = whole(given.trust, LARGEST_NOTE).decode().splitlines() if given.trust else []
        pinned = [vkey(row.strip()) for row in rows if row.strip() and not row.startswith("#")]
        seen = Note(whole(given.seen, LARGEST_NOTE)) if given.seen else None
        bundle, counting = judged(given.bundle, pinned, seen)
        need(len(counting) >= given.quorum, f"{given.quorum} organisations are asked for, and {len(counting)} have cosigned")
    except (UnsoundError, OSError, ValueError) as error:
        print(f"NOT SOUND: {ascii(str(error))[1:-1]}")
        return 1
    signed = {id_ for one, seq, recorded in bundle.signed if bundle.keys.counts(one["key"], seq, recorded) for id_ in one["statements"]}
    print(f"SOUND: {bundle.newest.size} entries, {len(bundle.known)} statements, {len(signed)} of them signed")
    print(f"root {bundle.newest.root.hex()}")
    print(f"keeper {bundle.keys.keeper}; cosigned by {len(counting)}: {', '.join(sorted(counting)) or 'nobody'}")
    if not pinned:
        print("No key was compared with one that you know (--trust).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
