"""The engine against the oracle: the same value at every instant at which anything can change, on all readings (DESIGN 2.11).

`AVAL_WORLDS=600 pytest tests/oracle -s` looks at more worlds and prints which constructs stood in which.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.engine.support import agreements, statements
from tests.oracle.compare import differences
from tests.oracle.worlds import Author

WORLDS = int(os.environ.get("AVAL_WORLDS", "36"))
BATCH = 12
ONCE_WRONG = (1042, 1044, 1062, 1064, 1233, 1239)
SEEN: Counter[tuple[str, str]] = Counter()


def compare(seed: int) -> None:
    author = Author(seed)
    found = agreements(author.text)
    SEEN.update(author.used)
    assert [str(one) for one in differences(found, statements(found, author.rows()))][:3] == [], seed


@pytest.mark.parametrize("first", range(0, WORLDS, BATCH))
def test_the_engine_and_the_oracle_agree(first: int) -> None:
    for seed in range(first, first + BATCH):
        compare(seed)


@pytest.mark.parametrize("seed", ONCE_WRONG)
def test_worlds_on_which_they_once_differed(seed: int) -> None:
    compare(seed)


def test_the_worlds_put_enough_into_each_other() -> None:
    print("\n".join(f"{above:18} {below:18} {number}" for (above, below), number in sorted(SEEN.items())))
    assert len(SEEN) > WORLDS
