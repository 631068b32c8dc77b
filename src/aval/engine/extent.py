"""How many instances the clauses of a declaration range over, counted from the text alone, before any column is laid out (decision 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from math import prod

from aval.engine.order import parts_of
from aval.model.agreement import Agreements, Clause, Declaration, Question, params_of
from aval.model.expression import Binding, Name, Ref, Some
from aval.model.frozen import frozen
from aval.model.problem import Span
from aval.model.view import View

_WORDS = {"whiles": "while", "froms": "from", "untils": "until", "whens": "when", "excepts": "except", "waivers": "waived when"}


@frozen(kw_only=True)
class Extent:
    """A clause, in words, where it stands, and how many instances it ranges over: one for every choice of these names."""

    what: str
    span: Span
    count: int
    names: tuple[str, ...]


def extents(declared: Declaration, agreements: Agreements, length: Callable[[str], int]) -> Iterator[Extent]:
    """Yield what a declaration ranges over, and what each of its clauses does at its widest. `length` is how many a group can have."""
    own = {param.name: length(param.group) for param in params_of(declared)}
    yield Extent(what=f"`{declared.meta.name}`", span=declared.meta.span, count=prod(own.values()), names=tuple(own))
    for field in fields(declared):
        value = getattr(declared, field.name)
        for clause in value if isinstance(value, tuple) else ():
            if isinstance(clause, Clause):
                widest = max(_spread(clause.item, dict(own), agreements, length), key=lambda lengths: prod(lengths.values()), default={})
                what = f"the clause `{_WORDS.get(field.name, field.name)}` of `{declared.meta.name}`"
                yield Extent(what=what, span=clause.span, count=prod(widest.values()), names=tuple(widest))


def _spread(item: object, lengths: dict[str, int], agreements: Agreements, length: Callable[[str], int]) -> Iterator[Mapping[str, int]]:
    """Yield for each part of a clause the variables that stand in it with how many each can be, and last those of the whole.

    What a binding counts over is no variable of the whole. `some s` is one for all that follows, so that `lengths` grows.
    """
    if isinstance(item, Ref):
        declared = agreements.declarations.get(item.name)
        for arg, param in zip(item.args, params_of(declared) if declared is not None else (), strict=False):
            if isinstance(arg, Some):
                lengths[arg.text] = length(param.group)
    if isinstance(item, Name):
        yield {item.text: lengths[item.text]} if item.text in lengths else {}
        return
    inner = {**lengths, item.variable: length(item.group)} if isinstance(item, Binding) else lengths
    whole: dict[str, int] = {item.variable: inner[item.variable]} if isinstance(item, Binding) else {}
    for part in parts_of(item):
        last: Mapping[str, int] = {}
        for last in _spread(part, inner, agreements, length):
            yield last
        whole |= last
    yield whole
    if isinstance(item, Binding):
        yield {name: number for name, number in whole.items() if name != item.variable}


def choices_of(name: str, reads: Callable[[str], tuple[set[str], set[str]]], agreements: Agreements, view: View) -> int:
    """Count the combinations of readings that a declaration can depend on. `reads` gives the names and the questions that one reads."""
    found, ahead = set(), {name}
    seen: set[str] = set()
    while ahead:
        here = ahead.pop()
        seen.add(here)
        if here in agreements.declarations:
            names, questions = reads(here)
            found |= questions
            ahead |= names - seen
    asked = [agreements.get(question, Question) for question in found]
    return prod(len(one.readings) for one in asked if one is not None and view.reading_of(one.meta.name) is None)
