"""Histories made up to find where two drafts part: each fact that they turn on alone, pairs of them, all together, and all but one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from itertools import combinations
from typing import NamedTuple

from aval.model import agreement as model
from aval.model import expression as ex
from aval.model.agreement import Acceptance, Agreements, Declaration, params_of
from aval.model.problem import Span
from aval.model.scenario import Given
from aval.model.term import Term
from aval.study.declarations import Matched
from aval.study.supposed import Fact, History

FIRST_DAY = date(2030, 1, 1)
STEP = 10
"""days between two facts"""
MOST_FACTS = 12
FEW = 6
"""up to so many facts, pairs are tried in both orders"""
SEARCH = "search"
_TURNING = frozenset({"untils", "excepts", "pauseds", "suspendeds", "waivers", "deeds", "deed", "proposed_by"})
_ORDER = (
    "whiles",
    "conditions",
    "means",
    "steps",
    "froms",
    "becomes",
    "no_laters",
    "whens",
    "proposed_by",
    "excepts",
    "pauseds",
    "suspendeds",
)
_REST = ("untils", "waivers", "deeds", "deed")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A fact that can be supposed: a term that statements decide, whether a body is to find it, and how it is accepted."""

    term: Term
    body: str
    way: tuple[str, int]
    """(the voice that has to tell it, how many have to)"""
    holds: bool


class Place(NamedTuple):
    """What a fact is for: it only ends something or takes it away; it wakes a duty, and so is to come after what the duty needs."""

    ending: bool = False
    wakes: bool = False


@dataclass(slots=True)
class Leaves:
    """What a draft turns on, in the order of the text."""

    agreements: Agreements
    other: Agreements
    found: dict[Leaf, Place] = field(default_factory=dict)
    _seen: set[tuple[str, tuple[str, ...], Place]] = field(default_factory=set)

    def take(self, name: str, args: tuple[str, ...], place: Place) -> None:
        """Follow a term down to what statements decide."""
        declared = self.agreements.declarations.get(name)
        if declared is None or (name, args, place) in self._seen:
            return
        self._seen.add((name, args, place))
        if isinstance(declared, model.Event) or (isinstance(declared, model.State) and declared.reported):
            self._leaf(declared, Term(name, args), place)
            return
        env = {param.name: arg for param, arg in zip(params_of(declared), args, strict=False)}
        for attribute in (*_ORDER, *_REST):
            inner = Place(place.ending or attribute in _TURNING, place.wakes or attribute == "whens")
            self._walk(getattr(declared, attribute, ()), env, inner)

    def _add(self, leaf: Leaf, place: Place) -> None:
        before = self.found.get(leaf, place)
        self.found[leaf] = Place(before.ending and place.ending, before.wakes or place.wakes)

    def _leaf(self, declared: model.Event | model.State, term: Term, place: Place) -> None:
        env = {param.name: arg for param, arg in zip(declared.params, term.args, strict=False)}
        other = self.other.declarations.get(declared.meta.name)
        both = [declared.acceptance, *([other.acceptance] if isinstance(other, model.Event | model.State) else [])]
        for body, voice, number in _ways(both, env, self.agreements):
            self._add(Leaf(term, body, (voice, number), isinstance(declared, model.State)), place)

    def _walk(self, thing: object, env: Mapping[str, str], place: Place) -> None:
        match thing:
            case ex.Finds():
                self._finding(thing, env, place)
            case ex.Ref():
                self.take(thing.name, self._args(thing, env), place)
            case ex.Count() | ex.Share() | ex.Weight() | ex.Total():
                number = thing.number if isinstance(thing, ex.Count) else 1
                for member in self._some(thing.binding.group, max(number, 1)):
                    self._walk(thing.binding.condition, {**env, thing.binding.variable: member}, place)
            case ex.Not():
                self._walk(thing.item, env, Place(not place.ending, place.wakes))
            case model.Step():
                self.take(thing.event, tuple(env.values())[:1], place)
            case tuple():
                for one in thing:
                    self._walk(one, env, place)
            case ex.Node() | model.Clause() | model.Change() | model.Becomes():
                for one in fields(thing):
                    if one.name != "span":
                        self._walk(getattr(thing, one.name), env, place)
            case _:
                pass

    def _finding(self, thing: ex.Finds, env: Mapping[str, str], place: Place) -> None:
        found = self.agreements.declarations.get(thing.what.name)
        if found is not None:
            term = Term(thing.what.name, self._args(thing.what, env))
            self._add(Leaf(term, thing.body, (thing.body, 1), isinstance(found, model.State)), place)

    def _args(self, ref: ex.Ref, env: Mapping[str, str]) -> tuple[str, ...]:
        """Give the arguments of a term: names as they stand, whoever else by a first member of the group."""
        groups = (
            [param.group for param in params_of(self.agreements.declarations[ref.name])] if ref.name in self.agreements.declarations else []
        )
        return tuple(self._argument(arg, env, group) for arg, group in zip(ref.args, groups, strict=False))

    def _argument(self, arg: ex.Name | ex.Any, env: Mapping[str, str], group: str) -> str:
        if isinstance(arg, ex.Any) or (isinstance(arg, ex.Some) and arg.text not in env):
            return next(iter(self._some(group, 1)), "")
        return env.get(arg.text, arg.text)

    def _some(self, group: str, number: int) -> Sequence[str]:
        return members(group, self.agreements, self.other)[:number]


def members(group: str, agreements: Agreements, other: Agreements) -> list[str]:
    """Give the named members of a group, those first whom the other draft has in it too."""
    here, there = agreements.get(group, model.Group), other.get(group, model.Group)
    named = list(here.members) if here else []
    shared = set(there.members) if there else set(named)
    return sorted(named, key=lambda name: name not in shared)


def _ways(both: Sequence[Acceptance], env: Mapping[str, str], agreements: Agreements) -> Iterator[tuple[str, str, int]]:
    """Give how a fact can be told: (body, voice, how many voices). Where both drafts accept it alike, the first way is enough."""
    ways = [way for acceptance in both for way in acceptance.ways]
    found: dict[tuple[str, str, int], None] = {}
    for way in ways:
        match way:
            case model.FromVoice():
                who = env.get(way.who.text, way.who.text)
                group = agreements.get(who, model.Group)
                found[("", group.members[0] if group and group.members else who, 1)] = None
            case model.FromSources():
                found[("", "", way.number)] = None
            case model.FromFinding():
                found[(way.body, way.body, 1)] = None
    alike = len(both) > 1 and both[0].ways == both[1].ways
    yield from list(found)[:1] if alike or len(both) == 1 else found


# ---------------------------------------------------------------- histories


@dataclass(frozen=True, kw_only=True)
class Search:
    """What is to be tried: the facts in the order in which they are to come; `cut`: there were more."""

    leaves: tuple[tuple[Leaf, Place], ...]
    cut: bool

    def history(self, chosen: Sequence[Leaf]) -> History:
        """Make the history in which these facts come one after the other."""
        facts = tuple(_fact(leaf, FIRST_DAY + timedelta(days=STEP * place)) for place, leaf in enumerate(chosen))
        return History(name="", origin=SEARCH, facts=facts)

    def tries(self) -> Iterator[tuple[Leaf, ...]]:
        """Give the facts of each history to run, each once: single ones, what tells most, then pairs."""
        every = tuple(leaf for leaf, _ in self.leaves)
        once = {leaf.term: leaf for leaf in every}  # told in the way that is hardest to doubt, where there are several
        grow = tuple(leaf for leaf, place in self.leaves if not place.ending and once[leaf.term] is leaf)
        others = [leaf for leaf, place in self.leaves if place.ending and once[leaf.term] is leaf]
        swapped = [tuple(leaf if one.term == leaf.term else one for one in grow) for leaf in every]
        longer = [grow, *(tuple(one for one in grow if one is not left) for left in grow), *((*grow, end) for end in others), *swapped]
        pairs = [*combinations(every, 2), *((b, a) for a, b in combinations(every, 2) if len(every) <= FEW)]
        seen: set[tuple[Leaf, ...]] = set()
        for one in (*((leaf,) for leaf in every), *longer, *pairs):
            if one and one not in seen and len({leaf.term for leaf in one}) == len(one):
                seen.add(one)
                yield one


def search(matched: Matched, names: Collection[str]) -> Search:
    """Find what the differing declarations turn on in both drafts. `names` are those of the later draft, or of the earlier for the rest."""
    found: dict[Leaf, Place] = {}
    for draft, other, renames in ((matched.after, matched.before, {}), (matched.before, matched.after, dict(matched.names))):
        leaves = Leaves(draft.agreements, other.agreements)
        for name in names:
            own_name = matched.backwards.get(name, name) if draft is matched.before else name
            declared = draft.agreements.declarations.get(own_name)
            for args in _instances(declared, draft.agreements, other.agreements):
                leaves.take(own_name, args, Place())
        for leaf, place in leaves.found.items():
            own = Leaf(Term(renames.get(leaf.term.name, leaf.term.name), leaf.term.args), leaf.body, leaf.way, leaf.holds)
            before = found.get(own, place)
            found[own] = Place(before.ending and place.ending, before.wakes or place.wakes)
    kept = tuple(sorted(list(found.items())[:MOST_FACTS], key=lambda one: one[1].wakes))
    return Search(leaves=kept, cut=len(found) > len(kept))


def _instances(declared: Declaration | None, agreements: Agreements, other: Agreements) -> list[tuple[str, ...]]:
    """Give whom a declaration is to be tried for: a first member of each group, and one whom only one of the drafts has in it."""
    if declared is None:
        return []
    groups = [members(param.group, agreements, other) for param in params_of(declared)]
    if any(not group for group in groups):
        return []
    first = tuple(group[0] for group in groups)
    differing = [
        (*first[:place], group[-1], *first[place + 1 :])
        for place, group in enumerate(groups)
        if group[-1] not in members(params_of(declared)[place].group, other, agreements)
    ]
    return [first, *differing]


def _fact(leaf: Leaf, day: date) -> Fact:
    (voice, number), text = leaf.way, day.isoformat()
    told = f" told by {voice}" if voice and not leaf.body else ""
    found = f"{leaf.body} finds " if leaf.body else ""
    times = f" ({number} voices)" if number > 1 else ""
    when = f"from {text}" if leaf.holds else f"on {text}"
    given = Given(
        term=leaf.term,
        holds=leaf.holds,
        first=text,
        last="" if leaf.holds else text,
        said=text,
        told_by=voice,
        body=leaf.body,
        span=Span(SEARCH),
    )
    return Fact(text=f"{found}{leaf.term} {when}{told}{times}", givens=(given,) * number)
