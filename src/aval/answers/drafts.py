"""The draft statements of one party, as plain values."""

from __future__ import annotations

from aval.model.frozen import frozen


@frozen(kw_only=True)
class DraftLine:
    """One draft statement. `id` is its content id, empty where it does not fit the case as it is now; `why_not` says why then."""

    label: str
    id: str
    drafted: str
    said: str
    term: str
    summary: str
    why_not: str


@frozen(kw_only=True)
class Drafts:
    """The draft statements of one party, in the order in which they were made. Nobody else is shown them."""

    title: str
    party: str
    zone: str
    drafts: tuple[DraftLine, ...]
