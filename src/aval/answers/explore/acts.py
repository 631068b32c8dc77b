"""Acts that an agreement knows of: what somebody could do, find or report, and how it has to be told for it to count.

They are taken from the agreement's own events, reported states, findings and quantities, over a few parties of each group: whoever the
text does not tell apart would do the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from itertools import product
from math import prod

from aval.model import expression as ex
from aval.model.agreement import (
    Acceptance,
    Agreements,
    Ban,
    Declaration,
    Duty,
    Event,
    FromFinding,
    FromSources,
    FromVoice,
    Group,
    Moment,
    Norm,
    Param,
    Party,
    Power,
    Quantity,
    State,
    params_of,
)
from aval.model.frozen import frozen
from aval.model.problem import Span
from aval.model.scenario import Given
from aval.model.statement import Amount
from aval.model.term import Term

FEW = 2
"""members of a group that stand for all of it, beside those whom the text names"""
MOST_WAYS = 500
"""ways of filling the parameters of one declaration; where there are more, fewer of each group act"""
NOWHERE = Span("")
Env = Mapping[str, str]
"""The name that each variable stands for."""


@frozen(kw_only=True)
class Act:
    """One thing that can come about, and the voices that have to tell it for it to count (`""`: one that speaks for nobody).

    An event happens on its day, or has not happened by then; a state holds, or does not, from its day on; with `body`, that body finds it;
    with `amount`, a quantity has it. With `denies_day` it is told that an event did not happen on that day, and not only not until then.
    """

    term: Term
    holds: bool = False
    polarity: bool = True
    voices: tuple[str, ...] = ("",)
    body: str = ""
    amount: Decimal | None = None
    unit: str = ""
    denies_day: bool = False

    @property
    def _not_yet(self) -> bool:
        return not (self.holds or self.polarity or self.body or self.denies_day)

    def givens(self, day: str) -> tuple[Given, ...]:
        """Give the facts of a test that tell it of a day."""
        amount = None if self.amount is None else Amount(low=self.amount, high=self.amount, unit=self.unit)
        first, last = ("", "") if self._not_yet else (day, "" if self.holds else day)
        return tuple(
            Given(
                term=self.term,
                holds=self.holds,
                polarity=self.polarity,
                first=first,
                last=last,
                said=day,
                told_by=voice or self.body,
                body=self.body,
                amount=amount,
                span=NOWHERE,
            )
            for voice in self.voices
        )

    def lines(self, day: str) -> tuple[str, ...]:
        """Write them as lines of a test."""
        return tuple(map(line_of, self.givens(day)))

    def denied(self, *, of_its_day: bool = False) -> Act:
        """Give the act of telling, by as many voices, that it is not so."""
        return replace(self, polarity=not self.polarity, denies_day=of_its_day)


def line_of(given: Given) -> str:
    """Write a fact as the line of a test that tells it."""
    what = f"{given.body} finds {given.term}" if given.body else str(given.term)
    what = what if given.polarity else f"not {what}"
    said = f"said {given.said}" if given.said and given.said != (given.last or given.first) else ""
    by = f"told by {given.told_by}" if given.told_by and given.told_by != given.body else ""
    return " ".join(filter(None, ("given", what, _amount(given.amount), _when(given), said, by)))


def _amount(amount: Amount | None) -> str:
    if amount is None:
        return ""
    bound = "at least " if amount.high is None else "at most " if amount.low is None else ""
    return f"is {bound}{amount.high if amount.low is None else amount.low}"


def _when(given: Given) -> str:
    first, last = given.first, given.last
    if given.holds and given.throughout and first != last:
        return " ".join(filter(None, (f"from {first}" if first else "", f"until {last}" if last else "")))
    return f"on {first}" if first == last and first else f"between {first} and {last}" if first and last else ""


def members(group: str, agreements: Agreements) -> tuple[str, ...]:
    """Give the names of those who belong, or are drawn on, in the order of the text; a party stands for itself."""
    declared = agreements.get(group, Group)
    if declared is None:
        parties = tuple(party.meta.name for party in agreements.of(Party))
        return parties if group == "parties" else (group,) if group in parties else ()
    if declared.members or not declared.among:
        return declared.members
    return members(declared.among, agreements)


def few(group: str, agreements: Agreements, named: Iterable[str]) -> tuple[str, ...]:
    """Give those who stand for a group: whom the text names in its clauses, and two of the others."""
    everybody = members(group, agreements)
    wanted = set(named)
    first = [one for one in everybody if one in wanted]
    return (*first, *[one for one in everybody if one not in wanted][:FEW])


def nodes(item: object) -> Iterator[ex.Node]:
    """Yield every expression in a declaration, a clause or an expression, itself included."""
    if isinstance(item, ex.Node):
        yield item
    if isinstance(item, tuple):
        for part in item:
            yield from nodes(part)
    elif is_dataclass(item) and not isinstance(item, Span | ex.Duration):
        for field in fields(item):
            if field.name not in ("meta", "span", "params", "acceptance"):
                yield from nodes(getattr(item, field.name))


def constants(declarations: Iterable[Declaration]) -> dict[str, None]:
    """Give the names that stand as arguments or in comparisons, in the order of the text: the text tells them apart."""
    found: dict[str, None] = {}
    for declared in declarations:
        bound = {param.name for param in params_of(declared)}
        names = [node.text for node in nodes(declared) if isinstance(node, ex.Name) and not isinstance(node, ex.Some)]
        found |= dict.fromkeys(name for name in names if name not in bound)
    return found


def environments(params: Iterable[Param], agreements: Agreements, named: Iterable[str]) -> list[dict[str, str]]:
    """Give every way of filling parameters with those who stand for their groups."""
    named, listed = tuple(named), list(params)
    axes = [few(param.group, agreements, named) for param in listed]
    most = max(FEW, int(MOST_WAYS ** (1 / max(1, len(axes)))))
    axes = axes if prod(map(len, axes)) <= MOST_WAYS else [axis[:most] for axis in axes]
    return [dict(zip((param.name for param in listed), values, strict=True)) for values in product(*axes)]


def voices_of(acceptance: Acceptance, env: Env, agreements: Agreements) -> tuple[tuple[str, ...], str] | None:
    """Give whose word makes something count: the voices, or a body that finds it; `None` where nobody who is named can.

    The way with the fewest voices is taken; a voice of the text's own before strangers.
    """
    found: list[tuple[int, tuple[str, ...], str]] = []
    for way in acceptance.ways:
        match way:
            case FromVoice(who=who):
                name = env.get(who.text, who.text)
                speaks = members(name, agreements)[:1] if agreements.get(name, Group) else (name,)
                found += [(0, speaks, "")] if speaks else []
            case FromFinding(body=body):
                found.append((1, ("",), body))
            case FromSources(number=number):
                found.append((1 + number, ("",) * number, ""))
    return min(found)[1:] if found else None


def acts_of(declared: Declaration, agreements: Agreements, named: Iterable[str]) -> Iterator[Act]:
    """Yield the acts that a declaration allows to be told: of an event, or of a state that only reports decide."""
    if not isinstance(declared, Event | State) or (isinstance(declared, State) and (not declared.reported or declared.values)):
        return
    for env in environments(declared.params, agreements, named):
        term = Term(declared.meta.name, tuple(env.values()))
        by = voices_of(declared.acceptance, env, agreements)
        if by is None:
            continue
        voices, body = by
        act = Act(term=term, holds=isinstance(declared, State), voices=voices, body=body)
        yield act
        if isinstance(declared, State) or not (declared.constitutive or declared.complete_until):
            yield act.denied()


def findings_of(declarations: Iterable[Declaration], agreements: Agreements, named: Iterable[str]) -> Iterator[Act]:
    """Yield the findings that clauses wait for: of an event, and that a duty or a ban was broken."""
    named = tuple(named)
    for declared in declarations:
        for node in nodes(declared):
            if isinstance(node, ex.Finds):
                about = agreements.declarations.get(node.what.name)
                yield from (_finding(node.body, about, env) for env in _all(about, agreements, named)) if about else ()
        if isinstance(declared, Duty | Ban) and declared.found_by:
            yield from (_finding(declared.found_by, declared, env) for env in _all(declared, agreements, named))


def _all(declared: Declaration, agreements: Agreements, named: tuple[str, ...]) -> list[dict[str, str]]:
    return environments(params_of(declared), agreements, named)


def _finding(body: str, about: Declaration, env: Env) -> Act:
    return Act(term=Term(about.meta.name, tuple(env.values())), holds=isinstance(about, State), body=body)


def amounts_of(declarations: Iterable[Declaration], agreements: Agreements, named: Iterable[str]) -> Iterator[Act]:
    """Yield the numbers that comparisons turn on: the one written, and its neighbours."""
    named = tuple(named)
    for declared in declarations:
        for node in nodes(declared):
            if not isinstance(node, ex.Compare) or not isinstance(node.left, ex.Ref) or not isinstance(node.right, ex.Number):
                continue
            about = agreements.get(node.left.name, Quantity)
            if about is None or about.table:
                continue
            for env in _all(about, agreements, named):
                by = voices_of(about.acceptance, env, agreements)
                for value in dict.fromkeys((node.right.value, node.right.value + 1, max(Decimal(0), node.right.value - 1))):
                    if by is not None:
                        term = Term(about.meta.name, tuple(env.values()))
                        yield Act(term=term, voices=by[0], body=by[1], amount=value, unit=about.unit)


def durations(declarations: Iterable[Declaration]) -> list[ex.Duration]:
    """Give the lengths of time that clauses count, the shortest first."""
    found: dict[ex.Duration, None] = {}
    for declared in declarations:
        found |= dict.fromkeys(_lengths(declared))
    return sorted(found, key=days)


def _lengths(item: object) -> Iterator[ex.Duration]:
    if isinstance(item, ex.Duration):
        yield item
    elif isinstance(item, tuple):
        for part in item:
            yield from _lengths(part)
    elif is_dataclass(item) and not isinstance(item, Span):
        for field in fields(item):
            if field.name not in ("meta", "span", "params", "acceptance"):
                yield from _lengths(getattr(item, field.name))


_DAYS = {
    ex.Unit.YEAR: Decimal(366),
    ex.Unit.MONTH: Decimal(31),
    ex.Unit.WEEK: Decimal(7),
    ex.Unit.DAY: Decimal(1),
    ex.Unit.HOUR: Decimal(1) / 24,
    ex.Unit.MINUTE: Decimal(1) / 1440,
}


def days(duration: ex.Duration) -> Decimal:
    """Give a length in days, a month and a year as their longest."""
    return duration.number * _DAYS[duration.unit]


def deeds_of(declared: Norm) -> tuple[ex.Ref, ...]:
    """Give the events that do what a norm is about."""
    return (declared.deed,) if isinstance(declared, Power) else declared.deeds


def moments_in(declarations: Iterable[Declaration]) -> dict[str, None]:
    """Give the dates that clauses name, in order."""
    found = {node.text for declared in declarations for node in nodes(declared) if isinstance(node, ex.Instant)}
    return dict.fromkeys(sorted(found))


def derived(declared: Declaration) -> bool:
    """Whether a declaration follows from rules."""
    return isinstance(declared, Moment | Norm) or (isinstance(declared, State) and not declared.reported)
