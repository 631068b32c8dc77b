"""Streams that are closed, full or left: the exit code keeps its meaning, and nobody reads a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import PARIS, ROOT, aval, environ

FULL = Path("/dev/full")
ANSWERS = (["why", PARIS, "ceasefire"], ["why", PARIS, "ceasefire", "--json"], ["--help"], ["why", "--help"], ["--version"])
WRONG = ((["statsu"], 2), (["why", PARIS, "nope"], 3), (["why", PARIS, "nope", "--json"], 3))

needs_full = pytest.mark.skipif(not FULL.exists(), reason="this machine has no device that is always full")


def in_shell(streams: str, *arguments: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a command with its streams as a shell makes them."""
    return subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {streams}', "sh", sys.executable, "-m", "aval", *arguments],
        cwd=cwd,
        env=environ(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_an_answer_for_nobody_is_4_and_silence(arguments: list[str]) -> None:
    run = in_shell(">&-", *arguments)
    assert (run.returncode, run.stdout, run.stderr) == (4, "", "")


@needs_full
@pytest.mark.parametrize("arguments", ANSWERS, ids=" ".join)
def test_an_answer_that_cannot_be_written_is_4_and_a_sentence(arguments: list[str]) -> None:
    run = in_shell(">/dev/full", *arguments)
    assert run.returncode == 4
    assert run.stderr.startswith("The machine failed: ")
    assert run.stderr.count("\n") == 1


@needs_full
@pytest.mark.parametrize(("arguments", "code"), WRONG)
@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-", "2>&- >&-", "2>&- >&- <&-"])
def test_a_problem_that_cannot_be_told_keeps_its_code(arguments: list[str], code: int, streams: str) -> None:
    run = in_shell(streams, *arguments)
    assert (run.returncode, run.stdout, run.stderr) == (code, "", "")


@needs_full
@pytest.mark.parametrize("streams", [">/dev/full 2>/dev/full", ">/dev/full 2>&-", ">&- 2>/dev/full", ">&- 2>&-"])
def test_with_neither_stream_an_answer_is_4(streams: str) -> None:
    assert in_shell(streams, "why", PARIS, "ceasefire").returncode == 4


def test_an_answer_needs_no_stderr() -> None:
    run = in_shell("2>&- <&-", "why", PARIS, "ceasefire")
    assert run.returncode == 0
    assert run.stdout.startswith("ceasefire")


@pytest.mark.parametrize(("arguments", "code"), [(["--help"], 0), (["why", PARIS, "ceasefire"], 0), (["why", PARIS, "nope"], 3)])
def test_a_reader_that_has_gone_before_the_first_word_is_no_error(arguments: list[str], code: int) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        [sys.executable, "-m", "aval", *arguments], cwd=ROOT, env=environ(), stdout=writer, stderr=writer if code else None, check=False
    )
    os.close(writer)
    assert run.returncode == code


@pytest.mark.parametrize("words", [[PARIS, "x" * 500], ["x" * 500, PARIS]])
def test_a_word_too_long_for_a_file_is_a_term_that_does_not_exist_or_a_case(words: list[str]) -> None:
    run = aval("why", *words)
    assert run.returncode == 3
    assert "AV" in run.stderr
    assert "1 error" in run.stderr


def test_a_word_too_long_for_a_file_is_no_term_inside_a_case() -> None:
    run = aval("why", "x" * 500, cwd=Path(PARIS))
    assert run.returncode == 3
    assert "AV602" in run.stderr


def test_in_a_folder_that_has_gone_there_is_no_case(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    run = subprocess.run(
        ["/bin/sh", "-c", 'rmdir ../gone; exec "$@"', "sh", sys.executable, "-m", "aval", "status"],
        cwd=gone,
        env=environ(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 2
    assert "Which case?" in run.stderr


@pytest.mark.parametrize("day", ["9999-12-31T23:59:59-23:59", "0001-01-01T00:00+23:59", "9999-12-31", "0001-01-01", "9999"])
def test_a_day_at_the_end_of_the_calendar_is_a_problem(day: str) -> None:
    run = aval("status", PARIS, "--at", day)
    assert (run.returncode, run.stdout) == (3, "")
    assert "AV601" in run.stderr
    assert "from 0001-01-04 to 9999-12-28" in run.stderr
