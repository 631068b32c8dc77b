"""From what a user typed to the goal of `unlock`; every mistake is a problem with a hint."""

from __future__ import annotations

from collections.abc import Iterable

from aval.answers.inquiry import Inquiry
from aval.answers.unlock.goal import Goal
from aval.engine.rules.offer import OFFER
from aval.model.agreement import Agreements, Group, Quantity, State, params_of
from aval.model.instant import Instant
from aval.model.statement import Rung, Statement
from aval.model.term import Term
from aval.workspace import asking
from aval.workspace.asking import Moment, wrong
from aval.workspace.codes import NO_GOAL, PAST

_TWO = 2
"""arguments of a contribution: who, and in which domain"""


def goal(text: str, agreements: Agreements, statements: Iterable[Statement], *, lose: bool) -> Goal:
    """Read what is wanted. `deployed(SWE, air)` is a contribution and its rung. Raises `Incorrect`."""
    parsed = Term.parse(text)
    rung = _rung(parsed, agreements) if parsed is not None else None
    if parsed is not None and rung is not None:
        asking.term(str(Term(OFFER, parsed.args)), agreements, statements)
        return Goal(term=parsed, yes=not lose, rung=rung)
    term = asking.term(text, agreements, statements)
    _check(term, agreements)
    return Goal(term=term, yes=not lose)


def _rung(parsed: Term, agreements: Agreements) -> Rung | None:
    """Give the rung that a term with two arguments is called by, where nothing of that form is declared."""
    declared = agreements.declarations.get(parsed.name)
    if len(parsed.args) != _TWO or (declared is not None and len(params_of(declared)) == _TWO):
        return None
    return next((rung for rung in Rung if rung.forthcoming and rung.value.replace(" ", "_") == parsed.name), None)


def _check(term: Term, agreements: Agreements) -> None:
    """Refuse what is neither yes nor no. Raises `Incorrect`."""
    declared = agreements.declarations.get(term.name)
    if term.name == OFFER:
        hint = f"ask for a rung of it: {Term('deployed', term.args)}, or committed, approved, …"
        raise wrong(NO_GOAL, "term", f"{term} stands on a rung, and is neither yes nor no", hint)
    if isinstance(declared, Quantity):
        raise wrong(NO_GOAL, "term", f"{term} is a number, and neither yes nor no", "ask about a state that compares it")
    if isinstance(declared, State) and declared.values:
        hint = f"ask about what waits for one of its values: {', '.join(declared.values)}"
        raise wrong(NO_GOAL, "term", f"{term} has values, and is neither yes nor no", hint)
    if isinstance(declared, Group) and not term.args:
        raise wrong(NO_GOAL, "term", f"{term} is a group", f"ask about one of it: {term.name}(FRA)")


def by(given: Moment, inquiry: Inquiry) -> Instant | None:
    """Read the day by which it is wanted. Raises `Incorrect` for one that has passed by then."""
    found = asking.instant(given, inquiry.manifest.zone, "by")
    start = max(inquiry.at, inquiry.world.known)
    if found is not None and found < start:
        message = f"{inquiry.date(found)} has passed by {inquiry.date(start)}, and nobody can act in the past"
        raise wrong(PAST, "by", message, "give a later --by, or ask as of an earlier day with --known")
    return found
