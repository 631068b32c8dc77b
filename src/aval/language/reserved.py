"""The words of the language: which ones open a declaration or a clause, and which ones can never be names.

The other words of the grammar (`grade`, `days`, `parties`, `breach`, …) mean something in their places only and are free as names.
"""

from __future__ import annotations

DECLARATIONS = (
    "agreement",
    "party",
    "group",
    "body",
    "area",
    "question",
    "event",
    "state",
    "moment",
    "quantity",
    "duty",
    "power",
    "contribution",
    "process",
)
"""What a declaration opens with, in the order of the reference."""

CLAUSES = (
    "while",
    "from",
    "until",
    "when",
    "means",
    "subject to",
    "no later than",
    "within",
    "starts as",
    "accepted from",
    "binding",
    "legal act",
    "constitutive",
    "continuing",
    "breach found by",
    "seats",
    "may find",
    "reading",
    "step",
    "complete for",
    "dated",
    "dates run in",
    "parties",
    "depositary",
    "not said",
    "source",
)
"""What a clause opens with. `on reading NAME` can stand before those that may differ by reading."""

OPENERS = frozenset(clause.split()[0] for clause in CLAUSES) | {"on"}
"""The first words of clauses."""

FREE = frozenset({"parties", "depositary", "breach", "may"})
"""First words of clauses that are free as names all the same, since agreements need them."""

OPERATORS = frozenset(
    (
        *("and", "or", "not", "no", "said", "if", "unless", "happened", "finds", "is", "in", "one", "has", "with"),
        *("some", "every", "any", "at", "more", "fewer", "the", "beginning", "end", "expiry", "latest", "once", "on", "others"),
    )
)
"""Words inside expressions and lists that no name may shadow."""

RESERVED = frozenset(DECLARATIONS) | (OPENERS - FREE) | OPERATORS
"""The words that can never be names."""
