from __future__ import annotations

from pathlib import Path

import pytest

import aval
from aval.model.problem import Incorrect, Severity
from aval.workspace import catalogue, testing
from aval.workspace.checking import check
from aval.workspace.documents import open_documents
from aval.workspace.layout import lay_out
from aval.workspace.starting import begin
from tests.render.samples import PROBLEMS
from tools import docs

PARIS = Path(__file__).resolve().parents[2] / "cases" / "paris"


# a new case


@pytest.mark.parametrize("name", ["berlin", "Berlin 2027", "state", "bound", "a.b-c_d"])
def test_a_new_case_runs(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "deep" / name
    files = begin(str(folder))
    assert all((folder / file).is_file() for file in files)
    assert not [one for one in folder.parent.iterdir() if one.name.startswith(".")]
    case = aval.open(folder)
    assert case.problems == ()
    assert case.status(known="2026-02-01").answer.items
    assert check(str(folder)).problems == ()
    tested = testing.run_tests([str(folder)])
    assert tested.passed
    assert len(tested.outcomes) == 5
    assert not any(one.differs for one in lay_out([str(folder)])[0])


@pytest.mark.parametrize("name", ["2026", "", "é", "../x/..", "a\nb", "x" * 80])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Incorrect, match=r"AV61[34]"):
        begin(f"{tmp_path}/{name}")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("nowhere")
    for name in ("empty", "link"):
        with pytest.raises(Incorrect, match="AV613"):
            begin(str(tmp_path / name))
    assert list((tmp_path / "empty").iterdir()) == []


# what a drafter points at


def test_a_document_of_a_case_is_seen_with_the_rest_of_it() -> None:
    whole = open_documents(str(PARIS))
    one = open_documents(str(PARIS / "agreements" / "ceasefire.md"))
    assert [Path(text.path).name for text in one.wanted] == ["ceasefire.md"]
    assert [text.content for text in one.texts] == [text.content for text in whole.texts]
    assert open_documents(str(PARIS / "aval.toml")).texts == whole.texts


def test_a_document_of_no_case_stands_alone(tmp_path: Path) -> None:
    (tmp_path / "x.md").write_text("```aval\nagreement x\nevent a\n```\n")
    found = open_documents(str(tmp_path / "x.md"))
    assert (found.manifest, len(found.texts)) == (None, 1)


@pytest.mark.parametrize("name", ["x.txt", "nowhere.md", "x.jsonl"])
def test_what_is_no_document_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.txt").write_text("")
    (tmp_path / "x.jsonl").write_text("")
    with pytest.raises(Incorrect):
        open_documents(str(tmp_path / name))


# checking


def test_paris_has_no_mistake() -> None:
    found = check(str(PARIS))
    assert found.sound
    assert (found.documents, found.statement_files) == (7, 4)
    assert {one.severity for one in found.problems} == {Severity.WARNING}


def broken_case(tmp_path: Path) -> Path:
    folder = tmp_path / "broken"
    begin(str(folder))
    page = folder / "agreements" / "broken.md"
    page.write_text(
        page.read_text("utf-8").replace("  while truce\n", "  while trucce\n").replace('signs"\n  acc', 'signs"\n  ac'), "utf-8"
    )
    return folder


def test_all_problems_of_a_case_are_told(tmp_path: Path) -> None:
    folder = broken_case(tmp_path)
    rows = folder / "statements" / "reports.jsonl"
    rows.write_text(rows.read_text("utf-8").replace('"high"', '"hihg"'), "utf-8")
    found = check(str(folder))
    stages = {one.code.code[:3] for one in found.problems}
    assert stages == {"AV2", "AV3"}
    assert not found.sound
    assert {one.code.code[:3] for one in check(str(rows)).problems} == {"AV3"}
    assert {one.code.code[:3] for one in check(str(folder / "agreements" / "broken.md")).problems} == {"AV2"}


def test_fixing_writes_the_file_and_checks_it_again(tmp_path: Path) -> None:
    folder = broken_case(tmp_path)
    found = check(str(folder), fix=True)
    assert len(found.fixed) == 2
    assert found.problems == ()
    assert "while truce\n" in (folder / "agreements" / "broken.md").read_text("utf-8")
    assert testing.run_tests([str(folder)]).passed


def test_a_missing_file_does_not_hide_the_rest(tmp_path: Path) -> None:
    folder = broken_case(tmp_path)
    manifest = folder / "aval.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('["agreements/', '["agreements/gone.md", "agreements/'), "utf-8")
    assert {one.code.code[:3] for one in check(str(folder)).problems} == {"AV1", "AV2"}


def test_rules_that_cannot_be_worked_out_are_told(tmp_path: Path) -> None:
    page = tmp_path / "x.md"
    page.write_text("```aval\nagreement x\nstate a\n  while not b\nstate b\n  while a\n```\n")
    (problem,) = check(str(page)).problems
    assert problem.code.code == "AV502"
    assert problem.excerpt


def test_warnings_do_not_fail() -> None:
    from aval.workspace.checking import Checked

    warnings = tuple(one for one in PROBLEMS if one.severity is Severity.WARNING)
    assert warnings
    assert Checked(problems=warnings, documents=1, statement_files=0).sound
    assert not Checked(problems=PROBLEMS, documents=1, statement_files=0).sound


# what Aval tells of itself


def test_the_codes_are_those_of_the_pages() -> None:
    assert {key: (entry.code, entry.stage) for key, entry in ((one.code.code, one) for one in docs.entries())} == catalogue.codes()


@pytest.mark.parametrize("text", ["AV203", "av203", "203", " AV203 "])
def test_a_code_is_found(text: str) -> None:
    assert catalogue.code(text)[0].code == "AV203"


@pytest.mark.parametrize(("text", "hint"), [("AV2O3", '"AV203"'), ("AV999", "did you mean"), ("x" * 900, "there are")])
def test_a_mistyped_code_gets_a_suggestion(text: str, hint: str) -> None:
    with pytest.raises(Incorrect) as wrong:
        catalogue.code(text)
    assert hint in wrong.value.problems[0].hint


def test_every_schema_can_be_printed() -> None:
    assert {"statement", "case", "status", "why", "owed", "changed", "problems", "test", "explain"} <= set(catalogue.schemas())
    for name in catalogue.schemas():
        assert catalogue.schema(name)["$id"] == f"urn:aval:{name}:1"
    assert catalogue.schema("aval.status/1") == catalogue.schema("status")
    with pytest.raises(Incorrect, match="AV611"):
        catalogue.schema("nothing")
