"""`aval log`, `aval blame` and `aval import`, as a user and a program see them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import aval
from aval.model.problem import Incorrect
from aval.render.json import document, schema_of
from aval.render.text import text
from aval.workspace.ledger import Filter, log, take
from tests.cli.run import aval as run
from tests.ledger.cases import Watch, case_at, make, row, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A case with a history: an edit, a removal, a return, another label."""
    watch = Watch("2026-02-01T12:00")
    made = make(tmp_path, row("a", note="one"), row("b", term="committed(FRA)", voice="B"), row("c", term="committed(GBR)", grade="low"))
    steps = [
        [row("a", note="two"), row("b", term="committed(FRA)", voice="B"), row("c", term="committed(GBR)", grade="low")],
        [row("a", note="two"), row("c", term="committed(GBR)", grade="low")],
        [row("a", note="two"), row("b", term="committed(FRA)", voice="B"), row("c", term="committed(GBR)", grade="low")],
        [row("a", note="two"), row("b2", term="committed(FRA)", voice="B"), row("c", term="committed(GBR)", grade="low")],
    ]
    take(made, watch)
    for day, rows in enumerate(steps, 2):
        watch.set(f"2026-02-0{day}T12:00")
        write(made, *rows)
        take(made, watch)
    return made


def kinds(folder: Path, **wanted: Any) -> list[str]:  # noqa: ANN401  the fields of a filter
    return [f"{entry.kind} {entry.name}" for entry in log(folder, Filter(**wanted)).entries]


def test_the_log_is_newest_first_and_tells_every_act(folder: Path) -> None:
    told = [one for one in kinds(folder) if not one.startswith(("file", "manifest", "agreement"))]
    assert told == ["name b2", "again b", "removal b", "correction a", "statement c", "statement b", "statement a"]


def test_the_log_can_be_filtered(folder: Path) -> None:
    assert kinds(folder, term="committed(FRA)") == ["name b2", "again b", "removal b", "statement b"]
    assert kinds(folder, term="committed") == ["name b2", "again b", "removal b", "statement c", "statement b"]
    assert kinds(folder, voice="B", kind="removal") == ["removal b"]
    assert kinds(folder, label="a") == ["correction a", "statement a"]
    assert [one.partition(" ")[0] for one in kinds(folder, since="2026-02-03", until="2026-02-03")] == ["removal", "file"]
    few = log(folder, Filter(), most=2)
    assert (len(few.entries), few.found, few.of) == (2, 14, 14)


def test_a_case_without_a_ledger_has_no_log(tmp_path: Path) -> None:
    with pytest.raises(Incorrect) as wrong:
        log(make(tmp_path, row("a")), Filter())
    assert wrong.value.problems[0].code.code == "AV401"
    assert "aval import" in wrong.value.problems[0].hint


def test_blame_names_who_made_it_so_and_when_we_learned_it(folder: Path) -> None:
    (line,) = case_at(folder, Watch("2026-03-01T12:00")).blame("truce", known="2026-01-10").answer.statements
    assert (line.counts, line.cited.label, line.about) == (True, "a", "truce_begins")
    assert (line.recorded or "")[:10] == "2026-02-02"
    assert [entry.kind for entry in line.history] == ["statement", "correction"]


def test_blame_as_recorded_knows_nothing_of_later(folder: Path) -> None:
    (line,) = case_at(folder, Watch("2026-03-01T12:00")).blame("truce", known="2026-01-10", recorded="2026-02-01").answer.statements
    assert line.cited.note == "one"
    assert line.history == ()


def test_blame_shows_what_does_not_count(folder: Path) -> None:
    (line,) = aval.open(folder).blame("committed(GBR)", known="2026-01-10").answer.statements
    assert not line.counts
    assert "low" in line.cited.why_not


def test_blame_works_without_a_ledger(tmp_path: Path) -> None:
    (line,) = aval.open(make(tmp_path, row("a"))).blame("truce", known="2026-01-10").answer.statements
    assert (line.recorded, line.number, line.history) == (None, None, ())


def test_what_is_printed_keeps_its_schema(folder: Path) -> None:
    case = aval.open(folder)
    done, _ = take(folder)
    for answer in (log(folder, Filter()), case.blame("truce").answer, case.blame("committed(FRA)").answer, done):
        made = document(answer)
        Draft202012Validator(schema_of(made["schema"])).validate(json.loads(json.dumps(made)))


def test_pages_fit_their_width_and_say_it_plainly(folder: Path) -> None:
    case = aval.open(folder)
    for answer in (log(folder, Filter()), case.blame("truce", known="2026-01-10").answer, take(folder)[0]):
        for width in (60, 100, 160):
            made = text(answer, width=width, plain=True)
            assert made.isascii()
            assert max(map(len, made.splitlines())) <= width
    page = text(case.blame("truce", known="2026-01-10").answer, plain=True)
    assert "said 2026-01-06" in page
    assert "recorded 2026-02-02T12:00:00" in page
    assert "corrected a" in page


def test_the_commands(folder: Path) -> None:
    assert "14 entries of 14" in run("log", str(folder)).stdout
    assert json.loads(run("log", str(folder), "--kind", "removal", "--json").stdout)["found"] == 1
    assert "it rests on 1 statement" in run("blame", str(folder), "truce", "--known", "2026-01-10").stdout
    assert "None of the 14 entries" in run("log", str(folder), "--voice", "nobody").stdout
    assert run("blame", str(folder)).returncode == 2
    assert "Nothing to record" in run("import", str(folder)).stdout


def test_an_import_says_what_it_did(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a", note="one"), row("b"))
    assert "2 new" in text(take(folder)[0])
    write(folder, row("a", note="two"))
    page = text(take(folder)[0])
    assert "1 corrected, 1 removed" in page
    assert "corrected a" in page
