"""One form for expressions that say the same: operands in one order, chains flat, variables by place, names as the later text has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any, TypeVar, cast

from aval.model import expression as ex
from aval.model.agreement import Declaration, params_of
from aval.model.expression import Expression

_DECLARED = ("name", "body", "group", "quantity")
_SORTED = ("options", "words")
_CHAINS = (ex.And, ex.Or, ex.Later, ex.Earlier)
N = TypeVar("N", bound=ex.Node)


@dataclass(frozen=True, slots=True)
class Naming:
    """What names become: declared ones as the other text calls them, variables by where they are bound."""

    names: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, declared: Declaration, names: Mapping[str, str]) -> Naming:
        """Name what stands in a declaration: its parameters are `$0`, `$1`, and so on."""
        return cls(names, {param.name: f"${place}" for place, param in enumerate(params_of(declared))})

    def declared(self, name: str) -> str:
        """Give a declared name as the other text calls it."""
        return self.names.get(name, name)

    def argument(self, text: str) -> str:
        """Give a variable by its place, or a declared name."""
        return self.variables.get(text) or self.declared(text)

    def within(self, variable: str) -> Naming:
        """Bind one more variable."""
        return Naming(self.names, {**self.variables, variable: f"%{len(self.variables)}"})


def normal(node: N, naming: Naming) -> N:
    """Give the form of an expression that all of the same meaning share, as far as order, layout and names go."""
    return cast("N", _node(node, naming))


def _node(node: ex.Node, naming: Naming) -> ex.Node:
    match node:
        case ex.Name():
            return replace(node, text=naming.argument(node.text))
        case ex.Binding():
            naming = naming.within(node.variable)
            node = replace(node, variable=naming.argument(node.variable))
        case _:
            pass
    made: dict[str, Any] = {one.name: _part(getattr(node, one.name), naming) for one in fields(node) if one.name != "span"}
    made |= {name: naming.declared(made[name]) for name in _DECLARED if isinstance(made.get(name), str)}
    made |= {name: tuple(sorted(made[name], key=repr)) for name in _SORTED if name in made}
    whole = replace(node, **made)
    if isinstance(whole, ex.Not) and isinstance(whole.item, ex.Not):
        return whole.item.item
    return _chain(whole) if isinstance(whole, _CHAINS) else whole


def _part(value: object, naming: Naming) -> object:
    if isinstance(value, ex.Node):
        return _node(value, naming)
    return tuple(_part(one, naming) for one in value) if isinstance(value, tuple) else value


def _chain(node: ex.And | ex.Or | ex.Later | ex.Earlier) -> Expression:
    """Flatten a chain, leave out what it says twice, and order it."""
    parts = [part for item in node.items for part in (item.items if isinstance(item, type(node)) else (item,))]
    items = tuple(sorted(dict.fromkeys(parts), key=repr))
    return items[0] if len(items) == 1 else replace(node, items=items)
