"""Moments and groups that are explained by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from aval.language import roles
from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Declaration
from aval.model.problem import Code

CODE = Code(
    code="AV225",
    title="Explained by itself",
    what="A moment is counted from itself, or a group has its members from among itself, directly or by way of others.",
    why="There is no date, and no list, to begin with.",
    bad="moment first is 3 days after second\nmoment second is 3 days after first",
    good="moment first is 3 days after peace_signed\nmoment second is 3 days after first",
)
SHOWN = 5


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each moment and group on a circle; those of one circle share one problem."""
    names = [name for name, declaration in case.named.items() if declaration.kind in ("moment", "group")]
    edges: dict[str, list[str]] = {name: [] for name in names}
    for use in case.uses.names:
        kind, name = use.declaration.kind, use.declaration.name.text
        group = kind == "group" and use.role is roles.GROUP
        if use.name in edges and name in edges and case.named[name] is use.declaration and (kind == "moment" or group):
            edges[name].append(use.name)
    for circle in circles(edges):
        first = min((case.named[name] for name in circle), key=lambda declaration: declaration.span)
        yield from _tell(case, first, circle)


def _tell(case: Case, first: Declaration, circle: list[str]) -> Iterator[Finding]:
    others = sorted(name for name in circle if name != first.name.text)
    more = " and more" if len(others) > SHOWN else ""
    way = f" by way of {', '.join(map(quote, others[:SHOWN]))}{more}" if others else ""
    found = problem(CODE, f"{quote(first.name.text)} is explained by itself{way}.", first.name.span, "Count from an event or a date.")
    for name in circle:
        yield Finding(found, case.named[name])


def circles(edges: dict[str, list[str]]) -> list[list[str]]:
    """Give the names that lead back to themselves, those that hang together in one list."""
    inner = _without_ends(_without_ends(edges), back=True)
    found: list[list[str]] = []
    seen: set[str] = set()
    turned = _turned(inner)
    both = {name: {*targets, *turned[name]} for name, targets in inner.items()}
    for name in inner:
        if name not in seen:
            circle = [name]
            seen.add(name)
            for other in circle:
                fresh = sorted(both[other] - seen)
                seen.update(fresh)
                circle.extend(fresh)
            found.append(circle)
    return found


def _turned(edges: dict[str, list[str]]) -> dict[str, list[str]]:
    turned: dict[str, list[str]] = {name: [] for name in edges}
    for name, targets in edges.items():
        for target in targets:
            turned[target].append(name)
    return turned


def _without_ends(edges: dict[str, list[str]], *, back: bool = False) -> dict[str, list[str]]:
    """Take away, again and again, the names from which no way goes on (with `back`: to which none leads)."""
    forth, sources = (_turned(edges), edges) if back else (edges, _turned(edges))
    left = {name: len(targets) for name, targets in forth.items()}
    ends = [name for name, number in left.items() if not number]
    for end in ends:
        for source in sources[end]:
            left[source] -= 1
            if not left[source]:
                ends.append(source)
    gone = set(ends)
    return {name: [target for target in targets if target not in gone] for name, targets in edges.items() if name not in gone}
