"""The signs and styles of a board: a value differs from another by its word and its sign, and only then by colour.

Styles use the eight base colours that every terminal theme keeps readable on its own ground, never black or white, and no background.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from aval.model.frozen import frozen

DEPENDS = "depends on reading"

STYLES: Mapping[str, str] = MappingProxyType(
    {
        "yes": "bold green",
        "no": "red",
        "open": "bold",
        "contested": "bold magenta",
        DEPENDS: "cyan",
        "owed": "bold green",
        "overdue": "bold red",
        "breached": "bold red",
        "discharged": "green",
        "available": "bold green",
        "exercised": "green",
        "suspended": "bold",
        "void": "red",
        "found": "bold red",
        "proposed": "bold",
        "alleged": "bold",
    }
)

_PRETTY = {
    "yes": "✓",
    "no": "✗",
    "open": "?",
    "contested": "≠",
    DEPENDS: "↔",
    "dormant": "·",
    "owed": "!",
    "overdue": "‼",
    "breached": "‼",
    "discharged": "✓",
    "available": "✓",
    "exercised": "✓",
    "suspended": "·",
    "waived": "✓",
    "lapsed": "✗",
    "void": "✗",
    "found": "‼",
    "proposed": "!",
    "alleged": "?",
    "no breach on record": "·",
    "not in force": "·",
}


@frozen(kw_only=True)
class Signs:
    """One set of signs: for a terminal of today, or plain ASCII, where a value is its word."""

    values: Mapping[str, str]
    dot: str
    more: str
    arrow: str
    bullet: str
    anonymous: str
    low: str
    quote: tuple[str, str]
    branch: tuple[str, str, str, str]
    """the guides of a tree: one of several, the last, below one of several, below the last"""
    changes: Mapping[str, str]
    bar: str

    def of(self, value: str) -> str:
        """Give the sign of a value; empty for a word that has none, such as a rung."""
        return self.values.get(value, "")


PRETTY = Signs(
    values=MappingProxyType(_PRETTY),
    dot="·",
    more="…",
    arrow="→",
    bullet="•",
    anonymous="◌",
    low="◌◌",
    quote=("“", "”"),
    branch=("├─ ", "└─ ", "│  ", "   "),
    changes=MappingProxyType({"new": "+", "moved": "~", "firmer": "↑", "softer": "↓", "said": "=", "gone": "-"}),
    bar="│",
)
PLAIN = Signs(
    values=MappingProxyType({}),  # a minus before a no would look like the mark of a list
    dot="|",
    more="...",
    arrow="->",
    bullet="*",
    anonymous="[anonymous]",
    low="[low]",
    quote=('"', '"'),
    branch=("   ", "   ", "   ", "   "),
    changes=MappingProxyType({"new": "+", "moved": "~", "firmer": "^", "softer": "v", "said": "=", "gone": "-"}),
    bar="|",
)


def style_of(value: str) -> str:
    """Give the style of a value's word; none for a word that has none."""
    return STYLES.get(value, "")
