"""What became of the properties that authors claim: held as far as was looked, shown, or not; for people and for machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aval.model.scenario import Sort
from aval.render.problems import range_json
from aval.render.safe import safe

if TYPE_CHECKING:
    from aval.answers.drafting.claims import Looked


def property_lines(looked: Sequence[Looked]) -> str:
    """Write one line for each property that was not found wrong, with the bound up to which it was looked at."""
    return "".join(f"{safe(str(one.claim.span))}: {safe(_written(one))}: {_came(one)}\n" for one in looked if one.problem is None)


def _written(one: Looked) -> str:
    return f"{one.claim.sort.value} {' before '.join(one.claim.texts)}"


def _came(one: Looked) -> str:
    acts = f"{one.within} act{'' if one.within == 1 else 's'}"
    if one.claim.sort is Sort.CAN:
        return f"it can, with {acts}"
    return f"nothing against it within {acts} ({one.runs} sequences run)"


def property_json(one: Looked) -> dict[str, object]:
    """Give what became of one property as plain values."""
    return {
        "path": one.claim.span.path,
        "range": range_json(one.claim.span),
        "says": one.claim.sort.value,
        "conditions": list(one.claim.texts),
        "on_readings": list(one.claim.readings),
        "found_wrong": one.problem is not None,
        "within_acts": one.within,
        "sequences_run": one.runs,
    }
