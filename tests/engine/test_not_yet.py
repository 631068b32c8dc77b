"""What the language has and the engine does not run yet is refused with its place, never passed over."""

from __future__ import annotations

import pytest

from aval.engine.codes import NOT_RUN_YET
from aval.model.problem import Unsupported
from tests.engine.support import line

PARTIES = 'party FRA "France"\nparty GBR "United Kingdom"\ngroup members is FRA, GBR\nevent joined(s: members)\nstate calm\n'
STATES = {
    "a share": "state asked\n  while at least 1/2 of s in members with joined(s) happened",
    "a rate": "state asked\n  while at least 2 times joined(any) within 30 days",
    "numbers": "quantity price\nstate asked\n  while price is at least 10",
    "a phase": "duty pay: FRA owes GBR joined(FRA)\nstate asked\n  while pay is overdue",
    "its beginning": "state asked\n  from joined(FRA)\n  until 3 days after its beginning",
    "an argument that binds": "state asked\n  from joined(some s)",
    "a power as a moment": "power join(s: members): s may joined(s)\nstate asked\n  from join(FRA)",
    "several values": "state asked one of first, second\n  becomes second at joined(FRA)",
    "renewal": "state asked\n  from joined(FRA)\n  renews",
    "a moment that moves": "moment due is joined(FRA)\n  becomes joined(GBR) at joined(GBR)\nstate asked\n  from due",
    "an event that repeats": "event hit\n  repeats\nstate asked\n  from hit",
    "a closed record": "event hit\n  complete until 2026-01-01\nstate asked\n  while hit happened",
    "a table": 'group listed is table "tables/l.csv"\nstate asked\n  while some s in listed with calm2(s)\nstate calm2(s: listed)',
    "who is not counted": "organisation EUE\n  not counted\nstate asked\n  while at least 2 s in members with joined(s) happened",
}


@pytest.mark.parametrize("body", STATES.values(), ids=STATES)
def test_a_state_that_rests_on_it_is_refused_with_the_place(body: str) -> None:
    with pytest.raises(Unsupported) as refused:
        line(PARTIES + body, (), "asked", at="2026-06-01")
    (problem,) = refused.value.problems
    assert problem.code is NOT_RUN_YET
    assert problem.span.line > 0


@pytest.mark.parametrize("clause", ["except calm", "paused while calm", "suspended while calm", "waived when joined(GBR)"])
def test_a_duty_with_a_clause_that_is_not_run_is_refused(clause: str) -> None:
    with pytest.raises(Unsupported):
        line(f"{PARTIES}duty asked: FRA owes GBR joined(FRA)\n  {clause}", (), "asked", at="2026-06-01")


def test_what_is_for_some_parties_alone_is_run() -> None:
    body = (
        PARTIES
        + "state asked(s: members)\n  starts as yes\n  while joined(s) happened or not joined(s) happened\n  only for FRA while calm"
    )
    told = [{"says": "holds", "term": "calm", "polarity": "no", "first": "2026-01-01", "last": "2026-12-31", "said": "2026-01-01"}] + [
        {"term": f"joined({party})", "when": "2026-01-02"} for party in ("FRA", "GBR")
    ]
    assert line(body, told, "asked(FRA)", at="2026-06-01").value == "no"
    assert line(body, told, "asked(GBR)", at="2026-06-01").value == "yes"
