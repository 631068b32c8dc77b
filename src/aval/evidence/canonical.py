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
import json
from decimal import Decimal

from aval.model.statement import Amount, Statement, When

DOMAIN = b"aval.statement/1\n"
"""What stands before the bytes that are hashed."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode

Canonical = dict[str, str | int | list[str]]


def canonical(statement: Statement) -> Canonical:
    """Give the canonical form: only fields that say something."""
    voice, anchor = statement.voice, statement.anchor
    fields: dict[str, str | int | list[str] | None] = {
        "says": statement.says.value,
        "term": str(statement.term),
        "polarity": "" if statement.polarity else "no",
        "said": statement.said,
        "voice": voice.name,
        "speaks_for": voice.speaks_for,
        "through": list(statement.through),
        "outlet": statement.outlet,
        "form": statement.form.value,
        "firmness": statement.firmness and statement.firmness.value,
        "grade": statement.grade.value,
        "source": anchor.source,
        "paragraph": anchor.paragraph,
        "quote": anchor.quote,
        "value": statement.value,
        "rung": statement.rung and statement.rung.value,
        "stance": statement.stance and statement.stance.value,
        "area": statement.area,
        "place": statement.place,
        "conditions": list(statement.conditions),
        "note": statement.note,
        "withdraws": sorted(statement.withdraws),
        "visibility": "" if statement.visibility == "public" else statement.visibility,
    }
    if statement.when is not None:
        fields |= _when(statement.when)
    if statement.amount is not None:
        fields |= _amount(statement.amount)
    return {name: value for name, value in fields.items() if value}


def canonical_bytes(statement: Statement) -> bytes:
    """Give the RFC 8785 bytes of the canonical form.

    For a flat object of texts, whole numbers and lists of texts, with names in ASCII, they are what Python's encoder writes without
    spaces and with sorted names; `tests/evidence/test_canonical.py` holds it to an implementation of the RFC.
    """
    return _encode(canonical(statement)).encode()


def content_id(statement: Statement) -> str:
    """Give the content id of a statement, whatever id it carries."""
    return "sha256:" + hashlib.sha256(DOMAIN + canonical_bytes(statement)).hexdigest()


def plain(number: Decimal) -> str:
    """Write a decimal in digits, without an exponent and without zeros that say nothing."""
    text = format(number, "f")  # a Decimal made from text keeps no leading zeros
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if number == 0 else text


def _when(when: When) -> dict[str, str]:
    return {"first": when.first, "last": when.last, "wording": when.wording, "throughout": "" if when.throughout else "no"}


def _amount(amount: Amount) -> dict[str, str]:
    ends = {"low": amount.low, "high": amount.high}
    return {**{name: plain(end) for name, end in ends.items() if end is not None}, "unit": amount.unit}
