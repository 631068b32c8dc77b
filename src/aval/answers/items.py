"""The lines of the board, one maker for each kind of declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import product

from aval.answers.because import because, evidence, missing, on_record
from aval.answers.citing import amount, cite_all, in_order, voice_of
from aval.answers.inquiry import Inquiry
from aval.answers.naming import label_of
from aval.answers.readings import Spread, spread
from aval.answers.shapes import Cited, Item, Unanswered
from aval.answers.unanswered import answered
from aval.engine.amounts import as_amount, value_of
from aval.engine.domains import MEMBER
from aval.engine.lookup import Seen, look, moment_at
from aval.engine.protocol import Point, Scope
from aval.engine.rules import ban, duty, power, quantity, state
from aval.engine.rules.clauses import clause_reasons
from aval.model.agreement import (
    Ban,
    Contribution,
    Declaration,
    Duty,
    Event,
    Group,
    Moment,
    Power,
    Process,
    Quantity,
    State,
    params_of,
)
from aval.model.claims import Claims, ids_of, merged
from aval.model.columns import UNTOLD
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER
from aval.model.reason import Mode, Reason
from aval.model.statement import Grade, Rung, Statement
from aval.model.term import Term

FROM_THE_START = "from the start"
"""since when a value holds that never began"""
NOT_SET = "not set"
"""the value of a moment that nothing told has set"""
KINDS: Mapping[type[Declaration], str] = {
    State: "state",
    Process: "process",
    Moment: "moment",
    Event: "event",
    Duty: "duty",
    Ban: "ban",
    Power: "power",
    Quantity: "quantity",
    Group: "group",
}


@frozen(kw_only=True)
class _Found:
    """What an item needs beside its declaration."""

    spread: Spread
    reason: Reason
    seen: Seen | None = None
    dates: Mapping[str, str] = field(default_factory=dict)
    """since when the value holds on each reading, where all readings agree on the value and not on that"""
    times: int = 1
    """how many dates a moment is told to have"""


def board(inquiry: Inquiry) -> tuple[tuple[Item, ...], tuple[Unanswered, ...]]:
    """Give every line of the board that can be answered, in the order of the text, contributions last; and what cannot be."""
    wanted = [declared for declared in inquiry.world.agreements.declarations.values() if type(declared) in KINDS]
    found, unanswered = answered(wanted, inquiry, lambda declared: _items(declared, inquiry))
    written = {Term("offer", (one.party, one.domain)): one for one in inquiry.world.agreements.of(Contribution)}

    def written_down(one: Contribution) -> list[Item]:
        return [contribution(Term("offer", (one.party, one.domain)), one, inquiry)]

    offers, others = answered([*written.values()], inquiry, written_down)
    rest = [contribution(term, None, inquiry) for term in inquiry.world.standings if term not in written]
    in_order = sorted((*offers, *rest), key=lambda item: Term(item.name, item.args))
    return (*found, *in_order), (*unanswered, *others)


_MEMBERSHIP = re.compile(r"\S+ in \w+: open")


def may_belong(item: Item) -> bool:
    """Whether it is open if the one that a line is about belongs to those whom it is about."""
    return any(_MEMBERSHIP.fullmatch(condition) for condition in item.missing)


def items(inquiry: Inquiry) -> tuple[Item, ...]:
    """Give every line of the board that can be answered."""
    return board(inquiry)[0]


def _items(declared: Declaration, inquiry: Inquiry) -> Iterator[Item]:
    if isinstance(declared, Quantity):
        yield from _quantities(declared, inquiry)
    elif isinstance(declared, Group):
        yield from _members(declared, inquiry)
    else:
        for term in terms(declared, inquiry):
            yield item(declared, term, inquiry)


def terms(declared: Declaration, inquiry: Inquiry) -> list[Term]:
    """Give the terms to show: all instances of what is derived, only those that somebody spoke of where statements decide."""
    name, params = declared.meta.name, params_of(declared)
    if not params:
        return [Term(name)]
    spoken = inquiry.world.terms_of(name)
    if isinstance(declared, Event) or (isinstance(declared, State) and declared.reported):
        return sorted(spoken)
    axes = [
        [value for value in inquiry.world.axis(param.name, param.group).values if _possible(value, param.group, inquiry)]
        for param in params
    ]
    return [Term(name, args) for args in product(*axes)]


def _possible(value: str, group: str, inquiry: Inquiry) -> bool:
    """Whether a name may belong to a group; who is told to be outside it gets no line, and can still be asked about."""
    return look(inquiry.world.membership(group), {MEMBER: value}, inquiry.at).value is not Value.NO


def item(declared: Declaration, term: Term, inquiry: Inquiry) -> Item:
    """Make the line of one term."""
    world = inquiry.world
    values = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
    found, dates = spreads(declared, term, inquiry)
    point = Point({**values, **found.points[0][1]}, inquiry.at, branches=found.value is not None)
    reason, seen = world.reason_of(term, point), seen_at(declared, point, inquiry)
    times = _times(term, point, inquiry) if isinstance(declared, Moment) else 1
    return _line(declared, term, _Found(spread=found, reason=reason, seen=seen, dates=dates.by_reading, times=times), inquiry)


def spreads(declared: Declaration, term: Term, inquiry: Inquiry) -> tuple[Spread, Spread]:
    """Give the value of a term across readings, and since when it has it: readings may agree on the one and not on the other."""
    values = dict(zip((param.name for param in params_of(declared)), term.args, strict=True))
    axes = inquiry.world.questions_of(term.name)

    def value_at(readings: Mapping[str, str]) -> str:
        return word(declared, term, Point({**values, **readings}, inquiry.at), inquiry)

    def begun_at(readings: Mapping[str, str]) -> str:
        return _begun(seen_at(declared, Point({**values, **readings}, inquiry.at), inquiry), inquiry)

    found = spread(axes, value_at)
    agreed = found.value is not None and not isinstance(declared, Moment)
    return found, spread(axes if agreed else (), begun_at if agreed else lambda _: "")


def _begun(seen: Seen | None, inquiry: Inquiry) -> str:
    """Write since when a value holds: a date, or the dates between which that lies."""
    if seen is None or seen.since is None:
        return FROM_THE_START
    if seen.exactly is not None:
        return str(inquiry.date(seen.exactly))
    lo, hi = inquiry.date(seen.earliest), str(inquiry.date(seen.since))
    return f"by {hi}" if lo is None else hi[:10] if lo[:10] == hi[:10] else f"{lo} to {hi}"


def _times(term: Term, point: Point, inquiry: Inquiry) -> int:
    found = moment_at(inquiry.world.occurrences(term.name), point.values, inquiry.at)
    return max(1, found[1]) if found else 1


def word(declared: Declaration, term: Term, point: Point, inquiry: Inquiry) -> str:
    """Give the value of a term as its word: a value, a phase, or a date."""
    world = inquiry.world
    if isinstance(declared, Duty):
        return duty.phase(declared, point, world).phase.value
    if isinstance(declared, Ban):
        return ban.word(declared, point, world)
    if isinstance(declared, Power):
        return power.word(declared, point, world)
    if isinstance(declared, Moment):
        found = moment_at(world.occurrences(term.name), point.values, inquiry.at)
        return NOT_SET if found is None else _range(found[0], inquiry)
    if isinstance(declared, State) and declared.values:
        return state.value_of(declared, point, world)[0]
    seen = seen_at(declared, point, inquiry)
    return seen.value.value if seen else "open"


def _range(found: tuple[int, int], inquiry: Inquiry) -> str:
    """Write where a moment lies; of one that is only possible, the day before which it cannot come."""
    if found[1] < found[0]:
        return Value.CONTESTED.value
    lo, hi = (inquiry.date(end) for end in found)
    if found[1] == NEVER:
        return NOT_SET if found[0] in (ALWAYS, NEVER) else f"not before {lo}"
    return str(lo) if lo == hi else f"by {hi}" if found[0] == ALWAYS else f"{lo} to {hi}"


def seen_at(declared: Declaration, point: Point, inquiry: Inquiry) -> Seen | None:
    """Read the value of a term at a point, and since when it has it; `None` for a moment."""
    if isinstance(declared, Duty):
        return duty.phase(declared, point, inquiry.world).seen
    if isinstance(declared, Ban):
        return ban.standing(declared, point, inquiry.world)[1]
    if isinstance(declared, Power):
        return power.standing(declared, point, inquiry.world)[1]
    if isinstance(declared, State) and declared.values:
        return state.value_of(declared, point, inquiry.world)[1]
    if isinstance(declared, Event):
        return look(inquiry.world.happened(declared.meta.name), point.values, point.at)
    return None if isinstance(declared, Moment) else look(inquiry.world.state(declared.meta.name), point.values, point.at)


def _line(declared: Declaration, term: Term, found: _Found, inquiry: Inquiry) -> Item:
    reason, seen, meta = found.reason, found.seen, declared.meta
    basis = merged(evidence(reason), inquiry.world.claims)
    direct = cite_all(reason.statements, inquiry)
    since = seen.exactly if seen is not None else reason.since
    depends = found.spread.value is None
    return Item(
        term=str(term),
        kind=KINDS[type(declared)],
        name=term.name,
        args=term.args,
        label=label_of(declared, term, inquiry),
        value=found.spread.value,
        by_reading=found.spread.by_reading,
        mode=_mode(reason, inquiry).value,
        since=None if depends or found.dates else inquiry.date(since),
        since_by_reading=found.dates,
        bounds=None
        if depends or found.dates or seen is None or seen.earliest == seen.since
        else (inquiry.date(seen.earliest), inquiry.date(seen.since)),
        times=found.times,
        last_told=inquiry.date(reason.last_told),
        because=f"depends on {' and '.join(found.spread.questions)}"
        if depends
        else _because(found, direct, norm=isinstance(declared, Duty | Ban)),
        source=source_of(reason, basis, inquiry),
        clause=inquiry.clause(meta.span),
        agreement=meta.agreement,
        heading=meta.heading,
        anonymous=basis.all_anonymous,
        low=basis.all_low,
        firmness=firmness(term, inquiry),
        force=tuple(force.value for force in getattr(declared, "force", ())),
        cited=direct,
        missing=missing(reason),
    )


_SHOWN_BY_RECORD = frozenset({"discharged", "waived", "lapsed", "suspended", "breached", ban.FOUND, ban.PROPOSED, ban.ALLEGED})


def _because(found: _Found, direct: Sequence[Cited], *, norm: bool) -> str:
    """Say in one line why: of a norm that has been ended, suspended or broken, by what."""
    reason = found.reason
    record = on_record(reason) if found.spread.value in _SHOWN_BY_RECORD else ""
    stands = norm and reason.value is Value.YES and all(part.ends and not part.value.told_yes for part in reason.parts)
    return record or ("nothing has ended it" if stands else because(reason, direct))


def _mode(reason: Reason, inquiry: Inquiry) -> Mode:
    """Beyond what was known, whatever stands only by inertia is projected."""
    projected = inquiry.at > inquiry.world.known and reason.mode in (Mode.CARRIED, Mode.DERIVED)
    return Mode.PROJECTED if projected else reason.mode


def source_of(reason: Reason, basis: Claims, inquiry: Inquiry) -> str:
    """Name the place that a value rests on most: the first statement that counts, else the clause's own anchor, else the clause."""
    if basis:
        return str(basis[0].anchor)
    return str(reason.anchors[0]) if reason.anchors else inquiry.clause(reason.span)


def firmness(term: Term, inquiry: Inquiry) -> str | None:
    """Give the firmest that a source above grade low has put a term, whether or not that counts."""
    found = inquiry.world.firmest.get(term)
    return found.value if found else None


def _quantities(declared: Quantity, inquiry: Inquiry) -> Iterator[Item]:
    for term in sorted(inquiry.world.terms_of(declared.meta.name)) or ([] if declared.params else [Term(declared.meta.name)]):
        counted, alleged = inquiry.world.said_of(term)
        ends = quantity.at(declared, term, inquiry.at, inquiry.world)
        found = value_of(ends)
        value = found.value if found is Value.CONTESTED or ends == UNTOLD else amount(as_amount(ends, declared.unit))
        note = "" if counted else "what was said of it does not count" if alleged else "nobody has told it"
        reason = Reason(
            text=str(term),
            term=str(term),
            value=found if found is Value.CONTESTED else Value.OPEN if ends == UNTOLD else Value.YES,
            mode=Mode.TOLD if counted else Mode.UNTOLD,
            note=note,
            span=declared.meta.span,
            anchors=declared.meta.anchors,
            statements=ids_of(counted),
            alleged=alleged,
        )
        single = Spread(value=value, by_reading={}, questions=(), points=(("", {}),))
        yield _line(declared, term, _Found(spread=single, reason=reason), inquiry)


def _members(declared: Group, inquiry: Inquiry) -> Iterator[Item]:
    """One line for each claim of membership, and one for a group known by its size."""
    world, name = inquiry.world, declared.meta.name
    for term in sorted(world.terms_of(name)):
        point = Point({MEMBER: term.args[0]}, inquiry.at)
        seen = look(world.membership(name), point.values, point.at)
        single = Spread(value=seen.value.value, by_reading={}, questions=(), points=(("", {}),))
        yield _line(declared, term, _Found(spread=single, reason=world.reason_of(term, point), seen=seen), inquiry)


def contribution(term: Term, declared: Contribution | None, inquiry: Inquiry) -> Item:
    """Make the line of one contribution: its rung, how much, where, and on which conditions."""
    counted, alleged = inquiry.world.said_of(term)
    standing = inquiry.world.standings.get(term)
    stretch = standing.at(inquiry.at) if standing else None
    rungs = stretch[1] if stretch else frozenset()
    latest = in_order(counted, inquiry)[-1:] or in_order([inquiry.statements[item.statement] for item in alleged], inquiry)[-1:]
    return Item(
        term=str(term),
        kind="contribution",
        name=term.name,
        args=term.args,
        label=declared.meta.label if declared and declared.meta.label else f"{term.args[1]}",
        value=_rung(rungs),
        mode=(Mode.CARRIED if counted else Mode.UNTOLD).value,
        since=inquiry.date(stretch[0]) if stretch else None,
        because=_offer_because(latest, inquiry, has_counted=bool(counted)),
        source=str(latest[0].anchor) if latest else str(declared.meta.anchors[0]) if declared and declared.meta.anchors else "",
        clause=inquiry.clause(declared.meta.span) if declared else "",
        agreement=declared.meta.agreement if declared else "",
        heading=declared.meta.heading if declared else "",
        anonymous=bool(latest) and all(statement.anonymous for statement in (counted or latest)),
        low=not counted and bool(latest) and all(statement.grade is Grade.LOW for statement in latest),
        cited=cite_all((statement.id for statement in counted), inquiry),
        missing=tuple(dict.fromkeys((*(words for statement in counted for words in statement.conditions), *_written(declared, inquiry)))),
    )


def _written(declared: Contribution | None, inquiry: Inquiry) -> list[str]:
    """Give the conditions that the agreement writes down for a contribution and that do not hold, each with its value."""
    if declared is None:
        return []
    point = Point({}, inquiry.at, branches=True)
    reasons = clause_reasons(declared.conditions, Scope(declared.meta.name, {}), point, inquiry.world)
    return [f"{reason.text}: {reason.value.value}" for reason in reasons if reason.value is not Value.YES]


def _rung(rungs: frozenset[Rung]) -> str:
    return next(iter(rungs)).value if len(rungs) == 1 else "contested" if rungs else "open"


def _offer_because(latest: list[Statement], inquiry: Inquiry, *, has_counted: bool) -> str:
    if not latest:
        return "nobody has spoken of it"
    statement = latest[0]
    voice = voice_of(statement, inquiry)
    said = ", ".join(part for part in (voice, statement.form.value, statement.said[:10], amount(statement.amount)) if part)
    rung = statement.rung.value if statement.rung else ""
    return said if has_counted else f"only {rung}, and it does not count: {said}"
