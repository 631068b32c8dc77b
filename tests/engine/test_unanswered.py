"""What cannot be worked out costs only itself and what rests on it (AV501, AV503)."""

from __future__ import annotations

import json

import pytest

from aval.answers.changed import changed
from aval.answers.owed import owed
from aval.answers.status import status
from aval.engine import operators
from aval.engine.budget import Budget
from aval.model.problem import Unsupported
from aval.render.html import html
from aval.render.json import dumps
from aval.render.text import text
from tests.engine.support import agreements, inquiry
from tests.engine.test_norms import BASE, told

BODY = (
    BASE
    + """
state late
  while noisy
duty sleep: RED owes BLU deed
  while noisy
state noisy
  while shots happened
incident shots
  seen in reports of kind "shelling"
state calm
  while not noisy
state fine
  from a
duty pay: RED owes BLU deed
  when a
"""
)


def test_everything_else_is_answered() -> None:
    asked = inquiry(BODY, [told("a", "2026-02-01")], at="2026-03-01")
    board = status(asked)
    assert [(one.name, one.code) for one in board.unanswered] == [(name, "AV503") for name in ("late", "sleep", "noisy", "calm")]
    assert {one.place for one in board.unanswered} == {board.unanswered[0].place}
    assert {one.term: one.value for one in board.items if one.kind in ("state", "duty")} == {"fine": "yes", "pay": "owed"}
    debts = owed(asked)
    assert [debt.term for debt in debts.debts] == ["pay"]
    assert [one.name for one in debts.unanswered] == ["sleep"]


def test_every_rendering_says_so() -> None:
    asked = inquiry(BODY, [told("a", "2026-02-01")], at="2026-03-01")
    for answer in (status(asked), owed(asked)):
        assert "not answered" in text(answer)
        assert "AV503: the incident `shots` is understood, and not run yet" in " ".join(text(answer, width=160).split())
        assert "not answered" in html(answer)
        assert json.loads(dumps(answer))["unanswered"][0]["code"] == "AV503"


def test_one_that_is_too_costly_leaves_the_others_their_steps() -> None:
    group = "group many is " + ", ".join(f"m{n}" for n in range(60)) + "\n"
    body = BASE + group + "event w(p: many, q: many, r: many)\nstate all_of_them(p: many, q: many, r: many)\n  while w(p, q, r) happened\n"
    body += "state rests\n  while some p in many with all_of_them(p, p, p)\nstate fine\n  from a\n"
    asked = inquiry(body, [told("a", "2026-02-01")], at="2026-03-01")
    asked.world.budget = Budget(50_000)
    board = status(asked)
    assert [(one.name, one.code) for one in board.unanswered] == [("all_of_them", "AV501"), ("rests", "AV501")]
    assert next(one.value for one in board.items if one.term == "fine") == "yes"
    assert asked.world.budget.spent < 50_000


def test_what_cannot_be_answered_is_not_compared() -> None:
    found = agreements(BODY)
    rows = [told("a", "2026-02-01")]
    compared = changed(inquiry(found, rows, at="2026-01-15"), inquiry(found, rows, at="2026-03-01"))
    assert {one.term for one in compared.differences} == {"a", "fine", "pay"}
    assert [one.name for one in compared.unanswered] == ["late", "sleep", "noisy", "calm"]
    assert "not answered" in text(compared)
    assert len(json.loads(dumps(compared))["unanswered"]) == 4


def test_what_has_no_operator_yet_is_named_by_no_class(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operators, "_BY_NODE", {})
    with pytest.raises(Unsupported) as refused:
        inquiry("event begins\nstate calm\n  from begins\n", at="2026-01-01").world.state("calm")
    (problem,) = refused.value.problems
    assert problem.message == "this expression is understood, and not run yet"
