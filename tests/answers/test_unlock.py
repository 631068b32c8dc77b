"""What it would take: each form of rule by a small agreement, with what a lawyer would say."""

from __future__ import annotations

from time import process_time

import pytest

from aval.answers.unlock.shapes import Unlock, UnlockKey
from aval.model.problem import Unsupported
from tests.answers.unlocked import asked, parties, sets_of
from tests.engine.support import Row, agreements, inquiry

PS = parties("AAA", "BBB", "CCC", "DDD")
SIGN = "event sign(p: ps)\n  accepted from p\n  legal act\n  constitutive\n"
DAY = "2026-01-15"


def ask(body: str, term: str, by: str = "2026-12-31", rows: tuple[Row, ...] = (), *, lose: bool = False) -> Unlock:
    return asked(inquiry(agreements(PS + body), rows, at=DAY), term, by, lose=lose)


def key(answer: Unlock, term: str) -> UnlockKey:
    way = answer.branches[0].ways[0]
    keys = (*way.keys, *(one for choice in way.choices for block in choice.blocks for one in block))
    return next(one for one in keys if one.term == term)


def test_delays_are_counted_back_to_the_last_day_in_time() -> None:
    answer = ask(SIGN + "state force\n  from 90 days after sign(AAA)\n", "force")
    assert sets_of(answer) == {frozenset({"sign(AAA)"})}
    assert key(answer, "sign(AAA)").latest == "2026-10-02"
    assert (answer.branches[0].beyond, answer.branches[0].failed) == ((), 0)


def test_what_would_have_had_to_come_earlier_cannot_come() -> None:
    answer = ask(SIGN + "state force\n  from 90 days after sign(AAA)\n", "force", "2026-02-01")
    assert sets_of(answer) == set()
    assert answer.branches[0].obstacles == ("sign(AAA) would have had to come earlier",)


def test_without_a_day_the_horizon_grows_with_the_delays() -> None:
    found = inquiry(agreements(PS + SIGN + "state force\n  from 2 years after sign(AAA)\n"), at=DAY)
    assert asked(found, "force").by == "2029-01-15"
    found = inquiry(agreements(PS + SIGN + "state force\n  from sign(AAA)\n"), at=DAY)
    assert (asked(found, "force").by, asked(found, "force").by_default) == ("2027-01-15", True)


def test_a_guard_comes_before_its_moment() -> None:
    answer = ask(SIGN + "state ready\n  while sign(AAA) happened\nstate force\n  from sign(BBB) if ready\n", "force")
    assert (key(answer, "sign(AAA)").latest, key(answer, "sign(BBB)").latest) == ("2026-12-30", "2026-12-31")


def test_acts_that_stand_in_for_each_other_are_counted() -> None:
    answer = ask(
        SIGN + "state force\n  while at least 3 s in ps with sign(s) happened\n", "force", rows=({"term": "sign(AAA)", **said("AAA")},)
    )
    [way] = answer.branches[0].ways
    assert (way.size, way.sets, way.run, way.keys) == (2, 3, 2, ())
    assert [(choice.number, [block[0].term for block in choice.blocks]) for choice in way.choices] == [
        (2, ["sign(BBB)", "sign(CCC)", "sign(DDD)"])
    ]


def said(party: str, **more: str) -> dict[str, str]:
    return {"voice": party, "speaks_for": party, "when": "2026-01-10", **more}


def test_weights_are_exact() -> None:
    weights = tuple(
        {"says": "amount", "term": f"w({code})", "low": low, "high": low, "unit": "percent", "said": "2025-01-01"}
        for code, low in (("AAA", "54.9"), ("BBB", "0.1"), ("CCC", "0.2"), ("DDD", "44.8"))
    )
    body = SIGN + 'quantity w(p: ps) "w" in percent\nstate force\n  while at least 55 percent of w held by s in ps with sign(s) happened\n'
    answer = ask(body, "force", rows=weights)
    assert sets_of(answer) == {
        frozenset(one) for one in (("sign(AAA)", "sign(BBB)"), ("sign(AAA)", "sign(CCC)"), ("sign(AAA)", "sign(DDD)"))
    }
    assert answer.branches[0].beyond == ("ratios",)
    needs = answer.branches[0].needs
    assert needs is not None
    assert (needs.op, needs.number, needs.weights) == ("weight", "55", ("54.9", "0.1", "0.2", "44.8"))


def test_a_body_decides_by_the_votes_of_its_members() -> None:
    council = "body council\n  seats ps\n  decides by at least 3 of 4 votes\n  may find extension\n"
    body = f"event extension\n  accepted from a finding of council\n{council}"
    answer = ask(body, "extension")
    [way] = answer.branches[0].ways
    assert (way.size, way.sets) == (3, 4)
    assert {block[0].holders for block in way.choices[0].blocks} == {("AAA",), ("BBB",), ("CCC",), ("DDD",)}


def test_a_body_that_is_not_said_to_vote_holds_the_key_itself() -> None:
    body = "event breach\n  accepted from a finding of court\nbody court\n  may find breach\n"
    answer = ask(body, "breach")
    assert (key(answer, "breach").sort, key(answer, "breach").holders) == ("finds", ("court",))


def test_who_holds_a_key_and_whose_word_counts() -> None:
    body = (
        "body registrar\nevent deposit(p: ps)\n  accepted from registrar\n"
        "event truce\n  accepted from at least 2 independent sources of grade high\n"
        "state force\n  while deposit(AAA) happened and truce happened\n"
    )
    answer = ask(body, "force")
    assert (key(answer, "deposit(AAA)").holders, key(answer, "deposit(AAA)").told_by) == (("AAA",), "registrar")
    assert (key(answer, "truce").holders, key(answer, "truce").told_by) == ((), "2 independent sources of grade high")


def test_a_refusal_blocks_and_a_low_grade_one_decides_nothing() -> None:
    body = SIGN + "state force\n  while sign(AAA) happened or sign(BBB) happened\n"
    no: dict[str, str] = {"says": "position", "stance": "refuses", "said": "2026-01-12"}
    rows = (
        {"term": "sign(AAA)", "voice": "AAA", "speaks_for": "AAA", **no},
        {"term": "sign(BBB)", "voice": "BBB", "speaks_for": "BBB", **no, "grade": "low"},
    )
    first, second = ask(body, "force", rows=rows).branches[0].ways
    assert [(way.blocked, [(one.term, one.refused) for one in way.keys]) for way in (first, second)] == [
        (False, [("sign(BBB)", False)]),
        (True, [("sign(AAA)", True)]),
    ]
    assert (first.keys[0].said, first.keys[0].low is not None) == (None, True)
    assert second.keys[0].said is not None


def test_a_word_after_the_refusal_takes_it_back() -> None:
    body = SIGN + "state force\n  while sign(AAA) happened\n"
    words = tuple(
        {"says": "position", "term": "sign(AAA)", "voice": "AAA", "speaks_for": "AAA", "stance": stance, "said": day}
        for stance, day in (("refuses", "2026-01-10"), ("supports", "2026-01-12"))
    )
    assert not ask(body, "force", rows=words).branches[0].ways[0].blocked


def test_what_has_come_and_cannot_come_again_is_an_obstacle() -> None:
    body = (
        SIGN + "event leave(p: ps)\n  accepted from p\n  legal act\n  constitutive\nstate bound(p: ps)\n  from  sign(p)\n  until leave(p)\n"
    )
    rows = ({"term": "sign(AAA)", **said("AAA")}, {"term": "leave(AAA)", **said("AAA", when="2026-01-12")})
    answer = ask(body, "bound(AAA)", rows=rows)
    assert sets_of(answer) == set()
    assert answer.branches[0].obstacles == ("it has come already, and can come only once: sign(AAA)",)
    assert answer.branches[0].beyond == ("until",)


def test_lose_is_what_would_end_it() -> None:
    body = (
        SIGN + "event leave(p: ps)\n  accepted from p\n  legal act\n  constitutive\nstate bound(p: ps)\n  from  sign(p)\n  until leave(p)\n"
    )
    answer = ask(body, "bound(AAA)", rows=({"term": "sign(AAA)", **said("AAA")},), lose=True)
    assert (answer.value, sets_of(answer)) == ("yes", {frozenset({"leave(AAA)"})})


def test_nothing_is_missing_where_it_is_so_already() -> None:
    answer = ask(SIGN + "state force\n  while sign(AAA) happened\n", "force", rows=({"term": "sign(AAA)", **said("AAA")},))
    assert (answer.value, answer.branches[0].value, answer.branches[0].ways) == ("yes", "yes", ())


def test_a_path_that_nobody_called_whole_is_never_at_its_end() -> None:
    path = "process path(p: ps)\n  step step_one(p)\n  accepted from p\n"
    answer = ask(path + "  complete for BBB\n", "path(BBB)")
    assert sets_of(answer) == {frozenset({"step_one(BBB)"})}
    answer = ask(path + "  complete for BBB\n", "path(AAA)")
    assert answer.branches[0].obstacles == ("nobody has said that path(AAA) has no further step",)


def test_readings_branch_it() -> None:
    body = SIGN + (
        'question q "Whose?"\n  reading mine "A"\n  reading yours "B"\n'
        "state force\n  while sign(CCC) happened\n  on reading mine while sign(AAA) happened\n  on reading yours while sign(BBB) happened\n"
    )
    answer = ask(body, "force")
    assert sets_of(answer, "q=mine") == {frozenset({"sign(CCC)", "sign(AAA)"})}
    assert sets_of(answer, "q=yours") == {frozenset({"sign(CCC)", "sign(BBB)"})}
    assert sets_of(answer) == {frozenset({"sign(CCC)", "sign(AAA)", "sign(BBB)"})}
    assert [branch.every for branch in answer.branches] == [True, False, False]


def test_a_moment_and_a_duty_can_be_asked_for() -> None:
    body = SIGN + "event pay\nmoment start is 10 days after 2nd sign(any)\nduty owe: AAA owes BBB pay\n  when start\n"
    assert len(sets_of(ask(body, "start"))) == 6
    assert len(sets_of(ask(body, "owe"))) == 6


def test_parties_that_need_each_other_have_no_first_mover() -> None:
    body = SIGN + "state bound(p: ps)\n  while sign(p) happened\n  while every q in ps has (q is p or bound(q))\n"
    answer = ask(body, "bound(AAA)")
    assert (sets_of(answer), answer.branches[0].needs is not None) == (set(), True)


def test_a_search_that_explodes_is_refused_by_counted_steps() -> None:
    codes = [f"P{number:02}" for number in range(30)]
    body = parties(*codes) + (
        "event sign(p: ps)\n  accepted from p\nevent ratify(p: ps)\n  accepted from p\n"
        "state bound(p: ps)\n  while sign(p) happened\n  while ratify(p) happened or at least 5 q in ps with bound(q)\n"
        "state ready\n  while at least 20 q in ps with bound(q)\n"
    )
    with pytest.raises(Unsupported) as caught:
        asked(inquiry(agreements(body), at=DAY), "ready", "2026-12-31")
    [problem] = caught.value.problems
    assert problem.code.code == "AV501"
    assert "among 60 acts" in problem.message
    assert problem.message.endswith("since 30 terms need each other")


def test_two_hundred_parties_with_nested_thresholds_and_weights_take_less_than_two_seconds() -> None:
    codes = [f"P{number:03}" for number in range(200)]
    regions = [codes[start : start + 20] for start in range(0, 200, 20)]
    weights = [1 + number * 37 % 100 for number in range(200)]
    body = (
        parties(*codes)
        + SIGN
        + "".join(f'group g{place} "g{place}" is {", ".join(region)}\n' for place, region in enumerate(regions))
        + "".join(f"state half{place}\n  while at least {7 + place} s in g{place} with sign(s) happened\n" for place in range(10))
        + "state regional\n  while "
        + " or ".join(f"(half{place} and half{(place + 1) % 10} and half{(place + 3) % 10})" for place in range(10))
        + '\nquantity w(p: ps) "w" in votes\n'
        "state heavy\n  while at least 55 percent of w held by s in ps with sign(s) happened\n"
        "state force\n  while regional and heavy and (at least 40 s in ps with sign(s) happened)\n"
    )
    rows = [
        {"says": "amount", "term": f"w({code})", "low": str(weight), "high": str(weight), "unit": "votes", "said": "2025-01-01"}
        for code, weight in zip(codes, weights, strict=True)
    ]
    found = inquiry(agreements(body), rows, at=DAY)
    began = process_time()
    answer = asked(found, "force", "2026-12-31", ways=1)
    assert process_time() - began < 2
    [way] = answer.branches[0].ways
    least = next(number for number in range(200) if 100 * sum(sorted(weights, reverse=True)[:number]) >= 55 * sum(weights))
    assert way.size >= least
    signed = {key.term.removeprefix("sign(").removesuffix(")") for key in way.keys}
    assert 100 * sum(weight for code, weight in zip(codes, weights, strict=True) if code in signed) >= 55 * sum(weights)


def test_others_whom_nobody_named_hold_no_key() -> None:
    body = "group many is AAA and others not named\nevent join(p: many)\nstate force\n  while at least 2 s in many with join(s) happened\n"
    answer = ask(body, "force")
    assert answer.branches[0].obstacles == ("too few of many are named: others would have to act, and nobody has said who they are",)
