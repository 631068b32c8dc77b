"""Small files and small functions, each with its return type. Where one must be larger, mend this test and say why."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "aval"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 600
LONGEST_FUNCTION = 60

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions() -> list[tuple[str, Function]]:
    """Every function with its place."""
    trees = [(path, ast.parse(path.read_text("utf-8"))) for path in FILES]
    return [
        (f"{path.relative_to(SOURCE)}:{node.lineno} {node.name}", node)
        for path, tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def lines(function: Function) -> int:
    """How long a function is, its docstring included and its decorators not."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def show_worst(sizes: dict[str, int]) -> None:
    """Print the five longest (`pytest -rP` shows them)."""
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:5]:
        print(f"{size:4} {name}")


def test_there_is_code_to_measure() -> None:
    assert len(FILES) > 10


def test_no_file_is_long() -> None:
    sizes = {str(path.relative_to(SOURCE)): len(path.read_text("utf-8").splitlines()) for path in FILES}
    show_worst(sizes)
    assert {name: size for name, size in sizes.items() if size > LONGEST_FILE} == {}


def test_no_function_is_long() -> None:
    sizes = {name: lines(function) for name, function in functions()}
    show_worst(sizes)
    assert {name: size for name, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_every_function_says_what_it_returns() -> None:
    assert [name for name, function in functions() if function.returns is None] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_every_file_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert not tree.body or ast.get_docstring(tree)
