"""So often within a length of time (semantics 2.5), with occurrences that may lie inside or outside the window."""

from __future__ import annotations

import pytest

from tests.engine.support import Row, value

PARTIES = "party RED\nparty BLU\nparty GRN\ngroup sides is RED, BLU, GRN\n"
SHOTS = PARTIES + (
    "event shot(p: sides)\n  {kind}\n  legal act\nstate often\n  while at least 2 times shot(any) within 30 days\n"
    "state seldom\n  while fewer_than_two\nstate fewer_than_two\n  while less than 2 times shot(any) within 30 days\n"
)
RECORDED = SHOTS.format(kind="constitutive")


def shot(who: str, when: str, **more: object) -> Row:
    return {"term": f"shot({who})", "when": when, "said": "2026-12-31", **more}


def often(rows: list[Row], at: str, body: str = RECORDED) -> str | None:
    return value(body, rows, "often", at, known="2026-12-31")


def test_the_window_ends_now_and_moves_on() -> None:
    rows = [shot("RED", "2026-01-10"), shot("BLU", "2026-02-05")]
    days = ("2026-01-20", "2026-02-05", "2026-02-08", "2026-02-09", "2026-03-01")
    assert [often(rows, day) for day in days] == ["no", "yes", "yes", "no", "no"]


def test_an_imprecise_occurrence_may_lie_inside_or_outside() -> None:
    rows = [shot("RED", "2026-01"), shot("BLU", "2026-02-10")]
    days = ("2026-01-15", "2026-02-10", "2026-03-01", "2026-03-20")
    assert [often(rows, day) for day in days] == ["no", "open", "open", "no"]
    close = [shot("RED", "2026-01"), shot("BLU", "2026-01-31")]
    assert [often(close, day) for day in ("2026-01-31T12:00Z", "2026-02-01")] == ["open", "open"]
    assert often([shot("RED", "2026-01"), shot("BLU", "2026-02-01")], "2026-02-01") == "open"


def test_what_nobody_reported_may_have_happened_unless_only_what_was_received_exists() -> None:
    other = PARTIES + "event shot(p: sides)\nstate often\n  while at least 2 times shot(any) within 30 days\n"
    rows = [shot("RED", "2026-01-10"), shot("BLU", "2026-01-11")]
    assert often(rows, "2026-01-12", other) == "yes"
    assert often(rows, "2026-03-12", other) == "open"
    assert often(rows, "2026-03-12") == "no"


def test_a_denied_occurrence_is_contested_and_not_counted_twice() -> None:
    rows = [shot("RED", "2026-01-10"), shot("BLU", "2026-01-11"), shot("BLU", "2026-01-11", polarity="no", voice="another")]
    assert often(rows, "2026-01-12") == "contested"
    assert often(rows[:1] + rows[2:], "2026-01-12") == "no"


def test_too_few_is_told_as_long_as_all_is_on_record() -> None:
    body = PARTIES + "event shot(p: sides)\n  complete until 2026-02-01\nstate often\n  while at least 2 times shot(any) within 30 days\n"
    rows = [shot("RED", "2026-01-10")]
    assert [often(rows, day, body) for day in ("2026-01-20", "2026-02-10")] == ["no", "open"]


@pytest.mark.parametrize(("at", "expected"), [("2026-02-05", "no"), ("2026-03-01", "yes")])
def test_less_than_is_the_opposite(at: str, expected: str) -> None:
    assert value(RECORDED, [shot("RED", "2026-01-10"), shot("BLU", "2026-02-05")], "seldom", at, known="2026-12-31") == expected


def test_an_organisation_that_is_not_counted_adds_nothing() -> None:
    body = RECORDED.replace("party GRN", "organisation GRN\n  not counted")
    rows = [shot("RED", "2026-01-10"), shot("GRN", "2026-01-11")]
    assert often(rows, "2026-01-12", body) == "no"
    assert often(rows, "2026-01-12") == "yes"


def test_a_moment_can_be_counted_too_and_the_edges_of_a_state_are_all_there_are() -> None:
    body = (
        "event joins\n  legal act\n  repeats\nevent leaves\n  legal act\nstate bound\n  from joins\n  until leaves\n"
        "moment joining is beginning of bound\nstate settling\n  while at least 1 times joining within 3 years\n"
    )
    rows: list[Row] = [{"term": "joins", "when": "2016-11-04", "said": "2020-01-01"}]
    assert [value(body, rows, "settling", day) for day in ("2020-01-01",)] == ["no"]
    assert [value(body, rows, "settling", day, known="2020-01-01") for day in ("2016-11-03", "2019-11-03", "2019-11-04")] == [
        "no",
        "yes",
        "no",
    ]
    assert value(body, [], "settling", "2020-01-01") == "no"
