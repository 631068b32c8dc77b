"""`aval record`: checked first, written whole, recorded; and what goes out comes back the same."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import aval
from aval.model.problem import Incorrect
from aval.workspace.recording import export, record, record_book
from tests.cli.run import ROOT, environ
from tests.ledger.cases import BASE, MANIFEST, bytes_of, entries, make, row, whole

NEW = {name: value for name, value in BASE.items() if name != "label"}


def run(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "aval", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environ(), input=said, capture_output=True, text=True, check=False)


def test_a_statement_goes_into_the_file_and_into_the_ledger(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    done, _ = record(folder, [{"label": "b", **NEW, "note": "x"}])
    assert done.counts["new"] == 2
    lines = (folder / "statements" / "a.jsonl").read_text("utf-8").splitlines()
    assert json.loads(lines[-1])["label"] == "b"
    assert [one.label for one in sorted(aval.open(folder).statements, key=lambda one: one.label)] == ["a", "b"]
    assert aval.open(folder).problems == ()
    assert whole(folder)


def test_a_wrong_statement_writes_nothing(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    before = bytes_of(folder)
    with pytest.raises(Incorrect) as wrong:
        record(folder, [{"label": "b", **NEW, "term": "truce_bigins"}])
    assert 'Did you mean "truce_begins"?' in wrong.value.problems[0].hint
    assert bytes_of(folder) == before


def test_a_label_is_made_and_is_new(tmp_path: Path) -> None:
    folder = make(tmp_path, row("A-reporter-2026-01-06"))
    for number in range(2):
        record(folder, [{**NEW, "note": str(number)}])
    assert sorted(one.label for one in aval.open(folder).statements) == [f"A-reporter-2026-01-06{end}" for end in ("", "-2", "-3")]


def test_with_several_files_one_is_named(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"), manifest=MANIFEST.replace('"statements/a.jsonl"', '"statements/a.jsonl", "statements/b.csv"'))
    (folder / "statements" / "b.csv").write_text("label,says,term,said,voice,form,grade,source,note\n", "utf-8")
    with pytest.raises(Incorrect) as wrong:
        record(folder, [NEW])
    assert wrong.value.problems[0].code.code == "AV425"
    csv = {name: value for name, value in NEW.items() if name != "when"}
    record(folder, [{"label": "b", **csv, "note": '=1+1, "x"'}], file="statements/b.csv")
    assert "'=1+1" in (folder / "statements" / "b.csv").read_text("utf-8")
    assert [one.note for one in aval.open(folder).statements if one.label == "b"] == ['=1+1, "x"']
    with pytest.raises(Incorrect) as wrong:
        record(folder, [{"label": "c", **NEW}], file="statements/b.csv")
    assert wrong.value.problems[0].code.code == "AV426"


def test_flags_do_it_without_asking(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in NEW.items()]
    done = run("record", str(folder), *flags, "--note=from a flag", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["new"] == 2
    assert [name for kind, name in entries(folder) if kind == "statement"] == ["a", "A-reporter-2026-01-06"]


def test_in_a_pipe_it_never_asks(tmp_path: Path) -> None:
    done = run("record", str(make(tmp_path, row("a"))), "--says", "happened", said="truce_begins\n")
    assert done.returncode == 3
    assert "`term` is missing" in done.stderr


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_what_goes_out_comes_back_the_same(tmp_path: Path, ending: str) -> None:
    rows = [
        row("a", note="=HYPERLINK(1)", quote="'=x", place="''@home", through=["b", "- c"]),
        row("b", voice="+49", note='say "no", twice', said="2026-01-07", when="yesterday"),
        row("c", voice="'t Hooft", paragraph=7, withdraws=["label:d"]),
        row("d", voice="'t Hooft", says="position", stance="supports", when=None),
    ]
    rows = [{name: value for name, value in one.items() if value is not None} for one in rows]
    folder = make(tmp_path / "case", *rows)
    out = tmp_path / f"out{ending}"
    out.write_bytes(export(folder, out))
    other = make(tmp_path / "other")
    if ending == ".csv":
        make(other, manifest=MANIFEST.replace("a.jsonl", "a.csv"))
        (other / "statements" / "a.csv").write_bytes(out.read_bytes())
    else:
        done = run("record", str(other), "--xlsx", str(out))
        assert done.returncode == 0, done.stderr
    assert {one.id for one in aval.open(other).statements} == {one.id for one in aval.open(folder).statements}


def test_a_sheet_can_be_recorded_again_as_it_grows(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    rows = [row("a"), row("b", term="committed(FRA)"), row("c", note="new", withdraws=["label:b"], term="committed(FRA)")]
    full = make(tmp_path / "full", *rows)
    folder = make(tmp_path / "case")
    sheet = tmp_path / "s.xlsx"
    sheet.write_bytes(export(full, sheet))
    assert record_book(folder, sheet)[0].counts["new"] == 3
    before = bytes_of(folder)
    assert record_book(folder, sheet)[0].counts["new"] == 0
    assert bytes_of(folder) == before
    book = openpyxl.load_workbook(sheet)
    head = [cell.value for cell in book.active[1]]
    book.active.append([{**BASE, "label": "d", "note": "later"}.get(name) for name in head if name != "when"])
    book.save(sheet)
    assert record_book(folder, sheet)[0].counts["new"] == 1
    assert [one.label for one in sorted(aval.open(folder).statements, key=lambda one: one.label)] == ["a", "b", "c", "d"]


def test_a_wrong_row_of_a_sheet_is_named_by_its_number(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    folder = make(tmp_path / "case", row("a"), row("b", note="x"))
    sheet = tmp_path / "s.xlsx"
    sheet.write_bytes(export(folder, sheet))
    book = openpyxl.load_workbook(sheet)
    names = [cell.value for cell in book.active[1]]
    book.active.cell(3, names.index("note") + 1).value = "other words"
    book.active.append(["c", "happened", "truce_bigins"])
    book.save(sheet)
    before = bytes_of(folder)
    with pytest.raises(Incorrect) as wrong:
        record_book(folder, sheet)
    places = {(str(one.span), one.code.code) for one in wrong.value.problems}
    assert {(f"{sheet}:3", "AV350"), (f"{sheet}:4", "AV331")} <= places
    assert "edit that line" in next(one.hint for one in wrong.value.problems if one.code.code == "AV350")
    assert bytes_of(folder) == before


def test_nothing_is_written_over_unasked(tmp_path: Path) -> None:
    folder = make(tmp_path, row("a"))
    out = tmp_path / "out.csv"
    assert run("export", str(folder), "--csv", str(out)).returncode == 0
    assert run("export", str(folder), "--csv", str(out)).returncode == 2
    assert run("export", str(folder), "--csv", str(out), "--force").returncode == 0
    assert run("export", str(folder)).returncode == 2
    nowhere = run("export", str(folder), "--csv", str(tmp_path / "nowhere" / "out.csv"))
    assert (nowhere.returncode, "cannot be written" in nowhere.stderr) == (4, True)
    assert run("export", str(folder), "--csv", "-").stdout == out.read_text("utf-8")


def test_an_entry_with_a_semicolon_does_not_fit_a_cell(tmp_path: Path) -> None:
    with pytest.raises(Incorrect) as wrong:
        export(make(tmp_path, row("a", through=["AFP; Reuters"])), Path("x.csv"))
    assert wrong.value.problems[0].code.code == "AV424"
