"""Families of sets: acts that can stand in for each other are counted, not listed ("any 11 of these 19")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import comb, prod

from aval.engine.fixpoint import Equations, keys_in, names_in, reached_from
from aval.engine.relaxed import Act, Early, Enough, Formula, Key, Name, Then
from aval.model.frozen import frozen

Block = tuple[Act, ...]
"""Acts that only matter together, such as that somebody joins a group and then signs."""


@frozen(kw_only=True)
class Choice:
    """Any `number` of these blocks."""

    number: int
    blocks: tuple[Block, ...]


@frozen(kw_only=True)
class Family:
    """Sets of acts that differ only in who of many does it: these acts, and so many of each choice."""

    fixed: tuple[Act, ...]
    choices: tuple[Choice, ...] = ()

    @property
    def size(self) -> int:
        """How many acts each set has."""
        return len(self.fixed) + sum(choice.number * len(choice.blocks[0]) for choice in self.choices)

    @property
    def sets(self) -> int:
        """How many sets there are."""
        return prod(comb(len(choice.blocks), choice.number) for choice in self.choices)

    def one(self, *, last: bool = False) -> tuple[Act, ...]:
        """Give one of the sets: the first in the order of the text, or the last."""
        chosen = [choice.blocks[-choice.number :] if last else choice.blocks[: choice.number] for choice in self.choices]
        return (*self.fixed, *(act for blocks in chosen for block in blocks for act in block))


def classes(goal: Formula, equations: Equations, refused: Collection[Act]) -> tuple[tuple[Block, ...], ...]:
    """Give the classes of blocks that can stand in for each other: equal parts of one threshold that matter nowhere else."""
    system = (goal, *reached_from(goal, equations).values())
    uses = Counter(key.act for formula in system for key in keys_in(formula))
    named = Counter(place for formula in system for place in names_in(formula))
    found: list[tuple[Block, ...]] = []
    for formula in system:
        for node in _thresholds(formula):
            alike: dict[object, list[Block]] = {}
            for weight, part in node.parts:
                keys = _block(part, equations)
                if keys and all(uses[key.act] == 1 for key in keys) and (not isinstance(part, Name) or named[part.place] == 1):
                    acts = tuple(key.act for key in keys)
                    kind = (weight, tuple(key.by for key in keys), any(act in refused for act in acts))
                    alike.setdefault(kind, []).append(acts)
            found += [tuple(blocks) for blocks in alike.values() if len(blocks) > 1]
    return tuple(found)


def _thresholds(formula: Formula) -> Iterator[Enough]:
    """Yield the nodes of a formula of which not every part is needed."""
    match formula:
        case Then():
            yield from _thresholds(formula.first)
            yield from _thresholds(formula.after)
        case Early():
            yield from _thresholds(formula.part)
        case Enough():
            if not formula.every:
                yield formula
            for _, part in formula.parts:
                yield from _thresholds(part)
        case _:
            return


def _block(part: Formula, equations: Equations) -> tuple[Key, ...]:
    """Give the keys of a part that is one key, or asks for all of some; nothing for any other."""
    if isinstance(part, Name):
        part = equations[part.place]
    if isinstance(part, Key):
        return (part,)
    if isinstance(part, Enough) and part.every:
        keys = tuple(inner for _, inner in part.parts if isinstance(inner, Key))
        return keys if len(keys) == len(part.parts) else ()
    return ()


def family(acts: Collection[Act], groups: Sequence[tuple[Block, ...]], order: Mapping[Act, int]) -> Family:
    """Fold a set into its family."""
    left, choices = set(acts), []
    for blocks in groups:
        inside = [block for block in blocks if left.issuperset(block)]
        if inside and len(inside) < len(blocks):
            choices.append(Choice(number=len(inside), blocks=blocks))
            left.difference_update(act for block in inside for act in block)
    return Family(fixed=tuple(sorted(left, key=lambda act: order[act])), choices=tuple(choices))
