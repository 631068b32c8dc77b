"""What became of tests, as plain values: one `Check` for each expected answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from aval.model.frozen import frozen
from aval.model.problem import Span


@frozen(kw_only=True)
class Check:
    """One expected answer and what came out.

    `error` says why it could not be asked at all; `got` is then empty. `by_reading` has the answer on each reading where they differ.
    """

    document: str
    test: str
    subject: str
    passed: bool
    expected: str
    got: str = ""
    because: str = ""
    by_reading: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    known: str = ""
    readings: tuple[str, ...] = ()
    error: str = ""
    span: Span

    @property
    def view(self) -> str:
        """Write where the answer stands, as the test says it; empty where it says nothing."""
        parts = [f"at {self.at}"] if self.at else []
        parts += [f"known {self.known}"] if self.known else []
        return " ".join([*parts, *([f"on reading {', '.join(self.readings)}"] if self.readings else [])])
