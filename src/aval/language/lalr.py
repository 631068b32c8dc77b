"""Run the parse tables over tokens.

One loop, no recursion: how deep a text nests is bounded by `DEPTH`, and time is linear in the tokens. A word that is not reserved counts as
a name wherever the grammar has no use for the word itself, so `grade` or `parties` can be names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar

from aval.language.reserved import RESERVED
from aval.language.tables import END, Rule, Tables
from aval.language.tokens import Token
from aval.model.frozen import frozen

C = TypeVar("C")

DEPTH = 128
"""How many open parts (brackets, `not`, …) may stand inside each other."""

Action = Callable[[C, list[Any], int, int], Any]
"""Make a value from a context, the values of a rule that carry meaning, and the offsets of its first and last character."""


@frozen()
class Stuck:
    """The parser cannot go on at the token of that index (the number of tokens is the end).

    `expected` are the terminals that could have stood there; it is empty if the text nests too deep.
    """

    index: int
    expected: frozenset[str]


class _Items(list[Any]):
    """The values of a `list` rule, on their way into the rule above."""


class Parser(Generic[C]):
    """The tables, joined with what each rule makes."""

    def __init__(self, tables: Tables, actions: Mapping[str, Action[C]]) -> None:
        self._tables = tables
        self._rules = tuple((rule.origin, rule.length, _from_the_end(rule), _reducer(rule, actions)) for rule in tables.rules)
        words = {kind for word, kind in tables.words.items() if word.isidentifier() and word not in RESERVED}
        self._free = frozenset(words | {"_TIMES"})

    def run(self, start: str, tokens: Sequence[Token], context: C) -> Any | Stuck:  # noqa: ANN401 (whatever the start rule makes)
        """Parse tokens from a start rule, and give what its action makes, or where it got stuck."""
        states, rules, free, final = self._tables.states, self._rules, self._free, self._tables.ends[start]
        stack = [self._tables.starts[start]]
        values: list[Any] = [None]
        firsts, last = [0], 0
        past = tokens[-1].end if tokens else 0
        for index, token in enumerate((*tokens, Token(END, "", past, past))):
            kind = token[0]
            while True:
                row = states[stack[-1]]
                step = row.get(kind)
                if step is None and kind in free:
                    step = row.get("NAME")
                if step is None:
                    return values[-1] if stack[-1] == final and kind == END else Stuck(index, self._expected(stack))
                if step >= 0:
                    break
                origin, length, keep, reduce = rules[-1 - step]
                if reduce is not None:
                    value = reduce(context, values[keep] if type(keep) is slice else [values[k] for k in keep], firsts[-length], last)
                    if length > 1:
                        del stack[1 - length :], values[1 - length :], firsts[1 - length :]
                    values[-1] = value
                stack[-1] = states[stack[-2]][origin]
            if len(stack) > DEPTH:
                return Stuck(index, frozenset())
            stack.append(step)
            values.append(token)
            firsts.append(token[2])
            last = token[3]
        raise AssertionError("the end of the tokens is never shifted")

    def _expected(self, stack: list[int]) -> frozenset[str]:
        """Give the terminals that can really come next: those that a run of reductions ends up shifting."""
        kinds = (kind for kind in self._tables.states[stack[-1]] if kind.isupper() or kind == END)
        return frozenset(kind for kind in kinds if self._shifts(list(stack), kind))

    def _shifts(self, stack: list[int], kind: str) -> bool:
        while (step := self._tables.states[stack[-1]].get(kind)) is not None and step < 0:
            origin, length, _, _ = self._rules[-1 - step]
            del stack[-length:]
            stack.append(self._tables.states[stack[-1]][origin])
        return step is not None or kind == END


def _from_the_end(rule: Rule) -> slice | tuple[int, ...]:
    """Say where on the stack, from its end, the values of a rule that carry meaning stand. No rule of the grammar is empty."""
    places = tuple(place - rule.length for place in rule.keep)
    together = bool(places) and places[-1] - places[0] == len(places) - 1
    return slice(places[0], places[-1] + 1 or None) if together else places


def _reducer(rule: Rule, actions: Mapping[str, Action[C]]) -> Action[C] | None:
    """Give the function that makes the value of a rule; `None` where that is its one value, as it came."""
    if rule.kind == "list":
        return _gather
    if rule.kind == "pass" and rule.length == 1:
        return None
    if rule.kind == "pass":
        return _pass_on
    make = actions[rule.name]
    return make if rule.kind == "call" else lambda context, values, first, last: make(context, _spread(values), first, last)


def _gather(_: object, values: list[Any], _first: int, _last: int) -> _Items:
    """Add to the list that has begun, in place, or begin one."""
    if values and isinstance(values[0], _Items):
        items = values[0]
        items.extend(values[1:])
        return items
    return _Items(values)


def _pass_on(_: object, values: list[Any], _first: int, _last: int) -> Any:  # noqa: ANN401 (as it came)
    return values[0]


def _spread(values: list[Any]) -> list[Any]:
    """Put the items of lists in the place of the lists."""
    return [item for value in values for item in (value if isinstance(value, _Items) else (value,))]
