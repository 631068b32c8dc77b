"""Deadlocks: who waits for whom, on which readings, and the move that frees all of them at once."""

from __future__ import annotations

from aval.answers.deadlock import deadlocks
from tests.answers.unlocked import parties
from tests.engine.support import agreements

PS = parties("AAA", "BBB", "CCC")
SIGNED = "event signed(p: ps)\n  accepted from p\n  legal act\n"


def test_nobody_may_sign_first_and_all_may_sign_together() -> None:
    power = "power sign(p: ps): p may signed(p)\n  while every q in ps has (q is p or signed(q) happened)\n"
    body = SIGNED + power + "state bound(p: ps)\n  from sign(p)\n"
    [found] = deadlocks(agreements(PS + body))
    assert found.joint is not None
    assert {str(act.term) for act in found.joint} == {"signed(AAA)", "signed(BBB)", "signed(CCC)"}
    assert (set(found.parties), found.before) == ({"AAA", "BBB", "CCC"}, ())
    assert len(found.cycle) == len(found.clauses) == 4


def test_the_smallest_joint_move_is_smaller_than_the_knot() -> None:
    body = SIGNED + "power sign(p: ps): p may signed(p)\n  while at least 1 q in ps with (signed(q) happened and (not q is p))\n"
    [found] = deadlocks(agreements(PS + body))
    assert (len(found.terms), found.joint is not None, len(found.joint or ())) == (6, True, 2)


def test_states_that_hold_each_other_up_are_freed_by_no_move() -> None:
    body = SIGNED + "state bound(p: ps)\n  while signed(p) happened and every q in ps has (q is p or bound(q))\n"
    [found] = deadlocks(agreements(PS + body))
    assert (found.joint, len(found.terms)) == (None, 3)


def test_offers_that_wait_for_each_other() -> None:
    body = (
        'group domains "domains" is land\nevent asked\n'
        'contribution offer(AAA, land) "x"\n  subject to offer(BBB, land) is at least committed\n  subject to asked happened\n'
        'contribution offer(BBB, land) "x"\n  subject to offer(AAA, land) is at least committed\n'
        'contribution offer(CCC, land) "x"\n  subject to offer(AAA, land) is at least committed\n'
    )
    [found] = deadlocks(agreements(PS + body))
    assert {str(term) for term in found.terms} == {"offer(AAA, land)", "offer(BBB, land)"}
    assert set(found.parties) == {"AAA", "BBB"}
    assert [str(act.term) for act in found.before] == ["asked"]


def test_a_deadlock_names_the_readings_under_which_it_exists() -> None:
    body = (
        'question q "Q?"\n  reading waits "A"\n  reading free "B"\nevent go\nstate peace\n  from go if force\n'
        "state force\n  on reading waits from go if peace\n  on reading free from go\n"
    )
    [found] = deadlocks(agreements(PS + body))
    assert found.readings == ((("q", "waits"),),)


def test_a_way_round_the_cycle_is_no_deadlock() -> None:
    body = (
        SIGNED
        + "event early\nstate bound(p: ps)\n  while signed(p) happened\n  while early happened or every q in ps has (q is p or bound(q))\n"
    )
    assert deadlocks(agreements(PS + body)) == ()
