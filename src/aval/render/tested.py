"""The outcome of tests: for people, as JSON, and as the JUnit XML that continuous integration reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.text import Text

from aval.answers.tested import Check
from aval.model.problem import Problem, Severity, Span
from aval.render.layout import Lines, hung, line
from aval.render.page import FAINT, STRONG, Page
from aval.render.problems import range_json
from aval.render.safe import safe, spelt
from aval.render.signs import DEPENDS

SCHEMA = "aval.test/1"
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def print_checks(checks: Sequence[Check], console: Console, *, plain: bool = False, everything: bool = False) -> None:
    """Print the failures, or with `everything` each answer, and how many there were."""
    page = Page(width=min(max(console.width, 40), 160), plain=plain)
    for made in check_lines(page, checks, everything=everything):
        console.print(made, soft_wrap=True, highlight=False)


def check_lines(page: Page, checks: Sequence[Check], *, everything: bool = False) -> Lines:
    """Draw the outcome of tests."""
    made: Lines = []
    for (document, test), group in groupby(checks, lambda check: (check.document, check.test)):
        shown = [check for check in group if everything or not check.passed]
        made += hung("", line((f"{safe(document)}  ", FAINT), (safe(test), STRONG)), page.width, "  ") if shown else []
        made += [row for check in shown for row in _check(page, check)]
        made += [Text()] if shown else []
    return [*made, _count(checks)]


def _check(page: Page, check: Check) -> Lines:
    word, style = ("ok", "green") if check.passed else ("FAILED", "bold red")
    head = line((f"{word} ", style), f"line {check.span.line}: {safe(f'{check.subject} {check.view}')}")
    made = hung("  ", head, page.width, "      ")
    if check.passed:
        return made
    made += hung("    expected: ", Text(safe(check.expected), "green"), page.width)
    if check.error:
        return made + hung("    error:    ", Text(safe(check.error), "red"), page.width)
    got = DEPENDS if check.got == "depends" else check.got
    made += hung("    got:      ", Text(safe(got), "red"), page.width)
    for reading, value in check.by_reading.items():
        made += hung("              ", line((f"{safe(reading)}: ", FAINT), safe(value)), page.width)
    return made + (hung("    because:  ", Text(safe(check.because)), page.width) if check.because else [])


def _count(checks: Sequence[Check]) -> Text:
    failed = sum(not check.passed for check in checks)
    tests = len({(check.document, check.test) for check in checks})
    total = f"{len(checks)} expected answer{'' if len(checks) == 1 else 's'} in {tests} test{'' if tests == 1 else 's'}"
    return line((f"{failed} of {total} failed", "bold red")) if failed else line((f"{total}: all as expected", STRONG))


def outcome_document(checks: Sequence[Check], *, passed: bool) -> dict[str, Any]:
    """Give the outcome as plain values; `passed` also says whether every test could be read."""
    failed = sum(not check.passed for check in checks)
    return {"schema": SCHEMA, "passed": passed, "counts": {"checks": len(checks), "failed": failed}, "checks": list(map(_json, checks))}


def _json(check: Check) -> dict[str, Any]:
    return {
        "document": check.document,
        "test": check.test,
        "subject": check.subject,
        "passed": check.passed,
        "expected": check.expected,
        "got": check.got,
        "by_reading": dict(check.by_reading),
        "because": check.because,
        "error": check.error,
        "at": check.at,
        "known": check.known,
        "readings": list(check.readings),
        "range": range_json(check.span),
    }


def junit(checks: Sequence[Check], problems: Sequence[Problem] = ()) -> bytes:
    """Write the outcome as JUnit XML: a suite for each document, a case for each expected answer and for each mistake that fails a run."""
    mistakes = [problem for problem in problems if problem.severity is Severity.ERROR]
    root = ET.Element("testsuites", _tally(checks, mistakes))
    for document in dict.fromkeys([*(check.document for check in checks), *(problem.span.path for problem in mistakes)]):
        mine, wrong = [one for one in checks if one.document == document], [one for one in mistakes if one.span.path == document]
        suite = ET.SubElement(root, "testsuite", {"name": _clean(document), **_tally(mine, wrong)})
        for check in mine:
            _case(suite, check)
        for problem in wrong:
            case = ET.SubElement(suite, "testcase", {"name": problem.code.code, **_place(document, problem.span)})
            ET.SubElement(case, "error", {"message": _clean(problem.message)})
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n".encode()


def _tally(checks: Sequence[Check], mistakes: Sequence[Problem]) -> dict[str, str]:
    errors = sum(bool(check.error) for check in checks)
    failures = sum(not check.passed for check in checks) - errors
    return {"tests": str(len(checks) + len(mistakes)), "failures": str(failures), "errors": str(errors + len(mistakes))}


def _place(document: str, span: Span) -> dict[str, str]:
    return {"classname": _clean(document), "file": _clean(document), "line": str(span.line)}


def _case(suite: ET.Element, check: Check) -> None:
    name = f"{check.test}: {check.subject} {check.view}".strip()
    case = ET.SubElement(suite, "testcase", {"name": _clean(name), **_place(check.document, check.span)})
    if check.error:
        ET.SubElement(case, "error", {"message": _clean(check.error)})
    elif not check.passed:
        readings = "".join(f"\n{reading}: {value}" for reading, value in check.by_reading.items())
        failure = ET.SubElement(case, "failure", {"message": _clean(f"expected {check.expected}, got {check.got}")})
        failure.text = _clean(f"{check.because}{readings}")


def _clean(text: str) -> str:
    """Spell out what XML cannot hold, and what would not be seen."""
    return _NO_XML.sub("?", "\n".join(map(spelt, text.split("\n"))))
