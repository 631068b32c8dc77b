"""Change against every order in which imprecise events can have come: never a wrong definite answer (semantics 2.3)."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.engine.change import change
from aval.engine.lookup import look
from aval.engine.rows import rows_of
from aval.model.columns import Frame, Moments
from aval.model.four import Value
from aval.model.instant import NEVER

FRAME = Frame()
HORIZON = 8

ranges = st.tuples(st.integers(0, 6), st.integers(0, 3)).map(lambda pair: (pair[0], min(pair[0] + pair[1], 6)))


def moments(*ranges: tuple[int, int]) -> Moments:
    return rows_of(FRAME, [(0, lo, hi, -1) for lo, hi in ranges])


def value(begins: Moments, ends: Moments, initial: Value, at: int) -> Value:
    return look(change(begins, ends, initial), {}, at).value


def one_world(begins: tuple[int, ...], ends: tuple[int, ...], initial: Value, at: int) -> Value:
    """What holds at an instant if each event came exactly then: the last one decides, and an end beats a beginning."""
    past = [(time, 1, Value.NO) for time in ends if time <= at] + [(time, 0, Value.YES) for time in begins if time <= at]
    return max(past)[2] if past else initial


@settings(max_examples=400, deadline=None)
@given(st.lists(ranges, max_size=3), st.lists(ranges, max_size=3), st.sampled_from([Value.NO, Value.YES, Value.OPEN]))
def test_a_definite_answer_holds_in_every_order(begins: list[tuple[int, int]], ends: list[tuple[int, int]], initial: Value) -> None:
    told = change(moments(*begins), moments(*ends), initial)
    orders = list(product(*(range(lo, hi + 1) for lo, hi in (*begins, *ends))))
    for at in range(HORIZON):
        answer = look(told, {}, at).value
        assert answer is not Value.CONTESTED
        if answer.settled:
            assert {one_world(order[: len(begins)], order[len(begins) :], initial, at) for order in orders} == {answer}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 6), max_size=4), st.lists(st.integers(0, 6), max_size=4))
def test_exact_events_leave_nothing_open(begins: list[int], ends: list[int]) -> None:
    told = change(moments(*((time, time) for time in begins)), moments(*((time, time) for time in ends)), Value.NO)
    for at in range(HORIZON):
        assert look(told, {}, at).value is one_world(tuple(begins), tuple(ends), Value.NO, at)


def test_an_end_beats_a_beginning_of_the_same_instant() -> None:
    assert value(moments((3, 3)), moments((3, 3)), Value.YES, 4) is Value.NO


def test_an_imprecise_end_leaves_the_state_open_until_it_must_have_come() -> None:
    begins, ends = moments((1, 1)), moments((3, 6))
    assert [value(begins, ends, Value.NO, at) for at in (0, 2, 4, 7)] == [Value.NO, Value.YES, Value.OPEN, Value.NO]


def test_a_disputed_beginning_sets_yes_and_clears_no() -> None:
    disputed = rows_of(FRAME, [(0, NEVER, 3, -1)])
    assert [value(disputed, moments(), Value.NO, at) for at in (2, 3, 7)] == [Value.NO, Value.CONTESTED, Value.CONTESTED]


def test_a_possible_beginning_clears_no_and_sets_nothing() -> None:
    possible = rows_of(FRAME, [(0, 3, NEVER, -1)])
    assert [value(possible, moments(), Value.NO, at) for at in (2, 3, 7)] == [Value.NO, Value.OPEN, Value.OPEN]


@pytest.mark.parametrize("size", [1, 5, 40])
def test_instances_do_not_touch_each_other(size: int) -> None:
    from aval.model.columns import Axis

    generator = np.random.default_rng(size)
    names = tuple(f"P{number}" for number in range(size))
    frame = Frame((Axis("p", names),))
    rows = [(int(generator.integers(size)), int(lo), int(lo + generator.integers(4)), -1) for lo in generator.integers(0, 50, 6 * size)]
    half = len(rows) // 2
    together = change(rows_of(frame, rows[:half]), rows_of(frame, rows[half:]), Value.NO)
    for key, name in enumerate(names):
        alone = change(
            rows_of(FRAME, [(0, *row[1:]) for row in rows[:half] if row[0] == key]),
            rows_of(FRAME, [(0, *row[1:]) for row in rows[half:] if row[0] == key]),
            Value.NO,
        )
        assert [look(together, {"p": name}, at) for at in range(60)] == [look(alone, {}, at) for at in range(60)]
