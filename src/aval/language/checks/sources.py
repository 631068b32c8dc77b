"""Anchors that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.anchors import PATTERN
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.sure import instead, sure
from aval.language.syntax import Clause, Declaration, ReadingOf, Step, StepOf, Texts
from aval.model.problem import Code, Problem

CODE = Code(
    code="AV215",
    title="A source that is not there",
    what="A `source` is not written as an id and a paragraph, or names a source that the case does not list.",
    why="Everything in an agreement must lead back to words that somebody can look up.",
    bad='source "Paris declaration, point 2"',
    good='source "paris-declaration#P2" "a few words"',
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each anchor that is not well formed, or whose source is not known."""
    for declaration in case.declarations:
        if isinstance(declaration.extra, StepOf):
            continue
        for clause in _sources(declaration):
            if (found := _wrong(case, clause)) is not None:
                yield Finding(found, declaration, clause)


def _sources(declaration: Declaration) -> Iterator[Texts]:
    for clause in declaration.clauses:
        inner: tuple[Clause, ...] = clause.sources if isinstance(clause, ReadingOf | Step) else (clause,)
        yield from (item for item in inner if isinstance(item, Texts) and item.kind == "source")


def _wrong(case: Case, clause: Texts) -> Problem | None:
    anchor = clause.texts[0]
    if not anchor.sound:
        return None
    match = PATTERN.fullmatch(anchor.text)
    if match is None:
        hint = 'Write the id of the source, # and P with the paragraph: "paris-declaration#P2".'
        return problem(CODE, f"{quote(anchor.text)} does not say which source and paragraph.", anchor.span, hint)
    known = case.known_sources
    if known is None or match.group(1) in known:
        return None
    hint = case.hints.near(match.group(1), known) or "List it in aval.toml under [sources]."
    right = sure(match.group(1), known)
    whole = right and anchor.text.replace(match.group(1), right, 1)
    fix = instead(anchor.span, anchor.text, whole, quoted=True)
    return problem(CODE, f"The case lists no source {quote(match.group(1))}.", anchor.span, hint, fix=fix)
