"""States: reported where they have no rule, else from their `while`, `from` and `until` clauses (semantics 2.3, 2.5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from aval.engine.algebra import join_moments
from aval.engine.change import change
from aval.engine.frames import joined, spread_moments
from aval.engine.knots import alike
from aval.engine.leaves import Clock, reports
from aval.engine.logic import conjunction, negation
from aval.engine.lookup import Seen, look
from aval.engine.operators.edges import beginnings
from aval.engine.operators.turns import turns
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Act, Formula, Sort, any_of, every_of
from aval.engine.rules.body import finding_reasons, settled
from aval.engine.rules.clauses import (
    change_reasons,
    changes,
    clause_reasons,
    derived,
    guarded,
    members_only,
    membership_reasons,
    relax_changes,
    relax_members,
    relax_whiles,
    scope_of,
    whiles,
)
from aval.engine.rules.event import gap_note, keys_of
from aval.model.agreement import Becomes, Clause, State
from aval.model.claims import ids_of
from aval.model.columns import Frame, Moments, Timeline
from aval.model.expression import Not, Ref
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER, Instant
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def compute(declared: State, evaluation: Evaluation) -> Timeline:
    """Give the value of every instance over all time."""
    scope = scope_of(declared, evaluation)
    if declared.reported:
        frame = Frame(tuple(scope.axes.values()))
        said = [(claims, keys_of(claims, frame)) for claims in evaluation.counted(declared.meta.name)]
        told_so = reports(frame, said, Clock(evaluation.zone(declared.meta.name)), declared.initial)
        return settled(declared, told_so, evaluation)
    parts = _changed(declared, scope, evaluation)
    if declared.whiles:
        parts.append(whiles(declared.whiles, scope, evaluation))
    return settled(declared, members_only(declared, conjunction(parts), evaluation), evaluation)


def _changed(declared: State, scope: Scope, evaluation: Evaluation) -> list[Timeline]:
    """Give what beginnings and ends, or the lack of what it stands in for, make of a state."""
    parts = []
    if declared.froms or declared.untils:
        begins, ends = (changes(clauses, scope, evaluation, once=True) for clauses in (declared.froms, declared.untils))
        if (instead := declared.provisional_for) is not None:
            principal = evaluation.timeline(instead, scope)
            begins, ends = (
                guarded(begins, negation(principal)),
                _both(ends, beginnings(principal, lambda: turns(instead, scope, evaluation))),
            )
        frame = joined([begins.frame, ends.frame, Frame(tuple(scope.axes.values()))])
        parts.append(change(spread_moments(begins, frame), spread_moments(ends, frame), declared.initial, renews=declared.renews))
    elif declared.provisional_for is not None:
        parts.append(negation(evaluation.timeline(declared.provisional_for, scope)))
    return parts


def _both(one: Moments, other: Moments) -> Moments:
    frame = joined([one.frame, other.frame])
    return join_moments(frame, [spread_moments(one, frame), spread_moments(other, frame)])


def values(declared: State, evaluation: Evaluation) -> dict[str, Timeline]:
    """Give, for each value of a state, when it has it: a beginning of one is an end of all others (2.3).

    Of two that begin at one instant each ends the other, so that the state has neither. One without any `becomes` is open: no statement
    gives it a value yet.
    """
    begins = {value: _begins(declared, value, evaluation) for value in declared.values}
    frame = joined(column.frame for column in begins.values())
    wide = {value: spread_moments(column, frame) for value, column in begins.items()}
    return {value: _valued_column(declared, value, wide, evaluation) for value in declared.values}


def in_turn(declared: State, begins: dict[str, Moments], evaluation: Evaluation) -> Iterator[dict[str, Timeline]]:
    """Work the beginnings of one value out after the other, and yield the columns each time that they change.

    What reads the columns then sees at once how a beginning of one value ends the others. `begins` goes from one round to the next.
    """
    for value in declared.values:
        found = _begins(declared, value, evaluation)
        if value not in begins or not alike(begins[value], found, NEVER):
            begins[value] = found
            yield {name: _valued_column(declared, name, begins, evaluation) for name in begins}


def _begins(declared: State, value: str, evaluation: Evaluation) -> Moments:
    return changes(_becoming(declared, value), scope_of(declared, evaluation), evaluation, once=True)


def _valued_column(declared: State, value: str, begins: Mapping[str, Moments], evaluation: Evaluation) -> Timeline:
    frame = joined([Frame(tuple(scope_of(declared, evaluation).axes.values())), *(column.frame for column in begins.values())])
    others = join_moments(frame, [spread_moments(other, frame) for name, other in begins.items() if name != value])
    column = change(spread_moments(begins[value], frame), others, _initial(declared, value))
    return members_only(declared, column, evaluation)


def _initial(declared: State, value: str) -> Value:
    if not declared.initial_value:
        return Value.OPEN
    return Value.YES if value == declared.initial_value else Value.NO


def _becoming(declared: State, value: str) -> list[Clause[Becomes]]:
    """Give the clauses that give a state one of its values."""
    return [clause for clause in declared.becomes if isinstance(clause.item.to, Ref) and clause.item.to.name == value]


def explain(declared: State, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say which clauses and reports make the value."""
    if declared.values:
        return _valued(declared, term, point, evaluation)
    timeline = evaluation.state(declared.meta.name)
    if declared.reported:
        return _reported(declared, term, timeline, point, evaluation)
    scope = scope_of(declared, evaluation)
    parts = [
        *finding_reasons(declared, term, point, evaluation),
        *membership_reasons(declared, point, evaluation),
        *change_reasons("from", declared.froms, scope, point, evaluation),
        *change_reasons("until", declared.untils, scope, point, evaluation),
        *clause_reasons(declared.whiles, scope, point, evaluation),
    ]
    if declared.provisional_for is not None:
        parts.append(evaluation.reason(Not(declared.provisional_for, span=declared.meta.span), scope, point))
    seen = look(timeline, point.values, point.at)
    never = declared.froms and seen.carried and seen.since is None
    return derived(declared, term, timeline, point, parts, note=f"not begun: starts as {declared.initial.value}" if never else "")


def value_of(declared: State, point: Point, evaluation: Evaluation) -> tuple[str, Seen]:
    """Give the value that a state has at a point, or *none*, *open* or *contested*; and since when."""
    found = {value: look(column, point.values, point.at) for value, column in evaluation.words(declared.meta.name).items()}
    held = [value for value, now in found.items() if now.value is Value.YES]
    if len(held) == 1:
        return held[0], found[held[0]]
    latest = max(found.values(), key=lambda now: ALWAYS if now.since is None else now.since)
    if held or any(now.value is Value.CONTESTED for now in found.values()):
        return Value.CONTESTED.value, latest
    return (Value.OPEN.value if any(now.value is Value.OPEN for now in found.values()) else NONE), latest


def _valued(declared: State, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say which clauses gave the state its value, and where two that began at one instant left it none."""
    word, now = value_of(declared, point, evaluation)
    scope = scope_of(declared, evaluation)
    parts = [
        reason
        for value in declared.values
        for reason in change_reasons(f"{value} from", _becoming(declared, value), scope, point, evaluation)
    ]
    clashing = word == NONE and now.since is not None
    fits = {Value.OPEN.value: Value.OPEN, Value.CONTESTED.value: Value.CONTESTED, NONE: Value.NO}
    return Reason(
        text=str(term),
        term=str(term),
        value=fits.get(word, Value.YES),
        mode=Mode.CARRIED if now.carried else Mode.DERIVED,
        since=now.exactly,
        by=now.by,
        note="two of its values began at one instant, so that it has none" if clashing else word,
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        parts=(*membership_reasons(declared, point, evaluation), *parts),
    )


def relax(declared: State, term: Term, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for what makes it yes (or no): its rules, a report of what is only reported, or the finding of a body that may find it."""
    found = [relaxing.finding(body, term, wish) for body in sorted(relaxing.evaluation.finders(term.name))]
    if declared.reported:
        return any_of([relaxing.key(Act(Sort.HOLDS, term, wish.yes), wish), *found])
    scope = scope_of(declared, relaxing.evaluation)
    parts = [_relax_change(declared, scope, wish, relaxing), relax_members(declared, wish, relaxing)]
    parts.append(relax_whiles(declared.whiles, scope, wish, relaxing))
    return any_of([(every_of if wish.yes else any_of)(parts), *found])


def _relax_change(declared: State, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for a beginning, or an end; for nothing where it has come and nothing has undone it."""
    if declared.untils or declared.provisional_for is not None:
        relaxing.beyond("until")
    if not (declared.froms or declared.untils or declared.provisional_for is not None):
        return every_of([]) if wish.yes else any_of([])
    if relaxing.timeless:
        carried = declared.initial is Value.YES or not declared.froms
        return MET if carried or not wish.yes else relax_changes(declared.froms, scope, wish, relaxing)
    if all(relaxing.reads(part, wish) for part in _changed(declared, scope, relaxing.evaluation)):
        return MET
    anew = replace(wish, since=relaxing.start, yes=True)
    parts = [relax_changes(declared.froms if wish.yes else declared.untils, scope, anew, relaxing)]
    if declared.provisional_for is not None:
        parts.append(relaxing.condition(declared.provisional_for, scope, wish.turned))
    return any_of(parts)


def relax_value(declared: State, value: str, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for the beginning of one of its values, or for that of another."""
    scope = scope_of(declared, relaxing.evaluation)
    wanted = [other for other in declared.values if (other == value) is wish.yes]
    anew = replace(wish, since=relaxing.start, yes=True)
    relaxing.beyond("until")
    return any_of([relax_changes(_becoming(declared, other), scope, anew, relaxing) for other in wanted])


NONE = "none"
"""What stands where a state has none of its values."""


def _reported(declared: State, term: Term, timeline: Timeline, point: Point, evaluation: Evaluation) -> Reason:
    seen = look(timeline, point.values, point.at)
    counted, alleged = evaluation.said_of(term)
    mode = (Mode.CARRIED if seen.carried else Mode.TOLD) if counted else Mode.UNTOLD
    last: Instant | None = None
    if seen.carried and counted:
        key = timeline.frame.key(point.values)
        starts = [] if key is None else [start for start, end in timeline.carried.of(key) if start <= point.at < end]
        last = starts[-1] - 1 if starts else None
    return Reason(
        text=str(term),
        term=str(term),
        value=seen.value,
        mode=mode,
        since=seen.exactly,
        by=seen.by,
        last_told=last,
        note=gap_note(declared, has_counted=bool(counted), has_alleged=bool(alleged)),
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        statements=ids_of(counted),
        alleged=alleged,
        parts=tuple(finding_reasons(declared, term, point, evaluation)),
    )
