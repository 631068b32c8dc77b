"""Sets that are kept as exceptions mean the same as sets that are laid out, whatever is done to them."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest

from aval.engine.algebra import Rest, at_least, complement, difference, drop, intersection, join_moments, spans, take, union
from aval.engine.frames import bring, bring_moments, rebase, rebase_moments, source_keys
from aval.engine.operators.edges import beginnings
from aval.engine.rows import rows_of
from aval.model.columns import EMPTY, Axis, Frame, Spans, Timeline
from aval.model.instant import ALWAYS, NEVER

SIZE = 6
SEEDS = range(60)


def drawn(rng: random.Random, size: int = SIZE) -> Spans:
    """Draw rows of some instances, the ends of time among them."""
    times = [ALWAYS, *range(12), NEVER]
    rows = []
    for _ in range(rng.randrange(9)):
        start, end = sorted(rng.sample(times, 2))
        rows.append((rng.randrange(size), start, end))
    return spans(rows)


def plain(part: Spans) -> Spans:
    return Spans(part.key, part.start, part.end)


def either(rng: random.Random, size: int = SIZE) -> Spans:
    found = drawn(rng, size)
    return Rest(found, size) if rng.random() < 0.5 else found


@pytest.mark.parametrize("seed", SEEDS)
def test_set_algebra_does_not_care_how_a_set_is_kept(seed: int) -> None:
    rng = random.Random(seed)
    parts = [either(rng) for _ in range(rng.randrange(1, 5))]
    laid = [plain(part) for part in parts]
    for number in range(1, len(parts) + 1):
        assert at_least(number, parts).same_as(plain(at_least(number, laid)))
    assert plain(union(*parts)).same_as(union(*laid))
    assert plain(intersection(*parts)).same_as(intersection(*laid))
    assert plain(difference(parts[0], parts[-1])).same_as(difference(laid[0], laid[-1]))
    frame = Frame((), SIZE)
    assert plain(complement(parts[0], frame)).same_as(plain(complement(laid[0], frame)))
    for part, same in zip(parts, laid, strict=True):
        assert len(part) == len(same)
        assert [part.of(key) for key in range(-1, SIZE + 1)] == [same.of(key) for key in range(-1, SIZE + 1)]
        keys = np.arange(SIZE) % 3
        assert all(plain(drop(part, keys, number)).same_as(drop(same, keys, number)) for number in (1, 2, 3))
        source = np.array([rng.randrange(-1, SIZE) for _ in range(8)])
        assert plain(take(part, source)).same_as(take(same, source))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_column_brought_onto_another_frame_is_the_one_that_is_looked_up_there(seed: int) -> None:
    rng = random.Random(seed)
    names = ("a", "b", "c", "d")

    def axis(name: str) -> Axis:
        return Axis(name, tuple(rng.sample(names, rng.randrange(1, 4))))

    source = Frame((axis("x"), axis("y")), rng.choice((1, 1, 2)))
    held = Frame((axis("p"), axis("q")), source.runs if source.runs > 1 else rng.choice((1, 2)))
    choices: list[str | Axis] = [*held.axes, "a", "z"]
    picks = {name: rng.choice(choices) for name in ("x", "y")}
    column = Timeline(source, either(rng, source.size), either(rng, source.size), either(rng, source.size))
    keys = source_keys(source, held, picks)
    found, expected = bring(column, held, picks), rebase(column, held, keys)
    for name in ("yes", "no", "carried"):
        assert plain(getattr(found, name)).same_as(plain(getattr(expected, name)))
    moments = rows_of(source, [(rng.randrange(source.size), rng.randrange(9), rng.randrange(9), -1) for _ in range(5)])
    one, other = bring_moments(moments, held, picks), rebase_moments(moments, held, keys)
    assert all(np.array_equal(getattr(one, name), getattr(other, name)) for name in ("key", "lo", "hi", "cause"))


@pytest.mark.parametrize("seed", SEEDS)
def test_beginnings_are_found_stretch_by_stretch(seed: int) -> None:
    rng = random.Random(seed)
    timeline = Timeline(Frame((), SIZE), either(rng), either(rng))
    expected = []
    for key in range(SIZE):
        told = timeline.yes.of(key)
        for start, end in complement(plain(timeline.no), timeline.frame).of(key):
            here = [run for run in told if start <= run[0] < end]
            if not here and start > ALWAYS:
                expected.append((key, start, NEVER))
            if here and here[0][0] > ALWAYS:
                expected.append((key, start, here[0][0]))
            expected += [(key, before[1], NEVER) for before, _ in pairwise(here)]
            expected += [(key, last[1], NEVER) for last in here[-1:] if last[1] < end == NEVER]
        for start, _ in told:
            expected += [(key, end, start) for begin, end in timeline.no.of(key) if begin <= start < end and start > ALWAYS]
    found = beginnings(timeline, lambda: join_moments(timeline.frame, []))
    assert sorted(zip(found.key.tolist(), found.lo.tolist(), found.hi.tolist(), strict=True)) == sorted(expected)


def test_nothing_and_everything_of_no_instance() -> None:
    assert len(Rest(EMPTY, 0)) == 0
    assert len(drop(Rest(EMPTY, 0), np.zeros(0, np.int64))) == 0
