"""Cut a declaration that does not parse into its clauses, so that every mistake in it is found.

A word that opens clauses may also stand inside one, or be a name; its neighbours say which.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from aval.language.reserved import CLAUSES, DECLARATIONS, FREE, OPENERS
from aval.language.tables import tables
from aval.language.tokens import Token

OPENING = frozenset(word.upper() for word in DECLARATIONS)
"""The terminals that open declarations."""
_CLAUSES = frozenset(word.upper() for word in OPENERS)
_FREE = frozenset(word.upper() for word in FREE)
_BEFORE_DEEDS = frozenset(("COLON", "OWES"))
"""What stands two words before the deed, or before the `may`, of a norm."""
_BEFORE_NAMES = frozenset(("SAID", "COMMA", "READING", "SEATS", "BINDING", "DEPOSITARY", "BY", "FOR", "FIND", "AS"))
_OPERANDS = frozenset(("NAME", "RPAR", "STRING", "HAPPENED", "DATE", "INT", "ANY", "SAID"))
_SECOND: dict[str, frozenset[str]] = {
    opener.upper(): frozenset(words[1].upper() for clause in CLAUSES if (words := clause.split())[0] == opener and len(words) > 1)
    for opener in OPENERS - {"accepted"}
    if all(" " in clause for clause in CLAUSES if clause.split()[0] == opener)
} | {"ON": frozenset({"READING"}), "ONLY": frozenset({"FOR"}), "NOT": frozenset({"SAID", "COUNTED", "FOR"})}
"""Of clauses with several opening words, those that can come second."""


def chunks(tokens: list[Token]) -> list[list[Token]]:
    """Cut a declaration into its head and its clauses. The head may be a clause too many where words are misplaced, never one too few."""
    starts = [0, *(index for index in range(1, len(tokens)) if _opens_clause(tokens, index)), len(tokens)]
    return [tokens[start:end] for start, end in pairwise(starts)]


def joined(parts: list[list[Token]]) -> list[list[Token]]:
    """Put a clause that lacks a name together with the word after it, so that `not said when` is one mistake and not two."""
    made = parts[:1]
    for part in parts[1:]:
        if _lacks_name(made[-1]):
            made[-1] = [*made[-1], *part]
        else:
            made.append(part)
    return made


def _lacks_name(chunk: Sequence[Token]) -> bool:
    last = chunk[-1].kind
    return last in OPENING or (last in _BEFORE_NAMES and (last not in _FREE or len(chunk) == 1))


def _after_who(tokens: Sequence[Token], index: int) -> bool:
    """Whether `only for NAMES` or `not for NAMES` stands directly before."""
    at = index - 1
    while at > 1 and tokens[at].kind == "NAME" and tokens[at - 1].kind == "COMMA":
        at -= 2
    return at > 1 and tokens[at].kind == "NAME" and tokens[at - 1].kind == "FOR" and tokens[at - 2].kind in ("ONLY", "NOT")


def _in_rate(tokens: Sequence[Token], index: int) -> bool:
    """Whether this `within` belongs to `… times E within …` or to `counted once within …`."""
    for token in reversed(tokens[max(0, index - 12) : index]):
        if token.kind in ("_TIMES", "ONCE"):
            return True
        if token.kind in _CLAUSES:
            return False
    return False


def _opens_clause(tokens: Sequence[Token], index: int) -> bool:
    """Whether a clause seems to open here; words that also stand inside clauses count by their neighbours."""
    kind, before = tokens[index].kind, tokens[index - 1].kind
    after = tokens[index + 1].kind if index + 1 < len(tokens) else ""
    if kind not in _CLAUSES or before in ("ON", "ACCEPTED", "INDEPENDENT"):
        return False
    if kind in _FREE and _is_name(tokens, index):
        return False
    if index > 2 and tokens[index - 3].kind == "ON" and tokens[index - 2].kind == "READING":  # noqa: PLR2004 (`on reading r while`)
        return False
    if _after_who(tokens, index):
        return False
    if kind in _SECOND:
        return after in _SECOND[kind] and (kind != "NOT" or before in _OPERANDS)
    return not (kind == "WITHIN" and _in_rate(tokens, index))


def _is_name(tokens: Sequence[Token], index: int) -> bool:
    """Whether a word that opens clauses and is free as a name is a name here: nothing ends with the word before, or a deed is missing."""
    before, deed = tokens[index - 1].kind, index > 1 and tokens[index - 2].kind in _BEFORE_DEEDS
    if before in _FREE:  # a name itself, unless it is the `may` of a power
        return before == "MAY" and index > 2 and tokens[index - 3].kind == "COLON"  # noqa: PLR2004 (`: NAME may`)
    return before not in _before_clauses() or (before == "NAME" and deed)


@cache
def _before_clauses() -> frozenset[str]:
    """Give the terminals that can end what stands before a clause: after them the grammar can close what is open."""
    states = tables().states
    closes = [any(row.get(kind, 0) < 0 for kind in _FREE) for row in states]
    return frozenset(kind for row in states for kind, step in row.items() if kind.isupper() and step >= 0 and closes[step])
