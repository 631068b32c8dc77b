"""Duties that nobody could find broken."""

from __future__ import annotations

from collections.abc import Iterator

from aval.answers.drafting.desk import Desk, awake, by_document, listed, stands, told
from aval.language.problems import quote
from aval.model.agreement import Duty
from aval.model.four import Value
from aval.model.problem import Code, Problem, Severity

CODE = Code(
    code="AV704",
    title="A duty that can never be breached",
    what="No clause names who finds that a duty was broken, and no time is set for it, so that it can be neither overdue nor in breach. "
    "`not said who_finds_a_breach`, or another gap whose name begins with `who_`, says that this is known, and takes the finding away.",
    why="A duty without an end to wait for and without anybody to say that it was not kept has no consequence.",
    bad="duty support(g: coalition): g owes UKR helped(g)\n  while in_force(g)",
    good="duty support(g: coalition): g owes UKR helped(g)\n  while in_force(g)\n  no later than 30 days after ceasefire_begins\n"
    "  breach found by commission",
    severity=Severity.WARNING,
)


def check(desk: Desk) -> Iterator[Problem]:
    """Yield one finding for each agreement with such duties."""
    open_ended = [one for one in desk.norms if isinstance(one, Duty) and _endless(one) and not _known(one, desk)]
    for duties in by_document(open_ended):
        first = duties[0]
        names = listed([one.meta.name for one in duties])
        message = f"Nothing that happens could put {names} in breach: no time is set, and nobody is named who finds a breach."
        notes = tuple((one.meta.span, f"Nor {quote(one.meta.name)}.") for one in duties[1:])
        shown = desk.easiest(duties)[0]
        cast = desk.cast(shown)
        witness = desk.find([awake(shown, cast), stands(shown, cast, "overdue", Value.NO), stands(shown, cast, "breached", Value.NO)])
        yield told(
            CODE,
            message,
            first,
            "Set a time (`within …`, `no later than …`), name who finds a breach (`breach found by …`), or write "
            "`not said who_finds_a_breach`.",
            notes=notes,
            example=witness,
            title=f"{shown.meta.name} is owed, and neither overdue nor breached",
        )


def _endless(duty: Duty) -> bool:
    return not (duty.found_by or duty.withins or duty.no_laters)


def _known(duty: Duty, desk: Desk) -> bool:
    """Whether the text says of the duty, or at its head, that somebody is not named."""
    gaps = (*duty.meta.not_said, *desk.agreements.document_of(duty).meta.not_said)
    return any(gap.startswith("who_") for gap in gaps)
