"""From where the parser got stuck to a problem: what was expected, what was found, and what was probably meant."""

from __future__ import annotations

from collections.abc import Sequence

from aval.language import expected as ex
from aval.language import mistakes
from aval.language.lalr import DEPTH, Stuck
from aval.language.nodes.basics import Mistake
from aval.language.nodes.expressions import RUNGS
from aval.language.page import Page
from aval.language.problems import did_you_mean, listed, problem, quote
from aval.language.reserved import DECLARATIONS, RESERVED
from aval.language.sure import instead, sure
from aval.language.tables import END
from aval.language.tokens import Token
from aval.language.words import WORD
from aval.model.problem import Fix, Problem, Span

_MEANT = {
    "=": "Write `is`.",
    "==": "Write `is`.",
    "&": "Write `and`.",
    "|": "Write `or`.",
    "!": "Write `not`.",
    ";": "Leave it out: each clause opens with its own word.",
    ",": "Join conditions by `and` or `or`.",
    "holds": "Leave it out: the name of a state says that it holds.",
}
_INSTEAD = {"=": " is ", "&": " and ", "|": " or ", ";": "", "holds": "", "\u00a0": " ", "\u2007": " ", "\u2009": " ", "\u202f": " "}
"""Signs, and spaces of other widths, that can only have been meant in one way."""
_OPENS_CONDITION = frozenset(("NOT", "SOME", "EVERY", "NO", "AT", "MORE", "FEWER"))
_ONE_CONDITION = (("beginning", "of"), ("end", "of"), ("once",))
"""words after which a condition stands that is one name, or in parentheses"""
_MANY_OF = frozenset(("SOME", "EVERY", "WITH", "HAS"))


def about(page: Page, tokens: Sequence[Token], stuck: Stuck, following: Token | None = None) -> Problem:
    """Say why the parser got stuck at a token, in the words of the language. `following` is the token after the last, if there is one."""
    before = tokens[stuck.index - 1] if stuck.index else None
    token = tokens[stuck.index] if stuck.index < len(tokens) else _on_the_same_line(page, before, following)
    span = place(page, token or before)
    if not stuck.expected:
        message = f"This nests more than {DEPTH} levels deep."
        return problem(mistakes.LIMIT, message, span, "Give a part of it a name: declare it as a state.")
    if token is not None and token.kind in ("AND", "OR") and (mixed := _mixed(tokens, stuck.index)):
        return problem(mistakes.MIXED, mixed, span, "Put parentheses around the part that belongs together.")
    if token is not None and token.kind in _OPENS_CONDITION and (whose := _whose(tokens, stuck.index)):
        message = f"A condition of more than a name after {quote(whose)} stands in parentheses."
        return problem(mistakes.SYNTAX, message, span, f"Put parentheses around it: `{whose} ({token.text} …)`.")
    if ex.is_reserved(token) and ex.takes_name_only(stuck.expected):
        return _reserved(token or tokens[-1], before, span)
    return problem(mistakes.SYNTAX, _message(token, before, stuck.expected), span, _hint(tokens, stuck), fix=_fix(token, stuck, span))


def _on_the_same_line(page: Page, before: Token | None, following: Token | None) -> Token | None:
    """Give the token that follows, unless it stands on another line: then something is missing, and what follows is not to blame."""
    apart = before is None or following is None or "\n" in page.text[before.end : following.start]
    return None if apart else following


def of_mistake(page: Page, mistake: Mistake) -> Problem:
    """Make a problem of what an action of the grammar refused."""
    span = page.span(mistake.first, mistake.last)
    if mistake.kind == "rung":
        hint = did_you_mean(mistake.text, RUNGS) or f"The rungs are {listed(RUNGS, 'and')}."
        fix = instead(span, mistake.text, sure(mistake.text, RUNGS, closed=True))
        return problem(WORD, f"{quote(mistake.text)} is not a rung.", span, hint, fix=fix)
    return problem(mistakes.LIMIT if mistake.kind == "limit" else mistakes.SYNTAX, mistake.text, span)


def place(page: Page, token: Token | None) -> Span:
    """Give the place of a token; the start of the page for none."""
    return page.span(token.start, token.end) if token else page.span(0, 0)


def _whose(tokens: Sequence[Token], index: int) -> str:
    """Give the words before a token after which one condition stands, `""` where there are none."""
    before = tuple(token.text for token in tokens[max(0, index - 2) : index])
    return next((" ".join(words) for words in _ONE_CONDITION if before[-len(words) :] == words), "")


def _reserved(token: Token, before: Token | None, span: Span) -> Problem:
    after = f" after {quote(before.text)}" if before else ""
    message = f"{quote(token.text)} is a word of the language and cannot be a name; a name should stand{after or ' here'}."
    return problem(mistakes.RESERVED_WORD, message, span, f"Choose another name, such as `{token.text}_1`.")


def _message(token: Token | None, before: Token | None, expected: frozenset[str]) -> str:
    after = f" after {quote(before.text)}" if before else ""
    if ex.strange(token):
        return f"{quote(token.text if token else '')} is not part of the language."
    if before is not None and before.kind == "INT" and expected >= ex.UNITS:
        return f"Expected {ex.what_fits(ex.UNITS)}{after}, found {ex.found(token)}."
    if END in expected and before is not None:
        found = ex.found(token)
        return f"{found[0].upper()}{found[1:]} does not fit{after}."
    return f"Expected {ex.what_fits(expected)}{after}, found {ex.found(token)}."


def _hint(tokens: Sequence[Token], stuck: Stuck) -> str:
    if stuck.index >= len(tokens):
        return ""
    token = tokens[stuck.index]
    if token.kind == "IN":
        return "`in` and an area or a unit stand directly after the opening line; `in` and a group stand after a name."
    if token.text in _MEANT:
        return _MEANT[token.text]
    if ex.strange(token) and token.text.isalpha():
        return "Names are made of the letters A to Z, digits and _."
    if token.text in DECLARATIONS:
        return ""
    words = ex.words_of(stuck.expected)
    if END in stuck.expected:
        words += ex.OPENING_WORDS
    return did_you_mean(token.text, set(words)) if token.text[:1].isalpha() else ""


def _fix(token: Token | None, stuck: Stuck, span: Span) -> Fix | None:
    """Give the fix of a sign or a word that can only have been meant in one way."""
    if token is None:
        return None
    if token.text in _INSTEAD:
        title = f"Write `{_INSTEAD[token.text].strip()}` instead." if _INSTEAD[token.text].strip() else "Take it out."
        return Fix(span=span, replacement=_INSTEAD[token.text], title=title)
    words = {word for word in ex.words_of(stuck.expected) if len(word) > 1}
    if END in stuck.expected:
        words.update(ex.OPENING_WORDS)
    known = token.kind != "NAME" or token.text in RESERVED
    return None if known else instead(span, token.text, sure(token.text, words, closed=True))


def _mixed(tokens: Sequence[Token], index: int) -> str:
    """Say what an `and` or `or` is mixed with, looking back through its own brackets."""
    other, depth = {"AND": "OR", "OR": "AND"}[tokens[index].kind], 0
    for token in reversed(tokens[:index]):
        depth += {"RPAR": 1, "LPAR": -1}.get(token.kind, 0)
        if depth < 0 or token.kind in ("WHILE", "FROM", "UNTIL", "WHEN", "IF", "UNLESS", "MEANS", "TO"):
            return ""
        if depth == 0 and token.kind == other:
            return "`and` and `or` are mixed here; this could be read in two ways."
        if depth == 0 and token.kind in _MANY_OF:
            return f"It could be read in two ways whether this {quote(tokens[index].text)} still belongs to what {quote(token.text)} asks."
    return ""
