"""Small help for making problems: the code, the place, did-you-mean, lists of words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from aval.language.sure import instead, sure
from aval.language.syntax import Clause, Declaration
from aval.model.frozen import frozen
from aval.model.problem import Code, Fix, Problem, Span

LONG = 60
MANY = 500
_FOR_A_FIX = 10


@frozen()
class Finding:
    """A problem, and what it stands in: a clause of a declaration, a declaration, or neither."""

    problem: Problem
    declaration: Declaration | None = None
    clause: Clause | None = None


def problem(
    code: Code, message: str, span: Span, hint: str = "", notes: tuple[tuple[Span, str], ...] = (), *, fix: Fix | None = None
) -> Problem:
    """Make a problem; the excerpt comes when the document is at hand."""
    return Problem(code=code, message=message, span=span, hint=hint, notes=notes, fix=fix)


def quote(text: str) -> str:
    """Put a word of the user's into backquotes, cut where it is long."""
    shown = "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in text[:LONG])
    return f"`{shown}{'…' if len(text) > LONG else ''}`"


def listed(words: Iterable[str], last: str = "or") -> str:
    """Write `a`, `a or b`, `a, b or c`."""
    items = list(words)
    return f" {last} ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Give a hint that names the nearest known word, or nothing."""
    near = nearest(word, known)
    return f"Did you mean {quote(near)}?" if near else ""


@dataclass(slots=True)
class Hints:
    """Did-you-mean and fixes for a whole case. Looking for the nearest word is slow, so a case gets no more than `left` of them.

    `comparisons` is how many words they may still be compared with; to make a fix costs as much as to compare some of them.
    """

    left: int = 400
    comparisons: int = 25_000

    def near(self, word: str, *known: Collection[str]) -> str:
        """Give a hint that names the nearest known word, or nothing."""
        self.left -= 1
        if self.left < 0 or self.comparisons < 0:
            return ""
        words = [other for pool in known for other in pool]
        self.comparisons -= min(len(words), MANY)
        return did_you_mean(word, words)

    def fix(self, span: Span, word: str, *known: Collection[str], closed: bool = False) -> Fix | None:
        """Give the fix that writes the one known word that a word must have been."""
        self.left -= 1
        if self.left < 0 or self.comparisons < 0:
            return None
        words = {other for pool in known for other in pool}
        self.comparisons -= len(words) // _FOR_A_FIX
        return instead(span, word, sure(word, words, closed=closed))


def nearest(word: str, known: Collection[str]) -> str:
    """Give the nearest known word, or `""`. Looks at no more than `MANY` words, in a large case at those that start alike."""
    if len(word) > LONG:
        return ""
    pool = known if len(known) <= MANY else [other for other in known if other[:2] == word[:2]][:MANY]
    lower = {other.lower(): other for other in sorted(pool)}
    found = get_close_matches(word.lower(), lower, n=1, cutoff=0.72)
    return lower[found[0]] if found else ""
