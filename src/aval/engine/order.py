"""What depends on what: the declarations that each declaration reads, and the knots among them (semantics 2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from aval.model.agreement import Agreements, Ban, Change, Clause, Declaration, Duty, Power, Process, State
from aval.model.expression import Beginning, Binding, End, Expression, Happened, HappenedIn, Held, MemberOf, Node, Not, Order, Ref, Stands

_CLAUSES = (
    *("whiles", "froms", "untils", "whens", "withins", "no_laters", "means", "conditions"),
    *("excepts", "pauseds", "suspendeds", "waivers", "amounts"),
)
_TURNS = (Not, Beginning, End, Held, HappenedIn, Order, Stands)


def parts_of(item: object) -> Iterator[object]:
    """Yield what a clause or expression directly holds."""
    if isinstance(item, tuple):
        yield from item
    elif is_dataclass(item) and isinstance(item, Node | Clause | Change | Binding):
        for field in fields(item):
            if field.name != "span":
                yield getattr(item, field.name)


def reads(item: object, *, turned: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield each declared name that an expression reads, and whether a turn (`not`, an edge, a change) lies between."""
    if isinstance(item, Ref):
        yield item.name, turned
    if isinstance(item, MemberOf | Binding):
        yield item.group, turned
    below = turned or isinstance(item, (*_TURNS, Change))
    for part in parts_of(item):
        yield from reads(part, turned=below)


def reads_of(declaration: Declaration) -> dict[str, bool]:
    """Give the names that a declaration reads, each with whether any way to it turns."""
    clauses: list[object] = []
    match declaration:
        case State():
            clauses = [declaration.whiles, declaration.froms, declaration.untils]
        case Duty():
            clauses = [declaration.whiles, declaration.whens, declaration.untils, declaration.no_laters, declaration.deeds]
            clauses += [declaration.waivers, declaration.amounts, _negated(declaration.excepts)]
            clauses += [_negated(declaration.pauseds), _negated(declaration.suspendeds)]
        case Ban():
            clauses = [declaration.whiles, declaration.froms, declaration.untils, _negated(declaration.excepts)]
            clauses += [declaration.deeds, declaration.proposed_by]
        case Power():
            clauses = [declaration.whiles, declaration.deed]
        case Process():
            clauses = [Happened(Ref(step.event)) for step in declaration.steps]
        case _:
            clauses = [getattr(declaration, "means", ()), getattr(declaration, "conditions", ())]
    found: dict[str, bool] = {}
    for clause in clauses:
        for name, turned in reads(clause):
            found[name] = found.get(name, False) or turned
    return found


def _negated(clauses: tuple[Clause[Expression], ...]) -> list[Not]:
    return [Not(clause.item) for clause in clauses]


def questions_of(declaration: Declaration) -> Iterator[str]:
    """Yield the questions on whose readings clauses of a declaration stand."""
    for name in _CLAUSES:
        for clause in getattr(declaration, name, ()):
            if clause.question:
                yield clause.question


def knots(agreements: Agreements) -> dict[str, tuple[str, ...]]:
    """Give, for every declaration that depends on itself, the declarations of its knot in the order of the text (Tarjan 1972)."""
    edges = {name: tuple(found) for name, found in ways_of(agreements).items()}
    found: dict[str, tuple[str, ...]] = {}
    for component in _components(edges):
        if len(component) > 1 or component[0] in edges[component[0]]:
            members = tuple(name for name in agreements.declarations if name in set(component))
            found.update(dict.fromkeys(members, members))
    return found


def ways_of(agreements: Agreements) -> dict[str, dict[str, bool]]:
    """Give what each declaration is worked out from, each with whether any way to it turns.

    What another duty stands in for ends with that one's beginning. The one that stands in sees it as if it did not.
    """
    own = {name: reads_of(declared) for name, declared in agreements.declarations.items()}
    edges = {name: dict(found) for name, found in own.items()}
    replaced = [(duty.meta.name, ref.name) for duty in agreements.of(Duty) for ref in duty.replaces if ref.name in own]
    for name, other in replaced:
        if edges[name].pop(other, None) is not None:
            edges[name] |= dict.fromkeys(own[other], True)
    for name, other in replaced:
        edges[other][name] = True
    return edges


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
