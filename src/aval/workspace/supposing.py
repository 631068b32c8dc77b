"""From what a user supposes, facts and documents, to statements on top of a record. Nothing is computed where anything is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import get_close_matches
from os import PathLike, fspath
from pathlib import Path

from aval.answers.inquiry import Inquiry
from aval.answers.invented import supposed, taken_back
from aval.answers.supposed import TYPED, Paper
from aval.answers.supposing import supposing
from aval.evidence.codes.files import NO_FILE
from aval.evidence.folder import CaseFolder
from aval.evidence.live import live
from aval.evidence.words import shown
from aval.language.read import read_suppositions
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.frozen import frozen
from aval.model.instant import Instant, read_civil
from aval.model.problem import Incorrect, Problem, Span
from aval.model.scenario import Supposition, Withdrawal
from aval.model.statement import Statement
from aval.workspace.codes import NO_SUCH_LABEL, NOTHING_SUPPOSED

Supposing = Sequence[str | PathLike[str]]
"""What is supposed: a text is a fact, a path a document."""

_BARE = re.compile(r"\s*without\s+([^\s\"]+)\s*", re.ASCII)


@frozen(kw_only=True)
class Thoughts:
    """What is supposed, as statements. `withdrawn` are those of the record that are supposed to be taken back; `names` those of documents.

    `statements` are heard whatever is known; those `told_later` are supposed to be told on a day of their own.
    """

    statements: tuple[Statement, ...] = ()
    told_later: tuple[Statement, ...] = ()
    withdrawn: tuple[Statement, ...] = ()
    names: tuple[Paper, ...] = ()

    def last_day(self, zone: str) -> Instant | None:
        """Give the last instant of the last day that they speak of."""
        texts = [text for one in self.statements if one.when for text in (one.when.last or one.when.first,)]
        texts += [one.said for one in self.told_later]
        return max((found.hi for text in texts if (found := read_civil(text, zone))), default=None)

    def last_told(self, zone: str) -> Instant | None:
        """Give the instant by which the last of those that are told on a day of their own is told."""
        return max((found.hi for one in self.told_later if (found := read_civil(one.said, zone))), default=None)


def read_thoughts(given: Supposing, texts: Sequence[Text], agreements: Agreements, statements: Iterable[Statement]) -> Thoughts:
    """Read what is supposed together. Raises `Incorrect` with everything that is wrong."""
    documents, problems = _documents([fspath(one) for one in given if not isinstance(one, str)])
    facts = [_BARE.sub(r'without "\1"', one) if _BARE.fullmatch(one) else one for one in given if isinstance(one, str)]
    found, wrong = read_suppositions(texts, agreements, documents, facts)
    if problems or wrong:
        raise Incorrect((*problems, *wrong))
    if not found:
        hint = 'Write --that "TERM on DATE", or name a document with --suppose.'
        raise Incorrect((Problem(code=NOTHING_SUPPOSED, message="Nothing is supposed.", span=Span("--that"), hint=hint),))
    return thoughts_of(found, agreements, statements)


def thoughts_of(found: Sequence[Supposition], agreements: Agreements, statements: Iterable[Statement]) -> Thoughts:
    """Make statements of suppositions. Raises `Incorrect` where one is to be without a statement that there is not."""
    givens = [given for one in found for given in one.givens]
    made = [(given, supposed(given, number, agreements)) for number, given in enumerate(givens, start=1)]
    without = [one for each in found for one in each.without]
    targets = _labelled(without, statements)
    pairs = zip(targets, without, strict=True)
    back = [taken_back(target, number, one.span) for number, (target, one) in enumerate(pairs, start=len(givens) + 1)]
    return Thoughts(
        statements=(*(one for given, one in made if not given.said), *back),
        told_later=tuple(one for given, one in made if given.said),
        withdrawn=tuple(targets),
        names=tuple(Paper(name=one.name, path=one.document) for one in found if not one.document.startswith(TYPED)),
    )


def on_top(inquiry: Inquiry, thoughts: Thoughts, statements: Iterable[Statement]) -> Inquiry:
    """Give an inquiry of the same view with what is supposed on top; `statements` are all of the case, withdrawn ones included.

    What is supposed is heard whatever is known, unless it says on which day it is told. What a withdrawn statement had withdrawn itself
    counts again.
    """
    zone, known = inquiry.manifest.zone, inquiry.world.known
    heard = [*thoughts.statements, *(one for one in thoughts.told_later if (found := read_civil(one.said, zone)) and found.hi <= known)]
    gone = [one.id for one in thoughts.withdrawn]
    if not any(one.withdraws for one in thoughts.withdrawn):
        return supposing(inquiry, heard, gone)
    back = [one for one in heard if one.withdraws]
    left = live([*statements, *back], known, zone).by_id
    revived = [one for id_, one in left.items() if id_ not in inquiry.statements]
    lost = [id_ for id_ in inquiry.statements if id_ not in left]
    return supposing(inquiry, [*heard, *(one for one in revived if one not in back)], lost, only=[one.id for one in heard])


def _documents(paths: Sequence[str]) -> tuple[list[Text], list[Problem]]:
    read = [CaseFolder(path=Path(path).parent).read(Path(path).name) for path in paths]
    missing = "Look at the spelling of the path."
    problems = [replace(one, hint=missing) if one.code is NO_FILE else one for one in read if isinstance(one, Problem)]
    return [one for one in read if isinstance(one, Text)], problems


def _labelled(wanted: Sequence[Withdrawal], statements: Iterable[Statement]) -> list[Statement]:
    """Find statements by their labels or content ids. Raises `Incorrect` with every one that there is not."""
    if not wanted:
        return []
    by_label: dict[str, Statement] = {}
    for one in statements:
        by_label |= {one.label: one, one.id: one}
    found, wrong = [], []
    for wish in wanted:
        label = wish.label.removeprefix("label:")
        if label in by_label:
            found.append(by_label[label])
            continue
        near = get_close_matches(label, by_label, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else "`aval blame` and `aval status --json` name the labels of statements."
        message = f"No statement of this case has the label {shown(label)}."
        wrong.append(Problem(code=NO_SUCH_LABEL, message=message, span=wish.span, hint=hint))
    if wrong:
        raise Incorrect(tuple(wrong))
    return found
