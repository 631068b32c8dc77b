"""Votes (semantics 2.7): each rule by which a body decides, vetoes, quorums, silence, and who sat there."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from aval.answers.why import why
from aval.model.term import Term
from tests.engine.support import Row, inquiry, line, value

NAMES = ("P1", "P2", "P3", "P4", "P5")
PARTIES = "".join(f"party {name}\n" for name in NAMES) + "group all_five is P1, P2, P3, P4, P5\ngroup strong is P1, P2\n"
AFTER = (
    "event plan\n  accepted from a finding of council\nstate agreed\n  from council finds plan\nstate known_plan\n  while plan happened\n"
)
SIDES = {"+": "supports", "-": "objects", "0": "undecided"}


def council(decides: str, seats: str = "all_five") -> str:
    return f"{PARTIES}body council\n  seats {seats}\n  may find plan\n  decides by {decides}\n{AFTER}"


def vote(member: str, side: str, day: str = "2026-01-10", **more: object) -> Row:
    said: Mapping[str, object] = {"voice": member, "speaks_for": member, "said": "2026-01-31"}
    return {"says": "position", "term": f"vote({member}, council, plan)", "stance": SIDES[side], "when": day, **said, **more}


def cast(sides: str, day: str = "2026-01-10") -> list[Row]:
    """Cast one vote for each mark, in the order of the names; a space casts none."""
    return [vote(name, side, day) for name, side in zip(NAMES, sides, strict=False) if side != " "]


@pytest.mark.parametrize(
    ("decides", "sides", "passed"),
    [
        ("majority", "+++--", True),
        ("majority", "+++-- "[:5], True),
        ("majority", "++--0", False),
        ("majority", "++-00", True),
        ("at least 3 of 5 votes", "+++--", True),
        ("at least 3 of 5 votes", "++000", False),
        ("2/3 of votes", "++-00", True),
        ("2/3 of votes", "+++--", False),
        ("2/3 of votes", "00000", False),
        ("consensus", "++000", True),
        ("consensus", "++++-", False),
        ("consensus", "00000", False),
        ("unanimity", "+++++", True),
        ("unanimity", "++++0", False),
        ("unanimity", "++++ ", False),
        ("majority without veto of strong", "+-+++", False),
        ("majority without veto of strong", "+0++-", True),
        ("majority with quorum of 2/3", "++-  ", False),
        ("majority with quorum of 2/3", "++-0 ", True),
        ("majority with quorum of 4", "+++  ", False),
        ("majority with quorum of 3", "+++  ", True),
    ],
)
def test_each_rule_counts_one_ballot(decides: str, sides: str, passed: bool) -> None:  # noqa: FBT001
    rows = cast(sides)
    assert value(council(decides), rows, "agreed", "2026-02-01") == ("yes" if passed else "no")
    assert value(council(decides), rows, "known_plan", "2026-02-01") == ("yes" if passed else "open")
    if passed:
        assert line(council(decides), rows, "agreed", at="2026-02-01").since == "2026-01-10"


def test_nobody_voted_and_the_body_speaks_for_itself() -> None:
    own: Row = {"term": "plan", "voice": "council", "speaks_for": "council", "said": "2026-01-12"}
    assert value(council("majority"), [], "agreed", "2026-02-01") == "no"
    assert line(council("majority"), [own], "agreed", at="2026-02-01").since == "2026-01-12"
    assert line(council("majority"), [own, *cast("++---")], "agreed", at="2026-02-01").since == "2026-01-12"


def test_each_day_is_a_ballot_of_its_own() -> None:
    rows = [*cast("++---", "2026-01-10"), *cast("+++--", "2026-01-20")]
    assert line(council("majority"), rows, "agreed", at="2026-02-01").since == "2026-01-20"
    split = [vote("P1", "+", "2026-01-10"), vote("P2", "+", "2026-01-11"), vote("P3", "+", "2026-01-12")]
    assert value(council("at least 3 of 5 votes"), split, "agreed", "2026-02-01") == "no"


def test_a_ballot_of_an_unknown_day_leaves_the_day_open() -> None:
    rows = cast("+++  ", "2026-01")
    days = ("2025-12-31", "2026-01-15", "2026-02-01")
    assert [value(council("majority"), rows, "agreed", day, known="2026-02-01") for day in days] == ["no", "open", "yes"]


def test_who_does_not_sit_has_no_vote_and_the_reason_says_so() -> None:
    body = council("majority", seats="P1, P2, P3")
    rows = cast("+0-++")
    assert value(body, rows, "agreed", "2026-02-01") == "no"
    ((_, root),) = why(Term("agreed"), inquiry(body, rows, at="2026-02-01")).roots
    found = [part for part in root.parts[0].parts if part.text.startswith("votes in council")]
    assert [(part.text, part.value) for part in found] == [("votes in council on 2026-01-10: 1 for, 1 against, 1 abstaining", "no")]
    assert {one.why_not for one in found[0].alleged} == {"P4 did not sit in council", "P5 did not sit in council"}


def test_a_vote_is_cited_in_words() -> None:
    ((_, root),) = why(Term("agreed"), inquiry(council("majority"), cast("+-0"), at="2026-02-01")).roots
    cited = sorted(one.summary for part in root.parts[0].parts for one in part.cited)
    assert cited == ["P1: P1 votes for plan in council", "P2: P2 votes against plan in council", "P3: P3 abstains on plan in council"]


def test_a_seat_that_was_lost_before_the_ballot_has_no_vote() -> None:
    body = PARTIES + (
        "group seated is P1, P2 and others not named among all_five\nbody council\n  seats seated\n  may find plan\n  decides by majority\n"
        + AFTER
    )
    sat: Row = {"says": "member", "term": "seated(P3)", "first": "2025-01-01", "last": "2026-01-05", "said": "2026-01-06"}
    left: Row = {**sat, "polarity": "no", "first": "2026-01-06", "last": "2026-12-31", "said": "2026-01-31"}
    rows = cast("+-+  ")
    assert value(body, [*rows, sat, left], "agreed", "2026-02-01") == "no"
    assert value(body, [*rows, sat], "agreed", "2026-02-01") == "yes"
    assert value(body, rows, "agreed", "2026-02-01") == "open"  # nobody said whether the third sits there


def test_two_votes_of_one_member_in_one_ballot_count_for_neither_side_for_certain() -> None:
    rows = [*cast("++-  "), vote("P2", "-", voice="P2 again")]
    assert value(council("majority"), rows, "agreed", "2026-02-01") == "open"


@pytest.mark.parametrize(
    ("weak", "counts"),
    [
        ({"voice": "a newspaper", "speaks_for": ""}, False),
        ({"voice": "the record", "speaks_for": "council"}, True),
        ({"grade": "low"}, False),
        ({"form": "unnamed official"}, False),
        ({"stance": "demands"}, False),
    ],
)
def test_a_vote_counts_on_the_word_of_the_member_or_of_the_body(weak: Row, counts: bool) -> None:  # noqa: FBT001
    row = {name: text for name, text in {**vote("P1", "+"), **weak}.items() if text}
    assert value(council("majority"), [row], "agreed", "2026-02-01") == ("yes" if counts else "no")


SILENCE = council("silence of 30 days")
SOME = council("silence of 30 days unless at least 2/5 object")


def test_silence_accepts_when_its_time_is_over() -> None:
    opened = [vote("P1", "+", "2026-01-10")]
    assert line(SILENCE, opened, "agreed", at="2026-03-01").since == "2026-02-09"
    assert value(SILENCE, opened, "agreed", "2026-02-08", known="2026-03-01") == "no"


@pytest.mark.parametrize(
    ("objections", "plain", "some"),
    [
        ([], "yes", "yes"),
        ([("P2", "2026-01-20")], "no", "yes"),
        ([("P2", "2026-01-20"), ("P3", "2026-02-08")], "no", "no"),
        ([("P2", "2026-02-20"), ("P3", "2026-02-21")], "yes", "yes"),
        ([("P2", "2026-01-20"), ("P2", "2026-01-21")], "no", "yes"),
    ],
)
def test_objections_in_time_stop_it(objections: list[tuple[str, str]], plain: str, some: str) -> None:
    rows = [vote("P1", "+", "2026-01-10"), *(vote(name, "-", day, said="2026-02-28") for name, day in objections)]
    assert value(SILENCE, rows, "agreed", "2026-03-01") == plain
    assert value(SOME, rows, "agreed", "2026-03-01") == some


def test_an_objection_of_an_unknown_day_leaves_it_open() -> None:
    rows = [vote("P1", "+", "2026-01-10"), vote("P2", "-", "2026-02", said="2026-02-28")]
    assert value(SILENCE, rows, "agreed", "2026-03-01") == "open"


def test_a_veto_stops_what_few_object_to() -> None:
    body = council("silence of 30 days unless at least 2/5 object without veto of strong")
    for objector, expected in (("P2", "no"), ("P3", "yes")):
        rows = [vote("P4", "+", "2026-01-10"), vote(objector, "-", "2026-01-20")]
        assert value(body, rows, "agreed", "2026-03-01") == expected
