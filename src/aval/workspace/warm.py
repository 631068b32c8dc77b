"""What an edition has worked out lately. An edition never changes, so nothing in here can be out of date; it can only be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import TypeVar

import numpy as np

from aval.answers.inquiry import Inquiry
from aval.answers.shapes import Status
from aval.answers.status import seen_again, status
from aval.engine.later import going_on
from aval.engine.world import World
from aval.model.agreement import Agreements
from aval.model.claims import Claims
from aval.model.frozen import frozen
from aval.model.instant import Instant
from aval.model.statement import Statement
from aval.model.view import View

One = TypeVar("One")
_FEW = 64
"""statements up to which a view goes on from another, whatever part of all they are"""
_REMEMBERED = 4
"""How many views, and how many boards, are kept at hand: those that were asked for last."""


@frozen(kw_only=True)
class _Board:
    """An answer, where it was asked, and the half-open stretch of the world's time in which it stays as it is."""

    world: World
    stretch: tuple[Instant, Instant]
    answer: Status

    def holds(self, world: World) -> bool:
        """Whether nothing differs but the name of the view."""
        view = world.view
        beyond, was_beyond = view.at > view.known, self.world.view.at > self.world.view.known
        same = world.claims is self.world.claims and _alike(view, self.world.view) and beyond == was_beyond
        return same and self.stretch[0] <= view.at < self.stretch[1]


@frozen(kw_only=True)
class Warm:
    """The worlds and the boards of one edition."""

    worlds: list[World] = field(default_factory=list)
    boards: list[_Board] = field(default_factory=list)

    def world(self, agreements: Agreements, live: Callable[[], Claims], view: View, zone: str) -> World:
        """Evaluate a view. What one has worked out serves every other on the same readings, as far as the statements are the same."""
        found = next((world for world in self.worlds if world.view == view), None)
        return _first(self.worlds, found or self._new(agreements, live(), view, zone))

    def _new(self, agreements: Agreements, statements: Claims, view: View, zone: str) -> World:
        heard = [world for world in self.worlds if np.array_equal(world.claims.rows, statements.rows)]
        like = next((world for world in heard if _alike(world.view, view)), None)
        if like is not None:
            return like.seen_from(view)
        before = None if heard else next((world for world in self.worlds if _alike(world.view, view)), None)
        changed = [] if before is None else _differing(before.claims, statements)
        if before is not None and changed:
            return going_on(before, statements, changed, view)
        return World(agreements, heard[0].claims if heard else statements, view, zone, heard=heard[0] if heard else None)

    def status(self, inquiry: Inquiry) -> Status:
        """Answer what is in force."""
        world = inquiry.world
        board = next((one for one in self.boards if one.holds(world)), None)
        if board is None:
            answer = status(inquiry)
            board = _Board(world=world, stretch=world.stretch(), answer=answer)
        _first(self.boards, board)
        return board.answer if board.world.view == world.view else seen_again(board.answer, inquiry)

    def forget(self) -> None:
        """Forget everything: a question that was broken off may have left something half done."""
        self.worlds.clear()
        self.boards.clear()


def _differing(one: Claims, other: Claims) -> list[Statement]:
    """Give the statements that only one of two views sees; none where they are too many to go on from the one to the other."""
    if one.book is not other.book:
        return []
    rows = np.flatnonzero((one.ranks >= 0) != (other.ranks >= 0))
    return [one.book.statement(row) for row in rows.tolist()] if len(rows) <= max(_FEW, len(one) // 100) else []


def _first(kept: list[One], one: One) -> One:
    """Put one first, and drop the last if they are too many."""
    kept[:] = [one, *(other for other in kept if other is not one)][:_REMEMBERED]
    return one


def _alike(one: View, other: View) -> bool:
    """Whether two views differ at most in their instants."""
    return (one.readings, one.suppositions, one.viewer) == (other.readings, other.suppositions, other.viewer)
