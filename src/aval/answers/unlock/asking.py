"""`unlock`: what it would take that a term is yes by a day, or ceases to be (semantics 2.9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations, product
from math import prod

from aval.answers.inquiry import Inquiry
from aval.answers.naming import label_of, names
from aval.answers.unlock.circles import Circles
from aval.answers.unlock.dates import Dates, end_of_day
from aval.answers.unlock.families import Family, classes, family
from aval.answers.unlock.goal import Goal
from aval.answers.unlock.keys import Keys
from aval.answers.unlock.needs import Needs
from aval.answers.unlock.running import Plan, Runner, at_horizon
from aval.answers.unlock.search import Search
from aval.answers.unlock.shapes import Branch, Unlock, UnlockChoice, UnlockKey, Way
from aval.engine.codes import TOO_COSTLY
from aval.engine.fixpoint import follows, keys_in, reached_from, so
from aval.engine.relaxed import Act, Early, Enough, Formula, Met, Name, Never, Then, every_of
from aval.engine.relaxing import Place, Relaxing
from aval.model.agreement import Question
from aval.model.columns import QUESTION
from aval.model.frozen import frozen
from aval.model.instant import Instant, to_datetime
from aval.model.problem import Problem, Span, Unsupported

WAYS = 3
"""ways that a short answer shows"""
ALL_WAYS = 40
"""ways that a full answer looks for"""
ORDERED = 4
"""acts that are tried in every order, one a day from the first day on, where counting back does not give a plan that works"""
FAILURES = 30
"""sets that may turn out not to work before the search is given up"""
MAX_CHOICES = 512
"""combinations of readings that one answer looks at"""
YEARS = (1, 3, 10, 30)
"""years on which are tried as the day by which it is wanted, where none is asked for: one, and more where delays ask for more"""

Readings = Mapping[str, str]


@frozen(kw_only=True)
class _Asked:
    """One choice of readings, relaxed. `shape` is the same for choices that ask for the same."""

    readings: Readings
    relaxing: Relaxing
    formula: Formula

    @property
    def shape(self) -> str:
        """Give what is asked for, as a text."""
        below = reached_from(self.formula, self.relaxing.equations)
        return f"{self.formula} {sorted(map(str, below.items()))}" if below else str(self.formula)


def unlock(goal: Goal, inquiry: Inquiry, by: Instant | None = None, ways: int = WAYS) -> Unlock:
    """Say what it would take. `by` is the instant by which it is wanted; without it a year on, or later where delays ask for more."""
    start = max(inquiry.at, inquiry.world.known)
    days = [by] if by is not None else [_years_on(start, years, inquiry.manifest.zone) for years in YEARS]
    tried = (_answered(goal, inquiry, start, day, ways) for day in days)
    first = next(tried)
    found = first if first.settles(goal) else next((one for one in tried if one.settles(goal)), first)
    declared = goal.declared(inquiry)
    return Unlock(
        term=str(goal.term),
        label=_label(goal, inquiry),
        lose=not goal.yes,
        value=_now(goal, inquiry, found.asked),
        by=inquiry.date(found.by) or "",
        by_default=by is None,
        coordinates=inquiry.coordinates(),
        branches=found.branches,
        clause=inquiry.clause(declared.meta.span) if declared is not None else "",
        names=names(inquiry),
    )


@frozen(kw_only=True)
class _Answered:
    """What was found for one day."""

    by: Instant
    asked: Sequence[_Asked]
    branches: tuple[Branch, ...]

    def settles(self, goal: Goal) -> bool:
        """Whether there is a way on some reading, or nothing is needed."""
        return any(branch.ways or branch.value == _wanted(goal) for branch in self.branches)


def _answered(goal: Goal, inquiry: Inquiry, start: Instant, by: Instant, ways: int) -> _Answered:
    there = at_horizon(inquiry, by)
    asked = _relaxed(goal, there, start)
    return _Answered(by=by, asked=asked, branches=_branches(goal, there, asked, ways))


def _years_on(start: Instant, years: int, zone: str) -> Instant:
    here = to_datetime(start, zone).date()
    last = here.replace(year=here.year + years, day=min(here.day, 28) if (here.month, here.day) == (2, 29) else here.day)
    return end_of_day(last, zone)


def _wanted(goal: Goal) -> str:
    return "yes" if goal.yes else "no"


def _label(goal: Goal, inquiry: Inquiry) -> str:
    if goal.rung is None:
        return label_of(inquiry.world.agreements.declarations[goal.term.name], goal.term, inquiry)
    declared = goal.declared(inquiry)
    what = declared.meta.label if declared is not None and declared.meta.label else goal.term.args[1]
    return f"{names(inquiry).get(goal.term.args[0], goal.term.args[0])}: {what}, {goal.rung.value}, with all that it depends on"


def _now(goal: Goal, inquiry: Inquiry, asked: Sequence[_Asked]) -> str | None:
    values = {goal.value(inquiry, one.readings).value for one in asked}
    return values.pop() if len(values) == 1 else None


# readings


def _relaxed(goal: Goal, there: Inquiry, start: Instant) -> list[_Asked]:
    """Relax the goal on every choice of the readings that its clauses stand on."""
    chosen = {QUESTION + question: reading for question, reading in there.world.view.readings}
    first = Relaxing(there.world, chosen, start)
    goal.formula(first, there)
    names = dict.fromkeys([*first.questions, *(name.removeprefix(QUESTION) for name in goal.questions(there))])
    asked = [question for name in names if (question := there.world.agreements.get(name, Question)) is not None]
    axes = {QUESTION + one.meta.name: [reading.name for reading in one.readings] for one in asked}
    free = {name: readings for name, readings in axes.items() if name not in chosen}
    _bounded(prod(map(len, free.values())))
    found = []
    for combination in product(*free.values()):
        readings: Readings = {**chosen, **dict(zip(free, combination, strict=True))}
        relaxing = Relaxing(there.world, readings, start)
        found.append(_Asked(readings=readings, relaxing=relaxing, formula=goal.formula(relaxing, there)))
    return found


def _bounded(number: int) -> None:
    """Refuse more choices of readings than are looked at. Raises `Unsupported`."""
    if number > MAX_CHOICES:
        message = f"this depends on {number} combinations of readings; {MAX_CHOICES} are looked at"
        hint = "choose some of the readings: --reading QUESTION=READING"
        raise Unsupported((Problem(code=TOO_COSTLY, message=message, span=Span("term"), hint=hint),))


def _branches(goal: Goal, there: Inquiry, asked: Sequence[_Asked], ways: int) -> tuple[Branch, ...]:
    """One branch for each group of choices that ask for the same; before them what holds whichever reading is chosen."""
    alike: dict[str, list[_Asked]] = {}
    for one in asked:
        alike.setdefault(one.shape, []).append(one)
    groups = list(alike.values())
    circles = Circles(there.world.agreements, there.manifest.zone)
    if len(groups) == 1:
        return (_branch("", [groups[0][0]], asked, goal, there, ways, circles),)
    words = _words(groups)
    found = [_branch(word, [group[0]], group, goal, there, ways, circles) for word, group in zip(words, groups, strict=True)]
    return (_branch("", [group[0] for group in groups], asked, goal, there, ways, circles), *found)


def _words(groups: Sequence[Sequence[_Asked]]) -> list[str]:
    """Say for each group on which readings it stands: only the questions that tell it from the others."""
    every = [one for group in groups for one in group]
    matter = [name for name in every[0].readings if len({one.readings[name] for one in every}) > 1 and _matters(name, groups)]
    return [" or ".join(dict.fromkeys(_spelt(one.readings, matter) for one in group)) for group in groups]


def _spelt(readings: Readings, names: Sequence[str]) -> str:
    return ", ".join(f"{name.removeprefix(QUESTION)}={readings[name]}" for name in names)


def _matters(name: str, groups: Sequence[Sequence[_Asked]]) -> bool:
    """Whether two choices that differ only in this question are of different groups."""
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    for number, group in enumerate(groups):
        for one in group:
            rest = tuple((other, reading) for other, reading in one.readings.items() if other != name)
            if seen.setdefault(rest, number) != number:
                return True
    return False


# one branch


def _branch(
    reading: str, ones: Sequence[_Asked], asked: Sequence[_Asked], goal: Goal, there: Inquiry, ways: int, circles: Circles
) -> Branch:
    formula, equations = _joined(ones)
    keys = Keys(there)
    start = to_datetime(ones[0].relaxing.start, there.manifest.zone).date()
    runner = Runner(goal, there, [one.readings for one in asked], start)
    value = {goal.value(there, one.readings).value for one in asked}
    found = _Found([], more=False, failed=0)
    if not isinstance(formula, Met | Never) and so(formula, None, follows(equations, None)):  # else not even all acts together would do
        found = _find(formula, equations, keys, runner, there, ways)
    return Branch(
        reading=reading,
        every=not reading and len(ones) > 1,
        value=value.pop() if len(value) == 1 else "depends on reading",
        needs=None if isinstance(formula, Met | Never) or len(ones) > 1 else Needs(equations, keys, there).of(formula),
        ways=tuple(found.ways),
        more=found.more,
        failed=found.failed,
        obstacles=() if found.ways else _obstacles(goal, ones, circles),
        beyond=tuple(dict.fromkeys(what for one in ones for what in one.relaxing.features)),
    )


def _obstacles(goal: Goal, ones: Sequence[_Asked], circles: Circles) -> tuple[str, ...]:
    """Say what stands in the way: that all wait for each other, or else what no act could bring about."""
    rests = [(reached_from(one.formula, one.relaxing.equations), one.readings) for one in ones]
    around = dict.fromkeys(what for below, readings in rests for what in circles.about(goal.term, below, readings))
    return tuple(around or dict.fromkeys(what for one in ones for what in one.relaxing.obstacles))


def _joined(ones: Sequence[_Asked]) -> tuple[Formula, dict[Place, Formula]]:
    """Put the equations of several choices of readings together, and ask for all of their formulas."""
    if len(ones) == 1:
        return ones[0].formula, ones[0].relaxing.equations
    equations: dict[Place, Formula] = {}
    formulas = []
    for number, one in enumerate(ones):
        equations |= {_tagged(place, number): _renamed(formula, number) for place, formula in one.relaxing.equations.items()}
        formulas.append(_renamed(one.formula, number))
    return every_of(formulas), equations


def _tagged(place: Place, number: int) -> Place:
    return (place[0], f"{number}:{place[1]}", *place[2:])


def _renamed(formula: Formula, number: int) -> Formula:
    match formula:
        case Name():
            return Name(_tagged(formula.place, number))
        case Then():
            return Then(_renamed(formula.first, number), _renamed(formula.after, number))
        case Early():
            return Early(_renamed(formula.part, number))
        case Enough():
            return Enough(formula.need, tuple((weight, _renamed(part, number)) for weight, part in formula.parts))
        case _:
            return formula


@dataclass(slots=True)
class _Found:
    ways: list[Way]
    more: bool
    failed: int


def _find(formula: Formula, equations: dict[Place, Formula], keys: Keys, runner: Runner, there: Inquiry, ways: int) -> _Found:
    """Look for the smallest sets, run each, and keep those that work and have no part to spare."""
    order: dict[Act, int] = {}
    spans: dict[Act, Span] = {}
    for one in (formula, *reached_from(formula, equations).values()):
        for key in keys_in(one):
            order.setdefault(key.act, len(order))
            spans.setdefault(key.act, key.span)
    refused = {act for act in order if keys.refused(act)}
    groups = classes(formula, equations, refused)
    search = Search(formula, equations, refused, Span("term"))
    found = _Found([], more=False, failed=0)
    while (acts := search.next()) is not None:
        if len(found.ways) >= ways:
            found.more = True
            break
        sets = family(acts, groups, order)
        way = _run(sets, formula, equations, keys, runner, there, spans)
        if way is None:
            search.pass_over(sets)
            found.failed += 1
            if found.failed >= FAILURES:
                found.more = True
                break
        else:
            search.leave_out(sets)
            found.ways.append(way)
    return found


def _run(
    sets: Family, formula: Formula, equations: dict[Place, Formula], keys: Keys, runner: Runner, there: Inquiry, spans: Mapping[Act, Span]
) -> Way | None:
    """Run the first and the last set of a family; `None` where one does not work, or has a part to spare."""
    plan = _plan(sets.one(), formula, equations, runner, there)
    if plan is None or runner.spared(plan):
        return None
    run = 1
    if sets.choices:
        other = _plan(sets.one(last=True), formula, equations, runner, there)
        if other is None or runner.spared(other):
            return None
        run = 2
    horizon = to_datetime(there.at, there.manifest.zone).date()
    latest = dict(plan)
    tried = [*sets.fixed, *(choice.blocks[0][place] for choice in sets.choices for place in range(len(choice.blocks[0])))]
    alike: set[tuple[str, date]] = set()
    for act in tried:
        if (act.term.name, plan[act]) not in alike:
            alike.add((act.term.name, plan[act]))
            latest[act] = runner.later(plan, act, horizon)
    return Way(
        size=sets.size,
        sets=sets.sets,
        run=run,
        blocked=any(keys.refused(act) for act in sets.one()),
        keys=tuple(keys.make(act, spans[act], latest[act]) for act in sets.fixed),
        choices=tuple(_choice(choice.number, choice.blocks, keys, spans, latest) for choice in sets.choices),
    )


def _choice(
    number: int, blocks: Sequence[tuple[Act, ...]], keys: Keys, spans: Mapping[Act, Span], latest: Mapping[Act, date]
) -> UnlockChoice:
    made: list[tuple[UnlockKey, ...]] = [
        tuple(keys.make(act, spans[act], latest[first]) for act, first in zip(block, blocks[0], strict=True)) for block in blocks
    ]
    return UnlockChoice(number=number, blocks=tuple(made))


def _plan(acts: Sequence[Act], formula: Formula, equations: dict[Place, Formula], runner: Runner, there: Inquiry) -> Plan | None:
    """Give each act its latest day, counted back from the goal, if that works when run; a few acts are else tried in every order."""
    dates = Dates(equations, acts, there.world.agreements, there.manifest.zone)
    dates.ask(formula)
    plan = {act: dates.latest[act] for act in acts if act in dates.latest}
    if len(plan) == len(acts) and runner.works(plan):
        return plan
    first = runner.start + timedelta(days=1)
    orders = permutations(range(len(acts))) if len(acts) <= ORDERED else ()
    early = ({act: first + timedelta(days=day) for act, day in zip(acts, order, strict=True)} for order in orders)
    return next((one for one in early if runner.works(one)), None)
