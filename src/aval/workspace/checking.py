"""All problems of a case or a document, and the safe fixes of those that a machine can mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aval.answers.drafting.claims import Looked
from aval.engine.world import World
from aval.evidence.intake import read_statements
from aval.language.edits import Edit
from aval.language.mend import mend
from aval.language.page import Page
from aval.language.read import read_agreements
from aval.model.agreement import Agreements, Ban, Duty, Event, Moment, Power, Process, State
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.problem import Problem, Severity, Unsupported
from aval.model.view import View
from aval.workspace.asking import now
from aval.workspace.documents import Documents, open_all
from aval.workspace.drafting import drafted
from aval.workspace.scenarios import scenarios_of
from aval.workspace.tables import with_tables
from aval.workspace.writing import rewrite


@frozen(kw_only=True)
class Checked:
    """The problems of what the user pointed at, those that were mended, and how many files were looked at.

    `unread` are the problems of paths that could not be read at all, beside others that could. `looked` are the properties that tests
    claim.
    """

    problems: tuple[Problem, ...]
    fixed: tuple[Problem, ...] = ()
    documents: int
    statement_files: int
    looked: tuple[Looked, ...] = ()
    unread: tuple[Problem, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether there is no error; warnings do not count."""
        return not self.unread and all(problem.severity is not Severity.ERROR for problem in self.problems)


def check(*paths: str, fix: bool = False) -> Checked:
    """Check cases, documents and statement files; with `fix` first write what can safely be mended.

    Raises `Incorrect` where nothing can be read at all, and `Fault` where a file cannot be written.
    """
    opened, unread = open_all(paths, statements=True)
    made = [_checked(documents, fix=fix) for documents in opened]
    return Checked(
        problems=tuple(dict.fromkeys(problem for one in made for problem in one.problems)),
        fixed=tuple(problem for one in made for problem in one.fixed),
        documents=sum(one.documents for one in made),
        statement_files=sum(one.statement_files for one in made),
        unread=unread,
        looked=tuple(looked for one in made for looked in one.looked),
    )


def _checked(documents: Documents, *, fix: bool) -> Checked:
    fixed: tuple[Problem, ...] = ()
    if fix:
        documents, fixed = _mended(documents)
    files, failed = documents.statement_files() if _with_statements(documents) else ([], [])
    problems, looked = _problems(documents, files)
    found = [*documents.problems, *failed, *problems]
    mine = [one for one in found if documents.meant in ("", one.span.path)]
    return Checked(problems=tuple(mine), fixed=fixed, documents=len(documents.wanted), statement_files=len(files), looked=looked)


def _with_statements(documents: Documents) -> bool:
    """Whether statements are checked too: not for one document, and not while an agreement that they speak of cannot be read."""
    alone = documents.meant and documents.meant in [text.path for text in documents.texts]
    return documents.manifest is not None and not alone and not documents.problems


def _problems(documents: Documents, files: Sequence[Text]) -> tuple[list[Problem], tuple[Looked, ...]]:
    sources = documents.manifest.sources if documents.manifest else None
    agreements, problems = read_agreements(documents.texts, sources)
    scenarios, mistakes = scenarios_of(documents, agreements)
    agreements, wrong = with_tables(agreements, documents.folder.read)
    costly = _unanswerable(agreements, documents)
    found = [*problems, *mistakes, *wrong, *costly]
    looked: tuple[Looked, ...] = ()
    if not any(one.severity is Severity.ERROR for one in (*documents.problems, *found)):
        draft = drafted(agreements, scenarios, documents)
        found, looked = [*found, *draft.problems], draft.looked
    if documents.manifest is not None:
        found += read_statements(files, agreements=agreements, sources=documents.manifest.sources, zone=documents.zone)[1]
    return found, looked


def _unanswerable(agreements: Agreements, documents: Documents) -> list[Problem]:
    """Ask for every column once, without any statement, so that rules which cannot be worked out are told here and not later."""
    view = View(at=now(), known=now())
    world = World(agreements, (), view, documents.zone)
    found: dict[Problem, None] = {}
    pages = {text.path: Page.of(text) for text in documents.texts}
    for name, declared in agreements.declarations.items():
        if isinstance(declared, State | Process | Duty | Ban | Power | Event | Moment):
            try:
                world.questions_of(name)
            except Unsupported as error:
                found |= dict.fromkeys(replace(one, excerpt=pages[one.span.path].excerpt(one.span)) for one in error.problems)
    return list(found)


def _mended(documents: Documents) -> tuple[Documents, tuple[Problem, ...]]:
    """Mend documents and write them. A text is one whole edit of its file, made of the pieces that differ."""
    sources = documents.manifest.sources if documents.manifest else None
    made = mend(documents.texts, sources, only=[documents.meant] if documents.meant else ())
    for old, new in zip(documents.texts, made.texts, strict=True):
        if old.content != new.content:
            rewrite(old, [_difference(old.content, new.content)])
    return replace(documents, texts=made.texts), made.fixed


def _difference(old: str, new: str) -> Edit:
    """Give one edit from what two texts have in common at their beginnings to what they have in common at their ends."""
    most = min(len(old), len(new))
    first = next((index for index in range(most) if old[index] != new[index]), most)
    last = next((index for index in range(most - first) if old[-1 - index] != new[-1 - index]), most - first)
    return Edit(first, len(old) - last, new[first : len(new) - last])
