"""Votes that were cast, and what a ballot came to, as values (semantics 2.7)."""

from __future__ import annotations

from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import Instant
from aval.model.reason import Alleged
from aval.model.statement import Stance, Statement
from aval.model.term import Term

VOTE = "vote"
"""The built-in name of votes, as `offer` is that of contributions: `vote(MEMBER, BODY, WHAT, arguments of it)`."""


@frozen(kw_only=True)
class Vote:
    """One member's vote: its side, when it was cast, how surely the member sat there just before, and the statement that tells it."""

    member: str
    side: Stance
    lo: Instant
    hi: Instant
    sits: Value
    statement: Statement


@frozen(kw_only=True)
class Ballot:
    """What one ballot came to: from `lo` at the earliest and `hi` at the latest, `NEVER` where it may not have been passed.

    `value` is yes where it was passed, no where not, open where that hangs on who sat. `parts` counts each side as (lo, hi).
    """

    body: str
    term: Term
    value: Value
    lo: Instant
    hi: Instant
    counts: dict[Stance, tuple[int, int]]
    votes: tuple[Vote, ...]
    alleged: tuple[Alleged, ...] = ()
