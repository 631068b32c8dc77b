"""Run the tests that stand in agreements: facts in, answers out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from aval.answers.expected import Verdict, judge
from aval.answers.inquiry import Inquiry
from aval.answers.invented import invented
from aval.answers.tested import Check
from aval.engine.world import World
from aval.evidence.intake import read_statements
from aval.evidence.live import live
from aval.language.edits import Edit, offsets
from aval.language.page import Page
from aval.language.read import read_agreements
from aval.model.agreement import Agreements, Document, Question
from aval.model.case import Manifest, Text
from aval.model.frozen import frozen
from aval.model.instant import Instant, read_civil
from aval.model.problem import AvalError, Problem, Severity, Span
from aval.model.scenario import Expectation, Scenario, Supposition
from aval.model.statement import Statement
from aval.model.view import View
from aval.workspace.asking import now
from aval.workspace.documents import Documents, open_all
from aval.workspace.scenarios import scenarios_of, suppositions_of
from aval.workspace.supposing import on_top, thoughts_of
from aval.workspace.tables import with_tables
from aval.workspace.tool_codes import NO_TEST
from aval.workspace.writing import rewrite

FENCE = "```aval-test"
"""what opens a block of tests"""


@frozen(kw_only=True)
class Outcome:
    """What became of one expectation. `error` says why it could not be asked at all; there is no verdict then."""

    scenario: Scenario | Supposition
    expectation: Expectation
    verdict: Verdict | None = None
    error: str = ""

    @property
    def passed(self) -> bool:
        """Whether the answer is the expected one."""
        return self.verdict is not None and self.verdict.passed


@frozen(kw_only=True)
class Results:
    """All outcomes, in the order of the documents, the problems on the way, and the documents with tests.

    `unread` are the problems of paths that could not be read at all, beside others that could.
    """

    outcomes: tuple[Outcome, ...]
    problems: tuple[Problem, ...]
    texts: tuple[Text, ...]
    unread: tuple[Problem, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether something was tested, everything came out as expected, and nothing was left out because of a mistake."""
        broken = any(problem.severity is Severity.ERROR for problem in self.problems)
        return bool(self.outcomes) and not (broken or self.unread) and all(outcome.passed for outcome in self.outcomes)


def updates(tested: Results) -> dict[str, list[Edit]]:
    """Give the edits that would make each wrong expectation say what came out, by document; nothing for what no test could write."""
    pages = {text.path: Page.of(text) for text in tested.texts}
    edits: dict[str, list[Edit]] = {}
    for outcome in tested.outcomes:
        if outcome.verdict is not None and not outcome.passed and (got := as_written(outcome.verdict.got)):
            span = outcome.expectation.span
            edits.setdefault(span.path, []).append(Edit(*offsets(pages[span.path], span), got))
    return edits


def as_written(got: str) -> str:
    """Write an answer as the text of an expectation; `""` for one that a test cannot expect."""
    word = got.replace(" ", "_")
    return got if _DATED.fullmatch(got) else word if word.isidentifier() and word.isascii() else ""


_DATE = r"\d{4}-\d{2}[0-9T:+-]*"
_DATED = re.compile(rf"{_DATE}|between {_DATE} and {_DATE}", re.ASCII)


def update(tested: Results) -> int:
    """Write what came out into the documents, for review, and give the number of changes. Raises `Incorrect` or `Fault`."""
    texts = {text.path: text for text in tested.texts}
    edits = updates(tested)
    for path, changes in edits.items():
        rewrite(texts[path], changes)
    return sum(map(len, edits.values()))


def run_tests(paths: Sequence[str]) -> Results:
    """Run the tests of documents, of cases, and of every case in a folder. Raises `Incorrect` where nothing can be read at all."""
    outcomes: list[Outcome] = []
    problems: dict[Problem, None] = {}
    texts: dict[str, Text] = {}
    done: set[Path] = set()
    opened, unread = open_all(paths)
    for documents in opened:
        bench = _Bench.of(documents)
        problems |= dict.fromkeys(bench.problems)
        wanted = (*documents.wanted, *documents.supposed)
        texts |= {text.path: text for text in wanted}
        everything: tuple[Scenario | Supposition, ...] = (*bench.scenarios, *bench.suppositions)
        fresh = [scenario for scenario in everything if Path(scenario.document).resolve() not in done]
        outcomes += [outcome for scenario in fresh for outcome in bench.run(scenario)]
        done.update(Path(text.path).resolve() for text in wanted)
    return Results(outcomes=tuple(outcomes), problems=tuple(problems), texts=tuple(texts.values()), unread=unread)


@dataclass(slots=True, kw_only=True)
class _Bench:
    """What the tests of one path run on."""

    documents: Documents
    manifest: Manifest
    agreements: Agreements
    scenarios: tuple[Scenario, ...]
    suppositions: tuple[Supposition, ...]
    problems: list[Problem]
    _record: tuple[Statement, ...] | None = None
    _files: dict[str, Text | Problem] = field(default_factory=dict)

    @classmethod
    def of(cls, documents: Documents) -> _Bench:
        sources = documents.manifest.sources if documents.manifest else None
        agreements, problems = read_agreements(documents.texts, sources)
        scenarios, mistakes = scenarios_of(documents, agreements)
        suppositions, slips = suppositions_of(documents, agreements)
        agreements, wrong = with_tables(agreements, documents.folder.read)
        zone = agreements.documents[0].zone if agreements.documents else documents.zone
        manifest = documents.manifest or Manifest(title=documents.meant, zone=zone, sources={})
        told = [*documents.problems, *problems, *mistakes, *slips, *wrong]
        return cls(
            documents=documents,
            manifest=manifest,
            agreements=agreements,
            scenarios=scenarios,
            suppositions=suppositions,
            problems=told,
        )

    def run(self, scenario: Scenario | Supposition) -> Iterator[Outcome]:
        """Run one test, or look whether what a supposition expects follows."""
        on_top_of: Callable[[Inquiry], Inquiry] = lambda inquiry: inquiry  # noqa: E731  what a test asks is asked as it is
        try:
            if isinstance(scenario, Supposition):
                record = self._on_record()
                thoughts = thoughts_of([scenario], self.agreements, record)
                statements: tuple[Statement, ...] = record
                on_top_of = lambda inquiry: on_top(inquiry, thoughts, record)  # noqa: E731
            else:
                statements = (*self._given(scenario), *self._of_files(scenario), *(self._on_record() if scenario.on_record else ()))
        except AvalError as error:
            yield from (Outcome(scenario=scenario, expectation=one, error=str(error)) for one in scenario.expectations)
            return
        inquiries: dict[View, Inquiry] = {}
        worlds: dict[tuple[object, ...], World] = {}
        latest = max((found.hi for one in statements if (found := read_civil(one.said, self.manifest.zone))), default=now())
        latest = max(latest, now())
        for expectation in scenario.expectations:
            try:
                view = self._view(expectation, latest)
                if view not in inquiries:
                    inquiries[view] = on_top_of(self._inquiry(statements, view, worlds))
                verdict = judge(expectation, self._owner(scenario), inquiries[view])
                yield Outcome(scenario=scenario, expectation=expectation, verdict=verdict)
            except AvalError as error:
                yield Outcome(scenario=scenario, expectation=expectation, error="; ".join(one.message for one in error.problems))
            except KeyError as error:
                yield Outcome(scenario=scenario, expectation=expectation, error=f"{error} is not declared, or was left out for a mistake")

    def _owner(self, scenario: Scenario | Supposition) -> str:
        """Give a declaration of the scenario's document, or any: its time zone is the one in which dates are read."""
        names = {document.meta.name for document in self._documents_of(scenario)}
        declared = self.agreements.declarations
        return next((name for name, one in declared.items() if one.meta.agreement in names), next(iter(declared), ""))

    def _documents_of(self, scenario: Scenario | Supposition) -> Iterator[Document]:
        return (document for document in self.agreements.documents if document.meta.span.path == scenario.document)

    def _view(self, expectation: Expectation, latest: Instant) -> View:
        """Make the view of an expectation. Without `known`, all that the test tells has been said."""
        zone = self.manifest.zone
        known = self._instant(expectation.known, zone, latest)
        return View(at=self._instant(expectation.at, zone, known), known=known, readings=self._readings(expectation.readings))

    def _inquiry(self, statements: Sequence[Statement], view: View, worlds: dict[tuple[object, ...], World]) -> Inquiry:
        """Ask from a view. What the same statements make on the same readings is worked out once, from wherever it is looked at."""
        in_view = live(statements, view.known, self.manifest.zone)
        same = (view.readings, *(one.id for one in in_view))
        world = worlds[same].seen_from(view) if same in worlds else World(self.agreements, in_view, view, self.manifest.zone)
        worlds.setdefault(same, world)
        return Inquiry(world=world, manifest=self.manifest, statements={one.id: one for one in in_view})

    @staticmethod
    def _instant(text: str, zone: str, default: Instant) -> Instant:
        found = read_civil(text, zone) if text else None
        return found.hi if found else default

    def _readings(self, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        questions: Mapping[str, str] = {one.name: q.meta.name for q in self.agreements.of(Question) for one in q.readings}
        return tuple(sorted((questions[name], name) for name in names))

    def _given(self, scenario: Scenario) -> list[Statement]:
        return [invented(given, number, self.agreements, "test") for number, given in enumerate(scenario.givens, start=1)]

    def _of_files(self, scenario: Scenario) -> tuple[Statement, ...]:
        texts = []
        for name in scenario.files:
            read = self._files.setdefault(name, self.documents.folder.read(name))
            if isinstance(read, Problem):
                raise AvalError((read,))
            texts.append(read)
        return self._statements(texts)

    def _on_record(self) -> tuple[Statement, ...]:
        if self._record is None:
            texts, failed = self.documents.statement_files()
            if failed:
                raise AvalError(tuple(failed))
            self._record = self._statements(texts)
        return self._record

    def _statements(self, texts: Sequence[Text]) -> tuple[Statement, ...]:
        made, wrong = read_statements(texts, agreements=self.agreements, sources=self.manifest.sources, zone=self.manifest.zone)
        if wrong:
            raise AvalError(wrong)
        return made


def checks(tested: Results) -> tuple[Check, ...]:
    """Give the outcomes as plain values."""
    return tuple(_check(outcome) for outcome in tested.outcomes)


def _check(outcome: Outcome) -> Check:
    verdict, expectation = outcome.verdict, outcome.expectation
    return Check(
        document=outcome.scenario.document,
        test=outcome.scenario.name,
        subject=expectation.subject_text,
        passed=outcome.passed,
        expected=verdict.expected if verdict else " and ".join(expectation.expected) or expectation.answer.value,
        got=verdict.got if verdict else "",
        because=verdict.because if verdict else "",
        by_reading=verdict.by_reading if verdict else {},
        at=expectation.at,
        known=expectation.known,
        readings=expectation.readings,
        error=outcome.error,
        span=expectation.span,
    )


def nothing(tested: Results, paths: Sequence[str]) -> tuple[Problem, ...]:
    """Give the problem of a run that tested nothing; none where there are tests, and their mistakes are told already."""
    if tested.outcomes or (tested.problems and any(FENCE in text.content for text in tested.texts)):
        return ()
    hint = "Write an `aval-test` block with a `test`, what is `given`, and what you `expect`. `aval check` looks into properties."
    return (Problem(code=NO_TEST, message="No test was found.", span=Span(", ".join(paths)), hint=hint),)
