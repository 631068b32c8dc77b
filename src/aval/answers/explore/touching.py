"""Which acts matter to conditions about certain parties: those that the rules come to from there, whoever else is left open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from aval.answers.explore.acts import Act, nodes
from aval.model import expression as ex
from aval.model.agreement import Agreements, Declaration, Process, params_of

Place = tuple[str, tuple[str, ...]]
"""A declared name with its arguments; `""` is whoever."""


def touching(wanted: Iterable[ex.Expression], acts: Iterable[Act], agreements: Agreements) -> tuple[Act, ...]:
    """Give the acts that can make a difference to conditions."""
    reached = _reached(wanted, agreements)
    by_name: dict[str, list[tuple[str, ...]]] = {}
    for name, args in reached:
        by_name.setdefault(name, []).append(args)
    return tuple(act for act in acts if any(_fits(act.term.args, args) for args in by_name.get(act.term.name, ())))


def _fits(have: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return len(have) == len(wanted) and all(want in ("", one) for one, want in zip(have, wanted, strict=True))


def _reached(wanted: Iterable[ex.Expression], agreements: Agreements) -> set[Place]:
    ahead: list[Place] = [(node.name, _args(node, {}, frozenset())) for one in wanted for node in nodes(one) if isinstance(node, ex.Ref)]
    found: set[Place] = set()
    while ahead:
        place = ahead.pop()
        declared = agreements.declarations.get(place[0])
        if place in found or declared is None:
            continue
        found.add(place)
        ahead += _below(declared, place[1])
    return found


def _below(declared: Declaration, args: tuple[str, ...]) -> Iterator[Place]:
    if isinstance(declared, Process):
        yield from ((step.event, args) for step in declared.steps)
        return
    env = dict(zip((param.name for param in params_of(declared)), args, strict=False))
    inside = list(nodes(declared))
    bound = frozenset(node.variable for node in inside if isinstance(node, ex.Binding))
    bound |= {node.text for node in inside if isinstance(node, ex.Some)}
    for node in inside:
        if isinstance(node, ex.Ref):
            yield node.name, _args(node, env, bound)


def _args(ref: ex.Ref, env: dict[str, str], bound: frozenset[str]) -> tuple[str, ...]:
    return tuple("" if not isinstance(arg, ex.Name) or arg.text in bound else env.get(arg.text, arg.text) for arg in ref.args)
