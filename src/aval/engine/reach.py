"""What news can reach: for each declaration, the values of its parameters for which its column may differ (decision 19).

What is reached is worked out from the text alone. A reference hands the values that it names on to its reader: `owed(a)` in a clause of
a declaration over `a` is reached for the same `a`; `any`, a variable that a clause binds, and a group that is counted, reach every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from aval.engine.order import parts_of
from aval.model.agreement import Agreements, Declaration, Duty, Process, params_of
from aval.model.expression import Binding, MemberOf, Name, Node, Ref, Some, Weight
from aval.model.frozen import frozen

Box = tuple[frozenset[str] | None, ...]
"""For each parameter the values that are reached, `None` for all of them."""
Reached = Mapping[str, Box]
_MOST = 64
"""values of one parameter that are told apart; from then on all are taken to be reached"""
_UNREAD = frozenset({"meta", "params", "acceptance", "may_find", "replaces"})


@frozen()
class Link:
    """That `reader` reads a declaration: for each argument the place of the reader's parameter, the name that stands there, or neither.

    `args` is `None` where the reader may read any of it.
    """

    reader: str
    args: tuple[int | str | None, ...] | None


Links = Mapping[str, tuple[Link, ...]]
"""For each declared name those who read it."""


def links(agreements: Agreements) -> Links:
    """Give who reads what."""
    found: dict[str, dict[Link, None]] = {}
    for name, declared in agreements.declarations.items():
        for read, args in _reads(declared):
            found.setdefault(read, {})[Link(name, args)] = None
    for duty in agreements.of(Duty):
        for ref in duty.replaces:
            # what another duty stands in for ends with that one's beginning
            texts = [getattr(arg, "text", "") for arg in ref.args]
            args = tuple(texts.index(param.name) if param.name in texts else None for param in duty.params)
            found.setdefault(duty.meta.name, {})[Link(ref.name, args)] = None
            found.setdefault(ref.name, {})[Link(duty.meta.name, None)] = None
    return {name: tuple(readers) for name, readers in found.items()}


def _reads(declared: Declaration) -> Iterator[tuple[str, tuple[int | str | None, ...] | None]]:
    places = {param.name: place for place, param in enumerate(params_of(declared))}
    for param in params_of(declared):
        yield param.group, (places[param.name],)
    if isinstance(declared, Process):
        for step in declared.steps:
            yield step.event, (0,)
    held = [getattr(declared, field.name) for field in fields(declared) if field.name not in _UNREAD]
    bound = frozenset(_bound(held))
    for value in held:
        yield from _within(value, {name: place for name, place in places.items() if name not in bound}, bound)


def _bound(item: object) -> Iterator[str]:
    """Yield the variables that are bound anywhere in a declaration, by `some s` or by what counts."""
    if isinstance(item, Some):
        yield item.text
    if isinstance(item, Binding):
        yield item.variable
    for part in item if isinstance(item, list) else parts_of(item):
        yield from _bound(part)


def _within(item: object, places: Mapping[str, int], bound: frozenset[str]) -> Iterator[tuple[str, tuple[int | str | None, ...] | None]]:
    def standing(arg: object) -> int | str | None:
        text = arg.text if isinstance(arg, Name) else ""
        return places.get(text, None if text in bound or not text else text)

    match item:
        case Ref():
            yield item.name, tuple(map(standing, item.args))
        case MemberOf():
            yield item.group, (standing(item.item),)
        case Binding():
            yield item.group, None
        case Weight():
            yield item.quantity, None
        case _:
            pass
    for part in parts_of(item):
        yield from _within(part, places, bound)


def written(agreements: Agreements) -> frozenset[int]:
    """Give the identities of all expressions that stand in declarations: what an evaluation keeps of any other belongs to nobody."""
    ahead: list[object] = [getattr(one, field.name) for one in agreements.declarations.values() for field in fields(one)]
    found: set[int] = set()
    while ahead:
        item = ahead.pop()
        if isinstance(item, Node):
            found.add(id(item))
        ahead += parts_of(item)
    return frozenset(found)


def reached(touched: Mapping[str, Box], reads: Links, agreements: Agreements) -> dict[str, Box]:
    """Give all that what was touched reaches, itself included."""
    found: dict[str, Box] = {}
    ahead = [(name, box) for name, box in touched.items()]
    while ahead:
        name, box = ahead.pop()
        before = found.get(name)
        now = box if before is None else join(before, box)
        if now == before:
            continue
        found[name] = now
        for link in reads.get(name, ()):
            image = _image(link, now, len(params_of(agreements.declarations[link.reader])))
            if image is not None:
                ahead.append((link.reader, image))
    return found


def reads_box(link: Link, box: Box, agreements: Agreements) -> bool:
    """Whether a reader reads anything of a box."""
    return _image(link, box, len(params_of(agreements.declarations[link.reader]))) is not None


def _image(link: Link, box: Box, width: int) -> Box | None:
    """Give what of a reader is reached; `None` where it reads nothing of the box."""
    image: list[frozenset[str] | None] = [None] * width
    for arg, values in zip(link.args or (), box, strict=False):
        if values is None or arg is None:
            continue
        if isinstance(arg, str):
            if arg not in values:
                return None
            continue
        own = image[arg]
        image[arg] = values if own is None else own & values
        if not image[arg]:
            return None
    return tuple(image)


def closed(found: Reached, knot: Iterable[str], reads: Links, agreements: Agreements) -> dict[str, Box]:
    """Widen boxes of a knot until they hold all that they read of it."""
    boxes_, ahead = dict(found), True
    while ahead:
        ahead = False
        for name in knot:
            width = len(params_of(agreements.declarations[name]))
            for link in reads.get(name, ()):
                own = boxes_.get(link.reader)
                if own is None:
                    continue
                read = _read_of(link, own, width)
                wide = join(boxes_[name], read) if name in boxes_ else read
                ahead = ahead or wide != boxes_.get(name)
                boxes_[name] = wide
    return boxes_


def _read_of(link: Link, own: Box, width: int) -> Box:
    """Give what a box of a reader reads of a declaration."""
    args = link.args if link.args is not None and len(link.args) == width else (None,) * width
    return tuple(own[arg] if isinstance(arg, int) else None if arg is None else frozenset({arg}) for arg in args)


def join(one: Box, other: Box) -> Box:
    """Give the least box that holds both."""
    if len(one) != len(other):
        return (None,) * max(len(one), len(other))
    return tuple(
        _all_or(mine | theirs) if mine is not None and theirs is not None else None for mine, theirs in zip(one, other, strict=True)
    )


def _all_or(values: frozenset[str]) -> frozenset[str] | None:
    return values if len(values) <= _MOST else None


def holds(outer: Box, inner: Box) -> bool:
    """Whether one box lies in another."""
    return all(mine is None or (theirs is not None and theirs <= mine) for mine, theirs in zip(outer, inner, strict=True))


def boxes(terms: Iterable[tuple[str, tuple[str, ...]]], agreements: Agreements) -> dict[str, Box]:
    """Give the boxes of touched terms, by name. A group has one parameter, its member; what nothing is declared of has its arguments."""
    found: dict[str, Box] = {}
    for name, args in terms:
        box: Box = tuple(frozenset({arg}) for arg in args)
        found[name] = box if name not in found else join(found[name], box)
    declared = agreements.declarations
    return {name: box if _fits(declared.get(name), box) else _whole(declared[name]) for name, box in found.items()}


def _fits(declared: Declaration | None, box: Box) -> bool:
    params = () if declared is None else params_of(declared)
    return declared is None or not params or len(params) == len(box)


def _whole(declared: Declaration) -> Box:
    return (None,) * len(params_of(declared))
