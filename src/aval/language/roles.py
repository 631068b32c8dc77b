"""What may stand in each place of a declaration: the types of the language, said as sets of kinds of declarations."""

from __future__ import annotations

from aval.language.reserved import DECLARATIONS
from aval.language.sorts import NEEDS_CONDITION, NEEDS_MOMENT, NEEDS_NUMBER
from aval.model.frozen import frozen


@frozen()
class Role:
    """A place for a name: what should stand there, in words, the kinds of declarations that may, and whether a variable may."""

    what: str
    kinds: frozenset[str]
    first: str
    """the kind that one would most likely declare for it"""
    variable: bool = False
    sort: str = ""
    """what an expression in its place must come to, where it is not just a name"""


def _role(what: str, kinds: str, *, variable: bool = False, sort: str = "") -> Role:
    return Role(what, frozenset(kinds.split()), kinds.split(maxsplit=1)[0] if kinds else "", variable, sort)


CONDITION = _role("a condition", "state process", sort=NEEDS_CONDITION)
MOMENT = _role("a moment", "event moment incident power", sort=NEEDS_MOMENT)
PAST = _role("an event or a moment", "event moment incident power", sort=NEEDS_MOMENT)
NUMBER = _role("a number", "quantity", sort=NEEDS_NUMBER)
DEED = _role("an event", "event incident")
OCCURRENCE = _role("an event", "event incident power")
POWER_DEED = _role("an event or a state", "event state")
FINDING = _role("an event or a state", "event state ban duty")
NORM = _role("a duty, a ban, a power or a state with values", "duty ban power state")
REPLACED = _role("a duty or a ban", "duty ban")
STATE = _role("a state", "state")
SUBJECT = _role("something that can be asked about", "state process event moment incident power duty ban group")
GIVEN = _role("an event or a state", "event state incident group ban duty quantity")
GROUP = _role("a group", "group")
BODY = _role("a body", "body")
AREA = _role("an area", "area")
MEMBER = _role("a party, an area, a body or a word of its own", "party organisation area body")
PARTY_ONLY = _role("a party", "party organisation")
VOICE = _role("a party or a body", "party organisation body", variable=True)
ACTOR = _role("a party, a group or a body", "party organisation group body", variable=True)
HOLDER = _role("a party, a group or a body", "party organisation group body")
SEAT = _role("a party or a group", "party organisation group")
DEPOSITARY = _role("a party or a body", "party organisation body")
ARGUMENT = _role("a party or a variable", "party organisation body area", variable=True)
VARIABLE = _role("a variable", "", variable=True)

TAKES_ANY = frozenset({"event", "incident", "state", "process", "power", "duty", "ban"})
"""The kinds whose arguments may be `any`."""
WITH_PARAMS = frozenset({"event", "incident", "state", "moment", "quantity", "duty", "ban", "power", "process"})
"""The kinds that may have parameters."""

SPOKEN = {kind: ("an " if kind[0] in "aeio" else "a ") + kind for kind in DECLARATIONS}
"""A kind of declaration, in a sentence."""
