"""How a duty is suspended, paused, waived, replaced, lapses and is found to be breached (semantics 2.6)."""

from __future__ import annotations

import pytest

from aval.model.problem import Unsupported
from tests.engine.support import Row, value
from tests.engine.test_norms import BASE, duty, no, told

COURT = BASE + 'body court "the court"\nstate calm "it is calm"\nstate strike\n  from b\n  until g\n'


def owes(clauses: str, rows: list[Row], at: str, body: str = COURT, **view: str) -> str | None:
    return value(body + "duty d: RED owes BLU deed\n" + "\n".join(f"  {row}" for row in clauses.split(" / ")), rows, "d", at, **view)


def calm(first: str, last: str, polarity: str = "yes", **more: object) -> Row:
    return {"says": "holds", "term": "calm", "first": first, "last": last, "said": "2026-12-31", "polarity": polarity, **more}


A = told("a", "2026-02-01T12:00Z", said="2026-02-01")


# -- days are compared by days


def test_a_duty_can_be_done_until_the_end_of_its_last_day() -> None:
    assert [owes("when a / within 10 days", [A], at) for at in ("2026-02-11", "2026-02-12")] == ["owed", "overdue"]
    assert [owes("no later than 2026-02-11", [], at) for at in ("2026-02-11", "2026-02-12")] == ["owed", "overdue"]
    assert [owes("when a / within 24 hours", [A], at) for at in ("2026-02-02T11:59Z", "2026-02-02T12:00Z")] == ["owed", "overdue"]


# -- except


def test_an_exception_takes_the_duty_away_and_its_clock_runs_on() -> None:
    rows = [A, told("b", "2026-02-05"), told("g", "2026-02-20")]
    dates = ("2026-02-04", "2026-02-06", "2026-02-22")
    assert [owes("when a / within 10 days / except strike", rows, at) for at in dates] == ["owed", "dormant", "overdue"]


def test_what_is_done_during_an_exception_is_done() -> None:
    rows = [A, told("b", "2026-02-05"), told("deed", "2026-02-10"), told("g", "2026-02-20")]
    assert owes("when a / except strike", rows, "2026-03-01") == "discharged"


def test_an_exception_that_nobody_knows_or_that_is_disputed_says_so() -> None:
    assert owes("when a / except calm", [A], "2026-03-01") == "open"
    rows = [A, calm("2026-01-01", "2026-06-01"), calm("2026-01-01", "2026-06-01", "no", voice="Green")]
    assert owes("when a / except calm", rows, "2026-03-01", known="2026-12-31") == "contested"


# -- suspended


def test_a_suspended_duty_need_not_be_done_and_its_clock_runs_on() -> None:
    rows = [A, told("b", "2026-02-05"), told("g", "2026-02-20")]
    dates = ("2026-02-04", "2026-02-06", "2026-02-15", "2026-02-22")
    found = [owes("when a / within 10 days / suspended while strike", rows, at) for at in dates]
    assert found == ["owed", "suspended", "suspended", "overdue"]
    done = [*rows, told("deed", "2026-02-10")]
    assert owes("when a / within 10 days / suspended while strike", done, "2026-02-15") == "discharged"
    assert owes("when a / suspended while calm", [A], "2026-03-01") == "open"


# -- paused


def test_a_paused_clock_adds_the_days_lost() -> None:
    rows = [A, told("b", "2026-02-05"), told("g", "2026-02-08")]
    assert [owes("when a / within 10 days / paused while strike", rows, at) for at in ("2026-02-14", "2026-02-15")] == ["owed", "overdue"]
    text = COURT + "duty d: RED owes BLU deed\n  no later than 10 days after a\n  paused while strike\n"
    assert [value(text, rows, "d", at) for at in ("2026-02-14", "2026-02-15")] == ["owed", "overdue"]


def test_a_named_deadline_and_a_date_are_put_off_too() -> None:
    rows = [A, told("b", "2026-02-05"), told("g", "2026-02-08")]
    named = COURT + "moment due is 10 days after a\nduty d: RED owes BLU deed\n  no later than due\n  paused while strike\n"
    assert [value(named, rows, "d", at) for at in ("2026-02-14", "2026-02-15")] == ["owed", "overdue"]
    assert [owes("when a / no later than 2026-02-11 / paused while strike", rows, at) for at in ("2026-02-14", "2026-02-15")] == [
        "owed",
        "overdue",
    ]


def test_a_clock_that_stands_still_has_no_deadline_yet() -> None:
    rows = [A, told("b", "2026-02-05")]
    assert owes("when a / within 10 days / paused while strike", rows, "2026-06-01") == "owed"


def test_a_pause_that_begins_on_the_last_day_takes_that_day_away() -> None:
    rows = [A, told("b", "2026-02-11"), told("g", "2026-02-14")]
    assert [owes("when a / within 10 days / paused while strike", rows, at) for at in ("2026-02-14", "2026-02-15")] == ["owed", "overdue"]
    rows = [A, told("b", "2026-02-12"), told("g", "2026-02-14")]
    assert owes("when a / within 10 days / paused while strike", rows, "2026-02-12") == "overdue"


def test_what_was_lost_before_the_trigger_is_not_added() -> None:
    rows = [told("b", "2026-01-05"), told("g", "2026-01-20"), A]
    assert owes("when a / within 10 days / paused while strike", rows, "2026-02-12") == "overdue"


# -- waived


def test_a_waiver_releases_undone_and_a_deed_after_it_discharges_nothing() -> None:
    rows = [A, told("g", "2026-02-05"), told("deed", "2026-02-10")]
    assert owes("when a / waived when g", rows, "2026-03-01") == "waived"
    assert owes("when a / waived when g", [A, told("deed", "2026-02-03"), rows[1]], "2026-03-01") == "discharged"
    assert owes("when a / waived when g if b happened", [A, rows[1], no("b", "2026-02-04")], "2026-03-01") == "owed"
    assert owes("when a / waived when g", [rows[1], told("a", "2026-02-20")], "2026-03-01") == "owed"


def test_a_disputed_waiver_leaves_it_contested() -> None:
    rows: list[Row] = [A, told("g", "2026-02-05"), no("g", "2026-02-05")]
    assert owes("when a / within 3 days / waived when g", rows, "2026-03-01") == "contested"


# -- overdue, discharged and lapsed


def test_a_disputed_discharge_of_what_is_late_is_contested() -> None:
    rows: list[Row] = [A, told("deed", "2026-02-05"), no("deed", "2026-02-05")]
    assert owes("when a / within 10 days", rows, "2026-03-01") == "contested"


def test_a_late_deed_still_discharges() -> None:
    assert owes("when a / within 10 days", [A, told("deed", "2026-02-20")], "2026-03-01") == "discharged"


def test_a_new_trigger_wakes_what_had_lapsed() -> None:
    rows = [A, told("lapse", "2026-02-05"), told("b", "2026-02-20")]
    assert [owes("when a / when b / until lapse", rows, at) for at in ("2026-02-10", "2026-03-01")] == ["lapsed", "owed"]


# -- breached


def finding(term: str, when: str, body: str = "court", **more: object) -> Row:
    return told(term, when, voice=body, speaks_for=body, said=when, **more)


BROKEN = "when a / within 10 days / breach found by court"


def test_only_the_body_that_is_named_finds_a_breach() -> None:
    claim = told("d", "2026-02-20", voice="Blue", speaks_for="BLU")
    assert owes(BROKEN, [A, claim], "2026-03-01") == "overdue"
    assert owes(BROKEN, [A, claim, finding("d", "2026-02-25")], "2026-03-01") == "breached"
    assert owes(BROKEN, [A, finding("d", "2026-02-25")], "2026-02-20", known="2026-03-01") == "overdue"


def test_a_breach_is_not_undone_by_a_late_deed_and_ends_with_a_new_run() -> None:
    rows = [A, finding("d", "2026-02-25"), told("deed", "2026-03-05")]
    assert owes(BROKEN, rows, "2026-03-10") == "breached"
    assert owes(f"{BROKEN} / when b", [*rows, told("b", "2026-04-01")], "2026-04-02") == "owed"


def test_a_breach_that_no_body_finds_is_only_alleged() -> None:
    claim = told("d", "2026-02-20", voice="Blue", speaks_for="BLU")
    assert owes("when a / within 10 days", [A, claim], "2026-03-01") == "overdue"


# -- a phase as a condition, and its beginning as a moment

SALE = COURT + "duty d: RED owes BLU deed\n  when a\n  within 10 days\nduty penalty: RED owes BLU helps(RED)\n"


def test_the_beginning_of_a_phase_brings_another_duty_about() -> None:
    body = SALE + "  when beginning of (d is overdue)\n"
    assert [value(body, [A], "penalty", at) for at in ("2026-02-11", "2026-02-12")] == ["dormant", "owed"]
    assert value(body, [A, told("deed", "2026-02-10")], "penalty", "2026-03-01") == "dormant"
    late = [A, told("deed", "2026-02-20")]
    assert (value(body, late, "penalty", "2026-03-01"), value(body, late, "d", "2026-03-01")) == ("owed", "discharged")
    assert value(body, [A, told("deed", "2026-02-10"), no("deed", "2026-02-10")], "penalty", "2026-03-01") == "contested"


@pytest.mark.parametrize(
    ("words", "at", "expected"),
    [
        ("owed", "2026-02-12", "yes"),  # what is overdue is owed still
        ("overdue", "2026-02-11", "no"),
        ("overdue", "2026-02-12", "yes"),
        ("dormant", "2026-01-12", "yes"),
        ("dormant", "2026-02-12", "no"),
        ("one of (discharged, waived)", "2026-02-12", "no"),
        ("one of (discharged, waived)", "2026-03-12", "yes"),
        ("dormant", "2026-03-12", "no"),
        ("breached", "2026-03-12", "no"),
    ],
)
def test_a_phase_can_be_asked(words: str, at: str, expected: str) -> None:
    body = COURT + "duty d: RED owes BLU deed\n  when a\n  within 10 days\nstate x\n  while d is " + words + "\n"
    assert value(body, [A, told("deed", "2026-03-01")], "x", at) == expected


# -- replaces


def test_what_stands_in_ends_the_duty_that_it_replaces() -> None:
    beside = SALE + "  when beginning of (d is overdue)\n"
    instead = beside + "  replaces d\n"
    assert [value(beside, [A], name, "2026-03-01") for name in ("d", "penalty")] == ["overdue", "owed"]
    assert [value(instead, [A], name, "2026-03-01") for name in ("d", "penalty")] == ["lapsed", "owed"]
    assert [value(instead, [A], name, "2026-02-10") for name in ("d", "penalty")] == ["owed", "dormant"]
    assert [value(instead, [A, told("deed", "2026-02-05")], name, "2026-03-01") for name in ("d", "penalty")] == ["discharged", "dormant"]
    assert value(instead, [A, told("deed", "2026-03-05")], "d", "2026-03-06") == "lapsed"


def test_what_stands_in_does_so_for_its_own_parties() -> None:
    body = BASE + "duty d(p: sides): p owes BLU helps(p)\n  when a\n  within 10 days\n"
    body += "duty e(q: sides): q owes BLU notice(q)\n  when b if q is RED\n  replaces d(q)\n"
    rows = [A, told("b", "2026-02-05")]
    assert [value(body, rows, f"d({p})", "2026-02-06") for p in ("RED", "BLU")] == ["lapsed", "owed"]


def test_two_that_stand_in_for_each_other_are_refused() -> None:
    body = BASE + "duty d: RED owes BLU deed\n  when a\n  replaces e\nduty e: RED owes BLU helps(RED)\n  when b\n  replaces d\n"
    with pytest.raises(Unsupported) as refused:
        value(body, [A], "d", "2026-03-01")
    assert refused.value.problems[0].code.code == "AV502"


# -- for some parties alone


@pytest.mark.parametrize(
    ("clause", "red", "blue"),
    [
        ("only for RED except strike", "dormant", "overdue"),
        ("not for RED except strike", "overdue", "dormant"),
        ("only for RED suspended while strike", "suspended", "overdue"),
        ("only for RED paused while strike", "owed", "overdue"),
        ("only for RED waived when b", "waived", "overdue"),
        ("only for RED until b", "lapsed", "overdue"),
        ("not for RED until b", "overdue", "lapsed"),
        ("only for RED while not strike", "dormant", "overdue"),
        ("only for RED when 20 days after a", "overdue", "overdue"),
    ],
)
def test_a_clause_for_some_parties_asks_nothing_of_the_others(clause: str, red: str, blue: str) -> None:
    body = COURT + f"duty d(p: sides): p owes BLU helps(p)\n  when a\n  within 10 days\n  {clause}\n"
    rows = [A, told("b", "2026-02-05")]
    assert [value(body, rows, f"d({p})", "2026-03-01") for p in ("RED", "BLU")] == [red, blue]


def test_a_trigger_for_some_parties_wakes_theirs_alone() -> None:
    body = duty("only for RED when a").replace("duty d: RED owes BLU deed", "duty d(p: sides): p owes BLU deed")
    assert [value(body, [A], f"d({p})", "2026-03-01") for p in ("RED", "BLU")] == ["owed", "dormant"]


# -- what is done before it is owed


@pytest.mark.parametrize("clauses", ["while strike", "when a / while strike"])
def test_what_is_done_before_a_duty_is_owed_does_not_discharge_it(clauses: str) -> None:
    rows = [told("a", "2026-01-02"), told("deed", "2026-02-01"), told("b", "2026-02-05"), told("deed", "2026-03-01")]
    assert [owes(clauses, rows[:3], at) for at in ("2026-02-02", "2026-02-06")] == ["dormant", "owed"]
    body = COURT.replace('event deed "the deed"', 'event deed "the deed"\n  repeats')
    assert owes(clauses, rows, "2026-03-02", body) == "discharged"


def test_where_nobody_knows_whether_it_was_owed_the_deed_may_have_discharged_it() -> None:
    rows = [told("deed", "2026-02-01"), calm("2026-03-01", "2026-04-01")]
    assert owes("while calm", rows, "2026-03-05", known="2026-12-31") == "open"


def test_a_limit_in_time_counts_whether_or_not_the_conditions_hold() -> None:
    assert owes("while strike / until 2026-02-03", [told("b", "2026-02-05")], "2026-02-06") == "dormant"


@pytest.mark.parametrize("limit", ["2026-02-11", "due", "10 days after a", "10 days after act"])
def test_an_act_on_the_last_day_is_in_time(limit: str) -> None:
    body = COURT + "event act\n  legal act\nmoment due is 10 days after a\n"
    rows = [A, told("act", "2026-02-01")]
    found = [owes(f"when act / no later than {limit}", rows, at, body) for at in ("2026-02-11T23:00Z", "2026-02-12")]
    assert found == ["owed", "overdue"]
    done = [*rows, told("deed", "2026-02-11T22:00Z")]
    assert owes(f"when act / no later than {limit}", done, "2026-02-12", body) == "discharged"
