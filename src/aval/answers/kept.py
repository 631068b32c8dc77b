"""What became of a ledger as a whole, as plain values: backed up, restored, moved, brought up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One ledger, and what a command did with it.

    `done` is backup, restore, move or upgrade; `place` where it is now; `source` where it was taken from. `entries` is how many it has,
    `copied` how many of them came by this command, `last` when its last one was recorded, `None` where it is empty. `seal` is the link of
    its last seal: equal if and only if all entries are, with their numbers and instants. `version` is that of its tables, `before` what
    it was.
    """

    title: str
    done: str
    place: str
    source: str
    entries: int
    copied: int
    last: str | None
    seal: str
    version: int
    before: int
