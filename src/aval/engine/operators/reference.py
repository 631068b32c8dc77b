"""A declared name used as a condition or as a moment: `ceasefire`, `committed(g)`, `deposit(any)` (semantics 2.5)."""

from __future__ import annotations

from aval.engine.amounts import rebase_numbers
from aval.engine.frames import any_moment, bring, bring_moments, joined, some, source_keys
from aval.engine.lookup import look
from aval.engine.protocol import Evaluation, Point, Relaxation, Scope, Wish
from aval.engine.relaxed import Formula, any_of, every_of
from aval.engine.sampling import places, seen
from aval.model.agreement import Agreements, Event, Moment, Power, Quantity, params_of
from aval.model.claims import Chained, ids_of
from aval.model.columns import Axis, Frame, Moments, Numbers, Timeline
from aval.model.expression import Any, Count, Expression, Happened, HappenedIn, Name, Ref, Share, Some, Total, Weight
from aval.model.four import Value
from aval.model.instant import NEVER, Instant
from aval.model.reason import Mode, Reason
from aval.model.term import Term

ANY = "any"
MOMENTS = (Event, Moment, Power)
"""What a name stands for as a moment; that of a power for its valid exercise."""


class _Reference:
    node = Ref

    def compute(self, node: Ref, scope: Scope, evaluation: Evaluation) -> Timeline | Moments | Numbers:
        if isinstance(evaluation.agreements.declarations[node.name], Quantity):
            numbers = evaluation.quantity(node.name)
            target, picks = _picks(node, scope, evaluation, numbers.frame)
            return rebase_numbers(numbers, target, source_keys(numbers.frame, target, picks))
        if isinstance(evaluation.agreements.declarations[node.name], MOMENTS):
            return moments_of(node, evaluation.occurrences(node.name), scope, evaluation)
        return instances(node, evaluation.state(node.name), scope, evaluation)

    def explain(self, node: Ref, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
        term = term_of(node, point)
        if isinstance(declared := evaluation.agreements.declarations[node.name], Power):
            return _exercise(node, declared, scope, point, evaluation)
        return explain_any(node, scope, point, evaluation) if ANY in term.args else evaluation.reason_of(term, point)

    def relax(self, node: Ref, scope: Scope, wish: Wish, relaxing: Relaxation) -> Formula:
        declared = relaxing.evaluation.agreements.declarations[node.name]
        relax = relaxing.happening if isinstance(declared, MOMENTS) else relaxing.term
        return (any_of if wish.yes else every_of)([relax(term, wish) for term in relaxing.instances(node, wish)])


def _exercise(node: Ref, declared: Power, scope: Scope, point: Point, evaluation: Evaluation) -> Reason:
    """Explain the valid exercise of a power: the deed, and whether the power was available just before."""
    term = term_of(node, point)
    column = moments_of(node, evaluation.occurrences(node.name), scope, evaluation)
    key = column.frame.key(point.values)
    rows = [] if key is None else column.of(key)
    lo, hi = (min((row[side] for row in rows), default=NEVER) for side in (0, 1))
    own = Scope(node.name, {param.name: evaluation.axis(param.name, param.group) for param in declared.params})
    values = {**point.values, **dict(zip(own.axes, term.args, strict=True))}
    deed = evaluation.reason(declared.deed, own, Point(values, point.at, point.branches))
    came = deed.since or deed.by
    before = Point(values, point.at if came is None else came - 1, point.branches)
    parts = (deed,) if ANY in term.args else (deed, evaluation.reason_of(term, before))
    return Reason(
        text=f"valid exercise of {term}",
        term=str(term),
        value=Value.of(yes=hi <= point.at, no=bool(rows) and point.at < lo),
        mode=Mode.DERIVED,
        since=hi if hi <= point.at else None,
        span=node.span,
        parts=parts,
    )


def explain_any(
    node: Ref,
    scope: Scope,
    point: Point,
    evaluation: Evaluation,
    *,
    day: Instant | None = None,
    left_out: frozenset[str] = frozenset(),
) -> Reason:
    """Explain a reference with `any` by the instances that somebody spoke of, but for those of names that are left out.

    With `day`, only those that came at that instant are named.
    """
    declared, term = evaluation.agreements.declarations[node.name], term_of(node, point)
    event = isinstance(declared, MOMENTS)
    column = evaluation.happened(node.name) if event else evaluation.state(node.name)
    now = look(instances(node, column, scope, evaluation), point.values, point.at)
    spoken = [
        one for one in evaluation.terms_of(node.name) if all(want in (ANY, arg) for want, arg in zip(term.args, one.args, strict=True))
    ]
    free = [place for place, want in enumerate(term.args) if want == ANY]
    spoken = [one for one in spoken if left_out.isdisjoint(one.args[place] for place in free)]
    if day is not None:
        spoken = [one for one in spoken if _came(one, evaluation, day)]
    said = [evaluation.said_of(one) for one in spoken]
    counted = Chained([ids_of(statements) for statements, _ in said])
    told = bool(counted) and now.value is not Value.OPEN  # what was told of a later time alone leaves it open here
    return Reason(
        text=str(term),
        term=str(term),
        value=now.value,
        mode=Mode.TOLD if told else Mode.UNTOLD,
        since=now.since if told else None,
        note="" if told else "nobody has told one by then" if counted else "nobody has told one",
        span=declared.meta.span,
        anchors=declared.meta.anchors,
        statements=counted,
        alleged=Chained([alleged for _, alleged in said]),
    )


def _came(term: Term, evaluation: Evaluation, day: Instant) -> bool:
    column = evaluation.occurrences(term.name)
    key = column.frame.key(dict(zip(column.frame.names, term.args, strict=False)))
    return key is not None and any(hi == day for _, hi in column.of(key))


def moments_of(node: Ref, column: Moments, scope: Scope, evaluation: Evaluation) -> Moments:
    """Bring a declared moment's column onto the variables of a reference; `any` takes the occurrences of every instance."""
    target, picks = _picks(node, scope, evaluation, column.frame)
    result = bring_moments(column, target, picks)
    for name, _ in _any_axes(node, evaluation):
        result = any_moment(result, name)
    return result


def instances(node: Ref, column: Timeline, scope: Scope, evaluation: Evaluation) -> Timeline:
    """Bring a declared condition's column onto the variables of a reference; `any` asks whether it is so for some."""
    return folded(node, unfolded(node, column, scope, evaluation), evaluation)


def unfolded(node: Ref, column: Timeline, scope: Scope, evaluation: Evaluation) -> Timeline:
    """Bring a declared condition's column onto the variables of a reference, with an axis of its own for each `any`."""
    target, picks = _picks(node, scope, evaluation, column.frame)
    if scope.rows is not None:
        return seen(column, places(scope.rows.frame, scope.rows.key, column.frame.axes, picks, runs=column.frame.runs), scope.rows)
    return bring(column, target, picks)


def folded(node: Ref, column: Timeline, evaluation: Evaluation) -> Timeline:
    """Take the axes of each `any` away: whether it is so for some."""
    for name, group in _any_axes(node, evaluation):
        column = some(column, name, closed=evaluation.all_on_axis(group))
    return column


def term_of(node: Ref, point: Point) -> Term:
    """Fill a reference's variables in with the point's names; `any` stays, and `some s` is one of any where the point names none."""
    return Term(node.name, tuple(_filled(arg, point) for arg in node.args))


def _filled(arg: Name | Any, point: Point) -> str:
    if isinstance(arg, Some):
        return point.values.get(arg.text, ANY)
    return point.values.get(arg.text, arg.text) if isinstance(arg, Name) else ANY


def _picks(node: Ref, scope: Scope, evaluation: Evaluation, source: Frame) -> tuple[Frame, dict[str, str | Axis]]:
    """Say for each axis of the declared column where this reference takes it from, and the frame that results."""
    picks: dict[str, str | Axis] = {}
    axes: list[Axis] = []
    for place, (arg, param) in enumerate(zip(node.args, params_of(evaluation.agreements.declarations[node.name]), strict=True)):
        if isinstance(arg, Name) and arg.text not in scope.axes:
            picks[param.name] = arg.text
            continue
        axis = scope.axes[arg.text] if isinstance(arg, Name) else evaluation.axis(_any_name(place), param.group)
        picks[param.name] = axis
        axes.append(axis)
    questions = [axis for axis in source.axes if axis.is_question]
    return joined([Frame((*axes, *questions), source.runs)]), picks


def _any_axes(node: Ref, evaluation: Evaluation) -> list[tuple[str, str]]:
    params = params_of(evaluation.agreements.declarations[node.name])
    return [(_any_name(place), params[place].group) for place, arg in enumerate(node.args) if isinstance(arg, Any)]


def groups_of(node: Expression, agreements: Agreements) -> tuple[str, ...]:
    """Give the groups of whose members a condition or a number asks which of them, or how many."""
    match node:
        case Count() | Share() | Weight() | Total():
            return (node.binding.group,)
        case Happened(item=Ref() as ref) | HappenedIn(item=Ref() as ref) | (Ref() as ref) if any(isinstance(arg, Any) for arg in ref.args):
            params = params_of(agreements.declarations[ref.name])
            return tuple(param.group for arg, param in zip(ref.args, params, strict=True) if isinstance(arg, Any))
        case _:
            return ()


def _any_name(place: int) -> str:
    return f"any {place}"


REFERENCE = _Reference()
