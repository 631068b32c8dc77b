"""What the language has and the engine does not run yet is refused with its place, never passed over."""

from __future__ import annotations

import pytest

from aval.engine.codes import NOT_RUN_YET
from aval.model.problem import Unsupported
from tests.engine.support import line

PARTIES = 'party FRA "France"\nparty GBR "United Kingdom"\ngroup members is FRA, GBR\nevent joined(s: members)\nstate calm\n'
STATES = {"an incident": 'incident hit "a hit"\n  seen in reports of kind "shelling"\nstate asked\n  from hit'}


@pytest.mark.parametrize("body", STATES.values(), ids=STATES)
def test_a_state_that_rests_on_it_is_refused_with_the_place(body: str) -> None:
    with pytest.raises(Unsupported) as refused:
        line(PARTIES + body, (), "asked", at="2026-06-01")
    (problem,) = refused.value.problems
    assert problem.code is NOT_RUN_YET
    assert problem.span.line > 0


def test_what_is_for_some_parties_alone_is_run() -> None:
    body = PARTIES + "state asked(s: members)\n  while joined(s) happened or not joined(s) happened\n  only for FRA while calm"
    told = [{"says": "holds", "term": "calm", "polarity": "no", "first": "2026-01-01", "last": "2026-12-31", "said": "2026-01-01"}] + [
        {"term": f"joined({party})", "when": "2026-01-02"} for party in ("FRA", "GBR")
    ]
    assert line(body, told, "asked(FRA)", at="2026-06-01").value == "no"
    assert line(body, told, "asked(GBR)", at="2026-06-01").value == "yes"
