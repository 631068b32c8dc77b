"""Statements that nobody made: the facts of a test, and what somebody supposes. They are never stored (decision 21)."""

from __future__ import annotations

from dataclasses import replace

from aval.evidence.canonical import content_id
from aval.evidence.vocabulary import VOTE
from aval.model.agreement import Agreements, Ban, Duty, Group
from aval.model.problem import Span
from aval.model.scenario import Given
from aval.model.statement import Anchor, Form, Grade, Says, Stance, Statement, Voice, When
from aval.model.term import Term

EARLY = "1900-01-01"
"""When an invented fact was told that has no date at all."""


def invented(given: Given, number: int, agreements: Agreements, source: str) -> Statement:
    """Make the statement of an invented fact. Each is told by a voice of its own, so two are two independent sources.

    `number` tells it from the others of the same `source`, a word for where it was invented: "test", say.
    """
    member = agreements.get(given.term.name, Group) is not None
    vote = given.body not in ("", given.told_by)
    dated = given.first or given.last
    says = Says.MEMBER if member else Says.AMOUNT if given.amount else Says.HOLDS if given.holds else Says.HAPPENED
    made = Statement(
        id="",
        label=f"given-{number}",
        says=Says.POSITION if vote else says,
        term=Term(VOTE, (given.told_by, given.body, given.term.name, *given.term.args)) if vote else given.term,
        polarity=vote or given.polarity,
        stance=(Stance.SUPPORTS if given.polarity else Stance.OBJECTS) if vote else None,
        when=When(first=given.first, last=given.last, throughout=given.throughout or not given.holds) if dated else None,
        amount=given.amount,
        said=given.said or given.last or given.first or EARLY,
        voice=Voice(name=given.told_by or f"voice {number} of the {source}", speaks_for=given.told_by),
        form=Form.DOCUMENT,
        grade=Grade.HIGH,
        anchor=Anchor(source=source, paragraph=number),
        span=given.span,
    )
    return replace(made, id=content_id(made))


SUPPOSED = "supposed"
"""The voice and the source of what is supposed."""


def supposed(given: Given, number: int, agreements: Agreements) -> Statement:
    """Make the statement of a supposed fact: it counts as accepted, whatever the agreement asks for.

    With `told_by` it is only what that party or body is supposed to say, and counts as such. A breach is supposed to be found by the body
    that has to find it. The same fact has the same id, in whatever document it stands; `number` is for its label alone.
    """
    declared = agreements.declarations.get(given.term.name)
    body = declared.found_by if isinstance(declared, Duty | Ban) and not given.told_by else ""
    told_by = given.told_by or body
    made = invented(replace(given, told_by=told_by, body=given.body or body), number, agreements, SUPPOSED)
    form = Form.DOCUMENT if told_by else Form.SUPPOSED
    voice = replace(made.voice, name=SUPPOSED)
    made = replace(made, label=f"supposed-{number}", voice=voice, form=form, anchor=Anchor(source=SUPPOSED), note=given.text)
    return replace(made, id=content_id(made))


def taken_back(statement: Statement, number: int, span: Span) -> Statement:
    """Make the statement by which the voice of another one is supposed to take it back."""
    made = Statement(
        id="",
        label=f"supposed-{number}",
        says=Says.RETRACTS,
        term=statement.term,
        said=statement.said,
        voice=statement.voice,
        form=Form.SUPPOSED,
        grade=Grade.HIGH,
        anchor=Anchor(source=SUPPOSED),
        note=f"without {statement.label}",
        withdraws=(statement.id,),
        span=span,
    )
    return replace(made, id=content_id(made))
