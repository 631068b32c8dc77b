"""What cannot be answered costs only itself, and what rests on it: everything else is answered all the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from aval.answers.inquiry import Inquiry
from aval.answers.shapes import Unanswered
from aval.model.agreement import Declaration
from aval.model.problem import Problem, Unsupported

T = TypeVar("T")
D = TypeVar("D", bound=Declaration)


def answered(wanted: Sequence[D], inquiry: Inquiry, ask: Callable[[D], Iterable[T]]) -> tuple[list[T], tuple[Unanswered, ...]]:
    """Ask about each declaration, and give what came in the order of the text, with what could not be answered and why.

    After the first that cannot be answered, what a declaration rests on is asked before it, so that nothing is tried twice.
    """
    found: dict[str, list[T]] = {}
    failed: dict[str, Problem] = {}
    ahead = {declared.meta.name: declared for declared in wanted}
    for name in _in_turn(ahead, failed, inquiry):
        spent = inquiry.world.budget.spent
        try:
            found[name] = list(ask(ahead[name]))
        except Unsupported as error:
            failed[name] = error.problems[0]
            inquiry.world.budget.spent = spent
    told = [one for name in ahead for one in found.get(name, ())]
    return told, tuple(_unanswered(ahead[name], failed[name], inquiry) for name in ahead if name in failed)


def _in_turn(ahead: Mapping[str, Declaration], failed: dict[str, Problem], inquiry: Inquiry) -> Iterator[str]:
    """Yield names in the order of the text until one fails; from then on what is rested on first, and nothing that rests on a failure."""
    names, done = iter(ahead), set()
    for name in names:
        done.add(name)
        yield name
        if failed:
            break
    rest = list(names)
    if not rest:
        return
    ways = inquiry.world.ways
    for name in _rested_on_first(rest, ways):
        cause = next((failed[other] for other in ways.get(name, ()) if other in failed), None)
        if cause is not None:
            failed[name] = cause
        elif name in ahead and name not in done:
            yield name


def _rested_on_first(names: Sequence[str], ways: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """Yield names, and what they rest on, each after all that it rests on; where they rest on each other, in the order found."""
    seen: set[str] = set()
    for first in names:
        work = [(first, iter(ways.get(first, ())))] if first not in seen else []
        seen.add(first)
        while work:
            name, below = work[-1]
            step = next((other for other in below if other not in seen and other in ways), None)
            if step is None:
                work.pop()
                yield name
            else:
                seen.add(step)
                work.append((step, iter(ways[step])))


def _unanswered(declared: Declaration, problem: Problem, inquiry: Inquiry) -> Unanswered:
    return Unanswered(
        name=declared.meta.name,
        kind=type(declared).__name__.lower(),
        label=inquiry.general(declared),
        code=problem.code.code,
        message=problem.message,
        place=inquiry.clause(problem.span),
        agreement=declared.meta.agreement,
        clause=inquiry.clause(declared.meta.span),
    )
