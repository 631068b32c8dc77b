"""What we publish names no machine of ours and no registry: it works wherever it is copied to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
PASSED_OVER = re.compile(r"\.git|\.venv|\.hypothesis|__pycache__|\..*_cache|build|dist")
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:work|root|home|Users|opt|srv|mnt)/(?=\w)|[A-Z]:\\Users\\")
REGISTRY = re.compile(r"(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com)\b|file:/{2}")
ADDRESS = re.compile(r"https?:|--(?:extra-)?index-url|--find-links|@ ", re.IGNORECASE)


def texts() -> Iterator[tuple[str, str]]:
    """Each text file of the checkout with its text."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if not PASSED_OVER.fullmatch(name)]
        for path in (Path(folder, name) for name in names):
            data = path.read_bytes() if path.is_file() and not path.is_symlink() else b"\0"
            if b"\0" not in data:
                yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", errors="replace")


def places(pattern: re.Pattern[str]) -> list[str]:
    """Each place in the checkout where the pattern occurs."""
    found = ((name, text, hit) for name, text in texts() for hit in pattern.finditer(text))
    return [f"{name}:{text.count(chr(10), 0, hit.start()) + 1} {hit[0]}" for name, text, hit in found]


def test_no_file_names_a_path_of_a_machine() -> None:
    assert places(MACHINE_PATH) == []


def test_no_file_names_a_registry() -> None:
    assert places(REGISTRY) == []


def test_there_are_requirements() -> None:
    assert [path.stem for path in REQUIREMENTS] == ["build", "core", "dev"]


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.stem)
def test_requirements_are_hashes_without_addresses(path: Path) -> None:
    text = path.read_text("utf-8")
    pins = re.split(r"\n(?=\w)", text)[1:]
    assert not ADDRESS.search(text)
    assert pins
    assert [pin.split()[0] for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize("hidden", ["see |work|main", "(|root|x)", "=|home|me|aval"])
def test_the_pattern_would_see_a_machine_path(hidden: str) -> None:
    assert MACHINE_PATH.search(hidden.replace("|", "/"))
