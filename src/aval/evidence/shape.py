"""Which fields belong to which kind of claim, and which of them it cannot do without."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aval.evidence.codes import claims as codes
from aval.evidence.complaint import Complaint
from aval.evidence.rows import is_empty
from aval.evidence.words import either
from aval.model.statement import Says

WORLD = (Says.HAPPENED, Says.HOLDS, Says.MEMBER, Says.AMOUNT)
"""The claims about the world; the others tell what somebody offers, thinks or takes back."""
_ALL_BUT_RETRACTS = tuple(says for says in Says if says is not Says.RETRACTS)
_TRUTH = (Says.HAPPENED, Says.HOLDS, Says.MEMBER)
SPANS = (Says.HOLDS, Says.MEMBER, Says.AMOUNT)
"""The claims that tell of a span, throughout which they hold or not."""
_RANGES = (Says.AMOUNT, Says.OFFERS)

BELONGS: Mapping[str, tuple[Says, ...]] = {
    "polarity": _TRUTH,
    "when": _ALL_BUT_RETRACTS,
    "first": _ALL_BUT_RETRACTS,
    "last": _ALL_BUT_RETRACTS,
    "wording": _ALL_BUT_RETRACTS,
    "throughout": (*SPANS, Says.OFFERS),
    "firmness": (*WORLD, Says.OFFERS),
    "low": _RANGES,
    "high": _RANGES,
    "unit": _RANGES,
    "rung": (Says.OFFERS,),
    "stance": (Says.POSITION,),
    "area": _ALL_BUT_RETRACTS,
    "place": _ALL_BUT_RETRACTS,
    "conditions": _ALL_BUT_RETRACTS,
}
"""The kinds of claim that a field belongs to; a field that is not here belongs to all."""

NEEDS: Mapping[Says, tuple[str, ...]] = {
    Says.AMOUNT: ("low", "high"),
    Says.OFFERS: ("rung",),
    Says.POSITION: ("stance",),
    Says.RETRACTS: ("withdraws",),
}
"""The fields of which a kind of claim needs at least one."""

_FOREIGN = {says: frozenset(key for key, kinds in BELONGS.items() if says not in kinds) for says in Says}
_DEFAULT = {"polarity": "yes", "throughout": "yes"}
_INSTEAD = {
    (Says.OFFERS, "polarity"): "An offer that is refused has the rung refused.",
    (Says.POSITION, "polarity"): "The stance says whether the voice is for or against.",
    (Says.POSITION, "firmness"): "The stance says how the voice stands to it.",
}


def shape_complaints(says: Says, values: Mapping[str, object]) -> Iterator[Complaint]:
    """Yield the fields that do not belong to this kind of claim, and those it lacks."""
    for key in sorted(_FOREIGN[says] & values.keys()):
        value = values[key]
        if not is_empty(value) and value != _DEFAULT.get(key):
            hint = _INSTEAD.get((says, key), f"It belongs to a claim that says {either([kind.value for kind in BELONGS[key]])}.")
            yield Complaint(
                code=codes.WRONG_FIELD, message=f"`{key}` does not belong to a claim that says {says.value}.", key=key, hint=hint
            )
    needed = NEEDS.get(says, ())
    if needed and all(is_empty(values.get(key, "")) for key in needed):
        yield Complaint(code=codes.LACKING_FIELD, message=f"A claim that says {says.value} needs `{'` or `'.join(needed)}`.", key="says")
