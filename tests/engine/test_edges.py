"""Beginnings and ends of states (semantics 2.2): certain, imprecise, or only possible."""

from __future__ import annotations

from aval.engine.algebra import spans
from aval.engine.operators.edges import beginnings
from aval.model.columns import Frame, Timeline
from aval.model.instant import ALWAYS, NEVER

FRAME = Frame()


def edges(yes: list[tuple[int, int]], no: list[tuple[int, int]]) -> list[tuple[int, int]]:
    rows = Timeline(FRAME, *(spans((0, *span) for span in part) for part in (yes, no)))
    return beginnings(rows).of(0)


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
