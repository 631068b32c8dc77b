"""Two texts clause by clause: every declaration that differs, and which way."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product

from aval.engine.order import ways_of
from aval.model.agreement import Agreements, Ban, Clause, Declaration, Document, Duty, Group, Power, Question, State
from aval.model.problem import Span
from aval.study.clauses import at, differences, parts_of
from aval.study.facets import EVERY, FACETS, LISTS, Side, meta
from aval.study.matching import renamed
from aval.study.normal import Naming
from aval.study.shapes import Difference, Effect, Point, Verdict

MOST_CHOICES = 64
"""choices of readings that a declaration is compared on"""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """One text: what it is called, its sound declarations, and which documents are compared (others only lend their names).

    `broken` are names that a mistake took away; `words` gives the text of a place.
    """

    title: str
    agreements: Agreements
    paths: frozenset[str]
    words: Callable[[Span], str]
    broken: frozenset[str] = frozenset()

    @property
    def declared(self) -> dict[str, Declaration]:
        """What is compared, by name."""
        return {name: one for name, one in self.agreements.declarations.items() if one.meta.span.path in self.paths}

    @property
    def documents(self) -> dict[str, Document]:
        """The agreements that are compared, by name."""
        return {one.meta.name: one for one in self.agreements.documents if one.meta.span.path in self.paths}

    def members(self, group: str) -> frozenset[str] | None:
        """Give the members of a group that is known whole."""
        found = self.agreements.get(group, Group)
        return None if found is None or found.others or found.size is not None or found.table else frozenset(found.members)


@dataclass(frozen=True, kw_only=True)
class Matched:
    """Two drafts with what stands for what: `names` are the earlier names that the later text has under others."""

    before: Draft
    after: Draft
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def backwards(self) -> dict[str, str]:
        """The later names, each with its earlier one, where that is another."""
        return {new: old for old, new in self.names.items()}

    @property
    def either(self) -> dict[str, str]:
        """What goes by two names, each way."""
        return {**self.names, **self.backwards}

    @property
    def both(self) -> tuple[Agreements, Agreements]:
        """The declarations of the earlier and of the later text."""
        return self.before.agreements, self.after.agreements


def match(before: Draft, after: Draft) -> Matched:
    """Find out what stands for what. A name that one text has and lost by a mistake is taken for nothing else."""
    lost = before.broken | after.broken
    old, new = ({name: one for name, one in side.declared.items() if name not in lost} for side in (before, after))
    return Matched(before=before, after=after, names=renamed(old, new))


def compared(matched: Matched) -> Iterator[Difference]:
    """Yield what differs: the agreements themselves, then each declaration in the order of the later text, then what was removed."""
    before, after = matched.before, matched.after
    yield from _agreements(matched)
    old, new, was = before.declared, after.declared, matched.backwards
    for name, declared in new.items():
        earlier = old.get(was.get(name, name))
        if earlier is not None:
            found = _difference(earlier, declared, matched)
            yield from [found] if found is not None else []
        elif name not in before.broken:
            yield _alone(declared, Verdict.ADDED, after)
    for name, declared in old.items():
        if matched.names.get(name, name) not in new and name not in after.broken:
            yield _alone(declared, Verdict.REMOVED, before)


def _agreements(matched: Matched) -> Iterator[Difference]:
    old, new = matched.before.documents, matched.after.documents
    pairs = [(old[name], new[name]) for name in old if name in new]
    gone, come = [one for name, one in old.items() if name not in new], [one for name, one in new.items() if name not in old]
    if len(gone) == len(come) == 1:
        pairs, gone, come = [*pairs, (gone[0], come[0])], [], []
    for earlier, later in pairs:
        points = tuple(_points(earlier, later, matched))
        if points or earlier.meta.name != later.meta.name:
            yield _told(earlier, later, points, ())
    yield from (_alone(one, Verdict.ADDED, matched.after) for one in come)
    yield from (_alone(one, Verdict.REMOVED, matched.before) for one in gone)


def _difference(earlier: Declaration, later: Declaration, matched: Matched) -> Difference | None:
    points = tuple(_points(earlier, later, matched)) if type(earlier) is type(later) else (_other_kind(earlier, later),)
    if not points and earlier.meta.name == later.meta.name:
        return None
    reaches = reached(later.meta.name, matched.after) if any(one.effect is not Effect.WORDS for one in points) else ()
    return _told(earlier, later, points, reaches)


def _told(
    earlier: Declaration | Document, later: Declaration | Document, points: tuple[Point, ...], reaches: tuple[str, ...]
) -> Difference:
    name, was = later.meta.name, earlier.meta.name
    return Difference(
        name=name,
        was="" if was == name else was,
        kind=kind_of(later),
        label=later.meta.label,
        verdict=_verdict([point.effect for point in points]),
        points=points,
        before_at=at(earlier.meta.span),
        after_at=at(later.meta.span),
        reaches=reaches,
    )


def _alone(declared: Declaration | Document, verdict: Verdict, draft: Draft) -> Difference:
    place, added = at(declared.meta.span), verdict is Verdict.ADDED
    return Difference(
        name=declared.meta.name,
        kind=kind_of(declared),
        label=declared.meta.label,
        verdict=verdict,
        before_at="" if added else place,
        after_at=place if added else "",
        reaches=reached(declared.meta.name, draft),
    )


def kind_of(declared: Declaration | Document) -> str:
    """Name the kind of a declaration as the language does."""
    return "agreement" if isinstance(declared, Document) else type(declared).__name__.lower()


def _verdict(effects: Collection[Effect]) -> Verdict:
    found = set(effects) - {Effect.WORDS}
    if not found:
        return Verdict.WORDING if effects else Verdict.RENAMED
    if Effect.UNCLEAR in found:
        return Verdict.CHANGED
    if len(found) > 1:
        return Verdict.BOTH
    return Verdict.WEAKENED if Effect.WEAKER in found else Verdict.STRENGTHENED


def _other_kind(earlier: Declaration, later: Declaration) -> Point:
    """Tell that a declaration became one of another kind: "will" became "may", or the reverse."""
    kinds = (type(earlier), type(later))
    what, effect = {
        (Duty, Power): ("a duty became a power: what was owed may be done", Effect.WEAKER),
        (Power, Duty): ("a power became a duty: what could be done is owed", Effect.STRONGER),
    }.get(kinds, ("another kind of declaration", Effect.UNCLEAR))
    places = at(earlier.meta.span), at(later.meta.span)
    return Point(
        clause="kind", what=what, effect=effect, before=kind_of(earlier), after=kind_of(later), before_at=places[0], after_at=places[1]
    )


def _points(earlier: Declaration | Document, later: Declaration | Document, matched: Matched) -> Iterator[Point]:
    """Yield what differs between two declarations of one kind."""
    sides = _side(earlier, matched.before, matched.names), _side(later, matched.after, {})
    if isinstance(earlier, State) and isinstance(later, State) and earlier.reported != later.reported:
        what = "it follows from a rule now" if earlier.reported else "it is only reported now"
        yield Point(clause="state", what=what, effect=Effect.UNCLEAR, before_at=at(earlier.meta.span), after_at=at(later.meta.span))
    else:
        for facet in (*(() if isinstance(earlier, Document) else EVERY), *FACETS.get(type(earlier), ())):
            yield from facet(*sides)
        yield from _lists(*sides, matched)
    yield from meta(*sides)


def _side(declared: Declaration | Document, draft: Draft, names: Mapping[str, str]) -> Side:
    naming = Naming(names) if isinstance(declared, Document) else Naming.of(declared, names)
    return Side(declared=declared, naming=naming, words=draft.words, members=draft.members)


# ---------------------------------------------------------------- clauses that can stand on a reading


def _lists(before: Side, after: Side, matched: Matched) -> Iterator[Point]:
    """Compare lists of clauses on every choice of readings; what differs on all of them is told once and without them."""
    choices = _choices(before, after, matched)
    found: dict[Point, list[Mapping[str, str]]] = {}
    for choice in choices:
        for attribute, keyword, role in LISTS.get(type(before.declared), ()):
            one, other = (
                parts_of(role, _on(getattr(side.declared, attribute), choice, side.naming), side.naming, side.words)
                for side in (before, after)
            )
            for point in differences(keyword, role, one, other):
                found.setdefault(point, []).append(choice)
    for point, where in found.items():
        yield point if len(where) == len(choices) else replace(point, readings=_worded(where, choices))


def _on(clauses: Sequence[Clause[object]], choice: Mapping[str, str], naming: Naming) -> list[Clause[object]]:
    """Give the clauses that are valid on a choice of readings."""
    return [one for one in clauses if not one.question or choice.get(naming.declared(one.question)) in (None, one.reading)]


def _choices(before: Side, after: Side, matched: Matched) -> list[Mapping[str, str]]:
    """Give the choices of readings that the clauses of two declarations depend on."""
    asked: dict[str, dict[str, None]] = {}
    for side, draft in ((before, matched.before), (after, matched.after)):
        lists = [getattr(side.declared, attribute) for attribute, _, _ in LISTS.get(type(side.declared), ())]
        for name in {clause.question for clauses in lists for clause in clauses if clause.question}:
            question = draft.agreements.get(name, Question)
            readings = [one.name for one in question.readings] if question else []
            asked.setdefault(side.naming.declared(name), {}).update(dict.fromkeys(readings))
    found: list[Mapping[str, str]] = [{}]
    for question_name, names in sorted(asked.items()):
        if len(found) * len(names) <= MOST_CHOICES:
            found = [{**choice, question_name: name} for choice, name in product(found, names)]
    return found


def _worded(where: Sequence[Mapping[str, str]], choices: Sequence[Mapping[str, str]]) -> str:
    """Name the readings on which something differs, by the one question that decides it where there is one."""
    for question in choices[0]:
        names = {choice[question] for choice in where}
        if len(where) == sum(choice[question] in names for choice in choices):
            return f"{question}={' or '.join(sorted(names))}"
    return "; ".join(", ".join(f"{question}={name}" for question, name in choice.items()) for choice in where)


# ---------------------------------------------------------------- what rests on it


def reached(name: str, draft: Draft) -> tuple[str, ...]:
    """Give the norms of a text that read a declaration, directly or through others, in the order of the text."""
    ways = ways_of(draft.agreements)
    found, ahead = {name}, True
    while ahead:
        more = {reader for reader, read in ways.items() if reader not in found and not found.isdisjoint(read)}
        found |= more
        ahead = bool(more)
    declared = draft.agreements.declarations
    return tuple(one for one in declared if one in found and one != name and isinstance(declared[one], Duty | Ban | Power))
