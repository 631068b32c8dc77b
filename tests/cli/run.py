"""Running `aval` as a user does: as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PARIS = str(ROOT / "cases" / "paris")


@cache
def aval(*arguments: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a pipe and give its output and its exit code; the same command only once."""
    return subprocess.run(
        [sys.executable, "-m", "aval", *arguments],
        cwd=cwd,
        env=environ(**environment),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def environ(**environment: str) -> dict[str, str]:
    """Give the environment of a user without habits, and what is added to it."""
    habits = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "AVAL_DEBUG", "TERM")
    kept = {name: value for name, value in os.environ.items() if name not in habits}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1", **environment}
