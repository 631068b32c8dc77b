"""The proof that laying a text out has changed nothing else: the same words and comments, and the same syntax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from itertools import zip_longest

from aval.language.edits import Edit
from aval.language.page import Page
from aval.language.parse import Parsed
from aval.language.syntax import Declaration
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


def prove_syntax(before: Parsed, after: Parsed, edits: Sequence[Edit]) -> None:
    """Show that the declarations in the pieces that were edited mean the same as before. Raises `Unproven`."""
    if after.problems or len(before.declarations) != len(after.declarations):
        raise Unproven("the layout would make a declaration unreadable")
    number = 0
    for old, new in zip(before.declarations, after.declarations, strict=True):
        start = _offset(before.page, old.span)
        while number < len(edits) and edits[number].end <= start:
            number += 1
        if number < len(edits) and edits[number].start <= start and not _same_declaration(before.page, old, after.page, new):
            raise Unproven(f"the layout would change what `{old.name.text}` says")


def _same_declaration(before: Page, old: Declaration, after: Page, new: Declaration) -> bool:
    return _text(before, old.span) == _text(after, new.span) or same(old, new)


def _text(page: Page, span: Span) -> str:
    return page.text[_offset(page, span) : page.start_of(span.end_line) + span.end_column - 1]


def _offset(page: Page, span: Span) -> int:
    return page.start_of(span.line) + span.column - 1


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
