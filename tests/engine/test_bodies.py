"""What bodies find (semantics 2.7): acts at their own dates, with content that stands in the place of all else."""

from __future__ import annotations

import pytest

from aval.answers.why import why
from aval.model.term import Term
from tests.engine.support import Row, inquiry, line, value

COURTS = """
party RED "Red"
party BLU "Blue"
group sides is RED, BLU
body court "the court"
  may find crime(any), siege
body chamber "the chamber"
  may find crime(any), siege
event crime(p: sides) "p commits a crime"
  accepted from at least 2 independent sources of grade high
state siege "there is a siege"
state free "trade is free"
  while not siege
state punished(p: sides)
  from court finds crime(p)
state relief
  while siege
body council
  may find rule_state
state rule_state
  while crime(RED) happened
"""


def paper(name: str, term: str = "crime(RED)", polarity: str = "yes", **more: object) -> Row:
    return {"term": term, "polarity": polarity, "voice": name, "said": "2026-01-02", **more}


def finding(body: str, said: str, term: str = "crime(RED)", polarity: str = "yes", **more: object) -> Row:
    return {"term": term, "polarity": polarity, "voice": body, "speaks_for": body, "said": said, **more}


def holds(voice: str, said: str, polarity: str = "yes", **more: object) -> Row:
    return {"says": "holds", "term": "siege", "polarity": polarity, "voice": voice, "said": said, **more}


TOLD = [paper("One", when="2026-01-01"), paper("Two", when="2026-01-01")]


def test_a_finding_takes_the_place_of_both_sides_from_its_saying_on() -> None:
    disputed = [*TOLD, paper("Three", polarity="no", when="2026-01-01"), paper("Four", polarity="no", when="2026-01-01")]
    assert value(COURTS, disputed, "crime(RED)", "2026-03-01") == "contested"
    rows = [*disputed, finding("court", "2026-04-01", polarity="no", when="2026-01-01")]
    assert value(COURTS, rows, "crime(RED)", "2026-03-01") == "contested"  # not yet said
    assert value(COURTS, rows, "crime(RED)", "2026-03-01", known="2026-04-01") == "no"


def test_later_evidence_stands_beside_it_and_moves_nothing() -> None:
    rows = [finding("court", "2026-04-01", polarity="no", when="2026-01-01")]
    later = [paper(name, said="2026-05-01", when="2026-01-01") for name in ("One", "Two")]
    assert value(COURTS, [*rows, *later], "crime(RED)", "2026-06-01") == "no"
    ((_, root),) = why(Term("crime", ("RED",)), inquiry(COURTS, [*rows, *later], at="2026-06-01")).roots
    assert {one.why_not for one in root.alleged} == {"a finding of court stands in its place"}


def test_a_finding_that_is_withdrawn_gives_its_place_back() -> None:
    rows: list[Row] = [*TOLD, {**finding("court", "2026-04-01", polarity="no", when="2026-01-01"), "label": "f"}]
    back: Row = {
        "says": "retracts",
        "term": "crime(RED)",
        "withdraws": ["label:f"],
        "voice": "court",
        "speaks_for": "court",
        "said": "2026-05-01",
    }
    assert value(COURTS, [*rows, back], "crime(RED)", "2026-05-01") == "yes"


def test_of_one_body_the_later_finding_stands_and_the_earlier_act_remains() -> None:
    rows = [finding("court", "2026-04-01", when="2026-01-01"), finding("court", "2026-06-01", polarity="no", when="2026-01-01")]
    assert value(COURTS, rows, "crime(RED)", "2026-05-01") == "yes"
    assert value(COURTS, rows, "crime(RED)", "2026-06-01") == "no"
    assert line(COURTS, rows, "punished(RED)", at="2026-07-01").since == "2026-04-01"


def test_equal_bodies_that_differ_are_contested() -> None:
    rows = [finding("court", "2026-04-01", when="2026-01-01"), finding("chamber", "2026-06-01", polarity="no", when="2026-01-01")]
    assert value(COURTS, rows, "crime(RED)", "2026-06-02") == "contested"


def test_a_finding_said_again_is_one_finding() -> None:
    rows = [finding("court", "2026-04-01", when="2026-01-01"), finding("court", "2026-04-05", when="2026-01-01")]
    assert line(COURTS, rows, "punished(RED)", at="2026-07-01").since == "2026-04-01"


def test_what_a_body_cannot_determine_replaces_nothing() -> None:
    unable: Row = {**finding("court", "2026-04-01"), "says": "position", "stance": "undecided"}
    del unable["polarity"]  # type: ignore[attr-defined]  # a dict, written as a mapping
    assert value(COURTS, [*TOLD, unable], "crime(RED)", "2026-05-01") == "yes"
    assert value(COURTS, [*TOLD, unable], "punished(RED)", "2026-05-01") == "no"
    found = finding("court", "2026-03-01", polarity="no", when="2026-01-01")
    assert value(COURTS, [*TOLD, found, unable], "crime(RED)", "2026-05-01") == "no"  # nor does it withdraw what was found before


def test_a_finding_covers_the_span_that_it_names_and_no_more() -> None:
    rows = [
        holds("One", "2026-01-01", first="2026-01-01", last="2026-06-30", throughout="yes"),
        holds("court", "2026-07-01", "no", speaks_for="court", first="2026-03-01", last="2026-03-31"),
    ]
    days = ("2026-02-15", "2026-03-01", "2026-03-31", "2026-04-01")
    assert [value(COURTS, rows, "siege", day, known="2026-07-01") for day in days] == ["yes", "no", "no", "yes"]
    assert [value(COURTS, rows, "siege", day, known="2026-06-30") for day in days] == ["yes", "yes", "yes", "yes"]


def test_a_finding_without_an_end_goes_on_whatever_is_reported() -> None:
    rows = [
        holds("court", "2026-03-01", speaks_for="court"),
        holds("One", "2026-05-01", "no", when="2026-05-01"),
        holds("Two", "2026-02-01", "no", when="2026-02-01"),
    ]
    days = ("2026-02-01", "2026-03-01", "2026-05-01", "2026-08-01")
    assert [value(COURTS, rows, "siege", day, known="2026-08-01") for day in days] == ["no", "yes", "yes", "yes"]
    ended = [*rows, holds("court", "2026-07-01", "no", speaks_for="court")]
    assert [value(COURTS, ended, "siege", day) for day in ("2026-06-30", "2026-07-01")] == ["yes", "no"]


def test_two_findings_of_one_body_overlap_and_the_later_one_stands() -> None:
    rows = [
        holds("court", "2026-07-01", speaks_for="court", first="2026-01-01", last="2026-04-30"),
        holds("court", "2026-08-01", "no", speaks_for="court", first="2026-04-01", last="2026-05-31"),
    ]
    days = ("2026-03-15", "2026-04-15", "2026-05-15")
    assert [value(COURTS, rows, "siege", day, known="2026-08-01") for day in days] == ["yes", "no", "no"]
    both = [*rows, holds("chamber", "2026-07-02", speaks_for="chamber", first="2026-04-01", last="2026-04-30")]
    assert value(COURTS, both, "siege", "2026-04-15", known="2026-08-01") == "contested"


def test_a_body_can_find_what_a_rule_would_decide_and_the_reason_says_so() -> None:
    rows: list[Row] = [
        *TOLD,
        {"says": "holds", "term": "rule_state", "polarity": "no", "voice": "c", "speaks_for": "council", "said": "2026-02-01"},
    ]
    assert [value(COURTS, rows, "rule_state", day) for day in ("2026-01-20", "2026-02-01")] == ["yes", "no"]
    ((_, root),) = why(Term("rule_state"), inquiry(COURTS, rows, at="2026-03-01")).roots
    assert root.parts[0].text == "council does not find rule_state"


@pytest.mark.parametrize("weak", [{"grade": "low"}, {"form": "unnamed official"}])
def test_a_weak_report_of_a_finding_takes_no_place(weak: Row) -> None:
    found = {**finding("court", "2026-04-01", polarity="no", when="2026-01-01"), **weak}
    assert value(COURTS, [*TOLD, found], "crime(RED)", "2026-05-01") == "yes"
