"""What the kinds of declarations share: clauses on readings, parameters as axes, membership of a parameter's group (semantics 2.5, 2.8)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from aval.engine.algebra import join_moments, moments, spans
from aval.engine.at_once import guarding
from aval.engine.frames import any_moment, joined, rebase, some, source_keys, spread, spread_moments
from aval.engine.logic import conjunction, disjunction, negation
from aval.engine.lookup import covers, look
from aval.engine.order import parts_of
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula, any_of, every_of, then
from aval.engine.sampling import Rows, places, seen, somewhere, throughout
from aval.model.agreement import Becomes, Change, Clause, Declaration, Duty, Event, Power, Question, State, params_of
from aval.model.columns import Axis, Frame, Moments, Numbers, Timeline
from aval.model.expression import And, Expression, Happened, Name, Not, Or, Ref, Some, Stands
from aval.model.four import Value
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason
from aval.model.term import Term


def scope_of(declared: Declaration, evaluation: Evaluation) -> Scope:
    """Give the scope of a declaration's clauses: an axis for each parameter."""
    axes = {param.name: evaluation.ranges(declared.meta.name, param) for param in params_of(declared)}
    return Scope(declared.meta.name, axes)


def reading_axis(question: str, evaluation: Evaluation) -> Axis | None:
    """Give the axis of the question that a clause stands on, or `None` for a clause that always stands."""
    declared = evaluation.agreements.get(question, Question)
    return None if declared is None else evaluation.question(question, tuple(reading.name for reading in declared.readings))


def whiles(clauses: Sequence[Clause[Expression]], scope: Scope, evaluation: Evaluation) -> Timeline:
    """All conditions that apply; on the other readings of its question a clause asks nothing."""
    parts = []
    for clause in clauses:
        condition, axis = condition_of(clause.item, scope, evaluation), reading_axis(clause.question, evaluation)
        parts.append(condition if axis is None else disjunction([condition, _elsewhere(axis, clause.reading)]))
    return conjunction(parts)


def anys(clauses: Sequence[Clause[Expression]], scope: Scope, evaluation: Evaluation) -> Timeline:
    """Whether one of the conditions holds; on the other readings of its question a clause holds nowhere."""
    parts = []
    for clause in clauses:
        condition, axis = condition_of(clause.item, scope, evaluation), reading_axis(clause.question, evaluation)
        parts.append(condition if axis is None else conjunction([condition, negation(_elsewhere(axis, clause.reading))]))
    return disjunction(parts)


def _elsewhere(axis: Axis, reading: str) -> Timeline:
    """Yes on every other reading of the question, no on this one."""
    others = [(key, ALWAYS, NEVER) for key, value in enumerate(axis.values) if value != reading]
    here = [(key, ALWAYS, NEVER) for key, value in enumerate(axis.values) if value == reading]
    return Timeline(Frame((axis,)), spans(others), spans(here))


def changes(
    clauses: Sequence[Clause[Change]] | Sequence[Clause[Becomes]], scope: Scope, evaluation: Evaluation, *, once: bool = False
) -> Moments:
    """The moments of `from`, `until` and `when` clauses, each under its guard and on its reading; together they are alternatives.

    `once`: of those that come to one instance at one time, one is enough, as it is to change a state.
    """
    columns = [_change(clause, scope, evaluation, once=once) for clause in clauses]
    frame = joined(column.frame for column in columns)
    return join_moments(frame, [spread_moments(column, frame) for column in columns])


def _change(clause: Clause[Change] | Clause[Becomes], scope: Scope, evaluation: Evaluation, *, once: bool) -> Moments:
    wide, names = widened(scope, clause.item, evaluation)
    column = evaluation.moments(clause.item.moment, wide)
    if once and names:
        # whom the guard does not ask about need not be told apart before it: it is read far less often
        free = [name for name in names if name in column.frame.names and not _mentions(clause.item.guard, name)]
        column = evaluation.while_it_stands((scope.owner, id(clause)), column, lambda whole: _apart_in_time(whole, free))
    if clause.item.guard is not None:
        column = guarded_by(column, clause.item.guard, guarding(wide, clause.item.moment, evaluation), evaluation)
    for name in names:
        column = any_moment(column, name) if name in column.frame.names else column
    axis = reading_axis(clause.question, evaluation)
    return column if axis is None else only_on(column, axis, clause.reading)


def _apart_in_time(column: Moments, names: Sequence[str]) -> Moments:
    """Take axes away, and keep one of the occurrences of an instance that come at one time."""
    for name in names:
        column = any_moment(column, name)
    new = np.ones(len(column), np.bool_)
    new[1:] = (column.key[1:] != column.key[:-1]) | (column.hi[1:] != column.hi[:-1]) | (column.lo[1:] != column.lo[:-1])
    return Moments(column.frame, column.key[new], column.lo[new], column.hi[new], column.cause[new])


def _mentions(item: object, name: str) -> bool:
    """Whether a name stands anywhere in an expression."""
    return item == name if isinstance(item, str) else any(_mentions(part, name) for part in parts_of(item))


def condition_of(item: Expression, scope: Scope, evaluation: Evaluation) -> Timeline:
    """Give the column of a condition; what it binds with `some s` is one of any."""
    wide, names = widened(scope, item, evaluation)
    if names and (knowing := evaluation.knowing_others(item, names.values())) is not evaluation:
        evaluation, (wide, names) = knowing, widened(scope, item, knowing)
    column = evaluation.timeline(item, wide)
    for name in names:
        if name in column.frame.names:
            column = some(column, name, closed=evaluation.all_on_axis(names[name]))
    return column


def moment_of(item: Expression, scope: Scope, evaluation: Evaluation) -> Moments:
    """Give the column of a moment; what it binds with `some s` is one of any."""
    wide, names = widened(scope, item, evaluation)
    column = evaluation.moments(item, wide)
    for name in names:
        column = any_moment(column, name) if name in column.frame.names else column
    return column


def widened(scope: Scope, item: object, evaluation: Evaluation) -> tuple[Scope, Mapping[str, str]]:
    """Put the variables that a clause binds with `some s` in sight, and name each with its group."""
    names = dict(_bound(item, evaluation)) if _binds(item) else {}
    if not names:
        return scope, names
    return replace(scope, axes={**scope.axes, **{name: evaluation.axis(name, group) for name, group in names.items()}}), names


def _binds(item: object) -> bool:
    """Whether `some s` stands in a clause; looked for once, since the rules of a knot are worked out again and again."""
    known = _BINDS.get(id(item))
    if known is None or known[0] is not item:
        if len(_BINDS) >= _MOST:
            _BINDS.clear()
        known = _BINDS[id(item)] = (item, _has_some(item))
    return known[1]


_MOST = 4096
_BINDS: dict[int, tuple[object, bool]] = {}
"""The items, which it keeps alive, by their identity: to hash one is to walk through it."""


def _has_some(item: object) -> bool:
    return isinstance(item, Some) or any(map(_has_some, parts_of(item)))


def _bound(item: object, evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    if isinstance(item, Ref):
        declared = evaluation.agreements.declarations.get(item.name)  # an offer is not declared under its name
        params = params_of(declared) if declared is not None else ()
        for arg, param in zip(item.args, params, strict=False):
            if isinstance(arg, Some):
                yield arg.text, param.group
    for part in parts_of(item):
        yield from _bound(part, evaluation)


def only_on(column: Moments, axis: Axis, reading: str) -> Moments:
    """Keep occurrences on one reading of a question."""
    frame = joined([column.frame, Frame((axis,))])
    wide = spread_moments(column, frame)
    keep = [frame.point(key)[axis.name] == reading for key in wide.key.tolist()]
    return moments(frame, wide.key[keep], wide.lo[keep], wide.hi[keep], wide.cause[keep])


def guarded(column: Moments, guard: Timeline, *, kept: bool = False) -> Moments:
    """Read a condition just before each occurrence (2.5): no drops it, open makes it only possible, a denied yes makes it disputed.

    `kept`: what is dropped stays as told never to come.
    """
    frame = joined([column.frame, guard.frame])
    wide = spread_moments(column, frame)
    rows = _rows(wide)
    return _judged(wide, seen(guard, places(rows.frame, rows.key, guard.frame.axes, {}, runs=guard.frame.runs), rows), rows, kept=kept)


def guarded_by(column: Moments, guard: Expression, scope: Scope, evaluation: Evaluation) -> Moments:
    """Read a guard just before each occurrence, and only there where its parts can be."""
    rows = _rows(column)
    if not _readable(guard, scope, rows, evaluation):
        return guarded(column, evaluation.timeline(guard, scope))
    return _judged(column, evaluation.timeline(guard, replace(scope, rows=rows)), rows)


def _rows(column: Moments) -> Rows:
    """Look just before each occurrence, over the whole stretch in which it may lie; one that is only possible may come at any time."""
    first, last = np.minimum(column.lo, column.hi), np.maximum(column.lo, column.hi)
    return Rows(column.frame, column.key, *(np.where(time > ALWAYS, time, ALWAYS + 1) - 1 for time in (first, last)))


def _readable(guard: Expression, scope: Scope, rows: Rows, evaluation: Evaluation) -> bool:
    """Whether a condition can be read at occurrences alone: it is about declared states and events of theirs, on every reading."""
    if isinstance(guard, And | Or):
        return all(_readable(item, scope, rows, evaluation) for item in guard.items)
    if isinstance(guard, Not):
        return _readable(guard.item, scope, rows, evaluation)
    ref = guard.item if isinstance(guard, Happened | Stands) else guard
    if not isinstance(ref, Ref) or not all(isinstance(arg, Name) for arg in ref.args):
        return False
    declared = evaluation.agreements.declarations[ref.name]
    if any(arg.text in scope.axes and arg.text not in rows.frame.names for arg in ref.args if isinstance(arg, Name)):
        return False
    if isinstance(guard, Happened):
        return isinstance(declared, Event)
    if isinstance(guard, Stands):
        return isinstance(declared, State) and _plain(evaluation.words(ref.name)[guard.words[0]])
    return isinstance(declared, State | Duty | Power) and _plain(evaluation.state(ref.name))


def _plain(column: Timeline) -> bool:
    return not any(axis.is_question for axis in column.frame.axes)


def _judged(column: Moments, guard: Timeline, rows: Rows, *, kept: bool = False) -> Moments:
    told, denied = throughout(guard.yes, rows), somewhere(guard.no, rows)
    dropped = ~told & throughout(guard.no, rows)
    lo, hi = np.where((told & denied) | dropped, NEVER, column.lo), np.where(told, column.hi, NEVER)
    here = np.ones(len(lo), np.bool_) if kept else ~dropped
    return moments(column.frame, column.key[here], lo[here], hi[here], column.cause[here])


def over(declared: Declaration, timeline: Timeline, evaluation: Evaluation) -> Timeline:
    """Spread a column over all parameters of its declaration."""
    scope = scope_of(declared, evaluation)
    return spread(timeline, joined([Frame(tuple(scope.axes.values())), timeline.frame]))


def members_only(declared: Declaration, timeline: Timeline, evaluation: Evaluation) -> Timeline:
    """A rule over `g: coalition` is about members: whoever is told to be outside has a no, and who may be a member is open."""
    parts = [timeline]
    for param in params_of(declared):
        if not evaluation.closed(param.group) or param.group in evaluation.agreements.tables:
            column, axis = evaluation.membership(param.group), evaluation.ranges(declared.meta.name, param)
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
    found = []
    for clause in clauses:
        if (here := _standing(clause, point, evaluation)) is None:
            continue
        wide, names = widened(scope, clause.item, evaluation)
        there = _witness(here, names, evaluation.column(clause.item, wide)) if names else here
        items = clause.item.items if isinstance(clause.item, And) else (clause.item,)
        found += [marked(evaluation.reason(item, wide, there), clause) for item in items]
    return found


def _witness(point: Point, names: Mapping[str, str], column: Timeline | Moments | Numbers) -> Point:
    """Name those whom a clause's `some s` is true of at a point, or who came last; what is true of nobody stays without a name."""
    if isinstance(column, Numbers):
        return point
    keys = [key for key in _spoken(column) if _fits(column.frame.point(key), point)]
    if isinstance(column, Moments):
        come = [(hi, key) for key in keys for _, hi in column.of(key) if hi <= point.at]
        best = max(come)[1] if come else None
    else:
        best = next((key for key in keys if covers(column.yes, key, point.at)), None)
    if best is None:
        return point
    found = column.frame.point(best)
    return replace(point, values={**point.values, **{name: found[name] for name in names if name in found}})


def _spoken(column: Timeline | Moments) -> list[int]:
    keys = column.key if isinstance(column, Moments) else column.yes.key
    return list(dict.fromkeys(keys.tolist()))


def _fits(values: Mapping[str, str], point: Point) -> bool:
    return all(point.values.get(name, value) == value for name, value in values.items())


def _standing(clause: Clause[Expression] | Clause[Change] | Clause[Becomes], point: Point, evaluation: Evaluation) -> Point | None:
    """Give the point at which to explain a clause: on its own reading if all are shown, nowhere if it does not stand on the point's."""
    axis = reading_axis(clause.question, evaluation)
    if axis is None:
        return point
    if point.branches:
        return point.on(clause.question, clause.reading) if clause.reading in axis.values else None
    return point if point.values.get(axis.name) == clause.reading else None


def change_reasons(
    word: str, clauses: Sequence[Clause[Change]] | Sequence[Clause[Becomes]], scope: Scope, point: Point, evaluation: Evaluation
) -> list[Reason]:
    """Explain the changes that stand on the point's readings, each opened by its word."""
    reasons = []
    for clause in clauses:
        here = _standing(clause, point, evaluation)
        if here is None:
            continue
        wide, names = widened(scope, clause.item, evaluation)
        if names:
            here = _witness(here, names, evaluation.moments(clause.item.moment, wide))
        part = evaluation.reason(clause.item.moment, wide, here)
        guard = clause.item.guard
        before = part.since or part.by
        there = replace(here, at=before - 1) if before is not None else here
        guards = () if guard is None else (evaluation.reason(guard, guarding(wide, clause.item.moment, evaluation), there),)
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


def marked(reason: Reason, clause: Clause[Expression] | Clause[Change] | Clause[Becomes]) -> Reason:
    """Say on which reading a line of an explanation stands, and where its clause is."""
    return replace(reason, span=clause.span, question=clause.question, reading=clause.reading)


def derived(declared: Declaration, term: Term, timeline: Timeline, point: Point, parts: Sequence[Reason], note: str = "") -> Reason:
    """Explain a derived value by its parts."""
    now = look(timeline, point.values, point.at)
    deciding = [part for part in parts if part.value is now.value]
    carried = all(part.mode is Mode.CARRIED for part in deciding) if deciding else now.carried
    return Reason(
        text=str(term),
        term=str(term),
        value=now.value,
        mode=Mode.CARRIED if carried else Mode.DERIVED,
        since=now.exactly,
        by=now.by,
        note=note,
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        parts=tuple(parts),
    )


def relax_whiles(clauses: Sequence[Clause[Expression]], scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for all conditions that apply, or that one of them does not hold."""
    parts = [_relaxed(clause, scope, wish, relaxing) for clause in clauses if relaxing.stands(clause.question, clause.reading)]
    return (every_of if wish.yes else any_of)(parts)


def relax_anys(clauses: Sequence[Clause[Expression]], scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for one of the conditions, or that none of them holds."""
    parts = [_relaxed(clause, scope, wish, relaxing) for clause in clauses if relaxing.stands(clause.question, clause.reading)]
    return (any_of if wish.yes else every_of)(parts)


def _relaxed(clause: Clause[Expression], scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for a condition; of what it binds with `some s`, for one of any."""
    asked = replace(wish, span=clause.span)
    wide, names = widened(scope, clause.item, relaxing.evaluation)
    parts = [relaxing.condition(clause.item, wide, asked.of(values)) for values in _choices(wish.values, names, wide)]
    return (any_of if wish.yes else every_of)(parts)


def _choices(values: Mapping[str, str], names: Mapping[str, str], scope: Scope) -> list[dict[str, str]]:
    chosen = product(*(scope.axes[name].values for name in names))
    return [{**values, **dict(zip(names, one, strict=True))} for one in chosen]


def relax_moments(clauses: Sequence[Clause[Expression]], scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for one of the moments that stand on the reading."""
    parts = []
    for clause in clauses:
        if relaxing.stands(clause.question, clause.reading):
            wide, names = widened(scope, clause.item, relaxing.evaluation)
            asked = replace(wish, span=clause.span)
            parts += [relaxing.moment(clause.item, wide, asked.of(values)) for values in _choices(wish.values, names, wide)]
    return (any_of if wish.yes else every_of)(parts)


def relax_changes(clauses: Sequence[Clause[Change]] | Sequence[Clause[Becomes]], scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask for one of the moments, each under its guard, which is read just before it."""
    parts = []
    for clause in clauses:
        if relaxing.stands(clause.question, clause.reading):
            wide, names = widened(scope, clause.item, relaxing.evaluation)
            asked = replace(wish, span=clause.span)
            parts += [_relaxed_change(clause.item, wide, asked.of(values), relaxing) for values in _choices(wish.values, names, wide)]
    return any_of(parts)


def _relaxed_change(item: Change | Becomes, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
    moment = relaxing.moment(item.moment, scope, wish)
    if item.guard is None:
        return moment
    come = None if relaxing.timeless else relaxing.when(item.moment, scope, wish)
    before = replace(wish, by=wish.by if come is None else come - 1, since=ALWAYS)
    return then(relaxing.condition(item.guard, guarding(scope, item.moment, relaxing.evaluation), before), moment)


def relax_members(declared: Declaration, wish: Wish, relaxing: Relaxation) -> Formula:
    """Ask that whoever a rule over a group is about belongs to it; or that somebody does not."""
    evaluation = relaxing.evaluation
    asked = [one for one in params_of(declared) if not evaluation.closed(one.group) or one.group in evaluation.agreements.tables]
    parts = [relaxing.member(param.group, wish.values[param.name], wish) for param in asked]
    return (every_of if wish.yes else any_of)(parts)
