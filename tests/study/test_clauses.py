"""Each way in which a clause can grow weaker, and back: the other way round it is stronger. What is not sure is called changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from aval.study.shapes import Effect, Verdict
from tests.study.drafts import PACT, compared, edited, only

WEAKER = {
    "a duty became a menu": ("help", "g owes UKR helped(g)", "g owes UKR one or more of (helped(g), paid(g))"),
    "discretion came": (
        "help",
        "g owes UKR helped(g)\n  when",
        "g owes UKR one or more of (helped(g), paid(g)) as g deems necessary\n  when",
    ),
    "will became may": (
        "pay",
        'duty pay(g: guarantors) "g is to pay": g owes UKR paid(g)\n  while in_force(g)\n  no later than 2027-01-01\n  amounting to 100',
        'power pay(g: guarantors) "g is to pay": g may paid(g)\n  while in_force(g)',
    ),
    "a condition more": ("help", "  while in_force(g)\n  within", "  while in_force(g)\n  while calm\n  within"),
    "a condition joined": ("help", "  while in_force(g)\n  within", "  while in_force(g) and calm\n  within"),
    "an alternative less": ("in_force", "(calm or asked happened)", "calm"),
    "all instead of one": ("in_force", "(calm or asked happened)", "calm and asked happened"),
    "a trigger narrowed": ("help", "when attack(g)", "when attack(g) if major"),
    "a trigger with an exception": ("help", "when attack(g)", "when attack(g) unless calm"),
    "a trigger on one reading": (
        "help",
        "  when attack(g)",
        "  on reading any_attack   when attack(g)\n  on reading major_attack when attack(g) if major",
    ),
    "the time became longer": ("help", "within 48 hours", "within 72 hours"),
    "the time became longer in other units": ("help", "within 48 hours", "within 10 days"),
    "the deadline went": ("help", "  within 48 hours\n", ""),
    "the last day became later": ("pay", "no later than 2027-01-01", "no later than 2027-06-01"),
    "the amount became less": ("pay", "amounting to 100", "amounting to 50"),
    "an end came": ("help", "  within 48 hours", "  until ended\n  within 48 hours"),
    "an exception came": ("help", "  within 48 hours", "  except calm\n  within 48 hours"),
    "a suspension came": ("help", "  within 48 hours", "  suspended while calm\n  within 48 hours"),
    "a waiver came": ("help", "  within 48 hours", "  waived when asked\n  within 48 hours"),
    "it binds in one way less": (
        "help",
        "  within 48 hours\n  binding politically and legally",
        "  within 48 hours\n  binding politically",
    ),
    "nobody finds its breach": ("help", "  breach found by commission\n", ""),
    "it is for fewer": ("leave", "power leave(g: guarantors)", "power leave(g: few)"),
    "less is forbidden": ("no_attack", "g must not attack(g)\n  from breach", "g must not attack(g)\n  from breach\n  from asked if calm"),
    "acceptance became harder: more sources": (
        "attack",
        "at least 1 independent source of grade medium",
        "at least 2 independent sources of grade medium",
    ),
    "acceptance became harder: better sources": (
        "attack",
        "at least 1 independent source of grade medium",
        "at least 1 independent source of grade high",
    ),
    "acceptance became harder: a way less": (
        "attack",
        "at least 1 independent source of grade medium",
        "at least 1 independent source of grade medium or a finding of commission",
    ),
    "the firmness became lower": ("committed", "at least agreed", "at least ready"),
    "a threshold became higher": ("enough", "at least 1 g in guarantors", "at least 2 g in guarantors"),
    "every instead of some": (
        "enough",
        "at least 1 g in guarantors with committed(g) happened",
        "at least 1 g in guarantors with (committed(g) happened and calm)",
    ),
    "a number became higher": ("strong", "at least 1000", "at least 5000"),
    "a party left the agreement": ("pact", "parties FRA, GBR, UKR", "parties FRA, UKR"),
    "a party left a group": ("guarantors", "is FRA, GBR", "is FRA"),
    "it begins later": ("in_force", "30 days after breach", "90 days after breach"),
    "a way to begin less": ("over", "from ended", "from ended\n  from asked"),
    "more votes are needed": ("commission", "at least 2 of 3 votes", "at least 3 of 3 votes"),
    "a veto came": ("commission", "at least 2 of 3 votes", "at least 2 of 3 votes without veto of few"),
    "a quorum came": ("commission", "at least 2 of 3 votes", "at least 2 of 3 votes with quorum of 2"),
    "the body may find less": ("commission", "may find attack(any), breach", "may find breach"),
}
BACKWARDS = {"a way to begin less", "less is forbidden", "acceptance became harder: a way less"}
"""written the other way round, since the pact has only one"""


@pytest.mark.parametrize("case", WEAKER)
def test_weaker_is_told_and_the_other_way_round_stronger(case: str, tmp_path: Path) -> None:
    name, old, new = WEAKER[case]
    texts = (PACT, edited(old, new))
    weak, strong = (texts[::-1], texts) if case in BACKWARDS else (texts, texts[::-1])
    one, other = (only(compared(tmp_path, *pair).comparison) for pair in (weak, strong))
    assert (one.name, one.verdict) == (name, Verdict.WEAKENED), one.points
    assert (other.name, other.verdict) == (name, Verdict.STRENGTHENED), other.points
    assert {point.effect for point in one.points} == {Effect.WEAKER}
    assert sorted((p.clause, p.before, p.after) for p in one.points) == sorted((p.clause, p.after, p.before) for p in other.points)


UNSURE = {
    "accepted from others": ("attack", "at least 1 independent source of grade medium", "a finding of commission"),
    "another condition": ("help", "  while in_force(g)\n  within", "  while calm\n  within"),
    "another trigger": ("help", "when attack(g)", "when asked"),
    "another deed": ("help", "g owes UKR helped(g)", "g owes UKR paid(g)"),
    "another threshold of another thing": ("strong", "strength is at least 1000", "strength is at most 1000"),
    "a month and thirty days": ("help", "within 48 hours", "within 2 days"),
    "another time and another guard": ("over", "from ended", "from 30 days after ended if calm"),
    "another kind": ("calm", 'state calm "it is calm"', 'event calm_ "it is calm"\nstate calm "it is calm"\n  while calm_ happened'),
    "a gap": ("help", "  within 48 hours", "  within 48 hours\n  not said who_pays"),
}


@pytest.mark.parametrize("case", UNSURE)
def test_what_is_not_sure_is_called_changed(case: str, tmp_path: Path) -> None:
    name, old, new = UNSURE[case]
    found = {one.name: one for one in compared(tmp_path, PACT, edited(old, new)).comparison.differences}
    assert found[name].verdict is Verdict.CHANGED, found[name].points


def test_weaker_here_and_stronger_there_is_told_as_both(tmp_path: Path) -> None:
    text = edited("within 48 hours", "within 72 hours", edited("when attack(g)", "when attack(g)\n  when asked"))
    assert only(compared(tmp_path, PACT, text).comparison).verdict is Verdict.BOTH


def test_what_was_added_or_removed_is_told(tmp_path: Path) -> None:
    text = PACT.replace("```aval\nagreement", "```aval\nagreement").replace(
        "power leave", 'duty train(g: guarantors) "g is to train": g owes UKR helped(g)\npower leave'
    )
    one, other = (only(compared(tmp_path, *pair).comparison) for pair in ((PACT, text), (text, PACT)))
    assert (one.name, one.verdict, one.before_at) == ("train", Verdict.ADDED, "")
    assert (other.name, other.verdict, other.after_at) == ("train", Verdict.REMOVED, "")


def test_on_which_readings_a_clause_moved_is_told(tmp_path: Path) -> None:
    text = edited("  when attack(g)", "  on reading any_attack   when attack(g)\n  on reading major_attack when attack(g) if major")
    found = only(compared(tmp_path, PACT, text).comparison)
    assert [(point.what, point.readings) for point in found.points] == [("narrower: in fewer cases", "size=major_attack")]


def test_what_rests_on_a_change_is_named(tmp_path: Path) -> None:
    assert only(compared(tmp_path, PACT, edited("(calm or asked happened)", "calm")).comparison).reaches == ("help", "pay")


def test_words_and_sources_alone_are_wording(tmp_path: Path) -> None:
    text = edited('"g is to help"', '"g is to come to help"')
    found = compared(tmp_path, PACT, text).comparison
    assert only(found).verdict is Verdict.WORDING
    assert not found.differs
    text = edited("  within 48 hours", '  within 48 hours\n  source "treaty#P3" "shall help"')
    found = compared(tmp_path, PACT, text).comparison
    assert [(point.clause, point.effect) for point in only(found).points] == [("source", Effect.WORDS)]
