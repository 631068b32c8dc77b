"""Text files come into the ledger: once, in order, and nothing is ever written over."""

from __future__ import annotations

from pathlib import Path

import pytest

import aval
from aval.model.problem import Incorrect
from tests.ledger.cases import PACT, Watch, case_at, entries, instant, make, records_of, row, take, whole, write

STATEMENTS = ("statement", "again", "name", "removal")


def acts(folder: Path) -> list[tuple[object, ...]]:
    return [one for one in entries(folder) if one[0] in STATEMENTS]


def held(folder: Path, watch: Watch, recorded: str | None = None) -> list[str]:
    store = records_of(folder, watch).edition(None).store.at(None if recorded is None else instant(recorded))
    return sorted(f"{one.label}: {one.note}" for one in store.statements())


def test_the_first_import_takes_everything_in(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"), row("b", note="x"))
    taken = take(folder)
    assert (taken.new, taken.texts) == (2, 3)
    assert entries(folder) == [
        ("manifest", "aval.toml"),
        ("agreement", "agreements/pact.md"),
        ("file", "statements/a.jsonl"),
        ("statement", "a"),
        ("statement", "b"),
    ]
    assert whole(folder)


def test_importing_again_writes_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"), row("b", note="x"))
    take(folder)
    before = entries(folder, "*")
    assert take(folder).written == 0
    assert entries(folder, "*") == before


def test_another_order_or_layout_of_a_file_is_the_same_content(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"), row("b", note="x"))
    take(folder)
    write(folder, row("b", note=" x "), row("a"))
    taken = take(folder)
    assert (taken.written, taken.texts, taken.same) == (1, 1, 2)
    assert len(acts(folder)) == 2


def test_an_edit_is_a_correction_from_then_on(tmp_path: Path) -> None:
    watch = Watch("2026-02-01T12:00")
    folder = make(tmp_path, row("a", note="one"))
    take(folder, watch)
    watch.set("2026-02-03T12:00")
    write(folder, row("a", note="two"))
    assert take(folder, watch).corrected == 1
    rows = [one for one in entries(folder, "kind, id, withdraws") if one[0] == "statement"]
    assert rows[1][2] == rows[0][1]
    assert held(folder, watch, "2026-02-02") == ["a: one"]
    assert held(folder, watch) == ["a: two"]


def test_a_removal_and_a_return(tmp_path: Path) -> None:
    watch = Watch("2026-02-01T12:00")
    folder = make(tmp_path, row("a"), row("b", note="x"))
    take(folder, watch)
    watch.set("2026-02-03T12:00")
    write(folder, row("a"))
    assert take(folder, watch).removed == 1
    watch.set("2026-02-05T12:00")
    write(folder, row("a"), row("b", note="x"))
    assert take(folder, watch).again == 1
    watch.set("2026-02-07T12:00")
    write(folder, row("a"))
    assert take(folder, watch).removed == 1
    assert acts(folder) == [("statement", "a"), ("statement", "b"), ("removal", "b"), ("again", "b"), ("removal", "b")]
    days = [held(folder, watch, f"2026-02-0{day}") for day in (2, 4, 6)]
    assert days == [["a: ", "b: x"], ["a: "], ["a: ", "b: x"]]
    assert held(folder, watch) == ["a: "]


def test_an_edit_that_is_taken_back_holds_the_first_content_again(tmp_path: Path) -> None:
    watch = Watch()
    folder = make(tmp_path, row("a", note="one"))
    for note in ("one", "two", "one", "two"):
        write(folder, row("a", note=note))
        take(folder, watch)
    assert acts(folder) == [("statement", "a"), ("statement", "a"), ("again", "a"), ("again", "a")]
    assert held(folder, watch) == ["a: two"]


def test_another_label_is_no_other_content(tmp_path: Path) -> None:
    watch = Watch()
    folder = make(tmp_path, row("a", note="one"), row("b", note="two"))
    take(folder, watch)
    write(folder, row("b", note="one"), row("a", note="two"))
    assert take(folder, watch).renamed == 2
    assert held(folder, watch) == ["a: two", "b: one"]


def test_what_hangs_on_an_edited_statement_is_corrected_with_it(tmp_path: Path) -> None:
    watch = Watch()
    folder = make(tmp_path, row("a", note="one"), row("b", note="two", withdraws=["label:a"]))
    take(folder, watch)
    write(folder, row("a", note="1"), row("b", note="two", withdraws=["label:a"]))
    assert take(folder, watch).corrected == 2
    assert held(folder, watch) == ["a: 1", "b: two"]


def test_an_agreement_is_recorded_as_a_version(tmp_path: Path) -> None:
    watch = Watch("2026-02-01T12:00")
    folder = make(tmp_path, row("a"))
    take(folder, watch)
    watch.set("2026-02-03T12:00")
    make(folder, row("a"), pact=PACT.replace("a truce holds", "the guns are silent"))
    taken = take(folder, watch)
    assert (taken.texts, taken.new, taken.same) == (1, 0, 1)
    watch.set("2026-02-05T12:00")
    case = case_at(folder, watch)
    assert case.why("truce", recorded="2026-02-02").answer.label == "a truce holds"
    assert case.why("truce").answer.label == "the guns are silent"
    make(folder, row("a"))
    take(folder, watch)
    assert len([one for one in entries(folder, "kind, body") if one[0] == "agreement" and one[1] is None]) == 1
    assert case_at(folder, watch).why("truce").answer.label == "a truce holds"


def test_a_wrong_file_records_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    take(folder)
    before = entries(folder, "*")
    write(folder, row("a"), row("b", says="hapened"))
    with pytest.raises(Incorrect):
        take(folder)
    assert entries(folder, "*") == before


def test_answers_come_from_the_ledger_and_say_what_is_not_recorded(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    take(folder)
    assert aval.open(folder).problems == ()
    write(folder, row("a"), row("b", note="x"))
    case = aval.open(folder)
    (note,) = case.problems
    assert (note.code.code, note.severity.value) == ("AV410", "warning")
    assert "statements/a.jsonl" in note.message
    assert "aval import" in note.hint
    assert [one.label for one in case.statements] == ["a"]
    take(folder)
    assert aval.open(folder).problems == ()


def test_a_broken_text_file_does_not_hide_the_ledger(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    take(folder)
    (folder / "aval.toml").write_text("title = [", "utf-8")
    case = aval.open(folder)
    assert [problem.code.code for problem in case.problems] == ["AV410"]
    assert [one.label for one in case.statements] == ["a"]


def test_answers_from_the_ledger_are_those_from_the_files(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"), row("b", says="happened", term="committed(FRA)", speaks_for="FRA", when="yesterday", note="ä"))
    text = aval.open(folder)
    before = [text.status(known="2026-01-07").json(), text.why("truce", known="2026-01-07").json()]
    take(folder)
    ledger = aval.open(folder)
    assert [ledger.status(known="2026-01-07").json(), ledger.why("truce", known="2026-01-07").json()] == before
