"""What stands on the record of a norm (semantics 2.6): a breach is found by the body that the agreement names, and by nobody else."""

from __future__ import annotations

from dataclasses import replace

from aval.engine.lookup import look
from aval.engine.operators.happened import happened
from aval.engine.protocol import Evaluation, Point
from aval.model.agreement import Ban, Duty
from aval.model.claims import ids_of
from aval.model.four import Value
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def denied(reason: Reason) -> Reason:
    """Explain that an exception does not hold."""
    value = Value.of(yes=reason.value.told_no, no=reason.value.told_yes)
    return replace(reason, text=f"not {reason.text}", value=value, parts=(reason,), statements=(), alleged=())


def broken_reasons(declared: Duty | Ban, term: Term, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Say what was found or claimed of a breach, where anybody has spoken of one."""
    counted, alleged = evaluation.said_of(term)
    if not counted and not alleged:
        return []
    body = declared.found_by
    note = "" if counted else f"{body} has not found it" if body else "no body is named to find it"
    found = happened(evaluation.findings(body, declared.meta.name), constitutive=True) if body else None
    seen = look(found, point.values, point.at) if found else None
    return [
        Reason(
            text=f"{body} finds a breach" if body else "a breach",
            term=str(term),
            value=seen.value if seen else Value.OPEN,
            mode=Mode.TOLD if counted else Mode.UNTOLD,
            since=seen.exactly if seen and seen.value.told_yes else None,
            note=note,
            ends=True,
            span=declared.meta.span,
            statements=ids_of(counted),
            alleged=alleged,
        )
    ]
