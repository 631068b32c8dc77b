"""The README shows what commands really print: every line of its examples is one of theirs, in their order."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.run import aval

README = Path(__file__).parents[2] / "README.md"
LONGEST = 72
"""lines that stand for one screen"""


def examples() -> list[tuple[str, list[str]]]:
    """Give each command with the lines that are shown below it."""
    blocks = re.findall(r"^```console\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    parts = [part for block in blocks for part in block.split("$ ")[1:]]
    return [(command, [line for line in shown.splitlines() if line]) for command, _, shown in (part.partition("\n") for part in parts)]


@pytest.mark.parametrize(("command", "shown"), examples(), ids=[command for command, _ in examples()])
def test_what_the_readme_shows_is_what_is_printed(command: str, shown: list[str]) -> None:
    printed = iter(aval(*shlex.split(command)[1:], COLUMNS="100").stdout.splitlines())
    assert [line for line in shown if line not in printed] == []


def test_the_readme_shows_something_and_is_one_screen() -> None:
    assert len(examples()) >= 3
    assert len(README.read_text("utf-8").splitlines()) <= LONGEST
