"""The tests of documents, as `language` reads them. Everybody takes the reader from here."""

from __future__ import annotations

from aval.language.read import read_scenarios, read_suppositions
from aval.model.agreement import Agreements
from aval.model.problem import Problem
from aval.model.scenario import Scenario, Supposition
from aval.workspace.documents import Documents


def scenarios_of(documents: Documents, agreements: Agreements) -> tuple[tuple[Scenario, ...], tuple[Problem, ...]]:
    """Give the tests of the documents that the user pointed at, and the mistakes in them."""
    scenarios, problems = read_scenarios(documents.texts, agreements)
    wanted = {text.path for text in documents.wanted}
    return (
        tuple(scenario for scenario in scenarios if scenario.document in wanted),
        tuple(problem for problem in problems if problem.span.path in wanted),
    )


def suppositions_of(documents: Documents, agreements: Agreements) -> tuple[tuple[Supposition, ...], tuple[Problem, ...]]:
    """Give the suppositions that the user pointed at, each read by itself, and the mistakes in them."""
    read = [read_suppositions(documents.texts, agreements, [text]) for text in documents.supposed]
    return tuple(one for found, _ in read for one in found), tuple(one for _, problems in read for one in problems)
