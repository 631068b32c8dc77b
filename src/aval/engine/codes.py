"""The problems that the engine can find (AV5xx)."""

from __future__ import annotations

from aval.model.problem import Code

TOO_COSTLY = Code(
    code="AV501",
    title="too costly",
    what="Evaluating the agreements would take more steps than the budget allows, or rules drive each other on without rest. Steps are "
    "counted rows, not seconds.",
    why="The verdict must be the same on every machine, and an answer must come in bounded time.",
    bad="state all_linked(a: countries, b: countries, c: countries, d: countries)\n  while linked(a, b) and linked(c, d)",
    good="state linked_to_all(a: countries)\n  while every b in countries has linked(a, b)",
)

TURNING_CYCLE = Code(
    code="AV502",
    title="rules wait for each other's change",
    what="At one and the same instant, a state depends on itself through `not`, through a beginning or an end, or through a moment.",
    why="Such rules have no single answer. Rules that need each other without a turn, or some time later, or in an `if`, are fine.",
    bad="state quiet\n  while not alarm\nstate alarm\n  while not quiet",
    good="state quiet\n  while not alarm\nstate alarm\n  from alarm_raised\n  until alarm_cleared",
)

NOT_RUN_YET = Code(
    code="AV503",
    title="not run yet",
    what="A clause or an expression is sound, and this version of the engine does not work it out yet.",
    why="An answer that passed it over would look sounder than it is. So an answer that rests on it is refused, with the place.",
    bad="duty deliver: FRA owes GBR delivered\n  paused while strike",
    good="duty deliver: FRA owes GBR delivered\n  while not strike",
)

CODES = (TOO_COSTLY, TURNING_CYCLE, NOT_RUN_YET)
