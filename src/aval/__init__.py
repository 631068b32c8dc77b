"""Plain-text commitments: what is in force, what is owed, why, and what it would take.

`import aval` loads nothing else. The work begins with `aval.open`.
"""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING

from aval.model.release import __version__

if TYPE_CHECKING:
    from aval.workspace.case import Case

__all__ = ["__version__", "open"]


def open(path: str | PathLike[str], *, viewer: str = "") -> Case:  # noqa: A001  it reads well as `aval.open`, and nobody imports it alone
    """Open the case in this folder: `aval.open("cases/paris").status(known="2026-01-07")`. `viewer` sees its draft statements too."""
    from aval.workspace.case import open_case

    return open_case(path, viewer=viewer)
