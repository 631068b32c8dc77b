"""Expected answers: what an expression comes to at a view, in the words of a test, and whether that is what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aval.answers.because import because
from aval.answers.inquiry import Inquiry
from aval.answers.items import KINDS, contribution, item, items
from aval.answers.readings import Spread, spread
from aval.answers.shapes import Item
from aval.engine.domains import MEMBER
from aval.engine.lookup import first_moment, look
from aval.engine.operators.happened import happened
from aval.engine.protocol import Point, Scope
from aval.engine.rules.offer import OFFER
from aval.model import expression as ex
from aval.model.agreement import Contribution, Declaration, Event, Group, Moment, Quantity, params_of
from aval.model.columns import Moments
from aval.model.four import Value
from aval.model.frozen import frozen
from aval.model.instant import ALWAYS, NEVER, Instant, is_date, read_civil, show
from aval.model.reason import Reason
from aval.model.scenario import Answer, Expectation
from aval.model.term import Term

DATES = (Answer.DATE, Answer.RANGE, Answer.NEVER)
_MOMENTS = (
    *(ex.Finds, ex.After, ex.Before, ex.Expiry, ex.MonthFirst, ex.Nth, ex.Latest),
    *(ex.Held, ex.Later, ex.Earlier, ex.Beginning, ex.End, ex.Instant),
)


@frozen(kw_only=True)
class Verdict:
    """Whether an answer came out as expected. `got` is the answer as a test would write it, `by_reading` each where readings differ."""

    passed: bool
    expected: str
    got: str
    because: str = ""
    by_reading: Mapping[str, str]


def judge(expectation: Expectation, owner: str, inquiry: Inquiry) -> Verdict:
    """Compare an expectation with the answer. `owner` is a declaration of its document, whose time zone dates are read in."""
    zone = inquiry.world.zone(owner)
    found, why = _answer(expectation, Scope(owner, {}), inquiry)
    got = "depends" if found.value is None else found.value
    wanted = _wanted(expectation, zone)
    return Verdict(passed=wanted == got, expected=wanted, got=got, because=why, by_reading=found.by_reading)


def _wanted(expectation: Expectation, zone: str) -> str:
    """Write what is expected as answers are written."""
    match expectation.answer:
        case Answer.DATE:
            found = read_civil(expectation.expected[0], zone)
            return show(found.lo, zone) if found else expectation.expected[0]
        case Answer.RANGE:
            ends = [read_civil(text, zone) for text in expectation.expected]
            if ends[0] is None or ends[1] is None:
                return " to ".join(expectation.expected)
            last = expectation.expected[1] if is_date(expectation.expected[1]) else _last(ends[1].hi, zone)
            return f"between {show(ends[0].lo, zone)} and {last}"
        case Answer.NEVER | Answer.DEPENDS:
            return expectation.answer.value
        case Answer.WORD:
            return expectation.expected[0].replace("_", " ")


def _answer(expectation: Expectation, scope: Scope, inquiry: Inquiry) -> tuple[Spread, str]:
    node = expectation.subject
    declared = inquiry.world.agreements.declarations.get(node.name) if isinstance(node, ex.Ref) else None
    if isinstance(node, _MOMENTS) or isinstance(declared, Event | Moment):
        dates = expectation.answer in DATES or (expectation.answer is Answer.DEPENDS and not isinstance(declared, Event))
        return _moment(node, scope, inquiry, dates=dates)
    if isinstance(node, ex.Ref) and isinstance(declared, Group | Quantity):
        return _told(node, declared, inquiry)
    line = _line(node, declared, inquiry) if isinstance(node, ex.Ref) else None
    if line is not None and isinstance(node, ex.Ref):
        reason = inquiry.world.reason(node, scope, _anywhere(node.name, inquiry)) if line.value and node.name != OFFER else None
        why = line.because + _uncounted(reason, "" if line.because.endswith("does not count") else "does not count: ")
        return Spread(value=line.value, by_reading=line.by_reading, questions=(), points=()), why
    return _condition(node, scope, inquiry)


def _told(node: ex.Ref, declared: Group | Quantity, inquiry: Inquiry) -> tuple[Spread, str]:
    """Answer what only statements and lists decide: numbers, and who belongs to a group."""
    name = str(Term(node.name, tuple(arg.text for arg in node.args if isinstance(arg, ex.Name))))
    line = next((one for one in items(inquiry) if one.term == name), None)
    if line is not None:
        return _single(line.value or "depends"), line.because
    if isinstance(declared, Quantity) or len(node.args) != 1 or not isinstance(node.args[0], ex.Name):
        return _single(Value.OPEN.value), "nobody has told it"
    seen = look(inquiry.world.membership(declared.meta.name), {MEMBER: node.args[0].text}, inquiry.at)
    return _single(seen.value.value), "the agreement's own list"


def _single(value: str) -> Spread:
    return Spread(value=value, by_reading={}, questions=(), points=(("", {}),))


def _anywhere(name: str, inquiry: Inquiry) -> Point:
    """Give a point on some reading of each question: the value is the same on all."""
    return Point({axis.name: axis.values[0] for axis in inquiry.world.questions_of(name)}, inquiry.at, branches=True)


def _uncounted(reason: Reason | None, opening: str = "does not count: ") -> str:
    """Say why statements do not count, if some do not: the likeliest slip in a test."""
    found = dict.fromkeys(_alleged(reason)) if reason is not None else {}
    return f" ({opening}{'; '.join(map(_hinted, [*found][:_MOST]))})" if found else ""


def _hinted(why: str) -> str:
    """Say how a test tells what only one party or body can tell."""
    hit = _NOT_THE_WORD.search(why)
    return f"{why}: add `told by {hit[1]}` if it says so itself" if hit else why


def _alleged(reason: Reason) -> Iterator[str]:
    yield from (one.why_not for one in reason.alleged)
    for part in reason.parts:
        yield from _alleged(part)


_MOST = 2
_NOT_THE_WORD = re.compile(r"not the word of (\w+)")


def _line(node: ex.Ref, declared: Declaration | None, inquiry: Inquiry) -> Item | None:
    """Give the board's line of a term; `None` for what is no term of the board."""
    if not all(isinstance(arg, ex.Name) for arg in node.args):
        return None
    term = Term(node.name, tuple(arg.text for arg in node.args if isinstance(arg, ex.Name)))
    if term.name == OFFER:
        conditions = next((one for one in inquiry.world.agreements.of(Contribution) if (one.party, one.domain) == term.args), None)
        return contribution(term, conditions, inquiry)
    if declared is None or type(declared) not in KINDS or len(params_of(declared)) != len(term.args):
        return None
    return item(declared, term, inquiry)


def _moment(node: ex.Expression, scope: Scope, inquiry: Inquiry, *, dates: bool) -> tuple[Spread, str]:
    column = inquiry.world.moments(node, scope)
    zone = inquiry.world.zone(scope.owner)
    come = happened(column, constitutive=_constitutive(node, inquiry))

    def value_at(readings: Mapping[str, str]) -> str:
        return _dated(column, readings, zone) if dates else look(come, readings, inquiry.at).value.value

    found = spread([axis for axis in column.frame.axes if axis.is_question], value_at)
    return found, _because(node, scope, found, inquiry)


def _constitutive(node: ex.Expression, inquiry: Inquiry) -> bool:
    ref = node.what if isinstance(node, ex.Finds) else node
    declared = inquiry.world.agreements.get(ref.name, Event) if isinstance(ref, ex.Ref) else None
    return declared is not None and declared.constitutive


def _dated(column: Moments, readings: Mapping[str, str], zone: str) -> str:
    """Write the first occurrence: a date, two dates between which it lies, or `never` where nothing told has set it."""
    found = first_moment(column, readings)
    if found is None or found[1] == NEVER:
        return "never"
    lo, hi = found
    if lo == hi:
        return show(lo, zone)
    return "contested" if hi < lo else f"between {show(lo, zone)} and {_last(hi, zone)}"


def _last(instant: Instant, zone: str) -> str:
    """Write the end of a range: the day where it is the last instant of one."""
    following = show(instant + 1, zone) if ALWAYS < instant < NEVER else ""
    return show(instant, zone)[:10] if len(following) == len("2026-01-06") else show(instant, zone)


def _condition(node: ex.Expression, scope: Scope, inquiry: Inquiry) -> tuple[Spread, str]:
    column = inquiry.world.timeline(node, scope)
    axes = [axis for axis in column.frame.axes if axis.is_question]
    found = spread(axes, lambda readings: look(column, readings, inquiry.at).value.value)
    return found, _because(node, scope, found, inquiry)


def _because(node: ex.Expression, scope: Scope, found: Spread, inquiry: Inquiry) -> str:
    if found.value is None:
        return f"depends on {' and '.join(found.questions)}"
    point = Point(found.points[0][1], inquiry.at, branches=True)
    reason = inquiry.world.reason(node, scope, point)
    return because(reason) + _uncounted(reason)
