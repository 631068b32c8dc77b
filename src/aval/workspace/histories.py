"""The histories on which two drafts are tried: the tests of both, the suppositions of their case, and the files that a user names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from aval.evidence.folder import CaseFolder
from aval.language.page import Page
from aval.language.read import read_scenarios, read_suppositions
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.problem import Incorrect, Problem, Span
from aval.model.scenario import Given, Scenario, Supposition
from aval.study.supposed import Fact, History
from aval.workspace.codes import NOTHING_SUPPOSED
from aval.workspace.documents import DOCUMENT
from aval.workspace.tool_codes import NOT_A_DOCUMENT

SUPPOSE = "```aval-suppose"
"""what opens a block of suppositions"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One draft as a reader of histories sees it: all texts it is read with, its own, and the suppositions of its case."""

    texts: tuple[Text, ...]
    own: tuple[Text, ...]
    case: tuple[Text, ...]
    agreements: Agreements


def read_file(path: str) -> Text:
    """Read a document of tests or suppositions. Raises `Incorrect`."""
    given = Path(path)
    if given.suffix != DOCUMENT:
        message, hint = "This is no Markdown document.", "Name a document (.md) with an `aval-suppose` block, or with tests."
        raise Incorrect((Problem(code=NOT_A_DOCUMENT, message=message, span=Span(path), hint=hint),))
    read = CaseFolder(path=given.parent).read(given.name)
    if isinstance(read, Problem):
        raise Incorrect((read,))
    return replace(read, path=path)


def histories_of(drafts: Sequence[Told], files: Sequence[Text]) -> tuple[History, ...]:
    """Give every history that one of the drafts can read, once. Raises `Incorrect` for a file with a mistake that is one to each of them.

    What needs the record of a case, or other files, is passed over: two drafts are compared, not two records.
    """
    found: dict[tuple[str, tuple[str, ...]], History] = {}
    wrong: list[tuple[Problem, ...]] = []
    unread = list(dict.fromkeys(text for draft in drafts for text in draft.case))
    for draft in drafts:
        read, problems = _of_files(draft, files)
        wrong.append(problems)
        supposed = _of_suppositions(draft, unread)[0]  # each costs a reading of the whole case, and one draft that reads it is enough
        unread = [text for text in unread if not any(one.origin.startswith(f"{text.path}:") for one in supposed)]
        for history in (*read, *_of_tests(draft, draft.own)[0], *supposed):
            found.setdefault((history.name, tuple(fact.text for fact in history.facts)), history)
    shared = [one for one in wrong[0] if all(any(other.span == one.span for other in others) for others in wrong[1:])]
    if shared:
        raise Incorrect(tuple(shared))
    _none_empty(files, found.values())
    return tuple(found.values())


def _none_empty(files: Sequence[Text], found: Iterable[History]) -> None:
    """Refuse a file that supposes nothing: it would look as if all had been tried."""
    origins = {history.origin.rpartition(":")[0] for history in found}
    empty = [text.path for text in files if text.path not in origins]
    if empty:
        hint = "Write an `aval-suppose` block with what is `given`, or an `aval-test` block."
        raise Incorrect(
            tuple(Problem(code=NOTHING_SUPPOSED, message="Nothing is supposed here.", span=Span(path), hint=hint) for path in empty)
        )


def _of_files(draft: Told, files: Sequence[Text]) -> tuple[list[History], tuple[Problem, ...]]:
    thoughts = [text for text in files if SUPPOSE in text.content]
    tests, wrong = _of_tests(draft, [text for text in files if text not in thoughts])
    supposed, told = _of_suppositions(draft, thoughts)
    return [*supposed, *tests], (*told, *wrong)


def _of_tests(draft: Told, texts: Sequence[Text]) -> tuple[list[History], tuple[Problem, ...]]:
    wanted = {text.path for text in texts}
    scenarios, problems = read_scenarios((*draft.texts, *(text for text in texts if text not in draft.texts)), draft.agreements)
    pages = {text.path: Page.of(text) for text in texts}
    made = [_history(one, pages) for one in scenarios if one.document in wanted and one.givens and not (one.files or one.on_record)]
    return made, tuple(problem for problem in problems if problem.span.path in wanted)


def _of_suppositions(draft: Told, texts: Sequence[Text]) -> tuple[list[History], tuple[Problem, ...]]:
    """Read each document of suppositions by itself, so that a mistake in one does not cost the others."""
    read = [read_suppositions(draft.texts, draft.agreements, [text]) for text in texts]
    pages = {text.path: Page.of(text) for text in texts}
    made = [_history(one, pages) for found, _ in read for one in found if one.givens and not one.without]
    return made, tuple(problem for _, problems in read for problem in problems)


def _history(told: Scenario | Supposition, pages: dict[str, Page]) -> History:
    return History(
        name=told.name,
        origin=f"{told.document}:{told.span.line}",
        facts=tuple(_facts(told.givens, pages)),
        accepted=isinstance(told, Supposition),
    )


def _facts(givens: Sequence[Given], pages: dict[str, Page]) -> Iterator[Fact]:
    for given in givens:
        text = given.text or " ".join(pages[given.span.path].text_of(given.span).split())
        yield Fact(text=text.removeprefix("given "), givens=(given,))
