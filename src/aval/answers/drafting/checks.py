"""The checks of a draft: one visible tuple, in the order of their codes. Each looks at the whole draft and knows nothing of the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from aval.answers.drafting import boundary, breach, bypass, circular, claims, decider, judge, lock, never, norms, parted, readings
from aval.answers.drafting.desk import Desk
from aval.model.problem import Problem, Unsupported

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
)


def weaknesses(desk: Desk, checks: Sequence[Check] = CHECKS) -> tuple[Problem, ...]:
    """Give what the checks find in the drafts of a case.

    What cannot be worked out is told by whoever asks for it; here it only ends the check that needs it.
    """
    found: dict[Problem, None] = {}
    for check in checks:
        try:
            found |= dict.fromkeys(check(desk))
        except Unsupported:
            continue
    return tuple(found)
