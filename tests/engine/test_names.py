"""Questions about names: settled before any evidence, whichever side is a variable."""

from __future__ import annotations

import pytest

from tests.engine.support import value

PARTIES = 'party FRA "France"\nparty GBR "United Kingdom"\nparty USA "United States"\ngroup all is FRA, GBR, USA\n'


@pytest.mark.parametrize(
    ("condition", "yes", "no"),
    [
        ("s is v", "FRA, FRA", "FRA, GBR"),
        ("s is not v", "FRA, GBR", "FRA, FRA"),
        ("s is one of (v, USA)", "USA, GBR", "FRA, GBR"),
        ("s is one of (FRA, GBR)", "GBR, USA", "USA, GBR"),
    ],
)
def test_a_name_is_compared_with_what_the_other_side_stands_for(condition: str, yes: str, no: str) -> None:
    body = f"{PARTIES}state asked(s: all, v: all)\n  while {condition}\n"
    assert value(body, (), f"asked({yes})", "2026-01-01") == "yes"
    assert value(body, (), f"asked({no})", "2026-01-01") == "no"
