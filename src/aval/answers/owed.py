"""Owed: who owes what to whom by when, and what would wake the rest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aval.answers.citing import amount
from aval.answers.inquiry import Inquiry
from aval.answers.items import item, terms
from aval.answers.naming import name_of, names
from aval.answers.readings import spread
from aval.answers.shapes import Debt, Item, Owed
from aval.answers.unanswered import answered
from aval.engine.amounts import as_amount, value_of
from aval.engine.operators.reference import term_of
from aval.engine.order import reads
from aval.engine.protocol import Point
from aval.engine.rules import duty
from aval.engine.rules.clauses import reading_axis, scope_of
from aval.model.agreement import Ban, Duty, Power, Quantity, params_of
from aval.model.columns import QUESTION
from aval.model.four import Value
from aval.model.term import Term

_CHOOSER = re.compile(r"^as (\w+)")
"""who chooses, in the words of the agreement that leave the choice"""
RUNNING = ("owed", "overdue", "suspended", "breached")


def owed(inquiry: Inquiry) -> Owed:
    """Give every duty of every bearer, every ban and every power, in the order of the text."""
    agreements = inquiry.world.agreements
    debts, no_debts = answered([*agreements.of(Duty)], inquiry, lambda one: [_debt(one, term, inquiry) for term in terms(one, inquiry)])
    bans, no_bans = answered([*agreements.of(Ban)], inquiry, lambda one: [item(one, term, inquiry) for term in terms(one, inquiry)])
    powers, no_powers = answered([*agreements.of(Power)], inquiry, lambda one: [item(one, term, inquiry) for term in terms(one, inquiry)])
    return Owed(
        title=inquiry.manifest.title,
        names=names(inquiry),
        coordinates=inquiry.coordinates(),
        debts=tuple(debts),
        bans=tuple(bans),
        powers=tuple(powers),
        unanswered=(*no_debts, *no_bans, *no_powers),
    )


def _debt(declared: Duty, term: Term, inquiry: Inquiry) -> Debt:
    line: Item = item(declared, term, inquiry)
    values = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
    point = Point({**values, **_first_readings(declared, inquiry)}, inquiry.at)
    return Debt(
        term=line.term,
        label=line.label,
        bearer=values.get(declared.bearer.text, declared.bearer.text),
        counterparty=values.get(declared.counterparty.text, declared.counterparty.text),
        phase=line.value,
        by_reading=line.by_reading,
        since=line.since if line.value in RUNNING else None,
        since_by_reading=line.since_by_reading if line.value in RUNNING else {},
        due=_due(declared, values, inquiry),
        amounts=tuple(_amounts(declared, point, inquiry)),
        deeds=tuple(str(term_of(deed, point)) for deed in declared.deeds),
        discretion=_CHOOSER.sub(lambda hit: f"as {name_of(values.get(hit[1], hit[1]), inquiry)}", declared.discretion),
        because=line.because,
        clause=line.clause,
        force=line.force,
        missing=line.missing,
    )


def _amounts(declared: Duty, point: Point, inquiry: Inquiry) -> Iterator[str]:
    """Write how much is owed at this instant, each with the reading it stands on."""
    world = inquiry.world
    scope = scope_of(declared, world)
    for clause in declared.amounts:
        axis = reading_axis(clause.question, world)
        if axis is None or clause.reading in axis.values:
            here = point if axis is None else point.on(clause.question, clause.reading)
            column = world.numbers(clause.item, scope)
            ends = column.at(column.frame.key(here.values), here.at)
            unit = next((one.unit for name, _ in reads(clause.item) if (one := world.agreements.get(name, Quantity))), "")
            value = "contested" if value_of(ends) is Value.CONTESTED else amount(as_amount(ends, unit)) or "not told"
            yield value + (f" (reading {clause.reading})" if clause.reading else "")


def _first_readings(declared: Duty, inquiry: Inquiry) -> Mapping[str, str]:
    axes = inquiry.world.questions_of(declared.meta.name)
    return {axis.name: axis.values[0] for axis in axes if axis.name.startswith(QUESTION)}


def _due(declared: Duty, values: Mapping[str, str], inquiry: Inquiry) -> str | None:
    """Write the deadline, on each reading where they differ; or the lengths of time that the text gives, each with its reading."""

    def due_on(readings: Mapping[str, str]) -> str:
        found = duty.phase(declared, Point({**values, **readings}, inquiry.at), inquiry.world).due
        if found is None:
            return ""
        lo, hi = (inquiry.date(end) for end in found)
        return f"{lo}" if lo == hi else f"{lo} to {hi}"

    found = spread(inquiry.world.questions_of(declared.meta.name), due_on)
    if found.value is None:
        return "; ".join(f"{due or 'no deadline'} (reading {reading})" for reading, due in found.by_reading.items())
    if found.value:
        return found.value
    lengths = [f"within {clause.item}" + (f" (reading {clause.reading})" if clause.reading else "") for clause in declared.withins]
    return "; ".join(lengths) or None
