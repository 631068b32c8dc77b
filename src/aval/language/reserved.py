"""The words of the language: which ones open a declaration or a clause, and which ones can never be names.

The other words of the grammar (`grade`, `days`, `parties`, `breach`, …) mean something in their places only and are free as names.
"""

from __future__ import annotations

DECLARATIONS = (
    "agreement",
    "party",
    "organisation",
    "group",
    "body",
    "area",
    "question",
    "event",
    "incident",
    "state",
    "moment",
    "quantity",
    "duty",
    "ban",
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
    "becomes",
    "except",
    "paused while",
    "suspended while",
    "waived when",
    "amounting to",
    "replaces",
    "provisional for",
    "renews",
    "subject to",
    "no later than",
    "within",
    "starts as",
    "accepted from",
    "binding",
    "legal act",
    "constitutive",
    "repeats",
    "continuing",
    "breach proposed by",
    "breach found by",
    "seats",
    "decides by",
    "may find",
    "reading",
    "step",
    "complete for",
    "complete until",
    "seen in reports of kind",
    "counted once within",
    "table",
    "drawn by",
    "dated",
    "dates run in",
    "parties",
    "depositary",
    "not said",
    "not counted",
    "source",
)
"""What a clause opens with. `on reading NAME`, `only for NAMES` and `not for NAMES` can stand before some."""

OPENERS = frozenset(clause.split()[0] for clause in CLAUSES) | {"on", "only"}
"""The first words of clauses."""

FREE = frozenset(
    (
        *("parties", "depositary", "breach", "may", "amounting", "counted", "decides", "drawn", "only", "paused"),
        *("provisional", "replaces", "seen", "suspended", "waived"),
    )
)
"""First words of clauses that are free as names all the same, since agreements need them."""

OPERATORS = frozenset(
    (
        *("and", "or", "not", "no", "said", "if", "unless", "happened", "finds", "is", "in", "one", "has", "with"),
        *("some", "every", "any", "at", "more", "fewer", "the", "beginning", "end", "expiry", "latest", "once", "on", "others"),
        *("less", "its", "percent", "before", "after", "between"),
    )
)
"""Words inside expressions and lists that no name may shadow."""

RESERVED = frozenset(DECLARATIONS) | (OPENERS - FREE) | OPERATORS
"""The words that can never be names."""
