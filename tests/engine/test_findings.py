"""What an attack on the engine found, each kept as a test (semantics 2.2 to 2.8)."""

from __future__ import annotations

import time

import pytest

from aval.answers.why import why
from aval.model.problem import Unsupported
from aval.model.term import Term
from tests.engine.support import Row, agreements, inquiry, line, value
from tests.engine.test_rules import CEASEFIRE, PARTIES, told

COURT = (
    PARTIES
    + """
body court "the court"
  may find crime(any)
event crime(p: sides) "p commits a crime"
  accepted from a finding of court or at least 2 independent sources of grade high
state punished(p: sides) "p is punished"
  from court finds crime(p)
state branded(p: sides) "p is branded"
  while court finds crime(p)
moment due(p: sides) is 30 days after court finds crime(p)
"""
)
PAPERS = [told("crime(RED)", "2026-01-01", voice=name, said="2026-01-02") for name in ("One", "Two")]
FINDING = told("crime(RED)", "2026-01-01", voice="the court", speaks_for="court", said="2026-06-01")


def test_only_the_body_itself_finds() -> None:
    assert value(COURT, PAPERS, "crime(RED)", "2026-03-01") == "yes"
    assert value(COURT, PAPERS, "punished(RED)", "2026-03-01") == "no"
    assert value(COURT, PAPERS, "branded(RED)", "2026-03-01") == "open"


def test_a_finding_is_an_act_at_its_own_date() -> None:
    rows = [*PAPERS, FINDING]
    assert value(COURT, rows, "punished(RED)", "2026-05-31", known="2026-07-01") == "no"
    assert line(COURT, rows, "punished(RED)", at="2026-07-01").since == "2026-06-01"
    assert value(COURT, rows, "due(RED)", "2026-07-05") == "2026-07-01"


@pytest.mark.parametrize("weak", [{"grade": "low"}, {"form": "unnamed official"}])
def test_a_weak_report_of_a_finding_does_not_count(weak: Row) -> None:
    assert value(COURT, [{**FINDING, **weak}], "crime(RED)", "2026-07-01") == "open"


DISPUTED = [told("begins", "2026-02-01"), told("begins", "2026-02-01", polarity="no", voice="Blue", speaks_for="BLU")]


def test_a_disputed_beginning_stays_disputed_further_on() -> None:
    body = CEASEFIRE + 'state onward "onward"\n  from beginning of truce\nstate long "long"\n  from once truce has held 30 days\n'
    assert value(body, DISPUTED, "truce", "2026-04-01") == "contested"
    assert value(body, DISPUTED, "onward", "2026-04-01") == "contested"
    assert value(body, DISPUTED, "long", "2026-04-01") == "contested"
    assert value(body, DISPUTED[:1], "long", "2026-04-01") == "yes"
    assert value(body, [], "onward", "2026-04-01") == "no"


def test_a_state_that_may_have_begun_opens_what_it_begins() -> None:
    body = PARTIES + 'event spark\nstate dry "it is dry"\nstate fire\n  from spark if dry\nstate smoke\n  from beginning of fire\n'
    rows = [told("spark", "2026-02-01")]
    assert [value(body, rows, name, "2026-03-01") for name in ("fire", "smoke")] == ["open", "open"]


def test_a_denial_on_the_way_disputes_what_was_held() -> None:
    body = 'state quiet "it is quiet"\nstate long\n  from once quiet has held 30 days\n'
    held: Row = {"says": "holds", "term": "quiet", "first": "2026-01-01", "last": "2026-03-01", "said": "2026-03-02"}
    broken: Row = {"says": "holds", "term": "quiet", "polarity": "no", "when": "2026-01-20", "said": "2026-03-02"}
    assert value(body, [held], "long", "2026-02-15", known="2026-03-02") == "yes"
    assert value(body, [held, broken], "long", "2026-02-15", known="2026-03-02") == "contested"


ORDINAL = (
    PARTIES
    + """
group all_parties "all" is RED, BLU, GRN
event sig(p: all_parties) "p signs"
event dep(p: all_parties) "p deposits"
  constitutive
state two_signed
  while 2nd sig(any) happened
state two_deposited
  while 2nd dep(any) happened
"""
)


def test_the_second_may_have_come_unreported_unless_only_what_was_received_exists() -> None:
    rows = [told("sig(RED)", "2026-02-05"), told("sig(BLU)", "2026-03-05"), told("dep(RED)", "2026-02-05")]
    assert value(ORDINAL, rows, "two_signed", "2026-01-15", known="2026-04-01") == "open"
    assert value(ORDINAL, rows, "two_signed", "2026-04-01") == "yes"
    assert value(ORDINAL, rows, "two_deposited", "2026-04-01") == "no"


def test_a_partly_denied_guard_disputes_and_does_not_open() -> None:
    body = PARTIES + 'event act\nstate fit "it is fit"\nstate done\n  from act if fit\n'
    act = told("act", "", first="2026-02-01", last="2026-02-20", said="2026-03-01")
    fit: Row = {"says": "holds", "term": "fit", "first": "2026-01-01", "last": "2026-03-01", "said": "2026-03-02"}
    deny: Row = {**fit, "polarity": "no", "first": "2026-02-10", "last": "2026-02-12", "voice": "Blue"}
    act = {name: text for name, text in act.items() if text}
    assert value(body, [act, fit], "done", "2026-03-05") == "yes"
    assert value(body, [act, fit, deny], "done", "2026-03-05") == "contested"


def test_a_guard_is_explained_just_before_its_moment() -> None:
    body = PARTIES + 'event act\nstate fit "it is fit"\nstate done\n  from act if fit\n'
    rows = [
        told("act", "2026-01-10"),
        {"says": "holds", "term": "fit", "polarity": "no", "first": "2026-01-01", "last": "2026-01-19", "said": "2026-02-01"},
        {"says": "holds", "term": "fit", "first": "2026-01-20", "last": "2026-01-31", "said": "2026-02-01"},
    ]
    ((_, root),) = why(Term("done"), inquiry(body, rows, at="2026-02-01")).roots
    assert root.value == "no"
    assert [part.value for part in root.parts] == ["no"]
    assert line(body, rows, "done", at="2026-02-01").missing == ("from act if fit just before: no",)


def test_shared_reasons_are_told_once_and_in_time() -> None:
    chain = "".join(f"state s{n}\n  while s{n - 1} and (s{n - 1} or not s{n - 1})\n" for n in range(1, 60))
    started = time.process_time()
    asked = inquiry("state s0\n" + chain, at="2026-01-01")
    assert why(Term("s59"), asked).value == "open"
    assert time.process_time() - started < 5


def test_a_full_knot_is_explained_in_time() -> None:
    names = [f"k{n}" for n in range(12)]
    body = "".join(f"state {name}\n  while {' or '.join(other for other in names if other != name)}\n" for name in names)
    started = time.process_time()
    assert why(Term("k0"), inquiry(body, at="2026-01-01")).value == "no"
    assert time.process_time() - started < 10


def test_too_many_readings_at_once_are_refused_before_they_are_laid_out() -> None:
    questions = "".join(f'question q{n} "?"\n  reading q{n}_x "x"\n  reading q{n}_y "y"\n' for n in range(14))
    body = "event e\n" + questions + "state s\n" + "".join(f"  on reading q{n}_x while e happened\n" for n in range(14))
    with pytest.raises(Unsupported) as refused:
        line(body, [], "s", at="2026-01-01")
    assert refused.value.problems[0].code.code == "AV501"
    chosen = {f"q{n}": f"q{n}_x" for n in range(10)}
    assert line(body, [], "s", at="2026-01-01", readings=chosen).value == "open"


def test_admission_does_not_grow_with_the_square() -> None:
    found = agreements("event e\n  accepted from at least 2 independent sources of grade high\n")
    rows = [told("e", "2026-01-01", voice=f"v{n}") for n in range(3000)]
    started = time.process_time()
    assert value(found, rows, "e", "2026-02-01") == "yes"
    assert time.process_time() - started < 10
