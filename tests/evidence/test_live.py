"""Which statements are live: said by then, and withdrawn by no live one (semantics 2.1)."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from aval.evidence.live import live, said_by
from aval.model.instant import NEVER, Instant, read_civil
from aval.model.statement import Statement
from tests.evidence.world import ZONE, line, sound

DAYS = ("2026-01-06", "2026-01-07", "2026-01-08", "2026-01-09")


def end_of(day: str) -> Instant:
    span = read_civil(day, ZONE)
    assert span is not None
    return span.hi


def chain(*withdraws: str, says: str = "happened") -> tuple[Statement, ...]:
    """Statements `s0`, `s1`, … on consecutive days; each withdraws the labels that its text names."""
    lines = []
    for number, targets in enumerate(withdraws):
        named = [f"label:{target}" for target in targets.split()]
        kind: dict[str, object] = {"says": says, "when": None} if named else {}
        lines.append(line(label=f"s{number}", said=DAYS[number], note=str(number), withdraws=named or None, **kind))
    return sound(*lines)


def labels(statements: tuple[Statement, ...], known: Instant = NEVER) -> str:
    return " ".join(statement.label for statement in live(statements, known, ZONE))


def test_what_is_said_is_live_from_the_last_instant_of_said() -> None:
    statements = chain("", "")
    assert labels(statements, end_of(DAYS[0]) - 1) == ""
    assert labels(statements, end_of(DAYS[0])) == "s0"
    assert labels(statements, end_of(DAYS[1])) == "s0 s1"


def test_a_retraction_counts_from_its_saying_on() -> None:
    statements = chain("", "s0", says="retracts")
    assert labels(statements, end_of(DAYS[0])) == "s0"
    assert labels(statements, end_of(DAYS[1])) == "s1"


def test_a_retracted_retraction_revives() -> None:
    statements = chain("", "s0", "s1", "s2", says="retracts")
    assert [labels(statements, end_of(day)) for day in DAYS] == ["s0", "s1", "s0 s2", "s1 s3"]


def test_two_live_corrections_both_count() -> None:
    assert labels(chain("", "s0", "s0")) == "s1 s2"


def test_one_of_two_withdrawals_is_enough() -> None:
    assert labels(chain("", "s0", "s0", "s2", says="retracts")) == "s1 s3"


def test_withdrawing_two_at_once() -> None:
    assert labels(chain("", "", "s0 s1")) == "s2"


def test_the_order_is_by_saying_then_by_id() -> None:
    statements = sound(*(line(label=f"s{number}", note=str(number)) for number in range(9)))
    ids = [statement.id for statement in live(statements, NEVER, ZONE)]
    assert ids == sorted(ids)


LINKS = some.lists(some.sets(some.integers(0, 3)), min_size=2, max_size=4)


@given(links=LINKS, seed=some.randoms(use_true_random=False), day=some.sampled_from(DAYS))
def test_order_and_repetition_of_the_input_make_no_difference(links: list[set[int]], seed: Random, day: str) -> None:
    named = [" ".join(f"s{target}" for target in sorted(targets) if target < number) for number, targets in enumerate(links)]
    statements = list(chain(*named))
    wanted = live(statements, end_of(day), ZONE)
    mixed = statements * 2
    seed.shuffle(mixed)
    assert live(mixed, end_of(day), ZONE) == wanted


@given(links=LINKS, day=some.sampled_from(DAYS))
def test_live_is_what_its_definition_says(links: list[set[int]], day: str) -> None:
    named = [" ".join(f"s{target}" for target in sorted(targets) if target < number) for number, targets in enumerate(links)]
    statements = chain(*named)
    kept = {statement.id for statement in live(statements, end_of(day), ZONE)}
    in_view = [statement for statement in statements if said_by(statement, ZONE) <= end_of(day)]
    for statement in in_view:
        withdrawn = any(statement.id in other.withdraws and other.id in kept for other in in_view)
        assert (statement.id in kept) is not withdrawn
    assert kept <= {statement.id for statement in in_view}


def test_a_circle_would_be_our_defect() -> None:
    first, second = chain("", "s0")
    with pytest.raises(ValueError, match="circle"):
        live([replace(first, withdraws=(second.id,)), second], NEVER, ZONE)
    with pytest.raises(ValueError, match="no date"):
        said_by(replace(first, said="yesterday"), ZONE)
