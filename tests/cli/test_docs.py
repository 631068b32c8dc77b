"""`docs/commands.md` and the commands say the same."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from aval.cli.group import BUG, INPUT, INTERRUPTED, STORE, USAGE
from aval.cli.main import main

PAGE = (Path(__file__).parents[2] / "docs" / "commands.md").read_text("utf-8")
COMMANDS = main.list_commands(click.Context(main))


def section(name: str) -> str:
    return PAGE.split(f"## aval {name}\n")[1].split("\n## ")[0].split("\n# ")[0]


def options(name: str) -> set[str]:
    command = main.commands[name]
    parts = [command, *(command.commands.values() if isinstance(command, click.Group) else ())]
    return {option for part in parts for param in part.params if isinstance(param, click.Option) for option in param.opts}


def test_every_part_of_a_command_is_in_its_heading() -> None:
    groups = {name: found for name in COMMANDS if isinstance(found := main.commands[name], click.Group)}
    assert groups
    for name, group in groups.items():
        assert f"`aval {name} {'|'.join(group.commands)}`" in section(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_documented_with_its_options(name: str) -> None:
    assert set(re.findall(r"^\| `(--[a-z-]+)", section(name), re.MULTILINE)) == options(name)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_an_example_and_its_exit_codes(name: str) -> None:
    assert f"$ aval {name}" in section(name)
    assert re.search(r"Exit codes: 0, (1 \([^)]*\), )?2, 3( \([^)]*\))?, 4, 70, 130\.", section(name))


def test_every_exit_code_is_explained() -> None:
    found = {int(code) for code in re.findall(r"^\| (\d+) \|", PAGE, re.MULTILINE)}
    assert found == {0, 1, USAGE, INPUT, STORE, BUG, INTERRUPTED}
