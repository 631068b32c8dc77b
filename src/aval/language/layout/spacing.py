"""What stands between two words of a line, and where a line may be broken."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from aval.language.reserved import RESERVED
from aval.language.tables import tables
from aval.language.tokens import Token

_TIGHT_BEFORE = frozenset(("COMMA", "RPAR", "COLON"))
_MENU = frozenset(("MORE", "ONE"))

RANKS = {"for": 1, "held": 1, "if": 1, "unless": 1, "one": 1, "is": 1, "and": 2, "or": 2}
RANKS |= dict.fromkeys(("with", "has", "as", "among", "others", "after", "before"), 4)
"""Words that a line may be broken before; the lower the number, the better it reads."""
KEPT = 2
"""Up to this number an author's line end is kept, and the places go before all others."""
DEEPER = 10
"""What each bracket adds to the number."""
LAST = 10**6
"""The number of all other places. They are equal: did one go before another, a second run could come to other lines."""


@cache
def names() -> frozenset[str]:
    """Give the terminals that can be names."""
    return frozenset(("NAME", *(kind for word, kind in tables().words.items() if word.isidentifier() and word not in RESERVED)))


@cache
def plain_kinds() -> frozenset[str]:
    """Give the terminals that are written as they are: all words and signs of the grammar, and names."""
    return frozenset(("NAME", "STRING", *tables().words.values()))


def gaps(tokens: Sequence[Token]) -> list[str]:
    """Give what stands before each token of a line: one space, or nothing at brackets, commas and colons."""
    made = [""]
    can_be_names = names()
    before = tokens[0].kind if tokens else ""
    for index, token in enumerate(tokens[1:], start=1):
        kind = token.kind
        if before == "LPAR" or kind in _TIGHT_BEFORE or (kind == "LPAR" and before in can_be_names and _is_call(tokens, index)):
            made.append("")
        else:
            made.append(" ")
        before = kind
    return made


def _is_call(tokens: Sequence[Token], index: int) -> bool:
    """Whether a bracket after what can be a name holds its arguments: not so in `one of (…)`, `(26 in all)` and the like."""
    if tokens[index - 1].kind == "OF" and index > 1 and tokens[index - 2].kind in _MENU:
        return False
    inside = [token.kind for token in tokens[index + 1 : index + 3]]
    return inside[:1] == ["SOME"] or (len(inside) > 1 and inside[0] in names() | {"ANY"} and inside[1] in _TIGHT_BEFORE)


def ranks(tokens: Sequence[Token], *, head: bool) -> list[int]:
    """Say for each token how well a line can be broken before it; 0 is not at all. `head` is a declaration's opening line."""
    depth, made = 0, [0]
    for index, token in enumerate(tokens[1:], start=1):
        before = tokens[index - 1]
        depth += before.kind == "LPAR"
        rank = _rank(tokens, index, head=head, inside=depth > 0)
        made.append(rank + depth * DEEPER if 0 < rank <= KEPT else rank and LAST)
        depth -= token.kind == "RPAR"
    return made


def _rank(tokens: Sequence[Token], index: int, *, head: bool, inside: bool) -> int:
    token, before = tokens[index], tokens[index - 1]
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    match token.text:
        case "is" if not head:
            return 0
        case "one" if after != "or":
            return 0
        case "or" if before.text == "one" and after == "more":
            return 0
        case "held" if tokens[0].kind != "READING" or before.text == "has":
            return 0
        case "for" if tokens[0].kind != "STEP":
            return 0
        case "as" if before.text == "starts":
            return 0
        case "after" | "before" if index == 1:
            return 0
    if token.kind in ("COMMA", "RPAR", "COLON"):
        return 0
    if before.kind == "COLON":
        return 1 if head and not inside else 0
    if token.text in RANKS:
        return RANKS[token.text]
    if token.kind == "STRING":
        return 4 if index > 1 and before.kind != "SOURCE" else 0
    return 3 if before.kind == "COMMA" else 0
