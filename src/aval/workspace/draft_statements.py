"""Draft statements: made, listed, dropped and published. `viewer.py` is where they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from aval.answers.citing import summary
from aval.answers.drafts import DraftLine, Drafts
from aval.answers.recorded import Import
from aval.evidence.codes import drafts as codes
from aval.evidence.complaint import Complaint
from aval.evidence.drafts.papers import Paper, alone, read_papers, write_papers
from aval.evidence.drafts.reading import read_drafts
from aval.evidence.folder import open_folder
from aval.evidence.ledger.ledger import Clock, clock
from aval.evidence.words import near, shown
from aval.model.instant import show
from aval.model.problem import Code, Incorrect, Problem, Span
from aval.model.statement import Statement
from aval.workspace.case import Case, open_case
from aval.workspace.recording import Fields, labelled, record
from aval.workspace.viewer import frame_of, viewer_of


def drafts(path: str | PathLike[str], viewer: str) -> Drafts:
    """List the drafts of one party. Raises `Incorrect`."""
    case, party, papers = _opened(path, viewer)
    return _listed(case, party, papers)


def draft(path: str | PathLike[str], viewer: str, fields: Fields, now: Clock = clock) -> Drafts:
    """Add a draft, checked like a statement. Gives all drafts of the party. Raises `Incorrect`: nothing was written then."""
    folder = open_folder(Path(path)).path
    case, party, _ = _opened(path, viewer)
    with alone(folder, party):
        papers = read_papers(folder, party)
        taken = {one.label for one in case.statements} | {one.label for one in papers}
        if str(fields.get("label", "")) in taken:
            raise _wrong(codes.LABEL_TAKEN, f"The label {shown(str(fields['label']))} is taken.", "Leave it out; one is made.")
        (whole,) = labelled([fields], "\n".join(taken))
        drafted = max([now(), *(one.drafted + 1 for one in papers)])
        papers = (*papers, Paper(drafted=drafted, fields=whole))
        _, unfit = read_drafts(papers, party, frame_of(case.manifest, case.agreements), case.statements)
        if (wrong := unfit.get(papers[-1].label)) is not None:
            raise _wrong(wrong.code, wrong.message, wrong.full_hint())
        write_papers(folder, party, papers)
    return _listed(case, party, papers)


def drop(path: str | PathLike[str], viewer: str, label: str) -> Drafts:
    """Take a draft away, for good. Gives those that are left. Raises `Incorrect` where there is none of this label."""
    folder = open_folder(Path(path)).path
    case, party, _ = _opened(path, viewer)
    with alone(folder, party):
        papers = read_papers(folder, party)
        _found(label, papers)
        left = tuple(one for one in papers if one.label != label)
        write_papers(folder, party, left)
    return _listed(case, party, left)


def publish(
    path: str | PathLike[str], viewer: str, label: str, *, file: str = "", now: Clock = clock
) -> tuple[Import, tuple[Problem, ...]]:
    """Make a draft a statement for everybody, recorded now; then it is no draft any more.

    It is recorded first, so that a command that dies in between has lost nothing: publishing it again finds it there. Raises `Incorrect`.
    """
    folder = open_folder(Path(path)).path
    _, party, papers = _opened(path, viewer)
    paper = _found(label, papers)
    done = record(path, [paper.fields], file=file, now=now, places=[Span("drafts", papers.index(paper) + 1)])
    with alone(folder, party):
        write_papers(folder, party, tuple(one for one in read_papers(folder, party) if one.label != label))
    return done


def _opened(path: str | PathLike[str], viewer: str) -> tuple[Case, str, tuple[Paper, ...]]:
    """Open what is public of a case, and the papers of one party."""
    case = open_case(path)
    party = viewer_of(viewer, case.agreements)
    return case, party, read_papers(open_folder(Path(path)).path, party)


def _found(label: str, papers: Sequence[Paper]) -> Paper:
    for one in papers:
        if one.label == label:
            return one
    hint = near(label, [one.label for one in papers]) or "aval draft list shows them."
    raise _wrong(codes.NO_DRAFT, f"There is no draft statement {shown(label)}.", hint)


def _listed(case: Case, party: str, papers: Sequence[Paper]) -> Drafts:
    found, unfit = read_drafts(papers, party, frame_of(case.manifest, case.agreements), case.statements)
    lines = [_line(paper, found.get(paper.label), case.manifest.zone, unfit.get(paper.label)) for paper in papers]
    return Drafts(title=case.manifest.title, party=party, zone=case.manifest.zone, drafts=tuple(lines))


def _line(paper: Paper, statement: Statement | None, zone: str, unfit: Complaint | None) -> DraftLine:
    return DraftLine(
        label=paper.label,
        id=statement.id if statement else "",
        drafted=show(paper.drafted, zone),
        said=str(paper.fields.get("said", "")),
        term=str(paper.fields.get("term", "")),
        summary=summary(statement) if statement else "",
        why_not=unfit.message if unfit else "",
    )


def _wrong(code: Code, message: str, hint: str) -> Incorrect:
    return Incorrect((Problem(code=code, message=message, span=Span("drafts"), hint=hint),))
