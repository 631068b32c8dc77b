"""How a command ends early: what it had to say has been said, and only the exit code is left."""

from __future__ import annotations


class Ended(Exception):
    """Raised once the problems are on stderr; `code` is the exit code."""

    def __init__(self, code: int) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code
