"""An evaluation that goes on from another when news come: what they cannot reach is shared, the rest is worked out for few (decision 19).

A column that news reach stays as it was, with the values for which it may differ (its *box*), until it is asked for. Then the very
functions that make a whole column make it for the values of the box (`aval.engine.narrow`), and that is laid over the old one.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from aval.engine.admit import CLAIMS, hear
from aval.engine.budget import Budget, allowance
from aval.engine.cast import VOTE, Ballot
from aval.engine.domains import Domains
from aval.engine.former import Former, Kept, Place, former
from aval.engine.narrow import Narrow
from aval.engine.protocol import Point
from aval.engine.reach import Box, boxes, closed, holds, join, reached
from aval.engine.readmit import Readmitted, Refirmed, first_of, standings
from aval.engine.rules import ballot
from aval.engine.seats import seated_only
from aval.engine.splice import Column, Unlike, spliced
from aval.engine.widening import Made
from aval.engine.world import World
from aval.model.agreement import Body, Declaration, Event, FromVoice, Group, Power, params_of
from aval.model.claims import Claims
from aval.model.columns import Moments, Numbers, Timeline
from aval.model.four import Value
from aval.model.grown import Grown, grown
from aval.model.reason import Reason
from aval.model.statement import Says, Statement
from aval.model.term import Term
from aval.model.view import View

C = TypeVar("C", bound=Column)
LITTLE = 256
"""instances of a declaration, or a knot, up to which all of them are worked out again"""
PART = 4
"""the part of its instances (one in so many) from which on a declaration is worked out whole"""
_CACHES = ("_columns", "_stacked", "_happened", "_deadlines", "_words", "_quantities", "_claimed")


def with_news(world: World, statements: Iterable[Statement], withdrawn: Iterable[str] = ()) -> World:
    """Give the evaluation of the same view with further live statements, and without those with the ids that are no longer live.

    The statements of `world` have to be in the order of `aval.evidence.live`; `world` stays as it is.
    """
    fresh = [one for one in statements if one.id not in world.claims.by_id] if not isinstance(world.claims, Grown) else list(statements)
    gone = list(withdrawn)
    claims = grown(world.claims, world.case_zone, fresh, gone)
    lost = [one for id_ in gone if (one := _found(world.claims, id_)) is not None]
    return going_on(world, claims, [*fresh, *lost], world.view)


def _found(claims: Claims, id_: str) -> Statement | None:
    if isinstance(claims, Grown):
        return next((said[id_] for said in claims.added.values() if id_ in said), None) or _found(claims.root, id_)
    row = claims.find(id_)
    return None if row is None else claims.book.statement(row)


def going_on(world: World, claims: Claims, changed: Sequence[Statement], view: View) -> World:
    """Give the evaluation of these claims, which differ from those of another by the statements `changed`."""
    if isinstance(world, Later) and world.budget.spent > world.budget.limit // 2:
        # what was worked out anew is counted on top of what it replaced: before that could make a difference, all is counted again
        return World(world.agreements, claims, view, world.case_zone, world.steps)
    later = Later(world, claims, changed, view)
    # what is voted on may itself say who votes: then one has to come after the other as it does from scratch
    groups = [one for one in world.agreements.of(Group) if one.others and not one.among] if later.decided else []
    groups += [one for one in world.agreements.of(Group) if any(term.name == one.meta.name for _, term in later.decided)]
    return World(world.agreements, claims, view, world.case_zone, world.steps) if groups else later


class Wider(Exception):
    """More has to be worked out than was thought."""


@dataclass(slots=True)
class _Pending:
    """A column as it was, and the values for which it may differ now."""

    column: Any
    box: Box


class Later(World):
    """What follows with some statements more or less, at a view."""

    _root_terms: Mapping[str, list[Term]]
    _bare: frozenset[str]
    _former: Former
    _lost: frozenset[str] = frozenset()

    def __init__(self, before: World, claims: Claims, changed: Sequence[Statement], view: View) -> None:
        """Sort what is new, and find what it can reach; nothing is worked out yet but membership and votes, where they matter."""
        self.__dict__ |= before.__dict__
        self._links, self._others = before.links, None
        self.claims, self.view, self.known = claims, view, view.known
        self.budget = Budget(allowance(len(claims)) if before.steps is None else before.steps, before.budget.spent)
        self._root_terms = before._root_terms if isinstance(before, Later) else before._terms  # noqa: SLF001  of the same kind
        self._ordered: dict[str, list[Term]] = {}
        self._narrows: dict[tuple[str, Box], Narrow] = {}
        self.solving: dict[str, Narrow] = {}
        touched = {one.term for one in changed if one.says in CLAIMS or one.says is Says.OFFERS}
        self._hear(before, touched)
        self._members(before, changed)
        groups = {term.name for term in touched if self.agreements.get(term.name, Group) is not None} | self._resized
        self._columns = {name: made for name, made in before._columns.items() if name not in groups}  # noqa: SLF001
        touched |= self._seat(groups, touched)
        touched |= self._vote(before, changed, groups, touched)
        self._ordered = {}
        found = boxes(((term.name, term.args) for term in touched), self.agreements) | dict.fromkeys(self._resized, (None,))
        self._take_over(before, reached(found, self.links[0], self.agreements), set(found))

    # what was said

    def _hear(self, before: World, terms: Iterable[Term]) -> None:
        said = {term: self.claims.about(term) for term in terms}
        self.admitted = Readmitted(before.admitted, self.agreements, said)
        self.firmest = Refirmed(before.firmest, said)
        self.standings = standings(before.standings, said, self.claims, self.case_zone)

    def _members(self, before: World, changed: Iterable[Statement]) -> None:
        """Find out over whom the groups range now."""
        self._resized: set[str] = set()
        if not any(one.says is Says.MEMBER or self._names_others(one.term) for one in changed):
            return
        self._domains = Domains(self.agreements, self.claims, self.view, self.admitted)
        names = [one.meta.name for one in self.agreements.of(Group)]
        self._resized = {name for name in names if self._domains.candidates(name) != before.axis("", name).values}

    def _names_others(self, term: Term) -> bool:
        """Whether a term can name one of a group whose others nobody named."""
        declared = self.agreements.declarations.get(term.name)
        groups = () if declared is None else (self.agreements.get(param.group, Group) for param in params_of(declared))
        return any(group is not None and group.others and not group.among for group in groups)

    def _seat(self, groups: set[str], touched: set[Term]) -> set[Term]:
        """Take acts of those who were no members out, of what was said anew and of all whose membership may be another."""
        found: set[Term] = set()
        for declared in self.agreements.of(Event):
            over = {param.name: (place, param.group) for place, param in enumerate(declared.params)}
            voices = [over[way.who.text] for way in declared.acceptance.ways if isinstance(way, FromVoice) and way.who.text in over]
            for place, group in voices:
                if group in groups:
                    who = None if group in self._resized else {term.args[0] for term in touched if term.name == group}
                    found |= {term for term in self.terms_of(declared.meta.name) if who is None or term.args[place] in who}
        if found - touched:
            self.admitted = Readmitted(self.admitted, self.agreements, {term: self.claims.about(term) for term in found - touched})
        seated_only(self.admitted, self, [term for term in touched | found if term in self.admitted])
        return found

    @property
    def decided(self) -> Mapping[tuple[str, Term], list[Ballot]]:
        """The ballots, by the body and by what was voted on."""
        return self._ballots

    def _vote(self, before: World, changed: Iterable[Statement], groups: set[str], touched: set[Term]) -> set[Term]:
        """Count the votes again where there are new ones, or where others may sit; give what was voted on with another outcome."""
        bodies = [one for one in self.agreements.of(Body) if one.decides is not None]
        seats = {name for body in bodies for name in (*body.seats, body.decides.veto if body.decides else "")}
        old = before._ballots  # noqa: SLF001  of the same kind
        found: set[Term] = set()
        if any(one.term.name == VOTE for one in changed) or (old and not seats.isdisjoint(groups)):
            self._ballots = ballot.ballots(self.claims, self)
            every = {**old, **self._ballots}
            found = {place[1] for place in every if old.get(place) != self._ballots.get(place)}
            self.admitted = Readmitted(self.admitted, self.agreements, {term: self.claims.about(term) for term in found - touched})
            seated_only(self.admitted, self, [term for term in found - touched if term in self.admitted])
        for (_, term), ballots in self._ballots.items():
            passed = [ballot.finding_of(one, self) for one in ballots if one.value is Value.YES]
            if passed and term in found | touched:
                told = [one for one in self.claims.about(term) if one.says in CLAIMS]
                self.admitted[term] = hear(self.agreements, term, [*told, *passed])
        return found

    def terms_of(self, name: str) -> list[Term]:
        """Give every term of a declaration that somebody spoke of, in the order in which each was first spoken of."""
        if name not in self._ordered:
            spoken = self._root_terms.get(name, [])
            voted = dict.fromkeys(term for _, term in self._ballots if term.name == name)
            anew = {term for term in cast("Readmitted", self.admitted).anew if term.name == name} | voted.keys()
            self._ordered[name] = self._in_order(spoken, anew, voted) if anew else spoken
        return self._ordered[name]

    def _in_order(self, spoken: Sequence[Term], anew: set[Term], voted: Iterable[Term]) -> list[Term]:
        found = [term for term in spoken if term not in anew]
        first = {term: place for term in anew if (place := self._first(term)) is not None}
        for term in first:
            insort(found, term, key=lambda one: first.get(one) or self._first(one) or (0, ""))
        return found + [term for term in voted if term not in first]

    def _first(self, term: Term) -> tuple[int, str] | None:
        return first_of(self.claims.about(term), self.case_zone, frozenset(CLAIMS))

    def spoken_of(self, name: str) -> Sequence[Claims]:
        """Give all that was said of the terms of a declaration, whether or not it counts; each term's in one piece."""
        if not isinstance(self.claims, Grown):
            return super().spoken_of(name)
        anew = {term for term in (*self.claims.added, *self.claims.gone) if term.name == name}
        old = self.claims.root.of_name(name)
        return [old.where(old.ask(old.book.term, lambda term: term not in anew)), *map(self.claims.about, anew)]

    # what it reaches

    def _take_over(self, before: World, reach: Mapping[str, Box], touched: set[str]) -> None:
        """Share what is not reached, keep what is reached with its box, and forget what has to be worked out whole."""
        self.stale: dict[Place, _Pending] = {}
        narrow = {name: box for name, box in reach.items() if self._is_narrow(name, reach)}
        untouched = {name for name, box in narrow.items() if self.size(name, box) == 0}
        old = before.stale if isinstance(before, Later) else {}
        was: dict[str, dict[Place, Any]] = {}
        for cache in _CACHES:
            kept = {}
            for key, column in getattr(before, cache).items():
                owner = _owner(key)
                if owner not in reach or owner in untouched:
                    kept[key] = column
                    continue
                was.setdefault(owner, {})[cache, key] = column
                if owner in narrow:
                    self.stale[cache, key] = _Pending(column, reach[owner])
            setattr(self, cache, kept)
        cut = {one for name in before._cut for one in self._knots.get(name, (name,))}  # noqa: SLF001  of the same kind
        if isinstance(before, Later):
            self._lost = before.forgotten()
        # what nobody asked for after the news before these is older than what may rest on it
        unknown = self._lost | {_owner(key) for _, key in old}
        self._former = former(was, reach, frozenset(narrow), unknown, touched | unknown | cut | self._resized, self)
        for (cache, key), pending in old.items():
            owner = _owner(key)
            if owner not in reach or owner in untouched:
                self.stale[cache, key] = pending
            elif owner in narrow:
                self.stale[cache, key] = _Pending(pending.column, join(pending.box, reach[owner]))
        changed = reach.keys() - untouched
        own = self.links[1]
        nodes = before._nodes.items()  # noqa: SLF001
        self._nodes = {place: column for place, column in nodes if place[0] not in changed and place[1] in own}
        self._kept, self._readers, self._named = list(before._kept), {}, {}  # noqa: SLF001
        self._questions_of = {name: axes for name, axes in before._questions_of.items() if name not in changed}  # noqa: SLF001
        self._sized = before._sized - (changed - narrow.keys())  # noqa: SLF001
        self._cut, self._restless = before._cut - changed, {}  # noqa: SLF001
        self._bare = (before._bare if isinstance(before, Later) else frozenset()) | changed  # noqa: SLF001
        self._reasons, self._explaining, self._met = {}, [], set()

    def forgotten(self) -> frozenset[str]:
        """Give the declarations of which a column was forgotten, and not made again, while others may still rest on it."""
        gone = {
            owner
            for owner, kept in self._former.was.items()
            for place in kept
            if place not in self.stale and place[1] not in getattr(self, place[0])
        }
        return self._lost | gone

    def ask(self, place: Place) -> object:
        """Give the column of a place."""
        cache, key = place
        if isinstance(key, str) and " " in key:
            name = _owner(key)
            power = isinstance(self.agreements.declarations[name], Power) and key == f"exercise of {name}"
            return self.occurrences(name) if power else self.findings(key.split(" ", 1)[0], name)
        return _ASKED[cache](self, key)

    def restore(self, kept: Kept) -> None:
        """Take columns as they were."""
        for (cache, key), column in kept.items():
            getattr(self, cache).setdefault(key, column)
            self.stale.pop((cache, key), None)

    def _is_narrow(self, name: str, reach: Mapping[str, Box]) -> bool:
        """Whether so few instances are reached that they are worked out by themselves; those of a knot are so together."""
        if name not in self.agreements.declarations or isinstance(self.agreements.declarations[name], Group):
            return False
        knot = self._knots.get(name, (name,))
        if not self._cut.isdisjoint(knot):
            return False
        every = sum(self.size(one, None) for one in knot)
        return every > LITTLE and sum(self.size(one, reach[one]) for one in knot if one in reach) * PART <= every

    def size(self, name: str, box: Box | None) -> int:
        """Count the instances of a declaration, or of a box of it."""
        size = 1
        for place, param in enumerate(params_of(self.agreements.declarations[name])):
            values = self._domains.candidates(param.group)
            wanted = None if box is None else box[place]
            size *= len(values) if wanted is None else sum(value in values for value in wanted)
        return size

    def seen_from(self, view: View) -> World:
        """Give the same evaluation from another instant."""
        other = cast("Later", super().seen_from(view))
        other._narrows, other.solving = {}, {}  # noqa: SLF001  of the same class
        return other

    def worked_out(self) -> list[Timeline | Moments | Numbers]:
        """Give every column that was worked out so far."""
        return [*super().worked_out(), *(column for narrow in self._narrows.values() for column in narrow.worked_out())]

    # columns

    def aspect(self, place: Place, owner: str, narrow: Callable[[World], C], whole: Callable[[World], C]) -> C:
        """Give a column: laid over the old one where that can be, else worked out whole."""
        if owner in self.solving:
            return self._as_solved(place, owner, narrow)
        self._former.settle(owner, self)
        cache, key = place
        if place in self.stale and key not in getattr(self, cache):
            pending = self.stale.pop(place)
            with suppress(Unlike):
                getattr(self, cache)[key] = spliced(pending.column, narrow(self.narrowed(owner, pending.box)))
        return whole(self)

    def narrowed(self, name: str, box: Box) -> Narrow:
        """Give the evaluation of some instances of a declaration, whose column is worked out."""
        if (name, box) not in self._narrows:
            self._narrows[name, box] = Narrow(self, {name: box}, solves=False)
        return self._narrows[name, box]

    def _as_solved(self, place: Place, owner: str, narrow: Callable[[World], C]) -> C:
        """Give a column of a knot as far as the knot is solved; it is not kept, since it changes with each round."""
        pending, solver = self.stale.get(place), self.solving[owner]
        if pending is None or not holds(solver.boxes[owner], pending.box):
            raise Wider
        solver.asked[place] = narrow
        try:
            return cast("C", spliced(pending.column, solver.of(owner, narrow)))
        except Unlike:
            raise Wider from None

    def _column(self, name: str) -> Made:
        if name in self.solving:
            return self._as_solved(("_columns", name), name, lambda world: world.present(name))
        self._former.settle(name, self)
        if name not in self._columns and ("_columns", name) in self.stale and not self._solved(name):
            for one in self._knots.get(name, (name,)):
                self._drop(one)
        return super()._column(name)

    def _solved(self, name: str) -> bool:
        """Work the boxes of a declaration, or of a knot, out; say whether that was possible."""
        knot = self._knots.get(name, (name,))
        found = {one: self.stale["_columns", one].box for one in knot if ("_columns", one) in self.stale}
        if any(one not in found and one not in self._columns for one in knot):
            return False
        if name not in self._knots:
            return self._solved_in(found, warm=False)
        if self._solved_in(found, warm=True):
            return True
        # rules that depend on each other may have several solutions where instants are blurred: the rounds have to go as they go for all
        found = closed(found, knot, self.links[0], self.agreements)
        every, wanted = (sum(self.size(one, box) for one, box in boxes) for boxes in (((one, None) for one in knot), found.items()))
        return 0 < wanted * PART <= every and all(self.size(one, box) for one, box in found.items()) and self._solved_in(found, warm=False)

    def _solved_in(self, found: Mapping[str, Box], *, warm: bool) -> bool:
        wanted = {one: self.stale.get(("_columns", one)) or _Pending(self._columns[one], box) for one, box in found.items()}
        # what little changes is soon worked out from what was there before
        solver = Narrow(self, found, solves=True, starts={one: pending.column for one, pending in wanted.items()} if warm else None)
        self.solving.update(dict.fromkeys(wanted, solver))
        try:
            made = {one: spliced(pending.column, solver.solved(one)) for one, pending in wanted.items()}
            if solver.cut or (warm and not solver.all_exact()):
                return False
            asked: dict[Place, Any] = {}
            while ahead := [place for place in solver.asked if place not in asked]:
                asked |= {place: spliced(self.stale[place].column, solver.asked[place](solver)) for place in ahead}
        except (Unlike, Wider):
            return False
        finally:
            for one in wanted:
                self.solving.pop(one, None)
        for one, box in found.items() if len(found) == 1 else ():
            self._narrows[one, box] = solver  # what its expressions came to serves its words, deadlines and the like, too
        asked |= {("_columns", one): column for one, column in made.items()}
        for (cache, key), column in asked.items():
            getattr(self, cache)[key] = column
            self.stale.pop((cache, key), None)
        return True

    def _drop(self, name: str) -> None:
        """Forget all that is known of a declaration."""
        for cache in _CACHES:
            kept = getattr(self, cache)
            for key in [key for key in kept if _owner(key) == name]:
                del kept[key]
        for place in [place for place in self.stale if _owner(place[1]) == name]:
            del self.stale[place]
        for node in [node for node in self._nodes if node[0] == name]:
            del self._nodes[node]

    def _forget(self, name: str) -> None:
        """Forget what was worked out from a column."""
        super()._forget(name)
        for place in [place for place in self.stale if _owner(place[1]) == name]:
            del self.stale[place]

    def state(self, name: str) -> Timeline:
        """Give the column of a declared state, process, duty, ban or power; one with values has the axis `=` of them."""
        if not self._has_values(name):
            return super().state(name)
        return self.aspect(("_stacked", name), name, lambda world: world.state(name), lambda world: World.state(world, name))

    def _has_values(self, name: str) -> bool:
        return bool(getattr(self.agreements.declarations[name], "values", ()))

    def happened(self, name: str) -> Timeline:
        """Give the column of whether a declared event or moment has come."""
        return self.aspect(("_happened", name), name, lambda world: world.happened(name), lambda world: World.happened(world, name))

    def occurrences(self, name: str) -> Moments:
        """Give the column of a declared event or moment, or of the valid exercise of a power."""
        if not isinstance(self.agreements.declarations[name], Power):
            return super().occurrences(name)
        place = ("_columns", f"exercise of {name}")
        return self.aspect(place, name, lambda world: world.occurrences(name), lambda world: World.occurrences(world, name))

    def claimed(self, name: str) -> Moments:
        """Give the column of an event as anybody has claimed it."""
        return self.aspect(("_claimed", name), name, lambda world: world.claimed(name), lambda world: World.claimed(world, name))

    def findings(self, body: str, name: str) -> Moments:
        """Give the column of what a body itself found of a declared event."""
        place = ("_columns", f"{body} finds {name}")
        return self.aspect(place, name, lambda world: world.findings(body, name), lambda world: World.findings(world, body, name))

    def words(self, name: str, *, alone: bool = False) -> Mapping[str, Timeline]:
        """Give, for each word in which a norm can stand or each value of a state, the column of when it does."""
        if self._has_values(name):
            return super().words(name, alone=alone)
        return self.aspect(
            ("_words", (name, alone)),
            name,
            lambda world: world.words(name, alone=alone),
            lambda world: World.words(world, name, alone=alone),
        )

    def deadlines(self, name: str) -> Moments:
        """Give the column of a duty's deadlines."""
        return self.aspect(("_deadlines", name), name, lambda world: world.deadlines(name), lambda world: World.deadlines(world, name))

    def quantity(self, name: str) -> Numbers:
        """Give the column of a declared quantity."""
        return self.aspect(("_quantities", name), name, lambda world: world.quantity(name), lambda world: World.quantity(world, name))

    # reasons

    def _explain(self, declared: Declaration, term: Term, point: Point) -> Reason:
        """Explain a term. Where the parts of its clauses are not worked out, they are for this term alone."""
        name, params = declared.meta.name, params_of(declared)
        alone = name in self._bare and len(params) == len(term.args) > 0 and not isinstance(declared, Group | Event)
        if not alone or self.size(name, None) <= LITTLE:
            return super()._explain(declared, term, point)
        if not all(arg in self._domains.candidates(param.group) for arg, param in zip(term.args, params, strict=True)):
            return super()._explain(declared, term, point)
        return self.narrowed(name, tuple(frozenset({arg}) for arg in term.args)).explained(declared, term, point)


def _owner(key: str | tuple[str, bool]) -> str:
    """Give the declaration that a column of a cache belongs to."""
    return key.rsplit(" ", 1)[-1] if isinstance(key, str) else key[0]


_ASKED: Mapping[str, Callable[[Later, Any], object]] = {
    "_columns": lambda world, name: world.whole(name),
    "_stacked": lambda world, name: world.state(name),
    "_happened": lambda world, name: world.happened(name),
    "_deadlines": lambda world, name: world.deadlines(name),
    "_words": lambda world, key: world.words(key[0], alone=key[1]),
    "_quantities": lambda world, name: world.quantity(name),
    "_claimed": lambda world, name: world.claimed(name),
}
"""How the columns of a cache are asked for."""
