"""The variables that are in scope at a place, each with its group.

Every use of a name keeps the scope it stands in, and a text may bring in thousands of variables one after another. So scopes share one
table and each knows how much of it was there: to bring one more in costs the same however many there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Scope(Mapping[str, str]):
    """What is in scope at a place. It never changes; `with_one` gives the scope after it."""

    __slots__ = ("_outer", "_own", "_size")

    def __init__(self, outer: Scope | None = None) -> None:
        self._own: dict[str, tuple[int, str]] = {}
        self._size = 0
        self._outer = outer

    def inner(self) -> Scope:
        """Give a scope in which all of this one is there, and whose variables do not come into this one."""
        return Scope(self)

    def with_one(self, name: str, group: str) -> Scope:
        """Give the scope after a variable. One that is there already keeps its group: bringing it in again is told as a mistake."""
        if name in self:
            return self
        if len(self._own) > self._size:
            return Scope(self).with_one(name, group)
        following = Scope(self._outer)
        following._own, following._size = self._own, self._size + 1
        self._own[name] = (self._size, group)
        return following

    def __getitem__(self, name: str) -> str:
        found = self._own.get(name)
        if found is not None and found[0] < self._size:
            return found[1]
        if self._outer is None:
            raise KeyError(name)
        return self._outer[name]

    def __contains__(self, name: object) -> bool:
        found = self._own.get(name)  # type: ignore[call-overload]  # whatever it is, it is looked up
        return (found is not None and found[0] < self._size) or (self._outer is not None and name in self._outer)

    def __iter__(self) -> Iterator[str]:
        if self._outer is not None:
            yield from self._outer
        for name, (number, _) in self._own.items():
            if number < self._size:
                yield name

    def __len__(self) -> int:
        return sum(1 for _ in self)
