"""The recorded clock: exact, strictly rising, and frozen (TRUST R7, T1, T26)."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import aval
from aval.model.problem import Incorrect, Unsupported
from aval.workspace.ledger import Filter, log
from tests.ledger.cases import PACT, Watch, case_at, entries, make, records_of, row, take, whole, write

DAYS = 8


def ask(folder: Path, watch: Watch, recorded: str) -> list[bytes]:
    case = case_at(folder, watch)
    view: dict[str, Any] = {"known": "2026-03-01", "recorded": recorded}
    return [
        case.status(**view).json(),
        case.why("truce", **view).json(),
        case.owed(**view).json(),
        case.changed(start="2026-01-05", end="2026-03-01", recorded=recorded).json(),
        case.blame("truce", **view).json(),
    ]


def random_files(random: Random) -> tuple[list[dict[str, object]], str]:
    """Some statements out of a few, with a few notes, and one of three wordings of the pact."""
    rows = [
        row(
            f"s{number}",
            term=random.choice(["truce_begins", "truce_ends", "committed(FRA)"]),
            when=f"2026-01-0{random.randint(1, 6)}",
            said=f"2026-01-0{random.randint(6, 9)}",
            note=str(number),
        )
        for number in random.sample(range(6), random.randint(0, 6))
    ]
    return rows, PACT.replace("a truce holds", random.choice(["a truce holds", "silence", "peace"]))


@settings(max_examples=20, deadline=None)
@given(seed=some.integers(0, 2**32))
def test_an_answer_as_recorded_never_changes(seed: int) -> None:
    random = Random(seed)
    folder = Path(tempfile.mkdtemp())
    watch = Watch()
    frozen: dict[str, list[bytes]] = {}
    for day in range(1, DAYS):
        rows, pact = random_files(random)
        make(folder, *rows, pact=pact)
        watch.set(f"2026-03-{day:02}T12:00")
        take(folder, watch)
        watch.set(f"2026-03-{day + 1:02}T00:00")
        frozen[f"2026-03-{day:02}"] = ask(folder, watch, f"2026-03-{day:02}")
        assert {then: ask(folder, watch, then) for then in frozen} == frozen
    assert whole(folder)
    shutil.rmtree(folder)


def test_recorded_rises_whatever_the_clock_does(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    watch = Watch("2026-02-01T12:00")
    random = Random(7)
    for number in range(60):
        write(folder, *(row(f"s{at}", note=str(at)) for at in range(number)))
        watch.set(f"{random.randint(2016, 2036)}-0{random.randint(1, 9)}-11T10:00")
        take(folder, watch)
    assert whole(folder)


def test_a_clock_that_jumps_back_is_survived_and_told(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    watch = Watch("2026-02-01T12:00")
    take(folder, watch)
    write(folder, row("a"), row("b", note="x"))
    watch.set("2020-01-01T00:00")
    taken = take(folder, watch)
    assert taken.behind > 0
    (last, before) = [one[0] for one in entries(folder, "recorded")][-1:-3:-1]
    assert isinstance(last, int)
    assert last == int(str(before)) + 1


def test_a_batch_is_seen_whole_or_not_at_all(tmp_path: Path) -> None:
    folder = make(tmp_path, *(row(f"s{number}", note=str(number)) for number in range(20)))
    watch = Watch()
    take(folder, watch)
    ledger = records_of(folder, watch).ledger
    times = [one[0] for one in entries(folder, "recorded")]
    seen = {ledger.upto(int(str(time))) for time in times}
    assert seen == {0, len(times)}
    assert ledger.upto(int(str(times[-1])) - 1) == 0


def test_before_the_first_entry_there_is_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    watch = Watch()
    take(folder, watch)
    with pytest.raises(Incorrect) as wrong:
        case_at(folder, watch).status(recorded="2025")
    assert wrong.value.problems[0].code.code == "AV408"
    assert "2026-02-01" in wrong.value.problems[0].message


def test_a_day_that_is_not_over_is_not_frozen_and_refused(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    watch = Watch("2026-02-01T12:00")
    take(folder, watch)
    watch.set("2026-02-01T18:00")
    with pytest.raises(Incorrect) as wrong:
        case_at(folder, watch).status(recorded="2026-02-01")
    assert wrong.value.problems[0].code.code == "AV409"
    assert case_at(folder, watch).status(recorded="2026-02-01T17:59").answer.coordinates.recorded == "2026-02-01T17:59+01:00"


def test_without_a_ledger_there_is_no_recorded_clock(tmp_path: Path) -> None:
    with pytest.raises(Unsupported) as wrong:
        aval.open(make(tmp_path, row("a"))).status(recorded="2026-01-06")
    assert wrong.value.problems[0].code.code == "AV401"


def test_nobody_can_say_when_something_was_recorded(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a", recorded="2020-01-01"))
    with pytest.raises(Incorrect):
        take(folder)
    assert entries(folder) == []


def test_a_time_copied_from_a_log_finds_what_it_names(tmp_path: Path) -> None:
    watch = Watch("2026-02-01T12:00:30")
    watch.now += 400_000
    take(make(tmp_path, row("a")), watch)
    watch.set("2026-02-01T13:00")
    take(make(tmp_path, row("a"), row("b", note="x")), watch)
    watch.set("2026-03-01")
    case = case_at(tmp_path, watch)

    def held(recorded: str) -> tuple[int, str | None]:
        answer = case.status(known="2026-02-20", recorded=recorded).answer
        return answer.counts["statements"], answer.coordinates.recorded

    entry = log(tmp_path, Filter()).entries[-1]
    assert entry.recorded == "2026-02-01T12:00:30.400000+01:00"
    for text in ("2026-02-01T12:00:30+01:00", "2026-02-01T12:00", "2026-02-01T11:00:30.400005Z"):
        number, shown = held(text)
        assert number == 1
        assert shown is not None
        assert held(shown) == (number, shown), "what an answer says of itself asks for the same again"
    with pytest.raises(Incorrect):
        held("2026-02-01T12:00:30.399999+01:00")
    assert log(tmp_path, Filter(until="2026-02-01T12:00:30+01:00")).found == log(tmp_path, Filter(until="2026-02-01T12:30")).found > 0
