"""What `aval backup`, `restore`, `move` and `upgrade` share."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from aval.cli.options import Look

if TYPE_CHECKING:
    from aval.answers.kept import Kept

TO = "sqlite, or postgresql:SERVICE/LEDGER."
OWNER = "A service whose role owns the ledger on the server."


def show_kept(found: Kept, look: Look) -> None:
    """Write what became of a ledger to stdout."""
    from aval.cli.show import write
    from aval.render.json import as_bytes
    from aval.render.kept import kept_document, kept_text

    write(sys.stdout, as_bytes(kept_document(found)) if look.json else kept_text(found))
