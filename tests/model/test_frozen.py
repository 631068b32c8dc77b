"""`@frozen` makes what the standard library's dataclass makes: each law is asked of a class made by either."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest

from aval.model.frozen import frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class _Base:
    place: str = field(default="nowhere", compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class _Pair(_Base):
    left: int
    right: tuple[str, ...] = ()
    rest: list[str] = field(default_factory=list, compare=False)


@dataclass(frozen=True, slots=True)
class _Bare(_Base):
    pass


THEIRS = (_Pair, _Bare)


@frozen(kw_only=True)
class _Ours:
    place: str = field(default="nowhere", compare=False, repr=False)


@frozen()
class Pair(_Ours):
    """Two fields that count, and two that do not."""

    left: int
    right: tuple[str, ...] = ()
    rest: list[str] = field(default_factory=list, compare=False)


@frozen()
class Bare(_Ours):
    """No field that counts."""


@pytest.mark.parametrize(("pair", "bare"), [(Pair, Bare), THEIRS])
def test_the_laws_of_a_frozen_dataclass(pair: Any, bare: Any) -> None:  # noqa: ANN401  either kind of class
    one = pair(1, ("a",), place="here")
    assert one == pair(1, ("a",), place="there")
    assert hash(one) == hash(pair(1, ("a",))) == hash((1, ("a",)))
    assert one != pair(2, ("a",))
    assert pair(1) != bare()
    assert bare() == bare(place="x")
    assert hash(bare()) == hash(())
    assert repr(one).removeprefix("_") == "Pair(left=1, right=('a',), rest=[])"
    assert pair(left=1).rest is not pair(left=1).rest
    assert [part.name for part in fields(one)] == ["place", "left", "right", "rest"]
    assert replace(one, left=3) == pair(3, ("a",))
    assert replace(one, left=3).place == "here"
    assert not hasattr(one, "__dict__")
    assert pair.__match_args__ == ("left", "right", "rest")


@pytest.mark.parametrize("pair", [Pair, _Pair])
def test_what_is_frozen_stays_as_it_is(pair: Any) -> None:  # noqa: ANN401  either kind of class
    one = pair(1, place="here")
    with pytest.raises(FrozenInstanceError):
        one.left = 2
    with pytest.raises(FrozenInstanceError):
        del one.left
    for again in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):  # noqa: S301  our own
        assert (again, again.place) == (one, "here")


@pytest.mark.parametrize("pair", [Pair, _Pair])
@pytest.mark.parametrize(("given", "named"), [((), {}), ((1, (), [], "here"), {}), ((1,), {"other": 2}), ((1,), {"left": 2})])
def test_wrong_arguments_are_refused(pair: Any, given: tuple[Any, ...], named: dict[str, Any]) -> None:  # noqa: ANN401  either kind of class
    with pytest.raises(TypeError):
        pair(*given, **named)


def test_what_a_class_says_itself_stays() -> None:
    @frozen(kw_only=True)
    class Own:
        left: int

        def __repr__(self) -> str:
            return "own"

        def __post_init__(self) -> None:
            if self.left < 0:
                raise ValueError(self.left)

    assert repr(Own(left=1)) == "own"
    with pytest.raises(ValueError, match="-1"):
        Own(left=-1)
