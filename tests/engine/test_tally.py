"""Counts and shares over a group whose members and acts may be open (semantics 2.5), against every world that the evidence allows."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.answers.why import why
from aval.engine.algebra import reaches, spans
from aval.engine.lookup import look
from aval.engine.tally import Tally
from aval.model.columns import EMPTY, Axis, Frame, Spans, Timeline
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER
from aval.model.term import Term
from tests.engine.support import Row, inquiry, value

SIDES = st.sampled_from((Value.YES, Value.NO, Value.OPEN))
MOST_UNNAMED = 9


def _column(axis: Axis, told: list[Value]) -> Timeline:
    def side(wanted: Value) -> Spans:
        return spans((key, ALWAYS, NEVER) for key, one in enumerate(told) if one is wanted)

    return Timeline(Frame((axis,)), side(Value.YES), side(Value.NO), EMPTY)


def _worlds(member: list[Value], condition: list[Value], size: int | None, *, whole: bool) -> set[tuple[int, int]]:
    """Give (members, members with the condition) for every world that the evidence allows."""
    found = set()
    options = {Value.YES: (True,), Value.NO: (False,), Value.OPEN: (True, False)}
    for belongs in product(*(options[one] for one in member)):
        for has in product(*(options[one] for one in condition)):
            named = sum(belongs)
            with_it = sum(b and h for b, h in zip(belongs, has, strict=True))
            for unnamed in range(1 if whole else MOST_UNNAMED + 1):
                if size is None or named + unnamed == size:
                    found |= {(named + unnamed, with_it + more) for more in range(unnamed + 1)}
    return found


GROUPS = st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=4)


@settings(max_examples=300, deadline=None)
@given(told=GROUPS, number=st.integers(0, 5), size=st.none() | st.integers(0, 4), whole=st.booleans())
def test_a_count_is_definite_exactly_where_all_worlds_agree(
    told: list[tuple[Value, Value]],
    number: int,
    size: int | None,
    whole: bool,  # noqa: FBT001
) -> None:
    member, condition = [one for one, _ in told], [one for _, one in told]
    if size is None and not whole:
        whole = True  # nobody can bound a group that is open and of no known size
    worlds = {with_it >= number for _, with_it in _worlds(member, condition, size, whole=whole)}
    if not worlds:
        return  # the size contradicts the members
    axis = Axis("s", tuple(f"P{place}" for place in range(len(told))))
    found = Tally(axis=axis, member=_column(axis, member), condition=_column(axis, condition), size=size, whole=whole).at_least(number)
    wanted = Value.OPEN if len(worlds) > 1 else Value.YES if worlds == {True} else Value.NO
    assert look(found, {}, 0).value is wanted


@settings(max_examples=300, deadline=None)
@given(
    told=GROUPS, part=st.sampled_from(((1, 2), (1, 3), (2, 3), (3, 4), (1, 1))), strict=st.booleans(), size=st.none() | st.integers(1, 4)
)
def test_a_share_is_definite_exactly_where_all_worlds_agree(
    told: list[tuple[Value, Value]],
    part: tuple[int, int],
    strict: bool,  # noqa: FBT001
    size: int | None,
) -> None:
    member, condition = [one for one, _ in told], [one for _, one in told]
    upper, lower = part

    def enough(members: int, with_it: int) -> bool:
        return members > 0 and (with_it * lower > upper * members if strict else with_it * lower >= upper * members)

    worlds = {enough(*world) for world in _worlds(member, condition, size, whole=True)}
    if not worlds:
        return
    axis = Axis("s", tuple(f"P{place}" for place in range(len(told))))
    found = Tally(axis=axis, member=_column(axis, member), condition=_column(axis, condition), size=size, whole=True)
    wanted = Value.OPEN if len(worlds) > 1 else Value.YES if worlds == {True} else Value.NO
    assert look(found.share(upper, lower, strict=strict), {}, 0).value is wanted


PARTIES = "".join(f"party P{n}\n" for n in range(1, 7))
CLUB = PARTIES + "group club is P1, P2, P3, P4\nevent joined(s: club)\n  constitutive\n"


def joined(*who: int, **more: object) -> list[Row]:
    return [{"term": f"joined(P{one})", "when": "2026-01-05", **more} for one in who]


@pytest.mark.parametrize(
    ("asked", "who", "expected"),
    [
        ("at least 2 s in club with joined(s) happened", (1, 2), "yes"),
        ("more than 2 s in club with joined(s) happened", (1, 2), "no"),
        ("at most 2 s in club with joined(s) happened", (1, 2), "yes"),
        ("fewer than 2 s in club with joined(s) happened", (1, 2), "no"),
        ("at least 3/4 of s in club with joined(s) happened", (1, 2, 3), "yes"),
        ("more than 3/4 of s in club with joined(s) happened", (1, 2, 3), "no"),
        ("at most 3/4 of s in club with joined(s) happened", (1, 2, 3), "yes"),
        ("less than 3/4 of s in club with joined(s) happened", (1, 2, 3), "no"),
        ("at least 3/4 of s in club with joined(s) happened", (1, 2), "no"),
    ],
)
def test_bounds_hold_or_leave_out_their_number(asked: str, who: tuple[int, ...], expected: str) -> None:
    assert value(f"{CLUB}state asked\n  while {asked}\n", joined(*who), "asked", "2026-02-01") == expected


SIZED = PARTIES + "group club is P1, P2 and others not named (4 in all)\nevent joined(s: club)\n  constitutive\n"


def test_a_group_known_by_its_size_bounds_its_counts() -> None:
    body = (
        SIZED + "state three\n  while at least 3 s in club with joined(s) happened\n"
        "state half\n  while at least 1/2 of s in club with joined(s) happened\n"
    )
    assert value(body, joined(1, 2), "half", "2026-02-01") == "yes"  # whoever the others are
    assert value(body, joined(1, 2), "three", "2026-02-01") == "no"  # whoever they are, they are not on the record
    assert value(body, joined(1), "half", "2026-02-01") == "no"
    unrecorded = body.replace("  constitutive\n", "")
    neither = joined(1, 2, polarity="no", said="2026-01-20")
    assert value(unrecorded, joined(1, 2), "three", "2026-02-01") == "open"  # two others may have
    assert value(unrecorded, neither, "three", "2026-02-01") == "no"  # two of the four have not, so that three cannot
    assert value(unrecorded, joined(1, 2), "half", "2026-02-01") == "yes"
    assert value(unrecorded, joined(1), "half", "2026-02-01") == "open"


def test_contested_membership_makes_a_count_contested() -> None:
    body = PARTIES + (
        "group club is P1 and others not named among everybody\ngroup everybody is P1, P2, P3\nevent joined(s: club)\n  constitutive\n"
        "state two\n  while at least 2 s in club with joined(s) happened\n"
    )
    told: Row = {"says": "member", "term": "club(P2)", "when": "2026-01-05", "said": "2026-01-05"}
    rows = [*joined(1, 2), told, {**told, "polarity": "no", "voice": "another"}]
    assert value(body, rows, "two", "2026-01-05") == "contested"
    assert value(body, rows[:-1], "two", "2026-01-05") == "yes"
    assert value(body, joined(1, 2), "two", "2026-01-05") == "open"
    assert value(body, joined(1), "two", "2026-01-05") == "no"  # all who may belong are named, and one alone has joined


def test_a_share_fixed_on_a_day_takes_the_members_of_that_day() -> None:
    body = PARTIES + (
        "group club is P1 and others not named among everybody\ngroup everybody is P1, P2, P3, P4\nevent joined(s: club)\n  constitutive\n"
        "state now\n  while at least 2/3 of s in club with joined(s) happened\n"
        "state then\n  while at least 2/3 of s in club fixed on 2026-01-10 with joined(s) happened\n"
    )
    rows = [*joined(1, 2)]
    for who, until in (("P2", "2026-12-31"), ("P3", "2026-02-01"), ("P4", "2026-02-01")):
        rows.append({"says": "member", "term": f"club({who})", "first": "2026-01-01", "last": until, "said": "2026-12-31"})
    gone: Row = {"says": "member", "polarity": "no", "first": "2026-02-02", "last": "2026-12-31", "said": "2026-12-31"}
    rows += [{**gone, "term": f"club({who})"} for who in ("P3", "P4")]
    assert value(body, rows, "now", "2026-01-20", known="2026-12-31") == "no"
    assert value(body, rows, "now", "2026-03-01", known="2026-12-31") == "yes"
    assert value(body, rows, "then", "2026-03-01", known="2026-12-31") == "no"


def test_a_share_of_nobody_is_no() -> None:
    body = PARTIES + (
        "group club is others not named among everybody\ngroup everybody is P1, P2\nevent joined(s: everybody)\n  constitutive\n"
        "state asked\n  while at least 1/3 of s in club with joined(s) happened\n"
    )
    out: list[Row] = [
        {"says": "member", "term": f"club(P{n})", "polarity": "no", "when": "2026-01-05", "said": "2026-01-05"} for n in (1, 2)
    ]
    assert value(body, out, "asked", "2026-01-05") == "no"


def test_an_organisation_that_is_not_counted_adds_nothing_and_another_does() -> None:
    body = PARTIES + (
        "organisation ORG\n  not counted\norganisation OTHER\ngroup club is P1, P2, ORG, OTHER\nevent joined(s: club)\n  constitutive\n"
        "state two\n  while at least 2 s in club with joined(s) happened\nstate second\n  while 2nd joined(any) happened\n"
        "state most\n  while at least 2/3 of s in club with joined(s) happened\n"
    )
    one, org, other = (joined(1)[0], {"term": "joined(ORG)", "when": "2026-01-06"}, {"term": "joined(OTHER)", "when": "2026-01-07"})
    for name in ("two", "second", "most"):
        assert value(body, [one, org], name, "2026-02-01") == "no"
        assert value(body, [one, org, other], name, "2026-02-01") == "yes"


def test_the_explanation_of_a_count_names_members() -> None:
    body = f"{CLUB}state asked\n  while at least 3/4 of s in club with joined(s) happened\n"
    ((_, root),) = why(Term("asked"), inquiry(body, joined(1, 2, 3), at="2026-02-01")).roots
    (part,) = root.parts
    assert part.text == "at least 3/4 of s in club"
    assert [one.value for one in part.parts] == ["yes", "yes", "yes", "no"]


def test_sums_past_64_bits_are_exact() -> None:
    part = spans([(0, 0, 10)])
    for number, holds in ((2**70, True), (2**70 + 1, False)):
        found = reaches(number, [(part, np.array([2**69], object)), (part, np.array([2**69], object))])
        assert bool(len(found)) is holds


STANDING = PARTIES + (
    "group everybody is P1, P2, P3\ngroup club is P1 and others not named among everybody\n"
    "event consent(s: club)\n  accepted from s\nstate agreed\n  while consent(P2) happened\n"
)


def test_the_act_of_one_who_had_left_before_does_not_count() -> None:
    member: Row = {"says": "member", "term": "club(P2)", "first": "2026-01-01", "last": "2026-02-28", "said": "2026-03-01"}
    left: Row = {**member, "polarity": "no", "first": "2026-03-01", "last": "2026-12-31"}
    own: Row = {"term": "consent(P2)", "said": "2026-06-01", "voice": "Two", "speaks_for": "P2"}
    before, after = {**own, "when": "2026-02-10"}, {**own, "when": "2026-05-10"}
    assert value(STANDING, [member, left, before], "agreed", "2026-06-01") == "yes"
    assert value(STANDING, [member, left, after], "agreed", "2026-06-01") == "open"
    ((_, root),) = why(Term("consent", ("P2",)), inquiry(STANDING, [member, left, after], at="2026-06-01")).roots
    assert [one.why_not for one in root.alleged] == ["P2 was told to be outside club just before"]
    assert value(STANDING, [after], "agreed", "2026-06-01") == "yes"  # nobody has said that it left
