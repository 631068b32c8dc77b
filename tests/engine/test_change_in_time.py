"""Rules that depend on each other through time, clocks of a state's own, values, and what repeats (semantics 2.2, 2.3, 2.5)."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from itertools import product

import pytest

from aval.engine.lookup import look
from aval.engine.protocol import Point
from aval.engine.sound import without_turns
from aval.model.four import Value
from aval.model.instant import from_datetime
from aval.model.problem import Unsupported
from aval.model.term import Term
from tests.engine.support import Row, agreements, inquiry, line, value

DAY = 86_400_000_000
PARTIES = 'party RED "Red"\nparty BLU "Blue"\nparty GRN "Green"\ngroup sides is RED, BLU, GRN\n'


def told(term: str, when: str, **more: object) -> Row:
    return {"term": term, "when": when, **more}


def values(body: str, rows: list[Row], term: str, days: list[str]) -> str:
    """Give the first letter of each day's value, or the word of a state with values."""
    return " ".join(str(value(body, rows, term, f"2026-{day}", known="2026-12-31")) for day in days)


CONTRACTS = (
    PARTIES
    + """
event agreed_on(p: sides)
  repeats
  legal act
event delivered(p: sides)
  repeats
  legal act
state contract(p: sides)
  from agreed_on(p) unless suspended(p)
  until 5 days after its beginning
state owing(p: sides)
  from agreed_on(p) unless suspended(p)
  until delivered(p)
  until end of contract(p)
state suspended(p: sides)
  from end of contract(p) if owing(p)
  until 3 days after its latest trigger
"""
)


def test_the_end_of_a_contract_blocks_the_next_one_for_a_while() -> None:
    rows = [told("agreed_on(RED)", f"2026-01-{day:02}") for day in (1, 3, 7, 9, 15)]
    days = [f"01-{day:02}" for day in (1, 5, 6, 7, 8, 9, 10, 13, 14, 15, 16, 19, 20)]
    # undelivered: ends on the 6th, so that the 7th is blocked until the 9th, on which the block is over only just
    assert values(CONTRACTS, rows, "contract(RED)", days) == "yes yes no no no no no no no yes yes yes no"
    assert values(CONTRACTS, rows, "suspended(RED)", days) == "no no yes yes yes no no no no no no no yes"
    kept = [*rows, told("delivered(RED)", "2026-01-04")]
    assert values(CONTRACTS, kept, "contract(RED)", days) == "yes yes no yes yes yes yes no no no no no no"


def test_a_reason_in_a_knot_ends() -> None:
    rows = [told("agreed_on(RED)", f"2026-01-{day:02}") for day in (1, 7, 15)]
    shown = line(CONTRACTS, rows, "contract(RED)", at="2026-01-08", known="2026-12-31")
    assert shown.value == "no"
    assert len(shown.cited) < 20


def test_an_imprecise_event_in_a_knot_leaves_open_what_depends_on_it() -> None:
    rows: list[Row] = [{"term": "agreed_on(RED)", "first": "2026-01-01", "last": "2026-01-03", "said": "2026-01-10"}]
    days = [f"{month}-{day:02}" for month, day in (("01", 1), ("01", 3), ("01", 5), ("01", 7), ("01", 9), ("01", 12))]
    assert values(CONTRACTS, rows, "contract(RED)", days) == "open yes yes open no no"


def test_a_knot_that_turns_within_an_instant_is_refused() -> None:
    body = PARTIES + "event go\nstate first\n  from end of second\n  until go\nstate second\n  from go\n  until beginning of first\n"
    with pytest.raises(Unsupported) as refused:
        value(body, [], "first", "2026-01-01")
    assert refused.value.problems[0].code.code == "AV502"
    _, (problem,) = without_turns(agreements(body))
    assert "first" in problem.message
    assert "second" in problem.message


def test_rules_that_drive_each_other_past_the_horizon_are_cut_off_there_or_refused() -> None:
    body = "event go\n  legal act\nstate tick\n  from go\n  from 40 years after end of tick\n  until 40 years after its beginning\n"
    rows = [told("go", "2026-01-01")]
    assert [value(body, rows, "tick", at, known="2026-01-02") for at in ("2026-01-02", "2067-01-01", "2107-01-01")] == ["yes", "no", "open"]
    busy = body.replace("40 years", "1 minute")
    with pytest.raises(Unsupported) as refused:
        value(busy, rows, "tick", "2026-01-02")
    assert refused.value.problems[0].code.code == "AV501"


SHELLING = (
    PARTIES
    + """
event shelling(p: sides, q: sides)
  repeats
state violated(p: sides)
  from shelling(p, any)
  until 3 days after its latest trigger
state tense(p: sides)
  from beginning of violated(p)
  until once tense(p) has held 10 days
  renews
"""
)


def test_what_the_rounds_of_a_knot_do_not_agree_on_is_open_and_costs_no_other_instance() -> None:
    told_rows: list[Row] = [
        told("shelling(RED, RED)", "2026-01-05T17:00Z", polarity="no", said="2026-03-25"),
        *(told(f"shelling(RED, {q})", f"2026-01-{when}Z", said="2026-03-25") for q, when in (("RED", "26T01:00"), ("RED", "08T06:00"))),
        {"term": "shelling(RED, BLU)", "first": "2026-01-13T15:00Z", "last": "2026-01-15T15:00Z", "said": "2026-03-25"},
        told("shelling(RED, BLU)", "2026-01-04T10:00Z", said="2026-03-25"),
        told("shelling(BLU, RED)", "2026-01-10T10:00Z", said="2026-03-25"),
    ]
    days = [f"01-{day:02}" for day in (2, 6, 12, 16, 25, 30)]
    assert values(SHELLING, told_rows, "tense(RED)", days) == "no yes yes open open open"
    assert values(SHELLING, told_rows, "tense(BLU)", days) == "no no yes yes no no"


def test_a_long_chain_of_exact_instants_is_followed_to_its_end() -> None:
    body = "event go\n  legal act\nstate tick\n  from go\n  from 4 months after end of tick\n  until 3 months after its beginning\n"
    rows = [told("go", "2026-01-01")]
    days = ("2026-02-01", "2026-05-01", "2090-02-01", "2090-05-01", "2101-02-01")
    assert [value(body, rows, "tick", at, known="2026-01-02") for at in days] == ["yes", "no", "no", "yes", "open"]


def _days(rows: list[Row], name: str) -> list[Value]:
    """Give the value of one state on each of 24 days."""
    world = inquiry(CONTRACTS, rows, at="2026-12-31").world
    first = from_datetime(datetime(2026, 1, 1, tzinfo=UTC))
    return [look(world.state(name), {"p": "RED"}, first + day * DAY).value for day in range(24)]


@pytest.mark.parametrize("seed", range(12))
def test_what_is_told_in_a_knot_of_imprecise_events_is_so_in_whatever_order_they_came(seed: int) -> None:
    rng = random.Random(seed)
    spans = [(day, day + rng.choice((0, 0, 1, 2))) for day in sorted(rng.sample(range(1, 18), 3))]
    names = ["agreed_on(RED)", "agreed_on(RED)", rng.choice(("agreed_on(RED)", "delivered(RED)"))]
    told_rows: list[Row] = [
        {"term": name, "first": f"2026-01-{first:02}", "last": f"2026-01-{last:02}T00:00Z", "said": "2026-02-01"}
        for name, (first, last) in zip(names, spans, strict=True)
    ]
    orders = product(*(range(first, last + 1) for first, last in spans))
    exact = [[told(name, f"2026-01-{day:02}") for name, day in zip(names, days, strict=True)] for days in orders]
    for name in ("contract", "owing", "suspended"):
        worlds = [_days(rows, name) for rows in exact]
        for day, value_then in enumerate(_days(told_rows, name)):
            if value_then in (Value.YES, Value.NO):
                assert {world[day] for world in worlds} == {value_then}, (name, day)


CLOCK = PARTIES + "event visit\n  repeats\n  legal act\nstate guest\n  from visit\n  until 5 days after {}\n"


def test_a_clock_from_its_beginning_is_not_restarted_and_one_from_its_latest_trigger_is() -> None:
    rows = [told("visit", f"2026-01-{day:02}") for day in (1, 4)]
    days = [f"01-{day:02}" for day in (1, 5, 6, 8, 9)]
    assert values(CLOCK.format("its beginning"), rows, "guest", days) == "yes yes no no no"
    assert values(CLOCK.format("its latest trigger"), rows, "guest", days) == "yes yes yes yes no"


def test_a_trigger_as_the_clock_runs_out_restarts_it_and_none_begins_a_run_there() -> None:
    rows = [told("visit", f"2026-01-{day:02}") for day in (1, 6)]
    days = [f"01-{day:02}" for day in (5, 6, 7, 10, 11)]
    assert values(CLOCK.format("its latest trigger"), rows, "guest", days) == "yes yes yes yes no"
    assert values(CLOCK.format("its beginning"), rows, "guest", days) == "yes no no no no"


def test_where_a_state_renews_an_end_and_a_beginning_of_one_day_leave_it_standing() -> None:
    body = PARTIES + "event visit\n  repeats\n  legal act\nevent left\n  legal act\nstate guest\n  from visit\n  until left\n"
    rows = [told("visit", "2026-01-01"), told("left", "2026-01-03"), told("visit", "2026-01-03")]
    assert values(body, rows, "guest", ["01-02", "01-04"]) == "yes no"
    assert values(body + "  renews\n", rows, "guest", ["01-02", "01-04"]) == "yes yes"


PHASES = (
    PARTIES
    + """
event opened
  repeats
  legal act
event closed
  repeats
  legal act
state door one of ajar, shut, open_wide
  starts as shut
  becomes open_wide at opened if door is ajar
  becomes ajar at opened if door is shut
  becomes shut at closed
  becomes shut at 10 days after beginning of (door is open_wide)
state guarded
  while door is one of (ajar, open_wide)
"""
)


def test_a_state_has_one_of_its_values_at_a_time() -> None:
    rows = [told("opened", "2026-01-02"), told("opened", "2026-01-03"), told("closed", "2026-01-20"), told("opened", "2026-01-21")]
    days = [f"01-{day:02}" for day in (1, 2, 3, 12, 13, 20, 21)]
    assert values(PHASES, rows, "door", days) == "shut ajar open_wide open_wide shut shut ajar"
    assert values(PHASES, rows, "guarded", days) == "no yes yes yes no no yes"


def test_of_two_values_begun_at_once_it_has_neither_and_that_is_said() -> None:
    rows = [told("opened", "2026-01-02"), told("closed", "2026-01-02")]
    assert value(PHASES, rows, "door", "2026-01-03") == "none"
    asked = inquiry(PHASES, rows, at="2026-01-03")
    assert "two of its values began at one instant" in asked.world.reason_of(Term("door"), Point({}, asked.at)).note
    assert values(PHASES, rows, "guarded", ["01-01", "01-03"]) == "no no"


def test_each_time_of_an_event_that_repeats_is_told_apart() -> None:
    body = PARTIES + "event hit\n  repeats\n  legal act\nmoment third is 3rd hit\nstate lull\n  from hit\n  until 2 days after latest hit\n"
    rows = [told("hit", "2026-01-01"), told("hit", "2026-01-01", voice="another"), told("hit", "2026-01-02"), told("hit", "2026-01-09")]
    assert line(body, rows, "third", at="2026-02-01").value == "2026-01-09"
    assert values(body, rows, "lull", ["01-01", "01-03", "01-04", "01-09", "01-11"]) == "yes yes no yes no"
    denied = [*rows, told("hit", "2026-01-02", polarity="no")]
    assert values(body, denied, "lull", ["01-01", "01-03", "01-04", "01-09"]) == "yes contested contested yes"


def test_until_its_record_is_complete_what_is_unreported_has_not_happened() -> None:
    body = PARTIES + "event objection(p: sides)\n  complete until 2026-03-01\nstate free(p: sides)\n  while not objection(p) happened\n"
    rows = [told("objection(BLU)", "2026-02-01")]
    assert values(body, rows, "free(RED)", ["01-01", "02-28", "03-02"]) == "yes yes open"
    assert values(body, rows, "free(BLU)", ["01-01", "02-02", "03-02"]) == "yes no no"


def test_what_stands_in_for_another_state_ends_where_that_one_begins() -> None:
    body = (
        PARTIES
        + "event signed\n  legal act\n  repeats\nevent ratified\n  legal act\nstate treaty\n  from ratified\nstate applied\n  from signed\n"
        + "  provisional for treaty\n"
    )
    rows = [told("signed", "2026-01-02"), told("ratified", "2026-02-01"), told("signed", "2026-03-01")]
    assert values(body, rows, "applied", ["01-01", "01-15", "02-01", "03-05"]) == "no yes no no"


def test_a_moment_that_moves_lies_where_it_was_moved_before_it_came() -> None:
    body = PARTIES + "event extended\n  legal act\nmoment due is 2026-02-01\n  becomes 2026-04-01 at extended\nstate late\n  from due\n"
    assert values(body, [], "late", ["01-31", "02-02"]) == "no yes"
    assert values(body, [told("extended", "2026-01-15")], "late", ["02-02", "03-31", "04-02"]) == "no no yes"
    assert values(body, [told("extended", "2026-02-10")], "late", ["02-02", "03-31"]) == "yes yes"
    possible: list[Row] = [{"term": "extended", "first": "2026-01-15", "last": "2026-02-15", "said": "2026-02-20"}]
    assert values(body, possible, "late", ["01-31", "02-02", "04-02"]) == "no open yes"
    if_so = body.replace("at extended", "at extended if calm") + "state calm\n"
    assert values(if_so, [told("extended", "2026-01-15")], "late", ["01-31", "02-02", "04-02"]) == "no open yes"


QUOTES = (
    PARTIES
    + """
event asks(s: sides, p: sides)
  repeats
  legal act
state quote(s: sides, p: sides)
  from asks(s, p)
  until 10 days after its latest trigger
event takes(p: sides, s: sides)
  repeats
  legal act
state bound(p: sides)
  from takes(p, some s) if quote(s, p)
state asked(p: sides)
  while asks(some s, p) happened and quote(s, p)
"""
)


def test_some_speaks_of_the_same_one_for_the_rest_of_its_clause() -> None:
    rows = [told("asks(BLU, RED)", "2026-01-01"), told("takes(RED, GRN)", "2026-01-02"), told("takes(GRN, BLU)", "2026-01-02")]
    assert values(QUOTES, rows, "bound(RED)", ["01-03"]) == "no"
    assert values(QUOTES, [*rows, told("takes(RED, BLU)", "2026-01-05")], "bound(RED)", ["01-03", "01-06"]) == "no yes"
    assert values(QUOTES, rows, "asked(RED)", ["01-03"]) == "yes"
    shown = inquiry(QUOTES, [*rows, told("takes(RED, BLU)", "2026-01-05")], at="2026-01-06")
    reason = shown.world.reason_of(Term("bound", ("RED",)), Point({}, shown.at))
    assert "takes(RED, BLU) if quote(BLU, RED) just before" in reason.parts[0].text
