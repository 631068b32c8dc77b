"""Which rules make and explain which kind of declaration."""

from __future__ import annotations

from collections.abc import Mapping

from aval.engine.protocol import Evaluation, Point, Relaxation, Wish
from aval.engine.relaxed import Formula
from aval.engine.rules import ban, duty, event, group, moment, power, process, quantity, state
from aval.model.agreement import Ban, Declaration, Duty, Event, Group, Moment, Power, Process, Quantity, State
from aval.model.columns import Timeline
from aval.model.reason import Reason
from aval.model.term import Term


def derive(declared: Declaration, evaluation: Evaluation) -> Timeline | Mapping[str, Timeline]:
    """Make the column of what holds over time; a state with values has one for each."""
    match declared:
        case State(values=(_, *_)):
            return state.values(declared, evaluation)
        case State():
            return state.compute(declared, evaluation)
        case Process():
            return process.compute(declared, evaluation)
        case Duty():
            return duty.compute(declared, evaluation)
        case Power():
            return power.compute(declared, evaluation)
        case Ban():
            return ban.compute(declared, evaluation)
        case _:
            raise TypeError(declared.meta.name)


def explain(declared: Declaration, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Explain a term of a declaration at a point."""
    match declared:
        case State():
            return state.explain(declared, term, point, evaluation)
        case Process():
            return process.explain(declared, term, point, evaluation)
        case Duty():
            return duty.explain(declared, term, point, evaluation)
        case Ban():
            return ban.explain(declared, term, point, evaluation)
        case Power():
            return power.explain(declared, term, point, evaluation)
        case Event():
            return event.explain(declared, term, point, evaluation)
        case Moment():
            return moment.explain(declared, term, point, evaluation)
        case Group():
            return group.explain(declared, term, point, evaluation)
        case Quantity():
            return quantity.explain(declared, term, point, evaluation)
        case _:
            raise TypeError(term.name)


def relax(declared: Declaration, term: Term, wish: Wish, relaxing: Relaxation) -> Formula:
    """Say what a wish of a term that holds over time asks for; of a power, that it is available."""
    match declared:
        case State(values=()):
            return state.relax(declared, term, wish, relaxing)
        case Process():
            return process.relax(declared, term, wish, relaxing)
        case Duty():
            return duty.relax(declared, wish, relaxing)
        case Ban():
            return ban.relax(declared, wish, relaxing)
        case Power():
            return power.relax(declared, wish, relaxing)
        case _:
            return relaxing.obstacle(f"{term} is neither yes nor no", wish)


def relax_happening(declared: Declaration, term: Term, wish: Wish, relaxing: Relaxation) -> Formula:
    """Say what a wish of a moment asks for."""
    match declared:
        case Event():
            return event.relax(declared, term, wish, relaxing)
        case Moment():
            return moment.relax(declared, wish, relaxing)
        case Power():
            return power.relax_exercise(declared, wish, relaxing)
        case _:
            raise TypeError(term.name)


def relax_word(declared: Declaration, term: Term, word: str, wish: Wish, relaxing: Relaxation) -> Formula:
    """Say what it takes that a norm stands in a word, or that a state has a value."""
    match declared:
        case State():
            return state.relax_value(declared, word, wish, relaxing)
        case Duty():
            return duty.relax_word(declared, term, word, wish, relaxing)
        case Ban():
            return ban.relax_word(declared, term, word, wish, relaxing)
        case Power() if word == power.AVAILABLE:
            return relaxing.term(term, wish)
        case Power() if word == power.EXERCISED:
            return relaxing.happening(term, wish)
        case _:
            return relaxing.obstacle(f"whether {term} is {word} is not searched for", wish)
