"""What depends on what: the declarations that each declaration reads, and the knots among them (semantics 2.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from aval.model.agreement import Agreements, Change, Clause, Declaration, Duty, Power, Process, State
from aval.model.expression import Beginning, Binding, End, Happened, Held, MemberOf, Node, Not, Ref

_TURNS = (Not, Beginning, End, Held)


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


def questions_of(declaration: Declaration) -> Iterator[str]:
    """Yield the questions on whose readings clauses of a declaration stand."""
    for name in ("whiles", "froms", "untils", "whens", "withins", "no_laters", "means", "conditions"):
        for clause in getattr(declaration, name, ()):
            if clause.question:
                yield clause.question


def knots(agreements: Agreements) -> dict[str, tuple[str, ...]]:
    """Give, for every declaration that depends on itself, the declarations of its knot in the order of the text (Tarjan 1972)."""
    edges = {name: tuple(reads_of(declared)) for name, declared in agreements.declarations.items()}
    found: dict[str, tuple[str, ...]] = {}
    for component in _components(edges):
        if len(component) > 1 or component[0] in edges[component[0]]:
            members = tuple(name for name in agreements.declarations if name in set(component))
            found.update(dict.fromkeys(members, members))
    return found


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
