"""`@frozen`: a frozen dataclass with slots, as almost all of our values are, made in a fifth of the time.

The standard library compiles six functions for each such class; with some 250 classes that is a sixth of a short command. Here only
`__init__` is compiled, when the first is made, and the others are shared. All that dataclasses promise stays: equality, hash, `fields`,
`replace`, `match`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
Parts = Callable[[Any], tuple[Any, ...]]


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, kw_only: bool = False) -> Callable[[type[T]], type[T]]:
    """Make a class what `dataclass(frozen=True, slots=True, kw_only=kw_only)` would make of it."""

    def make(cls: type[T]) -> type[T]:
        made: Any = dataclass(init=False, repr=False, eq=False, slots=True, kw_only=kw_only)(cls)
        every = fields(made)
        compared = _parts([one.name for one in every if one.compare])

        def same(self: object, other: object) -> bool:
            return compared(self) == compared(other) if other.__class__ is self.__class__ else NotImplemented

        def first(self: object, *given: object, **named: object) -> None:
            made.__init__ = _init(made, every)
            made.__init__(self, *given, **named)

        own = {
            "__init__": first,
            "__eq__": same,
            "__hash__": lambda self: hash(compared(self)),
            "__repr__": _repr,
            "__setattr__": _refuse,
            "__delattr__": _refuse,
            "__reduce__": lambda self: (_again, (made, {one.name: getattr(self, one.name) for one in every})),
        }
        for name, function in own.items():
            if name not in vars(cls):
                setattr(made, name, function)
        return made  # type: ignore[no-any-return]

    return make


def _parts(names: list[str]) -> Parts:
    """Give what reads some attributes as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    one = names[0] if names else ""
    return (lambda value: (getattr(value, one),)) if one else lambda _: ()


def _init(made: type, every: tuple[Field[Any], ...]) -> object:
    """Compile `__init__`: it sets every field through its slot, past `__setattr__`, which refuses."""
    known: dict[str, Any] = {"MISSING": MISSING}
    heads: tuple[list[str], list[str]] = ([], [])
    lines = []
    for place, one in enumerate(every):
        known[f"set{place}"] = getattr(made, one.name).__set__
        value = one.name
        if one.default_factory is not MISSING:
            known[f"make{place}"], known[f"or{place}"] = one.default_factory, MISSING
            value = f"make{place}() if {one.name} is MISSING else {one.name}"
        elif one.default is not MISSING:
            known[f"or{place}"] = one.default
        heads[one.kw_only is True].append(f"{one.name}=or{place}" if f"or{place}" in known else one.name)
        lines.append(f" set{place}(self, {value})")
    if hasattr(made, "__post_init__"):
        lines.append(" self.__post_init__()")
    head = ", ".join(["self", *heads[False], *(["*", *heads[True]] if heads[True] else [])])
    exec("\n".join([f"def __init__({head}):", *(lines or [" pass"])]), known)  # noqa: S102  of names in our own source
    return known["__init__"]


def _repr(self: Any) -> str:  # noqa: ANN401  any of our values
    shown = ", ".join(f"{one.name}={getattr(self, one.name)!r}" for one in fields(self) if one.repr)
    return f"{type(self).__qualname__}({shown})"


def _refuse(self: object, name: str, *_: object) -> None:
    raise FrozenInstanceError(f"cannot change {name!r} of a {type(self).__qualname__}")


def _again(cls: type[T], values: dict[str, Any]) -> T:
    """Make a value again, where it was copied or unpickled."""
    return cls(**values)
