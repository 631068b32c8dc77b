"""The canonical form of a statement and the content id that is its hash (DESIGN 5).

The canonical form is one flat JSON object with the names of the fields that people write, and these differences: no `label` and no place,
which are no part of the claim; `first`, `last` and `wording` instead of `when`; `withdraws` holds content ids, sorted; decimals have no
needless zeros; and every field is left out that is empty or has its default (polarity and throughout *yes*, visibility *public*), so
that a field that a later version adds changes no id.

The content id is `sha256:` and the hexadecimal SHA-256 of `aval.statement/1`, a line feed, and the RFC 8785 bytes of the canonical form.
The line before the bytes keeps the hash of a statement from ever being the hash of something else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from json.encoder import encode_basestring

from aval.model.statement import Amount, Statement, When

DOMAIN = b"aval.statement/1\n"
"""What stands before the bytes that are hashed."""

Canonical = dict[str, str | int | list[str]]

_NAMES = (
    *("area", "conditions", "firmness", "first", "form", "grade", "high", "last", "low", "note", "outlet", "paragraph"),
    *("place", "polarity", "quote", "rung", "said", "says", "source", "speaks_for", "stance", "term", "through", "throughout"),
    *("unit", "value", "visibility", "voice", "withdraws", "wording"),
)
"""The fields, in the order of their names, in which the RFC writes them."""
_OPENED = tuple(f'"{name}":' for name in _NAMES)
_NO_WHEN, _NO_AMOUNT = When(first="", last=""), Amount(low=None, high=None, unit="")


def _values(statement: Statement) -> tuple[str | int | Sequence[str] | None, ...]:
    """Give the value of each field; what is empty is not written."""
    voice, anchor = statement.voice, statement.anchor
    when, amount = statement.when or _NO_WHEN, statement.amount or _NO_AMOUNT
    return (
        statement.area,
        statement.conditions,
        statement.firmness,
        when.first,
        statement.form,
        statement.grade,
        "" if amount.high is None else plain(amount.high),
        when.last,
        "" if amount.low is None else plain(amount.low),
        statement.note,
        statement.outlet,
        anchor.paragraph,
        statement.place,
        "" if statement.polarity else "no",
        anchor.quote,
        statement.rung,
        statement.said,
        statement.says,
        anchor.source,
        voice.speaks_for,
        statement.stance,
        str(statement.term),
        statement.through,
        "" if when.throughout else "no",
        amount.unit,
        statement.value,
        "" if statement.visibility == "public" else statement.visibility,
        voice.name,
        sorted(statement.withdraws) if statement.withdraws else "",
        when.wording,
    )


def canonical(statement: Statement) -> Canonical:
    """Give the canonical form: only fields that say something."""
    return {name: _plain(value) for name, value in zip(_NAMES, _values(statement), strict=True) if value}


def _plain(value: str | int | Sequence[str] | None) -> str | int | list[str]:
    """Give a value as JSON has it: a word of ours as its text, a list as a list."""
    if isinstance(value, int):
        return value
    return str(value) if isinstance(value, str) else list(value or ())


def canonical_bytes(statement: Statement) -> bytes:
    """Give the RFC 8785 bytes of the canonical form.

    For a flat object of texts, whole numbers and lists of texts, with names in ASCII, they are the sorted names and what Python's encoder
    writes for each value; `tests/evidence/test_canonical.py` holds it to an implementation of the RFC.
    """
    made = [opened + _written(value) for opened, value in zip(_OPENED, _values(statement), strict=True) if value]
    return f"{{{','.join(made)}}}".encode()


def _written(value: str | int | Sequence[str] | None) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    return str(value) if isinstance(value, int) else f"[{','.join(map(encode_basestring, value or ()))}]"


def content_id(statement: Statement) -> str:
    """Give the content id of a statement, whatever id it carries."""
    return "sha256:" + hashlib.sha256(DOMAIN + canonical_bytes(statement)).hexdigest()


def plain(number: Decimal) -> str:
    """Write a decimal in digits, without an exponent and without zeros that say nothing."""
    text = format(number, "f")  # a Decimal made from text keeps no leading zeros
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if number == 0 else text
