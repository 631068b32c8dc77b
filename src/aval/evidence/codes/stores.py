"""AV401 onwards: stores."""

from __future__ import annotations

from aval.model.problem import Code

NO_LEDGER = Code(
    code="AV401",
    title="The recorded clock needs the ledger",
    what="A view asks for what is recorded now. Text files do not keep when each statement was taken in.",
    why="An answer for an earlier recorded time would be a guess. The ledger, which keeps that time, comes with a later version.",
    bad="aval status cases/paris --recorded 2026-01-01",
    good="aval status cases/paris --known 2026-01-01",
)

CODES: tuple[Code, ...] = (NO_LEDGER,)
