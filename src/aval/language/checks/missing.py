"""Declarations that lack what gives them a meaning."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Declaration, Values
from aval.model.problem import Code

CODE = Code(
    code="AV210",
    title="Something is missing",
    what="A declaration lacks a clause without which it says nothing: a moment its meaning, a question its readings, a process its steps.",
    why="It could never come true, and every answer that rests on it would stay open.",
    bad="moment response_due",
    good="moment response_due is 72 hours after breach_found",
)


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each declaration that lacks a clause it cannot do without."""
    for declaration in case.declarations:
        lack = _lack(declaration)
        if lack is not None:
            message, hint = lack
            yield Finding(problem(CODE, f"{quote(declaration.name.text)} {message}", declaration.name.span, hint), declaration)


def _lack(declaration: Declaration) -> tuple[str, str] | None:
    kinds = {clause.kind for clause in declaration.clauses}
    match declaration.kind:
        case "moment" if "means" not in kinds:
            return "does not say which moment it is.", f"Write `moment {declaration.name.text} is …`, or `on reading … means …`."
        case "question" if "reading" not in kinds:
            return "offers no readings.", 'Write what it can mean: `reading NAME "…"`.'
        case "process" if "step" not in kinds:
            return "has no steps.", 'Name the first: `step NAME(…) "…"`. If the text names none, write `not said steps` in a state.'
        case "state" if "until" in kinds and not kinds & {"from", "while", "starts as"}:
            return "never begins: it has an `until`, and nothing that begins it.", "Add `from …`, `while …` or `starts as yes`."
        case "state" if isinstance(declaration.extra, Values) and "becomes" not in kinds and "accepted from" not in kinds:
            return "never changes its value, and nobody is named who could tell it.", "Add `becomes VALUE at MOMENT`, or `accepted from …`."
        case "incident" if "seen in reports of kind" not in kinds:
            return "does not say in which reports it is seen.", 'Write `seen in reports of kind "shelling"`.'
        case "duty" if "within" in kinds and "when" not in kinds:
            return "has a `within`, and no `when` from which to count.", "Add `when …`, or write `no later than …`."
        case _:
            return None
