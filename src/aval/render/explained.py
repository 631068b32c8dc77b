"""The page of a problem's code, and the list of all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.text import Text

from aval.model.problem import Code
from aval.render.layout import Lines, hung, line, wrapped
from aval.render.page import FAINT, HEAD, STRONG

SCHEMA = "aval.explain/1"
WIDEST = 100


def print_page(code: Code, stage: str, console: Console) -> None:
    """Print the page of a code."""
    _print(page_lines(code, stage, min(console.width, WIDEST)), console)


def print_list(codes: Mapping[str, tuple[Code, str]], console: Console) -> None:
    """Print every code with its title."""
    _print(
        [row for code, _ in codes.values() for row in hung(line((code.code, STRONG), "  "), Text(_plain(code.title)), console.width)],
        console,
    )


def _print(lines: Lines, console: Console) -> None:
    for made in lines:
        console.print(made, soft_wrap=True, highlight=False)


def page_lines(code: Code, stage: str, width: int) -> Lines:
    """Draw the page of a code: what it checks, why it matters, and an example of each sort."""
    made = [
        *wrapped(line((f"{code.code}: ", STRONG), (_plain(code.title), STRONG)), width),
        Text(f"{code.severity}, found by {stage}", FAINT),
    ]
    made += [
        Text(),
        *wrapped(Text(code.what.strip()), width),
        Text(),
        Text("WHY IT MATTERS", HEAD),
        *wrapped(Text(code.why.strip()), width),
    ]
    for title, example in (("EXAMPLE", code.bad), ("INSTEAD", code.good)):
        if example:
            made += [Text(), Text(title, HEAD), *(Text(f"    {row}".rstrip()) for row in example.strip("\n").split("\n"))]
    return made


def _plain(title: str) -> str:
    return title[:1].upper() + title[1:]


def codes_document(codes: Mapping[str, tuple[Code, str]]) -> dict[str, Any]:
    """Give the pages of codes as plain values."""
    return {"schema": SCHEMA, "codes": [_json(code, stage) for code, stage in codes.values()]}


def _json(code: Code, stage: str) -> dict[str, Any]:
    return {
        "code": code.code,
        "title": code.title,
        "severity": code.severity.value,
        "stage": stage,
        "what": code.what.strip(),
        "why": code.why.strip(),
        "bad": code.bad.strip("\n"),
        "good": code.good.strip("\n"),
    }
