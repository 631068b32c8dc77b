"""What a divergence is made of: where, when and for whom the readings of a question give different answers (semantics 2.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from aval.answers.shapes import Coordinates, Unanswered
from aval.model.frozen import frozen


@frozen(kw_only=True)
class Held:
    """The answer on one reading in one stretch; `None` where it also depends on another question, whose readings `by_reading` lists."""

    reading: str
    value: str | None
    by_reading: Mapping[str, str] = field(default_factory=dict)


@frozen(kw_only=True)
class Stretch:
    """A stretch of time in which the readings give different answers, half-open; `None` is an end that it does not have.

    `now`: it covers the instant of the view. `projected`: it begins after what was known. `began` and `ended` name the conditions that
    turned there, each with the value that it then took; empty where it has no such end, or none of the term's own conditions turned.
    """

    start: str | None
    end: str | None
    now: bool
    projected: bool
    held: tuple[Held, ...]
    began: tuple[str, ...] = ()
    ended: tuple[str, ...] = ()


@frozen(kw_only=True)
class Parting:
    """Terms of one declaration that a question touches alike, out of `of` in all.

    `aspect` is what differs: its value, the phase or the deadline (`due`) of a duty, the date of a moment, or whether the conditions of a
    contribution are met. Where there are no `stretches`, the texts stand differently and the answers do not: `once`, `comes` and `unless`
    then say what would part them, as far as the clauses give that away; all three are empty where they do not.
    """

    terms: tuple[str, ...]
    labels: tuple[str, ...]
    of: int
    kind: str
    aspect: str
    clause: str
    others: tuple[str, ...]
    """the other questions that it depends on, held open"""
    through: tuple[str, ...]
    """declarations below it whose clauses stand on a reading; empty where only its own do"""
    turns_on: tuple[str, ...]
    """the conditions that stand on one reading only, each with its value at the view; empty where the wording alone decides"""
    stretches: tuple[Stretch, ...]
    once: tuple[str, ...] = ()
    """conditions that every reading asks and that do not hold"""
    comes: tuple[str, ...] = ()
    """changes that stand on one reading only: the readings part when one of them comes"""
    unless: tuple[str, ...] = ()
    """conditions that stand on one reading only: the readings stay together where they are alike"""
    alike: bool = False
    """`unless` asks that they are alike, whatever they are; else that all of them are yes, because a reading asks nothing"""

    @property
    def now(self) -> bool:
        """Whether the readings are apart at the view."""
        return any(stretch.now for stretch in self.stretches)

    @property
    def derivable(self) -> bool:
        """Whether the clauses say what would part the readings."""
        return bool(self.comes or self.unless)


@frozen(kw_only=True)
class Standing:
    """A clause that stands on one reading only: of which declaration, what it says, and where.

    `value` is that of a condition at the view; `None` where it is none, or differs by party or by reading.
    """

    of: str
    text: str
    value: str | None
    clause: str
    anchors: tuple[tuple[str, str], ...]
    """(place, a few words) that the declaration rests on"""


@frozen(kw_only=True)
class Side:
    """One reading: its words, the places it rests on, who holds it as its source says, and the clauses that stand on it alone."""

    name: str
    label: str
    anchors: tuple[tuple[str, str], ...]
    held_by: tuple[str, ...]
    clauses: tuple[Standing, ...]


@frozen(kw_only=True)
class Disputed:
    """One question, its readings in the order of the text, and what they part. `chosen`: the view chose a reading, so nothing parts."""

    name: str
    label: str
    chosen: str | None
    clause: str
    sides: tuple[Side, ...]
    partings: tuple[Parting, ...]


@frozen(kw_only=True)
class Divergence:
    """Where, when and for whom the readings part. `start` and `end` bound the time looked at; `None`: without bound."""

    title: str
    coordinates: Coordinates
    start: str | None
    end: str | None
    headline: str
    questions: tuple[Disputed, ...]
    unanswered: tuple[Unanswered, ...] = ()
    """declarations of which nothing could be answered, and why; everything else is"""
    counts: Mapping[str, int]
    """questions, those apart, apart now and apart in the text alone, those of which a reading was chosen; terms apart; steps taken"""
    names: Mapping[str, str] = field(default_factory=dict)
