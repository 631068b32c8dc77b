"""Set algebra on columns, against sets of points (semantics 2.3)."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from aval.engine.algebra import Scale, at_least, complement, difference, drop, intersection, spans, take, union
from aval.model.columns import Axis, Frame, Spans
from aval.model.instant import ALWAYS, NEVER

FRAME = Frame((Axis("p", ("A", "B", "C")),))
TIMES = range(-1, 12)

rows = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 10), st.integers(0, 10)), max_size=8)


def points(column: Spans) -> set[tuple[int, int]]:
    return {(key, time) for key in range(3) for start, end in column.of(key) for time in TIMES if start <= time < end}


def naive(table: list[tuple[int, int, int]]) -> set[tuple[int, int]]:
    return {(key, time) for key, start, end in table for time in TIMES if start <= time < end}


ALL = {(key, time) for key in range(3) for time in TIMES}


@given(rows, rows)
def test_union_intersection_and_difference_are_those_of_sets(left: list[tuple[int, int, int]], right: list[tuple[int, int, int]]) -> None:
    a, b = spans(left), spans(right)
    assert points(a) == naive(left)
    assert points(union(a, b)) == naive(left) | naive(right)
    assert points(intersection(a, b)) == naive(left) & naive(right)
    assert points(difference(a, b)) == naive(left) - naive(right)
    assert points(complement(a, FRAME)) == ALL - naive(left)


@given(rows, rows, rows, st.integers(1, 3))
def test_at_least_counts_the_parts_that_cover(
    a: list[tuple[int, int, int]], b: list[tuple[int, int, int]], c: list[tuple[int, int, int]], number: int
) -> None:
    covered = [naive(part) for part in (a, b, c)]
    expected = {point for point in ALL if sum(point in part for part in covered) >= number}
    assert points(at_least(number, [spans(a), spans(b), spans(c)])) == expected


@given(rows)
def test_the_normal_form_is_sorted_disjoint_and_does_not_touch(table: list[tuple[int, int, int]]) -> None:
    column = spans(table)
    assert column.same_as(spans(zip(column.key.tolist(), column.start.tolist(), column.end.tolist(), strict=True)))
    for key in range(3):
        found = column.of(key)
        assert all(start < end for start, end in found)
        assert all(before[1] < after[0] for before, after in pairwise(found))


@given(rows, st.lists(st.integers(-1, 2), min_size=4, max_size=4))
def test_take_gives_each_new_instance_the_rows_of_its_source(table: list[tuple[int, int, int]], source: list[int]) -> None:
    column = spans(table)
    taken = take(column, np.array(source, np.int64))
    assert [taken.of(new) for new in range(4)] == [[] if old < 0 else column.of(old) for old in source]


@given(rows, st.integers(1, 3))
def test_drop_counts_instances_along_the_axis_that_goes(table: list[tuple[int, int, int]], number: int) -> None:
    dropped = drop(spans(table), np.zeros(3, np.int64), number)
    expected = {time for time in TIMES if sum((key, time) in naive(table) for key in range(3)) >= number}
    assert {time for _, time in points(dropped)} == expected


def test_all_of_time_is_covered_to_its_ends() -> None:
    assert complement(spans(()), FRAME).of(1) == [(ALWAYS, NEVER)]
    assert complement(spans([(1, 5, NEVER)]), FRAME).of(1) == [(ALWAYS, 5)]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.one_of(st.sampled_from((ALWAYS, NEVER - 1, NEVER)), st.integers(-(2**55), 2**55))), min_size=1)
)
def test_one_number_of_key_and_instant_sorts_as_the_two_and_gives_the_instant_back(rows: list[tuple[int, int]]) -> None:
    key, time = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    scale = Scale.of(key, time)
    place = scale.place(key, time)
    assert scale.time(place).tolist() == time.tolist()
    assert np.argsort(place, kind="stable").tolist() == np.lexsort((time, key)).tolist()
