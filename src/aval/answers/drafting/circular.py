"""Circular conditions: each waits for another, so that nobody moves first; and the smallest joint move, if there is one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from aval.answers.deadlock import Deadlock, deadlocks
from aval.answers.drafting.desk import SHOWN, Desk, awake, listed, stands, told
from aval.answers.explore.acts import Act, voices_of
from aval.answers.explore.search import Dated, Wanted, Witness
from aval.engine.relaxed import Act as Key
from aval.engine.relaxed import Sort
from aval.language.problems import quote
from aval.model.agreement import Contribution, Declaration, Event, Power, Question, State, params_of
from aval.model.problem import Code, Problem, Severity
from aval.model.term import Term

CODE = Code(
    code="AV715",
    title="Conditions in a circle",
    what="Each of several terms waits for another, round in a circle: nobody can move first. Where one joint move would bring them all "
    "about, it is named and was run.",
    why="As long as each waits for the others, nothing ever begins, though everybody is willing.",
    bad="event committed(g: coalition)\n  accepted from g\n  legal act\npower commit(g: coalition): g may committed(g)\n"
    "  while every h in coalition has (h is g or committed(h) happened)\nstate bound(g: coalition)\n  from commit(g)",
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
    around = _waiting(found, desk)
    message = f"{_on(found, desk)}{_around(around)}"
    example = _moved(found, desk)
    if found.joint is not None:
        message += f"; {_move(found, found.joint)}"
        hint = "Let one go first, or write down the joint move: what all wait for, as one event."
    else:
        message += "; no joint move of theirs was found that brings it about."
        hint = "Let one of them begin by something that does not wait for the others."
    notes = tuple((place, f"{quote(str(term))} waits here.") for place, term in zip(found.clauses, found.cycle, strict=False))
    return told(CODE, message, first, hint, notes=notes, example=example, title="they move together")


def _on(found: Deadlock, desk: Desk) -> str:
    """Say under which readings nobody moves first: of a question on which it makes no difference, none is named."""
    choices = {frozenset(choice) for choice in found.readings}
    for question in desk.agreements.of(Question):
        every = [(question.meta.name, reading.name) for reading in question.readings]
        rest = {choice - set(every) for choice in choices}
        if {choice | {one} for choice in rest for one in every} == choices:
            choices = rest
    named = sorted(" and ".join(quote(reading) for _, reading in sorted(choice)) for choice in choices if choice)
    return f"On reading {', or '.join(named)}, nobody moves first: " if named else "Nobody moves first: "


def _move(found: Deadlock, joint: Sequence[Key]) -> str:
    """Tell the joint move, and what it brings about."""
    acts = [f"{'' if key.yes else 'not '}{f'{key.body} finds ' if key.body else ''}{key.term}" for key in joint]
    terms = [str(term) for term in found.brings]
    brought = [term for term in terms if term not in acts] or terms
    movers = list(found.parties)
    together = f"if {listed(movers)} move{'s' if len(movers) == 1 else ''} on one day" if movers else "if it all comes on one day"
    return f"{together} ({listed(acts)}), {listed(brought)} {'comes' if len(brought) == 1 else 'come'} about."


def _waiting(found: Deadlock, desk: Desk) -> list[str]:
    """Give the terms of a circle: of a power and its deed, the power."""
    powers = [power for term in found.cycle if (power := desk.agreements.get(term.name, Power)) is not None]
    deeds = {power.deed.name for power in powers}
    return [str(term) for term in found.cycle if term.name not in deeds]


def _around(terms: Sequence[str]) -> str:
    if len(terms) == 1:
        return f"{quote(terms[0])} waits for its own kind"
    if len(terms) > SHOWN:
        return f"{quote(terms[0])} waits for {quote(terms[1])}, and so on round {len(terms)} terms"
    return ", ".join(f"{quote(one)} waits for {quote(other)}" for one, other in zip(terms, [*terms[1:], terms[0]], strict=True))


def _moved(found: Deadlock, desk: Desk) -> Witness | None:
    """Run the joint move once more, as the facts of a test; not where it cannot be told in a line."""
    if found.joint is None:
        return None
    start = desk.ground.stage([found.cycle[0].name]).start
    acts: list[Dated] = []
    for day, keys in ((start, found.before), (start + timedelta(days=1), found.joint)):
        for key in keys:
            act = _act(key, desk)
            if act is None:
                return None
            acts.append((act, day.isoformat()))
    wanted = (_so(term, desk) for term in found.brings)
    return next((seen for one in wanted if one is not None and (seen := desk.seen(acts, [one])) is not None), None)


def _so(term: Term, desk: Desk) -> Wanted | None:
    """Want a term to be so; of a power, that it was validly exercised."""
    declared = desk.agreements.declarations.get(term.name)
    if declared is None or isinstance(declared, Event):
        return None
    env = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
    return stands(declared, env, "exercised") if isinstance(declared, Power) else awake(declared, env)


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
