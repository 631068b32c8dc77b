"""From the canonical bytes in a ledger back to a statement, trusting nothing: they may come from anybody."""

from __future__ import annotations

import re
from decimal import Decimal

import msgspec

from aval.evidence.canonical import content_id
from aval.evidence.hidden import find_hidden
from aval.model.instant import read_civil
from aval.model.problem import Span
from aval.model.statement import Amount, Anchor, Firmness, Form, Grade, Rung, Says, Stance, Statement, Voice, When
from aval.model.term import Term

_DECIMAL = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.ASCII)


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The canonical form by its types; words are checked where a statement or a column is made. What is not there is empty."""

    says: str
    term: str
    said: str
    voice: str
    form: str
    grade: str
    source: str
    polarity: str = ""
    first: str = ""
    last: str = ""
    wording: str = ""
    throughout: str = ""
    speaks_for: str = ""
    through: tuple[str, ...] = ()
    outlet: str = ""
    firmness: str = ""
    paragraph: int = 0
    quote: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    rung: str = ""
    stance: str = ""
    area: str = ""
    place: str = ""
    conditions: tuple[str, ...] = ()
    note: str = ""
    withdraws: tuple[str, ...] = ()


_decode = msgspec.json.Decoder(Body).decode


def statement_of(id_: str, label: str, path: str, body: bytes) -> Statement:
    """Give the statement that canonical bytes are of. Raises `ValueError` where they are not what their id says."""
    read = _decode(body)  # its errors are ValueErrors
    term = Term.parse(read.term)
    if term is None:
        raise ValueError("it has no term")
    statement = Statement(
        id=id_,
        label=label,
        says=Says(read.says),
        term=term,
        polarity=read.polarity != "no",
        when=when_of(read.first, read.last, read.throughout, read.wording),
        said=read.said,
        voice=Voice(name=read.voice, speaks_for=read.speaks_for),
        through=read.through,
        outlet=read.outlet,
        form=Form(read.form),
        firmness=Firmness(read.firmness) if read.firmness else None,
        grade=Grade(read.grade),
        anchor=Anchor(source=read.source, paragraph=read.paragraph, quote=read.quote),
        amount=_amount(read),
        rung=Rung(read.rung) if read.rung else None,
        stance=Stance(read.stance) if read.stance else None,
        area=read.area,
        place=read.place,
        conditions=read.conditions,
        note=read.note,
        withdraws=read.withdraws,
        span=Span(path),
    )
    if content_id(statement) != id_:
        raise ValueError("its content is not what its id says")
    _check_texts(read, label)
    return statement


def when_of(first: str, last: str, throughout: str, wording: str) -> When | None:
    """Give when in the world; `None` where the statement does not say. Whether its dates are dates is looked at elsewhere (`fits.py`)."""
    if not (first or last):
        return None
    return When(first=first, last=last, throughout=throughout != "no", wording=wording)


def _amount(read: Body) -> Amount | None:
    if not (read.low or read.high):
        return None
    if any(text and _DECIMAL.fullmatch(text) is None for text in (read.low, read.high)):
        raise ValueError("an amount is no number")
    low, high = (Decimal(text) if text else None for text in (read.low, read.high))
    return Amount(low=low, high=high, unit=read.unit)


def _check_texts(read: Body, label: str) -> None:
    """Refuse what the door never lets in: hidden characters, and a `said` that is no date."""
    if any(text and read_civil(text, "UTC") is None for text in (read.said, read.first, read.last)):
        raise ValueError("a date is none")
    texts = (label, read.voice, read.outlet, read.quote, read.unit, read.area, read.place, read.note, read.wording, read.source)
    if any(find_hidden(text) is not None for text in (*texts, *read.through, *read.conditions, read.speaks_for)):
        raise ValueError("it has a hidden character")
