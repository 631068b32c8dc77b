"""Boundary instants that two clauses treat differently: the last day of the one is the first day of the other, or belongs to neither."""

from __future__ import annotations

from collections.abc import Iterator

from aval.answers.drafting.desk import Desk, awake, stands, told
from aval.answers.explore.acts import nodes
from aval.language.problems import quote
from aval.model import expression as ex
from aval.model.agreement import Agreements, Ban, Declaration, Duty, Moment, State
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.problem import Code, Problem, Severity, Span

CODE = Code(
    code="AV713",
    title="A boundary day that two clauses treat differently",
    what="One clause takes a day in (`by`, `no later than`, `within … days`), and what follows if nothing came begins on that same day; or "
    "one says `before` and the other `after`, so that the day itself belongs to neither.",
    why="What is done on that day is in time by the one clause and too late by the other, or falls between them.",
    bad="duty answer: FRA owes GBR answered\n  no later than 2026-03-10\nstate forfeited\n  from 2026-03-10 unless answered happened",
    good="duty answer: FRA owes GBR answered\n  no later than 2026-03-10\nstate forfeited\n  from 2026-03-11 unless answered happened",
    severity=Severity.WARNING,
)


@frozen()
class _Edge:
    """A clause that draws a line at a moment."""

    declared: Declaration
    moment: str
    side: str
    span: Span
    about: frozenset[str]


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each pair of clauses that draw a line at one day and differ about the day itself."""
    edges = [edge for declared in desk.agreements.declarations.values() for edge in _edges(declared, desk)]
    seen: set[tuple[str, str]] = set()
    for until in (edge for edge in edges if edge.side == "by"):
        for start in (edge for edge in edges if edge.side == "from"):
            key = (until.declared.meta.name, start.declared.meta.name)
            linked = until.about & start.about or until.declared.meta.name in start.about
            if (
                until.moment == start.moment
                and linked
                and key not in seen
                and (until.span != start.span or until.declared is start.declared)
            ):
                seen.add(key)
                yield from _both(until, start, desk)
    for before in (edge for edge in edges if edge.side == "before"):
        for after in (edge for edge in edges if edge.side == "after"):
            if before.moment == after.moment and before.about & after.about and not _covered(before, edges):
                yield _neither(before, after)


def _covered(edge: _Edge, edges: list[_Edge]) -> bool:
    return any(one.side == "by" and one.moment == edge.moment and one.about & edge.about for one in edges)


def _edges(declared: Declaration, desk: Desk) -> Iterator[_Edge]:
    name, agreements = declared.meta.name, desk.agreements
    if isinstance(declared, Duty):
        about = frozenset({name, *(deed.name for deed in declared.deeds)})
        for late in declared.no_laters:
            yield _Edge(declared, _key(late.item, agreements), "by", late.span, about)
        for within in declared.withins:
            if within.item.unit not in (ex.Unit.HOUR, ex.Unit.MINUTE):
                for when in declared.whens:
                    yield _Edge(declared, _key(ex.After(within.item, when.item.moment), agreements), "by", within.span, about)
    for clause in (*getattr(declared, "froms", ()), *getattr(declared, "whens", ()), *getattr(declared, "untils", ())):
        about = frozenset(node.name for node in nodes(clause.item) if isinstance(node, ex.Ref))
        if clause not in getattr(declared, "untils", ()) and _is_day(clause.item.moment, agreements):
            wide = frozenset(one for ref in about for one in (ref, *desk.ground.below.get(ref, ())))
            waits = frozenset(node.name for node in nodes(clause.item.guard) if isinstance(node, ex.Ref)) if clause.item.guard else wide
            yield _Edge(declared, _key(clause.item.moment, agreements), "from", clause.span, waits)
        for node in nodes(clause.item):
            yield from _window(node, declared, clause.span, agreements)
    for clause in getattr(declared, "whiles", ()):
        for node in nodes(clause.item):
            yield from _window(node, declared, clause.span, agreements)


def _window(node: ex.Node, declared: Declaration, span: Span, agreements: Agreements) -> Iterator[_Edge]:
    if isinstance(node, ex.HappenedIn) and isinstance(node.item, ex.Ref):
        side = {ex.Window.BY: "by", ex.Window.BETWEEN: "by", ex.Window.BEFORE: "before", ex.Window.AFTER: "after"}[node.window]
        yield _Edge(declared, _key(node.limits[-1], agreements), side, span, frozenset({node.item.name}))


def _is_day(moment: ex.Expression, agreements: Agreements) -> bool:
    """Whether a moment is a day by its words, and not the start of the day after."""
    match moment:
        case ex.Instant():
            return len(moment.text) == len("2026-01-06")
        case ex.After():
            return moment.duration.unit not in (ex.Unit.HOUR, ex.Unit.MINUTE)
        case ex.Ref():
            declared = agreements.get(moment.name, Moment)
            return declared is not None and len(declared.means) == 1 and _is_day(declared.means[0].item, agreements)
        case _:
            return False


def _key(moment: ex.Expression, agreements: Agreements) -> str:
    """Write a moment so that the same one is written alike: a named moment is what it means."""
    if isinstance(moment, ex.Ref) and not moment.args:
        declared = agreements.get(moment.name, Moment)
        if declared is not None and len(declared.means) == 1 and not declared.becomes and not declared.means[0].question:
            return _key(declared.means[0].item, agreements)
    if isinstance(moment, ex.After):
        return f"{moment.duration} after {_key(moment.item, agreements)}"
    return repr(moment)


def _both(until: _Edge, start: _Edge, desk: Desk) -> Iterator[Problem]:
    """Tell a pair of which a run shows that both stand on the day itself."""
    cast = desk.cast(start.declared)
    wanted = [awake(start.declared, cast)]
    witness = None
    if isinstance(until.declared, Duty) and until.declared is not start.declared:
        own = desk.cast(until.declared)
        witness = desk.find([awake(until.declared, own), stands(until.declared, own, "overdue", Value.NO), *wanted])
        if witness is None:
            return
    elif isinstance(start.declared, State | Ban | Duty):
        witness = desk.find(wanted)
    names = quote(start.declared.meta.name), quote(until.declared.meta.name)
    same = until.declared is start.declared
    what = "the time that it gives lasts until the end of that day" if same else f"by {names[1]} there is time until the end of that day"
    message = f"{names[0]} begins with the first instant of a day, and {what}."
    note = ((until.span, "This clause takes the whole day in."),) if until.span != start.span else ()
    hint = "Let the one begin on the day after, or at `midnight after` that day."
    yield told(CODE, message, start.declared, hint, span=start.span, notes=note, example=witness, title="on the boundary day")


def _neither(before: _Edge, after: _Edge) -> Problem:
    one, other = quote(after.declared.meta.name), quote(before.declared.meta.name)
    message = f"{one} asks what came after a day, {other} what came before it: what came on it is neither."
    note = ((before.span, "This clause leaves the day out too."),)
    return told(CODE, message, after.declared, "Write `by` in one of the two: it holds the whole day.", span=after.span, notes=note)
