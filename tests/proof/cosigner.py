"""Children that cosign one checkpoint after the other and say so after each; tests kill them. `python -m tests.proof.cosigner FOLDER`.

Every line on stdin starts a child; its number is said first, then the size of each cosigned checkpoint, and `dead` when it is.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from aval.evidence.proof.witness import Witness
from tests.proof.test_witness import KEEPER, ORIGIN, Log, leaves
from tests.proof.world import signer


def cosign(folder: Path, log: Log) -> None:
    """Cosign for ever, from where the memory is; at the end of the ledger the same checkpoint again."""
    witness = Witness(signer("GBR"), folder / "memory")
    while True:
        with witness.alone():
            known = witness.memory(ORIGIN)
            size = min(known.seen.size + 1, len(log.leaves)) if known else 1
            witness.cosign(log.at(size), [KEEPER.key.hex()], lambda seen: seen.root == log.at(seen.size).root)
        print(size, flush=True)


def main(folder: Path) -> None:
    """Start a child for each line."""
    log = Log(leaves(3000))
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            cosign(folder, log)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
