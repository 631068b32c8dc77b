"""What must be true of any text: it is read in no time, all that is wrong with it is told well, and to lay it out changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter, process_time
from typing import TypeVar

from aval.language.layout.blocks import format_text
from aval.language.layout.proof import same
from aval.language.page import Page
from aval.language.parse import read_page
from aval.language.read import read_agreements, read_scenarios
from aval.language.say import TONGUES, say
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.problem import Problem

T = TypeVar("T")
MOST = 1.0
"""CPU seconds that reading, or laying out, 100 kB may take."""
SOURCES = ("paris-declaration", "dpa-2025-09-04")


def judge(content: str) -> tuple[Problem, ...]:
    """Read a document in every way, and give its problems. Raises `AssertionError` where something is not as it must be."""
    text = Text(path="x.md", content=content)
    agreements, problems = in_time(content, lambda: read_agreements([text], SOURCES))
    tests, of_tests = in_time(content, lambda: read_scenarios([text], agreements))
    for found in (*problems, *of_tests):
        well_told(found, content)
    repr((agreements, tests))
    for language in TONGUES:
        assert all(sentence.text for sentence in in_time(content, partial(say, agreements, language)))
    laid_out(text, agreements, problems)
    return problems + of_tests


def in_time(content: str, work: Callable[[], T]) -> T:
    """Do some work on a text, and look how long it takes. To ask for CPU time is slow, so that is done where the clock shows a reason."""
    start = perf_counter()
    done = work()
    most = MOST * max(1, len(content) / 100_000)
    if perf_counter() - start > most:
        start = process_time()
        work()
        assert process_time() - start < most, f"{len(content)} characters took {process_time() - start:.2f} s"
    return done


def well_told(found: Problem, content: str) -> None:
    """A problem has a sentence, and a place in the text."""
    lines = content.split("\n")
    assert found.message
    assert "\n" not in found.message
    assert 1 <= found.span.line <= len(lines)
    assert 1 <= found.span.column <= len(lines[found.span.line - 1]) + 1
    assert (found.span.line, found.span.column) <= (found.span.end_line, found.span.end_column)


def laid_out(text: Text, agreements: Agreements, problems: tuple[Problem, ...]) -> None:
    """What can be read can be laid out: to the same syntax, the same model and the same problems, and once and for all."""
    made = in_time(text.content, lambda: format_text(text))
    if made.problems:
        assert made.edits == ()
        return
    if not made.edits:
        return
    after = Text(path=text.path, content=made.content)
    assert format_text(after).edits == ()
    assert same(*(list(read_page(Page.of(one)).declarations) for one in (text, after)))
    again, still = read_agreements([after], SOURCES)
    assert same(*(list(one.declarations.values()) for one in (agreements, again)))
    assert [(one.code.code, one.message) for one in problems] == [(one.code.code, one.message) for one in still]
