"""Files of the case that an agreement names: tables and drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aval.language.case import Case
from aval.language.problems import Finding, problem, quote
from aval.language.syntax import Clause, Declaration, GivenFile, Members, Quoted, Texts
from aval.model.problem import Code

CODE = Code(
    code="AV230",
    title="Not a file of the case",
    what="The name of a table, of a drawing or of a file of facts is not a plain path inside the case with the ending it needs.",
    why="A case must be whole when it is copied: nothing in it may lead outside, and everything in it must be readable.",
    bad='quantity tonnage(s: members)\n  table "../tonnage.xlsx"',
    good='quantity tonnage(s: members)\n  table "tables/tonnage.csv"',
)
PLAIN = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*", re.ASCII)
ENDINGS = {"table": (".csv",), "drawn by": (".geojson",), "given facts": (".csv", ".jsonl")}


def check(case: Case) -> Iterator[Finding]:
    """Yield a finding for each file that cannot be one of the case."""
    for declaration in case.declarations:
        for text, kind, clause in _files(declaration):
            if text.sound and not (PLAIN.fullmatch(text.text) and text.text.endswith(ENDINGS[kind])):
                endings = " or ".join(ENDINGS[kind])
                message = f"{quote(text.text)} cannot be a file of the case."
                hint = f"Write a path from the folder of the case that ends in {endings}, of letters, digits, `.`, `_`, `-` and `/`."
                yield Finding(problem(CODE, message, text.span, hint), declaration, clause)


def _files(declaration: Declaration) -> Iterator[tuple[Quoted, str, Clause | None]]:
    if isinstance(declaration.extra, Members) and declaration.extra.table is not None:
        yield declaration.extra.table, "table", None
    for clause in declaration.clauses:
        if isinstance(clause, Texts) and clause.kind in ENDINGS:
            yield clause.texts[0], clause.kind, clause
        elif isinstance(clause, GivenFile):
            yield clause.file, clause.kind, clause
