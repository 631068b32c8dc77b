"""Status: what is in force, owed, open and refused at one view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from aval.answers.citing import cite, cited
from aval.answers.headline import headline
from aval.answers.inquiry import Inquiry
from aval.answers.items import board
from aval.answers.naming import names
from aval.answers.shapes import Cited, Item, OpenQuestion, Status
from aval.model.agreement import Declaration, Document, Question
from aval.model.claims import Claims
from aval.model.instant import read_civil
from aval.model.statement import Grade, Rung, Says, Stance, Statement

_WEEK = 7 * 86_400_000_000
AGAINST = (Stance.REFUSES, Stance.OBJECTS, Stance.THREATENS)


def status(inquiry: Inquiry) -> Status:
    """Answer what is in force, what is missing, who refuses, what nobody said and what rests on nobody's name."""
    lines, unanswered = board(inquiry)
    said = inquiry.world.claims
    book = said.book
    stances = said.once("stances", lambda: said.where(said.ask(book.says, lambda says: says in (Says.POSITION, Says.OFFERS))))
    anonymous = said.once("who", lambda: said.where(said.ask(book.form, lambda form: form.anonymous)))
    low = said.once("which", lambda: said.where(said.ask(book.grade, lambda grade: grade is Grade.LOW)))
    gaps = tuple(gap for declared in _declared(inquiry) for gap in inquiry.gaps_of(declared))
    questions = tuple(_question(question, lines, inquiry) for question in inquiry.world.agreements.of(Question))
    return Status(
        title=inquiry.manifest.title,
        names=names(inquiry),
        coordinates=inquiry.coordinates(),
        headline=headline(lines, inquiry),
        notes=tuple(_notes(said, inquiry)),
        headlines=inquiry.manifest.headlines,
        items=lines,
        questions=questions,
        refusals=_cited((one for one in stances if _against(one)), inquiry),
        positions=_cited((one for one in stances if one.says is Says.POSITION and one.stance not in AGAINST), inquiry),
        anonymous=cited(anonymous, inquiry),
        low=cited(low, inquiry),
        gaps=gaps,
        unanswered=unanswered,
        counts={
            "statements": len(said),
            "sources": said.once("sources", lambda: int(np.count_nonzero(np.bincount(book.source.codes[said.rows])))),
            "gaps": len(gaps),
            "questions": len(questions),
            **{f"value {value}": count for value, count in sorted(Counter(item.value or "depends on reading" for item in lines).items())},
        },
    )


def seen_again(before: Status, inquiry: Inquiry) -> Status:
    """Give the same answer for a view between which and the first nothing changes; only what names the view is made anew."""
    return replace(before, coordinates=inquiry.coordinates(), notes=tuple(_notes(inquiry.world.claims, inquiry)))


def _declared(inquiry: Inquiry) -> list[Document | Declaration]:
    agreements = inquiry.world.agreements
    return [*agreements.documents, *agreements.declarations.values()]


def _notes(said: Claims, inquiry: Inquiry) -> Iterator[str]:
    """Say what a reader must know of a view: how old its newest statement is, and which agreements are dated after it."""
    view = inquiry.world.view
    last = next((one for one in (said[place] for place in range(len(said) - 1, -1, -1)) if one.id not in view.suppositions), None)
    newest = read_civil(last.said, inquiry.manifest.zone) if last else None
    if newest is not None and newest.hi < view.known - _WEEK:
        yield f"The newest statement in view was said by {inquiry.date(newest.hi)}; whatever is shown as of later is carried on from then."
    for document in inquiry.world.agreements.documents:
        dated = read_civil(document.dated, document.zone) if document.dated else None
        if dated is not None and dated.lo > view.known:
            yield f"{document.meta.label or document.meta.name} is dated {document.dated}, after this view."


def _against(statement: Statement) -> bool:
    return statement.stance in AGAINST or (statement.says is Says.OFFERS and statement.rung in (Rung.REFUSED, Rung.WITHDRAWN))


def _cited(statements: Iterable[Statement], inquiry: Inquiry) -> tuple[Cited, ...]:
    return tuple(cite(statement, inquiry) for statement in statements)


def _question(question: Question, board: Iterable[Item], inquiry: Inquiry) -> OpenQuestion:
    name = question.meta.name
    return OpenQuestion(
        name=name,
        label=question.meta.label,
        chosen=inquiry.world.view.reading_of(name),
        readings=tuple((reading.name, reading.label, tuple(str(anchor) for anchor in reading.anchors)) for reading in question.readings),
        clause=inquiry.clause(question.meta.span),
        moves=tuple(item.term for item in board if any(f"{name}=" in words for words in item.by_reading)),
    )
