"""The proof that laying a text out has changed nothing else: the same words and comments; and whether two pieces of syntax say the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from itertools import zip_longest

from aval.language.tokens import Token
from aval.model.problem import Span


class Unproven(Exception):
    """The layout would change what a document says, or is not final. This is our defect, never the author's."""


def prove_tokens(before: Sequence[Token], after: Sequence[Token]) -> None:
    """Show that the words and comments are the same, in the same order. Raises `Unproven`."""
    for old, new in zip_longest(before, after):
        if old is None or new is None or old.kind != new.kind or old.text.split() != new.text.split():
            raise Unproven(f"the layout would change {old.text if old else 'nothing'!r} to {new.text if new else 'nothing'!r}")
        if old.kind == "STRING" and old.text != new.text:
            raise Unproven(f"the layout would change the text {old.text}")


def same(one: object, other: object) -> bool:
    """Whether two pieces of syntax, or of the model, say the same, whatever their places."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Span):
        return True
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(same, one, other))
    names = _names(type(one))
    return all(same(getattr(one, name), getattr(other, name)) for name in names) if names else one == other


def _names(kind: type[object]) -> tuple[str, ...]:
    if kind not in _NAMES:
        _NAMES[kind] = tuple(field.name for field in fields(kind) if field.name != "span") if is_dataclass(kind) else ()
    return _NAMES[kind]


_NAMES: dict[type[object], tuple[str, ...]] = {}
