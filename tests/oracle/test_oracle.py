"""The engine against the oracle: the same value at every instant at which anything can change, on all readings (DESIGN 2.11).

The run says how many pairs of constructs, one inside the other, stood in a world that both worked out: every pair that the language allows.
`AVAL_WORLDS=600 pytest tests/oracle -s` looks at more worlds and prints in how many each pair stood.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import cache

import pytest

from aval.model.problem import Unsupported
from tests.engine.support import agreements, statements
from tests.oracle.compare import differences
from tests.oracle.conftest import COVERAGE
from tests.oracle.evaluator import Unsettled
from tests.oracle.worlds import POSSIBLE, Author, worlds

ENOUGH = 72
"""worlds in which every pair stands"""
WORLDS = int(os.environ.get("AVAL_WORLDS", str(ENOUGH)))
BATCH = 12
COMPARED = "compared"


@cache
def written() -> tuple[Author, ...]:
    return tuple(worlds(WORLDS))


@cache
def outcome(seed: int) -> tuple[str, tuple[str, ...]]:
    """Give whether a world was compared, or who could not work it out, and where the two differ."""
    author = written()[seed]
    found = agreements(author.text)
    try:
        return COMPARED, tuple(str(one) for one in differences(found, statements(found, author.rows())))
    except (Unsupported, Unsettled) as refused:
        return type(refused).__name__, ()


@pytest.mark.parametrize("first", range(0, WORLDS, BATCH))
def test_the_engine_and_the_oracle_agree(first: int) -> None:
    seeds = range(WORLDS)[first : first + BATCH]
    assert {seed: outcome(seed)[1][:3] for seed in seeds if outcome(seed)[1]} == {}
    came = Counter(outcome(seed)[0] for seed in seeds)
    assert came[COMPARED] >= len(seeds) * 3 // 4, came


@pytest.mark.skipif(ENOUGH > WORLDS, reason="so few worlds do not hold every pair")
def test_every_construct_stands_in_every_place_where_it_can() -> None:
    seen = Counter(pair for seed, author in enumerate(written()) if outcome(seed)[0] == COMPARED for pair in author.used)
    if WORLDS > ENOUGH:
        print("\n".join(f"{above:18} {below:18} {seen[above, below]}" for above, below in sorted(POSSIBLE)))
    COVERAGE.append(f"{len(POSSIBLE & set(seen))} of {len(POSSIBLE)} pairs of constructs compared in {WORLDS} worlds")
    assert sorted(POSSIBLE - set(seen)) == []
    assert set(seen) <= POSSIBLE
