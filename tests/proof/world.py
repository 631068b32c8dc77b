"""A small case whose ledger has organisations, signatures and checkpoints, made with keys that are the same every time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from aval.evidence.ledger.ledger import open_ledger
from aval.evidence.proof.checkpoint import Checkpoint, key_of
from aval.evidence.proof.files import write_signer
from aval.evidence.proof.keys import Signer, signer_of
from aval.model.problem import AvalError
from aval.workspace import proving, signing
from aval.workspace.ledger import take
from tests.ledger.cases import Watch, make, row, write

NOON = "2026-02-01T12:00"
VOTE = {"says": "position", "stance": "supports", "term": "vote(FRA, council, extension)", "when": None}


def signer(name: str, number: int = 0) -> Signer:
    """The key of that organisation and number."""
    return signer_of(name, hashlib.sha256(f"{name} {number}".encode()).digest())


@dataclass
class World:
    """A folder with a case and the files of its organisations."""

    root: Path
    watch: Watch = field(default_factory=lambda: Watch(NOON))
    statements: int = 0

    @property
    def case(self) -> Path:
        return self.root / "case"

    def begin(self, number: int = 6) -> World:
        """Record some statements by France, Britain and nobody in particular."""
        make(self.case)
        self.more(number)
        return self

    def more(self, number: int) -> None:
        """Record so many further statements."""
        self.statements += number
        speakers = ("FRA", "GBR", "")
        rows = [row(f"s{at}", note=str(at), **_speaks(speakers[at % 3])) for at in range(self.statements)]
        write(self.case, *rows)
        take(self.case, self.watch)

    def key(self, name: str, number: int = 0) -> Path:
        """The file of a key."""
        path = self.root / f"{name}{number}.key"
        if not path.exists():
            write_signer(path, signer(name, number))
            path.with_name(f"{path.name}.pub").write_text(f"{key_of(signer(name, number))}\n", "utf-8")
        return path

    def public(self, *names: str) -> Path:
        """A file with the public keys of organisations."""
        path = self.root / f"known-{'-'.join(names)}"
        path.write_text("".join(f"{key_of(signer(name))}\n" for name in names), "utf-8")
        return path

    def enrol(self, *names: str) -> None:
        for name in names:
            signing.add_key(self.case, self.key(name), now=self.watch)

    def checkpoint(self, name: str = "OSCE", number: int = 0) -> Checkpoint:
        return proving.sign_checkpoint(self.case, self.key(name, number), now=self.watch)

    def export(self, name: str = "bundle") -> Path:
        out = self.root / name
        proving.export_bundle(self.case, out)
        return out

    def witness(self, given: Path, name: str, number: int = 0, accept: str = "OSCE") -> Checkpoint:
        known = "" if not accept else str(key_of(signer(accept)))
        return proving.witness(given, self.key(name, number), self.root / f"memory-{name}", known)

    def cosign(self, given: Path, *names: str) -> None:
        """Let organisations cosign what a bundle has, and take that in."""
        for name in names:
            file = self.root / f"cosigned-by-{name}"
            file.write_bytes(bytes(self.witness(given, name).note))
            proving.take_cosigned(self.case, file, now=self.watch)

    def size(self) -> int:
        ledger = open_ledger(self.case)
        try:
            return ledger.upto(None)
        finally:
            ledger.close()


def _speaks(name: str) -> dict[str, object]:
    return {"speaks_for": name} if name else {}


def whole_world(root: Path) -> World:
    """A ledger that is kept by OSCE, signed by two parties, with three checkpoints, cosigned; its bundle is in `bundle`."""
    world = World(root).begin()
    world.enrol("OSCE", "FRA", "GBR")
    world.checkpoint()
    signing.sign(world.case, world.key("FRA"), (), own=True, now=world.watch)
    world.more(5)
    world.checkpoint()
    signing.add_key(world.case, world.key("GBR", 1), voucher=world.key("GBR"), replace=True, now=world.watch)
    signing.sign(world.case, world.key("GBR", 1), ["s1", "s4"], now=world.watch)
    world.checkpoint()
    first = world.export("first")
    world.witness(first, "GBR", 1)
    file = world.root / "by-GBR"
    file.write_bytes(bytes(world.witness(first, "GBR", 1).note))
    proving.take_cosigned(world.case, file, now=world.watch)
    world.cosign(first, "FRA")
    world.export()
    return world


def code_of(error: AvalError) -> str:
    """The code of the only problem."""
    (problem,) = error.problems
    return problem.code.code


def tamper(path: Path, old: bytes, new: bytes) -> None:
    """Change the first place where some bytes stand."""
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))
