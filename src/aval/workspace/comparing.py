"""Compare two drafts: documents, or whole cases. One that stands in a case's folder unlisted is read with the rest of the case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from aval.engine.sound import without_turns
from aval.evidence.folder import CaseFolder
from aval.language.lower import name_of
from aval.language.page import Page
from aval.language.parse import read_page
from aval.language.read import read_agreements
from aval.language.steps import with_steps
from aval.model.case import MANIFEST, Manifest, Text
from aval.model.problem import Incorrect, Problem, Span
from aval.study.compare import MOST_RUNS, compare
from aval.study.declarations import Draft
from aval.study.shapes import Comparison
from aval.workspace.documents import Documents, open_documents
from aval.workspace.histories import Told, histories_of, read_file
from aval.workspace.tables import with_tables
from aval.workspace.tool_codes import NOTHING_TO_COMPARE


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A comparison, and the mistakes that were met on the way; what has one was left out and is named in the comparison."""

    comparison: Comparison
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """What one path stands for: its own documents, those that only lend their names, and the case that both belong to."""

    own: tuple[Text, ...]
    lent: tuple[Text, ...]
    folder: CaseFolder
    manifest: Manifest
    supposed: tuple[Text, ...]

    @property
    def texts(self) -> tuple[Text, ...]:
        return (*self.lent, *self.own)


def compare_texts(before: str, after: str, suppose: Sequence[str] = (), tries: int = MOST_RUNS) -> Compared:
    """Compare what two paths name, over the histories of `suppose`, of the tests of both, of their case, and made-up ones.

    At most `tries` are made up. Raises `Incorrect` where one of the two cannot be read at all, or a file of suppositions is wrong.
    """
    sides = _sides(open_documents(before), open_documents(after))
    opened = [_draft(side, path) for side, path in zip(sides, (before, after), strict=True)]
    drafts, problems = [draft for draft, _ in opened], [problem for _, found in opened for problem in found]
    told = [
        Told(texts=side.texts, own=side.own, case=side.supposed, agreements=draft.agreements)
        for side, draft in zip(sides, drafts, strict=True)
    ]
    files = [read_file(path) for path in suppose]
    ready = histories_of(told, files) if files else None  # a file that is wrong is told even where nothing differs
    pages = {text.path: Page.of(text).version for side in sides for text in side.own}
    comparison = compare(
        drafts[0],
        drafts[1],
        lambda: ready if ready is not None else histories_of(told, files),
        sides[1].manifest,
        sorted(pages.items()),
        tries,
    )
    return Compared(comparison=comparison, problems=tuple(dict.fromkeys(problems)))


def _sides(before: Documents, after: Documents) -> tuple[_Side, _Side]:
    """Find the case of each: its own, the one whose folder it stands in, or that of the other."""
    cases = [_case_around(one) for one in (before, after)]
    shared = cases[0] or cases[1]
    taken = {name for one in (before, after) if one.meant for name in _agreements_of(one.wanted)}
    meant = {Path(one.meant).resolve() for one in (before, after) if one.meant}
    first, second = (_side(one, case or shared, taken, meant) for one, case in zip((before, after), cases, strict=True))
    return first, second


def _case_around(documents: Documents) -> Documents | None:
    """Give the case that a document belongs to; of one that no case lists, the case whose folder it stands in."""
    if documents.manifest is not None:
        return open_documents(str(documents.folder.path)) if documents.meant else documents
    for above in Path(documents.meant).resolve().parents:
        if (above / MANIFEST).is_file():
            try:
                return open_documents(str(above))
            except Incorrect:
                return None
    return None


def _agreements_of(texts: Sequence[Text]) -> Iterator[str]:
    yield from (one.meta.name for one in read_agreements(texts)[0].documents)


def _side(documents: Documents, case: Documents | None, taken: set[str], meant: set[Path]) -> _Side:
    own = documents.wanted
    others = case.texts if case is not None and documents.meant else ()
    lent = tuple(text for text in others if Path(text.path).resolve() not in meant and taken.isdisjoint(_agreements_of([text])))
    folder, manifest = (case.folder, case.manifest) if case is not None else (documents.folder, None)
    manifest = manifest or Manifest(title=documents.meant, zone="Etc/UTC", sources={})
    supposed = (case or documents).suppositions
    return _Side(own=own, lent=lent, folder=folder, manifest=manifest, supposed=supposed)


def _draft(side: _Side, title: str) -> tuple[Draft, tuple[Problem, ...]]:
    read, mistakes = read_agreements(side.texts, side.manifest.sources or None)
    listed, wrong = with_tables(read, side.folder.read)
    agreements, turns = without_turns(listed)
    problems = (*mistakes, *wrong, *turns)
    pages = {text.path: Page.of(text) for text in side.texts}
    own = {text.path for text in side.own}
    named = _names_in(side.own)
    if not named:
        message, hint = "Nothing in this text is formalised, so there is nothing to compare.", "Write an `aval` block under a clause."
        raise Incorrect((*_mine(problems, own), Problem(code=NOTHING_TO_COMPARE, message=message, span=Span(title), hint=hint)))

    def words(span: Span) -> str:
        page = pages.get(span.path)
        return " ".join(page.text_of(span).split()) if page is not None and span.line else ""

    broken = frozenset(named - agreements.declarations.keys() - {document.meta.name for document in agreements.documents})
    return Draft(title=title, agreements=agreements, paths=frozenset(own), words=words, broken=broken), _mine(problems, own)


def _mine(problems: Sequence[Problem], own: set[str]) -> tuple[Problem, ...]:
    return tuple(problem for problem in problems if problem.span.path in own)


def _names_in(texts: Sequence[Text]) -> set[str]:
    """Give every name that the documents declare, also where a mistake took it away."""
    found: set[str] = set()
    for text in texts:
        page = read_page(Page.of(text))
        found.update(page.broken)
        declared = (one for whole in page.declarations if whole.kind != "agreement" for one in with_steps(whole))
        found.update(map(name_of, declared))
    return found
