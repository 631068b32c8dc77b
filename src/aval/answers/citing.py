"""Citing a statement: who said it, in which form, when, and where that stands, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aval.answers.inquiry import Inquiry
from aval.answers.shapes import Cited
from aval.engine.cast import VOTE
from aval.model.agreement import Area
from aval.model.claims import Claims, Listed, merged
from aval.model.instant import read_civil
from aval.model.reason import Alleged
from aval.model.statement import Amount, Firmness, Says, Stance, Statement, When
from aval.model.term import Term

_VOTES = {Stance.SUPPORTS: "votes for", Stance.OBJECTS: "votes against", Stance.UNDECIDED: "abstains on"}


def cite(statement: Statement, inquiry: Inquiry, why_not: str = "") -> Cited:
    """Cite one statement."""
    source, redactions = inquiry.manifest.sources.get(statement.anchor.source), inquiry.manifest.redactions
    voice = voice_of(statement, inquiry)
    redacted = f" (original {redactions[source.id]})" if source and source.id in redactions else ""
    return Cited(
        id=statement.id,
        label=statement.label,
        says=statement.says.value,
        term=str(statement.term),
        summary=summary(statement, voice),
        voice=voice,
        speaks_for=statement.voice.speaks_for,
        through=statement.through,
        outlet=statement.outlet,
        form=statement.form.value,
        firmness=statement.firmness.value if statement.firmness else None,
        grade=statement.grade.value,
        said=statement.said,
        happened=_when(statement.when),
        anchor=str(statement.anchor),
        quote=statement.anchor.quote,
        source_title=f"{source.title}{redacted}" if source else statement.anchor.source,
        conditions=statement.conditions,
        place=_place(statement, inquiry),
        amount=amount(statement.amount),
        note=statement.note,
        visibility=statement.visibility,
        why_not=why_not,
    )


def voice_of(statement: Statement, inquiry: Inquiry) -> str:
    """Name who says it; of a concealed name that was redacted, say that it was."""
    return inquiry.manifest.redactions.get(statement.voice.name, statement.voice.name)


def cite_all(ids: Iterable[str], inquiry: Inquiry) -> Sequence[Cited]:
    """Cite statements by id, in the order in which they were said. Each is made when it is asked for."""
    return cited(merged([ids if isinstance(ids, Sequence) else tuple(ids)], inquiry.world.claims), inquiry)


def cited(statements: Claims, inquiry: Inquiry) -> Sequence[Cited]:
    """Cite statements, each when it is asked for."""
    return Listed(len(statements), lambda place: cite(statements[place], inquiry))


def cite_alleged(alleged: Sequence[Alleged], inquiry: Inquiry) -> Sequence[Cited]:
    """Cite what does not count, each with the rule that says so."""

    def one(place: int) -> Cited:
        item = alleged[place]
        return cite(inquiry.statements[item.statement], inquiry, item.why_not)

    return Listed(len(alleged), one)


def in_order(statements: Iterable[Statement], inquiry: Inquiry) -> list[Statement]:
    """Sort statements by the latest instant at which they were said, then by id."""
    zone = inquiry.manifest.zone

    def said(statement: Statement) -> tuple[int, str]:
        found = read_civil(statement.said, zone)
        return (found.hi if found else 0, statement.id)

    return sorted(statements, key=said)


def summary(statement: Statement, voice: str = "") -> str:
    """Say in one line what a statement claims, such as "Friedrich Merz for DEU: offer(DEU, land) signalled"."""
    who = voice or statement.voice.name
    if statement.voice.speaks_for and statement.voice.speaks_for not in who:
        who = f"{who} for {statement.voice.speaks_for}"
    return f"{who}: {claim(statement)}"


def claim(statement: Statement) -> str:
    """Say what is claimed, without who claims it."""
    term, no = str(statement.term), "" if statement.polarity else "not "
    if statement.firmness not in (None, Firmness.DONE) and statement.says in (Says.HAPPENED, Says.HOLDS):
        return f"{term}: {no}{statement.firmness.value}"
    match statement.says:
        case Says.HAPPENED:
            text = f"{term} has {no}happened"
        case Says.HOLDS:
            text = f"{term} {'holds' if statement.polarity else 'does not hold'}"
        case Says.MEMBER:
            text = f"{statement.term.args[0]} {'belongs' if statement.polarity else 'does not belong'} to {statement.term.name}"
        case Says.AMOUNT:
            text = f"{term} is {no}{amount(statement.amount)}"
        case Says.OFFERS:
            extra = amount(statement.amount)
            text = f"{term} {statement.rung.value if statement.rung else ''}{', ' + extra if extra else ''}"
        case Says.POSITION if statement.term.name == VOTE and len(statement.term.args) > 2 and statement.stance in _VOTES:  # noqa: PLR2004
            member, body, what, *args = statement.term.args
            text = f"{member} {_VOTES[statement.stance]} {Term(what, tuple(args))} in {body}"
        case Says.POSITION:
            text = f"{statement.stance.value if statement.stance else 'speaks of'} {term}"
        case Says.RETRACTS:
            text = f"takes back what was said of {term}"
    return text


def amount(value: Amount | None) -> str:
    """Write a number or range with its unit."""
    if value is None or (value.low is None and value.high is None):
        return ""
    low, high = (None if end is None else f"{end:,f}".replace(",", "\u202f") for end in (value.low, value.high))
    number = low if low == high else f"up to {high}" if low is None else f"at least {low}" if high is None else f"{low} to {high}"
    return f"{number} {value.unit}".strip()


def _when(when: When | None) -> str:
    if when is None:
        return ""
    if when.first == when.last:
        return when.first
    return " to ".join((when.first or "…", when.last or "…"))


def _place(statement: Statement, inquiry: Inquiry) -> str:
    area = inquiry.world.agreements.get(statement.area, Area)
    return statement.place or (area.meta.label if area else "")
