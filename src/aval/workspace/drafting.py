"""Would this draft work? What the checks of drafts find in a case, and what becomes of the properties that its tests claim."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from aval.answers.drafting.checks import weaknesses
from aval.answers.drafting.claims import Looked, look_into
from aval.answers.drafting.desk import Desk
from aval.answers.invented import invented
from aval.evidence.intake import read_statements
from aval.language.page import Page
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.problem import Problem, Unsupported
from aval.model.scenario import Scenario
from aval.model.statement import Statement
from aval.workspace.documents import Documents


@frozen(kw_only=True)
class Drafted:
    """What was found, and the properties that were looked into."""

    problems: tuple[Problem, ...]
    looked: tuple[Looked, ...]


def drafted(agreements: Agreements, scenarios: Sequence[Scenario], documents: Documents) -> Drafted:
    """Look a sound draft over. Of what has mistakes half would be missing, and the rest be found wanting for the wrong reason."""
    zone = documents.zone if documents.manifest else next((one.zone for one in agreements.documents), documents.zone)
    desk = Desk.of(agreements, zone)
    found = weaknesses(desk)
    looked = tuple(_looked(scenarios, documents, desk))
    pages = {text.path: Page.of(text) for text in documents.texts}
    told = (*found, *(one.problem for one in looked if one.problem is not None))
    return Drafted(problems=tuple(replace(one, excerpt=pages[one.span.path].excerpt(one.span)) for one in told), looked=looked)


def _looked(scenarios: Sequence[Scenario], documents: Documents, desk: Desk) -> Iterator[Looked]:
    for scenario in scenarios:
        facts = _facts(scenario, documents, desk.agreements) if scenario.claims else ()
        for claim in scenario.claims if facts is not None else ():
            try:
                yield look_into(claim, scenario, facts or (), desk)
            except Unsupported as error:
                yield Looked(claim=claim, problem=error.problems[0], within=0, runs=0)


def _facts(scenario: Scenario, documents: Documents, agreements: Agreements) -> tuple[Statement, ...] | None:
    """Give the facts of a test; `None` where a file of them cannot be read, which is told elsewhere."""
    made = [invented(given, number, agreements, "test") for number, given in enumerate(scenario.givens, start=1)]
    names = [*scenario.files, *(documents.manifest.statements if scenario.on_record and documents.manifest else ())]
    texts = [documents.folder.read(name) for name in names]
    sources = documents.manifest.sources if documents.manifest else {}
    read = [one for one in texts if isinstance(one, Text)]
    told, wrong = read_statements(read, agreements=agreements, sources=sources, zone=documents.zone)
    return None if wrong or len(read) < len(texts) else (*made, *told)
