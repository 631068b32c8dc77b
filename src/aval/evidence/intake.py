"""Statements come in: from text files to `Statement` values, all or nothing per file (DESIGN 3, *Errors*).

Rows are read strictly, claims are checked against the agreements and the sources, and then against each other. A file with a problem gives
no statement; nor does a file that withdraws something of such a file, for without its target a correction would stand alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from aval.evidence.claim import Claim, Frame, read_claim
from aval.evidence.codes import claims as claim_codes
from aval.evidence.codes import lines as codes
from aval.evidence.complaint import Complaint
from aval.evidence.resolve import Resolved, not_taken, resolve
from aval.evidence.rows import Found, Row, csv_rows, json_rows
from aval.evidence.vocabulary import Vocabulary
from aval.model.agreement import Agreements
from aval.model.case import Text
from aval.model.problem import Problem, Span
from aval.model.source import Source
from aval.model.statement import Statement

MOST_PROBLEMS = 50
"""How many problems of one file are listed."""


@dataclass(slots=True, kw_only=True)
class _File:
    """One file on its way: its sound claims, the labels of the others, its problems, of which only so many are kept."""

    path: str
    claims: list[Claim] = field(default_factory=list)
    lost: dict[str, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0

    def complain(self, row: Row, complaint: Complaint) -> None:
        self.count += 1
        if self.count <= MOST_PROBLEMS:
            self.problems.append(row.problem(complaint))

    def listed(self) -> list[Problem]:
        """Give the problems by their places, and say how many more there are."""
        found = sorted(self.problems, key=lambda problem: problem.sort_key)
        more = self.count - len(found)
        if more > 0:
            message = f"There are {more} more problems in this file."
            hint = "Mend these first; they may explain the rest."
            found.append(Problem(code=claim_codes.MORE, message=message, span=Span(self.path), hint=hint))
        return found


def read_statements(
    texts: Sequence[Text], *, agreements: Agreements, sources: Mapping[str, Source], zone: str
) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """Read the statement files of a case; give the statements in the order of the files, and the problems in that order too.

    `zone` is the case's, in which dates are read. No statement comes from a file that has a problem.
    """
    frame = Frame(vocabulary=Vocabulary(agreements), sources=sources, zone=zone)
    files = [_read(text, frame) for text in texts]
    by_path = {file.path: file for file in files}
    lost = {label: place for file in files for label, place in file.lost.items()}
    resolved = resolve([claim for file in files for claim in file.claims], lost)
    for claim, complaint in resolved.findings:
        by_path[claim.row.path].complain(claim.row, complaint)
    _spread(by_path, resolved)
    taken = [claim.statement.label for file in files if not file.count for claim in file.claims]
    problems = tuple(problem for file in files for problem in file.listed())
    return tuple(resolved.statements[label] for label in taken), problems


def _read(text: Text, frame: Frame) -> _File:
    file = _File(path=text.path)
    for found in _rows(text):
        row, complaint = found if isinstance(found, tuple) else (found, None)
        result = [complaint] if complaint else read_claim(row, frame)
        if isinstance(result, Claim):
            file.claims.append(result)
            continue
        for each in result:
            file.complain(row, each)
        label = row.values.get("label")
        if isinstance(label, str):
            file.lost.setdefault(label, row.span())
    return file


def _rows(text: Text) -> Iterable[Found]:
    if text.path.endswith(".jsonl"):
        return json_rows(text.path, text.content)
    if text.path.endswith(".csv"):
        return csv_rows(text.path, text.content)
    hint = "Name it .jsonl (one object on each line) or .csv."
    complaint = Complaint(code=codes.NOT_A_STATEMENT_FILE, message="This is no statement file by its name.", hint=hint)
    return [(Row(path=text.path, line=0, content="", start=0, end=0, values={}), complaint)]


def _spread(files: Mapping[str, _File], resolved: Resolved) -> None:
    """Refuse each file that withdraws something of a refused file, until no more file falls."""
    withdrawing = {path: [claim for claim in file.claims if claim.withdraws] for path, file in files.items()}
    if not any(file.count for file in files.values()) or not any(withdrawing.values()):
        return
    where: dict[str, Claim] = {}
    for claim in (claim for file in files.values() for claim in file.claims if claim.statement.label in resolved.statements):
        where.setdefault(resolved.statements[claim.statement.label].id, claim)
    fell = True
    while fell:
        fell = False
        for file in [file for file in files.values() if not file.count]:
            for claim in withdrawing[file.path]:
                for target in (where[id_] for id_ in resolved.statements[claim.statement.label].withdraws):
                    if files[target.row.path].count and target.row.path != file.path:
                        file.complain(claim.row, not_taken(target.statement.label, target.row.span()))
                        fell = True
