"""Bans (semantics 2.6): what somebody must not do, and what stands on the record of it.

Nothing on the record is *no breach on record*, never "respected". A statement that the deed was done, or that the ban was broken, leaves it
*alleged*, whether or not it counts as evidence. What the agreement says proposes a breach leaves it *proposed*. Only the body that the
agreement names can *find* it. What was done while the ban was not in force is no breach of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aval.engine.algebra import complement, difference, join_moments, union
from aval.engine.change import change
from aval.engine.frames import joined, spread_moments
from aval.engine.leaves import Clock, occurrences
from aval.engine.logic import conjunction, constant, negation
from aval.engine.lookup import Seen, look
from aval.engine.operators.happened import happened
from aval.engine.operators.reference import moments_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import MET, Formula, any_of, every_of
from aval.engine.rules.clauses import (
    anys,
    change_reasons,
    changes,
    clause_reasons,
    derived,
    guarded,
    members_only,
    membership_reasons,
    relax_anys,
    relax_changes,
    relax_members,
    relax_whiles,
    scope_of,
    whiles,
)
from aval.engine.rules.ending import replacements
from aval.engine.rules.event import keys_of
from aval.engine.rules.record import broken_reasons, denied
from aval.model.agreement import Ban, Declaration
from aval.model.columns import Frame, Moments, Timeline
from aval.model.expression import Ref
from aval.model.four import Value
from aval.model.reason import Reason
from aval.model.statement import Says
from aval.model.term import Term

FOUND, PROPOSED, ALLEGED = "found", "proposed", "alleged"
NO_BREACH, NOT_IN_FORCE = "no breach on record", "not in force"


def compute(declared: Ban, evaluation: Evaluation) -> Timeline:
    """Give when the ban is in force, for every instance."""
    scope = scope_of(declared, evaluation)
    frame = Frame(tuple(scope.axes.values()))
    parts = [constant(frame, yes=True), *_changed(declared, scope, evaluation)]
    if declared.whiles:
        parts.append(whiles(declared.whiles, scope, evaluation))
    if declared.excepts:
        parts.append(negation(anys(declared.excepts, scope, evaluation)))
    return members_only(declared, conjunction(parts), evaluation)


def _changed(declared: Ban, scope: Scope, evaluation: Evaluation) -> list[Timeline]:
    """Give what beginnings and ends make of a ban."""
    frame = Frame(tuple(scope.axes.values()))
    replaced = replacements(declared.meta.name, scope, evaluation)
    if declared.froms or declared.untils or replaced:
        begins = changes(declared.froms, scope, evaluation)
        ends = [*((changes(declared.untils, scope, evaluation),) if declared.untils else ()), *replaced]
        wide = joined([begins.frame, *(column.frame for column in ends), frame])
        end = join_moments(wide, [spread_moments(column, wide) for column in ends])
        return [change(spread_moments(begins, wide), end, Value.NO if declared.froms else Value.YES)]
    return []


def relax(declared: Ban, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask that it is in force, or not."""
    scope = scope_of(declared, relaxing.evaluation)
    parts = [relax_members(declared, wish, relaxing), relax_whiles(declared.whiles, scope, wish, relaxing)]
    if declared.excepts:
        relaxing.beyond("exceptions")
        parts.append(relax_anys(declared.excepts, scope, wish.turned, relaxing))
    if declared.untils:
        relaxing.beyond("until")
    if relaxing.timeless:
        stands: Formula = relax_changes(declared.froms, scope, wish, relaxing) if declared.froms else MET
    elif all(relaxing.reads(part, wish) for part in _changed(declared, scope, relaxing.evaluation)):
        stands = MET if wish.yes or declared.froms or declared.untils else any_of([])
    else:
        changing = declared.froms if wish.yes else declared.untils
        stands = relax_changes(changing, scope, replace(wish, since=relaxing.start, yes=True), relaxing)
    return (every_of if wish.yes else any_of)([*parts, stands])


def relax_word(declared: Ban, term: Term, word: str, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask that something stands on its record, or does not."""
    if word == FOUND and declared.found_by:
        return relaxing.finding(declared.found_by, term, wish)
    scope = scope_of(declared, relaxing.evaluation)
    deeds = {PROPOSED: declared.proposed_by, ALLEGED: declared.deeds}.get(word, ())
    if not (wish.yes and deeds):
        return relaxing.obstacle(f"whether {term} is {word} is not searched for", wish)
    return any_of([relaxing.moment(deed, scope, replace(wish, since=relaxing.start)) for deed in deeds])


def words(declared: Ban, evaluation: Evaluation) -> Mapping[str, Timeline]:
    """Give for each word since when the ban stands there. What was found has been proposed or alleged all the same."""
    scope, force = scope_of(declared, evaluation), evaluation.state(declared.meta.name)
    proposed = [guarded(evaluation.moments(ref, scope), force) for ref in declared.proposed_by]
    # what is only claimed stays a claim where nobody knows whether the ban was in force
    possible = Timeline(force.frame, union(force.yes, complement(force.no, force.frame)), difference(force.no, force.yes))
    claimed = [guarded(_claimed(deed, scope, evaluation), possible) for deed in declared.deeds]
    claimed.append(spoken(declared, evaluation))
    found = [evaluation.findings(declared.found_by, declared.meta.name)] if declared.found_by else []
    return {FOUND: _on_record(found, scope), PROPOSED: _on_record(proposed, scope), ALLEGED: _on_record(claimed, scope)}


def _on_record(columns: list[Moments], scope: Scope) -> Timeline:
    """The record is whole: what does not stand on it, does not stand on it."""
    frame = joined([Frame(tuple(scope.axes.values())), *(column.frame for column in columns)])
    return happened(join_moments(frame, [spread_moments(column, frame) for column in columns]), constitutive=True)


def _claimed(deed: Ref, scope: Scope, evaluation: Evaluation) -> Moments:
    """Give the occurrences of a deed as anybody has claimed them, whether or not that counts."""
    return moments_of(deed, evaluation.claimed(deed.name), scope, evaluation)


def spoken(declared: Declaration, evaluation: Evaluation) -> Moments:
    """Give what anybody has claimed, each time by itself: two claims of different days do not dispute each other."""
    frame = Frame(tuple(scope_of(declared, evaluation).axes.values()))
    clock = Clock(evaluation.zone(declared.meta.name), legal_act=bool(getattr(declared, "legal_act", False)))
    columns = []
    for said in evaluation.spoken_of(declared.meta.name):
        claims = said.where(said.ask(said.book.says, lambda says: says is Says.HAPPENED) & said.ask(said.book.polarity, bool))
        columns.append(occurrences(frame, claims, keys_of(claims, frame), clock, repeats=True))
    return join_moments(frame, columns)


def word(declared: Ban, point: Point, evaluation: Evaluation) -> str:
    """Say where the ban stands: found, proposed, alleged, no breach on record, not in force, open or contested."""
    return standing(declared, point, evaluation)[0]


def standing(declared: Ban, point: Point, evaluation: Evaluation) -> tuple[str, Seen]:
    """Say where the ban stands, and since when: what is on the record first, else whether it is in force."""
    record = evaluation.words(declared.meta.name)
    for name in (FOUND, PROPOSED, ALLEGED):
        seen = look(record[name], point.values, point.at)
        if seen.value.told_yes:
            return name if seen.value is Value.YES else Value.CONTESTED.value, seen
    seen = look(evaluation.state(declared.meta.name), point.values, point.at)
    return {Value.YES: NO_BREACH, Value.NO: NOT_IN_FORCE}.get(seen.value, seen.value.value), seen


def explain(declared: Ban, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say whether the ban is in force, and what stands on its record."""
    scope = scope_of(declared, evaluation)
    parts = [
        *membership_reasons(declared, point, evaluation),
        *change_reasons("from", declared.froms, scope, point, evaluation),
        *change_reasons("until", declared.untils, scope, point, evaluation),
        *clause_reasons(declared.whiles, scope, point, evaluation),
        *(denied(reason) for reason in clause_reasons(declared.excepts, scope, point, evaluation)),
        *_record(declared, scope, point, evaluation),
        *broken_reasons(declared, term, point, evaluation),
    ]
    return derived(declared, term, evaluation.state(declared.meta.name), point, parts)


def _record(declared: Ban, scope: Scope, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Name the deeds, and what proposes a breach, of which anybody has spoken."""
    opened = {"proposed by": declared.proposed_by, "must not": declared.deeds}
    refs = {ref: opening for opening, listed in reversed(opened.items()) for ref in listed}
    reasons = [(opening, evaluation.reason(ref, scope, point)) for ref, opening in refs.items()]
    spoken = [(opening, reason) for opening, reason in reasons if reason.statements or reason.alleged]
    return [_replaced(reason, opening) for opening, reason in spoken]


def _replaced(reason: Reason, opening: str) -> Reason:
    return replace(reason, text=f"{opening} {reason.text}", ends=True)
