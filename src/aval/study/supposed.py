"""Supposed histories: facts that nobody told, in the words of one of two drafts, to be heard by both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aval.answers.invented import invented, supposed
from aval.model.agreement import Agreements, Group, params_of
from aval.model.label import named
from aval.model.scenario import Given
from aval.model.statement import Statement
from aval.model.term import Term
from aval.study.shapes import Supposed

SOURCE = "supposition"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One supposed fact as a test would write it. It may be several statements: two voices that tell the same."""

    text: str
    givens: tuple[Given, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Facts that are supposed together, in the words of either draft.

    `accepted`: they count, whatever the drafts ask for, as in a document of suppositions; else as in a test, by the drafts' own acceptance.
    """

    name: str
    origin: str
    facts: tuple[Fact, ...]
    accepted: bool = False


def statements(history: History, agreements: Agreements, names: Mapping[str, str]) -> list[Statement]:
    """Make the statements of a history as one draft hears them; what it has no word for is not heard."""
    heard = [given for fact in history.facts for given in said_in(fact, agreements, names)]
    if history.accepted:
        return [supposed(given, number, agreements) for number, given in enumerate(heard, start=1)]
    return [invented(given, number, agreements, SOURCE) for number, given in enumerate(heard, start=1)]


def said_in(fact: Fact, agreements: Agreements, names: Mapping[str, str]) -> Iterator[Given]:
    """Give what of a fact a draft can hear. `names` are the names of things that it calls otherwise."""
    known = agreements.declarations
    for given in fact.givens:
        name, body = (one if one in known else names.get(one, one) for one in (given.term.name, given.body))
        term = Term(name, given.term.args)
        if term.name in known and len(_places(agreements, term.name)) == len(term.args) and (not body or body in known):
            yield replace(given, term=term, body=body)


def _places(agreements: Agreements, name: str) -> Sequence[object]:
    declared = agreements.declarations[name]
    return (None,) if isinstance(declared, Group) else params_of(declared)


def shown(history: History, sides: Mapping[str, Agreements], names: Mapping[str, str]) -> tuple[Supposed, ...]:
    """Write the facts of a history; what only one of the drafts can hear is marked. `sides` are `before` and `after`."""
    return tuple(_shown(fact, sides, names) for fact in history.facts)


def _shown(fact: Fact, sides: Mapping[str, Agreements], names: Mapping[str, str]) -> Supposed:
    heard = {side: next(said_in(fact, agreements, names), None) for side, agreements in sides.items()}
    told = [side for side, given in heard.items() if given is not None]
    side = told[-1] if told else ""
    given = heard.get(side)
    label = _label(given, sides[side]) if given is not None else ""
    return Supposed(given=fact.text, label=label, only=side if len(told) == 1 else "")


def _label(given: Given, agreements: Agreements) -> str:
    """Write a fact in words, a denial as such, and a finding as that of its body; nothing where the agreement has no words for it."""
    declared = agreements.declarations[given.term.name]
    if not declared.meta.label:
        return ""
    params = [param.name for param in params_of(declared)]
    filled = {param: _named(arg, agreements) for param, arg in zip(params, given.term.args, strict=False)}
    finds = f"{_named(given.body, agreements)} finds: " if given.body else ""
    return f"{finds}{'' if given.polarity else 'not: '}{named(declared.meta.label, filled)}"


def _named(name: str, agreements: Agreements) -> str:
    found = agreements.declarations.get(name)
    return (found.meta.label or name) if found is not None else name.replace("_", " ")
