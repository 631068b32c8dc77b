"""Say what should have stood where the parser got stuck, in the words of the language and not in those of its grammar."""

from __future__ import annotations

from aval.language.problems import listed, quote
from aval.language.reserved import CLAUSES, DECLARATIONS, OPENERS, RESERVED
from aval.language.tables import tables
from aval.language.tokens import CURLY, STRANGE, UNCLOSED, Token
from aval.model.expression import Unit

FEW = 4
SPELT = {
    "NAME": "a name",
    "STRING": "a text in quotes",
    "INT": "a number",
    "DATE": "a date such as 2026-01-06",
    "ORDINAL": "a count such as 3rd",
    "NUMBER": "a number",
    "FRACTION": "a share such as 2/3",
    "_A_FINDING": "`a finding`",
    "_TIMES": "`times`",
    "_DAY_AFTER": "`day after`",
    "_MIDNIGHT_AFTER": "`midnight after`",
    "_FIRST_DAY": "`first day`",
}
UNITS = frozenset(ending for unit in Unit for ending in (unit.name, f"{unit.name}S"))
_OPENER_KINDS = frozenset(word.upper() for word in OPENERS)
_MOMENT_KINDS = frozenset(("NAME", "INT", "DATE", "THE", "BEGINNING", "END", "LPAR"))
_CONDITION_KINDS = frozenset(("NOT", "SOME", "EVERY"))


def what_fits(expected: frozenset[str]) -> str:
    """Name what should stand at a place, such as `a condition` or `a name or ")"`."""
    if expected >= _MOMENT_KINDS:
        return "a condition" if expected & _CONDITION_KINDS else "a moment"
    rest, parts = expected, []
    if rest >= UNITS:
        parts.append("a unit such as days or hours")
        rest -= UNITS
    if len(rest & _OPENER_KINDS) > FEW:
        parts.append("a clause")
        rest -= _OPENER_KINDS
    parts.extend(dict.fromkeys(SPELT[kind] for kind in sorted(rest) if kind in SPELT))
    parts.extend(sorted(quote(tables().shown[kind]) for kind in rest if kind not in SPELT))
    return listed(parts)


def found(token: Token | None) -> str:
    """Name what was found instead."""
    if token is None:
        return "nothing"
    if token.kind == "STRING":
        return "the text " + quote(token.text)
    return {UNCLOSED: "a text without its closing quote", CURLY: "a text in curly quotes"}.get(token.kind, quote(token.text))


def words_of(expected: frozenset[str]) -> list[str]:
    """Give the words that could have stood at a place, for did-you-mean."""
    return [tables().shown[kind] for kind in expected if kind in tables().shown and tables().shown[kind].isalpha()]


def takes_name_only(expected: frozenset[str]) -> bool:
    """Whether a name should stand here and no expression, so that a reserved word was meant as a name."""
    return "NAME" in expected and not expected >= _MOMENT_KINDS


def is_reserved(token: Token | None) -> bool:
    """Whether a token is a word that cannot be a name."""
    return token is not None and token.text in RESERVED


def strange(token: Token | None) -> bool:
    """Whether a token is none of the language."""
    return token is not None and token.kind in (STRANGE, "SIGN")


OPENING_WORDS = (*DECLARATIONS, *(clause.split()[0] for clause in CLAUSES))
