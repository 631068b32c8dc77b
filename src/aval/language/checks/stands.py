"""Phases of norms and values of states that do not exist: `pay(c) is late`."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, listed, problem, quote
from aval.language.roles import SPOKEN
from aval.language.syntax import Declaration, Values
from aval.language.words import PHASES
from aval.model import expression as ex
from aval.model.problem import Code

CODE = Code(
    code="AV227",
    title="A phase or a value that does not exist",
    what="After `is` stands a word that is no phase of the duty, ban or power before it, and no value of the state before it.",
    why="Nothing ever stands there, so the condition could never come true.",
    bad="state angry\n  while pay is late",
    good="state angry\n  while pay is overdue",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each word after `is` that its norm or state does not have."""
    for node, declaration, clause in case.uses.stands:
        name, words = asked(node)
        declared = case.named.get(name)
        if declared is None or declared.kind not in (*PHASES, "state"):
            continue
        known = words_of(declared)
        if not known:
            message = f"{quote(name)} is a state without values: it holds or does not."
            yield Finding(problem(CODE, message, node.span, f"Write {quote(name)} or `not {name}`."), declaration, clause)
        for word in words if known else ():
            if word not in known:
                kind = SPOKEN[declared.kind]
                hint = case.hints.near(word, known) or f"It is one of {listed(known)}."
                message = f"{quote(name)} is {kind}, and {quote(word)} is no {'value' if declared.kind == 'state' else 'phase'} of it."
                yield Finding(problem(CODE, message, node.span, hint), declaration, clause)


def asked(node: ex.IsOneOf | ex.Stands) -> tuple[str, tuple[str, ...]]:
    """Give whom a condition is about, and the words after `is`."""
    if isinstance(node, ex.Stands):
        return node.item.name, node.words
    return node.item.text, tuple(option.text for option in node.options)


def words_of(declared: Declaration) -> tuple[str, ...]:
    """Give the words that can stand after `is`."""
    if isinstance(declared.extra, Values):
        return tuple(value.text for value in declared.extra.names)
    return PHASES.get(declared.kind, ())
