from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

from jsonschema import Draft202012Validator
from rich.console import Console

from aval.answers.tested import Check
from aval.evidence.codes.stores import UNRECORDED
from aval.model.problem import Problem, Span
from aval.render.explained import codes_document, page_lines
from aval.render.json import as_bytes, schema_of
from aval.render.page import Page
from aval.render.tested import check_lines, junit, outcome_document, print_checks
from aval.workspace.catalogue import codes
from aval.workspace.tool_codes import NO_TEST

RIGHT = Check(
    document="pact.md", test="a test", subject="bound(FRA)", passed=True, expected="yes", got="yes", span=Span("pact.md", 3, 5, 3, 8)
)
WRONG = replace(
    RIGHT,
    subject="ok",
    passed=False,
    got="depends",
    because="depends on size",
    by_reading={"size=strict": "no", "size=wide": "yes"},
    at="2021-03-01",
    readings=("wide",),
)
BROKEN = replace(RIGHT, test="another \x1b[2J\x00 \ud800test", passed=False, got="", error="it would take too many steps")
MISTAKE = Problem(code=NO_TEST, message="A \x00 mistake.", span=Span("other.md", 7))
CHECKS = (RIGHT, WRONG, BROKEN)


def drawn(*checks: Check, everything: bool = False) -> list[str]:
    return [line.plain for line in check_lines(Page(width=80), checks, everything=everything)]


def test_a_failure_says_what_was_expected_what_came_out_and_why() -> None:
    assert drawn(*CHECKS) == [
        "pact.md  a test",
        "  FAILED line 3: ok at 2021-03-01 on reading wide",
        "    expected: yes",
        "    got:      depends on reading",
        "              size=strict: no",
        "              size=wide: yes",
        "    because:  depends on size",
        "",
        "pact.md  another <U+001B>[2J<U+0000> <U+D800>test",
        "  FAILED line 3: bound(FRA)",
        "    expected: yes",
        "    error:    it would take too many steps",
        "",
        "2 of 3 expected answers in 2 tests failed",
    ]


def test_success_is_one_line_unless_all_is_wanted() -> None:
    assert drawn(RIGHT) == ["1 expected answer in 1 test: all as expected"]
    assert "  ok line 3: bound(FRA)" in drawn(RIGHT, everything=True)
    console = Console(width=80)
    with console.capture() as shown:
        print_checks((RIGHT,), console)
    assert "as expected" in shown.get()


def test_junit_is_well_formed_and_counts() -> None:
    root = ET.fromstring(junit(CHECKS))  # noqa: S314  our own text
    assert root.attrib == {"tests": "3", "failures": "1", "errors": "1"}
    (suite,) = root
    assert suite.attrib["name"] == "pact.md"
    assert [[child.tag for child in case] for case in suite] == [[], ["failure"], ["error"]]
    assert suite[1][0].attrib["message"] == "expected yes, got depends"
    assert suite[1].attrib["line"] == "3"


def test_junit_fails_for_a_mistake_that_keeps_a_test_from_being_read() -> None:
    warning = replace(MISTAKE, code=UNRECORDED)
    root = ET.fromstring(junit((RIGHT,), (MISTAKE, warning)))  # noqa: S314  our own text
    assert root.attrib == {"tests": "2", "failures": "0", "errors": "1"}
    assert [(suite.attrib["name"], [case.attrib["name"] for case in suite]) for suite in root] == [
        ("pact.md", ["a test: bound(FRA)"]),
        ("other.md", ["AV612"]),
    ]


def test_the_documents_keep_their_schemas() -> None:
    for made in (outcome_document(CHECKS, passed=False), codes_document(codes())):
        schema = schema_of(made["schema"])
        Draft202012Validator.check_schema(schema)
        Draft202012Validator(schema).validate(made)
        assert json.loads(as_bytes(made)) == made


def test_every_code_has_a_page_that_fits() -> None:
    for code, stage in codes().values():
        lines = page_lines(code, stage, 100)
        assert lines[0].plain.startswith(f"{code.code}: ")
        assert all(len(line.plain) <= 100 for line in lines if not line.plain.startswith("    "))
