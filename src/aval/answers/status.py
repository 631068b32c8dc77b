"""Status: what is in force, owed, open and refused at one view."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from aval.answers.citing import cite, cited
from aval.answers.inquiry import Inquiry
from aval.answers.items import board
from aval.answers.naming import names
from aval.answers.shapes import Cited, Item, OpenQuestion, Status
from aval.engine.order import reads_of
from aval.model.agreement import Declaration, Document, Question, params_of
from aval.model.claims import Claims
from aval.model.instant import read_civil
from aval.model.statement import Grade, Rung, Says, Stance, Statement

_WEEK = 7 * 86_400_000_000
_CONDITION = re.compile(r"(\w+)(?:\(.*\))?(?: happened)?: (\w+)")
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
            "sources": said.once("sources", lambda: len(np.unique(book.source.codes[said.rows]))),
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
    newest = read_civil(said[-1].said, inquiry.manifest.zone) if said else None
    view = inquiry.world.view
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


def headline(board: Iterable[Item], inquiry: Inquiry) -> str:
    """Say in a few sentences whether what the case puts first is in force, and what is missing for all of it."""
    names = inquiry.manifest.headlines[:1]
    first = [item for item in board if item.name in names]
    if not first:
        return ""
    yes = [item for item in first if item.value == "yes"]
    depends = [item.term for item in first if item.value is None]
    sentences = [f"{_listed([item.label for item in yes])}." if yes else f"{_for_nobody(first[0], inquiry)}."]
    if depends:
        sentences.append(f"It depends on a reading: {_listed(depends)}.")
    return " ".join(sentences + ([] if yes else _missing(first, board, inquiry)))


def _listed(names: list[str], shown: int = 6) -> str:
    """Join a list as a sentence that begins with a capital letter; a long one ends with a count."""
    text = "; ".join(names[:shown]) + (f"; and {len(names) - shown} more" if len(names) > shown else "")
    return text[:1].upper() + text[1:]


def _for_nobody(item: Item, inquiry: Inquiry) -> str:
    """Turn "g's guarantee is in force" into "Nobody's guarantee is in force", or deny a sentence without a party."""
    declared = inquiry.world.agreements.declarations[item.name]
    params = params_of(declared)
    if params and re.match(rf"{params[0].name}\b", declared.meta.label):
        return "Nobody" + declared.meta.label.removeprefix(params[0].name)
    return f"Not told to hold: {item.label}"


def _missing(first: list[Item], board: Iterable[Item], inquiry: Inquiry) -> list[str]:
    """What is missing for every one of them, in the words of the agreements, with what nobody said of it."""
    common = [line for line in _general(first[0]) if all(line in _general(item) for item in first)]
    modes = {item.term: item.mode for item in board}
    words, gaps = [], []
    for name, value in common:
        declared = inquiry.world.agreements.declarations.get(name)
        label = inquiry.general(declared) if declared else name.replace("_", " ")
        assumed = value == "no" and modes.get(name) in ("carried", "projected")
        words.append(f"{label} ({'no until told' if assumed else value})")
        if value == "no":
            gaps += [gap.replace("_", " ") for one in _sources_of(declared, inquiry) for gap in one.meta.not_said]
    sentences = [f"Missing for all: {'; '.join(words)}."] if words else []
    return sentences + ([f"Nobody has said: {', '.join(dict.fromkeys(gaps))}."] if gaps else [])


def _general(item: Item) -> list[tuple[str, str]]:
    """The conditions of an item that stand on every reading, as (declared name, value): the same for each party."""
    found = [_CONDITION.fullmatch(line) for line in item.missing if "(on reading " not in line]
    return [(match.group(1), match.group(2)) for match in found if match]


def _sources_of(declared: Declaration | None, inquiry: Inquiry) -> list[Declaration]:
    """A condition and whatever it directly reads."""
    if declared is None:
        return []
    declarations = inquiry.world.agreements.declarations
    return [declared, *(declarations[name] for name in reads_of(declared) if name in declarations)]
