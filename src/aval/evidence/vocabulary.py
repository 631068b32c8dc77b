"""What the agreements declare, as claims are checked against it: the names there are, of which kind, and with which arguments."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from aval.evidence.codes import claims as codes
from aval.evidence.complaint import Complaint
from aval.evidence.words import either, shown
from aval.model.agreement import (
    Agreements,
    Area,
    Ban,
    Body,
    Contribution,
    Declaration,
    Duty,
    Event,
    Group,
    Party,
    Process,
    Quantity,
    Question,
    State,
    params_of,
)
from aval.model.problem import Code
from aval.model.statement import Says
from aval.model.term import Term

OFFER = "offer"
DOMAINS = "domains"
VOTE = "vote"
"""The built-in name of a vote: `vote(MEMBER, BODY, WHAT, arguments of it)`. The stance to it is the vote."""

_KINDS: dict[Says, tuple[type[Declaration], ...]] = {
    Says.HAPPENED: (Event, Duty, Ban),
    Says.HOLDS: (State, Process),
    Says.MEMBER: (Group,),
    Says.AMOUNT: (Quantity,),
}
_FITS: tuple[tuple[type[Declaration], str], ...] = (
    (Event, "An event is said to have `happened`."),
    (State, "A state is said to `hold`: write holds."),
    (Process, "A process is said to be complete: write holds."),
    (Group, "A group has a `member`."),
    (Quantity, "A quantity has an `amount`."),
)


class Vocabulary:
    """The names of all agreements of a case, ready to be asked many times."""

    def __init__(self, agreements: Agreements) -> None:
        self._all = agreements
        self._possible: dict[str, frozenset[str] | None] = {}

    @cached_property
    def speakers(self) -> frozenset[str]:
        """The names that a voice can speak for."""
        return self._named(Party, Group, Body)

    @cached_property
    def areas(self) -> frozenset[str]:
        """The declared areas."""
        return self._named(Area)

    @cached_property
    def arguments(self) -> frozenset[str]:
        """Every name that can be an argument: parties, bodies, areas, and whatever a group names as a member."""
        members = (member for group in self._all.of(Group) for member in group.members)
        return self._named(Party, Body, Area) | frozenset(members)

    def unit_of(self, term: Term) -> str:
        """The unit of a quantity; `""` if it is none, or has none."""
        quantity = self._all.get(term.name, Quantity)
        return quantity.unit if quantity else ""

    def possible(self, group: str) -> frozenset[str]:
        """Give who may be one of a group."""
        return self._can_be(group) or self._anybody(group)

    def complaints(self, says: Says, term: Term) -> Iterator[Complaint]:
        """Yield what is wrong with a term as the subject of this kind of claim."""
        if term.name == OFFER and says in (Says.OFFERS, Says.POSITION, Says.RETRACTS):
            yield from self._offer(term)
        elif term.name == VOTE and says in (Says.POSITION, Says.RETRACTS) and VOTE not in self._all.declarations:
            yield from self._vote(term)
        elif says is Says.OFFERS:
            hint = "Write offer(SWE, air): who offers, and in which domain."
            yield _term(codes.WRONG_KIND, f"What somebody offers is a term offer(PARTY, DOMAIN), not {shown(str(term))}.", hint)
        elif (declared := self._all.declarations.get(term.name)) is not None:
            yield from self._declared(says, term, declared)
        elif says not in (Says.POSITION, Says.RETRACTS) or term.args or term.name not in self._documents:
            yield self._unknown(term)

    @cached_property
    def _documents(self) -> frozenset[str]:
        return frozenset(document.meta.name for document in self._all.documents)

    def _named(self, *kinds: type[Declaration]) -> frozenset[str]:
        return frozenset(name for name, item in self._all.declarations.items() if isinstance(item, kinds))

    def _unknown(self, term: Term) -> Complaint:
        for question in self._all.of(Question):
            if any(reading.name == term.name for reading in question.readings):
                hint = f"It is a reading. Write {question.meta.name}({term.name})."
                return _term(codes.UNKNOWN_NAME, f"{shown(term.name)} is not declared.", hint)
        names = sorted(self._documents.union(self._all.declarations))
        message = f"{shown(term.name)} is not declared in the agreements."
        return Complaint(code=codes.UNKNOWN_NAME, message=message, key="term", miss=(term.name, names))

    def _declared(self, says: Says, term: Term, declared: Declaration) -> Iterator[Complaint]:
        if says in _KINDS and not isinstance(declared, _KINDS[says]):
            hint = next((hint for kind, hint in _FITS if isinstance(declared, kind)), "A position can be taken to it: write position.")
            kind = type(declared).__name__.lower()
            yield _term(codes.WRONG_KIND, f"{shown(term.name)} is {_a(kind)}, and does not fit `says` {says.value}.", hint)
            return
        if isinstance(declared, Question):
            yield from _reading(term, declared)
            return
        groups = [declared.among] if isinstance(declared, Group) else [param.group for param in params_of(declared)]
        if says in (Says.POSITION, Says.RETRACTS) and not term.args:
            return
        if len(term.args) != len(groups):
            yield _term(
                codes.WRONG_ARITY, f"{shown(term.name)} has {_count(len(groups))}, not {len(term.args)}.", _example(term.name, declared)
            )
            return
        for arg, group in zip(term.args, groups, strict=True):
            named = isinstance(declared, Group) and arg in declared.members
            whole = isinstance(declared, Quantity) and arg == group  # the number of the whole group, as one
            if not (named or whole):
                yield from self._argument(arg, group)

    def _argument(self, arg: str, group: str) -> Iterator[Complaint]:
        possible = self._can_be(group)
        options = sorted(self._anybody(group) if possible is None else possible)
        if arg in options:
            return
        if arg not in self.arguments:
            yield Complaint(code=codes.UNKNOWN_ARGUMENT, message=f"Nothing declares {shown(arg)}.", key="term", miss=(arg, options))
            return
        named = f"{', '.join(options[:8])}{', …' if len(options) > 8 else ''}"  # noqa: PLR2004  as many as one reads at a glance
        yield _term(codes.WRONG_ARGUMENT, f"{shown(arg)} cannot be one of `{group}`.", f"It has: {named}.")

    def _anybody(self, group: str) -> frozenset[str]:
        """Who may be one of a group that has more than it names: a party, if it names only parties."""
        declared = self._all.get(group, Group)
        parties = self._named(Party)
        return parties if declared and parties.issuperset(declared.members) else self.arguments

    def _can_be(self, group: str) -> frozenset[str] | None:
        """Who can belong to a group; `None` is anybody. A group that has more than it names may draw the rest from another group."""
        if group not in self._possible:
            self._possible[group] = None  # for a group that is drawn from itself
            self._possible[group] = self._work_out(self._all.get(group, Group))
        return self._possible[group]

    def _work_out(self, group: Group | None) -> frozenset[str] | None:
        if group is None:
            return None
        named: frozenset[str] = frozenset()
        for member in group.members:
            inner = self._can_be(member) if self._all.get(member, Group) else frozenset((member,))
            if inner is None:
                return None
            named |= inner
        if group.members and not group.others and (group.size is None or group.size <= len(named)):
            return named
        rest = self._can_be(group.among) if group.among else None
        return None if rest is None else named | rest

    def _vote(self, term: Term) -> Iterator[Complaint]:
        if len(term.args) < 3:  # noqa: PLR2004  who, in which body, on what
            yield _term(
                codes.WRONG_ARITY, f"{shown(VOTE)} has at least 3 arguments, not {len(term.args)}.", "Write vote(FRA, council, extension)."
            )
            return
        member, name, what, *args = term.args
        body = self._all.get(name, Body)
        if body is None:
            bodies = sorted(self._named(Body))
            yield Complaint(code=codes.UNKNOWN_ARGUMENT, message=f"There is no body {shown(name)}.", key="term", miss=(name, bodies))
            return
        if self._all.get(member, Party) is None:
            parties = sorted(self._named(Party))
            yield Complaint(code=codes.UNKNOWN_ARGUMENT, message=f"There is no party {shown(member)}.", key="term", miss=(member, parties))
        found = [ref.name for ref in body.may_find]
        if body.decides is None or what not in found:
            hint = f"It may find {either(found)}." if found and body.decides else "It does not say how it decides, or what it may find."
            yield _term(codes.UNKNOWN_ARGUMENT, f"{shown(name)} does not vote on {shown(what)}.", hint)
        elif (declared := self._all.declarations.get(what)) is not None:
            says = next((one for one, kinds in _KINDS.items() if isinstance(declared, kinds)), Says.POSITION)
            yield from self._declared(says, Term(what, tuple(args)), declared)

    def _offer(self, term: Term) -> Iterator[Complaint]:
        if len(term.args) != 2:  # noqa: PLR2004  who, and what
            yield _term(codes.WRONG_ARITY, f"{shown(OFFER)} has 2 arguments, not {len(term.args)}.", "Write offer(SWE, air).")
            return
        party, domain = term.args
        if self._all.get(party, Party) is None:
            parties = sorted(self._named(Party))
            yield Complaint(code=codes.UNKNOWN_ARGUMENT, message=f"There is no party {shown(party)}.", key="term", miss=(party, parties))
        domains = self._all.get(DOMAINS, Group)
        members = domains.members if domains else ()
        if domain not in members:
            hint = f"The domains are {either(members)}." if members else "An agreement has to declare a group `domains` that names them."
            message = f"There is no domain {shown(domain)}."
            yield Complaint(code=codes.UNKNOWN_ARGUMENT, message=message, key="term", hint=hint, miss=(domain, members))


def _term(code: Code, message: str, hint: str) -> Complaint:
    return Complaint(code=code, message=message, key="term", hint=hint)


def _reading(term: Term, question: Question) -> Iterator[Complaint]:
    """A position can be taken to a question, or to one of its readings: `force_trigger(after_peace)`."""
    names = [reading.name for reading in question.readings]
    if len(term.args) > 1:
        yield _term(codes.WRONG_ARITY, f"{shown(term.name)} is a question, and has at most one argument: a reading.", "")
    elif term.args and term.args[0] not in names:
        message = f"{shown(term.args[0])} is no reading of `{term.name}`."
        yield Complaint(
            code=codes.UNKNOWN_ARGUMENT, message=message, key="term", hint=f"It has {either(names)}.", miss=(term.args[0], names)
        )


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _count(number: int) -> str:
    return "no arguments" if number == 0 else f"{number} argument{'' if number == 1 else 's'}"


def _example(name: str, declared: Declaration) -> str:
    if isinstance(declared, Contribution):
        return ""
    words = ["member"] if isinstance(declared, Group) else [f"{param.name}: {param.group}" for param in params_of(declared)]
    return f"Write {name}({', '.join(words)})." if words else f"Write {name}."
