"""Hypothetical acts as statements: what would have to be said, and by whom, so that an act counts by the agreement's own rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from aval.answers.invented import invented
from aval.engine.relaxed import Act, Sort
from aval.evidence.canonical import content_id
from aval.model.agreement import Acceptance, Agreements, Declaration, FromSources, FromVoice, State, params_of
from aval.model.expression import NOWHERE
from aval.model.scenario import Given
from aval.model.statement import Amount, Rung, Says, Statement, Voice
from aval.model.term import Term

MOST = 1000
"""independent sources that one act can ask for"""
SOURCE = "supposition"
"""The word for where a hypothetical statement comes from."""


def acting(act: Act, day: str, agreements: Agreements, first: int) -> tuple[Statement, ...]:
    """Make the statements of one act on a civil day; they are numbered from `first` on, so that each has a voice of its own."""
    found = tuple(_given(act, day, agreements))
    made = tuple(invented(given, first + place, agreements, SOURCE) for place, given in enumerate(found))
    return tuple(_offered(one, act) for one in made) if act.sort is Sort.STANDS else made


def _given(act: Act, day: str, agreements: Agreements) -> Iterator[Given]:
    declared = agreements.declarations.get(act.term.name)
    plain = Given(term=act.term, holds=act.sort is Sort.HOLDS, polarity=act.yes, first=day, last=day, span=NOWHERE)
    match act.sort:
        case Sort.VOTES:
            yield replace(plain, told_by=act.member, body=act.body)
        case Sort.FINDS:
            yield replace(plain, holds=isinstance(declared, State), last="", told_by=act.body, body=act.body)
        case Sort.STANDS:
            yield replace(plain, told_by=act.term.args[0])
        case Sort.HAPPENS if not act.yes:
            yield from _told(replace(plain, first="", last="", said=day), declared, act.term)
        case Sort.AMOUNTS:
            unit = getattr(declared, "unit", "")
            yield from _told(replace(plain, amount=Amount(low=act.low, high=act.high, unit=unit)), declared, act.term)
        case _:
            yield from _told(plain, declared, act.term)


def _told(given: Given, declared: Declaration | None, term: Term) -> Iterator[Given]:
    """Let it be told by whom the acceptance rule asks for: a voice that it names, or else so many sources."""
    acceptance = getattr(declared, "acceptance", None) or Acceptance()
    voice = next((way for way in acceptance.ways if isinstance(way, FromVoice)), None)
    if voice is not None:
        yield replace(given, told_by=teller(voice, declared, term))
        return
    number = next((way.number for way in acceptance.ways if isinstance(way, FromSources)), 1)
    yield from [given] * max(1, number)


def teller(way: FromVoice, declared: Declaration | None, term: Term) -> str:
    """Give the voice that an acceptance rule names, for one term."""
    names = [param.name for param in params_of(declared)] if declared is not None else []
    return term.args[names.index(way.who.text)] if way.who.text in names else way.who.text


def _offered(statement: Statement, act: Act) -> Statement:
    """Make a party's word about its own contribution."""
    party = act.term.args[0]
    offered = replace(statement, says=Says.OFFERS, rung=Rung(act.rung), when=None, polarity=True, voice=Voice(name=party, speaks_for=party))
    return replace(offered, id=content_id(replace(offered, id="")))
