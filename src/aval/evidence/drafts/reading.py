"""From papers to statements, by the rules of every statement; and a store that has them beside what everybody has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Self

from aval.evidence.claim import Claim, Frame, read_claim
from aval.evidence.codes import drafts as codes
from aval.evidence.complaint import Complaint
from aval.evidence.drafts.papers import Paper
from aval.evidence.resolve import resolve
from aval.evidence.rows import Row
from aval.evidence.store import Store, head_of
from aval.evidence.words import shown
from aval.model.claims import Book, Claims, bound
from aval.model.instant import Instant
from aval.model.problem import Problem, Span
from aval.model.statement import Statement

_LABEL = "label:"


def read_drafts(
    papers: Sequence[Paper], party: str, frame: Frame, public: Iterable[Statement]
) -> tuple[dict[str, Statement], dict[str, Complaint]]:
    """Read a party's drafts against what is public; give those that fit, and of each other one why not, by their labels."""
    claims: list[Claim] = []
    unfit: dict[str, Complaint] = {}
    for number, paper in enumerate(papers, 1):
        row = Row(path=f"{party}.jsonl", line=number, content="", start=0, end=0, values=paper.fields)
        found = read_claim(row, frame)
        if isinstance(found, Claim):
            claims.append(replace(found, statement=replace(found.statement, visibility=party)))
        else:
            unfit.setdefault(paper.label, found[0])
    targets = list(_targets(claims, public))
    resolved = resolve([*targets, *claims], {})
    for claim, complaint in resolved.findings:
        unfit.setdefault(claim.statement.label, complaint)
    fitting = {one.statement.label: resolved.statements.get(one.statement.label) for one in claims}
    return {label: one for label, one in fitting.items() if one is not None and label not in unfit}, unfit


def _targets(claims: Iterable[Claim], public: Iterable[Statement]) -> Iterator[Claim]:
    """Find what drafts withdraw among what is public, as claims; nothing is looked at where they withdraw nothing."""
    wanted = {reference for claim in claims for reference in claim.withdraws}
    if not wanted:
        return
    for one in public:
        if one.id in wanted or _LABEL + one.label in wanted:
            row = Row(path=one.span.path, line=one.span.line, content="", start=0, end=0, values={})
            yield Claim(statement=one, row=row, withdraws=())


def left_out(label: str, complaint: Complaint) -> Problem:
    """Say that a draft does not fit the case as it is now."""
    message = f"The draft statement {shown(label)} is left out. {complaint.message}"
    return Problem(code=codes.UNFIT, message=message, span=Span("drafts"), hint=complaint.full_hint())


class DraftedStore:
    """A store, and the draft statements of whoever looks beside it. On the recorded clock there are no drafts."""

    def __init__(self, base: Store, drafts: Mapping[str, Statement]) -> None:
        """Lay drafts, by their labels, on what a store holds."""
        self._base = base
        self._drafts = drafts

    @property
    def keeps_recorded(self) -> bool:
        """Whether the store below keeps it."""
        return self._base.keeps_recorded

    @cached_property
    def _book(self) -> Book:
        return bound([*self._base.statements(), *self._drafts.values()])

    def statements(self) -> Claims:
        """Give all statements and the drafts, in the order of their ids."""
        return self._book.all()

    def head(self) -> str:
        """Give the hash of what is seen."""
        return head_of(self._book)

    def at(self, recorded: Instant | None) -> Self:
        """Give itself for now, and the store below, without a draft, for any other recorded time."""
        return self if recorded is None else type(self)(self._base.at(recorded), {})
