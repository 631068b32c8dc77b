"""What depends on what: the declarations that each declaration reads, in which way, and the knots among them (semantics 2.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import IntEnum

from aval.model.agreement import Agreements, Becomes, Change, Clause, Declaration, Duty, Power, Process, State, Step
from aval.model.expression import (
    After,
    AfterPaused,
    Before,
    Beginning,
    Binding,
    Bound,
    Compare,
    Count,
    End,
    Expiry,
    Finds,
    Happened,
    HappenedIn,
    Held,
    ItsBeginning,
    ItsTrigger,
    MemberOf,
    Midnight,
    MonthFirst,
    Node,
    Not,
    Order,
    Quantifier,
    Rate,
    Ref,
    Share,
    Stands,
    Weight,
)


class Way(IntEnum):
    """How one declaration reads another, the weakest first."""

    DELAYED = 0
    """only strictly before the instant that it decides: through a delay, a clock, or a guard, which is read just before"""
    PLAIN = 1
    """at the same instant, and more of the one is never less of the other"""
    TURNED = 2
    """at the same instant, through `not`, an edge or a change"""


Ways = Mapping[str, Mapping[str, frozenset[Way]]]
"""What each declaration reads, and in which ways."""

_HOLDERS = (tuple, Node, Clause, Change, Becomes, Binding, Step)
"""What an expression can stand in."""
_TURNS = (Not, Beginning, End, Before, Compare, Change, Becomes, HappenedIn, Order, Stands)
_DELAYS = (After, AfterPaused, Expiry, Held)
_TURNED_FIELDS = frozenset({"excepts", "pauseds", "suspendeds", "provisional_for"})
_UNREAD_FIELDS = frozenset({"meta", "params", "acceptance", "may_find", "replaces"})


def parts_of(item: object) -> Sequence[object]:
    """Give what a clause or expression directly holds."""
    if isinstance(item, tuple):
        return item
    kind = type(item)
    if kind not in _PARTS:
        _PARTS[kind] = _parts_in(kind)
    return [getattr(item, name) for name in _PARTS[kind]]


_PARTS: dict[type, tuple[str, ...]] = {}
"""The fields of a class in which expressions can stand; looked up once, since rules in a knot are read again and again."""


def _parts_in(kind: type) -> tuple[str, ...]:
    if not (is_dataclass(kind) and issubclass(kind, Node | Clause | Change | Becomes | Binding)):
        return ()
    return tuple(field.name for field in fields(kind) if field.name != "span")


def reads(item: object, way: Way = Way.PLAIN) -> list[tuple[str, Way]]:
    """Give each declared name that an expression reads, and how. What is its own, as `its beginning`, has the name `""`."""
    found: list[tuple[str, Way]] = []
    _read(item, way, found)
    return found


def _read(item: object, way: Way, found: list[tuple[str, Way]]) -> None:
    if isinstance(item, Ref):
        found.append((item.name, way))
    elif isinstance(item, MemberOf | Binding):
        found.append((item.group, way))
    elif isinstance(item, ItsBeginning):
        found.append(("", _turned(way)))
    elif isinstance(item, Step):
        found.append((item.event, way))
    for part, below in _below(item, way):
        if isinstance(part, _HOLDERS):
            _read(part, below, found)


def asks_triggers(item: object) -> bool:
    """Whether `its latest trigger` stands in an expression, or `its beginning`, which looks at the same moments."""
    return isinstance(item, ItsTrigger | ItsBeginning) or any(map(asks_triggers, parts_of(item)))


def edged(item: object, agreements: Agreements) -> set[str]:
    """Give the states of which a beginning, an end or a length is asked, and those that these hold while: their changes are read, too."""
    found: set[str] = set()
    ahead, asked = [item], [False]
    while ahead:
        one, below = ahead.pop(), asked.pop()
        below = below or isinstance(one, Beginning | End | Held)
        parts = list(parts_of(one))
        if below and isinstance(one, Ref) and one.name not in found:
            found.add(one.name)
            declared = agreements.get(one.name, State)
            parts += [] if declared is None else [clause.item for clause in declared.whiles] + [declared.provisional_for or ()]
        ahead += parts
        asked += [below] * len(parts)
    return found


def edges_in(declared: Declaration, agreements: Agreements) -> set[str]:
    """Give the states whose beginning or end a declaration asks, as it does of what it is provisional for or of what exercises it."""
    found = {name for one in fields(declared) if one.name not in _UNREAD_FIELDS for name in edged(getattr(declared, one.name), agreements)}
    if isinstance(declared, State) and declared.provisional_for is not None:
        found |= edged(Beginning(item=declared.provisional_for, span=declared.meta.span), agreements)
    if isinstance(declared, Power):
        found |= edged(Beginning(item=declared.deed, span=declared.meta.span), agreements)
    return found


def _below(item: object, way: Way) -> Iterator[tuple[object, Way]]:
    """Yield the parts of an expression, each with the way in which it is read."""
    if isinstance(item, tuple):
        yield from ((part, way) for part in item)
        return
    if isinstance(item, Change | Becomes) and item.guard is not None:
        yield item.guard, Way.DELAYED
        yield from ((event, _turned(way)) for event in of_events(item.guard))
        yield item.moment, _turned(way)
        if isinstance(item, Becomes):
            yield item.to, _turned(way)
        return
    here = Way.DELAYED if _delays(item) else _turned(way) if _turns(item) else way
    for part in parts_of(item):
        yield part, here


def of_events(item: object) -> Iterator[object]:
    """Yield the conditions in a guard that ask what has happened: they see what happens at the very instant."""
    if isinstance(item, Happened | HappenedIn | Rate | Finds):
        yield item
        return
    for part in parts_of(item):
        yield from of_events(part)


def _turned(way: Way) -> Way:
    return way if way is Way.DELAYED else Way.TURNED


def _turns(item: object) -> bool:
    if isinstance(item, Count):
        return item.quantifier is Quantifier.NONE
    if isinstance(item, Share | Weight | Rate):
        return item.bound in (Bound.AT_MOST, Bound.LESS_THAN)
    return isinstance(item, _TURNS)


def _delays(item: object) -> bool:
    if isinstance(item, MonthFirst | Midnight):
        return True
    return isinstance(item, _DELAYS) and item.duration.number > 0


def own_ways(declaration: Declaration) -> dict[str, frozenset[Way]]:
    """Give the names that a declaration reads, each with the ways in which it does."""
    found: dict[str, set[Way]] = {}
    if isinstance(declaration, Process):
        for step in declaration.steps:
            found.setdefault(step.event, set()).add(Way.PLAIN)
        return {name: frozenset(ways) for name, ways in found.items()}
    for field in fields(declaration):
        if field.name not in _UNREAD_FIELDS:
            way = Way.TURNED if field.name in _TURNED_FIELDS else Way.PLAIN
            for name, read in reads(_expressions(getattr(declaration, field.name)), way):
                if name not in getattr(declaration, "values", ()):
                    found.setdefault(name or declaration.meta.name, set()).add(read)
    return {name: frozenset(ways) for name, ways in found.items()}


def _expressions(value: object) -> object:
    return value if isinstance(value, tuple | Node) else ()


def reads_of(declaration: Declaration) -> dict[str, bool]:
    """Give the names that a declaration reads, each with whether any way to it turns."""
    return {name: Way.TURNED in ways for name, ways in own_ways(declaration).items()}


def questions_of(declaration: Declaration) -> Iterator[str]:
    """Yield the questions on whose readings clauses of a declaration stand."""
    for field in fields(declaration):
        value = getattr(declaration, field.name)
        for clause in value if isinstance(value, tuple) else ():
            if isinstance(clause, Clause) and clause.question:
                yield clause.question


def knots(agreements: Agreements, ways: Ways) -> dict[str, tuple[str, ...]]:
    """Give, for every declaration that depends on itself, the declarations of its knot in the order of the text (Tarjan 1972)."""
    edges = {name: tuple(found) for name, found in ways.items()}
    found: dict[str, tuple[str, ...]] = {}
    for component in _components(edges):
        if len(component) > 1 or component[0] in edges[component[0]]:
            members = tuple(name for name in agreements.declarations if name in set(component))
            found.update(dict.fromkeys(members, members))
    return found


def ways_of(agreements: Agreements) -> Ways:
    """Give what each declaration is worked out from, and in which ways.

    What another duty stands in for ends with that one's beginning. The one that stands in sees it as if it did not.
    """
    known = _WAYS.get(id(agreements))
    if known is None or known[0] is not agreements:
        _WAYS.clear()
        known = _WAYS[id(agreements)] = agreements, _ways_of(agreements)
    return known[1]


_WAYS: dict[int, tuple[Agreements, Ways]] = {}
"""Of the agreements that were asked about last, which it keeps alive: they are asked about when they are read and when they run."""


def _ways_of(agreements: Agreements) -> Ways:
    own = _by_exercise({name: own_ways(declared) for name, declared in agreements.declarations.items()}, agreements)
    edges = {name: dict(found) for name, found in own.items()}
    turned = frozenset({Way.TURNED})
    replaced = [(duty.meta.name, ref.name) for duty in agreements.of(Duty) for ref in duty.replaces if ref.name in own]
    for name, other in replaced:
        if edges[name].pop(other, None) is not None:
            edges[name] |= dict.fromkeys(own[other], turned)
    for name, other in replaced:
        edges[other][name] = turned
    return edges


def _by_exercise(own: dict[str, dict[str, frozenset[Way]]], agreements: Agreements) -> dict[str, dict[str, frozenset[Way]]]:
    """A power's exercise comes with its deed; whether the power is available is read just before that, what has happened at the deed."""
    powers = {power.meta.name: power for power in agreements.of(Power)}
    for name, found in own.items():
        for other in found.keys() & powers.keys():
            if other not in _asked(agreements.declarations[name]):
                deed = powers[other].deed.name
                ways = found[other]
                found |= {deed: found.get(deed, frozenset()) | ways, other: frozenset({Way.DELAYED})}
                seen = {event for clause in powers[other].whiles for part in of_events(clause.item) for event, _ in reads(part)}
                now = frozenset(map(_turned, ways))
                found |= {event: found.get(event, frozenset()) | now for event in seen - {other}}
    return own


def _asked(item: object) -> set[str]:
    """Give the names of the norms of which it is asked where they stand."""
    if isinstance(item, Stands):
        return {item.item.name}
    parts = parts_of(item) if isinstance(item, tuple | Node | Clause | Change | Becomes | Binding) else _fields_of(item)
    return {name for part in parts for name in _asked(part)}


def _fields_of(item: object) -> Iterator[object]:
    if is_dataclass(item):
        yield from (value for field in fields(item) if isinstance(value := getattr(item, field.name), tuple | Node))


def strands(knot: Iterable[str], ways: Ways) -> list[tuple[str, ...]]:
    """Give the parts of a knot that hang together at one instant, each after those that it reads there."""
    members = tuple(knot)

    def instant(name: str) -> tuple[str, ...]:
        return tuple(other for other in members if ways[name].get(other, frozenset()) - {Way.DELAYED})

    return [tuple(name for name in members if name in set(part)) for part in _components({name: instant(name) for name in members})]


def turning(knot: Iterable[str], ways: Ways) -> tuple[str, ...]:
    """Give the first strand of a knot in which a rule waits for another's change of the same instant; none where there is none."""
    for strand in strands(knot, ways):
        if any(Way.TURNED in ways[name].get(other, ()) for name in strand for other in strand):
            return strand
    return ()


def _components(edges: dict[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Tarjan's strongly connected components, without recursion."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root, ahead in edges.items():
        work = [(root, iter(ahead))] if root not in index else []
        while work:
            name, below = work[-1]
            if name not in index:
                index[name] = low[name] = len(index)
                stack.append(name)
                on_stack.add(name)
            step = next((other for other in below if other in edges and (other not in index or other in on_stack)), None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    place = stack.index(name)
                    component, stack[place:] = stack[place:], []
                    on_stack.difference_update(component)
                    yield component
            elif step in on_stack:
                low[name] = min(low[name], index[step])
            else:
                work.append((step, iter(edges[step])))
