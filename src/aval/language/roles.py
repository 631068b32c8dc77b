"""What may stand in each place of a declaration: the types of the language, said as sets of kinds of declarations."""

from __future__ import annotations

from dataclasses import dataclass

from aval.language.reserved import DECLARATIONS


@dataclass(frozen=True, slots=True)
class Role:
    """A place for a name: what should stand there, in words, the kinds of declarations that may, and whether a variable may."""

    what: str
    kinds: frozenset[str]
    first: str
    """the kind that one would most likely declare for it"""
    variable: bool = False


def _role(what: str, kinds: str, *, variable: bool = False) -> Role:
    return Role(what, frozenset(kinds.split()), kinds.split(maxsplit=1)[0] if kinds else "", variable)


CONDITION = _role("a condition", "state process")
MOMENT = _role("a moment", "event moment")
PAST = _role("an event or a moment", "event moment")
DEED = _role("an event", "event")
POWER_DEED = _role("an event or a state", "event state")
FINDING = _role("an event or a state", "event state")
GROUP = _role("a group", "group")
BODY = _role("a body", "body")
AREA = _role("an area", "area")
MEMBER = _role("a party, an area, a body or a word of its own", "party area body")
PARTY_ONLY = _role("a party", "party")
VOICE = _role("a party or a body", "party body", variable=True)
ACTOR = _role("a party, a group or a body", "party group body", variable=True)
HOLDER = _role("a party, a group or a body", "party group body")
SEAT = _role("a party or a group", "party group")
DEPOSITARY = _role("a party or a body", "party body")
ARGUMENT = _role("a party or a variable", "party body area", variable=True)
VARIABLE = _role("a variable", "", variable=True)

TAKES_ANY = frozenset({"event", "state", "process"})
"""The kinds whose arguments may be `any`."""
WITH_PARAMS = frozenset({"event", "state", "moment", "quantity", "duty", "power", "process"})
"""The kinds that may have parameters."""

SPOKEN = {kind: ("an " if kind[0] in "aeio" else "a ") + kind for kind in DECLARATIONS}
"""A kind of declaration, in a sentence."""
