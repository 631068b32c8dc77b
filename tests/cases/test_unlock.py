"""What it would take in the cases, as a lawyer would expect it."""

from __future__ import annotations

import re
from math import comb
from pathlib import Path

import aval
from aval.answers.unlock.shapes import Branch, Unlock, UnlockKey

CASES = Path(__file__).parents[2] / "cases"
SWEDENS = {"offer(SWE, air)", "steps_completed(SWE)", "coalition(SWE)"}
WORD = ("backstop=with_backstop", "backing=backing_by_word")
COMMON = {"peace_enters_into_force", "clear_rules", "us_guarantee_specified", "request", "credible_cessation"}


def unlock(case: str, term: str, known: str, **more: str) -> Unlock:
    return aval.open(CASES / case).unlock(term, known=known, **more).answer  # type: ignore[arg-type]  # the coordinates are texts


def branch_on(answer: Unlock, *readings: str) -> Branch:
    """Give the one branch on these readings."""
    [branch] = [one for one in answer.branches if any(set(readings) <= set(way.split(", ")) for way in one.reading.split(" or "))]
    return branch


def on(answer: Unlock, *readings: str) -> dict[str, UnlockKey]:
    """Give the keys of the one way on these readings, by term."""
    branch = branch_on(answer, *readings)
    [way] = branch.ways
    assert (way.choices, way.run) == ((), 1)
    return {key.term: key for key in way.keys}


def test_france_needs_three_acts_or_four_and_no_one_is_named_who_decides_on_a_ceasefire() -> None:
    answer = unlock("paris", "in_force(FRA)", "2026-03-01")
    three = {"committed(FRA)", "steps_completed(FRA)", "ceasefire_begins"}
    assert on(answer, "backstop=without_backstop").keys() == three
    keys = on(answer, "backstop=with_backstop")
    assert keys.keys() == three | {"us_backstop"}
    assert [keys[term].holders for term in sorted(keys)] == [(), ("FRA",), ("FRA",), ("USA",)]
    assert keys["ceasefire_begins"].gaps == ("who_certifies",)
    assert not any(key.refused for key in keys.values())


def test_sweden_in_the_air_asks_for_its_own_conditions_and_the_common_ones_alone() -> None:
    answer = unlock("paris", "deployed(SWE, air)", "2026-03-01")
    peace, ceasefire = "force_trigger=force_after_peace", "force_trigger=force_after_ceasefire"
    assert on(answer, peace, "backstop=without_backstop").keys() == SWEDENS | COMMON
    assert on(answer, ceasefire, "backstop=without_backstop").keys() == SWEDENS | COMMON | {"ceasefire_begins"}
    assert on(answer, ceasefire, *WORD).keys() == SWEDENS | COMMON | {"ceasefire_begins", "us_backstop"}
    said = on(answer, peace, *WORD)["offer(SWE, air)"].said
    assert said is not None
    assert (said.speaks_for, said.grade, said.summary.rpartition(" ")[2]) == ("SWE", "high", "announced")


def test_who_waits_for_help_that_waits_for_a_force_is_told_that_nobody_moves_first() -> None:
    answer = unlock("paris", "deploy(SWE)", "2026-03-01")
    branch = branch_on(answer, "force_trigger=force_after_peace", "backstop=with_backstop", "backing=backing_for_force")
    assert branch.ways == ()
    assert branch.obstacles == ("nobody moves first, since each waits for the next: deploy(SWE); deployment_backed; and again the first",)
    assert on(answer, "force_trigger=force_after_peace", *WORD).keys() > {"us_backstop"}


def test_every_contributor_is_asked_for_its_own_conditions_and_nobody_elses() -> None:
    case = aval.open(CASES / "paris")
    for code in ("DEU", "NOR", "BEL", "EST", "AUS"):
        answer = case.unlock(f"deployed({code}, land)", known="2026-03-01").answer
        own = [key.term for branch in answer.branches for way in branch.ways for key in way.keys]
        others = [term for term in own for name in re.findall(r"\b[A-Z]{3}\b", term) if name != code]
        assert own
        assert others == []


def test_who_has_refused_is_named_with_the_word_to_be_taken_back() -> None:
    answer = unlock("paris", "deployed(POL, land)", "2026-03-01")
    assert all(way.blocked for branch in answer.branches for way in branch.ways)
    key = on(answer, "force_trigger=force_after_peace", *WORD)["offer(POL, land)"]
    assert (key.refused, key.said is not None and key.said.anchor) == (True, "tusk-notesfrompoland-2026-01-06")


def test_nine_months_before_its_sixtieth_deposit_the_rome_statute_lacked_any_of_those_left() -> None:
    answer = unlock("rome", "in_force", "2001-06-01", by="2002-06-01")
    [way] = answer.branches[0].ways
    [choice] = way.choices
    assert (way.size, way.keys, way.run, answer.branches[0].beyond) == (choice.number, (), 2, ())
    assert way.sets == comb(len(choice.blocks), choice.number)
    assert {key.latest for block in choice.blocks for key in block} == {"2002-04-01"}


def test_the_test_ban_waits_for_eight_and_on_the_other_reading_for_an_act_that_cannot_come_again() -> None:
    answer = unlock("ctbt", "in_force", "2026-03-01")
    keys = on(answer, "taken_back=given_once")
    assert {key.holders[0] for key in keys.values()} == {"CHN", "EGY", "IND", "IRN", "ISR", "PAK", "PRK", "USA"}
    [other] = [one for one in answer.branches if one.reading == "taken_back=stands_together"]
    assert (other.ways, other.obstacles) == ((), ("it has come already, and can come only once: deposit(RUS)",))


def test_any_participant_could_have_brought_the_resolutions_back() -> None:
    answer = unlock("unscr2231-snapback", "sanctions", "2025-08-01", by="2025-10-01")
    [branch] = [one for one in answer.branches if one.reading == "validity=valid"]
    [way] = branch.ways
    assert way.choices[0].number == 1
    assert {block[0].holders[0] for block in way.choices[0].blocks} == {"CHN", "DEU", "FRA", "GBR", "IRN", "RUS"}
    assert {key.latest for block in way.choices[0].blocks for key in block} == {"2025-08-31"}
    assert [one.ways for one in answer.branches if one.reading == "validity=void_from_the_start"] == [()]


def test_the_paris_agreement_counts_and_weighs_the_same_deposits() -> None:
    answer = unlock("paris-agreement", "in_force", "2016-06-01", by="2016-12-31")
    assert {way.size for way in answer.branches[0].ways} == {38}
    assert answer.branches[0].more
    needs = answer.branches[0].needs
    assert needs is not None
    assert {part.op for part in needs.parts} >= {"count", "weight"}
