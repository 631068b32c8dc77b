from __future__ import annotations

from dataclasses import replace

from rich.console import Console

from aval.model.problem import Problem, Span
from aval.render.page import Page
from aval.render.problems import one_problem, print_problems, problem_lines
from tests.render.samples import PROBLEMS

UNKNOWN_NAME, UNUSED, NO_FILE = PROBLEMS


def drawn(problem: Problem, width: int = 80, *, plain: bool = False) -> list[str]:
    return [line.plain for line in one_problem(Page(width=width, plain=plain), problem)]


def test_the_caret_stands_under_the_mistake() -> None:
    assert drawn(UNKNOWN_NAME) == [
        "cases/mine/pact.md:12:9  error AV203 unknown name",
        "   12 │   while ceasfire and consented(g)",
        '      │         ^^^^^^^^ nothing is called "ceasfire"',
        '    hint: did you mean "ceasefire"?',
        '    cases/mine/pact.md:4:7: "ceasefire" is declared here',
        "",
    ]


def test_a_tab_and_wide_letters_move_the_caret() -> None:
    wide = replace(UNUSED, excerpt="\t甲乙 nowhere", span=Span("p.md", 3, 5, 3, 12))
    assert drawn(wide)[1:3] == ["    3 │     甲乙 nowhere", "      │          ^^^^^^^ nobody uses this area"]


def test_a_warning_says_so() -> None:
    assert "warning AV310" in drawn(UNUSED)[0]


def test_a_file_without_a_place_has_no_excerpt() -> None:
    assert drawn(NO_FILE)[1] == "    there is no such file"


def test_a_long_line_is_shown_around_the_mistake() -> None:
    long = replace(UNKNOWN_NAME, excerpt="a" * 5000 + " ceasfire " + "b" * 5000, span=Span("p.md", 1, 5002, 1, 5010))
    lines = drawn(long)
    assert "…" in lines[1]
    assert lines[1][lines[2].index("^") :].startswith("ceasfire")
    assert max(map(len, lines)) <= 80


def test_a_mark_over_several_lines_reaches_the_end_of_the_first() -> None:
    several = replace(UNKNOWN_NAME, span=Span("p.md", 12, 3, 14, 2))
    assert drawn(several)[2].count("^") == len("while ceasfire and consented(g)")


def test_plain_draws_no_lines() -> None:
    assert all(line.isascii() for line in drawn(UNKNOWN_NAME, plain=True))


def test_problems_read_like_the_files_and_are_counted() -> None:
    lines = [line.plain for line in problem_lines(Page(width=80), PROBLEMS)]
    assert [line.split()[0] for line in lines if "AV" in line] == [
        "cases/mine/aval.toml",
        "cases/mine/pact.md:3:6",
        "cases/mine/pact.md:12:9",
    ]
    assert lines[-1] == "2 errors, 1 warning"


def test_no_problem_is_no_text() -> None:
    console = Console(width=80)
    with console.capture() as shown:
        print_problems((), console)
    assert shown.get() == ""
