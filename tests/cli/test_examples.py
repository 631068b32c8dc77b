"""What `docs/commands.md` walks through is what happens; and the tests that stand in the reference of the language pass."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

from aval.workspace.testing import checks, run_tests
from tests.cli.run import ROOT, environ

DOCS = ROOT / "docs"
WALK = re.compile(r"^(```+)console walk\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def steps() -> list[tuple[str, str]]:
    """Give each command of the walk, and what it shows."""
    found: list[tuple[str, str]] = []
    for _, block in WALK.findall((DOCS / "commands.md").read_text("utf-8")):
        for part in block.removeprefix("$ ").split("\n$ "):
            command, shown = _cut(part.rstrip("\n"))
            found.append((command, shown))
    return found


def _cut(part: str) -> tuple[str, str]:
    """Tell a command, which may go on after a backslash or to the end of a document in it, from what it shows."""
    lines = part.split("\n")
    end = 1
    if "<<'END'" in lines[0]:
        end = lines.index("END") + 1
    while lines[end - 1].endswith("\\"):
        end += 1
    return "\n".join(lines[:end]), "\n".join(lines[end:])


def test_the_walk_through_a_record_is_what_happens(tmp_path: Path) -> None:
    given = steps()
    assert len(given) > 15
    command = tmp_path / "bin" / "aval"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m aval "$@"\n', "utf-8")
    command.chmod(0o755)
    mark = "--- step ---"
    script = "".join(f"{line}\necho; echo '{mark}'\n" for line, _ in given)
    environment = environ()
    environment["PATH"] = f"{command.parent}:{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-c", script],  # noqa: S607  the shell of whoever runs the tests
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
    )
    shown = [part.strip("\n") for part in done.stdout.split(f"{mark}\n")][:-1]
    assert len(shown) == len(given)
    for (line, expected), got in zip(given, shown, strict=True):
        pattern = "\n".join(".*".join(map(re.escape, text.split("…"))) for text in expected.strip("\n").split("\n"))
        assert re.fullmatch(pattern, got), f"$ {line}\n{got}\n--- and the page says:\n{expected}"


def test_the_tests_in_the_reference_of_the_language_pass(tmp_path: Path) -> None:
    page = tmp_path / "language.md"
    shutil.copy(DOCS / "language.md", page)
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "emissions.csv").write_text("s,value\nFRA,1\n", "utf-8")
    tested = run_tests([str(page)])
    assert [one for one in checks(tested) if not one.passed] == []
    assert tested.problems == ()
    assert len(tested.outcomes) > 8
