"""Showing what proofs say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aval.cli.options import Look

if TYPE_CHECKING:
    from aval.answers.proof import Keys, Signing, Verified


def show_proof(found: Keys | Signing | Verified, look: Look) -> None:
    """Write an answer about proofs to stdout."""
    from aval.cli.show import write, writes_signs
    from aval.render.json import as_bytes
    from aval.render.proof import proof_document, proof_text

    if look.json:
        write(sys.stdout, as_bytes(proof_document(found)))
    else:
        write(sys.stdout, proof_text(found, plain=look.plain or not writes_signs(sys.stdout)))
