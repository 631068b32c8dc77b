"""The step budget: rows of evidence are no explosion, and what explodes is refused before it runs (decision 11)."""

from __future__ import annotations

import pytest

from aval.engine.budget import DEFAULT_STEPS, STEPS_EACH, Budget
from aval.engine.world import World
from aval.model.problem import Problem, Unsupported
from tests.engine.support import inquiry
from tests.engine.test_norms import told

NAMES = ", ".join(f"m{number}" for number in range(500))
MANY = f'group many "many" is {NAMES}\nevent linked(p: many, q: many) "linked"\n'


def refusal(body: str, name: str) -> tuple[Problem, World]:
    world = inquiry(MANY + body, [told("linked(m1, m2)", "2026-02-01")], at="2026-03-01").world
    with pytest.raises(Unsupported) as refused:
        world.state(name)
    (problem,) = refused.value.problems
    return problem, world


def test_four_parameters_over_500_names_are_refused_with_their_number_before_anything_is_laid_out() -> None:
    problem, world = refusal(
        "state tied(p: many, q: many, r: many, s: many)\n  while linked(p, q) happened and linked(r, s) happened", "tied"
    )
    assert problem.code.code == "AV501"
    assert "`tied`" in problem.message
    assert "62,500,000,000 steps" in problem.message
    assert "p, q, r, s" in problem.message
    assert world.budget.spent == 0


def test_a_clause_that_explodes_inside_a_small_state_is_named_with_its_place() -> None:
    inner = "some s in many with (linked(a, r) happened and linked(q, s) happened)"
    chain = f"linked(a, q) happened and (some r in many with (linked(q, r) happened and {inner}))"
    problem, world = refusal(f"state near(a: many)\n  while some q in many with ({chain})", "near")
    assert problem.code.code == "AV501"
    assert "the clause `while` of `near`" in problem.message
    assert "62,500,000,000 steps" in problem.message
    assert world.budget.spent == 0


def test_what_is_bound_by_some_counts_for_the_rest_of_its_clause() -> None:
    problem, _ = refusal(
        "state first(a: many)\n  from linked(a, some q) if (linked(q, some r) happened and linked(r, some s) happened)", "first"
    )
    assert "the clause `from` of `first`" in problem.message
    assert "62,500,000,000 steps" in problem.message


def test_variables_that_never_stand_together_are_not_multiplied() -> None:
    body = "state lively(a: many)\n  while some q in many with linked(a, q) happened\n  while some r in many with linked(r, a) happened"
    assert inquiry(MANY + body, at="2026-03-01").world.state("lively").frame.size == 500


def test_every_statement_adds_to_what_an_evaluation_may_take() -> None:
    rows = [told("linked(m1, m2)", f"2026-02-{day:02}") for day in range(1, 8)]
    assert inquiry(MANY, rows, at="2026-03-01").world.budget.limit == DEFAULT_STEPS + STEPS_EACH * 7


def test_what_is_refused_is_not_counted() -> None:
    budget = Budget(10)
    problem = inquiry(MANY, at="2026-03-01").world.agreements.declarations["linked"]
    budget.spend(7, problem.meta.span)
    with pytest.raises(Unsupported):
        budget.spend(4, problem.meta.span)
    budget.spend(3, problem.meta.span)
    assert budget.spent == 10
