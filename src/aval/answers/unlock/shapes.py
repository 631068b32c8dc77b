"""What an answer to "what would it take" is made of: plain values that every renderer reads (`docs/answers.md`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from aval.answers.shapes import Cited, Coordinates
from aval.model.frozen import frozen


@frozen(kw_only=True)
class UnlockKey:
    """One hypothetical act, by its holder, by a date.

    `does` is the act in words. `holders` are codes, any one of whom holds it; none where the text names nobody. `told_by` says whose word
    makes it count. `clause` asks for it. `latest` is the last day on which it is in time, if the others come as said; `None` where it is
    not part of a set that was run. `refused`: the holder's last word on it, of a source above grade low, is a refusal, and `said` is that
    word; it would have to be taken back. `low` is a later word of a low-grade or nameless source, which decides nothing.
    """

    term: str
    sort: str
    does: str
    holders: tuple[str, ...]
    told_by: str
    clause: str
    latest: str | None
    refused: bool
    said: Cited | None
    low: Cited | None
    gaps: tuple[str, ...] = ()
    """what nobody said of it: `who_certifies`"""


@frozen(kw_only=True)
class UnlockChoice:
    """Any `number` of these; each may be several keys that only matter together."""

    number: int
    blocks: tuple[tuple[UnlockKey, ...], ...]


@frozen(kw_only=True)
class Way:
    """A smallest set of acts, or a family of such sets that differ only in who of many acts.

    `size` is how many acts one set has, `sets` how many sets there are, `run` how many of them were run (of a family the first and the
    last in the order of the text). `blocked`: at least one key stands refused.
    """

    size: int
    sets: int
    run: int
    blocked: bool
    keys: tuple[UnlockKey, ...]
    choices: tuple[UnlockChoice, ...] = ()


@frozen(kw_only=True)
class Need:
    """What is needed, as a tree that leaves nothing out: the symbolic form of all sets.

    `op` is `key`, `all`, `any`, `count` (so many of the parts), `weight` (parts whose weights add up to so much) or `above` (a term that is
    told further up). `number` is the count or weight as text; `weights` belong to the parts, in order; `key` is the act of a leaf.
    """

    op: str
    term: str = ""
    label: str = ""
    number: str = ""
    weights: tuple[str, ...] = ()
    key: UnlockKey | None = None
    parts: tuple[Need, ...] = ()


@frozen(kw_only=True)
class Branch:
    """The answer on some readings; `reading` is empty where all agree, and `every` marks the one that holds whichever is chosen.

    `value` is the value on the day for which it is asked, if nothing else happens. `ways` are the smallest sets, `more` whether there are
    further ones. `failed` counts sets that the text seemed to ask for and that did not work when run. `obstacles` say what no act of
    anybody can bring about; `beyond` names what the text uses that the search may have missed sets for.
    """

    reading: str
    every: bool
    value: str
    needs: Need | None
    ways: tuple[Way, ...]
    more: bool
    failed: int
    obstacles: tuple[str, ...]
    beyond: tuple[str, ...]


@frozen(kw_only=True)
class Unlock:
    """What it would take that a term is yes, or ceases to be, by a day.

    `value` is the value now (`None`: it depends on a reading). `by_default`: the day was not asked for, but chosen as a year on, or more
    where delays ask for more.
    """

    term: str
    label: str
    lose: bool
    value: str | None
    by: str
    by_default: bool
    coordinates: Coordinates
    branches: tuple[Branch, ...]
    clause: str
    names: Mapping[str, str] = field(default_factory=dict)
    """labels of the parties, groups and areas that the terms name, by code"""
