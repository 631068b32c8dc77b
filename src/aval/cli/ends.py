"""How a command ends early: what it had to say has been said, and only the exit code is left; and what becomes of its streams."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TextIO


class Ended(Exception):
    """Raised once the problems are on stderr; `code` is the exit code."""

    def __init__(self, code: int) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


def lend_streams() -> bool:
    """Put a stream that goes nowhere in the place of one that the shell has closed; say whether stdout was."""
    closed = sys.stdout is None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115  it stays open to the end
    return closed


def hush(stream: TextIO) -> None:
    """Let what is left in a stream go nowhere: Python must not write it again at the end, and fail again."""
    try:
        number = stream.fileno()
    except (OSError, ValueError):  # not a file
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def tell(say: Callable[[], None]) -> None:
    """Say something on stderr, if anything can be said there: the exit code says it too."""
    try:
        say()
        sys.stderr.flush()
    except OSError:
        hush(sys.stderr)
