"""Reasons: why a value is what it is, as a tree (semantics 2.11). Operators build it from the very columns that they computed."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import Instant
from aval.model.problem import Span
from aval.model.statement import Anchor


class Mode(StrEnum):
    """How a value came about."""

    TOLD = "told"
    """accepted evidence covers this instant"""
    CARRIED = "carried"
    """told earlier, or the initial value, and nothing has changed it since"""
    PROJECTED = "projected"
    """carried beyond what was known"""
    DERIVED = "derived"
    """it follows from its parts"""
    UNTOLD = "untold"
    """nobody has told it"""


@frozen(kw_only=True)
class Alleged:
    """A statement that does not count here, and the rule that says so in a few words."""

    statement: str
    why_not: str


@frozen(kw_only=True)
class Reason:
    """One line of an explanation.

    `text` is the condition as the agreement writes it, with its arguments filled in. `since` is when the present run of its value began,
    `by`
    when it had begun if that is not known exactly; `last_told` when a carried value was last told. `statements` are the ids of what counts,
    `alleged` what does not. `ends` marks what would end it (`until`). `question` and `reading` mark a branch that stands only on that
    reading.
    """

    text: str
    value: Value
    mode: Mode
    term: str = ""
    since: Instant | None = None
    by: Instant | None = None
    last_told: Instant | None = None
    note: str = ""
    span: Span | None = None
    anchors: tuple[Anchor, ...] = ()
    statements: Sequence[str] = ()
    alleged: Sequence[Alleged] = ()
    ends: bool = False
    question: str = ""
    reading: str = ""
    parts: tuple[Reason, ...] = ()
