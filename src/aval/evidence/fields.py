"""The fields of a statement as people write it: their names, which of them every statement needs, and how long they may be."""

from __future__ import annotations

FIELDS: tuple[str, ...] = (
    "label",
    "says",
    "term",
    "polarity",
    "when",
    "first",
    "last",
    "wording",
    "throughout",
    "said",
    "voice",
    "speaks_for",
    "through",
    "outlet",
    "form",
    "firmness",
    "grade",
    "source",
    "paragraph",
    "quote",
    "value",
    "low",
    "high",
    "unit",
    "rung",
    "stance",
    "area",
    "place",
    "conditions",
    "note",
    "withdraws",
    "visibility",
)
"""Every field, in the order in which people write them. The same names are the columns of CSV."""

REQUIRED: tuple[str, ...] = ("label", "says", "term", "said", "voice", "form", "grade", "source")
"""What every statement has."""

LISTS: tuple[str, ...] = ("through", "conditions", "withdraws")
"""The fields that are lists: arrays in JSON, separated by `; ` in CSV."""

MAX_TEXT = 400
"""The longest text of a field that has no limit of its own, in characters."""
MAX_LENGTHS = {"label": 80, "quote": 80, "note": 2000}
"""The limits of their own, in characters."""
MAX_ITEMS = 50
"""The longest list."""
