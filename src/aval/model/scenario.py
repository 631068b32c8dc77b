"""Tests that stand in an agreement's own document: facts in, answers out (DESIGN 3); and suppositions, facts on top of the record.

`language` reads them, the workspace runs them.
"""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum

from aval.model.expression import Expression
from aval.model.frozen import frozen
from aval.model.problem import Span
from aval.model.statement import Amount
from aval.model.term import Term


@frozen(kw_only=True)
class Given:
    """An invented fact, told by a named voice of grade high (or by `told_by`, who speaks for itself).

    `holds` says that a state is told from `first` to `last` (`""`: that end is not told), or without `throughout` at some time in there;
    otherwise an event happened in that range. `said` is the day on which it was told, by default the last day of the range. With `body`,
    that body found it; or `told_by` voted so in it. With `amount`, the term is a quantity that had this amount then.
    """

    term: Term
    holds: bool
    polarity: bool = True
    first: str = ""
    last: str = ""
    throughout: bool = True
    said: str = ""
    told_by: str = ""
    body: str = ""
    amount: Amount | None = None
    text: str = field(default="", compare=False)
    """as it was written, on one line"""
    span: Span


class Answer(StrEnum):
    """What sort of answer is expected."""

    WORD = "word"
    """a value, a phase, a rung: `yes`, `open`, `owed`, `announced`"""
    DATE = "date"
    """an instant: the day or time at which a moment comes, exactly"""
    RANGE = "range"
    """a moment that lies between two dates"""
    NEVER = "never"
    """a moment that nothing told has set"""
    DEPENDS = "depends"
    """it depends on a reading"""


@frozen(kw_only=True)
class Expectation:
    """One expected answer.

    `subject` is a term or a moment; `expected` has one text, or two for a range. An empty `at` is `known`, an empty `known` is now. `span`
    covers the expected text, so that `--update` can rewrite just that.
    """

    subject: Expression
    subject_text: str
    answer: Answer
    expected: tuple[str, ...]
    at: str = ""
    known: str = ""
    readings: tuple[str, ...] = ()
    span: Span


class Sort(StrEnum):
    """What an author says of every course of events."""

    ALWAYS = "must always"
    """a condition never comes to be no"""
    CAN = "can"
    """some course of events brings a condition about"""
    NEVER = "never"
    """a condition does not come to be so before another has been so"""


@frozen(kw_only=True)
class Claim:
    """A property that an author says the agreement has. `conditions` are one, or two for `Sort.NEVER`; `texts` are their words."""

    sort: Sort
    conditions: tuple[Expression, ...]
    texts: tuple[str, ...]
    readings: tuple[str, ...] = ()
    span: Span


@frozen(kw_only=True)
class Scenario:
    """One named test of a document.

    `on_record`: it starts from the statements of the case; otherwise from `givens` and `files` (statement files of the case, by path)
    alone. `claims` are said of all that can come about after that, and are looked into by whoever checks the draft.
    """

    name: str
    document: str
    givens: tuple[Given, ...] = ()
    files: tuple[str, ...] = ()
    on_record: bool = False
    expectations: tuple[Expectation, ...] = ()
    claims: tuple[Claim, ...] = ()
    span: Span


@frozen(kw_only=True)
class Withdrawal:
    """A statement of the record that is supposed to be taken back by whoever made it, by its label."""

    label: str
    span: Span


@frozen(kw_only=True)
class Supposition:
    """What somebody supposes on top of a record, under a name. `""` is the document of what stands in none."""

    name: str
    document: str
    givens: tuple[Given, ...] = ()
    without: tuple[Withdrawal, ...] = ()
    expectations: tuple[Expectation, ...] = ()
    span: Span
