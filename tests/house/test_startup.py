"""A command line that answers at once: what is imported when, seen from outside."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {"apsw", "lark", "msgspec", "numpy", "rfc8785", "rich"}


def imported(*arguments: str) -> set[str]:
    """The top-level packages that one run of Python imports."""
    command = [sys.executable, "-X", "importtime", *arguments]
    run = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    traced = [line for line in run.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in traced}


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]], ids=lambda arguments: arguments[0])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    loaded = imported("-m", "aval", *arguments)
    assert "click" in loaded
    assert not loaded & HEAVY


def test_import_aval_loads_nothing_but_the_standard_library() -> None:
    added = imported("-c", "import aval") - imported("-c", "pass")
    assert added - sys.stdlib_module_names == {"aval"}


def test_the_trace_would_see_numpy() -> None:
    assert "numpy" in imported("-c", "import numpy")
