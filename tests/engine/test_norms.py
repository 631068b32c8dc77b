"""Duties, powers and counted moments where several readings of a rule are near, but only one is right (semantics 2.2, 2.6)."""

from __future__ import annotations

import pytest

from aval.engine.operators.delay import delayed, later
from aval.engine.rows import rows_of
from aval.model.columns import Frame
from aval.model.expression import Duration, Unit
from aval.model.instant import ALWAYS, NEVER, read_civil, show
from tests.engine.support import ZONE, Row, inquiry, line, value

BASE = """
party RED "Red"
party BLU "Blue"
group sides "the sides" is RED, BLU
event a "a"
event b "b"
event g "g"
event lapse "lapse"
event deed "the deed"
event helps(p: sides) "p helps"
event notice(p: sides) "p gives notice"
"""


def told(term: str, when: str, **more: object) -> Row:
    return {"term": term, "when": when, **more}


def no(term: str, when: str, **more: object) -> Row:
    return told(term, when, polarity="no", voice="Green", **more)


def duty(body: str, deed: str = "deed") -> str:
    return BASE + f"duty d: RED owes BLU {deed}\n" + "\n".join(f"  {row}" for row in body.split(" / "))


# -- deadlines


def test_a_trigger_that_its_guard_keeps_out_sets_no_deadline() -> None:
    body = duty("when a / when b if g happened / within 3 days")
    rows: list[Row] = [told("b", "2026-02-01"), no("g", "2026-01-01"), told("a", "2026-03-01")]
    assert value(body, rows, "d", "2026-03-01") == "owed"
    assert value(body, rows, "d", "2026-03-05") == "overdue"


def test_a_deadline_counts_from_the_trigger_of_its_own_reading() -> None:
    question = 'question q "which?"\n  reading r "r"\n  reading s "s"\n'
    body = question + duty("on reading r when a / on reading s when b / within 3 days")
    rows = [told("a", "2026-02-01"), told("b", "2026-03-01")]
    assert line(body, rows, "d", at="2026-03-02").by_reading == {"q=r": "overdue", "q=s": "owed"}


def test_a_deadline_counts_from_the_trigger_that_began_the_present_run() -> None:
    body = duty("when a / when b / within 30 days")
    rows = [told("a", "2026-01-01"), told("deed", "2026-01-10"), told("b", "2026-06-01")]
    assert value(body, rows, "d", "2026-06-02") == "owed"
    assert value(body, rows, "d", "2026-07-02") == "overdue"


def test_a_new_trigger_while_it_is_owed_does_not_restart_the_clock() -> None:
    rows = [told("a", "2026-01-01"), told("b", "2026-01-20")]
    assert value(duty("when a / when b / within 30 days"), rows, "d", "2026-02-02") == "overdue"


def test_a_run_that_may_have_begun_anew_is_overdue_only_when_both_clocks_have_run_out() -> None:
    rows: list[Row] = [told("a", "2026-01-01"), told("deed", "2026-01-10"), no("deed", "2026-01-10"), told("b", "2026-02-05")]
    values = [
        value(duty("when a / when b / within 30 days"), rows, "d", at) for at in ("2026-01-05", "2026-02-01", "2026-02-06", "2026-03-08")
    ]
    assert values == ["owed", "contested", "owed", "overdue"]


# -- discharge


def test_a_deed_before_any_trigger_discharges_nothing() -> None:
    deed = told("deed", "2026-01-10")
    assert value(duty("when a"), [deed], "d", "2026-02-01") == "dormant"
    assert value(duty("when a"), [deed, told("a", "2026-03-01")], "d", "2026-02-01", known="2026-03-02") == "dormant"
    assert value(duty("when a"), [deed, told("a", "2026-03-01")], "d", "2026-03-02") == "owed"


def test_a_deed_that_ends_what_was_owed_discharges_it() -> None:
    rows = [told("a", "2026-01-01"), told("deed", "2026-01-10")]
    assert value(duty("when a"), rows, "d", "2026-02-01") == "discharged"
    assert value(duty("when a / until lapse"), [*rows, told("lapse", "2026-01-20")], "d", "2026-02-01") == "discharged"


def test_a_deed_after_a_lapse_discharges_nothing() -> None:
    rows = [told("a", "2026-01-01"), told("lapse", "2026-01-05"), told("deed", "2026-01-10")]
    assert value(duty("when a / until lapse"), rows, "d", "2026-02-01") == "lapsed"


def test_a_deed_while_its_conditions_do_not_hold_discharges_nothing() -> None:
    rows: list[Row] = [told("a", "2026-01-01"), no("g", "2026-01-01"), told("deed", "2026-01-10")]
    assert value(duty("when a / while g happened"), rows, "d", "2026-02-01") == "dormant"


def test_whether_a_deed_or_a_lapse_came_first_is_open() -> None:
    rows = [told("a", "2026-01-01"), told("deed", "2026-02", said="2026-03-05"), told("lapse", "2026-02-10", said="2026-03-05")]
    assert value(duty("when a / until lapse"), rows, "d", "2026-03-05") == "open"


def test_a_deed_of_anybody_discharges() -> None:
    rows = [told("a", "2026-01-01"), told("helps(BLU)", "2026-01-10")]
    assert value(duty("when a", "helps(any)"), rows, "d", "2026-02-01") == "discharged"
    assert value(duty("when a", "helps(any)"), rows[1:], "d", "2026-02-01") == "dormant"


# -- powers

POWER = BASE + "power w: RED may deed\n  while a happened\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([told("deed", "2026-02-01")], "open"),
        ([told("a", "2026-01-01"), no("a", "2026-01-01"), told("deed", "2026-02-01")], "contested"),
        ([told("a", "2026-01-01"), told("deed", "2026-02-01"), no("deed", "2026-02-01")], "contested"),
        ([told("a", "2026-01-01"), told("deed", "2026-02-01")], "exercised"),
        ([told("a", "2026-01-01"), no("deed", "2026-02-01")], "available"),
        ([no("a", "2026-01-01"), told("deed", "2026-02-01")], "void"),
        ([no("a", "2026-01-01"), told("deed", "2026-02-01"), no("deed", "2026-02-01")], "contested"),
        ([no("a", "2026-01-01")], "not available"),
        ([], "open"),
    ],
)
def test_whether_a_power_was_exercised_has_four_values(rows: list[Row], expected: str) -> None:
    assert value(POWER, rows, "w", "2026-03-01") == expected


# -- since


def test_each_phase_is_dated_by_what_brought_it() -> None:
    legal = BASE.replace('event a "a"', 'event a "a"\n  legal act').replace('"the deed"', '"the deed"\n  legal act')
    owes = legal + "duty d: RED owes BLU deed\n  when a\n  within 3 days\n"
    may = legal + "power w: RED may deed\n  while a happened\n"
    rows = [told("a", "2026-02-01"), told("deed", "2026-02-10")]
    assert line(owes, rows[:1], "d", at="2026-02-02").since == "2026-02-01"
    assert line(owes, rows[:1], "d", at="2026-02-08").since == "2026-02-05"
    assert line(owes, rows, "d", at="2026-03-01").since == "2026-02-10"
    assert line(may, rows[:1], "w", at="2026-02-02").since == "2026-02-01"
    assert line(may, rows, "w", at="2026-03-01").since == "2026-02-10"


# -- latest

NOTICE = BASE + "state x\n  starts as yes\n  until 90 days after latest notice(any)\n"


def test_each_new_notice_moves_what_is_counted_from_the_latest() -> None:
    rows = [told("notice(RED)", "2026-01-01"), told("notice(BLU)", "2026-03-15")]
    assert [value(NOTICE, rows, "x", at) for at in ("2026-04-15", "2026-06-12", "2026-06-14")] == ["yes", "yes", "no"]
    assert value(NOTICE, rows[:1], "x", "2026-04-15") == "no"


def test_a_notice_after_the_delay_moves_nothing_back() -> None:
    rows = [told("notice(RED)", "2026-01-01"), told("notice(BLU)", "2026-05-15")]
    assert value(NOTICE, rows, "x", "2026-04-15", known="2026-06-01") == "no"
    assert value(NOTICE, rows, "x", "2026-06-01") == "no"


def test_two_notices_of_one_day_are_certain_together() -> None:
    rows = [told("notice(RED)", "2026-01-01"), told("notice(BLU)", "2026-01-01")]
    assert [value(NOTICE, rows, "x", at) for at in ("2026-03-31", "2026-04-02")] == ["yes", "no"]


def test_a_disputed_newer_notice_leaves_the_end_contested() -> None:
    rows: list[Row] = [told("notice(RED)", "2026-01-01"), told("notice(BLU)", "2026-03-15"), no("notice(BLU)", "2026-03-15")]
    assert value(NOTICE, rows, "x", "2026-04-15") == "contested"


@pytest.mark.parametrize(
    "until",
    [
        "60 days after 30 days after latest notice(any)",
        "expiry of 90 days after latest notice(any)",
        "first day of the 3rd month after latest notice(any)",
        "90 days after newest",
        "60 days after pause",
    ],
)
def test_a_latest_that_is_counted_on_in_steps_or_by_name_moves_too(until: str) -> None:
    names = "moment newest is latest notice(any)\nmoment pause is 30 days after latest notice(any)\n"
    body = BASE + names + f"state x\n  starts as yes\n  until {until}\n"
    rows = [told("notice(RED)", "2026-01-01"), told("notice(BLU)", "2026-03-15")]
    assert [value(body, rows, "x", at) for at in ("2026-04-15", "2026-06-20")] == ["yes", "no"]


# -- ordinals


def test_the_first_of_what_is_only_denied_has_not_happened() -> None:
    body = BASE + "state x\n  while 1st b happened\nstate y\n  while 1st helps(any) happened\n"
    assert value(body, [no("b", "2026-01-01")], "x", "2026-02-01") == "no"
    assert value(body, [], "x", "2026-02-01") == "open"
    assert value(body, [no("helps(RED)", "2026-01-01")], "y", "2026-02-01") == "open"
    assert value(body, [no(f"helps({name})", "2026-01-01") for name in ("RED", "BLU")], "y", "2026-02-01") == "no"


# -- counting


def when(expression: str, row: Row) -> tuple[int, int]:
    asked = inquiry(BASE + f"moment m is {expression}\n", [row], at="2027-01-01")
    ((lo, hi),) = asked.world.occurrences("m").of(0)
    return lo, hi


def test_a_month_after_a_range_keeps_the_order_of_its_ends() -> None:
    row: Row = {"term": "a", "first": "2026-01-30T23:00Z", "last": "2026-01-31T01:00Z", "said": "2026-02-01"}
    lo, hi = when("1 month after a", row)
    assert show(lo, ZONE) == "2026-02-28"
    assert show(hi + 1, ZONE) == "2026-03-01"
    assert lo < hi


def test_counting_past_the_calendar_goes_to_its_own_end() -> None:
    assert when("9999 years before a", told("a", "2026-01-01")) == (ALWAYS, ALWAYS)
    assert when("9999 years after a", told("a", "2026-01-01")) == (NEVER, NEVER)
    assert later(ALWAYS + 5, Duration(-1, Unit.HOUR), ZONE) == ALWAYS
    assert later(NEVER - 5, Duration(1, Unit.HOUR), ZONE) == NEVER


def test_an_expiry_of_hours_is_exact() -> None:
    row = told("a", "2026-01-01T10:00Z", said="2026-01-02")
    assert show(when("expiry of 5 hours after a", row)[0], ZONE) == "2026-01-01T15:00+00:00"


@pytest.mark.parametrize(
    ("first", "last", "duration"),
    [
        ("2026-03-28T02:30", "2026-03-28T03:10", Duration(1, Unit.DAY)),  # into the hour that the clocks leave out
        ("2026-10-25T00:59Z", "2026-10-25T01:01Z", Duration(1, Unit.DAY)),  # from the hour that comes twice
        ("2026-01-29T12:00", "2026-01-31T06:00", Duration(1, Unit.MONTH)),  # three days of one clamped date
        ("2024-02-28T12:00", "2024-02-29T06:00", Duration(1, Unit.YEAR)),
    ],
)
def test_no_instant_of_a_range_is_moved_out_of_the_moved_range(first: str, last: str, duration: Duration) -> None:
    zone = "Europe/Berlin"
    ends = [read_civil(text, zone) for text in (first, last)]
    assert ends[0] is not None
    assert ends[1] is not None
    start, end = ends[0].lo, ends[1].hi
    ((lo, hi),) = delayed(rows_of(Frame(), [(0, start, end, -1)]), duration, zone).of(0)
    inside = [later(start + (end - start) * part // 1000, duration, zone) for part in range(1001)]
    assert (lo <= min(inside), max(inside) <= hi) == (True, True)
    assert lo < hi


def test_the_column_of_an_nth_keeps_what_never_comes() -> None:
    body = BASE + "moment m is 1st b\nmoment n is 1st helps(any)\n"
    denied: list[Row] = [no("b", "2026-01-01"), no("helps(RED)", "2026-01-01")]
    world = inquiry(body, denied, at="2026-02-01").world
    assert (world.occurrences("m").of(0), world.occurrences("n").of(0)) == ([(NEVER, NEVER)], [])
    world = inquiry(body, [*denied, no("helps(BLU)", "2026-01-01")], at="2026-02-01").world
    assert world.occurrences("n").of(0) == [(NEVER, NEVER)]


def test_a_void_deed_that_comes_once_tells_that_the_power_was_not_exercised() -> None:
    body = "party RED\nevent leave\n  legal act\nstate free\n  starts as no\npower go: RED may leave\n  while free\n"
    body += "state gone\n  while go happened\n"
    row: Row = {"term": "leave", "when": "2026-03-02"}
    assert value(body, [], "gone", "2026-03-05") == "open"
    assert value(body, [row], "gone", "2026-03-05") == "no"
    often = body.replace("  legal act", "  legal act\n  repeats", 1)
    assert value(often, [row], "gone", "2026-03-05") == "open"
