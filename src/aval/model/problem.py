"""User mistakes as values: a code, a place, a sentence, a hint (DESIGN 3, *Errors*).

A `Problem` is collected and shown beside the sound rest. Exceptions are for our own defects and for input or output that fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aval.model.frozen import frozen


class Severity(StrEnum):
    """How much a problem costs: an *error* removes what it stands on, a *warning* removes nothing."""

    ERROR = "error"
    WARNING = "warning"


@frozen(kw_only=True)
class Code:
    """One kind of problem, with the text of its page. `code` is stable for ever, such as `AV203`."""

    code: str
    title: str
    what: str
    why: str
    bad: str
    good: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a text file: the path as the user named it, 1-based lines and columns, the end exclusive."""

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0

    def __str__(self) -> str:
        """Write `path:line:column`, leaving out what is not known."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}" + (f":{self.column}" if self.column else "")


@frozen(kw_only=True)
class Fix:
    """A change that surely mends a problem: what to write in the place of `span`, and a title that says so.

    There is one only where nobody could mean anything else. A place to put something into is a span whose ends are equal.
    """

    span: Span
    replacement: str
    title: str


@frozen(kw_only=True)
class Problem:
    """One mistake in what a user wrote: what, where, why, and what to do.

    `excerpt` is the source line the span starts on, made safe for a terminal by whoever renders it.
    `notes` are further places that belong to it, each with a sentence. `fix` is there where a machine can safely mend it. `example` are the
    lines of a test that shows it, to be pasted into an `aval-test` block.
    """

    code: Code
    message: str
    span: Span
    hint: str = ""
    excerpt: str = ""
    notes: tuple[tuple[Span, str], ...] = ()
    fix: Fix | None = None
    example: tuple[str, ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity of its code."""
        return self.code.severity

    @property
    def sort_key(self) -> tuple[Span, str, str]:
        """By place, then by code, so that a report reads like the file."""
        return (self.span, self.code.code, self.message)


class AvalError(Exception):
    """The base of what Aval raises on purpose. `problems` says why, for the user."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep the problems; the text is their messages."""
        super().__init__("; ".join(f"{p.code.code} {p.message}" for p in problems))
        self.problems = problems


class Incorrect(AvalError):
    """What the user gave is wrong; the same call cannot succeed before it is mended (exit 3)."""


class Unsupported(AvalError):
    """What the user gave is understood and is beyond what this version or its limits do (exit 3)."""


class Fault(AvalError):
    """The store or the machine failed (exit 4)."""
