"""The tests of documents, as `language` reads them. Everybody takes the reader from here."""

from __future__ import annotations

from aval.language.read import read_scenarios
from aval.model.agreement import Agreements
from aval.model.problem import Problem
from aval.model.scenario import Scenario
from aval.workspace.documents import Documents


def scenarios_of(documents: Documents, agreements: Agreements) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Give the tests of the documents that the user pointed at, and the mistakes in them."""
    scenarios, problems = read_scenarios(documents.texts, agreements)
    wanted = {text.path for text in documents.wanted}
    return (
        tuple(scenario for scenario in scenarios if scenario.document in wanted),
        tuple(problem for problem in problems if problem.span.path in wanted),
    )
