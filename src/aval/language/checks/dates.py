"""Dates and time zones that do not exist."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Expect, Given, Quoted, Texts
from aval.model.instant import read_civil, zone
from aval.model.problem import Code, Problem

CODE = Code(
    code="AV216",
    title="Not a date, or not a time zone",
    what="A date is not in the calendar or names no single day, or a time zone has no such name.",
    why="Dates are compared to the day, in the agreement's own time zone.",
    bad="dated 2026-02-30",
    good="dated 2026-02-28",
)
YEAR_MONTH_DAY = 10
WRITE_DATE = "Write year, month and day: 2026-01-06."


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each date and zone that does not exist."""
    for node, declaration, clause in case.uses.dates:
        if read_civil(node.text, "UTC") is None:
            yield Finding(problem(CODE, f"{quote(node.text)} is not a date.", node.span, WRITE_DATE), declaration, clause)
        elif len(node.text) < YEAR_MONTH_DAY:
            yield Finding(problem(CODE, f"{quote(node.text)} is not one day.", node.span, WRITE_DATE), declaration, clause)
    for declaration in case.declarations:
        for clause in declaration.clauses if declaration.kind in ("agreement", "quantity", "test") else ():
            for wrong in _of_test(clause) if isinstance(clause, Given | Expect) else ():
                yield Finding(wrong, declaration, clause)
            if isinstance(clause, Texts) and (wrong_text := _wrong(clause)) is not None:
                yield Finding(wrong_text, declaration, clause)


def _of_test(clause: Given | Expect) -> Iterator[Problem]:
    texts = [clause.first, clause.last, clause.said] if isinstance(clause, Given) else [clause.at, clause.known]
    for text in dict.fromkeys(text for text in texts if text is not None):
        if read_civil(text.text, "UTC") is None:
            yield problem(CODE, f"{quote(text.text)} is not a date.", text.span, WRITE_DATE)
    if not isinstance(clause, Expect) or clause.answer not in ("date", "range"):
        return
    for word in clause.expected:
        if read_civil(word, "UTC") is None:
            yield problem(CODE, f"{quote(word)} is not a date.", clause.answer_span, WRITE_DATE)


def _wrong(clause: Texts) -> Problem | None:
    if clause.kind == "table" and len(clause.texts) > 1 and read_civil(clause.texts[1].text, "UTC") is None:
        return problem(CODE, f"{quote(clause.texts[1].text)} is not a date.", clause.texts[1].span, WRITE_DATE)
    text = clause.texts[0]
    if clause.kind == "dated" and read_civil(text.text, "UTC") is None:
        return problem(CODE, f"{quote(text.text)} is not a date.", text.span, WRITE_DATE)
    if clause.kind == "dates run in" and not _is_zone(text):
        return problem(CODE, f"There is no time zone {quote(text.text)}.", text.span, 'Write it as "Europe/Paris".')
    return None


def _is_zone(text: Quoted) -> bool:
    if not text.sound:
        return True
    try:
        zone(text.text)
    except (KeyError, ValueError, OSError):
        return False
    return True
