"""Problems with their place, the line they stand on and a caret; and the same for machines, shaped like the Language Server Protocol's."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from aval.model.problem import Fix, Problem, Severity, Span
from aval.render.layout import Lines, hung, line
from aval.render.page import FAINT, STRONG, Page
from aval.render.safe import safe, spelt

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold magenta"}
_TAB = "    "
FAR = 400
"""how many characters around a mark are looked at, however long the line is"""


def print_problems(problems: Sequence[Problem], console: Console, *, plain: bool = False) -> None:
    """Print problems in the order of the files, and how many they are."""
    page = Page(width=min(max(console.width, 40), 160), plain=plain)
    for made in problem_lines(page, problems):
        console.print(made, soft_wrap=True, highlight=False)


def problem_lines(page: Page, problems: Sequence[Problem]) -> Lines:
    """Draw all problems and their count."""
    made = [row for problem in sorted(problems, key=lambda one: one.sort_key) for row in one_problem(page, problem)]
    return [*made, Text(counted(problems), STRONG)] if problems else []


def counted(problems: Sequence[Problem]) -> str:
    """Count errors and warnings in words."""
    tally = [(sum(problem.severity is severity for problem in problems), severity.value) for severity in Severity]
    return ", ".join(f"{number} {word}{'' if number == 1 else 's'}" for number, word in tally if number)


def one_problem(page: Page, problem: Problem) -> Lines:
    """Draw one problem: place and code, the line with its caret, the sentence, the hint, and the places that belong to it."""
    style = _STYLES[problem.severity]
    place = f"{safe(str(problem.span))}  " if problem.span.path else ""
    title = line((place, STRONG), (f"{problem.severity} {problem.code.code}", style), f" {safe(problem.code.title)}")
    made = [*hung("", title, page.width, "  "), *_excerpt(page, problem, style)]
    if not problem.excerpt:
        made += hung("    ", Text(safe(problem.message)), page.width)
    made += hung("    hint: ", Text(safe(problem.hint)), page.width) if problem.hint else []
    for span, sentence in problem.notes:
        made += hung("    ", line((f"{safe(str(span))}: ", FAINT), safe(sentence)), page.width, "      ")
    if problem.example:
        made += hung("    ", line(("shown by this test:", FAINT)), page.width)
        made += [line("      " if number == 0 else "        ", safe(one)) for number, one in enumerate(problem.example)]
    return [*made, Text()]


def _excerpt(page: Page, problem: Problem, style: str) -> Lines:
    if not problem.excerpt:
        return []
    number = f"{problem.span.line:>5} " if problem.span.line else " " * 6
    gutter = f"{number}{page.signs.bar} "
    below = f"{' ' * len(number)}{page.signs.bar} "
    before, marked, after = _window(problem, page.width - len(gutter))
    caret = " " * cell_len(before) + "^" * max(1, cell_len(marked))
    made = [line((gutter, FAINT), before, (marked, style), after)]
    room = page.width - len(gutter) - len(caret) - 1
    if room >= cell_len(safe(problem.message)):
        return [*made, line((below, FAINT), (caret, style), " ", safe(problem.message))]
    return [*made, line((below, FAINT), (caret, style)), *hung((below, FAINT), Text(safe(problem.message)), page.width, (below, FAINT))]


def _window(problem: Problem, room: int) -> tuple[str, str, str]:
    """Cut a line into what stands before the mark, the mark and what follows, so that all fit; hidden characters are spelt out."""
    text, span = problem.excerpt.rstrip("\r\n"), problem.span
    start = min(max(span.column - 1, 0), len(text))
    end = max(start + 1, span.end_column - 1 if span.end_line in (0, span.line) and span.end_column else start + 1)
    end = len(text) if span.end_line > span.line else end
    around = (text[max(0, start - FAR) : start], text[start : min(end, start + FAR)], text[end : end + FAR])
    before, marked, after = map(_shown, around)
    marked = _head(marked, room * 2 // 3)
    before = _tail(before, room - max(1, cell_len(marked)) - min(cell_len(after), room // 4))
    return before, marked, _head(after, room - cell_len(before) - cell_len(marked))


def _shown(text: str) -> str:
    return spelt(text.replace("\t", _TAB))


def _head(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    while text and cell_len(text) > room - 1:
        text = text[:-1]
    return f"{text}…" if room > 0 else ""


def _tail(text: str, room: int) -> str:
    if cell_len(text) <= room:
        return text
    while text and cell_len(text) > room - 1:
        text = text[1:]
    return f"…{text}" if room > 0 else ""


def problem_json(problem: Problem) -> dict[str, object]:
    """Give one problem as plain values: lines and characters from 0, the end exclusive, counted in code points (LSP's `utf-32`)."""
    return {
        "code": problem.code.code,
        "severity": problem.severity.value,
        "title": problem.code.title,
        "message": problem.message,
        "hint": problem.hint,
        "path": problem.span.path,
        "range": range_json(problem.span),
        "related": [{"path": span.path, "range": range_json(span), "message": sentence} for span, sentence in problem.notes],
        "fix": fix_json(problem.fix),
        "example": list(problem.example),
    }


def fix_json(fix: Fix | None) -> dict[str, object] | None:
    """Give a fix as plain values, like a text edit of the Language Server Protocol with a title."""
    return None if fix is None else {"title": fix.title, "range": range_json(fix.span), "new_text": fix.replacement}


def range_json(span: Span) -> dict[str, dict[str, int]] | None:
    """Give a span as a range; `None` where only the file is known."""
    if not span.line:
        return None
    start = {"line": span.line - 1, "character": max(span.column - 1, 0)}
    end = {"line": max(span.end_line, span.line) - 1, "character": max(span.end_column - 1, 0)}
    return {"start": start, "end": max(start, end, key=lambda place: (place["line"], place["character"]))}
