"""Events: occurrences from accepted statements (semantics 2.2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import repeat

import numpy as np

from aval.engine.algebra import intersection, join_moments, union
from aval.engine.cast import Ballot
from aval.engine.frames import joined, spread
from aval.engine.leaves import Clock, Told, not_yet, occurrences, one_by_one
from aval.engine.lookup import look
from aval.engine.operators.happened import happened
from aval.engine.protocol import Evaluation, Point, Relaxation, Wish
from aval.engine.relaxed import Act, Formula, Sort, any_of
from aval.engine.rows import rows_of
from aval.engine.rules.clauses import scope_of
from aval.model.agreement import Ban, Declaration, Duty, Event, FromFinding, State
from aval.model.claims import Claims, ids_of
from aval.model.columns import Frame, Ints, Moments, Spans, Timeline
from aval.model.four import Value
from aval.model.instant import NEVER
from aval.model.reason import Mode, Reason
from aval.model.statement import Statement, When
from aval.model.term import Term


def compute(declared: Event, evaluation: Evaluation) -> Moments:
    """Give the occurrences of every instance."""
    frame = Frame(tuple(scope_of(declared, evaluation).axes.values()))
    clock = Clock(evaluation.zone(declared.meta.name), legal_act=declared.legal_act)
    parts = evaluation.counted(declared.meta.name)
    columns = [occurrences(frame, claims, keys_of(claims, frame), clock, repeats=declared.repeats) for claims in parts]
    found = join_moments(frame, columns)
    return _received(found) if declared.constitutive else found


def _received(column: Moments) -> Moments:
    """Leave out of which it is only told that it has not come so far: what is on record is no less certain for somebody's saying so."""
    kept = (column.hi < NEVER) | (column.lo == NEVER)
    return column if kept.all() else Moments(column.frame, column.key[kept], column.lo[kept], column.hi[kept], column.cause[kept])


def keys_of(claims: Claims, frame: Frame) -> Ints:
    """Give for every statement the instance that it is about, -1 where that is not on the frame."""
    terms, codes = claims.book.term.values, claims.book.term.codes[claims.rows]
    found = np.full(len(terms), -1)
    seen = np.zeros(len(found), np.bool_)
    seen[codes] = True
    about = np.flatnonzero(seen)
    args = zip(*(terms[code].args for code in about.tolist()), strict=True) if len(about) else ((),) * len(frame.axes)
    key, missing = np.zeros(len(about), np.int64), np.zeros(len(about), np.bool_)
    for axis, names in zip(frame.axes, args, strict=True):
        where = {value: place for place, value in enumerate(axis.values)}
        place = np.fromiter(map(where.get, names, repeat(-1)), np.int64, len(about))
        key, missing = key * len(where) + place, missing | (place < 0)
    found[about] = np.where(missing, -1, key)
    return found[codes]


def whether(declared: Event, evaluation: Evaluation) -> Timeline:
    """Give whether it has happened, asked directly: unreported it is open, unless it is constitutive or the record is complete.

    What repeats may have happened unreported before the first time that is told, until somebody says that it had not at all.
    """
    column = evaluation.occurrences(declared.meta.name)
    found = happened(column, constitutive=declared.constitutive)
    if declared.repeats and not declared.constitutive:
        found = Timeline(found.frame, found.yes, _not_yet(declared, column.frame, evaluation))
    if not declared.complete_until:
        return found
    scope = scope_of(declared, evaluation)
    ends = [happened(evaluation.moments(item, scope), constitutive=False) for item in declared.complete_until]
    frame = joined([found.frame, *(end.frame for end in ends)])
    complete = union(*(spread(end, frame).no for end in ends))
    wide = spread(found, frame)
    possible = spread(happened(_received(column), constitutive=True), frame).no
    return Timeline(frame, wide.yes, union(wide.no, intersection(complete, possible)), wide.carried)


def _not_yet(declared: Event, frame: Frame, evaluation: Evaluation) -> Spans:
    clock = Clock(evaluation.zone(declared.meta.name), legal_act=declared.legal_act)
    parts = evaluation.counted(declared.meta.name)
    denied = join_moments(frame, [not_yet(frame, claims, keys_of(claims, frame), clock) for claims in parts])
    return happened(denied, constitutive=False).no


def findings(declared: Event | State | Duty | Ban, body: str, evaluation: Evaluation) -> Moments:
    """Give what a body itself found of every instance, of a norm that it was broken (2.7): an act on the legal day of its saying.

    Said again, it is the same finding; found otherwise later, it was found all the same. That it is not so, is no finding that it is.
    """
    frame = Frame(tuple(scope_of(declared, evaluation).axes.values()))
    clock = Clock(evaluation.zone(declared.meta.name), legal_act=True)
    own, voted = [], []
    for term in evaluation.terms_of(declared.meta.name):
        key = frame.key(dict(zip(frame.names, term.args, strict=True)))
        ballots = evaluation.ballots(body, term)
        votes = {vote.statement.id for one in ballots for vote in one.votes}
        acts = [act_of(one) for one in evaluation.found_of(term) if one.voice.speaks_for == body and one.id not in votes]
        positive = [act for act in acts if act.polarity]
        if key is not None and positive:
            own.append(Told(key=key, statements=_first(positive, clock)))
        if key is not None and not positive:
            voted += [(key, one.lo, one.hi, -1) for one in _first_passed(ballots)]
    return join_moments(frame, [one_by_one(frame, own, clock), rows_of(frame, voted)])


def _first_passed(ballots: Sequence[Ballot]) -> Sequence[Ballot]:
    """Give the first ballot that was passed, and those before it that may have been."""
    may_be = [one for one in ballots if one.value is not Value.NO]
    first = next((place for place, one in enumerate(may_be) if one.value is Value.YES), len(may_be))
    return may_be[: first + 1]


def _first(acts: list[Statement], clock: Clock) -> list[Statement]:
    """Give the first act that finds it."""
    _, last = clock.happened(Claims.of(acts))
    return [acts[int(last.argmin())]]


def act_of(statement: Statement) -> Statement:
    """Give a finding as the act it is: it happened when it was said."""
    when = When(first=statement.said, last=statement.said) if statement.polarity else None
    return replace(statement, when=when)


def told(declared: Event | State | Duty | Ban, frame: Frame, evaluation: Evaluation) -> list[Told]:
    """Give the accepted statements of every instance that has any."""
    found = []
    for term in evaluation.terms_of(declared.meta.name):
        key = frame.key(dict(zip(frame.names, term.args, strict=True)))
        if key is not None:
            found.append(Told(key=key, statements=evaluation.said_of(term)[0]))
    return found


def explain(declared: Event, term: Term, point: Point, evaluation: Evaluation) -> Reason:
    """Say what was told of one occurrence, and what does not count."""
    seen = look(evaluation.happened(declared.meta.name), point.values, point.at)
    counted, alleged = evaluation.said_of(term)
    mode = Mode.TOLD if counted else Mode.CARRIED if seen.value is Value.NO else Mode.UNTOLD
    return Reason(
        text=str(term),
        term=str(term),
        value=seen.value,
        mode=mode,
        since=seen.exactly if seen.value.told_yes else None,
        by=seen.by if seen.value.told_yes else None,
        note=gap_note(declared, has_counted=bool(counted), has_alleged=bool(alleged)),
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        statements=ids_of(counted),
        alleged=alleged,
    )


def gap_note(declared: Declaration, *, has_counted: bool, has_alleged: bool) -> str:
    """Say in a few words why nothing counts."""
    if has_counted:
        return ""
    if has_alleged:
        return "what was said of it does not count"
    if isinstance(declared, Event) and declared.constitutive:
        return "none was received"
    return "nobody has told it"


def relax(declared: Event, term: Term, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask that it comes about (or is told not to have), by whatever lets it count."""
    evaluation = relaxing.evaluation
    if not relaxing.timeless and not declared.repeats and look(evaluation.happened(term.name), wish.values, NEVER - 1).value.told_yes:
        return relaxing.obstacle(f"it has come already{', and can come only once' if wish.yes else ''}: {term}", wish)
    found = [relaxing.finding(body, term, wish) for body in sorted(evaluation.finders(term.name))]
    if all(isinstance(way, FromFinding) for way in declared.acceptance.ways):
        return any_of(found)
    return any_of([relaxing.key(Act(Sort.HAPPENS, term, wish.yes), wish), *found])
