"""Duties (semantics 2.6): dormant before the trigger; *owed* is a state, until it is done, waived or lapsed; overdue once it is late.

The clock of a run of what is owed starts with the trigger that began it; another trigger while it is owed does not restart it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from aval.engine.algebra import take_moments
from aval.engine.change import change
from aval.engine.frames import joined, spread_moments
from aval.engine.logic import conjunction, constant, negation
from aval.engine.lookup import Seen, look
from aval.engine.operators.edges import beginnings
from aval.engine.operators.reference import ANY, term_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, any_of, every_of, then
from aval.engine.rules.clauses import (
    anys,
    change_reasons,
    changes,
    clause_reasons,
    derived,
    members_only,
    membership_reasons,
    relax_anys,
    relax_changes,
    relax_members,
    relax_whiles,
    scope_of,
)
from aval.engine.rules.deadline import deadlines
from aval.engine.rules.ending import DISCHARGED, LAPSED, WAIVED, bound, ended, ends_of, every, stand_ins, triggered
from aval.engine.rules.record import broken_reasons, denied
from aval.model.agreement import Duty
from aval.model.claims import Listed
from aval.model.columns import Frame, Moments, Timeline
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, Instant
from aval.model.reason import Reason
from aval.model.term import Term


class Phase(StrEnum):
    """Where a duty stands."""

    DORMANT = "dormant"
    OWED = "owed"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"
    DISCHARGED = "discharged"
    WAIVED = "waived"
    LAPSED = "lapsed"
    BREACHED = "breached"
    OPEN = "open"
    CONTESTED = "contested"


ENDED = (Phase.DISCHARGED, Phase.WAIVED, Phase.LAPSED)
"""How a duty can have ended; of several at one instant the first is shown."""


@dataclass(frozen=True, slots=True, eq=False)
class Course(Moments):
    """The deadlines of a duty, and for each word when it is so. `cause` is a deadline's place in `counts`: when it counts."""

    counts: Sequence[tuple[Instant, Instant]]
    words: Mapping[str, Timeline]


@frozen(kw_only=True)
class Due:
    """The phase of one duty at one point, since when, and the range of its deadline (`None`: the text gives none, or it does not run)."""

    phase: Phase
    seen: Seen
    due: tuple[Instant, Instant] | None


def compute(declared: Duty, evaluation: Evaluation, *, alone: bool = False) -> Timeline:
    """Give when the duty is owed, for every instance. `alone`: as if no other duty stood in for it."""
    scope = scope_of(declared, evaluation)
    stands = bound(declared, scope, evaluation, every(ends_of(declared, scope, evaluation, alone=alone)))
    return _binding(declared, stands, scope, evaluation)


def _binding(declared: Duty, stands: Timeline, scope: Scope, evaluation: Evaluation) -> Timeline:
    """Where no exception holds."""
    if not declared.excepts:
        return stands
    return members_only(declared, conjunction([stands, negation(anys(declared.excepts, scope, evaluation))]), evaluation)


def course(declared: Duty, evaluation: Evaluation, *, alone: bool = False) -> Course:
    """Give the deadlines of every instance, and for each word when the duty stands there."""
    scope = scope_of(declared, evaluation)
    ends = ends_of(declared, scope, evaluation, alone=alone)
    whole = compute(declared, evaluation, alone=True) if alone else evaluation.state(declared.meta.name)
    stood = bound(declared, scope, evaluation, every(ends)) if declared.excepts else whole
    words: dict[str, Timeline] = {Phase.OWED: whole}
    urgent = whole  # what is suspended is owed, and need not be done meanwhile
    if declared.suspendeds:
        suspended = anys(declared.suspendeds, scope, evaluation)
        words[Phase.SUSPENDED] = conjunction([whole, suspended])
        urgent = conjunction([whole, negation(suspended)])
    begun = triggered(declared, scope, evaluation, every(ends))
    times = deadlines(declared, begun, scope, evaluation)
    if len(times.due):
        words[Phase.OVERDUE] = conjunction([urgent, times.late])
    for word in (DISCHARGED, WAIVED, LAPSED):
        if ends[word]:
            words[word] = ended(word, stood, ends, declared, evaluation)
    if declared.found_by:
        words[Phase.BREACHED] = _broken(declared, begun, evaluation)
    due = times.due
    counts = Listed(len(times.counts), lambda place: tuple(times.counts[place].tolist()))
    return Course(due.frame, due.key, due.lo, due.hi, due.cause, counts, words)


def _broken(declared: Duty, begun: Timeline, evaluation: Evaluation) -> Timeline:
    """From the finding until the duty begins anew."""
    found, again = (
        evaluation.findings(declared.found_by, declared.meta.name),
        beginnings(begun, lambda: changes(declared.whens, scope_of(declared, evaluation), evaluation)),
    )
    frame = joined([found.frame, again.frame])
    return change(spread_moments(found, frame), spread_moments(again, frame), Value.NO)


def words(declared: Duty, evaluation: Evaluation, *, alone: bool = False) -> Mapping[str, Timeline]:
    """Give for each word when the duty stands there. What is overdue or breached is owed still, as long as nothing has ended it."""
    found = (course(declared, evaluation, alone=True) if alone else _course(declared, evaluation)).words
    whole = [negation(found[word]) for word in (Phase.OWED, *ENDED) if word in found]
    no = constant(found[Phase.OWED].frame, yes=False)
    return {**{word.value: found.get(word, no) for word in Phase}, Phase.DORMANT: conjunction(whole)}


def _course(declared: Duty, evaluation: Evaluation) -> Course:
    found = evaluation.deadlines(declared.meta.name)
    if not isinstance(found, Course):
        raise TypeError(declared.meta.name)
    return found


def phase(declared: Duty, point: Point, evaluation: Evaluation) -> Due:
    """Say where one duty stands at a point, in the one word that tells most."""
    found = _course(declared, evaluation)
    seen = look(evaluation.state(declared.meta.name), point.values, point.at)
    due = None if seen.value is Value.NO else _due(found, point)
    if Phase.BREACHED in found.words:
        broken = look(found.words[Phase.BREACHED], point.values, point.at)
        if broken.value.told_yes:
            return Due(phase=Phase.BREACHED if broken.value is Value.YES else Phase.CONTESTED, seen=broken, due=due)
    if seen.value is Value.NO:
        word, ending = _ending(found, seen, point)
        return Due(phase=word, seen=ending, due=None)
    if seen.value is not Value.YES:
        return Due(phase=Phase(seen.value.value), seen=seen, due=due)
    for word in (Phase.SUSPENDED, Phase.OVERDUE):
        at = look(found.words[word], point.values, point.at) if word in found.words else None
        if at is not None and at.value is Value.YES:
            return Due(phase=word, seen=at, due=due)
        if at is not None and at.value is not Value.NO and word is Phase.SUSPENDED:
            return Due(phase=Phase(at.value.value), seen=at, due=due)
    return Due(phase=Phase.OWED, seen=seen, due=due)


def _ending(found: Course, seen: Seen, point: Point) -> tuple[Phase, Seen]:
    """Say how it ended, if it did: told before what is open or contested."""
    ways = [(word, look(found.words[word], point.values, point.at)) for word in ENDED if word in found.words]
    for word, ending in ways:
        if ending.value is Value.YES:
            return word, ending
    return next(((Phase(ending.value.value), ending) for _, ending in ways if ending.value is not Value.NO), (Phase.DORMANT, seen))


def _due(course: Course, point: Point) -> tuple[Instant, Instant] | None:
    """Give the first deadline that counts at a point."""
    key = course.frame.key(point.values)
    own = take_moments(course, np.array([-1 if key is None else key]), Frame())
    counting = [row for row, cause in enumerate(own.cause.tolist()) if course.counts[cause][0] <= point.at < course.counts[cause][1]]
    return (int(own.lo[counting].min()), int(own.hi[counting].min())) if counting else None


def explain(declared: Duty, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say what would wake the duty, under which conditions, what ends it and what has been found of it."""
    scope = scope_of(declared, evaluation)
    parts = [
        *membership_reasons(declared, point, evaluation),
        *change_reasons("when", declared.whens, scope, point, evaluation),
        *clause_reasons(declared.whiles, scope, point, evaluation),
        *(denied(reason) for reason in clause_reasons(declared.excepts, scope, point, evaluation)),
        *change_reasons("until", declared.untils, scope, point, evaluation),
        *change_reasons("waived when", declared.waivers, scope, point, evaluation),
        *_stand_still(declared, scope, point, evaluation),
        *_done(declared, scope, point, evaluation),
        *_replaced(declared, point, evaluation),
        *broken_reasons(declared, term, point, evaluation),
    ]
    return derived(declared, term, evaluation.state(declared.meta.name), point, parts)


def _stand_still(declared: Duty, scope: Scope, point: Point, evaluation: Evaluation) -> list[Reason]:
    found: list[Reason] = []
    for words_, clauses in (("suspended while", declared.suspendeds), ("paused while", declared.pauseds)):
        reasons = clause_reasons(clauses, scope, point, evaluation)
        told = [reason for reason in reasons if reason.value is not Value.NO]
        found += [replace(reason, text=f"{words_} {reason.text}", ends=True) for reason in told]
    return found


def _done(declared: Duty, scope: Scope, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Name the deeds that somebody has told."""
    if declared.continuing:
        return []
    spoken = [deed for deed in declared.deeds if _spoken_of(term_of(deed, point), evaluation)]
    reasons = [evaluation.reason(deed, scope, point) for deed in spoken]
    return [replace(reason, text=f"until done: {reason.text}", ends=True) for reason in reasons if reason.value.told_yes]


def _spoken_of(term: Term, evaluation: Evaluation) -> bool:
    return ANY in term.args or len(evaluation.said_of(term)[0]) > 0


def _replaced(declared: Duty, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Name the duties that stand in for it, where they are about the same parties and have come to be owed."""
    found = []
    names = [param.name for param in declared.params]
    for other, ref in stand_ins(declared.meta.name, evaluation):
        own = {getattr(arg, "text", ""): point.values.get(name, "") for name, arg in zip(names, ref.args, strict=True)}
        args = [own.get(param.name, "") for param in other.params]
        if all(args) and all(own[text] == text for text in own if text not in {param.name for param in other.params}):
            reason = evaluation.reason_of(Term(other.meta.name, tuple(args)), point)
            found.append(replace(reason, text=f"until {reason.text} stands in for it", ends=True))
    return found


def relax(declared: Duty, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask that it is owed: triggered, its conditions given, no exception; or that it is not: done, waived, lapsed, excepted."""
    scope, evaluation = scope_of(declared, relaxing.evaluation), relaxing.evaluation
    parts = [relax_members(declared, wish, relaxing), relax_whiles(declared.whiles, scope, wish, relaxing)]
    if declared.excepts:
        relaxing.beyond("exceptions")
        parts.append(relax_anys(declared.excepts, scope, wish.turned, relaxing))
    if declared.untils or declared.waivers or not declared.continuing:
        relaxing.beyond("until")
    if relaxing.timeless:
        stands: Formula = relax_changes(declared.whens, scope, wish, relaxing) if declared.whens else MET
    elif relaxing.reads(triggered(declared, scope, evaluation, every(ends_of(declared, scope, evaluation))), wish):
        stands = MET
    else:
        anew = replace(wish, since=relaxing.start, yes=True)
        stands = (
            relax_changes(declared.whens, scope, anew, relaxing)
            if wish.yes
            else any_of(_relax_ends(declared, scope, anew, relaxing).values())
        )
    return (every_of if wish.yes else any_of)([*parts, stands])


def _relax_ends(declared: Duty, scope: Scope, wish: Wish, relaxing: Relaxation) -> Mapping[str, Formula]:
    """Ask for each way in which it can end."""
    deeds = [] if declared.continuing else [relaxing.moment(deed, scope, wish) for deed in declared.deeds]
    return {
        DISCHARGED: any_of(deeds),
        WAIVED: relax_changes(declared.waivers, scope, wish, relaxing),
        LAPSED: relax_changes(declared.untils, scope, wish, relaxing),
    }


def relax_word(declared: Duty, term: Term, word: str, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask that it stands in one of its words; what only time can bring is left to the run."""
    if word == Phase.OWED:
        return relaxing.term(term, wish)
    if word == Phase.BREACHED and declared.found_by:
        return relaxing.finding(declared.found_by, term, wish)
    scope = scope_of(declared, relaxing.evaluation)
    if word in ENDED and wish.yes:
        owed = replace(wish, since=ALWAYS)
        return then(relaxing.term(term, owed), _relax_ends(declared, scope, replace(wish, since=relaxing.start), relaxing)[word])
    relaxing.beyond("deadlines and suspensions")
    if word == Phase.OVERDUE:
        return relaxing.term(term, wish)
    if word == Phase.SUSPENDED and wish.yes:
        return every_of([relaxing.term(term, wish), relax_anys(declared.suspendeds, scope, wish, relaxing)])
    return relaxing.obstacle(f"whether {term} is {word} is not searched for", wish)
