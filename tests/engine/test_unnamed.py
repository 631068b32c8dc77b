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


CLUB = """party A
party B
group m is {members}others not named
body UN
event objection(s: m)
  accepted from UN
  legal act
  {kind}
quantity tonnage(s: m) in tons
state third
  while at least 1/3 of s in m with objection(s) happened
state anybody
  while some s in m with objection(s) happened
state two
  while at least 2 s in m with objection(s) happened
state silent
  while every s in m has not objection(s) happened
state heavy
  while at least 50 percent of tonnage held by s in m with objection(s) happened
state any_at_all
  while objection(any) happened
state one_of_them
  while objection(some s) happened and not objection(s) happened
state by_rule(s: m)
  from objection(s)
state ruled
  while some s in m with by_rule(s)
state in_time
  from 2026-03-01 if not third
"""
NONE = ("third", "anybody", "two", "heavy", "any_at_all", "one_of_them", "ruled")
OBJECTION: Row = {"term": "objection(A)", "when": "2026-01-10", "said": "2026-01-10", "speaks_for": "UN"}


@pytest.mark.parametrize("members", ["", "A and "])
@pytest.mark.parametrize("kind", ["constitutive", "complete until 2026-05-01"])
def test_whoever_they_are_none_of_them_is_on_the_record(members: str, kind: str) -> None:
    body = CLUB.format(members=members, kind=kind)
    assert [value(body, [], term, "2026-02-01") for term in NONE] == ["no"] * len(NONE)
    assert value(body, [], "silent", "2026-02-01") == "yes"
    assert value(body, [], "in_time", "2026-03-01") == "yes"


def test_past_the_day_up_to_which_all_is_on_record_nobody_knows() -> None:
    body = CLUB.format(members="", kind="complete until 2026-05-01")
    told = [value(body, [], term, "2026-05-02") for term in NONE]
    assert told == ["open"] * (len(NONE) - 1) + ["no"]  # what nobody told begins no state


def test_where_the_record_is_not_whole_the_unnamed_may_have_done_it() -> None:
    body = CLUB.format(members="", kind="")
    assert [value(body, [], term, "2026-02-01") for term in NONE if term != "ruled"] == ["open"] * (len(NONE) - 1)


def test_one_who_did_is_some_and_how_large_a_part_hangs_on_how_many_there_are() -> None:
    body = CLUB.format(members="A and ", kind="constitutive")
    found = {term: value(body, [OBJECTION], term, "2026-02-01") for term in (*NONE, "silent")}
    assert found == {
        "third": "open",
        "anybody": "yes",
        "two": "no",
        "heavy": "open",
        "any_at_all": "yes",
        "one_of_them": "no",
        "ruled": "yes",
        "silent": "no",
    }
