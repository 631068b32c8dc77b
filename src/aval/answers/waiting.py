"""What would part readings that agree everywhere, read off the clauses; nothing where they do not give it away.

It is told as things stand: with every condition that is not named staying as it is.
"""

from __future__ import annotations

from collections.abc import Sequence

from aval.answers.because import conditions, short
from aval.answers.inquiry import Inquiry
from aval.answers.items import word
from aval.answers.standing import ASKS, Own, explained_all
from aval.engine.protocol import Point
from aval.model.agreement import Contribution, Declaration, Duty, Moment, Power, State, params_of
from aval.model.columns import QUESTION, Axis
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.reason import Mode, Reason
from aval.model.term import Term

_FURTHER = ("excepts", "pauseds", "suspendeds", "waivers", "amounts", "becomes", "provisional_for")
"""clauses under which what would part the readings is not worked out"""


@frozen(kw_only=True)
class Wait:
    """What would part the readings; see `aval.answers.parting.Parting`. All empty where the clauses do not give it away."""

    once: tuple[str, ...] = ()
    comes: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    alike: bool = False


def waits(declared: Declaration, term: Term, owns: Sequence[Own], axes: Sequence[Axis], inquiry: Inquiry) -> Wait:
    """Say what would part the readings of a question, of which `owns` are the clauses of the term's own declaration."""
    held = {own.field for own in owns}
    if not owns or any(getattr(declared, name, None) for name in _FURTHER):
        return Wait()
    question = owns[0].clause.question
    readings = next(axis.values for axis in axes if axis.name == QUESTION + question)
    alike = {own.clause.reading for own in owns} == set(readings)
    parts = _parts(explained_all(declared, term, axes, inquiry))
    if any(part.ends and part.question != question for part in parts):
        return Wait()
    own = tuple(dict.fromkeys(_told(part) for part in parts if part.question == question))
    once = tuple(dict.fromkeys(_told(part) for part in parts if part.question != question and part.value is not Value.YES))
    if held <= set(ASKS) and _asks_only(declared, term, axes, inquiry):
        return Wait(once=once, unless=own, alike=alike)
    if _changes_only(declared, held):
        return Wait(once=once, comes=own, alike=alike)
    return Wait()


def _parts(parts: Sequence[Reason]) -> list[Reason]:
    return list(conditions(Reason(text="", value=Value.OPEN, mode=Mode.DERIVED, parts=tuple(parts))))


def _told(part: Reason) -> str:
    return f"{short(part)}: {part.value.value}" + (f" (on reading {part.reading})" if part.reading else "")


def _asks_only(declared: Declaration, term: Term, axes: Sequence[Axis], inquiry: Inquiry) -> bool:
    """Whether all that decides it are conditions that have to hold together."""
    match declared:
        case State():
            return not (declared.froms or declared.untils)
        case Duty():
            return declared.continuing and not (declared.whens or declared.untils)
        case Power():
            values = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
            readings = {axis.name: axis.values[0] for axis in axes}
            return word(declared, term, Point({**values, **readings}, inquiry.at), inquiry) in ("available", "not available")
        case _:
            return isinstance(declared, Contribution)


def _changes_only(declared: Declaration, held: set[str]) -> bool:
    """Whether the readings change one thing in one way: each has moments at which it begins, or at which it ends, and no other does."""
    common = {name for name in ("froms", "untils", "whens", "means") if any(not one.question for one in getattr(declared, name, ()))}
    match declared:
        case State():
            begins = held == {"froms"} and not declared.untils and declared.initial is Value.NO
            return (begins and not common) or (held == {"untils"} and common <= {"froms"} and len(declared.froms) <= 1)
        case Duty():
            return held == {"whens"} and not declared.untils and not common
        case _:
            return isinstance(declared, Moment) and held == {"means"} and not common
