"""Norms that get into each other's way: a duty to do what is banned, and a penalty that counts twice."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from aval.answers.drafting.desk import Desk, awake, filled, told
from aval.answers.explore.acts import Env, environments, nodes
from aval.language.problems import quote
from aval.model import expression as ex
from aval.model.agreement import Ban, Duty, params_of
from aval.model.problem import Code, Problem, Severity

CONTRARY = Code(
    code="AV710",
    title="Duties that contradict each other",
    what="At one time a party owes a deed, and must not do it: every deed that would meet the duty is one that a ban names.",
    why="Whatever it does, it breaks one of the two.",
    bad="duty patrol(g: coalition): g owes UKR patrols(g)\n  while ceasefire\nban stay_out(g: coalition): g must not patrols(g)\n"
    "  while ceasefire",
    good="duty patrol(g: coalition): g owes UKR patrols(g)\n  while ceasefire\nban stay_out(g: coalition): g must not patrols(g)\n"
    "  while not ceasefire",
    severity=Severity.WARNING,
)
TWICE = Code(
    code="AV711",
    title="A penalty counts twice",
    what="Two duties answer the same lapse of the same party beside each other, and none replaces the other; or one deed meets both a "
    "duty and the penalty for its lapse.",
    why="Either two penalties are owed for one lapse, or one payment settles two debts; the text does not say which.",
    bad="duty pay: GBR owes FRA paid\n  when delivered\n  within 30 days\nduty penalty: GBR owes FRA paid\n"
    "  when beginning of (pay is overdue)",
    good="duty pay: GBR owes FRA paid\n  when delivered\n  within 30 days\nduty penalty: GBR owes FRA penalty_paid\n"
    "  when beginning of (pay is overdue)",
    severity=Severity.WARNING,
)


def check(desk: Desk) -> Iterator[Problem]:
    """Yield a finding for each pair of norms that a run shows in each other's way."""
    duties = list(desk.agreements.of(Duty))
    for duty in duties:
        for ban in desk.agreements.of(Ban):
            yield from _contrary(duty, ban, desk)
    lapses = {duty.meta.name: _lapses(duty) for duty in duties}
    for duty in duties:
        for penalty in duties:
            if duty.meta.name in lapses[penalty.meta.name] and penalty is not duty:
                yield from _one_deed(duty, penalty, desk)
    for one, other in combinations(duties, 2):
        same = lapses[one.meta.name] & lapses[other.meta.name]
        if same and not _replaces(one, other):
            yield from _two_penalties(one, other, min(same), desk)


def _contrary(duty: Duty, ban: Ban, desk: Desk) -> Iterator[Problem]:
    if not {deed.name for deed in duty.deeds} <= {deed.name for deed in ban.deeds}:
        return
    for cast in environments(params_of(duty), desk.agreements, desk.ground.named):
        inside = _banned(duty, cast, ban, desk)
        if inside is None:
            continue
        witness = desk.find([awake(duty, cast), awake(ban, inside)])
        if witness is None:
            continue
        message = f"{quote(duty.meta.name)} asks for what {quote(ban.meta.name)} forbids, of the same party and at the same time."
        note = ((ban.meta.span, "The ban is here."),)
        hint = "Give the one an `except` for the other, or keep their conditions apart."
        title = f"{duty.meta.name} is owed while {ban.meta.name} is in force"
        yield told(CONTRARY, message, duty, hint, notes=note, example=witness, title=title)
        return


def _banned(duty: Duty, cast: Env, ban: Ban, desk: Desk) -> Env | None:
    """Give the parties with whom a ban forbids every deed of a duty, of its bearer; `None` where there are none."""
    wanted = [filled(deed, cast) for deed in duty.deeds]
    for inside in environments(params_of(ban), desk.agreements, desk.ground.named):
        forbidden = [filled(deed, inside) for deed in ban.deeds]
        same = cast.get(duty.bearer.text, duty.bearer.text) == inside.get(ban.bearer.text, ban.bearer.text)
        if same and all(one is not None and one in forbidden for one in wanted):
            return inside
    return None


def _lapses(duty: Duty) -> frozenset[str]:
    """Give the norms whose lapse brings a duty about: that they are overdue, or found to be broken."""
    found = [node for clause in duty.whens for node in nodes(clause.item.moment)]
    overdue = {node.item.name for node in found if isinstance(node, ex.Stands) and not {"overdue", "breached"}.isdisjoint(node.words)}
    return frozenset(overdue | {node.what.name for node in found if isinstance(node, ex.Finds)})


def _replaces(one: Duty, other: Duty) -> bool:
    return other.meta.name in {ref.name for ref in one.replaces} or one.meta.name in {ref.name for ref in other.replaces}


def _one_deed(duty: Duty, penalty: Duty, desk: Desk) -> Iterator[Problem]:
    shared = {deed.name for deed in duty.deeds} & {deed.name for deed in penalty.deeds}
    if not shared or _replaces(duty, penalty):
        return
    witness = desk.find([awake(duty, desk.cast(duty)), awake(penalty, desk.cast(penalty))])
    if witness is not None:
        deed = min(shared)
        message = f"One {quote(deed)} would meet both {quote(duty.meta.name)} and {quote(penalty.meta.name)}, which is owed for its lapse."
        note = ((duty.meta.span, "The first duty is here."),)
        hint = f"Give the penalty a deed of its own, or let it stand in for the duty: `replaces {duty.meta.name}`."
        title = f"{duty.meta.name} and {penalty.meta.name} are both owed"
        yield told(TWICE, message, penalty, hint, notes=note, example=witness, title=title)


def _two_penalties(one: Duty, other: Duty, lapse: str, desk: Desk) -> Iterator[Problem]:
    if (one.bearer, one.counterparty) != (other.bearer, other.counterparty):
        return
    witness = desk.find([awake(one, desk.cast(one)), awake(other, desk.cast(other))])
    if witness is not None:
        message = f"{quote(one.meta.name)} and {quote(other.meta.name)} are both owed for one lapse of {quote(lapse)}."
        note = ((one.meta.span, "The first is here."),)
        hint = f"Say that the one stands in for the other (`replaces {one.meta.name}`), or keep their conditions apart."
        title = f"{one.meta.name} and {other.meta.name} for one lapse"
        yield told(TWICE, message, other, hint, notes=note, example=witness, title=title)
