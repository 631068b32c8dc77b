"""What the kinds of declarations share: clauses on readings, parameters as axes, membership of a parameter's group (semantics 2.5, 2.8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aval.engine.algebra import join_moments, moments, spans
from aval.engine.frames import joined, rebase, source_keys, spread, spread_moments
from aval.engine.logic import conjunction, disjunction, negation
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point, Scope
from aval.engine.rows import rows_of
from aval.model.agreement import Change, Clause, Declaration, Question, params_of
from aval.model.columns import Axis, Frame, Moments, Timeline
from aval.model.expression import And, Expression
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def scope_of(declared: Declaration, evaluation: Evaluation) -> Scope:
    """Give the scope of a declaration's clauses: an axis for each parameter."""
    axes = {param.name: evaluation.axis(param.name, param.group) for param in params_of(declared)}
    return Scope(declared.meta.name, axes)


def reading_axis(question: str, evaluation: Evaluation) -> Axis | None:
    """Give the axis of the question that a clause stands on, or `None` for a clause that always stands."""
    declared = evaluation.agreements.get(question, Question)
    return None if declared is None else evaluation.question(question, tuple(reading.name for reading in declared.readings))


def whiles(clauses: Sequence[Clause[Expression]], scope: Scope, evaluation: Evaluation) -> Timeline:
    """All conditions that apply; on the other readings of its question a clause asks nothing."""
    parts = []
    for clause in clauses:
        condition, axis = evaluation.timeline(clause.item, scope), reading_axis(clause.question, evaluation)
        parts.append(condition if axis is None else disjunction([condition, _elsewhere(axis, clause.reading)]))
    return conjunction(parts)


def anys(clauses: Sequence[Clause[Expression]], scope: Scope, evaluation: Evaluation) -> Timeline:
    """Whether one of the conditions holds; on the other readings of its question a clause holds nowhere."""
    parts = []
    for clause in clauses:
        condition, axis = evaluation.timeline(clause.item, scope), reading_axis(clause.question, evaluation)
        parts.append(condition if axis is None else conjunction([condition, negation(_elsewhere(axis, clause.reading))]))
    return disjunction(parts)


def _elsewhere(axis: Axis, reading: str) -> Timeline:
    """Yes on every other reading of the question, no on this one."""
    others = [(key, ALWAYS, NEVER) for key, value in enumerate(axis.values) if value != reading]
    here = [(key, ALWAYS, NEVER) for key, value in enumerate(axis.values) if value == reading]
    return Timeline(Frame((axis,)), spans(others), spans(here))


def changes(clauses: Sequence[Clause[Change]], scope: Scope, evaluation: Evaluation) -> Moments:
    """The moments of `from`, `until` and `when` clauses, each under its guard and on its reading; together they are alternatives."""
    columns = [_change(clause, scope, evaluation) for clause in clauses]
    frame = joined(column.frame for column in columns)
    return join_moments(frame, [spread_moments(column, frame) for column in columns])


def _change(clause: Clause[Change], scope: Scope, evaluation: Evaluation) -> Moments:
    column = evaluation.moments(clause.item.moment, scope)
    if clause.item.guard is not None:
        column = guarded(column, evaluation.timeline(clause.item.guard, scope))
    axis = reading_axis(clause.question, evaluation)
    return column if axis is None else only_on(column, axis, clause.reading)


def only_on(column: Moments, axis: Axis, reading: str) -> Moments:
    """Keep occurrences on one reading of a question."""
    frame = joined([column.frame, Frame((axis,))])
    wide = spread_moments(column, frame)
    keep = [frame.point(key)[axis.name] == reading for key in wide.key.tolist()]
    return moments(frame, wide.key[keep], wide.lo[keep], wide.hi[keep], wide.cause[keep])


def guarded(column: Moments, guard: Timeline) -> Moments:
    """Read the guard just before each occurrence (2.5): no drops it, open makes it only possible, a denied yes makes it disputed."""
    frame = joined([column.frame, guard.frame])
    wide, condition = spread_moments(column, frame), spread(guard, frame)
    rows = []
    for key, lo, hi, cause in zip(wide.key.tolist(), wide.lo.tolist(), wide.hi.tolist(), wide.cause.tolist(), strict=True):
        first, last = (max(ALWAYS, time - 1) for time in (min(lo, hi), max(lo, hi)))  # one that is only possible may come at any time
        yes, no = condition.yes.of(key), condition.no.of(key)
        if _covers(yes, first, last):
            denied = any(begin <= last and first < end for begin, end in no)
            rows.append((key, NEVER if denied else lo, hi, cause))
        elif not _covers(no, first, last):
            rows.append((key, lo, NEVER, cause))
    return rows_of(frame, rows)


def _covers(runs: list[tuple[int, int]], first: int, last: int) -> bool:
    return any(begin <= first and last < end for begin, end in runs)


def over(declared: Declaration, timeline: Timeline, evaluation: Evaluation) -> Timeline:
    """Spread a column over all parameters of its declaration."""
    scope = scope_of(declared, evaluation)
    return spread(timeline, joined([Frame(tuple(scope.axes.values())), timeline.frame]))


def members_only(declared: Declaration, timeline: Timeline, evaluation: Evaluation) -> Timeline:
    """A rule over `g: coalition` is about members: whoever is told to be outside has a no, and who may be a member is open."""
    parts = [timeline]
    for param in params_of(declared):
        if not evaluation.closed(param.group) or param.group in evaluation.agreements.tables:
            column, axis = evaluation.membership(param.group), evaluation.axis(param.name, param.group)
            target = Frame((axis,), column.frame.runs)
            parts.append(rebase(column, target, source_keys(column.frame, target, {"member": axis})))
    return over(declared, conjunction(parts) if len(parts) > 1 else timeline, evaluation)


def membership_reasons(declared: Declaration, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Explain the membership that a rule over a group asks of its arguments, where the agreement does not name them."""
    terms = [Term(param.group, (point.values[param.name],)) for param in params_of(declared) if not evaluation.closed(param.group)]
    reasons = [evaluation.reason_of(term, point) for term in terms]
    return [reason for reason in reasons if reason.mode is not Mode.DERIVED]


def clause_reasons(clauses: Sequence[Clause[Expression]], scope: Scope, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Explain the conditions that stand on the point's readings; the parts of an `and` are conditions of their own."""
    return [
        marked(evaluation.reason(item, scope, here), clause)
        for clause in clauses
        if (here := _standing(clause, point, evaluation)) is not None
        for item in (clause.item.items if isinstance(clause.item, And) else (clause.item,))
    ]


def _standing(clause: Clause[Expression] | Clause[Change], point: Point, evaluation: Evaluation) -> Point | None:
    """Give the point at which to explain a clause: on its own reading if all are shown, nowhere if it does not stand on the point's."""
    axis = reading_axis(clause.question, evaluation)
    if axis is None:
        return point
    if point.branches:
        return point.on(clause.question, clause.reading) if clause.reading in axis.values else None
    return point if point.values.get(axis.name) == clause.reading else None


def change_reasons(word: str, clauses: Sequence[Clause[Change]], scope: Scope, point: Point, evaluation: Evaluation) -> list[Reason]:
    """Explain the changes that stand on the point's readings, each opened by its word."""
    reasons = []
    for clause in clauses:
        here = _standing(clause, point, evaluation)
        if here is None:
            continue
        part = evaluation.reason(clause.item.moment, scope, here)
        guard = clause.item.guard
        before = part.since or part.by
        there = replace(here, at=before - 1) if before is not None else here
        guards = () if guard is None else (evaluation.reason(guard, scope, there),)
        told = [part.value, *(one.value for one in guards)]
        reason = Reason(
            text=f"{word} {part.text}" + (f" if {guards[0].text} just before" if guards else ""),
            term=part.term,
            value=Value.of(yes=all(value.told_yes for value in told), no=any(value.told_no for value in told)),
            ends=word in ("until", "waived when"),
            mode=part.mode,
            since=part.since,
            note=part.note,
            span=clause.span,
            statements=part.statements,
            alleged=part.alleged,
            parts=(*part.parts, *guards),
        )
        reasons.append(marked(reason, clause))
    return reasons


def marked(reason: Reason, clause: Clause[Expression] | Clause[Change]) -> Reason:
    """Say on which reading a line of an explanation stands, and where its clause is."""
    return replace(reason, span=clause.span, question=clause.question, reading=clause.reading)


def derived(declared: Declaration, term: Term, timeline: Timeline, point: Point, parts: Sequence[Reason], note: str = "") -> Reason:
    """Explain a derived value by its parts."""
    seen = look(timeline, point.values, point.at)
    deciding = [part for part in parts if part.value is seen.value]
    carried = all(part.mode is Mode.CARRIED for part in deciding) if deciding else seen.carried
    return Reason(
        text=str(term),
        term=str(term),
        value=seen.value,
        mode=Mode.CARRIED if carried else Mode.DERIVED,
        since=seen.exactly,
        by=seen.by,
        note=note,
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        parts=tuple(parts),
    )
