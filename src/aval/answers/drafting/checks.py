"""The checks of a draft: one visible tuple, in the order of their codes. Each looks at the whole draft and knows nothing of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from aval.answers.drafting import boundary, breach, bypass, circular, claims, decider, judge, lock, never, norms, parted, readings
from aval.answers.drafting.desk import Desk
from aval.model.problem import Code, Problem, Severity, Unsupported

Check = Callable[[Desk], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    never.check,
    breach.check,
    decider.check,
    judge.check,
    bypass.check,
    parted.check,
    norms.check,
    readings.check,
    boundary.check,
    lock.check,
    circular.check,
)

LEFT_OFF = Code(
    code="AV719",
    title="A check was left off",
    what="One of the checks of a draft took more steps than the budget allows, or came upon what this version does not work out.",
    why="That nothing was found must not be read as that nothing is there.",
    bad="state linked_all(a: countries, b: countries, c: countries)\n  while linked(a, b) and linked(b, c)",
    good="state linked_to_all(a: countries)\n  while every b in countries has linked(a, b)",
    severity=Severity.WARNING,
)
CODES = (
    never.NEVER_HOLDS,
    never.NEVER_ARISES,
    never.NEVER_MET,
    breach.CODE,
    decider.UNDECIDED,
    decider.UNDEFINED,
    judge.CODE,
    bypass.CODE,
    parted.CODE,
    norms.CONTRARY,
    norms.TWICE,
    readings.CODE,
    boundary.CODE,
    lock.CODE,
    circular.CODE,
    *claims.CODES,
    LEFT_OFF,
)


def weaknesses(desk: Desk, checks: Sequence[Check] = CHECKS) -> tuple[Problem, ...]:
    """Give what the checks find in the drafts of a case.

    What cannot be worked out ends the check that needs it, and that is told.
    """
    found: dict[Problem, None] = {}
    for check in checks:
        try:
            found |= dict.fromkeys(check(desk))
        except Unsupported as error:
            what = check.__module__.rpartition(".")[2]
            for one in error.problems:
                message = f"The check `{what}` was left off: {one.message}."
                found[Problem(code=LEFT_OFF, message=message, span=one.span, hint=one.hint)] = None
    return tuple(found)
