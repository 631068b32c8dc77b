"""Dates that depend on a reading, and moments that come more than once."""

from __future__ import annotations

from aval.answers.owed import owed
from aval.answers.why import why
from aval.model.term import Term
from aval.render.rows import since_text
from tests.engine.support import Row, inquiry, line

CLOCK = (
    "party P1\nparty P2\ngroup members is P1, P2\n"
    'question clock "Which clock?"\n  reading short "a month"\n  reading long "three months"\n'
    "event notice(s: members)\n  legal act\n  repeats\n"
    "event paid(s: members)\n"
    "moment out(s: members)\n  on reading short means 1 month after latest notice(s)\n"
    "  on reading long means 3 months after latest notice(s)\n"
    "state bound(s: members)\n  starts as yes\n  until out(s)\n"
    "duty pay(s: members): s owes P2 paid(s)\n  when notice(s)\n  on reading short within 10 days\n  on reading long within 20 days\n"
    "moment later(s: members) is 1 month after latest notice(s)\n"
)


def notices(*days: str) -> list[Row]:
    return [{"term": "notice(P1)", "when": day} for day in days]


def test_a_value_on_which_readings_agree_does_not_show_the_date_of_one_of_them() -> None:
    found = line(CLOCK, notices("2026-01-10"), "bound(P1)", at="2026-06-01")
    assert (found.value, found.since, found.bounds, dict(found.by_reading)) == ("no", None, None, {})
    assert dict(found.since_by_reading) == {"clock=short": "2026-02-10", "clock=long": "2026-04-10"}
    assert since_text(found) == "2026-02-10 or 2026-04-10 by reading"


def test_a_date_on_which_readings_agree_is_shown() -> None:
    found = line(CLOCK, notices("2026-01-10"), "bound(P1)", at="2026-06-01", readings={"clock": "long"})
    assert (found.value, found.since, dict(found.since_by_reading)) == ("no", "2026-04-10", {})
    before = line(CLOCK, [], "bound(P1)", at="2026-06-01")
    assert (before.value, before.since, dict(before.since_by_reading)) == ("yes", None, {})


def test_a_date_that_depends_on_a_reading_is_explained_on_each() -> None:
    found = why(Term("bound", ("P1",)), inquiry(CLOCK, notices("2026-01-10"), at="2026-06-01"))
    assert found.value == "no"
    assert [(words, root.since) for words, root in found.roots] == [("clock=short", "2026-02-10"), ("clock=long", "2026-04-10")]


def test_a_deadline_that_depends_on_a_reading_is_shown_on_each() -> None:
    debt = owed(inquiry(CLOCK, notices("2026-01-10"), at="2026-01-12")).debts[0]
    assert (debt.phase, debt.since) == ("owed", "2026-01-10")
    assert debt.due == "2026-01-20 (reading clock=short); 2026-01-30 (reading clock=long)"


def test_a_moment_shows_the_last_date_that_has_come_and_how_many_there_are() -> None:
    rows = notices("2026-01-10", "2026-03-10", "2026-06-10")
    shown = {
        at: line(CLOCK, rows, "later(P1)", at=at, known="2026-06-15") for at in ("2026-01-15", "2026-03-01", "2026-06-15", "2026-08-01")
    }
    assert {at: one.value for at, one in shown.items()} == {
        "2026-01-15": "2026-02-10",
        "2026-03-01": "2026-02-10",
        "2026-06-15": "2026-04-10",
        "2026-08-01": "2026-07-10",
    }
    assert {one.times for one in shown.values()} == {3}
    assert since_text(shown["2026-03-01"]) == "one of 3"
    assert line(CLOCK, rows[:1], "later(P1)", at="2026-03-01").times == 1


def test_the_explanation_of_a_moment_has_the_date_that_its_line_has() -> None:
    asked = inquiry(CLOCK, notices("2026-01-10", "2026-03-10"), at="2026-06-01")
    (_, root), *_ = why(Term("later", ("P1",)), asked).roots
    assert (root.value, root.since) == ("2026-04-10", "2026-04-10")
    (since,) = (part.since for part in root.parts[0].parts if part.text == "latest notice(P1)")
    assert since == "2026-03-10"


def test_beside_a_yes_what_was_told_of_any_party_is_no_open_line() -> None:
    body = CLOCK + "state asked\n  while notice(any) happened\n"
    (_, root), *_ = why(Term("asked"), inquiry(body, notices("2026-01-10"), at="2026-06-01")).roots
    (part,) = root.parts
    assert (part.value, part.mode, part.note, [one.term for one in part.cited]) == ("yes", "told", "", ["notice(P1)"])


def test_what_was_told_only_of_a_later_time_is_not_told_yet() -> None:
    body = CLOCK + "state asked\n  while notice(any) happened\n"
    (_, root), *_ = why(Term("asked"), inquiry(body, notices("2026-01-10"), at="2026-01-01", known="2026-06-01")).roots
    (part,) = root.parts
    assert (part.value, part.mode, part.note) == ("open", "untold", "nobody has told one by then")
