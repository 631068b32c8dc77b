"""What a comparison of two drafts is made of: plain values, the same for every renderer. `None` is: there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Effect(StrEnum):
    """What one changed clause does, all that it speaks of held equal."""

    WEAKER = "weaker"
    """it asks less of who is bound, or holds or counts in fewer cases"""
    STRONGER = "stronger"
    """the reverse"""
    UNCLEAR = "unclear"
    """neither is sure"""
    WORDS = "words"
    """words, order or sources alone: every answer stays"""


class Verdict(StrEnum):
    """What became of a declaration."""

    ADDED = "added"
    REMOVED = "removed"
    WEAKENED = "weakened"
    STRENGTHENED = "strengthened"
    BOTH = "both"
    """weaker in one clause and stronger in another"""
    CHANGED = "changed"
    """neither clearly weaker nor stronger"""
    RENAMED = "renamed"
    """another name, and nothing else"""
    WORDING = "wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One clause that differs: its keyword, what that means, and its text and place in each of the two; empty where it is not there.

    `readings` names the readings on which it differs; empty is on all.
    """

    clause: str
    what: str
    effect: Effect
    before: str = ""
    after: str = ""
    before_at: str = ""
    after_at: str = ""
    readings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One declaration that differs. `was` is its name in the earlier text where that is another.

    `reaches` are the norms of the later text (of the earlier one, for what was removed) that read it, directly or through others.
    """

    name: str
    was: str = ""
    kind: str
    label: str
    verdict: Verdict
    points: tuple[Point, ...] = ()
    before_at: str = ""
    after_at: str = ""
    reaches: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """One supposed fact: as a test would write it, and in words. `only` is the one text that can say it, `before` or `after`, or empty."""

    given: str
    label: str
    only: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the two texts answer, on the readings named (empty: on all); `None` where a text has no such term."""

    readings: str = ""
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A term that the two texts answer differently, from `start` until just before `end` (`None` is an end that it does not have).

    `readings` is empty where no reading matters; else it names those on which they differ. `others` counts the further stretches.
    """

    term: str
    was: str = ""
    kind: str
    label: str
    start: str | None
    end: str | None
    answers: tuple[Answers, ...]
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A supposed history that the two texts decide differently; `origin` is where it stands, or `search`."""

    name: str
    origin: str
    facts: tuple[Supposed, ...]
    decided: tuple[Decided, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unread:
    """A declaration that was not compared, because in one of the texts it has a mistake, or rests on one."""

    name: str
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two drafts clause by clause, and the supposed histories that they decide differently.

    `tried` counts the histories that were run, `searched` those among them that were made up; `cut` says that the search was bounded
    before all pairs had been tried. `unasked` are terms that could not be worked out in one of the texts.
    """

    before: str
    after: str
    versions: tuple[tuple[str, str], ...]
    """(path, SHA-256 of the text): what was read"""
    differences: tuple[Difference, ...]
    splits: tuple[Split, ...] = ()
    tried: int = 0
    searched: int = 0
    cut: bool = False
    unread: tuple[Unread, ...] = ()
    unasked: tuple[str, ...] = ()
    engine: str = ""

    @property
    def differs(self) -> bool:
        """Whether anything but words differs."""
        return any(one.verdict not in (Verdict.WORDING, Verdict.RENAMED) for one in self.differences) or bool(self.splits or self.unread)
