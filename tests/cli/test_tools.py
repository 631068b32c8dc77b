"""The drafter's tools, as a user runs them."""

from __future__ import annotations

import json
import os
import stat
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator

from aval.render.json import schema_of
from tests.cli.run import PARIS, ROOT, aval

SOUND = '# A\n\n```aval\nagreement a "A"\nparty FRA "France"\nevent signed\nstate bound\n  from signed\n```\n'
TEST = '\n```aval-test\ntest "one"\n  given signed on 2026-01-01\n  expect bound is yes at 2026-02-01\n```\n'


def run(cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command afresh in a folder."""
    return aval.__wrapped__(*arguments, cwd=cwd)


def write(folder: Path, text: str, name: str = "a.md") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


# check


def test_check_is_0_for_a_sound_case_and_1_for_errors(tmp_path: Path) -> None:
    sound = run(tmp_path, "check", str(ROOT / "cases" / "rome"))
    assert (sound.returncode, sound.stdout) == (0, "No problems in 2 documents and 3 statement files.\n")
    warned = run(tmp_path, "check", PARIS, "--plain")
    assert warned.returncode == 0
    assert warned.stdout.endswith("\n10 warnings\n")
    write(tmp_path, SOUND.replace("from signed", "from sined"))
    wrong = run(tmp_path, "check", "a.md")
    assert wrong.returncode == 1
    assert "AV203" in wrong.stdout
    assert "^^^^^" in wrong.stdout
    assert wrong.stderr == ""


def test_check_is_3_for_what_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, "x", "a.txt")
    for name in ("nowhere", "a.txt", "."):
        assert run(tmp_path, "check", name).returncode == 3


def test_check_json_has_fixes(tmp_path: Path) -> None:
    write(tmp_path, SOUND.replace("from signed", "from singed"))
    made = json.loads(run(tmp_path, "check", "a.md", "--json").stdout)
    Draft202012Validator(schema_of(made["schema"])).validate(made)
    assert made["problems"][0]["fix"] == {
        "title": "Write `signed` instead of `singed`.",
        "range": {"start": {"line": 7, "character": 7}, "end": {"line": 7, "character": 13}},
        "new_text": "signed",
    }


def test_check_fix_mends_and_shows_what_is_left(tmp_path: Path) -> None:
    path = write(tmp_path, SOUND.replace("from signed", "from singed\nstate x\n  while phase_2"))
    mended = run(tmp_path, "check", "a.md", "--fix")
    assert mended.returncode == 1
    assert mended.stdout.startswith("fixed a.md:8:8: Write `signed` instead of `singed`.\n")
    assert "phase_2" in mended.stdout
    assert "from signed\n" in path.read_text("utf-8")


# explain


def test_explain() -> None:
    page = aval("explain", "AV203")
    assert page.returncode == 0
    assert "WHY IT MATTERS" in page.stdout
    assert "AV203" in aval("explain").stdout
    made = json.loads(aval("explain", "AV203", "--json").stdout)
    assert [one["code"] for one in made["codes"]] == ["AV203"]
    wrong = aval("explain", "AV2O3")
    assert (wrong.returncode, wrong.stdout) == (3, "")
    assert 'did you mean "AV203"?' in wrong.stderr


# format


def test_format_writes_checks_and_shows(tmp_path: Path) -> None:
    messy = SOUND.replace("  from signed", "from   signed")
    path = write(tmp_path, messy)
    checked = run(tmp_path, "format", "--check", "a.md")
    assert (checked.returncode, checked.stdout) == (1, "would lay out a.md\n")
    shown = run(tmp_path, "format", "--diff", "a.md")
    assert shown.returncode == 0
    assert "-from   signed\n+  from signed\n" in shown.stdout
    assert path.read_text("utf-8") == messy
    written = run(tmp_path, "format", "a.md")
    assert (written.returncode, written.stdout) == (0, "laid out a.md\n")
    assert path.read_text("utf-8") == SOUND
    assert run(tmp_path, "format", "--check", "a.md").returncode == 0


def test_format_leaves_alone_what_has_a_mistake(tmp_path: Path) -> None:
    path = write(tmp_path, SOUND.replace("from signed", "from"))
    other = write(tmp_path, SOUND.replace("  from", "from"), "b.md")
    ended = run(tmp_path, "format", "a.md", "b.md")
    assert ended.returncode == 3
    assert "AV202" in ended.stderr
    assert path.read_text("utf-8") == SOUND.replace("from signed", "from")
    assert other.read_text("utf-8") == SOUND


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everything")
def test_format_is_4_where_nothing_can_be_written(tmp_path: Path) -> None:
    write(tmp_path, SOUND.replace("  from", "from"))
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert run(tmp_path, "format", "a.md").returncode == 4
    finally:
        tmp_path.chmod(stat.S_IRWXU)


# test


def test_test_is_0_and_1(tmp_path: Path) -> None:
    path = write(tmp_path, SOUND + TEST)
    right = run(tmp_path, "test", "a.md")
    assert (right.returncode, right.stdout) == (0, "1 expected answer in 1 test: all as expected\n")
    path.write_text((SOUND + TEST).replace("is yes", "is no"), "utf-8")
    wrong = run(tmp_path, "test", "a.md")
    assert wrong.returncode == 1
    assert "expected: no\n    got:      yes\n" in wrong.stdout
    updated = run(tmp_path, "test", "a.md", "--update")
    assert updated.returncode == 1
    assert "1 expected answer rewritten" in updated.stderr
    assert path.read_text("utf-8") == SOUND + TEST


def test_no_test_is_1_with_a_message(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    ended = run(tmp_path, "test", "a.md")
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "AV612" in ended.stderr


def test_test_reports_for_machines(tmp_path: Path) -> None:
    write(tmp_path, (SOUND + TEST).replace("is yes", "is no"))
    ended = run(tmp_path, "test", "a.md", "--json", "--junit", "report.xml")
    assert ended.returncode == 1
    made = json.loads(ended.stdout)
    Draft202012Validator(schema_of(made["schema"])).validate(made)
    assert (made["passed"], made["counts"]) == (False, {"checks": 1, "failed": 1})
    assert ET.parse(tmp_path / "report.xml").getroot().attrib["failures"] == "1"  # noqa: S314  our own text


# folders that hold cases


def cases_in(folder: Path) -> Path:
    """Two cases, one of them two folders down, and what is no case of them."""
    for name in ("one", "deep/two"):
        assert run(folder, "new", f"all/{name}").returncode == 0
    (folder / "all" / ".hidden").mkdir()
    (folder / "all" / ".hidden" / "aval.toml").write_text("broken", "utf-8")
    (folder / "all" / "link").symlink_to(folder / "all" / "one")
    return folder / "all"


CLAIMS = """
```aval-test
test "what bound means"
  can bound
  must always bound or not (signed happened)
  never bound before (signed happened)
```
"""


def test_properties_are_told_with_their_bound(tmp_path: Path) -> None:
    write(tmp_path, SOUND + CLAIMS)
    told = run(tmp_path, "check", "a.md", "--plain")
    assert told.returncode == 0
    assert told.stdout.splitlines()[0] == "No problems in 1 document."
    assert [line.partition(": ")[2] for line in told.stdout.splitlines()[1:]] == [
        "can bound: it can, with 1 act",
        "must always bound or not (signed happened): nothing against it within 4 acts (6 sequences run)",
        "never bound before signed happened: nothing against it within 4 acts (6 sequences run)",
    ]
    made = json.loads(run(tmp_path, "check", "a.md", "--json").stdout)
    says = [(one["says"], one["found_wrong"], one["within_acts"]) for one in made["properties_claimed"]]
    assert says == [("can", False, 1), ("must always", False, 4), ("never", False, 4)]


def test_what_a_sequence_of_acts_refutes_fails(tmp_path: Path) -> None:
    write(tmp_path, SOUND + CLAIMS.replace("  can bound", "  must always not bound"))
    told = run(tmp_path, "check", "a.md", "--plain")
    assert told.returncode == 1
    assert "AV716" in told.stdout
    assert "        given signed on 2027-03-01\n        expect (not bound) is no at 2027-03-01\n" in told.stdout


def test_every_case_in_a_folder_is_tested_and_checked(tmp_path: Path) -> None:
    (tmp_path / "all" / "deep").mkdir(parents=True)
    cases_in(tmp_path)
    single = json.loads(run(tmp_path, "test", "all/one", "--json").stdout)["counts"]["checks"]
    tested = run(tmp_path, "test", "all", "all/one", "--json", "--junit", "report.xml")
    assert (tested.returncode, tested.stderr) == (0, "")
    made = json.loads(tested.stdout)
    assert made["counts"] == {"checks": 2 * single, "failed": 0}
    assert {Path(one["document"]).parts[:2] for one in made["checks"]} == {("all", "deep"), ("all", "one")}
    assert ET.parse(tmp_path / "report.xml").getroot().attrib["tests"] == str(2 * single)  # noqa: S314  our own text
    assert run(tmp_path, "check", "all").stdout == "No problems in 2 documents and 2 statement files.\n"
    assert run(tmp_path, "format", "all", "--check").returncode == 0


def test_one_case_that_cannot_be_read_keeps_no_other_from_being_tested(tmp_path: Path) -> None:
    (tmp_path / "all" / "deep").mkdir(parents=True)
    folder = cases_in(tmp_path)
    (folder / "one" / "aval.toml").write_text("broken", "utf-8")
    for command in ("test", "check"):
        ended = run(tmp_path, command, "all", "--json")
        assert ended.returncode == 3
        assert json.loads(ended.stderr)["problems"][0]["path"] == "all/one/aval.toml"
        assert json.loads(ended.stdout).get("passed", False) is False
    assert run(tmp_path, "test", "all/deep/two", "nowhere").returncode == 3


def test_a_folder_without_a_case_is_none(tmp_path: Path) -> None:
    (tmp_path / "a" / "b" / "c" / "d").mkdir(parents=True)
    assert run(tmp_path, "new", "a/b/c/d/case").returncode == 0
    deep = run(tmp_path, "test", "a")
    assert (deep.returncode, "AV103" in deep.stderr) == (3, True)
    assert run(tmp_path, "test", "a/b").returncode == 0


# new, schema, completion


def test_a_new_case_can_be_asked_at_once(tmp_path: Path) -> None:
    made = run(tmp_path, "new", "berlin")
    assert made.returncode == 0
    assert "berlin/aval.toml\n" in made.stdout
    for command in ("status", "check", "test"):
        assert run(tmp_path / "berlin", command).returncode == 0
    assert run(tmp_path / "berlin", "format", "--check").returncode == 0
    again = run(tmp_path, "new", "berlin")
    assert (again.returncode, "AV613" in again.stderr) == (3, True)


def test_schemas() -> None:
    assert "statement\n" in aval("schema").stdout
    assert json.loads(aval("schema", "statement").stdout)["$id"] == "urn:aval:statement:1"
    assert aval("schema", "nothing").returncode == 3


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    made = aval("completion", shell)
    assert made.returncode == 0
    assert "_AVAL_COMPLETE" in made.stdout
    assert aval("completion", "powershell").returncode == 2


def test_the_shell_can_ask_for_words() -> None:
    asked = aval("", _AVAL_COMPLETE="bash_complete", COMP_WORDS="aval ex", COMP_CWORD="1")
    assert "plain,explain" in asked.stdout
