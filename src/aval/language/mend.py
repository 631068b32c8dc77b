"""Apply the fixes of problems, and prove of each that it mends something and harms nothing.

A fix is taken only if afterwards its problem is gone, no mistake of syntax has come up on its line that cannot be mended too, and every
declaration that was sound, and that it does not stand in, still says the same. What a fix uncovers is mended in a further round.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from aval.language import mistakes
from aval.language.edits import Edit, edit_of, edited
from aval.language.layout.proof import same
from aval.language.page import Page
from aval.language.read import read_agreements
from aval.model.agreement import Agreements, Declaration
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.problem import Problem

ROUNDS = 10
"""How often what is left is looked at again."""
MOST = 200
"""How many fixes are tried together in one round."""
SINGLY = 20
"""How many are tried one by one, where together they do harm."""

_SYNTAX = frozenset(code.code for code in mistakes.CODES)


@frozen(kw_only=True)
class Mended:
    """The documents after all fixes, and the problems that were mended, in the order in which that was done."""

    texts: tuple[Text, ...]
    fixed: tuple[Problem, ...]


@frozen()
class _State:
    """Documents, and what reading them came to."""

    texts: tuple[Text, ...]
    agreements: Agreements
    problems: tuple[Problem, ...]


def mend(texts: Sequence[Text], known_sources: Collection[str] | None = None, *, only: Collection[str] = ()) -> Mended:
    """Apply every fix that is safe; `only` are the paths of the documents that may be changed, all where there are none."""
    state = _read(tuple(texts), known_sources)
    fixed: list[Problem] = []
    for _ in range(ROUNDS):
        wanted = [one for one in state.problems if one.fix is not None and (not only or one.span.path in only)][:MOST]
        state, done = _round(state, wanted, known_sources)
        fixed += done
        if not done:
            break
    return Mended(texts=state.texts, fixed=tuple(fixed))


def _round(state: _State, wanted: Sequence[Problem], known_sources: Collection[str] | None) -> tuple[_State, list[Problem]]:
    """Apply fixes, together where that is safe, else one by one from the end, so that places before stay where they are."""
    together = _one_for_each_line(wanted)
    while len(together) > 1:
        after = _read(_with(state.texts, together), known_sources)
        good = [one for one in together if _harmless(state, after, [one], together)]
        if len(good) == len(together):
            return after, together
        together = good
    done: list[Problem] = []
    for one in sorted(wanted[:SINGLY], key=lambda found: found.span, reverse=True):
        after = _read(_with(state.texts, [one]), known_sources)
        if _harmless(state, after, [one], [one]):
            state = after
            done.append(one)
    return state, done[::-1]


def _read(texts: tuple[Text, ...], known_sources: Collection[str] | None) -> _State:
    return _State(texts, *read_agreements(texts, known_sources))


def _with(texts: tuple[Text, ...], wanted: Sequence[Problem]) -> tuple[Text, ...]:
    edits = edits_of(texts, wanted)
    return tuple(replace(text, content=edited(text.content, edits.get(text.path, ()))) for text in texts)


def edits_of(texts: Sequence[Text], wanted: Sequence[Problem]) -> Mapping[str, list[Edit]]:
    """Give the edits of fixes by document."""
    pages = {text.path: Page.of(text) for text in texts}
    edits: dict[str, list[Edit]] = {}
    for one in wanted:
        if one.fix is not None:
            edits.setdefault(one.fix.span.path, []).append(edit_of(pages[one.fix.span.path], one.fix))
    return edits


def _one_for_each_line(wanted: Sequence[Problem]) -> list[Problem]:
    """Keep the first fix of each line; the others come in a later round."""
    lines: dict[tuple[str, int], Problem] = {}
    for one in wanted:
        lines.setdefault((one.span.path, one.span.line), one)
    return list(lines.values())


def _harmless(before: _State, after: _State, mended: Sequence[Problem], applied: Sequence[Problem]) -> bool:
    old, new = (_counted(state.problems) for state in (before, after))
    for one in mended:
        if new.get(_key(one), 0) >= old[_key(one)]:
            return False
        fresh = [other for other in after.problems if _key(other) not in old and other.span.line == one.span.line]
        if any(other.code.code in _SYNTAX and not _uncovered(one, other) for other in fresh):
            return False
    touched = {(one.fix.span.path, one.fix.span.line) for one in applied if one.fix}
    return all(
        name in after.agreements.declarations and (_holds(declared, touched) or same(declared, after.agreements.declarations[name]))
        for name, declared in before.agreements.declarations.items()
    )


def _counted(problems: Sequence[Problem]) -> dict[tuple[str, str, int], int]:
    counted: dict[tuple[str, str, int], int] = {}
    for one in problems:
        counted[_key(one)] = counted.get(_key(one), 0) + 1
    return counted


def _key(one: Problem) -> tuple[str, str, int]:
    return (one.code.code, one.message, one.span.line)


def _uncovered(mended: Problem, other: Problem) -> bool:
    """Whether a mistake was there before, further on in the line, and can be mended too."""
    return other.fix is not None and other.span.column > mended.span.column


def _holds(declared: Declaration, touched: Collection[tuple[str, int]]) -> bool:
    span = declared.meta.span
    return any(path == span.path and span.line <= line <= span.end_line for path, line in touched)
