"""Bans and what stands on their record; powers and their valid exercise (semantics 2.6)."""

from __future__ import annotations

import pytest

from aval.answers.why import why
from aval.model.term import Term
from tests.engine.support import Row, inquiry, line, value
from tests.engine.test_norms import BASE, no, told

TRUCE = (
    BASE
    + """
body commission "the commission"
  may find no_fire(any)
event fire(p: sides) "p fires"
  accepted from at least 2 independent sources of grade high
state defence(p: sides) "p defends itself"
  accepted from a finding of commission
state truce
  from a
  until lapse
ban no_fire(p: sides) "p does not fire": p must not fire(p)
  while truce
  except defence(p)
  breach proposed by fire(p)
  breach found by commission
"""
)
HELD: list[Row] = [told("a", "2026-01-01")] + [
    {
        "says": "holds",
        "term": f"defence({p})",
        "polarity": "no",
        "first": "2025-12-01",
        "last": "2026-12-31",
        "said": "2026-01-01",
        "voice": "the commission",
        "speaks_for": "commission",
    }
    for p in ("RED", "BLU")
]
ONE = told("fire(RED)", "2026-03-04T05:00Z", voice="One", said="2026-03-04")
TWO = [ONE, {**ONE, "voice": "Two"}]
FOUND = told("no_fire(RED)", "2026-03-04", voice="the commission", speaks_for="commission", said="2026-03-06")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([], "no breach on record"),
        ([ONE], "alleged"),
        ([told("no_fire(RED)", "2026-03-04", voice="Blue", speaks_for="BLU")], "alleged"),
        (TWO, "proposed"),
        ([*TWO, no("fire(RED)", "2026-03-04"), told("fire(RED)", "2026-03-04", voice="Blue", polarity="no")], "contested"),
        ([*TWO, FOUND], "found"),
        ([FOUND], "found"),
        ([told("fire(BLU)", "2026-03-04", voice="One")], "no breach on record"),
        ([told("fire(RED)", "2025-12-04", voice="One"), told("fire(RED)", "2025-12-04", voice="Two")], "no breach on record"),
        ([told("lapse", "2026-02-01"), *TWO], "not in force"),
        ([told("lapse", "2026-02-01"), *TWO, FOUND], "found"),
        ([no("fire(RED)", "2026-03-04")], "no breach on record"),
    ],
)
def test_a_ban_shows_what_is_on_its_record(rows: list[Row], expected: str) -> None:
    assert value(TRUCE, [*HELD, *rows], "no_fire(RED)", "2026-03-10") == expected


def test_a_finding_counts_from_its_own_day() -> None:
    rows = [*HELD, *TWO, FOUND]
    dates = ("2026-03-03", "2026-03-05", "2026-03-06")
    assert [value(TRUCE, rows, "no_fire(RED)", at, known="2026-04-01") for at in dates] == ["no breach on record", "proposed", "found"]
    assert value(TRUCE, rows, "no_fire(RED)", "2026-03-10", known="2026-03-05") is not None
    assert line(TRUCE, rows, "no_fire(RED)", at="2026-03-10").since == "2026-03-06"


def test_a_deed_under_an_exception_is_no_breach() -> None:
    defends = {**HELD[1], "polarity": "yes", "term": "defence(RED)"}
    assert value(TRUCE, [HELD[0], defends, *TWO], "no_fire(RED)", "2026-03-10") == "not in force"
    assert value(TRUCE, [HELD[0], *TWO], "no_fire(RED)", "2026-03-10") == "alleged"  # nobody knows whether it was self-defence
    assert value(TRUCE, HELD[:1], "no_fire(RED)", "2026-03-10") == "open"


def test_a_ban_without_a_body_is_never_found() -> None:
    body = BASE + "ban quiet: RED must not deed\n"
    rows = [told("deed", "2026-03-01"), told("quiet", "2026-03-01")]
    assert value(body, [], "quiet", "2026-03-10") == "no breach on record"
    assert value(body, rows, "quiet", "2026-03-10") == "alleged"
    ((_, root),) = why(Term("quiet"), inquiry(body, rows, at="2026-03-10")).roots
    assert [one.why_not for part in root.parts for one in part.alleged] == ["no body is named to find it"]


def test_a_ban_runs_from_until() -> None:
    body = BASE + "ban quiet: RED must not deed\n  from a\n  until 6 months after lapse\n"
    rows = [told("a", "2026-01-01"), told("lapse", "2026-02-01")]
    dates = ("2025-12-31", "2026-01-01", "2026-07-31", "2026-08-01")
    expected = ["not in force", "no breach on record", "no breach on record", "not in force"]
    legal = body.replace('event a "a"', 'event a "a"\n  legal act').replace('event lapse "lapse"', 'event lapse "lapse"\n  legal act')
    assert [value(legal, rows, "quiet", at) for at in dates] == expected


def test_what_stands_on_the_record_can_be_asked_and_begin_something() -> None:
    body = TRUCE + "state accused(p: sides)\n  while no_fire(p) is proposed\nduty repair(p: sides): p owes BLU helps(p)\n"
    body += "  when beginning of (no_fire(p) is found)\n  within 72 hours\nduty report(p: sides): p owes BLU notice(p)\n"
    body += "  when commission finds no_fire(p)\n"
    rows = [*HELD, *TWO]
    assert [value(body, rows, f"accused({p})", "2026-03-10") for p in ("RED", "BLU")] == ["yes", "no"]
    assert value(body, rows, "repair(RED)", "2026-03-10") == "dormant"
    rows.append(FOUND)
    assert value(body, rows, "accused(RED)", "2026-03-10") == "yes"  # what was found was proposed all the same
    assert [value(body, rows, "repair(RED)", at) for at in ("2026-03-08", "2026-03-10")] == ["owed", "overdue"]
    assert [value(body, rows, f"report({p})", "2026-03-10") for p in ("RED", "BLU")] == ["owed", "dormant"]


@pytest.mark.parametrize(("clause", "red", "blue"), [("only for RED except b2", "not in force", "no breach on record")])
def test_a_clause_of_a_ban_for_some_parties(clause: str, red: str, blue: str) -> None:
    body = BASE + f"state b2\n  from b\nban quiet(p: sides): p must not helps(p)\n  {clause}\n"
    assert [value(body, [told("b", "2026-01-01")], f"quiet({p})", "2026-03-01") for p in ("RED", "BLU")] == [red, blue]


# -- powers

LEAVING = (
    BASE
    + """
event joined(p: sides) "p joins"
  constitutive
  legal act
event left(p: sides) "p gives notice"
  constitutive
  legal act
state settled(p: sides)
  from 3 years after joined(p)
power leave(p: sides): p may left(p)
  while settled(p)
state bound(p: sides)
  from joined(p)
  until 12 months after leave(p)
moment first is 1st leave(any)
state warned(p: sides)
  while leave(p) is void
"""
)
JOINED = told("joined(RED)", "2020-01-01")


def test_only_a_valid_exercise_moves_anything() -> None:
    early, late = told("left(RED)", "2022-06-01"), told("left(RED)", "2024-06-01")
    dates = ("2023-07-01", "2025-05-31", "2025-06-01")
    assert [value(LEAVING, [JOINED, early], "bound(RED)", at) for at in dates] == ["yes", "yes", "yes"]
    assert [value(LEAVING, [JOINED, late], "bound(RED)", at) for at in dates] == ["yes", "yes", "no"]
    assert [value(LEAVING, [JOINED, early], name, "2026-01-01") for name in ("leave(RED)", "warned(RED)")] == ["void", "yes"]
    assert [value(LEAVING, [JOINED, late], name, "2026-01-01") for name in ("leave(RED)", "warned(RED)")] == ["exercised", "no"]
    assert value(LEAVING, [JOINED, late], "first", "2026-01-01") == "2024-06-01"
    assert value(LEAVING, [JOINED, early], "first", "2026-01-01") == "not set"


def test_an_exercise_of_which_nobody_knows_whether_it_was_valid_is_only_possible() -> None:
    body = BASE + "power w: RED may deed\n  while g happened\nstate x\n  from w\nstate y\n  while w happened\n"
    rows = [told("deed", "2026-02-01")]
    assert [value(body, rows, name, "2026-03-01") for name in ("x", "y")] == ["open", "open"]
    rows.append(told("g", "2026-01-01"))
    assert [value(body, rows, name, "2026-03-01") for name in ("x", "y")] == ["yes", "yes"]
    denied: list[Row] = [*rows, no("deed", "2026-02-01")]
    assert [value(body, denied, name, "2026-03-01") for name in ("x", "y")] == ["contested", "contested"]
    assert value(body, [], "y", "2026-03-01") == "open"


def test_an_exercise_is_explained_by_the_deed_and_what_made_it_valid() -> None:
    asked = inquiry(LEAVING, [JOINED, told("left(RED)", "2024-06-01")], at="2026-01-01")
    ((_, root),) = why(Term("bound", ("RED",)), asked).roots
    texts = [(part.text, part.value) for part in root.parts]
    assert ("until 12 months after valid exercise of leave(RED)", "yes") in texts
    (exercise,) = next(part for part in root.parts if part.text.startswith("until")).parts
    assert [(part.text, part.value) for part in exercise.parts] == [("left(RED)", "yes"), ("leave(RED)", "yes")]


def test_a_power_to_do_what_lasts_is_exercised_when_that_begins() -> None:
    body = BASE + 'state posted "troops are there"\npower w: RED may posted\n  while a happened\n'
    there: Row = {"says": "holds", "term": "posted", "first": "2026-02-01", "last": "2026-02-20", "said": "2026-03-01"}
    away: Row = {**there, "polarity": "no", "first": "2026-01-01", "last": "2026-01-31"}
    assert value(body, [told("a", "2026-01-01"), there, away], "w", "2026-03-01") == "exercised"


def test_a_power_and_what_its_exercise_ends_do_not_wait_for_each_other() -> None:
    body = BASE + "event left(p: sides)\n  constitutive\n  legal act\npower leave(p: sides): p may left(p)\n  while bound(p)\n"
    body += "state bound(p: sides)\n  from a\n  until leave(p)\n"
    rows = [told("a", "2026-01-01"), told("left(RED)", "2026-03-01")]
    assert [value(body, rows, "bound(RED)", at, known="2026-04-01") for at in ("2026-02-28", "2026-03-01")] == ["yes", "no"]
    assert [value(body, rows, f"leave({p})", "2026-04-01") for p in ("RED", "BLU")] == ["exercised", "available"]
    early = [told("left(RED)", "2025-12-01"), rows[0]]
    assert [value(body, early, name, "2026-04-01") for name in ("leave(RED)", "bound(RED)")] == ["void", "yes"]


def test_a_duty_whose_words_change_where_it_is_owed_all_along_moves_what_asks_for_them() -> None:
    body = BASE + "event ends\n  constitutive\n  legal act\nduty d: RED owes BLU deed\n  when a\n  within 10 days\n  paused while stopped\n"
    body += "state stopped\n  from b\n  until stop\npower stop: BLU may ends\n  while d is overdue or early\nstate early\n  from g\n"
    rows = [told("a", "2026-02-01"), told("b", "2026-02-05"), told("g", "2026-02-06"), told("ends", "2026-02-08")]
    assert [value(body, rows, "d", at, known="2026-04-01") for at in ("2026-02-14", "2026-02-15")] == ["owed", "overdue"]
    assert value(body, [*rows[:2], rows[3]], "d", "2026-06-01") == "owed"  # nobody could stop what stands still
    assert value(body, [*rows[:2], rows[3]], "stop", "2026-06-01") == "void"


def test_a_notice_counts_only_from_who_is_bound_and_the_latest_one_counts() -> None:
    body = BASE + "event joined(p: sides)\n  constitutive\n  legal act\nevent left(p: sides)\n  constitutive\n  legal act\n"
    body += "power leave(p: sides): p may left(p)\n  while bound(p)\nstate bound(p: sides)\n  from joined(p)\n"
    body += "  until 12 months after latest leave(p)\n"
    valid = [told("joined(RED)", "2020-01-01"), told("left(RED)", "2024-06-01")]
    assert [value(body, valid, "bound(RED)", at, known="2026-01-01") for at in ("2025-05-31", "2025-06-01")] == ["yes", "no"]
    early = [told("joined(RED)", "2024-08-01"), told("left(RED)", "2024-06-01")]
    assert [value(body, early, name, "2026-01-01") for name in ("bound(RED)", "leave(RED)")] == ["yes", "void"]
