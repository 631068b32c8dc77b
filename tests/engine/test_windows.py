"""Windows, the order of two moments, and clocks that stand still (semantics 2.2), with imprecise, disputed and denied events."""

from __future__ import annotations

import pytest

from aval.answers.why import why
from aval.model.instant import NEVER, show
from aval.model.term import Term
from tests.engine.support import ZONE, Row, inquiry, value
from tests.engine.test_norms import BASE, no, told

LEGAL = BASE.replace('event a "a"', 'event a "a"\n  legal act').replace('event b "b"', 'event b "b"\n  constitutive')
AT = "2026-06-01"


def state(condition: str, rows: list[Row], at: str = AT, **view: str) -> str | None:
    return value(LEGAL + f"state x\n  while {condition}\n", rows, "x", at, **view)


def month(term: str, said: str = "2026-05-01") -> Row:
    return told(term, "2026-03", said=said)


# -- E happened by M


@pytest.mark.parametrize(
    ("window", "rows", "expected"),
    [
        ("by 2026-03-10", [told("a", "2026-03-10")], "yes"),
        ("by 2026-03-10", [told("g", "2026-03-10T18:00Z", said="2026-03-11")], None),
        ("by 2026-03-10", [told("a", "2026-03-11")], "no"),
        ("by 2026-03-10", [month("a")], "open"),
        ("by 2026-04-10", [month("a")], "yes"),
        ("by 2026-02-10", [month("a")], "no"),
        ("by 2026-03-10", [no("a", "2026-03-10")], "no"),
        ("by 2026-03-10", [told("a", "2026-03-01"), no("a", "2026-03-01")], "contested"),
        ("by 2026-03-10", [], "open"),
        ("before 2026-03-10", [told("a", "2026-03-10")], "no"),
        ("before 2026-03-10", [told("a", "2026-03-09")], "yes"),
        ("after 2026-03-10", [told("a", "2026-03-10")], "no"),
        ("after 2026-03-10", [told("a", "2026-03-11")], "yes"),
        ("after 2026-03-10", [month("a")], "open"),
        ("after 2026-03-10", [no("a", "2026-03-11")], "no"),
        ("between 2026-03-10 and 2026-03-20", [told("a", "2026-03-10")], "yes"),
        ("between 2026-03-10 and 2026-03-20", [told("a", "2026-03-20")], "yes"),
        ("between 2026-03-10 and 2026-03-20", [told("a", "2026-03-09")], "no"),
        ("between 2026-03-10 and 2026-03-20", [told("a", "2026-03-21")], "no"),
        ("between 2026-03-10 and 2026-03-20", [month("a")], "open"),
        ("by 10 days after b", [told("a", "2026-03-05")], "yes"),  # what was never received is never too late
        ("by 10 days after b", [told("a", "2026-03-05"), told("b", "2026-02-01")], "no"),
        ("after b", [told("a", "2026-03-05")], "no"),
    ],
)
def test_a_window_has_four_values(window: str, rows: list[Row], expected: str | None) -> None:
    if expected is None:
        assert state(f"g happened {window}", rows) == "yes"
    else:
        assert state(f"a happened {window}", rows) == expected


def test_what_has_not_come_yet_may_come_in_time_still() -> None:
    rows = [told("a", "2026-03-05")]
    assert [state("a happened by 2026-04-01", rows, at, known=AT) for at in ("2026-03-04", "2026-03-05")] == ["open", "yes"]
    assert [state("not a happened by 2026-03-01", rows, at, known=AT) for at in ("2026-02-28", "2026-03-01")] == ["open", "yes"]
    assert [state("not a happened by 2026-03-01", [no("a", AT)], at, known=AT) for at in ("2026-02-28", "2026-03-01")] == ["open", "yes"]
    assert [state("a happened after 2026-03-01", rows, at, known=AT) for at in ("2026-02-28", "2026-03-05")] == ["no", "yes"]


def test_a_window_over_several_asks_whether_one_lies_in_it() -> None:
    rows = [told("helps(RED)", "2026-01-01"), told("helps(BLU)", "2026-03-15")]
    assert state("helps(any) happened between 2026-03-01 and 2026-03-31", rows) == "yes"
    assert state("helps(any) happened between 2026-04-01 and 2026-04-30", rows) == "no"
    assert state("helps(any) happened between 2026-04-01 and 2026-04-30", rows[:1]) == "open"


def test_an_exact_limit_is_compared_by_the_instant() -> None:
    rows = [told("g", "2026-03-05T12:00Z", said="2026-03-06"), told("lapse", "2026-03-05T13:00Z", said="2026-03-06")]
    assert (state("g happened by lapse", rows), state("lapse happened by g", rows)) == ("yes", "no")
    assert (state("g happened before g", rows), state("g happened by g", rows)) == ("no", "yes")


def test_a_window_explains_both_sides() -> None:
    asked = inquiry(LEGAL + "state x\n  while a happened by b\n", [told("a", "2026-03-05")], at=AT)
    ((_, root),) = why(Term("x"), asked).roots
    assert [part.text for part in root.parts[0].parts] == ["a", "b"] if root.parts else False


# -- M is before N


@pytest.mark.parametrize(
    ("order", "rows", "expected"),
    [
        ("a is before b", [told("a", "2026-01-01"), told("b", "2026-02-01")], "yes"),
        ("a is after b", [told("a", "2026-01-01"), told("b", "2026-02-01")], "no"),
        ("a is before b", [told("a", "2026-02-01"), told("b", "2026-02-01T10:00Z", said="2026-02-02")], "no"),  # one day
        ("a is before b", [told("a", "2026-02-01")], "yes"),
        ("a is before g", [told("a", "2026-02-01")], "open"),
        ("g is before a", [told("a", "2026-02-01")], "open"),
        ("a is before g", [told("a", "2026-02-01"), no("g", "2026-05-01")], "yes"),
        ("a is before g", [month("a"), told("g", "2026-03-10", said="2026-05-01")], "open"),
        ("a is before g", [month("a"), told("g", "2026-04-10", said="2026-05-01")], "yes"),
        ("a is before g", [told("a", "2026-01-01"), no("a", "2026-01-01"), told("g", "2026-04-10")], "contested"),
        ("2026-01-01 is before 2026-01-02", [], "yes"),
        ("10 days after g is before 30 days after g", [month("g")], "yes"),
        ("40 days after g is before 1 month after g", [month("g")], "no"),
        ("30 days after g is before 1 month after g", [month("g")], "open"),  # on the last day of March both come on 30 April
        ("30 days after g is before 1 month after g", [told("g", "", first="2026-03-01", last="2026-03-20", said="2026-05-01")], "yes"),
        ("28 days after g is before 1 month after g", [told("g", "2026-02", said="2026-05-01")], "no"),
        ("30 days after g is before 1 month after g", [told("g", "", first="2026-01-20", last="2026-02-10", said="2026-05-01")], "open"),
    ],
)
def test_an_order_has_four_values(order: str, rows: list[Row], expected: str) -> None:
    assert state(order, [{name: text for name, text in row.items() if text} for row in rows]) == expected


def test_an_order_is_kept_through_the_names_of_moments() -> None:
    named = "moment early is 10 days after g\nmoment late is 20 days after early\n"
    both = named + "moment split is 10 days after g\n  becomes 2026-04-30 at a\n"
    body = f"{LEGAL}{both}state x\n  while early is before late\nstate y\n  while split is before late\n"
    rows = [month("g")]
    assert (value(body, rows, "x", AT), value(body, rows, "y", AT)) == ("yes", "open")


# -- the clock stands still

STRIKE = 'state strike "a strike"\n'


def held(first: str, last: str, polarity: str = "yes", **more: str) -> Row:
    return {"says": "holds", "term": "strike", "first": first, "last": last, "said": AT, "polarity": polarity, **more}


QUIET = [held("2025-12-01", "2026-02-09", "no"), held("2026-02-15", "2026-12-31", "no", voice="Green")]


def reached(rows: list[Row], words: str = "30 days (not counting strike) after a") -> tuple[str, str]:
    asked = inquiry(LEGAL + STRIKE + f"moment m is {words}\n", rows, at="2027-01-01")
    ((lo, hi),) = asked.world.occurrences("m").of(0)
    return show(lo, ZONE), "never" if hi == NEVER else show(hi, ZONE)


def test_the_days_lost_are_added() -> None:
    rows = [told("a", "2026-02-01"), *QUIET, held("2026-02-10", "2026-02-14", voice="Blue")]
    assert reached(rows) == ("2026-03-08", "2026-03-08")  # 3 March and five days
    assert reached([told("a", "2026-02-12"), *rows[1:]]) == ("2026-03-17", "2026-03-17")  # 14 March and three days
    assert reached([told("a", "2026-02-20"), *rows[1:]]) == ("2026-03-22", "2026-03-22")


def test_a_stretch_in_the_time_that_was_added_counts_too() -> None:
    rows = [told("a", "2026-02-01"), held("2025-12-01", "2026-02-09", "no"), held("2026-02-10", "2026-02-14", voice="Blue")]
    rows += [held("2026-02-15", "2026-03-05", "no"), held("2026-03-06", "2026-03-07", voice="Blue"), held("2026-03-08", "2026-12-31", "no")]
    assert reached(rows) == ("2026-03-10", "2026-03-10")


def test_a_stretch_that_nobody_knows_gives_a_range() -> None:
    rows = [told("a", "2026-02-01"), *QUIET, held("2026-02-14", "2026-02-14", voice="Blue")]  # from the 10th on nobody knows
    assert reached(rows) == ("2026-03-04", "2026-03-08")
    assert reached([told("a", "2026-02-01")]) == ("2026-03-03", "never")


def test_a_disputed_stretch_disputes_the_end() -> None:
    rows = [told("a", "2026-02-01"), *QUIET, held("2026-02-10", "2026-02-14"), held("2026-02-10", "2026-02-14", "no", voice="Blue")]
    assert reached(rows) == ("2026-03-08", "2026-03-03")
    body = LEGAL + STRIKE + "state x\n  while m happened\nmoment m is 30 days (not counting strike) after a\n"
    assert [value(body, rows, "x", at, known="2026-12-01") for at in ("2026-03-02", "2026-03-05", "2026-03-09")] == [
        "no",
        "contested",
        "yes",
    ]


def test_hours_lose_exactly_the_time() -> None:
    rows = [
        told("a", "2026-02-10"),
        held("2025-12-01", "2026-02-10T00:00Z", "no"),
        held("2026-02-10T06:00Z", "2026-02-10T08:30Z", voice="B"),
    ]
    rows += [held("2026-02-10T08:31Z", "2026-12-31", "no", voice="C")]
    lo, _ = reached(rows, "12 hours (not counting strike) after a")
    assert lo.startswith("2026-02-10T14:30")


def test_midnight_after_a_day_is_the_start_of_the_next() -> None:
    assert reached([told("a", "2026-02-01")], "midnight after 30th day after a")[0] == "2026-03-04"


def test_a_clock_that_stands_still_runs_from_the_latest_notice_too() -> None:
    body = BASE + "state x\n  starts as yes\n  until 90 days (not counting calm) after latest notice(any)\nstate calm\n  from g\n"
    rows = [told("notice(RED)", "2026-01-01"), told("notice(BLU)", "2026-03-15")]
    assert [value(body, rows, "x", at) for at in ("2026-04-15", "2026-06-12", "2026-06-14")] == ["yes", "yes", "no"]


# -- revocation, lock-in, extension

TREATY = """
event joined(p: sides) "p joins"
  constitutive
  legal act
event left(p: sides) "p gives notice"
  constitutive
  legal act
event revoked(p: sides) "p takes its notice back"
  constitutive
  legal act
state bound(p: sides)
  from joined(p)
  until the later of 3 years after joined(p) and 12 months after left(p) unless revoked(p) happened
"""


def test_a_notice_that_is_taken_back_before_it_takes_effect_ends_nothing() -> None:
    rows = [told("joined(RED)", "2020-01-01"), told("left(RED)", "2025-01-10")]
    later = told("revoked(RED)", "2026-01-11")
    in_time = told("revoked(RED)", "2025-12-01")
    body = BASE + TREATY
    assert [value(body, rows, "bound(RED)", at) for at in ("2026-01-09", "2026-01-10")] == ["yes", "no"]
    assert value(body, [*rows, in_time], "bound(RED)", "2026-02-01") == "yes"
    assert value(body, [*rows, later], "bound(RED)", "2026-02-01") == "no"
    assert value(body, [*rows, {**in_time, "when": "2026-01", "said": "2026-02-01"}], "bound(RED)", "2026-03-01") == "open"


def test_nobody_leaves_before_three_years() -> None:
    rows = [told("joined(RED)", "2025-01-01"), told("left(RED)", "2025-02-01")]
    assert [value(BASE + TREATY, rows, "bound(RED)", at) for at in ("2026-03-01", "2027-12-31", "2028-01-01")] == ["yes", "yes", "no"]
