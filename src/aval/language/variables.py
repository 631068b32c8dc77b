"""The names that stand as arguments in an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from aval.model import expression as ex


def names_in(node: object) -> frozenset[str]:
    """Give every argument, and every variable that a question is about, in an expression."""
    return frozenset(_names(node))


def _names(node: object) -> Iterator[str]:
    if isinstance(node, ex.Name):
        yield node.text
    elif isinstance(node, tuple):
        for item in node:
            yield from _names(item)
    elif is_dataclass(node) and isinstance(node, ex.Node):
        for field in fields(node):
            if field.name != "span":
                yield from _names(getattr(node, field.name))
