"""Whoever looks at a case sees its own draft statements, and this is the one place where they enter anything (TRUST T18)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from aval.evidence.claim import Frame
from aval.evidence.codes import drafts as codes
from aval.evidence.drafts.papers import read_papers
from aval.evidence.drafts.reading import DraftedStore, left_out, read_drafts
from aval.evidence.vocabulary import Vocabulary
from aval.evidence.words import near, shown
from aval.model.agreement import Agreements, Party
from aval.model.case import Manifest
from aval.model.problem import Incorrect, Problem, Span
from aval.workspace.edition import Edition
from aval.workspace.warm import Warm


def viewer_of(text: str, agreements: Agreements) -> str:
    """Read who looks, by code or name. Raises `Incorrect` where it is no party."""
    parties = {one.meta.name: one.meta.name for one in agreements.of(Party)}
    parties |= {one.meta.label: one.meta.name for one in agreements.of(Party) if one.meta.label}
    if text in parties:
        return parties[text]
    message = f"No party is called {shown(text)}." if text else "A draft statement belongs to a party, and none is named."
    hint = near(text, list(parties)) if text else "Say who looks: --viewer FRA, or AVAL_VIEWER=FRA."
    raise Incorrect((Problem(code=codes.NO_VIEWER, message=message, span=Span("--viewer"), hint=hint),))


def seen_by(edition: Edition, case: Path, viewer: str) -> tuple[str, Edition]:
    """Give who looks, and an edition with the drafts of that party. This is the one place where drafts enter anything.

    Raises `Incorrect` where it is no party.
    """
    party = viewer_of(viewer, edition.agreements)
    papers = read_papers(case, party)
    if not papers:
        return party, edition
    found, unfit = read_drafts(papers, party, frame_of(edition.manifest, edition.agreements), edition.store.statements())
    problems = edition.problems + tuple(left_out(label, complaint) for label, complaint in unfit.items())
    return party, replace(edition, store=DraftedStore(edition.store, found), problems=problems, warm=Warm())


def frame_of(manifest: Manifest, agreements: Agreements) -> Frame:
    """Give what statements of a case are held against."""
    return Frame(vocabulary=Vocabulary(agreements), sources=manifest.sources, zone=manifest.zone)
