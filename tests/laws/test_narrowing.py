"""A definite answer stays when an imprecise date becomes known: never a wrong one (semantics 2.2, 2.3)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from aval.model.problem import Unsupported
from tests.engine.support import Row, agreements, statements
from tests.laws.columns import columns, opposites
from tests.oracle.worlds import Author, worlds

WORLDS = int(os.environ.get("AVAL_LAWS", "60"))


@cache
def written() -> tuple[Author, ...]:
    return tuple(worlds(WORLDS))


def narrowed(random: Random, row: Row) -> Row | None:
    """Say the same of one day inside the bounds; nothing where it names no two days."""
    if row["says"] != "happened" or row["polarity"] != "yes" or row["term"] in ("g0", "g0(RED)", "g0(BLU)"):
        return None  # of what repeats, the date says which time is meant
    month = str(row.get("when", ""))
    if len(month) == len("2026-01"):
        day = f"{month}-{random.randint(1, 28):02}"
    elif "first" in row and "last" in row:
        first, last = (date.fromisoformat(str(row[end])) for end in ("first", "last"))
        day = str(first + timedelta(days=random.randint(0, (last - first).days)))
    else:
        return None
    rest = {name: text for name, text in row.items() if name not in ("when", "first", "last")}
    return {**rest, "when": day} if day <= str(row["said"]) else None


@settings(max_examples=25, deadline=None)
@given(seed=some.integers(0, 2**32))
def test_a_narrower_date_contradicts_no_answer(seed: int) -> None:
    random = Random(seed)
    author = random.choice(written())
    found, rows = agreements(author.text), author.rows()
    try:
        wide = columns(found, statements(found, rows))
    except Unsupported:
        return  # rules that do not come to rest are refused as a whole
    for place, row in enumerate(rows):
        closer = narrowed(random, row)
        if closer is not None:
            exact = columns(found, statements(found, [*rows[:place], closer, *rows[place + 1 :]]))
            assert list(opposites(found, wide, exact))[:3] == [], (row, closer)


RULES = {
    "plain": ["state s", "from a", "from b", "until c", "until d"],
    "renews": ["state s", "from a", "from b", "until c", "until d", "renews"],
    "values": [
        *("state s one of v, w, x", "starts as v", "becomes w at a", "becomes x at b"),
        *("becomes v at c if s is w", "becomes w at d unless s is v"),
    ],
    "own clock": ["state s", "from a", "from b unless s", "until 3 days after its beginning", "until c"],
    "latest trigger": ["state s", "from a", "from b", "until 2 days after its latest trigger", "until 1 days after c if d happened"],
    "knot": [
        *("state s", "from a unless t", "until 2 days after its beginning"),
        *("state t", "from end of s", "from b", "until 3 days after its latest trigger"),
    ],
    "duty": ["duty s: RED owes BLU c", "when a", "when b", "within 2 days", "waived when d"],
    "power": ["state free", "from a", "until b", "power p: RED may c", "while free", "state s", "from p", "until d", "renews"],
    "stands in": ["state t", "from b", "until d", "state s", "from a", "from c", "provisional for t"],
    "windows": ["state s", "while a happened by b and not c happened after d", "state t", "from c if a is before b", "until d"],
    "closing": ["power p: RED may c", "while a is before b", "state s", "from beginning of (not a happened by p)", "until d"],
    "hidden": ["state s", "from a if b happened", "until c", "state t", "from beginning of s", "from end of s if d happened", "until d"],
    "between": [
        "state s",
        "from a if b happened",
        "from d",
        "until c",
        "state t",
        "from end of s",
        "state u",
        "from beginning of s",
        "until c",
    ],
}
HEAD = "party RED\nparty BLU\n" + "".join(f"event {name}\n  legal act\n" for name in "abcd")


def exactly(spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, ...]]:
    yield from product(*(range(first, last + 1) for first, last in spans))


def told(spans: Sequence[tuple[int, int]]) -> list[Row]:
    days = [(name, *span) for name, span in zip("abcd", spans, strict=True) if span[0] > 0]
    return [
        {"term": name, "first": f"2026-03-{first:02}", "last": f"2026-03-{last:02}", "said": "2026-03-31"} for name, first, last in days
    ]


SPANS = some.lists(some.tuples(some.integers(1, 7), some.integers(0, 2)).map(lambda one: (one[0], one[0] + one[1])), min_size=4, max_size=4)


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=8, deadline=None)
@given(spans=SPANS)
def test_a_definite_answer_holds_on_every_day_on_which_the_events_can_have_come(rule: str, spans: list[tuple[int, int]]) -> None:
    """Days, not instants: what is exact to the day is settled by the text's own rule for one day."""
    found = agreements(HEAD + "\n  ".join(RULES[rule]) + "\n")
    wide = columns(found, statements(found, told(spans)))
    for days in exactly(spans):
        exact = columns(found, statements(found, told([(day, day) for day in days])))
        assert list(opposites(found, wide, exact))[:3] == [], days
