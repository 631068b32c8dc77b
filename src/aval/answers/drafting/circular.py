"""Circular conditions: each waits for another, so that nobody moves first; and the smallest joint move, if there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aval.answers.deadlock import BEFORE, TOGETHER, Deadlock, deadlocks
from aval.answers.drafting.desk import Desk, awake, listed, told
from aval.answers.explore.acts import Act, voices_of
from aval.answers.explore.search import Dated, Witness
from aval.engine.relaxed import Act as Key
from aval.engine.relaxed import Sort
from aval.language.problems import quote
from aval.model.agreement import Contribution, Declaration, Event, Power, State, params_of
from aval.model.problem import Code, Problem, Severity
from aval.model.term import Term

CODE = Code(
    code="AV715",
    title="Conditions in a circle",
    what="Each of several terms waits for another, round in a circle: nobody can move first. Where one joint move would bring them all about, "
    "it is named and was run.",
    why="As long as each waits for the others, nothing ever begins, though everybody is willing.",
    bad="power commit(g: coalition): g may committed(g)\n  while every h in coalition has committed(h) happened\n"
    "state bound(g: coalition)\n  from commit(g)",
    good="event committed(g: coalition)\n  accepted from g\nstate bound(g: coalition)\n"
    "  from beginning of (every h in coalition has committed(h) happened)",
    severity=Severity.WARNING,
)


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each circle."""
    for found in deadlocks(desk.agreements, desk.ground.zone):
        first = _declared(found.cycle[0], desk)
        if first is not None:
            yield _tell(found, first, desk)


def _declared(term: Term, desk: Desk) -> Declaration | None:
    offers = (one for one in desk.agreements.of(Contribution) if (one.party, one.domain) == term.args)
    return desk.agreements.declarations.get(term.name) or next(offers, None)


def _tell(found: Deadlock, first: Declaration, desk: Desk) -> Problem:
    around = [str(term) for term in found.cycle]
    asked = dict.fromkeys(reading for choice in found.readings for _, reading in choice)
    on = f"On reading {listed(list(asked), 'or')}, nobody" if asked else "Nobody"
    itself = len(around) == 1
    message = f"{on} moves first: {quote(around[0])} waits for itself" if itself else f"{on} moves first: {_around(around)}"
    movers = list(found.parties)
    if found.joint is not None:
        together = f"if {listed(movers)} move together" if movers else "if it all comes on one day"
        message += f"; {together} ({', '.join(map(_spoken, found.joint))}), {listed([str(term) for term in found.brings])} come about."
        hint = "Let one go first, or write down the joint move: what all wait for, as one event."
    else:
        message += "; no joint move of theirs was found that brings it about."
        hint = "Let one of them begin by something that does not wait for the others."
    notes = tuple((place, f"{quote(name)} waits here.") for place, name in zip(found.clauses, around, strict=True))
    example = _moved(found, desk)
    return told(CODE, message, first, hint, notes=notes, example=example, title="they move together")


def _around(terms: Sequence[str]) -> str:
    if len(terms) > 4:  # noqa: PLR2004  a longer circle is not read
        return f"{quote(terms[0])} waits for {quote(terms[1])}, and so on round {len(terms)} terms"
    return " and ".join(f"{quote(one)} waits for {quote(other)}" for one, other in zip(terms, [*terms[1:], terms[0]], strict=True))


def _spoken(key: Key) -> str:
    what = f"{key.body} finds {key.term}" if key.body else str(key.term)
    return quote(what if key.yes else f"not {what}")


def _moved(found: Deadlock, desk: Desk) -> Witness | None:
    """Run the joint move once more, as the facts of a test; not where it cannot be told in a line."""
    if found.joint is None:
        return None
    acts: list[Dated] = []
    for day, keys in ((BEFORE, found.before), (TOGETHER, found.joint)):
        for key in keys:
            act = _act(key, desk)
            if act is None:
                return None
            acts.append((act, day))
    for term in found.brings:
        declared = desk.agreements.declarations.get(term.name)
        if declared is None or isinstance(declared, Event | Power):
            continue
        env = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
        seen = desk.seen(acts, [awake(declared, env)])
        if seen is not None:
            return seen
    return None


def _act(key: Key, desk: Desk) -> Act | None:
    declared = desk.agreements.declarations.get(key.term.name)
    match key.sort:
        case Sort.VOTES:
            return Act(term=key.term, polarity=key.yes, voices=(key.member,), body=key.body)
        case Sort.FINDS:
            return Act(term=key.term, holds=isinstance(declared, State), polarity=key.yes, body=key.body)
        case Sort.HAPPENS | Sort.HOLDS if isinstance(declared, Event | State):
            env = dict(zip((param.name for param in declared.params), key.term.args, strict=True))
            by = voices_of(declared.acceptance, env, desk.agreements)
            return Act(term=key.term, holds=isinstance(declared, State), polarity=key.yes, voices=by[0], body=by[1]) if by else None
        case _:
            return None

