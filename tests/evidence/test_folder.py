"""A case folder is read safely: nothing outside it, nothing but ordinary files, bounded sizes, strict text."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from aval.evidence.folder import MAX_FILE, MAX_LINE, open_folder
from aval.model.case import Text
from aval.model.problem import Incorrect, Problem


@pytest.fixture
def case(tmp_path: Path) -> Path:
    root = tmp_path / "case"
    (root / "statements").mkdir(parents=True)
    (root / "aval.toml").write_text('schema = "aval.case/1"\n')
    (root / "statements" / "reports.jsonl").write_text("{}\n")
    (tmp_path / "secret.txt").write_text("secret")
    return root


def refused(case: Path, relative: str) -> Problem:
    result = open_folder(case).read(relative)
    assert isinstance(result, Problem), result
    assert result.hint
    return result


def not_opened(path: Path) -> Problem:
    with pytest.raises(Incorrect) as caught:
        open_folder(path)
    (problem,) = caught.value.problems
    assert str(problem.span) == str(path)
    return problem


def test_a_file_is_read_with_the_path_as_the_user_named_it(case: Path) -> None:
    assert open_folder(case).read("statements/reports.jsonl") == Text(path=f"{case}/statements/reports.jsonl", content="{}\n")


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(case: Path) -> None:
    (case / "a.md").write_bytes("\ufeffä\r\nb\r\n".encode())
    result = open_folder(case).read("a.md")
    assert isinstance(result, Text)
    assert result.content == "ä\nb\n"


def test_a_missing_folder_is_named_with_what_may_be_meant(case: Path) -> None:
    problem = not_opened(case.parent / "cas")
    assert problem.code.code == "AV101"
    assert problem.hint.startswith('Did you mean "case"?')


def test_a_file_is_no_case(case: Path) -> None:
    problem = not_opened(case / "aval.toml")
    assert problem.code.code == "AV102"
    assert problem.hint == f"Give the folder that it is in: {case}"


def test_a_folder_without_a_manifest_is_no_case(case: Path) -> None:
    problem = not_opened(case.parent)
    assert problem.code.code == "AV103"
    assert problem.hint == f"There is a case in {case}."


def test_a_name_that_no_system_has_is_a_problem(case: Path) -> None:
    assert not_opened(case / "a\0b").code.code in ("AV101", "AV108")


@pytest.mark.parametrize(
    ("relative", "fault"),
    [
        ("../secret.txt", "`..`"),
        ("statements/../../secret.txt", "`..`"),
        ("..", "`..`"),
        ("/etc/passwd", "absolute"),
        ("C:/secret.txt", "absolute"),
        ("statements\\reports.jsonl", "backslash"),
        ("statements/\x1b[2J.jsonl", "control character"),
        ("a\0b", "control character"),
        ("statements//reports.jsonl", "empty name"),
        ("./statements/reports.jsonl", "empty name"),
        ("", "empty name"),
        ("a" * 2000, "too long"),
    ],
)
def test_no_path_leads_out(case: Path, relative: str, fault: str) -> None:
    problem = refused(case, relative)
    assert problem.code.code == "AV104"
    assert fault in problem.message
    assert str(problem.span) == str(case)
    assert problem.message.isprintable()


def test_a_link_to_a_file_is_refused(case: Path) -> None:
    (case / "link.md").symlink_to(case.parent / "secret.txt")
    problem = refused(case, "link.md")
    assert problem.code.code == "AV105"
    assert str(problem.span) == f"{case}/link.md"
    assert problem.hint == "Copy the file into the case instead."


def test_a_link_to_a_folder_is_refused_too(case: Path) -> None:
    (case / "elsewhere").symlink_to(case.parent, target_is_directory=True)
    assert refused(case, "elsewhere/secret.txt").code.code == "AV105"


def test_a_link_to_nothing_is_a_link(case: Path) -> None:
    (case / "link.md").symlink_to(case / "nowhere")
    assert refused(case, "link.md").code.code == "AV105"


def test_a_manifest_that_is_a_link_is_refused_when_read(case: Path) -> None:
    (case / "aval.toml").unlink()
    (case / "aval.toml").symlink_to(case.parent / "secret.txt")
    assert refused(case, "aval.toml").code.code == "AV105"


def test_the_folder_that_the_user_named_may_be_a_link(case: Path) -> None:
    (case.parent / "mine").symlink_to(case, target_is_directory=True)
    assert isinstance(open_folder(case.parent / "mine").read("aval.toml"), Text)


def test_a_pipe_is_refused_at_once(case: Path) -> None:
    os.mkfifo(case / "pipe.jsonl")
    problem = refused(case, "pipe.jsonl")
    assert problem.code.code == "AV106"
    assert "a pipe (FIFO)" in problem.message


def test_a_socket_a_folder_and_a_file_in_place_of_a_folder_are_refused(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(case)  # the name of a socket is short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.md")
        assert "a socket" in refused(case, "socket.md").message
    assert "a folder" in refused(case, "statements").message
    assert "a folder is needed" in refused(case, "aval.toml/x.md").message


def test_a_missing_file_is_named_with_what_may_be_meant(case: Path) -> None:
    problem = refused(case, "statements/report.jsonl")
    assert problem.code.code == "AV107"
    assert str(problem.span) == f"{case}/statements/report.jsonl"
    assert problem.hint == 'Did you mean "reports.jsonl"?'


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_a_problem(case: Path) -> None:
    (case / "aval.toml").chmod(0)
    assert refused(case, "aval.toml").code.code == "AV108"


def test_a_folder_that_went_away_is_a_problem(case: Path) -> None:
    folder = open_folder(case)
    case.rename(case.parent / "moved")
    result = folder.read("aval.toml")
    assert isinstance(result, Problem)
    assert result.code.code == "AV108"


def test_a_large_file_is_refused(case: Path) -> None:
    with (case / "large.md").open("wb") as file:
        for _ in range(MAX_FILE // MAX_LINE + 1):
            file.write(b"x" * (MAX_LINE - 1) + b"\n")
    problem = refused(case, "large.md")
    assert problem.code.code == "AV109"
    assert "64 MB" in problem.message


@pytest.mark.parametrize("before", ["", "short\n", "x" * 70_000 + "\n" + "y" * 70_000 + "\n"])
def test_a_long_line_is_refused_with_its_number(case: Path, before: str) -> None:
    (case / "long.md").write_text(before + "x" * (MAX_LINE + 1))
    problem = refused(case, "long.md")
    assert problem.code.code == "AV110"
    assert problem.span.line == before.count("\n") + 1


def test_a_line_may_be_as_long_as_the_limit(case: Path) -> None:
    (case / "long.md").write_text("x" * MAX_LINE + "\n" + "y" * MAX_LINE)
    assert isinstance(open_folder(case).read("long.md"), Text)


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"a\n\xc3\xa4\xff\n", ":2:2"),
        (b"\xef\xbb\xbf\xff", ":1:1"),
        (b"\xed\xa0\x80", ":1:1"),
        (b"\xc0\xaf", ":1:1"),
        ("a".encode("utf-16"), ":1"),
    ],
)
def test_only_utf8_is_text(case: Path, data: bytes, place: str) -> None:
    (case / "a.md").write_bytes(data)
    problem = refused(case, "a.md")
    assert problem.code.code == "AV111"
    assert str(problem.span) == f"{case}/a.md{place}"


def test_a_nul_is_no_text(case: Path) -> None:
    (case / "a.md").write_bytes(b"ab\nc\0d")
    problem = refused(case, "a.md")
    assert problem.code.code == "AV112"
    assert str(problem.span).endswith("a.md:2:2")
