"""Whatever stands in a case, in any field: it is shown, and it does nothing."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

import pytest
from rich.console import Console
from rich.text import Text

from aval.model.problem import Problem, Span
from aval.render.html import html
from aval.render.json import dumps
from aval.render.page import Page
from aval.render.problems import problem_lines
from aval.render.text import text
from tests.render.samples import ANSWERS, PROBLEMS

HOSTILE = {
    "ansi": "\x1b[2J\x1b]0;owned\x07\x9b31m",
    "bidi": "user\u202etxt.exe\u2066\u200f",
    "markup": "[bold red]hi[/] [link=ftp:x]x[/link] {} %s",
    "html": "<script>alert(1)</script><img src=x onerror='alert(1)'>\"&amp;</div></style>",
    "lines": "a\r\nb\x00c\u2028d\x85e",
    "flood": "x" * 10_000,
    "words": "word " * 2_000,
    "surrogate": "\ud83d\udc00\ud800",
    "glue": "a\ue000b\ue001",
    "empty": "",
}
ENOUGH = 3
"""how many of each list are poisoned: more would show the same"""
HIDDEN = {"\x1b", "\x9b", "\x07", "\x00", "\r", "\x85", "\u2028", "\u202e", "\u2066", "\u200f", "\ud800"}


def poison(value: Any, bad: str) -> Any:  # noqa: ANN401  any value of an answer
    """Put a hostile string in the place of every string."""
    if isinstance(value, str):
        return bad
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{field.name: poison(getattr(value, field.name), bad) for field in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        return {f"{key}{bad}": poison(one, bad) for key, one in value.items() if not isinstance(one, int)}
    return tuple(poison(one, bad) for one in value[:ENOUGH]) if isinstance(value, tuple) else value


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401  whatever JSON has
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (one for pair in value.items() for part in pair for one in strings(part))
    elif isinstance(value, list):
        yield from (one for part in value for one in strings(part))


class Tags(HTMLParser):
    """Collects what a browser would take for markup."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.open += [tag] if tag != "col" else []

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(params=HOSTILE)
def bad(request: pytest.FixtureRequest) -> str:
    return HOSTILE[request.param]


@pytest.mark.parametrize("plain", [False, True], ids=["signs", "plain"])
@pytest.mark.parametrize("name", ANSWERS)
def test_a_page_of_hostile_text_is_inert(name: str, bad: str, plain: bool) -> None:  # noqa: FBT001  pytest gives it by name
    drawn = text(poison(ANSWERS[name], bad), width=80, plain=plain, everything=True, case="c")
    assert not HIDDEN & set(drawn)
    drawn.encode()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_document_of_hostile_text_is_inert_and_whole(name: str, bad: str) -> None:
    written = dumps(poison(ANSWERS[name], bad)).decode()
    assert not HIDDEN & set(written)
    assert bad == "" or any(json.loads(json.dumps(bad)) in one for one in strings(json.loads(written)))


@pytest.mark.parametrize("name", ANSWERS)
def test_a_fragment_of_hostile_text_is_inert(name: str, bad: str) -> None:
    tags = Tags()
    fragment = html(poison(ANSWERS[name], bad), everything=True)
    tags.feed(fragment)
    assert tags.open == []
    assert tags.attributes <= {"class", "scope"}
    assert not tags.seen & {"script", "img", "a", "iframe", "link"}
    assert not HIDDEN & set(fragment)


@pytest.mark.parametrize("width", [40, 80, 160])
def test_a_problem_of_hostile_text_is_inert(bad: str, width: int) -> None:
    spans = [Span("p\x1b.md", 3, 1, 3, 9), Span("p", 1, 10_000, 1, 10_002), Span("p", 7, 5, 9, 1), Span(bad, 1, 400, 1, 300)]
    hostile = [dataclasses.replace(PROBLEMS[0], message=bad, hint=bad, excerpt=bad * 20, span=span, notes=((span, bad),)) for span in spans]
    lines = problem_lines(Page(width=width), hostile)
    assert not HIDDEN & set("".join(line.plain for line in lines))
    assert all(line.cell_len <= width for line in lines)


def test_markup_of_rich_in_a_case_is_text() -> None:
    console = Console(width=80, record=True, file=None, force_terminal=True, markup=True)
    with console.capture() as drawn:
        console.print(Text(HOSTILE["markup"]))
    assert "[bold red]" in drawn.get()


def test_every_problem_shape_is_covered() -> None:
    assert {bool(problem.excerpt) for problem in PROBLEMS} == {True, False}
    assert all(isinstance(problem, Problem) for problem in PROBLEMS)
