"""Those of a group whom nobody named: who may be one of them, and what is known of them all the same (semantics 2.3, 2.5)."""

from __future__ import annotations

import pytest

from tests.engine.support import Row, inquiry, value

OPEN = """party CAN
party FIN
party SWE
body UN
group joining is CAN and others not named
event deposit(s: joining)
  accepted from UN
  legal act
  constitutive
moment start is 1st deposit(any)
state bound(s: joining)
  from deposit(s)
state in_force
  from start
"""


def deposit(party: str, voice: str = "UN") -> Row:
    return {"term": f"deposit({party})", "when": "2026-01-10", "said": "2026-01-10", "speaks_for": voice}


def test_a_party_that_a_statement_which_counts_puts_in_the_place_of_a_member_may_be_one() -> None:
    assert value(OPEN, [deposit("FIN")], "deposit(FIN)", "2026-01-12") == "yes"
    assert value(OPEN, [deposit("FIN")], "in_force", "2026-01-12") == "yes"
    assert value(OPEN, [deposit("FIN")], "bound(FIN)", "2026-01-12") == "open"
    member: Row = {"says": "member", "term": "joining(FIN)", "said": "2026-01-01"}
    assert value(OPEN, [deposit("FIN"), member], "bound(FIN)", "2026-01-12") == "yes"


def test_what_does_not_count_makes_nobody_a_candidate() -> None:
    world = inquiry(OPEN, [deposit("FIN", "SWE")], at="2026-01-12").world
    assert world.axis("s", "joining").values == ("CAN",)
    assert value(OPEN, [deposit("FIN", "SWE")], "in_force", "2026-01-12") == "no"
