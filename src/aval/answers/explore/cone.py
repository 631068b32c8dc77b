"""The part of the agreements that a question rests on, so that exploring costs no more than it has to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from aval.answers.explore.acts import deeds_of
from aval.engine.order import ways_of
from aval.model.agreement import Agreements, Area, Ban, Body, Declaration, Duty, Group, Norm, Party, Question

_STAYS = Party | Group | Body | Area | Question


def reads(agreements: Agreements) -> dict[str, frozenset[str]]:
    """Give for each declaration what it is worked out from; a norm also from its deeds, and a ban from what proposes a breach."""
    found = {name: frozenset(ways) for name, ways in ways_of(agreements).items()}
    for declared in agreements.declarations.values():
        if not isinstance(declared, Norm):
            continue
        others = declared.proposed_by if isinstance(declared, Ban) else declared.replaces if isinstance(declared, Duty) else ()
        found[declared.meta.name] |= {ref.name for ref in (*deeds_of(declared), *others)}
    return found


def cone(names: Iterable[str], below: Mapping[str, Iterable[str]]) -> set[str]:
    """Give names, and all that they rest on."""
    ahead, found = list(names), set[str]()
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(below.get(name, ()))
    return found


def narrowed(agreements: Agreements, names: Iterable[str], below: Mapping[str, Iterable[str]]) -> Agreements:
    """Give the agreements with no other rules than those that these names rest on."""
    wanted = cone(names, below)
    kept: dict[str, Declaration] = {
        name: declared for name, declared in agreements.declarations.items() if name in wanted or isinstance(declared, _STAYS)
    }
    return replace(agreements, declarations=MappingProxyType(kept))
