"""Which declaration of the later text stands for which of the earlier one: by name, else the only one with the same words or clauses."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import fields, is_dataclass

from aval.model import agreement as model
from aval.model.agreement import Declaration, Duty, Meta, Power
from aval.model.expression import Node
from aval.study.normal import Naming, normal

Named = Mapping[str, Declaration]
ROUNDS = 30
"""how often what was found is used to find more"""
Key = Callable[[Declaration, Mapping[str, str]], Hashable | None]


def renamed(before: Named, after: Named) -> dict[str, str]:
    """Give the earlier names that the later text lost, each with its likely new one. Where two would fit, none is taken.

    A counterpart is of the same kind and has the same label, or else the same clauses; what names what is found step by step. A duty and a
    power of the same bearer and deed are counterparts too.
    """
    names: dict[str, str] = {}
    for _ in range(ROUNDS):
        found = dict(_more(before, after, names))
        if not found:
            break
        names |= found
    return names


def _more(before: Named, after: Named, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    taken = set(names.values())
    gone = {name: one for name, one in before.items() if name not in after and name not in names}
    come = {name: one for name, one in after.items() if name not in before and name not in taken}
    for key in (_by_label, _by_clauses, _by_deed):
        olds, news = _unique(gone, names, key), _unique(come, {}, key)
        pairs = [(olds[one], news[one]) for one in olds if one in news]
        if pairs:
            yield from pairs
            return


def _unique(declared: Named, names: Mapping[str, str], key: Key) -> dict[Hashable, str]:
    """Give each key that one declaration alone has."""
    found: dict[Hashable, list[str]] = {}
    for name, one in declared.items():
        made = key(one, names)
        if made is not None:
            found.setdefault(made, []).append(name)
    return {made: hits[0] for made, hits in found.items() if len(hits) == 1}


def _by_label(one: Declaration, _: Mapping[str, str]) -> Hashable | None:
    return (type(one), one.meta.label) if one.meta.label else None


def _by_clauses(one: Declaration, names: Mapping[str, str]) -> Hashable | None:
    """Give all that a declaration says but its name and its words; nothing where that is too little to know it by."""
    said = form(one, Naming.of(one, names))
    bare = form(_empty(one), Naming.of(one, names)) if _empty(one) is not None else None
    return None if said == bare else (type(one), said)


def _empty(one: Declaration) -> Declaration | None:
    match one:
        case model.Event():
            return model.Event(meta=one.meta, params=one.params)
        case model.State():
            return model.State(meta=one.meta, params=one.params)
        case model.Party():
            return model.Party(meta=one.meta)
        case model.Area():
            return model.Area(meta=one.meta)
        case model.Group():
            return model.Group(meta=one.meta)
        case _:
            return None


def _by_deed(one: Declaration, names: Mapping[str, str]) -> Hashable | None:
    naming = Naming.of(one, names)
    match one:
        case Duty(deeds=(deed,)):
            return (normal(one.bearer, naming), normal(deed, naming))
        case Power():
            return (normal(one.bearer, naming), normal(one.deed, naming))
        case _:
            return None


def form(thing: object, naming: Naming) -> Hashable:
    """Give what a declaration says, without its name, its words and its places."""
    if isinstance(thing, Node):
        return normal(thing, naming)
    if is_dataclass(thing) and not isinstance(thing, type):
        kept = [one.name for one in fields(thing) if one.name != "span" and not isinstance(getattr(thing, one.name), Meta)]
        return (type(thing), *(_field(thing, name, naming) for name in kept))
    if isinstance(thing, tuple):
        return tuple(form(one, naming) for one in thing)
    if type(thing) is str:
        return naming.declared(thing)
    return thing


def _field(thing: object, name: str, naming: Naming) -> Hashable:
    """Give one field; parameters count by their places."""
    value = getattr(thing, name)
    return naming.argument(value) if isinstance(thing, model.Param) and name == "name" else form(value, naming)
