"""Beginnings and ends of states (semantics 2.2): certain, imprecise, or only possible."""

from __future__ import annotations

import numpy as np

from aval.engine.algebra import moments, spans
from aval.engine.operators.edges import beginnings
from aval.model.columns import Frame, Timeline
from aval.model.instant import ALWAYS, NEVER
from tests.engine.support import Row, value

FRAME = Frame()
NOTHING = moments(FRAME, *(np.zeros(0, np.int64),) * 4)


def edges(yes: list[tuple[int, int]], no: list[tuple[int, int]]) -> list[tuple[int, int]]:
    rows = Timeline(FRAME, *(spans((0, *span) for span in part) for part in (yes, no)))
    return beginnings(rows, lambda: NOTHING).of(0)


def test_a_change_that_is_told_on_both_sides_is_exact() -> None:
    assert edges([(5, 9)], [(ALWAYS, 5), (9, NEVER)]) == [(5, 5)]


def test_an_open_stretch_before_it_makes_it_imprecise() -> None:
    assert edges([(5, 9)], [(ALWAYS, 2), (9, NEVER)]) == [(2, 5)]


def test_after_a_gap_it_may_have_begun_anew() -> None:
    assert edges([(1, 3), (6, 9)], [(ALWAYS, 1), (9, NEVER)]) == [(1, 1), (3, NEVER)]


def test_what_stays_open_for_good_may_have_begun_anew_and_what_turns_to_no_has_only_ended() -> None:
    assert edges([(1, 3)], [(ALWAYS, 1)]) == [(1, 1), (3, NEVER)]
    assert edges([(1, 3)], [(ALWAYS, 1), (6, NEVER)]) == [(1, 1)]
    assert edges([(ALWAYS, 3)], []) == [(3, NEVER)]


def test_an_open_stretch_after_a_no_may_hide_a_beginning() -> None:
    assert edges([], [(ALWAYS, 4)]) == [(4, NEVER)]


def test_what_always_was_or_was_never_told_has_no_beginning() -> None:
    assert edges([(ALWAYS, NEVER)], []) == edges([], []) == edges([], [(ALWAYS, NEVER)]) == []


EVENTS = "party RED\n" + "".join(f"event {name}\n  legal act\n" for name in "abcd")


def told(name: str, first: str, last: str = "") -> Row:
    return {"term": name, "first": first, "last": last or first, "said": "2026-03-31"}


def values(body: str, rows: list[Row], term: str, days: list[str]) -> str:
    return " ".join(value(EVENTS + body, rows, term, f"2026-03-{day}", known="2026-04-01") or "" for day in days)


def test_an_end_may_lie_between_a_beginning_that_may_have_come_and_one_that_has() -> None:
    body = "state s\n  from a if b happened\n  from d\n  until c\nstate t\n  from end of s\n"
    rows = [told("a", "2026-03-02"), told("c", "2026-03-04"), told("d", "2026-03-08")]
    found = [values(body, [*rows, told("b", *when)], "t", ["03", "05", "09"]) for when in (("2026-03-01",), ("2026-03-05",))]
    assert found == ["no yes yes", "no no no"]
    assert values(body, [*rows, told("b", "2026-03-01", "2026-03-05")], "t", ["03", "05", "09"]) == "no open open"
    assert values(body, [told("d", "2026-03-02", "2026-03-04"), told("c", "2026-03-08")], "t", ["03", "05", "09"]) == "no no yes"


def test_what_may_have_been_so_from_the_start_may_have_no_beginning() -> None:
    body = "state t\n  from beginning of ((c is before a) or (c is before d) or b happened)\n"
    rows = [told("a", "2026-03-09"), told("d", "2026-03-09"), told("b", "2026-03-04", "2026-03-08")]
    found = [values(body, [*rows, told("c", *when)], "t", ["02", "10"]) for when in (("2026-03-08",), ("2026-03-11",))]
    assert found == ["no no", "no yes"]
    assert values(body, [*rows, told("c", "2026-03-08", "2026-03-11")], "t", ["02", "10"]) == "open open"
    inside = "state u\n  while (c is before a) or b happened\nstate t\n  from beginning of u\n"
    assert values(inside, [*rows, told("c", "2026-03-08", "2026-03-11")], "t", ["02", "10"]) == "open open"


def test_a_window_whose_end_nobody_knows_may_close() -> None:
    body = "power p: RED may c\n  while a is before b\nstate s\n  from beginning of (not d happened by p)\n"
    rows = [told("a", "2026-03-01", "2026-03-05"), told("b", "2026-03-03"), told("c", "2026-03-07"), told("d", "2026-03-20")]
    assert values(body, rows, "s", ["06", "08", "21"]) == "no open open"
    assert values(body, [told("a", "2026-03-01"), *rows[1:]], "s", ["08"]) == "yes"
