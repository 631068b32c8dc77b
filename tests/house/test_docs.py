"""Docs that cannot drift: every command, every problem code, every verb and every link."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

from tools import docs

ROOT = Path(__file__).parents[2]
WRITTEN = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
FENCE = re.compile(r"^ *(`{3,})([\w-]*)\n(.*?)^ *\1$", re.DOTALL | re.MULTILINE)
TYPED = {"", "console", "sh"}


def commands() -> list[str]:
    """Each command of `aval`, as the command line itself lists them."""
    group: click.Group = import_module("aval.cli.main").main
    return group.list_commands(click.Context(group))


def verbs() -> set[str]:
    """Each verb of the Makefile."""
    return set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


def samples(path: Path) -> Iterator[str]:
    """Each line that a page shows as something to type: in backquotes, or in a fence."""
    text = path.read_text("utf-8")
    shown = [body for _, kind, body in FENCE.findall(text) if kind in TYPED] + re.findall(r"`([^`\n]+)`", FENCE.sub("", text))
    yield from (line.strip().removeprefix("$ ") for sample in shown for line in sample.splitlines())


def typed(path: Path, program: str) -> set[str]:
    """The words that a page puts right after a program's name."""
    hits = (re.match(rf"{program} ([a-z][a-z-]*)\b", sample) for sample in samples(path))
    return {hit[1] for hit in hits if hit}


def test_there_are_commands_and_verbs() -> None:
    assert {"demo", "status", "why"} <= set(commands())
    assert {"demo", "test"} <= verbs()


def test_every_command_is_documented() -> None:
    headings = re.findall(r"^#+ `?aval ([a-z-]+)", (ROOT / "docs" / "commands.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(headings) == sorted(commands())


def test_every_problem_code_has_its_page() -> None:
    assert docs.entries()
    assert docs.stale() == []


def test_the_readme_begins_with_the_two_verbs() -> None:
    assert {"demo", "test"} <= typed(ROOT / "README.md", "make")


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_pages_name_only_what_exists(path: Path) -> None:
    assert typed(path, "aval") <= set(commands())
    assert typed(path, "make") <= verbs()


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", FENCE.sub("", path.read_text("utf-8")))
    assert [link for link in links if ":" not in link and not (path.parent / link).exists()] == []
