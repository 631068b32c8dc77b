"""The parse tables, read from `tables.json` once and for all."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from aval.model.frozen import frozen

END = "$END"


@frozen(kw_only=True)
class Rule:
    """A rule to reduce by: `length` values make one of `origin`; `keep` are those that carry meaning.

    `kind` is `list` (its values join those of the rule above), `pass` (its one value is its meaning), `call` (the action `name` makes
    it) or `spread` (the same, with lists among its values).
    """

    origin: str
    length: int
    kind: str
    name: str
    keep: tuple[int, ...]


@frozen(kw_only=True)
class Tables:
    """All that the parser needs.

    `words` gives the terminal of each word and sign, `patterns` the regular expressions of the others. A state maps a terminal or a rule's
    origin to the next state (from 0 up) or to the rule to reduce by (from -1 down: `-1 - rule`).
    """

    words: dict[str, str]
    patterns: dict[str, str]
    rules: tuple[Rule, ...]
    starts: dict[str, int]
    ends: dict[str, int]
    states: list[dict[str, int]]
    shown: dict[str, str]
    """How a terminal is spelt, for messages."""


@cache
def tables() -> Tables:
    """Read the tables. Takes a few milliseconds, once."""
    data = json.loads(Path(__file__).with_name("tables.json").read_text("utf-8"))
    rules = tuple(Rule(origin=o, length=n, kind=k, name=a, keep=tuple(keep)) for o, n, k, a, keep in data["rules"])
    return Tables(
        words=data["words"],
        patterns=data["patterns"],
        rules=rules,
        starts=data["starts"],
        ends=data["ends"],
        states=data["states"],
        shown={terminal: word for word, terminal in data["words"].items()},
    )
